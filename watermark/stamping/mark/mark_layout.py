"""Where the mark is: along the diagonal of the visible page, entirely inside it, upright."""

import math
from dataclasses import dataclass
from functools import lru_cache

from watermark.pdf.geometry import Matrix, PageShape, multiplied
from watermark.stamping.mark.outlines import WordOutlines
from watermark.stamping.mark.style import MarkStyle

MARGIN = 0.03
WIDEST_STROKE = 40.0
HALO_WIDTH, HALO_POINTS = 2.4, 3.0
"""The width of the line under an outline: in widths of the outline, and in points at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPlace:
    """`matrix` takes the letters (thousandths of the font size, centred) to user space.

    `stroke_width` is the line width in the space of the letters that comes out as `stroke_points` on the page as
    displayed; on a very small page it is as thick as the letters allow.
    """

    matrix: Matrix
    stroke_width: float


def halo_width(style: MarkStyle) -> float:
    """Return the width of the line under an outline, in widths of the outline."""
    return min(HALO_WIDTH, HALO_POINTS / style.stroke_points)


@lru_cache(maxsize=256)
def place_mark(shape: PageShape, letters: WordOutlines, style: MarkStyle) -> MarkPlace:
    """Return the position of the letters on a page of this shape. Raises UsageError for a style that is not allowed.

    The ink's box turned by the angle stays inside the visible box less a margin of 3 % of its shorter side: it is
    scaled down until it does.
    """
    style.check()
    width, height = shape.displayed_size
    diagonal = math.hypot(width, height)
    angle = math.atan2(height, width) if style.angle_degrees_ccw is None else math.radians(style.angle_degrees_ccw)
    cos, sin = math.cos(angle), math.sin(angle)
    across = letters.width * abs(cos) + letters.height * abs(sin)
    upward = letters.width * abs(sin) + letters.height * abs(cos)
    margin = MARGIN * min(width, height)
    scale = min(
        style.length_of_diagonal * diagonal / letters.width,
        (width - 2 * margin) / across,
        (height - 2 * margin) / upward,
    )
    free = (height - 2 * margin - scale * upward) / 2
    middle = height / 2 + {"centre": 0.0, "top": free, "bottom": -free}[style.position]
    turned = (scale * cos, scale * sin, -scale * sin, scale * cos, width / 2, middle)
    return MarkPlace(
        matrix=multiplied(turned, shape.from_displayed),
        stroke_width=min(style.stroke_points / shape.user_unit / scale, WIDEST_STROKE),
    )
