"""Runs of words on a page: broken into lines, each with the element it belongs to, each link with its place."""

from collections.abc import Sequence

from watermark.stamping.notice_document import labels
from watermark.stamping.notice_document.blocks import BLUE, PAGE_LINK, Run, Runs, Style
from watermark.stamping.notice_document.fonts import Faces
from watermark.stamping.notice_document.line_breaking import Piece, lines_of
from watermark.stamping.notice_document.pages import Page
from watermark.stamping.notice_document.structure_tree import Element


class Text:
    """The lines of one paragraph or cell, and the element they belong to."""

    def __init__(self, runs: Runs, style: Style, faces: Faces, measure: float, element: Element) -> None:
        """Break `runs` into lines no wider than `measure` points."""
        self.lines = lines_of(runs, faces, style.size, measure)
        self._runs = runs
        self._style = style
        self._faces = faces
        self._element = element
        self._links: dict[int, Element] = {}

    def draw(self, page: Page, line: Sequence[Piece], x: float, y: float) -> None:
        """Set one line with its upper edge at y."""
        baseline = self._style.baseline_below(y)
        for piece in line:
            run = self._runs[piece.run]
            style = self._style.painted(BLUE) if run.link else self._style
            page.text(self._owner(piece.run, run), (x, baseline), piece.text, self._faces.of(bold=run.bold), style)
            if run.link:
                rectangle = (x, y - self._style.leading, x + piece.width, y)
                description = _description(run.link)
                page.hotspot(self._links[piece.run], rectangle, run.link, description)
            x += piece.width

    def _owner(self, number: int, run: Run) -> Element:
        if not run.link:
            return self._element
        if number not in self._links:
            self._links[number] = self._element.add("Link", language=labels.LANGUAGE)
        return self._links[number]


def _description(link: str) -> str:
    """Return what assistive technology says of a link."""
    if link.startswith(PAGE_LINK):
        return labels.PAGE_DESCRIPTION.format(page=link.removeprefix(PAGE_LINK))
    return labels.LINK_DESCRIPTION.format(url=link)
