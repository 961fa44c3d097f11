"""A PDF open in PDFium for a survey: the pages one after the other, nothing kept and no array of numbers loaded."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Self

import pypdfium2
import pypdfium2.raw as pdfium

from watermark.errors import FailedError

DETAIL = 0.02
FINE = 16
MAX_CHARACTERS = 200_000
MAX_VALUE_LENGTH = 20_000
OBJECTS_AT_AN_END = 40
"""A mark is drawn before the page or after it: so many objects are looked at from either end."""


class Point(NamedTuple):
    """A place on the page as displayed, in points: x to the right, y down."""

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
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    def common(self, other: "Box") -> "Box":
        """Return the part that both have, a point wide and high at least."""
        left, top = max(self.left, min(other.left, self.right - 1)), max(self.top, min(other.top, self.bottom - 1))
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Box(left, top, max(right, left + 1), max(bottom, top + 1))

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class PageObject(NamedTuple):
    """One object on a page: its place in the order of drawing, its kind, its box, and whether it is an artifact."""

    place: int
    kind: int
    box: Box
    is_artifact: bool
    detail: int


class PdfiumPage:
    """One page, open. Sizes and places are as displayed, in points."""

    def __init__(self, page: pypdfium2.PdfPage, page_number: int) -> None:
        """Look at `page`; `Opened.pages` closes it."""
        self.page, self.number = page, page_number
        self.width: float
        self.height: float
        self.width, self.height = page.get_size()
        self._words: pypdfium2.PdfTextPage | None = None

    @property
    def diagonal(self) -> float:
        """How far it is from corner to corner."""
        return float((self.width**2 + self.height**2) ** 0.5)

    @property
    def words(self) -> pypdfium2.PdfTextPage:
        """The text of the page, characters numbered in the order of drawing."""
        if self._words is None:
            self._words = self.page.get_textpage()
        return self._words

    @cached_property
    def text(self) -> str:
        """The text of the page in the order of drawing."""
        count = min(self.words.count_chars(), MAX_CHARACTERS)
        return str(self.words.get_text_range(0, count)) if count else ""

    def characters(self) -> list[str]:
        """Return the characters one by one, numbered as places are asked for."""
        count, handle = min(self.words.count_chars(), MAX_CHARACTERS), self.words.raw
        return [
            chr(code) if 0 < (code := pdfium.FPDFText_GetUnicode(handle, n)) < 0x110000 else " " for n in range(count)
        ]

    def origin(self, index: int) -> Point:
        """Return where a character stands."""
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self.words, index, x, y)
        return self.shown(x.value, y.value)

    def shown(self, x: float, y: float) -> Point:
        """Return where a point of user space is displayed."""
        across, down = ctypes.c_int(), ctypes.c_int()
        size = int(self.width * FINE), int(self.height * FINE)
        pdfium.FPDF_PageToDevice(self.page, 0, 0, *size, 0, x, y, across, down)
        return Point(across.value / FINE, down.value / FINE)

    def boxed(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return where a rectangle of user space is displayed."""
        (one_x, one_y), (two_x, two_y) = self.shown(left, bottom), self.shown(right, top)
        return Box(min(one_x, two_x), min(one_y, two_y), max(one_x, two_x), max(one_y, two_y))

    def place_of(self, box: Box) -> tuple[int, ...]:
        """Return a box in fiftieths of the page's sides: what stands alike on two pages has it alike."""
        sizes = (self.width, self.height, self.width, self.height)
        return tuple(round(side / max(size, 1) / DETAIL) for side, size in zip(box, sizes, strict=True))

    def drawn(self) -> list[PageObject]:
        """Return the forms and images at either end of the order of drawing, and the paths there that are artifacts."""
        count = pdfium.FPDFPage_CountObjects(self.page)
        ends = (*range(min(count, OBJECTS_AT_AN_END)), *range(max(OBJECTS_AT_AN_END, count - OBJECTS_AT_AN_END), count))
        return [found for place in ends if (found := self._object(place)) is not None]

    def _object(self, place: int) -> PageObject | None:
        held = pdfium.FPDFPage_GetObject(self.page, place)
        kind, detail = pdfium.FPDFPageObj_GetType(held), 0
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            detail = pdfium.FPDFFormObj_CountObjects(held)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            detail = pdfium.FPDFImageObj_GetImageDataRaw(held, None, 0)
        elif kind != pdfium.FPDF_PAGEOBJ_PATH or not _is_artifact(held):
            return None
        return PageObject(place, kind, self.boxed(*self.bounds(place)), _is_artifact(held), detail)

    def kind(self, place: int) -> int:
        """Return what kind an object is."""
        return int(pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(self.page, place)))

    def bounds(self, place: int) -> tuple[float, float, float, float]:
        """Return the box of an object in user space: left, bottom, right, top."""
        sides = [ctypes.c_float() for _ in range(4)]
        pdfium.FPDFPageObj_GetBounds(pdfium.FPDFPage_GetObject(self.page, place), *sides)
        left, bottom, right, top = (side.value for side in sides)
        return left, bottom, right, top

    def close(self) -> None:
        """Let go of the page."""
        if self._words is not None:
            self._words.close()
        self.page.close()


class PdfiumFile:
    """A PDF. Pages count from 1."""

    def __init__(self, document: pypdfium2.PdfDocument, path: Path) -> None:
        """Look at `document`; `at` opens and closes it."""
        self.document, self.path = document, path

    @classmethod
    @contextmanager
    def at(cls, path: Path, password: str = "") -> Iterator[Self]:
        """Yield the PDF at `path`, open. Raises FailedError when PDFium cannot open it."""
        try:
            document = pypdfium2.PdfDocument(path, password or None)
        except (pypdfium2.PdfiumError, OSError) as error:
            locked = getattr(error, "err_code", 0) == pdfium.FPDF_ERR_PASSWORD
            raise FailedError(
                "it needs a password to open" if locked else f"PDFium cannot open it ({error})",
                file=str(path),
                remedy="Give the password with --password-file." if locked else "Open it in a PDF viewer.",
            ) from error
        try:
            yield cls(document, path)
        finally:
            document.close()

    def __len__(self) -> int:
        return len(self.document)

    def value(self, key: str) -> str:
        """Return an entry of the document information, or ""."""
        return str(self.document.get_metadata_value(key))[:MAX_VALUE_LENGTH]

    @contextmanager
    def page(self, page_number: int) -> Iterator[PdfiumPage]:
        """Yield a page. Raises FailedError when PDFium cannot load it."""
        try:
            page = PdfiumPage(self.document[page_number - 1], page_number)
        except pypdfium2.PdfiumError as error:
            raise FailedError(
                "PDFium cannot load the page",
                file=str(self.path),
                place=f"page {page_number}",
                remedy="Open the page in a PDF viewer: it may be damaged.",
            ) from error
        try:
            yield page
        finally:
            page.close()


def _is_artifact(held: object) -> bool:
    """Whether an object stands in marked content that is an artifact with a subtype (ISO 32000-2 14.8.2.2)."""
    name, length = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
    for number in range(min(pdfium.FPDFPageObj_CountMarks(held), 8)):
        mark = pdfium.FPDFPageObj_GetMark(held, number)
        pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length)
        if bytes(name)[: length.value].decode("utf-16-le", "replace").rstrip("\0") != "Artifact":
            continue
        if pdfium.FPDFPageObjMark_GetParamValueType(mark, b"Subtype") == pdfium.FPDF_OBJECT_NAME:
            return True
    return False
