"""A PDF open in PDFium, its pages, and the errors that PDFium reports.

An open page is drawn, its points are converted, and its text, objects and annotations are read.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium
from pypdfium2 import PdfiumError

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


__all__ = ["PdfiumDocument", "PdfiumError", "needs_password", "reason_of"]

_TITLE_BYTES = 512
"""Most titles take less, in UTF-16."""
_OWN_WORDS = re.compile(r"\(PDFium: (.+?)\.?\)")

Source = Path | bytes | ctypes.Array[ctypes.c_char]
"""A file, its bytes, or a buffer that the caller keeps until the document is closed."""


class PdfiumDocument(Closing):
    """A PDF open in PDFium, to be used in a `with` statement or closed. Pages count from 1."""

    @one_at_a_time
    def __init__(self, source: Source, password: str | None = None, *, with_forms: bool = False) -> None:
        """Open the document; only `with_forms` are the fields of a form drawn. Raises PdfiumError, or OSError."""
        self._document = _opened(source, password or None)
        if with_forms:
            self._document.init_forms()

    @one_at_a_time
    def __len__(self) -> int:
        return len(self._document)

    @one_at_a_time
    def close(self) -> None:
        """Close the document. Pages are to be closed first."""
        self._document.close()

    @one_at_a_time
    def page(self, page_number: int) -> PageHandle:
        """Return a page, open: the caller closes it. Raises PdfiumError when PDFium cannot load it."""
        try:
            return PageHandle(self._document[page_number - 1])
        except IndexError as error:
            raise PdfiumError(f"there is no page {page_number}") from error

    @one_at_a_time
    def information(self, key: str) -> str:
        """Return an entry of the document information, or ""."""
        return str(self._document.get_metadata_value(key))

    @one_at_a_time
    def outline_titles(self, most: int) -> list[str]:
        """Return the titles of the first `most` outline items, in order, to a depth of 15."""
        found: list[str] = []
        for item in self._document.get_toc():
            if len(found) >= most:
                break
            found.append(_title_of(item.raw))
        return found

    @one_at_a_time
    def save(self, target: Path) -> None:
        """Write the document as PDFium reads it, whatever other readers make of its damage. Raises PdfiumError."""
        with target.open("wb") as file:
            self._document.save(file)

    @one_at_a_time
    def page_label(self, page_number: int) -> str:
        """Return the label of a page, or ""."""
        return str(self._document.get_page_label(page_number - 1) or "")


def _title_of(item: object) -> str:
    """Return the title of an outline item: read into a buffer of one size, as ctypes makes a type for each size."""
    buffer = ctypes.create_string_buffer(_TITLE_BYTES)
    size = quick.FPDFBookmark_GetTitle(item, buffer, _TITLE_BYTES)
    if size > _TITLE_BYTES:
        buffer = ctypes.create_string_buffer(size)
        quick.FPDFBookmark_GetTitle(item, buffer, size)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le")  # without the null at the end


def _opened(source: Source, password: str | None) -> pypdfium2.PdfDocument:
    """Open a document. PDFium takes a file name in UTF-8; a file with another name is read through Python."""
    try:
        (str(source) if isinstance(source, Path) else "").encode("utf-8")
    except UnicodeEncodeError:
        assert isinstance(source, Path)
        return pypdfium2.PdfDocument(source.open("rb"), password, autoclose=True)
    return pypdfium2.PdfDocument(source, password)


def reason_of(error: Exception) -> str:
    """Return why a document could not be opened, without the words around PDFium's own, such as `data format error`."""
    own = _OWN_WORDS.search(str(error))
    reason = (own[1] if own else str(error)).rstrip(".")
    return reason[:1].lower() + reason[1:]


def needs_password(error: Exception) -> bool:
    """Whether a document could not be opened because its password is missing or wrong."""
    return bool(getattr(error, "err_code", 0) == pdfium.FPDF_ERR_PASSWORD)
