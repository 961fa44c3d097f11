"""The outlines of the mark, curve by curve: FreeType reads them from the font, the copy has them as a path.

Ink that is compared lets small changes pass. Here each point has to be that of the font, rounded as it was written.
"""

import io
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from pathlib import Path
from typing import TypeAlias

import freetype

from watermark.verification.freetype_text import UNITS_PER_EM, font_data, lettering, source_of
from watermark.verification.line_syntax import Operation

Point: TypeAlias = tuple[float, float]
Curve: TypeAlias = tuple[Point, ...]
"""The points after the current one: 1 for a line, 3 for a curve."""
Contour: TypeAlias = tuple[Point, tuple[Curve, ...]]
"""Where it begins, and its curves, without a line back to its beginning."""

ROUNDED = 0.5001
"""Coordinates are written as whole numbers, in thousandths of the font size."""
SCALED = 0.002
"""By how much the width of a word differs from its own where its ends are rounded."""
ON_CURVE, CUBIC = 1, 2
"""What FreeType says of a point of an outline."""


@lru_cache(maxsize=8)
def outlines_differ(steps: tuple[Operation, ...], text: str, name: str, font: Path | None = None) -> bool:
    """Return whether a path is anything but the outlines of `text`, set letter by letter around the origin.

    The path of a word is the same in one copy after the other. Raises UnknownFontError.
    """
    expected = _outlines_of(text, name, font)
    points = [point for start, curves in expected for point in (start, *(one for curve in curves for one in curve))]
    if not points:
        return True
    xs, ys = zip(*points, strict=True)
    middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    found = list(_contours(steps))
    reached = [x for start, curves in found for x, _ in (start, *(one for curve in curves for one in curve))]
    scale = (max(reached, default=0) - min(reached, default=0)) / max(max(xs) - min(xs), 1.0)
    scale = 1.0 if abs(scale - 1) < SCALED else scale
    return len(found) != len(expected) or any(
        not _is_same(_placed(one, middle, scale), other, ROUNDED if scale == 1 else 3 * ROUNDED * scale)
        for one, other in zip(expected, found, strict=True)
    )


@lru_cache(maxsize=32)
def _outlines_of(text: str, name: str, font: Path | None) -> tuple[Contour, ...]:
    placed = lettering(text, name, font)
    face = freetype.Face(io.BytesIO(font_data(source_of(placed.text, name, font))))
    unit = UNITS_PER_EM / face.units_per_EM
    found, reached = list[Contour](), 0.0
    for character in placed.text:
        face.load_char(character, freetype.FT_LOAD_NO_SCALE)
        outline = face.glyph.outline
        points = [(x * unit + reached, y * unit) for x, y in outline.points]
        ends = [0, *(end + 1 for end in outline.contours)]
        found += [_contour(points[one:end], outline.tags[one:end]) for one, end in pairwise(ends)]
        reached += face.glyph.advance.x * unit
    return tuple(found)


def _contour(points: Sequence[Point], tags: Sequence[int]) -> Contour:
    """Return a contour of a font: points off the curve are controls, and between two of a square curve is one on it."""
    if not any(tag & ON_CURVE for tag in tags):
        points, tags = [_between(points[-1], points[0]), *points], [ON_CURVE, *tags]
    first = next(index for index, tag in enumerate(tags) if tag & ON_CURVE)
    start, curves, controls = points[first], list[Curve](), list[Point]()
    for point, tag in zip(
        [*points[first + 1 :], *points[: first + 1]], [*tags[first + 1 :], *tags[: first + 1]], strict=True
    ):
        if not tag & ON_CURVE:
            if controls and not tag & CUBIC:
                between = _between(controls[-1], point)
                curves.append(_cubic(curves[-1][-1] if curves else start, controls.pop(), between))
            controls.append(point)
            continue
        if len(controls) == 1:
            curves.append(_cubic(curves[-1][-1] if curves else start, controls[0], point))
        else:
            curves.append((*controls, point))
        controls = []
    return start, _open(start, curves)


def _between(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _cubic(start: Point, control: Point, end: Point) -> Curve:
    """Return a square curve as a cubic one."""
    first, second = (
        (one[0] + (control[0] - one[0]) * 2 / 3, one[1] + (control[1] - one[1]) * 2 / 3) for one in (start, end)
    )
    return first, second, end


def _contours(steps: Sequence[Operation]) -> Iterator[Contour]:
    """Yield the contours of a path; what is not a closed one is yielded as one that no font has."""
    start: Point = 0.0, 0.0
    curves: list[Curve] = []
    for before, step in pairwise((Operation(b"h", ()), *steps)):
        numbers = [float(one) for one in step.operands]
        points = tuple(zip(numbers[::2], numbers[1::2], strict=False))
        if step.operator == b"m" and before.operator == b"h":
            start, curves = points[0], []
        elif step.operator in {b"l", b"c"} and before.operator != b"h":
            curves.append(points)
        elif step.operator == b"h":
            yield start, _open(start, curves)
        else:
            yield (float("nan"), 0.0), ()
    if steps and steps[-1].operator != b"h":
        yield (float("nan"), 0.0), ()


def _open(start: Point, curves: Sequence[Curve]) -> tuple[Curve, ...]:
    """Return curves without a last line that leads back to where they began: closing the path draws it."""
    is_closed = bool(curves) and len(curves[-1]) == 1 and curves[-1][0] == start
    return tuple(curves[:-1] if is_closed else curves)


def _placed(contour: Contour, middle: Point, scale: float) -> Contour:
    def moved(point: Point) -> Point:
        return (point[0] - middle[0]) * scale, (point[1] - middle[1]) * scale

    start, curves = contour
    return moved(start), tuple(tuple(map(moved, curve)) for curve in curves)


def _is_same(expected: Contour, found: Contour, tolerance: float) -> bool:
    (start, curves), (begin, drawn) = expected, found
    if [len(curve) for curve in curves] != [len(curve) for curve in drawn]:
        return False
    pairs = zip(chain([start], *curves), chain([begin], *drawn), strict=True)
    return all(abs(x - a) <= tolerance and abs(y - b) <= tolerance for (x, y), (a, b) in pairs)
