"""A PDF open in PDFium, and the errors that PDFium reports."""

import ctypes
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium
from pypdfium2 import PdfiumError

from watermark.pdf.pdfium.lock import one_at_a_time, quick
from watermark.pdf.pdfium.open_page import PageHandle
from watermark.runtime.closing import Closing

if TYPE_CHECKING:  # most pages that are only read are not drawn: numpy is loaded with the first that is
    pass

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
