"""The visible part of a page, and the way from what a reader sees to the coordinates of the page.

ISO 32000-2 7.7.3.3 (boxes, Rotate, UserUnit), 8.3.2.3 (user space).
"""

from dataclasses import dataclass
from typing import TypeAlias

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Box: TypeAlias = tuple[float, float, float, float]


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


def multiplied(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that applies `first`, and `then` after it (row vectors, as PDF has them)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return the point (x, y) taken through `matrix`."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
