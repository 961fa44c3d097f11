"""Parts of a page drawn by themselves, and a page drawn without them; the page on disk stays as it is."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from watermark.article.marks.pdfium_page import Box, PdfiumPage

MAX_SIDE_PIXELS_LENGTH = 900
FINEST = 3.0
"""Pixels in a point, at most."""
MAX_LENGTH_OF_A_STRIP, HEIGHT_OF_A_STRIP = 2700, 60
"""The largest length of a narrow strip in pixels, and the height from which a strip is not narrow."""

Pixels = NDArray[np.float64]
"""Rows of pixels, each with its three colours, 0 (none of it) to 1."""


def ink_of(page: PdfiumPage, places: Collection[int], box: Box) -> NDArray[np.float64]:
    """Return the ink of some objects of the page and of nothing else, 0 to 1, whatever its colour, in their box."""
    _keep_only(page, places)
    return np.asarray(1 - least(_drawn(page, annotations=False, box=box)))


def ink_of_annotation(page: PdfiumPage, number: int, box: Box) -> NDArray[np.float64]:
    """Return the ink of one annotation and of nothing else, 0 to 1, in its box."""
    _keep_only(page, ())
    for other in range(page.page.annotation_count):
        if other != number:
            _hide_annotation(page, other)
    return np.asarray(1 - least(_drawn(page, annotations=True, box=box)))


def least(pixels: Pixels) -> NDArray[np.float64]:
    """Return the least of the three colours of each pixel; numpy's own takes ten times as long on so short an axis."""
    return np.minimum(np.minimum(pixels[..., 0], pixels[..., 1]), pixels[..., 2])


def render_page(page: PdfiumPage) -> Pixels:
    """Return the page as displayed, annotations included."""
    return _drawn(page, annotations=True)


def render_with_and_without(page: PdfiumPage, addresses: Collection[int]) -> tuple[Pixels, Pixels]:
    """Return the page as it is drawn, and as it is drawn without the objects at these addresses."""
    whole = _drawn(page, annotations=False)
    for one in page.page.objects():
        if one.address in addresses:
            one.hide()
    return whole, _drawn(page, annotations=False)


def with_and_without_annotation(page: PdfiumPage, number: int) -> tuple[Pixels, Pixels]:
    """Return the page as it is drawn, and as it is drawn without one annotation."""
    whole = _drawn(page, annotations=True)
    _hide_annotation(page, number)
    return whole, _drawn(page, annotations=True)


def _hide_annotation(page: PdfiumPage, number: int) -> None:
    if (annotation := page.page.annotation(number)) is not None:
        annotation.hide()
        annotation.close()


def _keep_only(page: PdfiumPage, places: Collection[int]) -> None:
    for place, one in enumerate(page.page.objects()):
        if place not in places:
            one.hide()


def _drawn(page: PdfiumPage, *, annotations: bool, box: Box | None = None) -> Pixels:
    """Return the page, or a box of it, as displayed."""
    whole = Box(0, 0, page.width, page.height)
    seen = whole if box is None else whole.common(box)
    longest, shortest = max(seen.width, seen.height, 1), max(min(seen.width, seen.height), 1)
    as_a_strip = min(MAX_LENGTH_OF_A_STRIP / longest, HEIGHT_OF_A_STRIP / shortest)
    pixels = page.page.draw(
        min(max(MAX_SIDE_PIXELS_LENGTH / longest, as_a_strip), FINEST),
        crop=(seen.left, whole.bottom - seen.bottom, whole.right - seen.right, seen.top),
        annotations=annotations,
    )
    return pixels / 255
