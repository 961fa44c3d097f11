"""How much of a page's ink a mark hides: the page is drawn with the mark and without it.

Ink can be read through a mark where it still contrasts: in each small block, the distance of ink and ground is
measured with the mark and without it. Where less than a quarter is left, the ink there is hidden.
"""

import numpy as np
from numpy.typing import NDArray

from watermark.article.marks.annotations import AnnotationMark
from watermark.article.marks.graphics import Candidate
from watermark.article.marks.pdfium_page import PdfiumPage
from watermark.article.marks.render_objects import Pixels, render_with_and_without, with_and_without_annotation
from watermark.article.marks.text import TextMark
from watermark.pdf.pdfium.objects import ObjectKind

BLOCK = 12
DARK = 0.65
CHANGED = 0.02
LEFT = 0.25
FEWEST = 3
FEWEST_INK = 50
MAX_IN_A_MARK = 60
"""A form with more objects in it is the page's content, not a mark."""
GROUND = 8
"""So many objects before the words may be their background."""


def occluded_share(page: PdfiumPage, mark: TextMark | Candidate | AnnotationMark) -> float:
    """Return the share of the page's ink that a mark hides, 0 to 1."""
    if isinstance(mark, AnnotationMark):
        return _share(*with_and_without_annotation(page, mark.number))
    addresses = _of_letters(page, mark) if isinstance(mark, TextMark) else _of_objects(page, mark)
    return _share(*render_with_and_without(page, addresses))


def _of_objects(page: PdfiumPage, mark: Candidate) -> set[int]:
    return {page.page.object(place).address for place in mark.indexes}


def _of_letters(page: PdfiumPage, mark: TextMark) -> set[int]:
    """Return the objects that letters are drawn by, and those just before them that are the ground under them."""
    indexes = range(mark.first, mark.last + 1)
    letters = {page.page.text.object_address(index) for index in indexes}
    first, last = page.origin(mark.first), page.origin(mark.last)
    middle = (first.x + last.x) / 2, (first.y + last.y) / 2
    width = max(abs(last.x - first.x), abs(last.y - first.y))
    found, own = set(letters), -1
    for place, one in enumerate(page.page.objects()):
        is_small_form = (
            one.kind == ObjectKind.FORM
            and one.form_object_count <= MAX_IN_A_MARK
            and page.boxed(*one.bounds).holds(*middle)
        )
        if is_small_form:
            found.add(one.address)
        if one.address in letters or is_small_form:
            own = place
    for place in range(max(own - GROUND, 0), max(own, 0)):
        one = page.page.object(place)
        if one.kind == ObjectKind.TEXT:
            continue
        box = page.boxed(*one.bounds)
        if box.holds(*middle) and max(box.width, box.height) >= width / 2:
            found.add(one.address)
    return found


def _share(seen: Pixels, bare: Pixels) -> float:
    """Return the share of the ink of the bare page that cannot be distinguished from its ground where the mark is."""
    grey, plain = seen.mean(axis=2), bare.mean(axis=2)
    ink = plain < DARK
    total = int(ink.sum())
    changed = np.abs(seen - bare).max(axis=2) > CHANGED
    if total < FEWEST_INK or not (ink & changed).any():
        return 0.0
    covered = _near(changed)
    dark, light = ink & covered, ~ink & covered
    counts = _blocks(dark.astype(float)), _blocks(light.astype(float))
    before, after = _contrast(plain, dark, light, counts), _contrast(grey, dark, light, counts)
    has_both = (counts[0] >= FEWEST) & (counts[1] >= FEWEST)
    spread, left = _spread(plain, dark, counts[0]), _spread(grey, dark, counts[0])
    uneven = spread > CHANGED * CHANGED  # a block of one brightness has no detail to be lost
    lost = np.where(has_both, after < LEFT * before, uneven & (left < LEFT * LEFT * spread))
    return float((counts[0] * lost).sum() / total)


def _near(changed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the blocks in which something has changed, as pixels."""
    touched = _blocks(changed.astype(float)) >= BLOCK * BLOCK / 3
    spread = np.kron(touched, np.ones((BLOCK, BLOCK), dtype=bool))
    whole = np.zeros(changed.shape, dtype=bool)
    whole[: spread.shape[0], : spread.shape[1]] = spread[: changed.shape[0], : changed.shape[1]]
    return whole


def _blocks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the sum of each block; what does not fill one at the right and at the bottom is left out."""
    rows, columns = values.shape[0] // BLOCK, values.shape[1] // BLOCK
    cut = values[: rows * BLOCK, : columns * BLOCK]
    return np.asarray(cut.reshape(rows, BLOCK, columns, BLOCK).sum(axis=(1, 3)))


def _contrast(
    image: NDArray[np.float64],
    dark: NDArray[np.bool_],
    light: NDArray[np.bool_],
    counts: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> NDArray[np.float64]:
    """Return how much lighter the ground of each block is than its ink."""
    means = [_blocks(image * mask) / np.maximum(count, 1) for mask, count in zip((dark, light), counts, strict=True)]
    return np.abs(means[1] - means[0])


def _spread(image: NDArray[np.float64], dark: NDArray[np.bool_], count: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how uneven the ink of each block is: the variance of its brightness."""
    mean = _blocks(image * dark) / np.maximum(count, 1)
    return np.asarray(_blocks(image * image * dark) / np.maximum(count, 1) - mean * mean)
