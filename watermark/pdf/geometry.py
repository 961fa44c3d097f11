"""The visible part of a page, and the transformation from what a reader sees to the coordinates of the page.

ISO 32000-2 7.7.3.3 (boxes, Rotate, UserUnit), 8.3.2.3 (user space).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Box: TypeAlias = tuple[float, float, float, float]

A4, LETTER = (595.28, 841.89), (612.0, 792.0)
"""Sizes of paper in points."""
DEFAULT_MEDIA_BOX: Box = (0.0, 0.0, *LETTER)
MAX_COORDINATE = 1e7
MAX_UNIT = 75_000.0
"""Units that large are noise: what a page may measure at most is 14,400 units (ISO 32000-2 annex C)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageShape:
    """What decides the position of a mark on a page.

    `visible` is CropBox ∩ MediaBox in user space units (left, bottom, right, top); `rotate_degrees_cw` is 0, 90, 180 or
    270; `user_unit` is the size of one unit in points; `notes` say in words where the page departs from the standard
    and what was made of it, and do not count when shapes are compared.
    """

    visible: Box
    rotate_degrees_cw: int = 0
    user_unit: float = 1.0
    notes: tuple[str, ...] = field(default=(), compare=False)

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
    """Return the shape of a page, given its attributes, inherited ones included, as PDFium shows it.

    The values may be any reader's: numbers, and arrays to iterate. A box counts when it has four numbers and an area;
    without a MediaBox the page is Letter; /Rotate loses its fraction, then what it has beyond a multiple of 90.
    """
    notes: list[str] = []
    media = _box(attributes, "/MediaBox", notes)
    if media is None:
        notes.append("the page has no usable MediaBox: taken as Letter, as viewers do")
        media = DEFAULT_MEDIA_BOX
    crop = _box(attributes, "/CropBox", notes) or media
    visible = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    if visible[0] >= visible[2] or visible[1] >= visible[3]:
        notes.append("the CropBox is outside the MediaBox: viewers show nothing or the MediaBox; the MediaBox is taken")
        visible = media
    return PageShape(
        visible=visible,
        rotate_degrees_cw=_rotation(attributes.get("/Rotate"), notes),
        user_unit=_unit(user_unit, notes),
        notes=tuple(notes),
    )


def _number(value: object) -> float | None:
    """Return a number of any reader as a float; None for anything else, and for what no page can measure."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    return float(value) if -MAX_COORDINATE <= value <= MAX_COORDINATE else None


def _box(attributes: Mapping[str, object], key: str, notes: list[str]) -> Box | None:
    """Return a box with its corners in order, or None when it is absent, no box, or without area."""
    value = attributes.get(key)
    if value is None:
        return None
    try:
        sides = [_number(side) for side in value] if isinstance(value, Iterable) else []
    except TypeError:  # a reader's object may look like a list and be none
        sides = []
    if len(sides) == 4:
        x1, y1, x2, y2 = (0.0 if side is None else side for side in sides)
        if None in sides:
            notes.append(f"the {key[1:]} contains something that is not a number: treated as 0, as viewers do")
        if x1 != x2 and y1 != y2:
            return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
    notes.append(f"the {key[1:]} is not a box with an area: ignored")
    return None


def _rotation(value: object, notes: list[str]) -> int:
    if value is None:
        return 0
    degrees = _number(value)
    if degrees is None:
        notes.append("the page's Rotate is not a number: treated as 0")
        return 0
    if degrees % 90:
        notes.append(f"the page's Rotate, {degrees:g}, is not a multiple of 90: treated as viewers do")
    return int(int(degrees) / 90) * 90 % 360


def _unit(value: object, notes: list[str]) -> float:
    if value is None:
        return 1.0
    unit = _number(value)
    if unit is None or not 0 < unit <= MAX_UNIT:
        notes.append("the page's UserUnit is not a usable number: treated as 1")
        return 1.0
    return unit


def multiplied(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that applies `first`, and `then` after it (row vectors, as PDF has them)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return the point (x, y) taken through `matrix`."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def paper_like(width: float, height: float) -> tuple[float, float]:
    """Return the size of paper, A4 or Letter, that is closer to a page in shape; any unit will do."""
    ratio = max(width, height) / max(min(width, height), 1e-6)
    return A4 if abs(ratio - A4[1] / A4[0]) <= abs(ratio - LETTER[1] / LETTER[0]) else LETTER
