"""A file whose last trailer no longer has the /ID or /Info that an earlier one had: it has none (ISO 32000-2 7.5.6)."""

import re
from pathlib import Path

import pytest

from tests.helpers.build import build
from tests.helpers.mutations import stamped
from watermark.models import Result
from watermark.verification.verifier import verify_copy

FIRST = b"0123456789ABCDEF" * 2


def with_a_later_trailer(data: bytes, identifier: bytes = b"") -> bytes:
    """Return the file with an empty revision behind it, whose trailer has just this /ID."""
    root, size = re.search(rb"/Root (\d+ \d+ R)", data), re.search(rb"/Size (\d+)", data)
    place = re.findall(rb"startxref\s+(\d+)", data)[-1]
    assert root is not None
    assert size is not None
    trailer = b"<</Size %b/Root %b/Prev %b%b>>" % (size[1], root[1], place, identifier)
    return data + b"\nxref\n0 0\ntrailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % (len(data) + 1)


@pytest.mark.parametrize("identifier", [b"", b"/ID[<" + FIRST + b"><00>]"], ids=["none", "kept"])
def test_a_file_whose_last_trailer_drops_or_keeps_the_identifier_is_marked(tmp_path: Path, identifier: bytes) -> None:
    data = build()
    assert FIRST in data
    outcome = stamped(tmp_path, with_a_later_trailer(data, identifier))
    assert outcome.result is Result.MARKED, outcome.reason


def test_a_copy_that_names_another_first_identifier_does_not_verify(tmp_path: Path) -> None:
    data = build()
    outcome = stamped(tmp_path, data)
    copy = tmp_path / "copy.pdf"
    before, after = copy.read_bytes()[: len(data)], copy.read_bytes()[len(data) :]
    kept = re.search(rb"/ID\s*\[\s*<0123456789abcdef", after, re.IGNORECASE)
    assert outcome.result is Result.MARKED
    assert kept is not None
    copy.write_bytes(before + after[: kept.end() - 1] + b"0" + after[kept.end() :])
    messages = [finding.message for finding in verify_copy(copy).failures]
    assert "the trailer names another first identifier" in messages
