"""The lines of text on a page, as PDFium reads them, with their positions and sizes."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from operator import sub
from typing import NamedTuple

from watermark.pdf.pdfium.text import Box, PageText

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
    """Return the lines of a page's first 20,000 characters; blank lines are left out.

    Only the first, middle and last characters of a line are measured, because each box takes time.
    """
    found = [
        (words, one.start(), one.end())
        for one in _LINE.finditer(text.characters(MAX_CHARACTERS))
        if (words := one[0].strip())
    ]
    boxes = text.loose_boxes([at for _, start, end in found for at in (start, (start + end) // 2, end - 1)])
    return tuple(_line(words, boxes[3 * n : 3 * n + 3]) for n, (words, _, _) in enumerate(found))


def _line(words: str, measured: Sequence[Box | None]) -> TextLine:
    """Return a line by the boxes of some of its characters."""
    boxes = [box for box in measured if box is not None]
    if not boxes:
        return TextLine(words)
    _, bottoms, _, tops = zip(*boxes, strict=True)
    heights = sorted(map(sub, tops, bottoms))
    return TextLine(
        words,
        top=max(tops),
        bottom=min(bottoms),
        size=heights[len(heights) // 2],
    )


def size_of_text(lines: Sequence[TextLine]) -> float:
    """Return the size of the type in which most letters of a page are set."""
    letters = Counter[float]()
    for line in lines:
        letters[round(line.size, 1)] += len(line.words)
    return letters.most_common(1)[0][0] if letters else 0.0


def opening_of(page_count: int, lines: Callable[[int], tuple[TextLine, ...]]) -> tuple[tuple[TextLine, ...], ...]:
    """Return the lines of pages 1 and 2, and of the last page where those name no DOI; `lines` reads one page."""
    first = tuple(lines(number) for number in range(1, min(page_count, 2) + 1))
    if page_count <= len(first) or any(_DOI.search(line.words) for page in first for line in page):
        return first
    return (*first, lines(page_count))
