"""A file with numbers that are too large for a machine is damaged: it is marked or refused, wherever they are."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.build import build
from tests.helpers.mutations import broken_invariants, job_of, stamped
from watermark.article import needs_password
from watermark.models import Result
from watermark.stamping.pipeline import stamp_outcome

HUGE = (b"9" * 40, b"-" + b"9" * 40, b"9223372036854775808", b"9" * 320 + b".5")


def corrupted(data: bytes, number: bytes) -> Iterator[bytes]:
    """Yield the file once for each number in it, with another in its place."""
    for found in re.finditer(rb"(?<![\w.])\d+(?![\w.])", data):
        yield data[: found.start()] + number + data[found.end() :]


def with_startxref(number: bytes, **recipe: object) -> bytes:
    data = build(**recipe)
    return data[: data.rindex(b"startxref\n")] + b"startxref\n%b\n%%%%EOF\n" % number


@pytest.mark.parametrize("number", HUGE[:3], ids=["large", "negative", "just-too-large"])
@pytest.mark.parametrize("xref", ["table", "stream", "hybrid"])
def test_a_file_that_says_it_begins_beyond_all_numbers_is_damaged(tmp_path: Path, xref: str, number: bytes) -> None:
    data = with_startxref(number, xref=xref)
    outcome = stamp_outcome(replace(job_of(tmp_path, data), may_rebuild=False), tmp_path / "copy.pdf")
    assert (outcome.result, outcome.exit_status) == (Result.REFUSED, 3), outcome.reason
    assert "the PDF is damaged: qpdf cannot open it (overflow" in outcome.reason
    assert not list(broken_invariants(tmp_path, data, outcome))
    assert not needs_password(tmp_path / "article.pdf")


@pytest.mark.parametrize("rebuild", [False, True])
@pytest.mark.parametrize("xref", ["table", "stream", "hybrid"])
def test_a_file_that_says_it_begins_beyond_all_numbers_is_rewritten_as_pdfium_reads_it(
    tmp_path: Path, xref: str, *, rebuild: bool
) -> None:
    data = with_startxref(HUGE[0], xref=xref)
    outcome = stamp_outcome(replace(job_of(tmp_path, data), rebuild=rebuild), tmp_path / "copy.pdf")
    assert (outcome.result, outcome.exit_status) == (Result.MARKED, 0), outcome.reason
    assert "rewritten as PDFium reads it; the original is embedded unchanged" in [
        each.value for each in outcome.decisions
    ]
    assert not list(broken_invariants(tmp_path, data, outcome))


@pytest.mark.slow
@pytest.mark.parametrize("number", HUGE, ids=["large", "negative", "just-too-large", "real"])
@pytest.mark.parametrize("recipe", [{}, {"xref": "stream"}, {"outlines": True, "page_labels": True}], ids=str)
def test_no_number_is_too_large_for_an_outcome(tmp_path: Path, recipe: dict[str, object], number: bytes) -> None:
    for data in corrupted(build(**recipe), number):
        (tmp_path / "copy.pdf").unlink(missing_ok=True)
        outcome = stamped(tmp_path, data)
        assert not list(broken_invariants(tmp_path, data, outcome))
        assert outcome.exit_status in {0, 3}, (data, outcome.reason)
