"""A file that changes while it is marked in place, or takes too long, is left as it is."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.audit.conftest import article, listed
from watermark.audit import in_place_marking
from watermark.audit.auditor import AuditRequest, audit_file
from watermark.audit.retraction_index.index import index_of
from watermark.models import Outcome, Result


@pytest.mark.parametrize("is_changed", [True, False])
def test_a_file_that_changes_while_it_is_marked_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_changed: bool
) -> None:
    pdf, lists = article(tmp_path / "a.pdf"), (index_of(listed(tmp_path)),)
    found = audit_file(AuditRequest(path=pdf, lists=lists))
    newer = pdf.read_bytes() + b"\n% saved again"

    def marked(_: object, copy: Path, __: float) -> Outcome:
        copy.write_bytes(b"the marked copy")
        if is_changed:
            pdf.write_bytes(newer)
        return Outcome(article=str(pdf), result=Result.MARKED)

    monkeypatch.setattr(in_place_marking, "stamp_isolated", marked)
    message = in_place_marking.mark_in_place(pdf, found, lists, datetime.now(UTC))
    assert ("changed while it was being marked" in message) == is_changed
    assert pdf.read_bytes() == (newer if is_changed else b"the marked copy")


def test_a_file_that_takes_too_long_to_be_marked_is_left_as_it_is_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf, lists = article(tmp_path / "a.pdf"), (index_of(listed(tmp_path)),)
    found, before = audit_file(AuditRequest(path=pdf, lists=lists)), pdf.read_bytes()
    monkeypatch.setattr(in_place_marking, "SECONDS", 0.01)
    message = in_place_marking.mark_in_place(pdf, found, lists, datetime.now(UTC))
    assert message.startswith(f"{pdf}: ")
    assert "longer than" in message
    assert pdf.read_bytes() == before
