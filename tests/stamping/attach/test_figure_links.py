"""The notice in the copy leads to the pages of the figures that it names; the article itself is not annotated."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.helpers.build import build
from watermark.models import Outcome
from watermark.notice import FigureMatch, Notice, NoticeFile, Reference, State
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.plan import StampRequest

TITLE = "A Study of Watermarks in Liver Cells"
PAGES = ("The article begins.", "Text.\nFigure 3. Cells under stress.\nText.", "Text.\nFigure 5. More cells.\nText.")
MATCH = FigureMatch(figures=("3A", "5E"), source_figure="2A", source=Reference(title="Another study", year=2018))


def stamped(tmp_path: Path, notice_page: str, **peculiarities: Any) -> Outcome:  # noqa: ANN401 - build's own
    article = tmp_path / "article.pdf"
    article.write_bytes(build(pages=3, text=PAGES, title=TITLE, **peculiarities))
    notice = Notice(state=State.RETRACTION, article=Reference(title=TITLE), figure_matches=(MATCH,))
    given = NoticeFile(notice=notice, data=b"The notice.", name="notice.txt", media_type="text/plain")
    job = StampRequest(
        article=article, notice=given, marked_at=datetime(2026, 1, 2, tzinfo=UTC), notice_page=notice_page
    )
    outcome = stamp_outcome(job, tmp_path / "copy.pdf")
    assert outcome.exit_status == 0, outcome.reason
    assert outcome.report is not None
    assert not outcome.report.failures
    return outcome


def led_to(path: str) -> dict[str, int]:
    """Each page of the article that a link names, and the page of the copy, from 1, that it leads to."""
    with pikepdf.open(path) as document:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
        return {
            str(link.Contents): numbers[link.Dest[0].objgen]
            for page in document.pages
            for link in page.obj.get("/Annots", [])
            if "/Dest" in link
        }


@pytest.mark.parametrize(
    "kind", [{}, {"pdfa": "2b"}, {"pdfa": "1b"}, {"pdfua": True}, {"kids": "direct"}, {"xref": "stream"}]
)
@pytest.mark.parametrize(("notice_page", "ahead"), [("back", 0), ("front", 1)])
def test_the_notice_leads_to_the_pages_of_the_figures(
    tmp_path: Path, kind: dict[str, Any], notice_page: str, ahead: int
) -> None:
    outcome = stamped(tmp_path, notice_page, **kind)
    expected = {"Page 2 of the article": 2 + ahead, "Page 3 of the article": 3 + ahead}
    assert led_to(outcome.copy) == expected


def test_a_notice_inside_as_a_file_names_the_pages_and_leads_nowhere(tmp_path: Path) -> None:
    outcome = stamped(tmp_path, "none")
    assert led_to(outcome.copy) == {}
    with pikepdf.open(outcome.copy) as document:
        record = json.loads(document.attachments["retraction.json"].get_file().read_bytes())
        notice = tmp_path / "notice.pdf"
        notice.write_bytes(document.attachments["retraction-notice.pdf"].get_file().read_bytes())
    assert record["figure_pages"] == {"3A": [2], "5E": [3]}
    assert led_to(str(notice)) == {}
    (figures,) = [item.value for item in outcome.decisions if item.name == "figures"]
    assert figures == "the notice names 3A on page 2, 5E on page 3"


def test_figures_that_are_not_found_are_named_without_a_page(tmp_path: Path) -> None:
    unknown = replace(MATCH, figures=("9",))
    article = tmp_path / "article.pdf"
    article.write_bytes(build(pages=3, text=PAGES, title=TITLE))
    notice = Notice(state=State.RETRACTION, article=Reference(title=TITLE), figure_matches=(unknown,))
    given = NoticeFile(notice=notice, data=b"The notice.", name="notice.txt", media_type="text/plain")
    job = StampRequest(article=article, notice=given, marked_at=datetime(2026, 1, 2, tzinfo=UTC), notice_page="back")
    outcome = stamp_outcome(job, tmp_path / "copy.pdf")
    assert outcome.exit_status == 0
    assert led_to(outcome.copy) == {}
    assert not [item for item in outcome.decisions if item.name == "figures"]
