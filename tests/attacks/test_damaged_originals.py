"""A damaged original is healed, with all that can be compared compared; or it is refused for what is wrong in it."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.build import build
from tests.helpers.mutations import stamped
from tests.stamping.test_pipeline import TITLE, request_for
from watermark.models import Claim, Outcome, Result, Status
from watermark.stamping.pipeline import plan_outcome
from watermark.stamping.reproduction import verify_and_reproduce
from watermark.stamping.restore import restore_original


def marked(folder: Path, data: bytes) -> Outcome:
    outcome = stamped(folder, data)
    assert outcome.result is Result.MARKED, outcome.reason
    return outcome


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"startxref\n", b"startxrff\n"), (b"startxref\n", b"ssstartxref\n"), (b"%%EOF", b"x"), (b"/Size ", b"/Sice ")],
    ids=["no-startxref", "no-word-startxref", "no-end", "no-size"],
)
def test_an_original_with_a_damaged_end_is_healed_or_rebuilt(tmp_path: Path, old: bytes, new: bytes) -> None:
    data = build()
    place = data.rindex(old)
    damaged = data[:place] + new + data[place + len(old) :]
    outcome = marked(tmp_path, damaged)
    restore_original(tmp_path / "copy.pdf", tmp_path / "back.pdf")
    assert (tmp_path / "back.pdf").read_bytes() == damaged
    assert {decision.name for decision in outcome.decisions} & {"damage", "rebuilt"}


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n\n"])
def test_a_file_that_ends_after_its_startxref_is_compared_with_its_copy(tmp_path: Path, end: bytes) -> None:
    data = build()
    damaged = data[: data.rindex(b"\n%%EOF")] + end
    outcome = marked(tmp_path, damaged)
    assert outcome.report is not None
    assert outcome.report.status_of(Claim.FIXITY) is Status.OK
    restore_original(tmp_path / "copy.pdf", tmp_path / "back.pdf")
    assert (tmp_path / "back.pdf").read_bytes() == damaged


def counted_from_one(data: bytes) -> bytes:
    """Return a file whose cross-reference table gives its free object 0 the number 1."""
    start = data.rindex(b"xref\n0 ")
    return data[:start] + b"xref\n1 " + data[start + len(b"xref\n0 ") :]


def test_a_file_whose_table_counts_from_1_is_rebuilt_without_asking(tmp_path: Path) -> None:
    damaged = counted_from_one(build())
    outcome = marked(tmp_path, damaged)
    assert outcome.receipt is not None
    assert outcome.receipt.rebuilt_size_bytes
    assert outcome.report is not None
    assert outcome.report.passed
    restore_original(tmp_path / "copy.pdf", tmp_path / "back.pdf")
    assert (tmp_path / "back.pdf").read_bytes() == damaged
    assert not verify_and_reproduce(tmp_path / "copy.pdf").failures


def test_its_plan_says_that_it_is_rebuilt_unless_that_is_forbidden(tmp_path: Path) -> None:
    asked = request_for(tmp_path)
    asked.article.write_bytes(counted_from_one(build(pages=2, info={"/Title": TITLE})))
    assert "rebuilt" in {decision.name for decision in plan_outcome(asked).decisions}
    assert "rebuilt" not in {decision.name for decision in plan_outcome(replace(asked, may_rebuild=False)).decisions}


def test_what_the_second_reader_cannot_open_is_not_compared_and_never_ok(tmp_path: Path) -> None:
    data = build()
    damaged = data[: data.rindex(b"xref\n0")] + b"xref\nx0 7\ntrailer\n" + data[data.rindex(b"<</Size") :]
    outcome = marked(tmp_path, damaged)
    assert outcome.report is not None
    statuses = {claim: outcome.report.status_of(claim) for claim in outcome.report.claims}
    assert Status.FAILED not in statuses.values()
    assert statuses[Claim.FIXITY] is Status.NOT_CHECKED
    assert statuses[Claim.MARKED] is statuses[Claim.VISIBLE] is statuses[Claim.TEXT] is Status.OK
    assert not outcome.report.passed


def test_an_info_that_leads_to_nothing_does_no_harm(tmp_path: Path) -> None:
    data = build(info=None).replace(b"/Root 1 0 R", b"/Root 1 0 R/Info 999 0 R")
    assert b"/Info 999 0 R" in data
    marked(tmp_path, data)


@pytest.mark.parametrize("kids", ["cycle", "twice", "direct", "empty-nodes"])
def test_an_odd_page_tree_is_marked_on_every_page_that_is_shown(tmp_path: Path, kids: str) -> None:
    marked(tmp_path, build(kids=kids, pages=3))
