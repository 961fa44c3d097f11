"""What the plan has to know of each page as a reader sees it: all of it is taken while the page is open and drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from watermark.article import captions_in, may_have_captions
from watermark.errors import FailedError
from watermark.pdf.contrast import Ground
from watermark.pdf.geometry import PageShape
from watermark.pdf.parallel_pages import in_processes, page_ranges
from watermark.pdf.pixels import Pixels
from watermark.pdf.rendering import RenderedDocument
from watermark.stamping.mark import Edge, LinePosition, MarkStyle, choose_position, place_line
from watermark.stamping.mark.edge_selection import SAFE_EDGES, SIDEWAYS_EDGES, band_of
from watermark.stamping.mark.ink import InkChoice, LineInk, choose_ink, choose_line_colour
from watermark.stamping.mark.silhouette import ink_area


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
    """A part of the pages for another process, which opens the file again."""

    wanted: Wanted
    path: Path
    password: str | None = field(repr=False)


def measured(wanted: Wanted, rendered: RenderedDocument | None, *, jobs: int = 1) -> tuple[PageMeasures, ...]:
    """Return what was found out about each page, in order; those of a long article by up to `jobs` processes.

    Without a document to look at, the line is in its usual place. Raises UsageError for characters without a glyph.
    """
    if rendered is None:
        return (PageMeasures(position=_usual(wanted)),) * len(wanted.pages)
    if rendered.file is None:
        return _measured(wanted, rendered)
    path, password = rendered.file
    own, *others = (
        replace(wanted, pages=wanted.pages[pages.start - 1 : pages.stop - 1])
        for pages in page_ranges(len(wanted.pages), jobs)
    )
    tasks = [_Task(wanted=part, path=path, password=password) for part in others]
    with in_processes(_measured_elsewhere, tasks, path) as results:
        return (*_measured(own, rendered), *(measures for result in results for measures in result))


def _measured_elsewhere(task: _Task) -> tuple[PageMeasures, ...]:
    with RenderedDocument(task.path, password=task.password) as rendered:
        return _measured(task.wanted, rendered)


def _measured(wanted: Wanted, rendered: RenderedDocument) -> tuple[PageMeasures, ...]:
    return tuple(_of_page(wanted, rendered, page_number, shape) for page_number, shape in wanted.pages)


def _of_page(wanted: Wanted, rendered: RenderedDocument, page_number: int, shape: PageShape) -> PageMeasures:
    captions = captions_on(rendered, page_number) if wanted.reads_captions else ()
    try:
        pixels = rendered.pixels(page_number)
    except FailedError:  # the verification reports it
        return PageMeasures(position=_usual(wanted), captions=captions)
    position = _position(wanted, rendered, page_number, shape, pixels)
    mark, line = _mark_ink(wanted, shape, pixels), _line_ink(wanted, shape, pixels, position)
    return PageMeasures(position=position, mark=mark, line=line, captions=captions)


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
