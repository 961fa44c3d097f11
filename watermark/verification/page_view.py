"""One page of the article, before and after, as each check of pages needs it."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pypdf.generic import ArrayObject, PdfObject

from watermark.models import Status
from watermark.pdf.geometry import shape_of
from watermark.pdf.page_drawing import PixelBox, box_around
from watermark.pdf.pixels import Pixels
from watermark.pdf.rendering import RenderedDocument
from watermark.receipt import Receipt
from watermark.verification.content_operators import MarkSyntaxError
from watermark.verification.evidence import Evidence
from watermark.verification.mark_forms import Box, Mark
from watermark.verification.pypdf_document import PypdfPage, dictionary, items, resolved

if TYPE_CHECKING:  # it reads pages for this module
    from watermark.verification.pages_ahead import PreparedPage

CheckResults: TypeAlias = Iterator[tuple[Status, str] | tuple[Status, str, str]]
"""The status, the message and, where it is more exact than the claim's, the code of each finding on one page."""
Point: TypeAlias = tuple[float, float]
Points: TypeAlias = tuple[Point, ...]


class PageView:
    """A page of the article, counted from 1 as in the original; `shown` is its number in the copy."""

    def __init__(self, evidence: Evidence, page_number: int, *, drawn: bool = True) -> None:
        """View of one page, loaded lazily. Without `drawn`, positions are computed from the page boxes instead."""
        self._evidence, self.is_drawn = evidence, drawn
        self.page_number = page_number
        self.shown = page_number + evidence.pages_put_in_front
        self.mark: Mark | None = None
        self.mark_error = ""
        self.prepared: PreparedPage | None = None
        try:
            self.mark = evidence.mark_on(page_number)
        except MarkSyntaxError as error:
            self.mark_error = str(error)

    def reaching_the_mark(self) -> Iterator[str]:
        """Yield how the page's content can affect the mark. Raises UnknownError when that cannot be determined."""
        return self._evidence.content_affecting_mark(self.page_number, is_annotated=self.annotated)

    def lettering(self) -> CheckResults:
        """Yield where the letters of the mark or of the line differ from the receipt."""
        if self.mark is not None:
            yield from self._evidence.lettering(self.mark)

    @property
    def receipt(self) -> Receipt:
        """The receipt in the copy."""
        return self._evidence.receipt

    @property
    def line_text(self) -> str:
        """The text of the edge line; "" on a page without it."""
        return self.receipt.line_text if self._evidence.has_line_on(self.page_number) else ""

    @property
    def leaf(self) -> PypdfPage:
        """The page in the copy."""
        return self._evidence.after.pages[self.shown - 1]

    @property
    def original_leaf(self) -> PypdfPage:
        """The page in the original. Raises NotComparableError where the original cannot be compared."""
        return self._evidence.before.pages[self.page_number - 1]

    @property
    def is_renumbered(self) -> bool:
        """Whether the objects of the copy have other numbers than those of the original."""
        return self._evidence.is_linearized

    @property
    def rendered(self) -> RenderedDocument:
        """The copy, rendered with PDFium."""
        return self._evidence.rendered_copy

    @property
    def annotated(self) -> bool:
        """Whether the mark is in an annotation over the page, and not in its content."""
        return self.mark is not None and self.mark.annotation is not None

    @cached_property
    def before(self) -> Pixels:
        """The page of the original. Raises FailedError when PDFium cannot draw it."""
        if self.prepared and self.prepared.original:
            return self.prepared.original[0]
        return self._evidence.rendered_original.pixels(self.page_number)

    @cached_property
    def after(self) -> Pixels:
        """The page of the copy. Raises FailedError when PDFium cannot draw it."""
        return self.prepared.pixels if self.prepared else self.rendered.pixels(self.shown)

    @property
    def printed(self) -> tuple[Pixels, Pixels]:
        """The page of the original and of the copy as they are printed. Raises FailedError as `before` and `after`."""
        return self._evidence.rendered_original.printed(self.page_number), self.rendered.printed(self.shown)

    @property
    def has_layers(self) -> bool:
        """Whether the document has layers, which may look different in print."""
        return "/OCProperties" in self._evidence.after.catalog

    def displayed(self, points: list[Point]) -> tuple[list[Point], Point]:
        """Return points of user space as points of the displayed page (x to the right, y down), and its two sides.

        The units are pixels of PDFium's drawing, or points where the page is not drawn. Raises FailedError when PDFium
        cannot draw it.
        """
        if self.is_drawn:
            height, width = self.after.shape[:2]
            return self._in_pixels(points), (width, height)
        shape = shape_of({key: _plain(self.leaf.get(key)) for key in ("/MediaBox", "/CropBox", "/Rotate")})
        a, b, c, d, e, f = shape.from_displayed  # a rotation: its inverse is its transpose
        width, height = shape.displayed_size
        seen = [(a * (x - e) + b * (y - f), height - (c * (x - e) + d * (y - f))) for x, y in points]
        return seen, (width, height)

    @cached_property
    def texts(self) -> tuple[str, str]:
        """The text of the page in the original and in the copy. Raises FailedError when PDFium cannot read it."""
        original = self.prepared.original if self.prepared else None
        before = original[1] if original else self._evidence.rendered_original.text(self.page_number)
        return before, self.prepared.text if self.prepared else self.rendered.text(self.shown)

    @cached_property
    def cover(self) -> NDArray[np.uint8]:
        """How much the letters of the mark cover each pixel, 0 to 255; 0 everywhere without a mark."""
        if self.mark is None:
            return np.zeros(self.after.shape[:2], np.uint8)
        return self._evidence.silhouettes.cover(self.leaf, self.mark)

    @cached_property
    def line_boxes(self) -> list[PixelBox]:
        """The boxes of the rows of the edge line, in pixels."""
        if self.mark is not None and self.annotated:
            return [box_around(self._in_pixels(list(corners))) for corners in _corners(self.mark.line_boxes)]
        known = self.prepared.line_boxes if self.prepared else {}
        rows = rows_in(self.texts[1], self.line_text)
        return [
            box
            for words in rows
            for box in (known[words] if words in known else self.rendered.find_text_boxes(self.shown, words))
        ]

    @cached_property
    def field_boxes(self) -> list[PixelBox]:
        """The boxes of form fields, in pixels: viewers draw them over everything else (ISO 32000-2 12.5.6.19)."""
        found = []
        for one in items(self.leaf.dictionary.get("/Annots")):
            field = dictionary(one)
            rectangle: list[object] = [resolved(side) for side in items(field.get("/Rect"))]
            sides = [float(side) for side in rectangle if isinstance(side, (int, float))]
            if field.get("/Subtype") == "/Widget" and len(sides) == 4:
                left, bottom, right, top = sides
                found.append(self.rendered.box_in_pixels(self.shown, (left, bottom, right, top)))
        return found

    @property
    def asked_points(self) -> list[Points]:
        """The groups of points of user space whose positions the checks ask for."""
        if self.mark is None:
            return []
        lines = _corners(self.mark.line_boxes) if self.annotated else []
        return [tuple(self.mark.corners), tuple(self.mark.line_middles), *lines]

    def _in_pixels(self, points: list[Point]) -> list[Point]:
        known = self.prepared.located.get(tuple(points)) if self.prepared else None
        return self.rendered.in_pixels(self.shown, points) if known is None else list(known)


class Views:
    """Views of pages in their order, each with what a second thread has prepared: the next one while one is checked."""

    def __init__(self, evidence: Evidence, *, drawn: bool) -> None:
        """View pages of the evidence, `drawn` or not, as `PageView` does."""
        self._evidence, self._drawn = evidence, drawn
        self._next: PageView | None = None

    def at(self, page_number: int) -> PageView:
        """Return the view of a page. Raises what `PageView` raises."""
        ahead = self._evidence.pages_ahead
        view, self._next = self._next, None
        if view is None or view.page_number != page_number:
            view = PageView(self._evidence, page_number, drawn=self._drawn)
        if ahead is not None:
            ahead.finish(page_number, view.shown, view.asked_points)
            self._next = self._early(page_number + 1)
            view.prepared = ahead.page(page_number)
        return view

    def _early(self, page_number: int) -> PageView | None:
        """Return the view of the next page, which is asked for already; None where that has to wait for its turn."""
        ahead = self._evidence.pages_ahead
        if ahead is None or page_number > self._evidence.receipt.page_count:
            return None
        try:
            view = PageView(self._evidence, page_number, drawn=self._drawn)
        except Exception:  # noqa: BLE001 - raised again when it is the turn of the page
            self._evidence.after.forget_unfinished()
            return None
        ahead.finish(page_number, view.shown, view.asked_points)
        return view


def rows_in(text: str, line: str) -> list[str]:
    """Return the text of the line: whole, or in the two parts in which the text of the page has it."""
    line = " ".join(line.split())
    if not line:
        return []
    if line in text:
        return [line]
    words = line.split()
    parted = ((" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words)))
    return next(([one, other] for one, other in parted if one in text and other in text), [line])


def _corners(boxes: Sequence[Box]) -> list[Points]:
    """Return two opposite corners of each box of user space."""
    return [((left, bottom), (right, top)) for left, bottom, right, top in boxes]


def _plain(value: PdfObject | None) -> object:
    """Return a box as a list of its numbers, and any other value unchanged."""
    return [resolved(item) for item in items(value)] if isinstance(value, ArrayObject) else value
