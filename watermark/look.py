"""Pages as a reader sees them: pixels and text, through PDFium, each taken once while it is kept."""

import ctypes
import mmap
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from watermark.errors import FailedError

Pixels = NDArray[np.uint8]

DOTS_PER_INCH = 36
LONGEST_SIDE_PIXELS = 1600
SHORTEST_SIDE_PIXELS = 64
KEPT_PAGES = 64


class Look:
    """A PDF open in PDFium, or the first `size_bytes` of a file, which is how an original inside a copy is seen.

    Nothing is read into memory: the file is mapped. Pages count from 1.
    """

    def __init__(self, path: Path, *, size_bytes: int | None = None, password: str | None = None) -> None:
        """Open the document. Raises FailedError when PDFium cannot."""
        self._path = path
        self._pixels: dict[int, Pixels] = {}
        self._texts: dict[int, str] = {}
        size = path.stat().st_size if size_bytes is None else size_bytes
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        self._bytes = (ctypes.c_char * size).from_buffer(self._map)
        try:
            self._document = pypdfium2.PdfDocument(self._bytes, password)
        except pypdfium2.PdfiumError as error:
            self._release()
            raise FailedError(
                f"PDFium cannot open it ({error})",
                file=str(path),
                remedy="Open it in a PDF viewer: it may be damaged.",
            ) from error

    def __len__(self) -> int:
        return len(self._document)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the document and the file."""
        self._document.close()
        self._release()

    def _release(self) -> None:
        del self._bytes
        self._map.close()

    def pixels(self, page_number: int) -> Pixels:
        """Return the page as displayed, annotations included: an array (height, width, 3) of RGB, 36 dots an inch."""
        if page_number not in self._pixels:
            page = self._page(page_number)
            longest, shortest = max(page.get_size()), max(min(page.get_size()), 0.01)
            scale = max(DOTS_PER_INCH / 72, SHORTEST_SIDE_PIXELS / shortest)
            bitmap = page.render(
                scale=min(scale, LONGEST_SIDE_PIXELS / longest), may_draw_forms=False, rev_byteorder=True
            )
            if len(self._pixels) >= KEPT_PAGES:
                self._pixels.pop(next(iter(self._pixels)))
            self._pixels[page_number] = bitmap.to_numpy()[..., :3].copy()
            bitmap.close()
            page.close()
        return self._pixels[page_number]

    def text(self, page_number: int) -> str:
        """Return the text of the page in reading order as PDFium has it."""
        if page_number not in self._texts:
            page = self._page(page_number)
            words = page.get_textpage()
            self._texts[page_number] = words.get_text_range()
            words.close()
            page.close()
        return self._texts[page_number]

    def _page(self, page_number: int) -> pypdfium2.PdfPage:
        try:
            return self._document[page_number - 1]
        except pypdfium2.PdfiumError as error:
            raise FailedError(
                f"PDFium cannot load the page ({error})",
                file=str(self._path),
                place=f"page {page_number}",
                remedy="Open the page in a PDF viewer: it may be damaged.",
            ) from error
