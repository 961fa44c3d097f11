"""Pages that a second thread draws and reads with PDFium a little before they are checked.

Whatever goes wrong here is left to the check itself: it draws the page again, and finds the same error in its turn.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from watermark.pdf.page_drawing import PixelBox, PixelPoint, box_around, drawn, points_in_pixels
from watermark.pdf.pdfium.open_page import PageHandle
from watermark.pdf.pixels import Pixels
from watermark.pdf.rendering import RenderedDocument
from watermark.runtime.second_thread import SecondThread
from watermark.verification.evidence import Evidence
from watermark.verification.page_view import Points, rows_in

PAGES_AHEAD = 6
"""How many pages wait in memory at most: they take 3 MB, or 50 MB if each is drawn as large as a page may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedPage:
    """One page of the copy, and of the original where the caller does not have it: pixels, text and positions."""

    pixels: Pixels
    text: str
    line_boxes: Mapping[str, Sequence[PixelBox]]
    located: Mapping[Points, Sequence[PixelPoint]]
    original: tuple[Pixels, str] | None


@dataclass(frozen=True, slots=True)
class _Drawn:
    page: PageHandle
    pixels: Pixels
    text: str
    line_boxes: Mapping[str, Sequence[PixelBox]]
    original: tuple[Pixels, str] | None


class PagesAhead:
    """Reads the pages of one copy in their order. All of its calls of PDFium are made by one thread."""

    def __init__(self, thread: SecondThread, evidence: Evidence) -> None:
        """Begin with the first pages. The thread uses nothing of the evidence but its path and its receipt."""
        self._thread, self._evidence = thread, evidence
        self._files: dict[bool, RenderedDocument] = {}
        self._ready: dict[int, _Drawn] = {}
        self._done: set[int] = set()
        self._asked = 0
        self._futures: dict[int, Future[PreparedPage]] = {}
        if evidence.receipt.notice_page != "front":
            self._ask(0, 0)

    def finish(self, page_number: int, shown: int, points: Sequence[Points]) -> None:
        """Have a page ready, which has the number `shown` in the copy, and say where points are on it."""
        if page_number not in self._futures:
            work = partial(self._finished, page_number, shown, tuple(points), is_kept=self._is_kept(page_number))
            self._futures[page_number] = self._thread.soon(work, urgent=True)
            self._ask(page_number, shown - page_number)

    def page(self, page_number: int) -> PreparedPage | None:
        """Return a page for which `finish` was called, or None where it could not be prepared."""
        future = self._futures.pop(page_number, None)
        if future is None:
            return None
        error = future.exception()
        return None if error else future.result()

    def close(self) -> None:
        """Close what was opened. The thread has to have ended."""
        for one in self._ready.values():
            one.page.close()
        self._ready.clear()
        for file in self._files.values():
            file.close()

    def _ask(self, page_number: int, put_in: int) -> None:
        """Have the next pages drawn. The number in the receipt is only a hint: a page that is not there is left out."""
        last = min(page_number + PAGES_AHEAD, self._evidence.receipt.page_count)
        for number in range(max(self._asked, page_number) + 1, last + 1):
            self._thread.soon(partial(self._draw, number, number + put_in, is_kept=self._is_kept(number)))
        self._asked = max(self._asked, last)

    def _is_kept(self, page_number: int) -> bool:
        """Whether the caller has the page of the original, or is to draw it."""
        seen = self._evidence.seen_original
        return bool(self._evidence.receipt.rebuilt_size_bytes) or (seen is not None and seen.is_kept(page_number))

    def _finished(self, page_number: int, shown: int, groups: Sequence[Points], *, is_kept: bool) -> PreparedPage:
        self._draw(page_number, shown, is_kept=is_kept)
        one = self._ready.pop(page_number)
        self._done.add(page_number)
        with one.page:
            located = {points: points_in_pixels(one.page, one.pixels.shape, points) for points in groups}
        return PreparedPage(
            pixels=one.pixels,
            text=one.text,
            line_boxes=one.line_boxes,
            located=located,
            original=one.original,
        )

    def _draw(self, page_number: int, shown: int, *, is_kept: bool) -> None:
        if page_number in self._ready or page_number in self._done:
            return
        original = None
        if not is_kept:
            with self._file(of_copy=False).page(page_number) as page:
                original = drawn(page), page.text.whole()
        page = self._file(of_copy=True).page(shown)
        try:
            pixels, text = drawn(page), page.text.whole()
            line = self._evidence.receipt.line_text if self._evidence.has_line_on(page_number) else ""
            boxes = {row: _boxes_of(row, page, pixels.shape) for row in rows_in(text, line)}
        except BaseException:
            page.close()
            raise
        self._ready[page_number] = _Drawn(page, pixels, text, boxes, original)

    def _file(self, *, of_copy: bool) -> RenderedDocument:
        if of_copy not in self._files:
            evidence = self._evidence
            size = None if of_copy else evidence.base_size_bytes
            self._files[of_copy] = RenderedDocument(evidence.path, size_bytes=size, password=evidence.password)
        return self._files[of_copy]


def _boxes_of(words: str, page: PageHandle, size: tuple[int, ...]) -> list[PixelBox]:
    return [
        box_around(points_in_pixels(page, size, [(left, bottom), (right, top)]))
        for left, bottom, right, top in page.text.boxes_of(words)
    ]
