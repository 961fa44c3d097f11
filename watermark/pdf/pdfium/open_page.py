"""One page open in PDFium: it is drawn, its points are converted, and its text, objects and annotations are read."""

import ctypes
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import pypdfium2

from watermark.pdf.pdfium.lock import one_at_a_time, quick
from watermark.pdf.pdfium.objects import AnnotationHandle, ObjectHandle
from watermark.pdf.pdfium.text import PageText
from watermark.runtime.closing import Closing

if TYPE_CHECKING:  # most pages that are only read are not drawn: numpy is loaded with the first that is
    from watermark.pdf.pixels import Pixels

Sides = tuple[float, float, float, float]


class PageHandle(Closing):
    """One page. It has to be closed before its document."""

    @one_at_a_time
    def __init__(self, page: pypdfium2.PdfPage) -> None:
        """Take over an open page from `PdfiumDocument.page`. `size` is its width and height as displayed, in points."""
        self._page = page
        self.size: tuple[float, float] = page.get_size()

    @property
    @one_at_a_time
    def rotation(self) -> int:
        """The angle by which the page is turned for display, clockwise: 0, 90, 180 or 270 degrees."""
        return int(self._page.get_rotation())

    @cached_property
    @one_at_a_time
    def text(self) -> PageText:
        """The text of the page, read once. Raises PdfiumError when PDFium cannot."""
        return PageText(self._page.get_textpage())

    @one_at_a_time
    def draw(
        self,
        scale: float,
        *,
        crop: Sides = (0, 0, 0, 0),
        forms: bool = False,
        annotations: bool = True,
        for_print: bool = False,
    ) -> "Pixels":
        """Return the page as an array (height, width, 3) of RGB, `scale` pixels to a point.

        `crop` is what is left out at the left, bottom, right and top, in points. Raises PdfiumError when PDFium
        cannot draw the page, or when nothing is left of it.
        """
        import numpy as np  # noqa: PLC0415 - see above

        try:
            bitmap = self._page.render(
                scale=scale,
                crop=crop,
                may_draw_forms=forms,
                draw_annots=annotations,
                rev_byteorder=True,
                optimize_mode="print" if for_print else None,
            )
        except (ValueError, ctypes.ArgumentError) as error:
            raise pypdfium2.PdfiumError(str(error)) from error
        drawn = bitmap.to_numpy()
        # a grey bitmap has one channel; a copy, because the bitmap's memory is freed with it
        pixels: Pixels = np.repeat(drawn, 3, axis=2) if drawn.shape[2] == 1 else drawn[..., :3].copy()
        bitmap.close()
        return pixels

    @one_at_a_time
    def to_device(self, size: tuple[int, int], x: float, y: float) -> tuple[int, int] | None:
        """Return a point of user space as displayed where the page is `size` wide and high, y down; None on failure."""
        across, down = ctypes.c_int(), ctypes.c_int()
        if not quick.FPDF_PageToDevice(self._page, 0, 0, *size, 0, x, y, across, down):
            return None
        return across.value, down.value

    @property
    @one_at_a_time
    def object_count(self) -> int:
        """How many objects the page draws; those inside of a form are not counted."""
        return int(quick.FPDFPage_CountObjects(self._page))

    @one_at_a_time
    def object(self, index: int) -> ObjectHandle:
        """Return an object by its place in the order of drawing, from 0."""
        return ObjectHandle(quick.FPDFPage_GetObject(self._page, index))

    @one_at_a_time
    def object_kinds(self, indexes: Sequence[int]) -> list[int]:
        """Return what kind each of these objects is: many at once, because a page may have thousands."""
        page, kind_of, object_at = self._page.raw, quick.FPDFPageObj_GetType, quick.FPDFPage_GetObject
        return [kind_of(object_at(page, index)) for index in indexes]

    def objects(self) -> Iterator[ObjectHandle]:
        """Yield the objects of the page in the order of drawing."""
        return (self.object(index) for index in range(self.object_count))

    @property
    @one_at_a_time
    def annotation_count(self) -> int:
        """How many annotations the page has."""
        return int(quick.FPDFPage_GetAnnotCount(self._page))

    @one_at_a_time
    def annotation(self, index: int) -> AnnotationHandle | None:
        """Return an annotation by its number from 0, open: the caller closes it. None when PDFium cannot read it."""
        handle = quick.FPDFPage_GetAnnot(self._page, index)
        return AnnotationHandle(handle) if handle else None

    @one_at_a_time
    def close(self) -> None:
        """Close the page and its text."""
        if "text" in self.__dict__:
            self.text.close()
        self._page.close()
