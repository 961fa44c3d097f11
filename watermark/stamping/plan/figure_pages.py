"""The pages of the article with the figures that, according to the notice, also appear in other articles."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from watermark.article import pages_of_figures
from watermark.models import Decision
from watermark.notice import Notice
from watermark.pdf.page_range import PageRange
from watermark.pdf.rendering import RenderedDocument
from watermark.stamping.plan.page_measures import captions_on

FigurePages: TypeAlias = Mapping[str, tuple[int, ...]]
"""For each figure as the notice names it, the pages of the article, from 1, that have its caption."""
Captions: TypeAlias = Mapping[int, Sequence[tuple[str, int]]]
"""By the numbers of pages: the numbers of the figures that each may have captions of, with their weights."""


def figures_of(notice: Notice) -> tuple[str, ...]:
    """Return the figures that a notice names, each once."""
    return tuple(dict.fromkeys(figure for match in notice.figure_matches for figure in match.figures))


def figure_pages(
    notice: Notice, pages: PageRange, rendered: RenderedDocument | None, captions: Captions
) -> FigurePages:
    """Return the pages of the figures that the notice names; nothing without a look at the pages.

    `pages` are those of the article. `captions` are those of the pages of which they are known.
    """
    if rendered is None:
        return {}
    before, last = pages.first - 1, min(pages.last, len(rendered))

    def captions_of(number: int) -> Sequence[tuple[str, int]]:
        known = captions.get(before + number)
        return captions_on(rendered, before + number) if known is None else known

    found = pages_of_figures(figures_of(notice), last - before, captions_of)
    return {figure: tuple(before + number for number in numbers) for figure, numbers in found.items()}


def figure_decisions(figures: FigurePages) -> Iterator[Decision]:
    """Yield where the figures were found, where any was."""
    if figures:
        value = ", ".join(f"{figure} on page {' and '.join(map(str, pages))}" for figure, pages in figures.items())
        yield Decision(name="figures", value=f"the notice names {value}", reason="their captions were found there")
