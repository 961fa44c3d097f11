"""Where a page has room for the line, and leaves the order of its words alone."""

import math
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from watermark.pdf.contrast import LEAST_OF_LINE
from watermark.pdf.geometry import Box, PageShape
from watermark.pdf.pixels import Pixels, lightness, median
from watermark.stamping.mark.edge_line_layout import place_line
from watermark.stamping.mark.ink import choose_line_colour
from watermark.stamping.mark.style import Edge, LinePosition, MarkStyle

SAFE_EDGES = (Edge.TOP, Edge.LEFT, Edge.BOTTOM)
"""In this order, for pdftotext's sake. Of 222 pages of 45 articles its three modes gave the original's words with the
line as one run in between on 221 with the line at the top, 213 at the left, 198 at the bottom and 29 at the right: so
the right edge is used only on request."""
SIDEWAYS_EDGES = (Edge.LEFT, Edge.RIGHT)
"""Of a page that is read sideways: a line at its left edge is a row of its own, before or after all others."""
ALONG = (0, -34, 34, -67, 67, -100, 100)
MAX_INWARD = 2

CLEAR_POINTS = 2.0
CONTRAST = 40
"""How much a pixel must differ from its background to count as ink, of 255: less is the noise of a scan."""
FAINT = 12
"""The same on a background without noise, where pale words and bars are drawn on purpose."""
COLOURFUL = 120
"""How much one of the three channels must differ: stripes of green and purple may have the same lightness."""
SMOOTH = 1
"""How much neighbouring pixels may differ in a picture without noise; half of them have to be so alike."""
LIGHT = 150
"""How light the ground has to be for the line to be read on it, of 255."""


def choose_position(
    picture: Pixels, shape: PageShape, text: str, style: MarkStyle, edges: Sequence[Edge] = SAFE_EDGES
) -> LinePosition | None:
    """Return where the line crosses nothing on the page: in the middle of the first edge whenever it is free there.

    `picture` is the original page. A middle on light ground is preferred, then one on dark ground, then a place along
    an edge, then one further in; last, one that only the noise of a scan would explain. None if nothing is free.
    Raises UsageError for characters without a glyph.
    """

    @cache
    def band(position: LinePosition) -> NDArray[np.uint8]:
        return band_of(picture, shape, place_line(shape, text, position, style.font_path).displayed_box)

    middles = [LinePosition(edge) for edge in edges]
    for position in middles:
        if ink(band(position)) == 0:
            return position
    for position in (*middles, *_moved(edges)):  # flat, though it may be dark
        if ink(band(position), light=0) == 0 and choose_line_colour(band(position), style).nine_of_ten >= LEAST_OF_LINE:
            return position
    for position in middles:
        is_free = ink(band(position), light=0, faint=CONTRAST) == 0
        if is_free and choose_line_colour(band(position), style).nine_of_ten >= LEAST_OF_LINE:
            return position
    return None


def ink(band: NDArray[np.uint8], *, light: int = LIGHT, faint: int = FAINT) -> float:
    """Return the share of pixels, 0 to 1, that are darker than `light` or differ from the background around them.

    `faint` is how much they have to differ where the background is smooth.
    """
    levels = lightness(band)
    is_smooth = levels.shape[1] > 1 and (np.abs(np.diff(levels, axis=1)) <= SMOOTH).mean() >= 0.5
    limit = min(faint, CONTRAST) if is_smooth else CONTRAST
    found = (levels < light) | (np.abs(levels - median(levels)) > limit)
    green = band[..., 1].astype(np.int16)
    if max(int(np.ptp(green - band[..., 0])), int(np.ptp(green - band[..., 2]))) > COLOURFUL:
        for channel in range(3):
            found |= np.abs(band[..., channel].astype(np.int16) - median(band[..., channel])) > COLOURFUL
    return float(found.mean())


def band_of(picture: Pixels, shape: PageShape, displayed_box: Box) -> NDArray[np.uint8]:
    """Return the pixels of a box and of 2 points around it."""
    height, width = picture.shape[:2]
    across, up = shape.displayed_size
    clear = CLEAR_POINTS / shape.user_unit
    left, bottom, right, top = displayed_box
    rows = slice(_within((up - top - clear) * height / up, height), math.ceil((up - bottom + clear) * height / up))
    columns = slice(_within((left - clear) * width / across, width), math.ceil((right + clear) * width / across))
    return picture[rows, columns]


def _moved(edges: Sequence[Edge]) -> Iterator[LinePosition]:
    """Yield the positions beside the middles of the edges, the nearest to the edge first."""
    for inward in range(MAX_INWARD + 1):
        for edge in edges:
            for along in ALONG:
                if inward or along:
                    yield LinePosition(edge, along, inward)


MOVED = frozenset(_moved(tuple(Edge)))
"""All positions beside the middles of edges, which a receipt may record."""


def _within(position: float, size: int) -> int:
    """Return the pixel at a place, at least one before the end."""
    return min(max(math.floor(position), 0), size - 1)
