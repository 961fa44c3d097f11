"""The last means: pages are drawn, and what is large, of one colour and has the shape of the words is a mark.

Body text is thin: it is gone when everything is taken away that is thinner than the strokes of a large letter. What is
left is parted by colour and by place, and each part is read by its shapes. A page takes about a tenth of a second.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from watermark.article.marks.model import MarkMedium, PageMark
from watermark.article.marks.pdfium_page import PdfiumFile
from watermark.article.marks.render_objects import Pixels, render_page
from watermark.article.marks.template_matching import recognise_word

Mask = NDArray[np.bool_]

COLOURED = 0.12
FAINT, PALE, DARK = 0.97, 0.5, 0.45
BLOCK = 8
REACH = 2
"""So many blocks may lie between two letters of one word."""
LARGE = 0.2
THIN_PIXELS = 1
MAX_PARTS = 12


def marks_rendered(opened: PdfiumFile, numbers: Sequence[int]) -> dict[int, PageMark]:
    """Return the marks that are seen on the pages of these numbers, by page number."""
    found: dict[int, PageMark] = {}
    for number in numbers:
        with opened.page(number) as page:
            word = _word_on(render_page(page))
        if word:
            found[number] = PageMark(page_number=number, means=MarkMedium.RENDERED, words=word)
    return found


def _word_on(pixels: Pixels) -> str:
    for layer in _layers(pixels):
        thick = _opened(layer)
        for part in _parts(thick):
            read = recognise_word(part.astype(float))
            if read is not None:
                return read.word
    return ""


def _layers(pixels: Pixels) -> Iterator[Mask]:
    """Yield what is coloured, what is grey, and what is dark."""
    low, high = pixels.min(axis=2), pixels.max(axis=2)
    is_coloured = high - low > COLOURED
    yield is_coloured
    yield ~is_coloured & (low > PALE) & (low < FAINT)
    yield high < DARK


def _opened(mask: Mask) -> Mask:
    """Return what is left of a mask without what is thinner than so many pixels on either side."""
    return ~_shrunk(~_shrunk(mask))


def _shrunk(mask: Mask) -> Mask:
    padded = np.pad(mask, THIN_PIXELS, constant_values=True)
    rows, columns = mask.shape
    span = 2 * THIN_PIXELS + 1
    shifted = [padded[y : y + rows, x : x + columns] for y in range(span) for x in range(span)]
    return np.asarray(np.logical_and.reduce(shifted))


def _parts(mask: Mask) -> list[Mask]:
    """Return the large parts of a mask that hang together but for gaps as between letters, the largest first."""
    rows, columns = mask.shape[0] // BLOCK, mask.shape[1] // BLOCK
    blocks = mask[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, columns, BLOCK).any(axis=(1, 3))
    waiting = {(int(row), int(column)) for row, column in np.argwhere(blocks)}
    groups = list[list[tuple[int, int]]]()
    while waiting:
        group = [waiting.pop()]
        for row, column in group:
            near = {(row + y, column + x) for y in range(-REACH, REACH + 1) for x in range(-REACH, REACH + 1)} & waiting
            waiting -= near
            group.extend(near)
        down, across = zip(*group, strict=True)
        if max(max(down) - min(down), max(across) - min(across)) * BLOCK >= LARGE * min(mask.shape):
            groups.append(group)
    groups.sort(key=len, reverse=True)
    return [_part(mask, group) for group in groups[:MAX_PARTS]]


def _part(mask: Mask, group: list[tuple[int, int]]) -> Mask:
    only = np.zeros((mask.shape[0] // BLOCK, mask.shape[1] // BLOCK), dtype=bool)
    only[tuple(np.array(group).T)] = True
    spread = np.kron(only, np.ones((BLOCK, BLOCK), dtype=bool))
    return np.asarray(mask[: spread.shape[0], : spread.shape[1]] & spread)
