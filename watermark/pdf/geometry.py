"""The visible part of a page, and the way from what a reader sees to the coordinates of the page.

ISO 32000-2 7.7.3.3 (boxes, Rotate, UserUnit), 8.3.2.3 (user space).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Box: TypeAlias = tuple[float, float, float, float]

LETTER: Box = (0.0, 0.0, 612.0, 792.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageShape:
    """What decides where a mark stands on a page.

    `visible` is CropBox ∩ MediaBox in user space units (left, bottom, right, top); `rotate_degrees_cw` is 0, 90, 180 or
    270; `user_unit` is the size of one unit in points.
    """

    visible: Box
    rotate_degrees_cw: int = 0
    user_unit: float = 1.0

    @property
    def displayed_size(self) -> tuple[float, float]:
        """Width and height as displayed, in user space units (times `user_unit` gives points)."""
        left, bottom, right, top = self.visible
        width, height = right - left, top - bottom
        return (height, width) if self.rotate_degrees_cw in {90, 270} else (width, height)

    @property
    def from_displayed(self) -> Matrix:
        """The matrix from displayed coordinates (origin at the lower left as seen, y up) to user space."""
        left, bottom, right, top = self.visible
        match self.rotate_degrees_cw:
            case 90:
                return (0, 1, -1, 0, right, bottom)
            case 180:
                return (-1, 0, 0, -1, right, top)
            case 270:
                return (0, -1, 1, 0, left, top)
        return (1, 0, 0, 1, left, bottom)


def shape_of(attributes: Mapping[str, object], user_unit: object = None) -> PageShape:
    """Return the shape of a page from its attributes, the inherited ones included.

    A missing MediaBox is Letter, as viewers have it; swapped corners are put right; a CropBox is cut to the MediaBox,
    and left aside when nothing of it is inside; a /Rotate that is no multiple of 90 counts as the next lower one.
    """
    media = _box(attributes.get("/MediaBox")) or LETTER
    crop = _box(attributes.get("/CropBox")) or media
    visible = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    if visible[0] >= visible[2] or visible[1] >= visible[3]:
        visible = media
    rotate, unit = _number(attributes.get("/Rotate")), _number(user_unit)
    return PageShape(
        visible=visible, rotate_degrees_cw=int(rotate // 90) * 90 % 360, user_unit=unit if unit > 0 else 1.0
    )


def _box(value: object) -> Box | None:
    if isinstance(value, (str, bytes)) or not hasattr(value, "__len__") or not hasattr(value, "__getitem__"):
        return None
    corners = [value[place] for place in range(min(len(value), 4))]
    if len(corners) < 4 or not all(isinstance(corner, (int, float, Decimal)) for corner in corners):
        return None
    x0, y0, x1, y1 = (float(corner) for corner in corners)
    box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return box if box[0] < box[2] and box[1] < box[3] else None


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float, Decimal)) else 0.0


def multiplied(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that applies `first`, and `then` after it (row vectors, as PDF has them)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return the point (x, y) taken through `matrix`."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
