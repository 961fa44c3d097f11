"""Pages as a reader sees them: pixels, text and positions from PDFium, cached for a few pages."""

import ctypes
import mmap
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self, TypeVar

from watermark.errors import FailedError
from watermark.pdf.page_drawing import (
    PixelBox,
    box_around,
    drawn,
    is_sideways,
    points_in_pixels,
)
from watermark.pdf.pdfium.document import PdfiumDocument, PdfiumError, reason_of
from watermark.pdf.pdfium.open_page import PageHandle
from watermark.pdf.pdfium.text import PageText
from watermark.pdf.pixels import Pixels
from watermark.pdf.text_lines import TextLine, lines_of, opening_of
from watermark.runtime.chunks import iter_chunks, release
from watermark.runtime.closing import Closing
from watermark.runtime.mapped_files import map_file

if TYPE_CHECKING:  # its processes read such documents
    from watermark.pdf.parallel_pages import Team

Kept = TypeVar("Kept")
MAX_TRIED_PAGES = 100
OPENING_PAGES = 2
FORGOTTEN_AFTER_PAGES = 128
"""After so many pages the document is opened again: PDFium keeps what it has read, 44 kB of each page."""


def _none_wanted(_page_number: int) -> bool:
    return False


class LentPage(NamedTuple):
    """What another process has drawn and read of a page, for a plan."""

    pixels: Pixels
    text: str
    is_text_rotated: bool


class RenderedDocument(Closing):
    """A PDF opened with PDFium. With `size_bytes`, only that many leading bytes are opened.

    This is how the original inside a copy is rendered. The file is mapped, not read into memory. Pages count from 1.
    Results for the first `kept_pages` pages requested, and for the latest one, are cached. With `with_text`, pixels
    and text of a page are both taken while it is open, for callers that need both. `team` are the processes that read
    the same document, if there are others.
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
                # a copy-on-write map, because ctypes takes no read-only buffer; nothing ever writes to it
                mapped = map_file(file, mmap.ACCESS_COPY)
        except (OSError, ValueError) as error:
            raise FailedError(
                f"it cannot be read ({error})", file=str(path), remedy="Check the name and permissions of the file."
            ) from error
        self._begin(mapped, len(mapped) if size_bytes is None else min(size_bytes, len(mapped)), str(path), password)
        self._is_file = True
        self._kept_pages, self._with_text = kept_pages, with_text

    @classmethod
    def of_bytes(cls, data: bytes, name: str = "") -> Self:
        """Open a PDF that is in memory. Raises FailedError when PDFium cannot."""
        rendered = cls.__new__(cls)
        mapped = mmap.mmap(-1, max(len(data), 1))
        mapped[: len(data)] = data
        rendered._begin(mapped, len(data), name, None)  # noqa: SLF001 - its own constructor
        return rendered

    def _begin(self, mapped: mmap.mmap, size: int, name: str, password: str | None) -> None:
        self._map, self._name, self._size = mapped, name, size
        self._kept_pages, self._with_text = 1, False
        self._is_file, self._left = False, 0
        self._pixels: dict[int, Pixels] = {}
        self._texts: dict[int, str] = {}
        self._lines: dict[int, tuple[TextLine, ...]] = {}
        self._sideways: dict[int, bool] = {}
        self._borrowed = set[int]()
        self._open: tuple[int, PageHandle] | None = None
        self._are_lines_wanted: Callable[[int], bool] = _none_wanted
        self.lines_elsewhere = range(0)
        self.team: Team | None = None
        self._bytes = (ctypes.c_char * size).from_buffer(mapped)
        self._password = password or None
        self._load()

    def _load(self) -> None:
        try:
            # form fields are drawn over the page, as every viewer does
            self._document = PdfiumDocument(self._bytes, self._password, with_forms=True)
        except PdfiumError as error:
            self._release()
            raise FailedError(
                f"PDFium cannot open it ({reason_of(error)})",
                file=self._name,
                remedy="Open it in a PDF viewer. If it does not open there either, get an undamaged file.",
            ) from error

    def __len__(self) -> int:
        return len(self._document)

    def close(self) -> None:
        """Close the document and the file."""
        self._leave_page()
        self._document.close()
        self._release()

    def _release(self) -> None:
        self.__dict__.pop("_document", None)
        del self._bytes
        with suppress(BufferError):  # the document is still in use elsewhere: the map is closed with it
            self._map.close()

    @property
    def file(self) -> tuple[Path, str | None] | None:
        """The path and the password with which another process can open it; None if it is not the whole of a file."""
        return (Path(self._name), self._password) if self._is_file and self._size == len(self._map) else None

    def maps_same_bytes(self, data: mmap.mmap, size_bytes: int) -> bool:
        """Whether the bytes of the opened file are the first `size_bytes` bytes of `data`."""
        if not self._is_file or self._size != size_bytes:
            return False
        return all(
            one == other
            for one, other in zip(*(iter_chunks(mapped, 0, size_bytes) for mapped in (self._map, data)), strict=True)
        )

    def has_renderable_page(self) -> bool:
        """Whether PDFium can load at least one of the first 100 pages."""
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
            self._keep(self._pixels, page_number, self._draw(page_number))
            if self._with_text and len(self._texts) < self._kept_pages:
                with suppress(FailedError):  # raised again for a caller that asks for the text
                    self.text(page_number)
        return self._pixels[page_number]

    def printed(self, page_number: int) -> Pixels:
        """Return the page as it is printed, in the size of `pixels`: annotations and layers may differ in print.

        The result is not cached. Raises FailedError when PDFium cannot draw the page.
        """
        return self._draw(page_number, for_print=True)

    def enlarged(self, page_number: int, longest_side_pixels: int) -> Pixels:
        """Return the page as `pixels` does, in another size: its longer side has about so many pixels.

        The result is not cached. Raises FailedError when PDFium cannot draw the page.
        """
        page = self._page(page_number)
        scale = longest_side_pixels / max(*page.size, 0.01)
        try:
            return page.draw(scale, forms=True)
        except PdfiumError as error:
            raise self._failed("draw", page_number) from error

    def text(self, page_number: int) -> str:
        """Return the text of the page in PDFium's reading order. Raises FailedError when PDFium cannot read it."""
        if page_number not in self._texts:
            self._draw_ahead(page_number)
        if page_number not in self._texts:
            self._keep(self._texts, page_number, self._text(page_number).whole())
        return self._texts[page_number]

    def is_kept(self, page_number: int) -> bool:
        """Whether pixels and text of a page are in memory."""
        return page_number in self._pixels and page_number in self._texts

    def page(self, page_number: int) -> PageHandle:
        """Return a page, open, which the caller closes before the document. Raises FailedError as `pixels` does."""
        try:
            return self._document.page(page_number)
        except PdfiumError as error:
            raise self._failed("load", page_number) from error

    def opened_page(self, page_number: int) -> PageHandle:
        """Return PDFium's own page, open until another page is asked for; nothing on it may be changed.

        Raises FailedError when PDFium cannot load it.
        """
        self._draw_ahead(page_number)
        if page_number <= OPENING_PAGES or page_number == len(self) or self._are_lines_wanted(page_number):
            self.lines(page_number)  # while the page is open, because `first_page_lines` or the caller may need them
        return self._page(page_number)

    def read_lines_while_open(self, are_wanted: Callable[[int], bool], elsewhere: range = range(0)) -> None:
        """Have `opened_page` read the lines of those pages, by their numbers, that the caller will ask for later.

        `elsewhere` are the pages whose lines another process reads when it searches them: it cannot ask.
        """
        self._are_lines_wanted, self.lines_elsewhere = are_wanted, elsewhere

    def first_page_lines(self) -> tuple[tuple[TextLine, ...], ...]:
        """Return the lines of the pages that `opening_of` chooses; () for a page that PDFium cannot read."""
        return opening_of(len(self), self.lines)

    def lines(self, page_number: int) -> tuple[TextLine, ...]:
        """Return the lines of text on a page with their positions; () when PDFium cannot read it."""
        if page_number not in self._lines:
            self._draw_ahead(page_number)
            try:
                text = self._text(page_number)
            except FailedError:
                return ()
            if page_number not in self._texts:  # while the page is open, because its text may be needed, too
                self._keep(self._texts, page_number, text.whole())
            self._keep(self._lines, page_number, lines_of(text))
        return self._lines[page_number]

    @property
    def known_lines(self) -> dict[int, tuple[TextLine, ...]]:
        """The lines of the pages whose lines are in memory, by the numbers of the pages."""
        return dict(self._lines)

    def remember_lines(self, lines: Mapping[int, tuple[TextLine, ...]]) -> None:
        """Keep the lines of pages that another process has read in the same file."""
        self._lines.update(lines)

    def lent(self, page_number: int) -> LentPage:
        """Return a page for another process. Raises FailedError when PDFium cannot draw it."""
        return LentPage(self.pixels(page_number), self.text(page_number), self.is_text_rotated(page_number))

    def borrow(self, page_number: int, page: LentPage) -> None:
        """Keep what another process has drawn and read in the same file, until `give_back`."""
        if page_number not in self._pixels and len(self._pixels) < self._kept_pages:
            self._pixels[page_number], self._texts[page_number], self._sideways[page_number] = page
            self._borrowed.add(page_number)

    def give_back(self) -> None:
        """Forget what was borrowed: a proof rests on what this process has drawn itself."""
        for page_number in self._borrowed:
            for kept in (self._pixels, self._texts, self._sideways):
                kept.pop(page_number, None)
        self._borrowed.clear()

    def _draw_ahead(self, page_number: int) -> None:
        """Draw a page whose text is read, if the caller will ask for both and the cache has room."""
        if self._with_text and page_number not in self._pixels and len(self._pixels) < self._kept_pages:
            with suppress(FailedError):  # raised again for a caller that asks for the pixels
                self.pixels(page_number)

    def is_text_rotated(self, page_number: int) -> bool:
        """Whether most of the text runs up or down the page as displayed, as on a wide table set on its side.

        False when PDFium cannot read the page.
        """
        if page_number not in self._sideways:
            try:
                text = self._text(page_number)
            except FailedError:
                return False
            self._sideways[page_number] = is_sideways(text, self._page(page_number).rotation)
            if page_number not in self._texts:  # while the page is open
                self._keep(self._texts, page_number, text.whole())
        return self._sideways[page_number]

    def find_text_boxes(self, page_number: int, text: str) -> list[PixelBox]:
        """Return where `text` is on the page: for each line a box (left, top, right, bottom) in the page's pixels."""
        return [self.box_in_pixels(page_number, box) for box in self._text(page_number).boxes_of(text)]

    def box_in_pixels(self, page_number: int, box: tuple[float, float, float, float]) -> PixelBox:
        """Return a box of user space (left, bottom, right, top) as (left, top, right, bottom) in the page's pixels."""
        left, bottom, right, top = box
        return box_around(self.in_pixels(page_number, [(left, bottom), (right, top)]))

    def in_pixels(self, page_number: int, points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        """Return points of user space as points (x to the right, y down) in the page's pixels."""
        size = self.pixels(page_number).shape
        try:
            return points_in_pixels(self._page(page_number), size, points)
        except PdfiumError as error:
            raise self._failed("locate a point on", page_number) from error

    def outline_titles(self, most: int) -> list[str]:
        """Return the titles of the first `most` outline items, in order, to a depth of 15."""
        return self._document.outline_titles(most)

    def page_label(self, page_number: int) -> str:
        """Return the label of a page, or an empty string."""
        return self._document.page_label(page_number)

    def _draw(self, page_number: int, *, for_print: bool = False) -> Pixels:
        page = self._page(page_number)
        try:
            return drawn(page, for_print=for_print)
        except PdfiumError as error:
            raise self._failed("draw", page_number) from error

    def _text(self, page_number: int) -> PageText:
        page = self._page(page_number)
        try:
            text = page.text
        except PdfiumError as error:
            raise self._failed("read the text of", page_number) from error
        if self._kept_pages > 1 and page_number not in self._sideways:  # a caller with many pages will ask for it
            self._sideways[page_number] = is_sideways(text, page.rotation)
        return text

    def _page(self, page_number: int) -> PageHandle:
        """Return the page; only the latest one stays open."""
        if self._open is None or self._open[0] != page_number:
            self._leave_page()
            self._open = (page_number, self.page(page_number))
        return self._open[1]

    def _leave_page(self) -> None:
        if self._open is not None:
            self._open[1].close()
            self._open = None
            self._left += 1
            if self._left % FORGOTTEN_AFTER_PAGES == 0:
                self._forget()

    def _forget(self) -> None:
        """Free what PDFium keeps of closed pages, and the pages of the file that were read into memory."""
        self._document.close()
        if self._is_file:
            release(self._map)  # nothing was written to the map: it is read again when needed
        self._load()

    def _keep(self, kept: dict[int, Kept], page_number: int, found: Kept) -> None:
        """Add to the cache. A full cache loses its newest entry: pages are read in order, and the first ones again."""
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
