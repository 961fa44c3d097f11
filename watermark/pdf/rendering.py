"""Pages as a reader sees them: pixels, text and places, through PDFium, each taken once while it is kept."""

import ctypes
import math
import mmap
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from watermark.errors import FailedError
from watermark.pdf.text_lines import TextLine, lines_of, opening_of
from watermark.runtime.chunks import iter_chunks, release

Pixels = NDArray[np.uint8]
Kept = TypeVar("Kept")
PixelBox = tuple[float, float, float, float]

DOTS_PER_INCH = 36
MAX_SIDE_PIXELS_LENGTH = 1600
SHORTEST_SIDE_PIXELS = 64
SAMPLED_ANGLES = 32
MAX_TRIED_PAGES = 100
FORGOTTEN_AFTER_PAGES = 128
"""Then the document is opened anew: PDFium keeps what it has read, 44 kB of each page."""
FINE = 64
AROUND_PIXELS = 4
"""A letter that the edge of a drawing goes through is drawn a little different there."""
Crop = tuple[int, int, int, int]


class LazyPageImage:
    """A page of which a part is drawn when it is asked for: `picture[rows, columns]`, as of an array of pixels.

    What PDFium passes over outside that part takes most of the time of a page.
    """

    def __init__(self, drawn: Callable[[Crop], Pixels], shape: tuple[int, int, int]) -> None:
        """Draw with `drawn`, which is told the pixels to leave out at the left, bottom, right and top."""
        self._drawn = drawn
        self.shape = shape

    def __getitem__(self, part: tuple[slice, slice]) -> Pixels:
        """Return the part of the rows and columns. Raises FailedError when PDFium cannot draw it."""
        (top, bottom, _), (left, right, _) = (one.indices(size) for one, size in zip(part, self.shape[:2], strict=True))
        above, before = max(top - AROUND_PIXELS, 0), max(left - AROUND_PIXELS, 0)
        below, behind = (
            max(size - end - AROUND_PIXELS, 0) for size, end in zip(self.shape[:2], (bottom, right), strict=True)
        )
        drawn = self._drawn((before, below, behind, above))
        return drawn[top - above : bottom - above, left - before : right - before]


class RenderedDocument:
    """A PDF open in PDFium, or the first `size_bytes` of a file, which is how an original inside a copy is seen.

    Nothing is read into memory: the file is mapped. Pages count from 1. What was seen of the first pages that were
    asked for is kept, of `kept_pages` of them, and of the newest. With `with_text` the text of each of them is taken
    when it is drawn, while the page is open: for somebody who will ask for both.
    """

    def __init__(
        self,
        path: Path,
        *,
        size_bytes: int | None = None,
        password: str | None = None,
        kept_pages: int = 1,
        with_text: bool = False,
    ) -> None:
        """Open the document. Raises FailedError when PDFium cannot."""
        try:
            with path.open("rb") as file:
                # a copy-on-write map: ctypes takes no read-only buffer, and nothing ever writes to it
                held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        except (OSError, ValueError) as error:
            raise FailedError(
                f"it cannot be read ({error})", file=str(path), remedy="Check the name and permissions of the file."
            ) from error
        self._begin(held, len(held) if size_bytes is None else min(size_bytes, len(held)), str(path), password)
        self._is_file = True
        self._kept_pages, self._with_text = kept_pages, with_text

    @classmethod
    def of_bytes(cls, data: bytes, name: str = "") -> Self:
        """Open a PDF that is in memory. Raises FailedError when PDFium cannot."""
        look = cls.__new__(cls)
        held = mmap.mmap(-1, max(len(data), 1))
        held[: len(data)] = data
        look._begin(held, len(data), name, None)  # noqa: SLF001 - its own constructor
        return look

    def _begin(self, held: mmap.mmap, size: int, name: str, password: str | None) -> None:
        self._map, self._name, self._size = held, name, size
        self._kept_pages, self._with_text = 1, False
        self._is_file, self._left = False, 0
        self._pixels: dict[int, Pixels] = {}
        self._texts: dict[int, str] = {}
        self._lines: dict[int, tuple[TextLine, ...]] = {}
        self._sideways: dict[int, bool] = {}
        self._open: tuple[int, pypdfium2.PdfPage, list[pypdfium2.PdfTextPage]] | None = None
        self._bytes = (ctypes.c_char * size).from_buffer(held)
        self._password = password or None
        self._load()

    def _load(self) -> None:
        try:
            self._document = pypdfium2.PdfDocument(self._bytes, self._password)
            self._document.init_forms()  # form fields are drawn over the page, as every viewer does
        except pypdfium2.PdfiumError as error:
            self._release()
            raise FailedError(
                f"PDFium cannot open it ({error})",
                file=self._name,
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
        self._leave_page()
        self._document.close()
        self._release()

    def _release(self) -> None:
        self._document = None
        del self._bytes
        try:
            self._map.close()
        except BufferError:  # somebody else still holds the document: the map goes when that does
            return

    def maps_same_bytes(self, data: mmap.mmap, size_bytes: int) -> bool:
        """Whether the file that is open here is, byte for byte, the first `size_bytes` of `data`."""
        if not self._is_file or self._size != size_bytes:
            return False
        return all(
            one == other
            for one, other in zip(*(iter_chunks(held, 0, size_bytes) for held in (self._map, data)), strict=True)
        )

    def has_renderable_page(self) -> bool:
        """Whether PDFium can load one of the first pages: 100 are tried."""
        for page_number in range(1, min(len(self), MAX_TRIED_PAGES) + 1):
            try:
                self._page(page_number)
            except FailedError:
                continue
            return True
        return False

    def can_render(self, page_number: int) -> bool:
        """Whether PDFium can draw a page."""
        try:
            return bool(self.pixels(page_number).size)
        except FailedError:
            return False

    def pixels(self, page_number: int) -> Pixels:
        """Return the page as displayed, annotations included: an array (height, width, 3) of RGB, 36 dots an inch.

        Pages are drawn smaller when a side would be longer than 1600 pixels, and larger when one would be shorter
        than 64. Raises FailedError when PDFium cannot draw the page.
        """
        if page_number not in self._pixels:
            page, _ = self._page(page_number)
            self._keep(self._pixels, page_number, self._drawn(page, page_number))
            if self._with_text and len(self._texts) < self._kept_pages:
                with suppress(FailedError):  # said to whom the text matters
                    self.text(page_number)
        return self._pixels[page_number]

    def printed(self, page_number: int) -> Pixels:
        """Return the page as it is printed, in the size of `pixels`: annotations and layers may differ there.

        Nothing of it is kept. Raises FailedError when PDFium cannot draw the page.
        """
        page, _ = self._page(page_number)
        return self._drawn(page, page_number, mode="print")

    def page_image(self, page_number: int) -> "Pixels | LazyPageImage":
        """Return the page as `pixels` does, or one of which only the parts that are asked for are drawn.

        It is drawn whole for somebody who will ask for that, too, and while there is room to keep it. Raises
        FailedError when PDFium cannot load the page.
        """
        if page_number in self._pixels or (self._with_text and len(self._pixels) < self._kept_pages):
            return self.pixels(page_number)
        page, _ = self._page(page_number)
        scale = _scale(page)
        height, width = (math.ceil(side * scale) for side in (page.get_height(), page.get_width()))
        return LazyPageImage(
            lambda crop: self._drawn(self._page(page_number)[0], page_number, crop), (height, width, 3)
        )

    def text(self, page_number: int) -> str:
        """Return the text of the page in reading order as PDFium has it. Raises FailedError when PDFium cannot."""
        if page_number not in self._texts:
            self._see(page_number)
        if page_number not in self._texts:
            self._keep(self._texts, page_number, self._words(page_number).get_text_range())
        return self._texts[page_number]

    def first_page_lines(self) -> tuple[tuple[TextLine, ...], ...]:
        """Return the lines of the first pages, as `opening_of` chooses them; () for one that PDFium cannot read."""
        return opening_of(len(self), self.lines)

    def lines(self, page_number: int) -> tuple[TextLine, ...]:
        """Return the lines of words on a page, with where they stand; () where PDFium cannot read it."""
        if page_number not in self._lines:
            self._see(page_number)
            try:
                words = self._words(page_number)
            except FailedError:
                return ()
            if page_number not in self._texts:  # while the page is open: who reads its lines may ask for its text, too
                self._keep(self._texts, page_number, words.get_text_range())
            self._keep(self._lines, page_number, lines_of(words))
        return self._lines[page_number]

    def _see(self, page_number: int) -> None:
        """Draw a page, for whom its text is not enough, while it is open and there is room to keep it."""
        if self._with_text and page_number not in self._pixels and len(self._pixels) < self._kept_pages:
            with suppress(FailedError):  # said to whom it matters
                self.pixels(page_number)

    def is_text_rotated(self, page_number: int) -> bool:
        """Whether most of the text runs up or down the page as displayed, as on a wide table set on its side.

        It does not where PDFium cannot read it.
        """
        if page_number not in self._sideways:
            try:
                words, (page, _) = self._words(page_number), self._page(page_number)
            except FailedError:
                return False
            self._sideways[page_number] = _is_sideways(words, page)
            if page_number not in self._texts:  # while the page is open
                self._keep(self._texts, page_number, words.get_text_range())
        return self._sideways[page_number]

    def find_text_boxes(self, page_number: int, words: str) -> list[PixelBox]:
        """Return where these words stand on the page, each row a box (left, top, right, bottom) in its pixels."""
        found: list[PixelBox] = []
        text = self._words(page_number)
        searcher = text.search(words, match_case=True)
        while (occurrence := searcher.get_next()) is not None:
            for index in range(text.count_rects(*occurrence)):
                left, bottom, right, top = text.get_rect(index)
                found.append(self.box_in_pixels(page_number, (left, bottom, right, top)))
        searcher.close()
        return found

    def box_in_pixels(self, page_number: int, box: tuple[float, float, float, float]) -> PixelBox:
        """Return a box of user space (left, bottom, right, top) as (left, top, right, bottom) in the page's pixels."""
        left, bottom, right, top = box
        xs, ys = zip(*self.in_pixels(page_number, [(left, bottom), (right, top)]), strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def in_pixels(self, page_number: int, points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        """Return points of user space as points (x to the right, y down) in the page's pixels."""
        height, width = self.pixels(page_number).shape[:2]
        page, _ = self._page(page_number)
        x, y = ctypes.c_int(), ctypes.c_int()
        found = []
        for point in points:
            if not pdfium.FPDF_PageToDevice(page, 0, 0, width * FINE, height * FINE, 0, *point, x, y):
                raise self._failed("tell where a point is on", page_number)
            found.append((x.value / FINE, y.value / FINE))
        return found

    def outline_titles(self, most: int) -> list[str]:
        """Return the titles of the first `most` outline items, in order, to a depth of 15."""
        found: list[str] = []
        for item in self._document.get_toc():
            if len(found) >= most:
                break
            found.append(item.get_title())
        return found

    def page_label(self, page_number: int) -> str:
        """Return the label of a page, or an empty string."""
        return str(self._document.get_page_label(page_number - 1) or "")

    def _drawn(
        self, page: pypdfium2.PdfPage, page_number: int, crop: Crop = (0, 0, 0, 0), mode: str | None = None
    ) -> Pixels:
        """Return the page without the pixels cut off at its left, bottom, right and top."""
        scale = _scale(page)
        # PDFium's binding takes points, and rounds up
        points = [max(side - 0.5, 0.0) / scale for side in crop]
        try:
            bitmap = page.render(scale=scale, crop=points, may_draw_forms=True, rev_byteorder=True, optimize_mode=mode)
        except (pypdfium2.PdfiumError, ValueError, ctypes.ArgumentError) as error:
            raise self._failed("draw", page_number) from error
        drawn: Pixels = bitmap.to_numpy()
        # a grey bitmap has one channel; a copy, because the bitmap's memory goes with it
        kept = np.repeat(drawn, 3, axis=2) if drawn.shape[2] == 1 else drawn[..., :3].copy()
        bitmap.close()
        return kept

    def _words(self, page_number: int) -> pypdfium2.PdfTextPage:
        page, words = self._page(page_number)
        if not words:
            try:
                words.append(page.get_textpage())
            except pypdfium2.PdfiumError as error:
                raise self._failed("read the text of", page_number) from error
            if self._kept_pages > 1:  # who looks at many pages before they are marked, will ask for it
                self._sideways[page_number] = _is_sideways(words[0], page)
        return words[0]

    def _page(self, page_number: int) -> tuple[pypdfium2.PdfPage, list[pypdfium2.PdfTextPage]]:
        """Return the page and its text, if that was read: one page at a time stays open."""
        if self._open is None or self._open[0] != page_number:
            self._leave_page()
            try:
                self._open = (page_number, self._document[page_number - 1], [])
            except (pypdfium2.PdfiumError, IndexError) as error:
                raise self._failed("load", page_number) from error
        return self._open[1:]

    def _leave_page(self) -> None:
        if self._open is not None:
            for words in self._open[2]:
                words.close()
            self._open[1].close()
            self._open = None
            self._left += 1
            if self._left % FORGOTTEN_AFTER_PAGES == 0:
                self._forget()

    def _forget(self) -> None:
        """Let go of what PDFium keeps of pages that were left, and of what was read of the file."""
        self._document.close()
        if self._is_file:
            release(self._map)  # nothing writes to it: what is needed is read again
        self._load()

    def _keep(self, kept: dict[int, Kept], page_number: int, found: Kept) -> None:
        """Keep what was found in the place of the newest, when there are enough: pages are asked for in their order."""
        if len(kept) >= self._kept_pages:
            kept.popitem()
        kept[page_number] = found

    def _failed(self, what: str, page_number: int) -> FailedError:
        return FailedError(
            f"PDFium cannot {what} the page",
            file=self._name,
            place=f"page {page_number}",
            remedy="Open the page in a PDF viewer: it may be damaged.",
        )


def _is_sideways(words: pypdfium2.PdfTextPage, page: pypdfium2.PdfPage) -> bool:
    count, handle = words.count_chars(), words.raw
    sampled = range(0, count, max(1, count // SAMPLED_ANGLES))
    angles = Counter(pdfium.FPDFText_GetCharAngle(handle, index) for index in sampled)  # nearly all are the same
    turned, steep = math.radians(page.get_rotation()), math.sin(math.pi / 4)
    sideways = sum(count for angle, count in angles.items() if angle >= 0 and abs(math.sin(angle - turned)) > steep)
    return 2 * sideways > angles.total()


def _scale(page: pypdfium2.PdfPage) -> float:
    """Return how many pixels there are for a point."""
    sides = page.get_size()
    longest, shortest = max(sides), max(min(sides), 0.01)
    wanted = max(DOTS_PER_INCH / 72, SHORTEST_SIDE_PIXELS / shortest)
    return float(min(wanted, MAX_SIDE_PIXELS_LENGTH / max(longest, 0.01)))
