"""Parts of a page drawn by themselves, and a page drawn without them; the page on disk stays as it is."""

import ctypes
from collections.abc import Collection, Iterator

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from watermark.article.marks.pdfium_page import Box, PdfiumPage

MAX_SIDE_PIXELS_LENGTH = 900
FINEST = 3.0
"""Pixels in a point, at most."""
HIDDEN_ANNOTATION = 2

Pixels = NDArray[np.float64]
"""Rows of pixels, each with its three colours, 0 (none of it) to 1."""


def ink_of(page: PdfiumPage, places: Collection[int], box: Box) -> NDArray[np.float64]:
    """Return the ink of some objects of the page and of nothing else, 0 to 1, whatever its colour, in their box."""
    _keep_only(page, places)
    return np.asarray(1 - _drawn(page, annotations=False, box=box).min(axis=2))


def ink_of_annotation(page: PdfiumPage, number: int, box: Box) -> NDArray[np.float64]:
    """Return the ink of one annotation and of nothing else, 0 to 1, in its box."""
    _keep_only(page, ())
    for other in range(pdfium.FPDFPage_GetAnnotCount(page.page)):
        if other != number:
            held = pdfium.FPDFPage_GetAnnot(page.page, other)
            pdfium.FPDFAnnot_SetFlags(held, HIDDEN_ANNOTATION)
            pdfium.FPDFPage_CloseAnnot(held)
    return np.asarray(1 - _drawn(page, annotations=True, box=box).min(axis=2))


def render_page(page: PdfiumPage) -> Pixels:
    """Return the page as displayed, annotations included."""
    return _drawn(page, annotations=True)


def render_with_and_without(page: PdfiumPage, addresses: Collection[int]) -> tuple[Pixels, Pixels]:
    """Return the page as it is drawn, and as it is drawn without the objects at these addresses."""
    whole = _drawn(page, annotations=False)
    for held in objects_of(page):
        if address_of(held) in addresses:
            pdfium.FPDFPageObj_SetIsActive(held, False)  # noqa: FBT003 - C
    return whole, _drawn(page, annotations=False)


def with_and_without_annotation(page: PdfiumPage, number: int) -> tuple[Pixels, Pixels]:
    """Return the page as it is drawn, and as it is drawn without one annotation."""
    whole = _drawn(page, annotations=True)
    held = pdfium.FPDFPage_GetAnnot(page.page, number)
    pdfium.FPDFAnnot_SetFlags(held, HIDDEN_ANNOTATION)
    pdfium.FPDFPage_CloseAnnot(held)
    return whole, _drawn(page, annotations=True)


def objects_of(page: PdfiumPage) -> Iterator[object]:
    """Yield the objects of the page in the order of drawing."""
    for place in range(pdfium.FPDFPage_CountObjects(page.page)):
        yield pdfium.FPDFPage_GetObject(page.page, place)


def address_of(held: object) -> int:
    """Return what tells one object from another while its page is open."""
    return ctypes.cast(held, ctypes.c_void_p).value or 0  # type: ignore[arg-type]  # a pointer


def _keep_only(page: PdfiumPage, places: Collection[int]) -> None:
    for place, held in enumerate(objects_of(page)):
        if place not in places:
            pdfium.FPDFPageObj_SetIsActive(held, False)  # noqa: FBT003 - C


def _drawn(page: PdfiumPage, *, annotations: bool, box: Box | None = None) -> Pixels:
    """Return the page, or a box of it, as displayed."""
    whole = Box(0, 0, page.width, page.height)
    seen = whole if box is None else whole.common(box)
    bitmap = page.page.render(
        scale=min(MAX_SIDE_PIXELS_LENGTH / max(seen.width, seen.height, 1), FINEST),
        crop=(seen.left, whole.bottom - seen.bottom, whole.right - seen.right, seen.top),
        may_draw_forms=False,
        draw_annots=annotations,
        rev_byteorder=True,
    )
    drawn = bitmap.to_numpy().reshape(bitmap.height, bitmap.width, -1)[..., :3] / 255
    bitmap.close()
    return np.repeat(drawn, 3, axis=2) if drawn.shape[2] == 1 else drawn
