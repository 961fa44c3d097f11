"""A PDF open in PDFium for an audit: its pages one by one, uncached, without loading numpy."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple, Self

from watermark.errors import FailedError
from watermark.pdf.pdfium.document import PdfiumDocument, PdfiumError, needs_password, reason_of
from watermark.pdf.pdfium.objects import ObjectKind
from watermark.pdf.pdfium.open_page import PageHandle

DETAIL = 0.02
FINE = 16
MAX_CHARACTERS = 200_000
MAX_VALUE_LENGTH = 20_000
KINDS = frozenset({ObjectKind.FORM, ObjectKind.IMAGE, ObjectKind.PATH})
OBJECTS_AT_AN_END = 40
"""A mark is drawn before the page or after it: this many objects are inspected at either end."""
HIGH = 0.08
"""Text is as high as no line of running text from this share of the page's shorter side on."""


class Point(NamedTuple):
    """A point on the page as displayed, in points: x to the right, y down."""

    x: float
    y: float


class Box(NamedTuple):
    """A part of the page as displayed, in points: x to the right, y down."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """The width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The height."""
        return self.bottom - self.top

    def common(self, other: "Box") -> "Box":
        """Return the part that both have, a point wide and high at least."""
        left, top = max(self.left, min(other.left, self.right - 1)), max(self.top, min(other.top, self.bottom - 1))
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Box(left, top, max(right, left + 1), max(bottom, top + 1))

    def scaled(self, factor: float) -> "Box":
        """Return the box in another unit."""
        return Box(*(side * factor for side in self))

    def shifted(self, right: float, down: float) -> "Box":
        """Return the box, moved to the right and down by these distances."""
        return Box(self.left + right, self.top + down, self.right + right, self.bottom + down)

    def widened(self, margin: float) -> "Box":
        """Return the box with a margin around it."""
        return Box(self.left - margin, self.top - margin, self.right + margin, self.bottom + margin)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is in the box."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class PageObject(NamedTuple):
    """One object on a page: its number in the order of drawing, its kind, its box, and whether it is an artifact."""

    number: int
    kind: int
    box: Box
    is_artifact: bool
    detail: int


class PdfiumPage:
    """One open page. Sizes and positions are as displayed, in points."""

    def __init__(self, page: PageHandle, page_number: int) -> None:
        """Read `page`, which `PdfiumFile.page` closes."""
        self.page, self.number = page, page_number
        self.width, self.height = page.size

    @property
    def diagonal(self) -> float:
        """The length of the diagonal."""
        return float((self.width**2 + self.height**2) ** 0.5)

    @cached_property
    def text(self) -> str:
        """The text of the page in the order of drawing."""
        return self.page.text.characters(MAX_CHARACTERS)

    def characters(self) -> list[str]:
        """Return the characters; their indexes are those of `origin`."""
        return [chr(code) if 0 < code < 0x110000 else " " for code in self.page.text.codes(MAX_CHARACTERS)]

    def origin(self, index: int) -> Point:
        """Return the origin of a character."""
        return self.shown(*self.page.text.origin(index))

    def shown(self, x: float, y: float) -> Point:
        """Return a point of user space as displayed."""
        across, down = self.page.to_device((int(self.width * FINE), int(self.height * FINE)), x, y) or (0, 0)
        return Point(across / FINE, down / FINE)

    def boxed(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a rectangle of user space as displayed."""
        (one_x, one_y), (two_x, two_y) = self.shown(left, bottom), self.shown(right, top)
        return Box(min(one_x, two_x), min(one_y, two_y), max(one_x, two_x), max(one_y, two_y))

    def position_of(self, box: Box) -> tuple[int, ...]:
        """Return a box in fiftieths of the page's sides: equal for objects at the same position on two pages."""
        sizes = (self.width, self.height, self.width, self.height)
        return tuple(round(side / max(size, 1) / DETAIL) for side, size in zip(box, sizes, strict=True))

    @cached_property
    def drawn(self) -> list[PageObject]:
        """The forms and images at either end of the order of drawing, and what else may be a mark there.

        That is: paths that are artifacts, paths with nothing behind or before them, and text that is very high.
        """
        count = self.page.object_count
        ends = (*range(min(count, OBJECTS_AT_AN_END)), *range(max(OBJECTS_AT_AN_END, count - OBJECTS_AT_AN_END), count))
        kinds = self.page.object_kinds(ends)
        asked = [(place, kind) for place, kind in zip(ends, kinds, strict=True) if kind in KINDS]
        asked += [(ends[at], kinds[at]) for at in (0, -1)[:count] if kinds[at] == ObjectKind.TEXT]
        loose = _at_an_end(ends, kinds, count) if asked else ()
        objects = (self._object(place, kind, is_loose=place in loose) for place, kind in asked)
        return [found for found in objects if found is not None]

    def _object(self, place: int, kind: int, *, is_loose: bool) -> PageObject | None:
        handle, detail = self.page.object(place), 0
        if kind == ObjectKind.TEXT:
            left, bottom, right, top = handle.bounds
            if min(right - left, top - bottom) < HIGH * min(self.width, self.height):
                return None
        elif kind == ObjectKind.FORM:
            detail = handle.form_object_count
        elif kind == ObjectKind.IMAGE:
            detail = handle.image_size_bytes
        elif not (is_loose or handle.is_artifact):
            return None
        return PageObject(place, kind, self.boxed(*handle.bounds), handle.is_artifact, detail)


def _at_an_end(places: Sequence[int], kinds: Sequence[int], count: int) -> set[int]:
    """Return which objects are in a run of paths that ends a page or begins it, if the run is not too long."""
    found = set[int]()
    for step in (1, -1):
        if kinds and kinds[0 if step > 0 else -1] == ObjectKind.PATH:
            one_way = zip(places[::step], kinds[::step], strict=True)
            run = [place for place, _ in takewhile(lambda one: one[1] == ObjectKind.PATH, one_way)]
            found.update(run if len(run) < min(OBJECTS_AT_AN_END, count) else ())
    return found


class PdfiumFile:
    """A PDF. Pages count from 1."""

    def __init__(self, path: Path, password: str, page_count: int | None) -> None:
        """Read what `at` closes."""
        self.path, self._password, self._page_count = path, password, page_count

    @classmethod
    @contextmanager
    def at(cls, path: Path, password: str = "", *, page_count: int | None = None) -> Iterator[Self]:
        """Yield the PDF at `path`, open; with a `page_count`, which the caller knows, it is opened when that is needed.

        Raises FailedError when PDFium cannot open it.
        """
        found = cls(path, password, page_count)
        if page_count is None:
            _ = found.document
        try:
            yield found
        finally:
            if "document" in found.__dict__:
                found.document.close()

    @cached_property
    def document(self) -> PdfiumDocument:
        """The file in PDFium. Raises FailedError when PDFium cannot open it."""
        try:
            return PdfiumDocument(self.path, self._password)
        except (PdfiumError, OSError) as error:
            locked = needs_password(error)
            raise FailedError(
                "it needs a password to open" if locked else f"PDFium cannot open it ({reason_of(error)})",
                file=str(self.path),
                remedy=("Give another password." if self._password else "Give the password.")
                if locked
                else "Open it in a PDF viewer. If it does not open there either, get an undamaged file.",
                argument="password" if locked else "",
            ) from error

    def __len__(self) -> int:
        return len(self.document) if self._page_count is None else self._page_count

    def value(self, key: str) -> str:
        """Return an entry of the document information, or ""."""
        return self.document.information(key)[:MAX_VALUE_LENGTH]

    @contextmanager
    def page(self, page_number: int) -> Iterator[PdfiumPage]:
        """Yield a page. Raises FailedError when PDFium cannot load it."""
        try:
            page = self.document.page(page_number)
        except PdfiumError as error:
            raise FailedError(
                "PDFium cannot load the page",
                file=str(self.path),
                place=f"page {page_number}",
                remedy="Open the page in a PDF viewer: it may be damaged.",
            ) from error
        with page:
            yield PdfiumPage(page, page_number)
