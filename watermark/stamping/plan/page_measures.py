"""What the plan has to know of each page as a reader sees it: all of it is taken while the page is open and drawn.

Which pixels the letters of the mark will cover is taken from the letters alone, in black on a blank page.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np

from watermark.article import captions_in, may_have_captions
from watermark.errors import FailedError
from watermark.pdf.contrast import Ground, InkArea
from watermark.pdf.geometry import PageShape
from watermark.pdf.page_alone import page_alone
from watermark.pdf.parallel_pages import opened_here
from watermark.pdf.pixels import Pixels
from watermark.pdf.rendering import RenderedDocument
from watermark.stamping.mark import Edge, LinePosition, MarkStyle, choose_position, place_line
from watermark.stamping.mark.edge_selection import SAFE_EDGES, SIDEWAYS_EDGES, band_of
from watermark.stamping.mark.ink import InkChoice, LineInk, choose_ink, choose_line_colour
from watermark.stamping.mark.mark_layout import place_mark
from watermark.stamping.mark.outlines import letters

WHOLLY, PARTLY = 250, 96


@lru_cache(maxsize=16)
def ink_area(shape: PageShape, style: MarkStyle, *, outlined: bool = False) -> tuple[InkArea, tuple[int, int]]:
    """Return the pixels that the letters cover on a page of this shape, and its height and width.

    Filled letters cover them completely, the lines of outlined ones for the most part.
    """
    outlines = letters(style.text, style.font_path)
    at = place_mark(shape, outlines, style)
    matrix = b" ".join(b"%.9f" % part for part in at.matrix)
    content = b"%b cm %.6f w 1 j\n%b\n%b" % (matrix, at.stroke_width, outlines.path, b"S" if outlined else b"f")
    box = b" ".join(b"%.6f" % side for side in shape.visible)
    page = b"/MediaBox[%b]/Rotate %d/UserUnit %.6f" % (box, shape.rotate_degrees_cw, shape.user_unit)
    with RenderedDocument.of_bytes(page_alone(page, content), "the mark") as drawn:
        cover = 255 - drawn.pixels(1)[..., 0]
    least = min(PARTLY, int(cover.max())) if outlined else WHOLLY
    inside: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = (cover >= least) & (cover > 0)
    return InkArea.of(inside), (inside.shape[0], inside.shape[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMeasures:
    """What was found out about a page: where the line is, and the inks; None where it has no room, or cannot be drawn.

    `captions` holds the numbers of the figures that it may have captions of, each with its weight, if they are wanted.
    """

    position: LinePosition | None = None
    mark: InkChoice | None = None
    line: LineInk | None = None
    captions: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The pages to be measured, from 1, with their shapes; and what is drawn on them. `line_text` is "" for no line."""

    pages: Sequence[tuple[int, PageShape]]
    style: MarkStyle
    line_text: str
    outline_only: bool
    reads_captions: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """What another process needs, which opens the file again."""

    wanted: Wanted
    path: Path
    password: str | None = field(repr=False)


def measured(wanted: Wanted, rendered: RenderedDocument | None) -> tuple[PageMeasures, ...]:
    """Return what was found out about each page, in order; by all processes of the document's team.

    Without a document to look at, the line is in its usual place. Raises UsageError for characters without a glyph.
    """
    if rendered is None:
        return (PageMeasures(position=_usual(wanted)),) * len(wanted.pages)
    numbers = [page_number for page_number, _ in wanted.pages]
    if not rendered.team or rendered.file is None:
        found = _measured(wanted, rendered, numbers)
    else:
        path, password = rendered.file
        task = _Task(wanted=wanted, path=path, password=password)
        shared = rendered.team.shared(numbers, _measured_elsewhere, task, is_quick=True)
        found = _measured(wanted, rendered, shared)
        for part in shared.results():
            found |= part
    return tuple(found[page_number] for page_number in numbers)


def _measured_elsewhere(task: _Task, page_numbers: Iterator[int]) -> dict[int, PageMeasures]:
    return _measured(task.wanted, opened_here(task.path, task.password), page_numbers)


def _measured(wanted: Wanted, rendered: RenderedDocument, page_numbers: Iterable[int]) -> dict[int, PageMeasures]:
    shapes = dict(wanted.pages)
    return {number: _of_page(wanted, rendered, number, shapes[number]) for number in page_numbers}


def _of_page(wanted: Wanted, rendered: RenderedDocument, page_number: int, shape: PageShape) -> PageMeasures:
    captions = captions_on(rendered, page_number) if wanted.reads_captions else ()
    try:
        pixels = rendered.pixels(page_number)
    except FailedError:  # the verification reports it
        return PageMeasures(position=_usual(wanted), captions=captions)
    position = _position(wanted, rendered, page_number, shape, pixels)
    mark, line = inks_on(wanted, shape, pixels, position)
    return PageMeasures(position=position, mark=mark, line=line, captions=captions)


def inks_on(
    wanted: Wanted, shape: PageShape, pixels: Pixels, position: LinePosition | None
) -> tuple[InkChoice | None, LineInk | None]:
    """Return the ink of the mark and that of the line at a position, with the contrast that each has on a page."""
    return _mark_ink(wanted, shape, pixels), _line_ink(wanted, shape, pixels, position)


def captions_on(rendered: RenderedDocument, page_number: int) -> tuple[tuple[str, int], ...]:
    """Return the captions that a page may have; its lines are only read where one begins so: it takes time."""
    try:
        text = rendered.text(page_number)
    except FailedError:
        return ()
    return tuple(captions_in(rendered.lines(page_number))) if may_have_captions(text) else ()


def _usual(wanted: Wanted) -> LinePosition | None:
    return LinePosition(wanted.style.line_edge or Edge.TOP) if wanted.line_text else None


def _position(
    wanted: Wanted, rendered: RenderedDocument, page_number: int, shape: PageShape, pixels: Pixels
) -> LinePosition | None:
    if not wanted.line_text or wanted.style.line_edge is not None:
        return _usual(wanted)
    edges = SIDEWAYS_EDGES if rendered.is_text_rotated(page_number) else SAFE_EDGES
    return choose_position(pixels, shape, wanted.line_text, wanted.style, edges)


def _mark_ink(wanted: Wanted, shape: PageShape, pixels: Pixels) -> InkChoice | None:
    area, size = ink_area(shape, wanted.style, outlined=wanted.outline_only)
    if size != pixels.shape[:2] or not len(area.places):
        return None
    return choose_ink(Ground(pixels, area), wanted.style, outline_only=wanted.outline_only)


def _line_ink(wanted: Wanted, shape: PageShape, pixels: Pixels, position: LinePosition | None) -> LineInk | None:
    if position is None:
        return None
    box = place_line(shape, wanted.line_text, position, wanted.style.font_path).displayed_box
    band = band_of(pixels, shape, box)
    return choose_line_colour(band, wanted.style) if band.size else None
