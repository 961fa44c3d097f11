"""Where the edge line is on a page, and how large its letters are."""

from dataclasses import dataclass
from functools import lru_cache

from watermark.pdf.fonts.face import TEXT, face_for
from watermark.pdf.geometry import Box, Matrix, PageShape, applied, multiplied
from watermark.stamping.mark.style import Edge, LinePosition

SIZE_POINTS = 7.5
LEGIBLE_POINTS = 5.0
ORDINARY_SIDE_POINTS = 595.0
BORDER_POINTS = 10.0
BORDER_SHARE = 0.03
DEPTH_SHARE = 0.1
LEADING = 1.25
ASCENT, DESCENT = 0.74, 0.22


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePlace:
    """`rows` are the words as set, one row or two; `matrix` takes them, set at size 1 and centred, to user space.

    The origin of that space is the middle of the last row's baseline. `box` is what the words cover in user space
    (left, bottom, right, top), and `displayed_box` the same on the page as displayed, both in user space units.
    """

    rows: tuple[str, ...]
    matrix: Matrix
    box: Box
    displayed_box: Box
    edge: Edge


@lru_cache(maxsize=256)
def place_line(shape: PageShape, text: str, position: LinePosition, font_path: str = "") -> LinePlace:
    """Return the layout of `text` at a position. It is never shortened: on a small page it is smaller, or in two rows.

    The size is 7.5 points as displayed on pages up to A4, and grows with larger ones. Raises UsageError for characters
    without a glyph.
    """
    edge = position.edge
    width, height = shape.displayed_size
    along, depth = (height, width) if edge in {Edge.LEFT, Edge.RIGHT} else (width, height)
    side = min(along, depth)
    growth = max(1.0, side * shape.user_unit / ORDINARY_SIDE_POINTS) / shape.user_unit
    border = min(BORDER_POINTS * growth, BORDER_SHARE * side)
    room = along - 2 * border, DEPTH_SHARE * depth
    rows, size = _fitted(text, font_path, room, (LEGIBLE_POINTS / shape.user_unit, SIZE_POINTS * growth))
    reach = max(line_width(row, font_path) for row in rows) / 2
    high = ASCENT + LEADING * (len(rows) - 1)
    baseline = border + size * (DESCENT if edge is Edge.BOTTOM else high) + position.inward * LEADING * size
    middle = along / 2 + position.along / 100 * max(along / 2 - border - reach * size, 0)
    set_at: Matrix = {
        Edge.TOP: (size, 0, 0, size, middle, height - baseline),
        Edge.BOTTOM: (size, 0, 0, size, middle, baseline),
        Edge.LEFT: (0, size, -size, 0, baseline, middle),
        Edge.RIGHT: (0, -size, size, 0, width - baseline, middle),
    }[edge]
    matrix = multiplied(set_at, shape.from_displayed)
    return LinePlace(
        rows=rows,
        matrix=matrix,
        box=_boxed(matrix, reach, high),
        displayed_box=_boxed(set_at, reach, high),
        edge=edge,
    )


def _fitted(
    text: str, font_path: str, room: tuple[float, float], sizes: tuple[float, float]
) -> tuple[tuple[str, ...], float]:
    """Return the rows and the size: one row while that is legible, then whichever is larger.

    `room` is the length and the depth that the line may take, `sizes` the legible and the wanted size: all in user
    space units.
    """
    (along, deep), (legible, wanted) = room, sizes
    one = min(wanted, along / line_width(text, font_path), deep)
    if one >= legible:
        return (text,), one
    rows = _halves(text, font_path)
    two = min(wanted, along / max(line_width(row, font_path) for row in rows), deep / len(rows))
    return (rows, two) if two > one else ((text,), one)


@lru_cache(maxsize=256)
def _halves(text: str, font_path: str) -> tuple[str, ...]:
    """Return the text broken at the space that makes the longer row shortest; whole when it has none."""
    words = text.split()
    splits = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return min(splits, key=lambda rows: max(line_width(row, font_path) for row in rows), default=(text,))


@lru_cache(maxsize=1024)
def line_width(text: str, font_path: str) -> float:
    """Return the width of the text at size 1; never 0."""
    return max(face_for(text, TEXT, font_path).width(text) / 1000, 0.001)


def _boxed(matrix: Matrix, reach: float, high: float) -> Box:
    first, second = applied(matrix, -reach, -DESCENT), applied(matrix, reach, high)
    (left, right), (bottom, top) = (sorted(pair) for pair in zip(first, second, strict=True))
    return left, bottom, right, top
