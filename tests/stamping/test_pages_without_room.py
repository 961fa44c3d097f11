"""On a page with no empty edge the line is left out, the plan names the page, and the copy is verified all the same."""

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from tests.helpers import tampered_copies
from tests.stamping.test_pipeline import TITLE, request_for, stamped
from watermark.models import Claim, Result
from watermark.pdf.rendering import RenderedDocument
from watermark.stamping.mark import Edge, LinePosition, MarkStyle
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.plan import PageSelection, StampRequest, planner
from watermark.stamping.reproduction import verify_and_reproduce
from watermark.verification.verifier import verify_copy

GRID = b"0.3 G 1 w " + b"".join(b"0 %d m 612 %d l %d 0 m %d 792 l " % (4 * (at,)) for at in range(2, 792, 9)) + b"S "


def with_grid_on(folder: Path, *numbers: int, pages: int = 3, **peculiarities: object) -> StampRequest:
    """Return the request to mark an article whose pages of these numbers are full of lines."""
    request = request_for(folder, pages=pages, **peculiarities)
    with pikepdf.open(request.article, allow_overwriting_input=True) as document:
        for number in numbers:
            document.pages[number - 1].contents_add(GRID)
        document.save(request.article)
    return request


def test_the_line_is_left_out_on_a_page_without_an_empty_edge_and_the_plan_names_the_page(tmp_path: Path) -> None:
    request = with_grid_on(tmp_path, 2)
    outcome = stamped(request)
    assert outcome.receipt is not None
    assert outcome.receipt.choices["edges"] == [["top", 1], ["none", 1], ["top", 1]]
    values = [decision.value for decision in outcome.decisions if decision.name == "edge line"]
    assert [values[0].endswith("at the top of 2 pages"), *values[1:]] == [True, "left out on page 2"]
    report = verify_and_reproduce(Path(outcome.copy))
    assert not report.failures
    assert any("except for 1 that has no room for it" in finding.message for finding in report.findings)
    with RenderedDocument(request.article) as before, RenderedDocument(Path(outcome.copy)) as after:
        assert before.text(2) == after.text(2)
        assert "Retracted" in after.text(1)
    with pikepdf.open(outcome.copy) as copy:
        assert ["/Annots" in page for page in copy.pages] == [True, False, True]


@pytest.mark.slow
def test_where_no_page_has_room_the_receipt_names_no_line(tmp_path: Path) -> None:
    outcome = stamped(with_grid_on(tmp_path, 1, 2, pages=2))
    assert outcome.receipt is not None
    assert outcome.receipt.line_text == outcome.receipt.line_link == ""
    assert [decision.value for decision in outcome.decisions if decision.name == "edge line"] == [
        "left out on page 1, 2"
    ]
    report = verify_and_reproduce(Path(outcome.copy))
    assert not report.failures
    (message,) = [finding.message for finding in report.findings if finding.claim is Claim.TEXT]
    assert message == "the text of every page is the original's (2 pages)"


@pytest.mark.slow
def test_in_a_tagged_article_the_first_page_with_the_line_has_it_as_content(tmp_path: Path) -> None:
    outcome = stamped(with_grid_on(tmp_path, 1, pdfua=1))
    assert not verify_and_reproduce(Path(outcome.copy)).failures
    with pikepdf.open(outcome.copy) as copy:
        contents = [page.Contents[-1].read_bytes() for page in copy.pages]
    assert [b"/MCID" in content for content in contents] == [False, True, False]


@pytest.mark.slow
def test_a_part_of_a_file_has_its_own_pages_without_the_line(tmp_path: Path) -> None:
    request = with_grid_on(tmp_path, 3, pages=4)
    outcome = stamped(replace(request, pages=PageSelection(written="2-4"), match_override_reason="a test"))
    assert outcome.receipt is not None
    assert [str(pages) for pages in outcome.receipt.pages_without_line] == ["3"]
    assert not verify_and_reproduce(Path(outcome.copy)).failures


@pytest.mark.parametrize(
    ("edges", "message"),
    [
        ([["none", 1], ["top", 2]], "page 1: there is a line besides the receipt's"),
        ([["none", 3]], "page 3: there is a line besides the receipt's"),
    ],
)
def test_a_receipt_that_denies_the_line_of_a_page_is_refuted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edges: list[list[object]], message: str
) -> None:
    recorded = planner.recorded_choices
    monkeypatch.setattr(planner, "recorded_choices", lambda *them: {**recorded(*them), "edges": edges})
    report = verify_copy(tampered_copies.stamped(tmp_path, pages=3))
    assert message in tampered_copies.complaints(report, Claim.MARKED)
    assert "the text has changed" in tampered_copies.complaints(report, Claim.TEXT)
    assert "a link that the receipt does not name" in tampered_copies.complaints(report, Claim.STRUCTURE)


def test_a_page_without_the_line_that_the_receipt_does_not_name_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded, chosen = planner.recorded_choices, planner.edge_line
    monkeypatch.setattr(planner, "recorded_choices", lambda *them: {**recorded(*them), "edges": [["top", 3]]})
    positions = (None, LinePosition(Edge.TOP), LinePosition(Edge.TOP))
    monkeypatch.setattr(planner, "edge_line", lambda *them: replace(chosen(*them), positions=positions))
    report = verify_copy(tampered_copies.stamped(tmp_path, pages=3))
    assert "page 1: the line is missing beside the mark" in tampered_copies.complaints(report, Claim.MARKED)


def test_a_line_that_moved_along_its_edge_is_written_again_in_the_same_place(tmp_path: Path) -> None:
    words = b"".join(b"1 0 0 1 %d %d Tm (X) Tj " % at for at in ((306, 776), (14, 396), (306, 12)))
    outcome = stamped(request_for(tmp_path, pages=1, content=b"BT /F1 9 Tf " + words + b"ET", title=TITLE))
    assert outcome.receipt is not None
    assert outcome.receipt.choices["edges"] == [["top", 1, -34, 0]]
    values = [decision.value for decision in outcome.decisions if decision.name == "edge line"]
    assert values[1:] == ["moved from the middle of the edge on page 1"]
    assert not verify_and_reproduce(Path(outcome.copy)).failures


def test_an_edge_where_no_colour_can_be_read_is_refused_with_the_contrast(tmp_path: Path) -> None:
    halves = b"0.35 g 0 760 306 32 re f 0.66 g 306 760 306 32 re f"
    request = request_for(tmp_path, pages=1, content=halves, title=TITLE)
    outcome = stamp_outcome(replace(request, style=MarkStyle(line_edge=Edge.TOP)), tmp_path / "copy.pdf")
    assert outcome.result is not Result.MARKED
    assert "at the top of a page, the edge line has a contrast of 3.00:1" in outcome.reason
