"""The lines of text on a page, as PDFium reads them, with their positions and sizes."""

import re
from collections.abc import Callable
from typing import NamedTuple

from watermark.pdf.pdfium.text import PageText

MAX_CHARACTERS = 20_000
_DOI = re.compile(r"10\.[0-9]{4,9}/")
_LINE = re.compile(r"[^\r\n\x00]+")


class TextLine(NamedTuple):
    """One line in reading order; `top` and `bottom` in user space units from the foot of the page.

    `size` is the height of its type, ascent to descent, in the same units: as displayed, whatever the text matrix is.
    """

    words: str
    top: float = 0.0
    bottom: float = 0.0
    size: float = 0.0


def lines_of(text: PageText) -> tuple[TextLine, ...]:
    """Return the lines of a page's first 20,000 characters; blank lines are left out."""
    return tuple(
        _line(text, found.start(), found.end(), words)
        for found in _LINE.finditer(text.characters(MAX_CHARACTERS))
        if (words := found[0].strip())
    )


def _line(text: PageText, start: int, end: int, words: str) -> TextLine:
    """Return a line; only its first, middle and last characters are measured, because each box takes time."""
    boxes = []
    for offset in (start, (start + end) // 2, end - 1):
        index = text.index_of(offset)
        if 0 <= index < text.character_count and (box := text.loose_box(index)) is not None:
            boxes.append(box)
    if not boxes:
        return TextLine(words)
    heights = sorted(top - bottom for _, bottom, _, top in boxes)
    return TextLine(
        words,
        top=max(top for *_, top in boxes),
        bottom=min(bottom for _, bottom, *_ in boxes),
        size=heights[len(heights) // 2],
    )


def opening_of(page_count: int, lines: Callable[[int], tuple[TextLine, ...]]) -> tuple[tuple[TextLine, ...], ...]:
    """Return the lines of pages 1 and 2, and of the last page where those name no DOI; `lines` reads one page."""
    first = tuple(lines(number) for number in range(1, min(page_count, 2) + 1))
    if page_count <= len(first) or any(_DOI.search(line.words) for page in first for line in page):
        return first
    return (*first, lines(page_count))
