"""The pages of the article with the figures that, according to the notice, also appear in other articles."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from watermark.article import ArticleInfo, may_have_captions, pages_of_figures
from watermark.errors import FailedError
from watermark.models import Decision
from watermark.notice import Notice
from watermark.pdf.rendering import RenderedDocument
from watermark.pdf.text_lines import TextLine

FigurePages: TypeAlias = Mapping[str, tuple[int, ...]]
"""For each figure as the notice names it, the pages of the article, from 1, that have its caption."""


def figure_pages(notice: Notice, info: ArticleInfo, rendered: RenderedDocument | None) -> FigurePages:
    """Return the pages of the figures that the notice names; nothing without a look at the pages."""
    if rendered is None:
        return {}
    named = dict.fromkeys(figure for match in notice.figure_matches for figure in match.figures)
    before = info.pages.first - 1 if info.pages else 0
    last = min(info.pages.last if info.pages else info.page_count, len(rendered))

    def lines(number: int) -> Sequence[TextLine]:
        page_number = before + number
        return rendered.lines(page_number) if may_have_captions(_text(rendered, page_number)) else ()

    found = pages_of_figures(named, last - before, lines)
    return {figure: tuple(before + number for number in numbers) for figure, numbers in found.items()}


def _text(rendered: RenderedDocument, page_number: int) -> str:
    try:
        return rendered.text(page_number)
    except FailedError:
        return ""


def figure_decisions(figures: FigurePages) -> tuple[Decision, ...]:
    """Return where the figures were found, where any was."""
    if not figures:
        return ()
    value = ", ".join(f"{figure} on page {' and '.join(map(str, pages))}" for figure, pages in figures.items())
    return (Decision(name="figures", value=f"the notice names {value}", reason="their captions were found there"),)
