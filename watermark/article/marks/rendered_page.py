"""The last means: pages are drawn, and what is large, of one colour and has the shape of the words is a mark.

Body text is thin: it is gone when everything is taken away that is thinner than the strokes of a large letter. What is
left is parted by colour and by place, and each part is read by its shapes. A page takes about a tenth of a second.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from watermark.article.marks.connected_parts import parts_of
from watermark.article.marks.model import MarkMedium, PageMark
from watermark.article.marks.pdfium_page import PdfiumFile
from watermark.article.marks.render_objects import Pixels, least, render_page
from watermark.article.marks.template_matching import recognise_word

Mask = NDArray[np.bool_]

COLOURED = 0.12
FAINT, PALE, DARK = 0.97, 0.5, 0.45
LARGE = 0.2
THINNEST_STROKES = (5, 3, 2)
"""Half of the pixels across the strokes of a mark that text runs through: of a word over the page, and of a stamp."""
MAX_PARTS = 12
MAX_SHAPES = 4
"""Shapes that were read and are looked for on the other pages."""
MARGIN = 6
SAME_INSIDE, SAME_OUTSIDE = 0.85, 0.5
"""The share of a shape that has ink on another page, and of what is within a few pixels of it."""


class _Seen(NamedTuple):
    """A word on a page: in which layer, where, and the shape that it has there."""

    word: str
    layer: int
    shape: Mask


def marks_rendered(opened: PdfiumFile, numbers: Sequence[int]) -> dict[int, PageMark]:
    """Return the marks that are seen on the pages of these numbers, by page number.

    A page where text runs through the words so that they cannot be read has the mark, too, if the shape of one that was
    read on another page is at the same place.
    """
    seen, unread = dict[int, _Seen](), list[int]()
    for number in numbers:
        with opened.page(number) as page:
            found = _seen_on(render_page(page))
        if found is None:
            unread.append(number)
        else:
            seen[number] = found
    shapes = list(seen.values())[:MAX_SHAPES]
    for number in unread if shapes else ():
        with opened.page(number) as page:
            masks = [_opened(layer, thin) for layer, thin in _layers(render_page(page))]
        same = next((one for one in shapes if _has_shape(masks[one.layer], one.shape)), None)
        if same is not None:
            seen[number] = same
    return {
        number: PageMark(page_number=number, means=MarkMedium.RENDERED, words=one.word) for number, one in seen.items()
    }


def _seen_on(pixels: Pixels) -> _Seen | None:
    for number, (layer, thin) in enumerate(_layers(pixels)):
        thick = _opened(layer, thin)
        for part in parts_of(thick, LARGE * min(thick.shape), MAX_PARTS):
            read = recognise_word(part.astype(float), is_noisy=True)
            if read is not None:
                return _Seen(read.word, number, part)
    return None


def _has_shape(mask: Mask, shape: Mask) -> bool:
    """Whether a page has ink wherever a shape has some, and much less beside it."""
    there = mask[: shape.shape[0], : shape.shape[1]]
    if there.shape != shape.shape or not shape.any():
        return False
    rows, columns = np.flatnonzero(shape.any(axis=1)), np.flatnonzero(shape.any(axis=0))
    box = np.ix_(range(rows[0], rows[-1] + 1), range(columns[0], columns[-1] + 1))
    inner, around = shape[box], ~_shrunk(~shape, MARGIN)[box]
    inside = float(there[box][inner].mean())
    outside = float(there[box][around & ~inner].mean()) if (around & ~inner).any() else 1.0
    return inside >= SAME_INSIDE and outside <= SAME_OUTSIDE


def _layers(pixels: Pixels) -> Iterator[tuple[Mask, int]]:
    """Yield what is to be read, and how thin the strokes of other text in it are.

    All ink together holds a mark that text runs through, once everything is gone that is as thin as that text. What is
    coloured, grey or dark is then read by itself.
    """
    low, high = least(pixels), np.maximum(np.maximum(pixels[..., 0], pixels[..., 1]), pixels[..., 2])
    yield from ((low < FAINT, thin) for thin in THINNEST_STROKES)
    is_coloured = high - low > COLOURED
    yield is_coloured, 1
    yield ~is_coloured & (low > PALE) & (low < FAINT), 1
    yield high < DARK, 1


def _opened(mask: Mask, thin: int) -> Mask:
    """Return what is left of a mask after everything thinner than this number of pixels on either side is removed."""
    return ~_shrunk(~_shrunk(mask, thin), thin)


def _shrunk(mask: Mask, thin: int) -> Mask:
    padded = np.pad(mask, thin, constant_values=True)
    rows, columns = mask.shape
    span = range(2 * thin + 1)
    across = np.logical_and.reduce([padded[:, x : x + columns] for x in span])
    return np.asarray(np.logical_and.reduce([across[y : y + rows] for y in span]))
