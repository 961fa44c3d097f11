"""Each page is opened and drawn once for the plan, and several processes find out what one does."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.helpers import helpers
from watermark.errors import UsageError
from watermark.pdf.geometry import PageShape
from watermark.pdf.parallel_pages import team_for
from watermark.pdf.pdfium.document import PdfiumDocument
from watermark.pdf.pdfium.open_page import PageHandle
from watermark.pdf.rendering import RenderedDocument
from watermark.stamping.mark import Edge, MarkStyle
from watermark.stamping.plan import page_measures
from watermark.stamping.plan.page_measures import PageMeasures, Wanted, measured

WIDTH, HEIGHT = 400, 500
DARK_AT_THE_TOP, DARK = b"0 g 0 440 400 60 re f", b"0 g 0 0 400 500 re f"
WITH_A_CAPTION = b"BT /F 12 Tf 60 300 Td (Figure 1. Mice) Tj ET"
CONTENTS = (b"", DARK_AT_THE_TOP, WITH_A_CAPTION, DARK, b"")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    for content in CONTENTS:
        page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.obj.Contents = pdf.make_stream(content)
    pdf.save(tmp_path / "article.pdf")
    return tmp_path / "article.pdf"


def wanted(text: str = "Retracted") -> Wanted:
    shape = PageShape(visible=(0, 0, WIDTH, HEIGHT))
    pages = tuple((number, shape) for number in range(1, len(CONTENTS) + 1))
    return Wanted(pages=pages, style=MarkStyle(), line_text=text, outline_only=False, reads_captions=True)


def test_each_page_is_opened_and_drawn_once(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: dict[str, int] = {"page": 0, "draw": 0}

    def counted(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def count(*arguments: object, **named: object) -> object:
            calls[name] += 1
            return function(*arguments, **named)

        return count

    with RenderedDocument(article) as rendered:
        measured(wanted(), rendered)  # the word itself is drawn once for all pages of this shape
    monkeypatch.setattr(PdfiumDocument, "page", counted("page", PdfiumDocument.page))
    monkeypatch.setattr(PageHandle, "draw", counted("draw", PageHandle.draw))
    with RenderedDocument(article) as rendered:
        found = measured(wanted(), rendered)
    assert calls == {"page": len(CONTENTS), "draw": len(CONTENTS)}
    assert [one.position is not None and one.position.edge for one in found][:2] == [Edge.TOP, Edge.LEFT]
    assert [bool(one.captions) for one in found] == [False, False, True, False, False]
    assert all(one.mark and one.line for one in found)


def test_several_processes_find_out_what_one_does(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, of_page = list[int](), page_measures._of_page

    def recorded(wanted: Wanted, rendered: RenderedDocument, page_number: int, shape: PageShape) -> PageMeasures:
        here.append(page_number)
        return of_page(wanted, rendered, page_number, shape)

    with RenderedDocument(article) as rendered:
        one = measured(wanted(), rendered)
        monkeypatch.setattr(page_measures, "_of_page", recorded)
        helpers.start(article)
        helpers.wait_for_each(monkeypatch)
        with team_for(article, len(rendered), 2) as rendered.team:
            assert measured(wanted(), rendered) == one
            assert here[0] == 1
            assert len(here) < len(CONTENTS)
            with pytest.raises(UsageError):
                measured(wanted(text="\u0e01"), rendered)


def test_without_a_look_at_the_pages_the_line_is_in_its_usual_place() -> None:
    assert {one.position and one.position.edge for one in measured(wanted(), None)} == {Edge.TOP}
    assert {one.position for one in measured(wanted(text=""), None)} == {None}
