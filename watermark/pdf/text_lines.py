"""The lines of words on a page, as PDFium reads them, with where they stand and how large they are set."""

import re
from collections.abc import Callable
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

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


def lines_of(words: pypdfium2.PdfTextPage) -> tuple[TextLine, ...]:
    """Return the lines of a page's first 20,000 characters; a blank line is left out."""
    total, handle = words.count_chars(), words.raw
    count = min(total, MAX_CHARACTERS)
    text = words.get_text_range(0, count) if count else ""
    return tuple(
        _placed(handle, total, found.start(), found.end(), said)
        for found in _LINE.finditer(text)
        if (said := found[0].strip())
    )


def _placed(handle: object, total: int, start: int, end: int, said: str) -> TextLine:
    """Return a line with the place of its first, middle and last characters: without a box for each, which is slow."""
    box, places = pdfium.FS_RECTF(), []
    for place in (start, (start + end) // 2, end - 1):
        index = pdfium.FPDFText_GetCharIndexFromTextIndex(handle, place)
        if 0 <= index < total and pdfium.FPDFText_GetLooseCharBox(handle, index, box):
            places.append((box.top, box.bottom))
    if not places:
        return TextLine(said)
    heights = sorted(top - bottom for top, bottom in places)
    return TextLine(
        said,
        top=max(top for top, _ in places),
        bottom=min(bottom for _, bottom in places),
        size=heights[len(heights) // 2],
    )


def opening_of(page_count: int, lines: Callable[[int], tuple[TextLine, ...]]) -> tuple[tuple[TextLine, ...], ...]:
    """Return the lines of pages 1 and 2, and of the last page where those name no DOI; `lines` reads one page."""
    first = tuple(lines(number) for number in range(1, min(page_count, 2) + 1))
    if page_count <= len(first) or any(_DOI.search(line.words) for page in first for line in page):
        return first
    return (*first, lines(page_count))
