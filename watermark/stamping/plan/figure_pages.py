"""The pages of the article with the figures that, according to the notice, also appear in other articles."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from watermark.article import ArticleInfo, pages_of_figures
from watermark.models import Decision
from watermark.notice import Notice
from watermark.pdf.rendering import RenderedDocument
from watermark.stamping.plan.page_measures import PageMeasures, captions_on

FigurePages: TypeAlias = Mapping[str, tuple[int, ...]]
"""For each figure as the notice names it, the pages of the article, from 1, that have its caption."""


def figures_of(notice: Notice) -> tuple[str, ...]:
    """Return the figures that a notice names, each once."""
    return tuple(dict.fromkeys(figure for match in notice.figure_matches for figure in match.figures))


def figure_pages(
    notice: Notice, info: ArticleInfo, rendered: RenderedDocument | None, measures: Mapping[int, PageMeasures]
) -> FigurePages:
    """Return the pages of the figures that the notice names; nothing without a look at the pages.

    `measures` are by the numbers of pages, as far as they were measured.
    """
    if rendered is None:
        return {}
    before = info.pages.first - 1 if info.pages else 0
    last = min(info.pages.last if info.pages else info.page_count, len(rendered))

    def captions(number: int) -> Sequence[tuple[str, int]]:
        known = measures.get(before + number)
        return known.captions if known else captions_on(rendered, before + number)

    found = pages_of_figures(figures_of(notice), last - before, captions)
    return {figure: tuple(before + number for number in numbers) for figure, numbers in found.items()}


def figure_decisions(figures: FigurePages) -> Iterator[Decision]:
    """Yield where the figures were found, where any was."""
    if figures:
        value = ", ".join(f"{figure} on page {' and '.join(map(str, pages))}" for figure, pages in figures.items())
        yield Decision(name="figures", value=f"the notice names {value}", reason="their captions were found there")
