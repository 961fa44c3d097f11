"""Which pages most probably take the longest to be drawn: several processes begin with these, to be done together."""

from collections.abc import Sequence
from contextlib import suppress
from itertools import islice

import pikepdf

from watermark.pdf.page_tree import PageNode
from watermark.pdf.typed_values import dictionary_of

MAX_PAGES = 256
"""Of a longer article, no page takes a large part of the time."""
MAX_DRAWINGS = 40
USUAL, LITTLE = 1.5, 20_000
"""How many times the data of the page in the middle a heavy page has, and how many bytes beyond."""


def heavy_pages(pages: Sequence[PageNode]) -> tuple[int, ...]:
    """Return the numbers of the pages with far more data than most, the largest first.

    These are the bytes of the images and forms that a page names. What cannot be read counts as nothing.
    """
    if len(pages) > MAX_PAGES:
        return ()
    sizes = {page.number: _size_of(page) for page in pages}
    usual = sorted(sizes.values())[len(sizes) // 2] if sizes else 0
    heavy = [number for number, size in sizes.items() if size > USUAL * usual + LITTLE]
    return tuple(sorted(heavy, key=lambda number: -sizes[number]))


def _size_of(page: PageNode) -> int:
    size = 0
    with suppress(Exception):  # a damaged file may have anything there, and it only decides on the order
        drawings = dictionary_of(dictionary_of(page.attributes.get("/Resources")).get("/XObject"))
        for key in islice(drawings.keys(), MAX_DRAWINGS):
            drawing = drawings.get(key)
            if isinstance(drawing, pikepdf.Stream):
                size += int(drawing.get("/Length", 0))
    return size
