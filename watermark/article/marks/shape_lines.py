"""The lines of letters in a shape, each made straight: turned, taken out of a frame, parted, made upright."""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Ink = NDArray[np.float64]
"""How much ink there is at each pixel, 0 to 1."""
Points = NDArray[np.float64]
"""One row for each pixel with ink: x to the right, y down."""
Mask = NDArray[np.bool_]

FAINTEST = 0.02
INKED = (0.5, 0.22)
"""Letters are inked from a share of the darkest ink on, half of it first: a frame may be darker than they are."""
DIFFERENT = 1.05
"""Both are read when the second has this many times more pixels."""
MAX_SAMPLED = 4000
MAX_POINTS = 60_000
FEWEST_POINTS = 60
FULL = 0.8
LINE_ROWS = 48
MAX_COLUMNS = 2048
SHORT = 6.0
"""Lines whose length is at most this multiple of their height are also read as they are."""
GROUND, GROUND_ROWS = 0.55, 96
"""A shape that fills its box to this share, and its sides, is the ground of letters that are left blank."""
FRAMES = 3
"""Frames around each other that are taken off."""
CLOSED, SMOOTH = 0.98, 0.95
"""A frame has ink in this share of its columns, and continues to the next column in this share, above and below."""
FRAME_STEP = 3
"""Pixels by which the side of a frame, oval or straight, rises or falls from one column to the next."""
LEANINGS: list[float] = np.arange(-0.42, 0.43, 0.06).tolist()
"""Letters lean by at most this many columns in a row: italics by 0.2, and by 0.4 where they are also made narrow."""
UPRIGHT_GAIN = 1.02
"""A line is made upright when its columns are then this many times more uneven."""


def lines_in(ink: Ink) -> Iterator[Mask]:
    """Yield the lines of letters in a shape, each as an image of at most 48 rows, both ways up."""
    highest = float(ink.max(initial=0))
    if highest <= FAINTEST:
        return
    masks = [ink > share * highest for share in INKED]
    yield from _lines_of(masks[0])
    if masks[1].sum() > DIFFERENT * masks[0].sum():
        yield from _lines_of(masks[1])


def _lines_of(inked: Mask) -> Iterator[Mask]:
    ys, xs = np.nonzero(inked)
    if len(xs) < FEWEST_POINTS:
        return
    kept = slice(None, None, max(len(xs) // MAX_POINTS, 1))
    points = np.column_stack((xs[kept] - xs.mean(), ys[kept] - ys.mean()))
    turned = _off_a_ground(points @ _turn(_direction(points[:: max(len(points) // MAX_SAMPLED, 1)])))
    inside = _inside(turned)
    if FEWEST_POINTS <= len(inside) < len(turned):
        yield from _straight(inside, inside)
    else:
        yield from _straight(_unframed(turned), turned)


def _straight(inner: Points, turned: Points) -> Iterator[Mask]:
    """Yield the lines of letters inside of a frame, both ways up, as they are and made upright."""
    for line in _parted(inner):
        upright = _made_upright(line)
        ways = [upright] if upright is line or not _is_short(line) else [upright, line]
        for way in ways if len(inner) == len(turned) or not _is_short(turned) else [*ways, turned]:
            grid, _, _ = grid_of(way, LINE_ROWS)
            yield grid
            yield grid[::-1, ::-1]


def _is_short(points: Points) -> bool:
    """Whether a line may be a few square characters, whose strokes look like leaning stems or like a frame."""
    return float(np.ptp(points[:, 0])) <= SHORT * max(float(np.ptp(points[:, 1])), 1.0)


def _off_a_ground(points: Points) -> Points:
    """Return letters that are left blank in a dark ground; all points where there is no such ground."""
    grid, (left, top), (width, height) = grid_of(points, GROUND_ROWS)
    if min(grid.shape) < LINE_ROWS // 8:
        return points
    if grid.mean() < GROUND or min(side.mean() for side in (grid[2], grid[-3], grid[:, 2], grid[:, -3])) < FULL:
        return points
    blank = ~grid & ~_spread(_edges(grid), ~grid)
    down, across = np.nonzero(blank)
    if len(down) < FEWEST_POINTS:
        return points
    corners = [(x, y) for x in (0.25, 0.75) for y in (0.25, 0.75)]  # so close that no row of a line stays empty
    scaled = [np.column_stack((left + (across + x) * width, top + (down + y) * height)) for x, y in corners]
    return np.concatenate(scaled)


def filled(line: Mask) -> Mask:
    """Return letters that are drawn hollow with their strokes filled."""
    outside = _spread(_edges(line), ~line)
    outer = _spread(_grown(outside) & line, line)
    inside = ~line & ~outside
    strokes = _spread(_grown(outer) & inside, inside)
    inner = _spread(_grown(strokes) & line & ~outer, line & ~outer)
    return outer | strokes | inner


def _edges(line: Mask) -> Mask:
    edge = np.ones(line.shape, dtype=bool)
    edge[1:-1, 1:-1] = False
    return edge & ~line


def _grown(mask: Mask) -> Mask:
    grown = mask.copy()
    grown[1:] |= mask[:-1]
    grown[:-1] |= mask[1:]
    grown[:, 1:] |= mask[:, :-1]
    grown[:, :-1] |= mask[:, 1:]
    return grown


def _spread(seed: Mask, within: Mask) -> Mask:
    """Return the parts of a mask that are connected with a seed."""
    found = seed & within
    for _ in range(MAX_COLUMNS):
        grown = _grown(found) & within
        if np.array_equal(grown, found):
            break
        found = grown
    return found


def _direction(points: Points) -> float:
    """Return the angle at which a shape is the least high: along its letters."""
    _, axes = np.linalg.eigh(np.cov(points.T))
    start = math.atan2(axes[1, 1], axes[0, 1])
    tried = [start + math.radians(degrees) for degrees in np.arange(-8, 8.5, 0.5)]
    return min([*tried, 0.0, math.pi / 2], key=lambda angle: _height(points, angle))


def _height(points: Points, angle: float) -> float:
    across = points[:, 1] * math.cos(angle) - points[:, 0] * math.sin(angle)
    last = len(across) - 1
    asked = [(int(last * share), last * share % 1) for share in (0.01, 0.99)]
    numbers = [number for first, _ in asked for number in (first, min(first + 1, last))]
    low, next_low, high, next_high = np.partition(across, numbers).take(numbers).tolist()
    return float(_between(high, next_high, asked[1][1]) - _between(low, next_low, asked[0][1]))


def _between(one: float, other: float, share: float) -> float:
    """Return what lies between two numbers, as numpy's percentiles do, which take four times as long to be found."""
    return other - (other - one) * (1 - share) if share >= 0.5 else one + (other - one) * share


def _turn(angle: float) -> NDArray[np.float64]:
    return np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])


def _inside(points: Points) -> Points:
    """Return what is inside of the frames of any form around it, or all points if it has none."""
    for _ in range(FRAMES):
        grid, (left, top), (width, height) = grid_of(points, GROUND_ROWS)
        if not _is_framed(grid):
            break
        inner = grid & ~_outermost(grid) & ~_outermost(grid.T).T
        across = np.clip(((points[:, 0] - left) / width).astype(int), 0, grid.shape[1] - 1)
        down = np.clip(((points[:, 1] - top) / height).astype(int), 0, grid.shape[0] - 1)
        points = points[inner[down, across]]
    return points


def _is_framed(grid: Mask) -> bool:
    """Whether ink goes round a shape without a gap: its upper and lower sides are smooth, and far from each other."""
    if min(grid.shape) < LINE_ROWS // 4 or grid.any(axis=0).mean() < CLOSED:
        return False
    upper, lower = grid.argmax(axis=0), grid[::-1].argmax(axis=0)
    middle = slice(grid.shape[1] // 10, -(grid.shape[1] // 10) or None)
    sides = [float((np.abs(np.diff(side[middle])) <= FRAME_STEP).mean()) for side in (upper, lower)]
    is_apart = float(np.median(grid.shape[0] - upper - lower)) > grid.shape[0] / 2
    return min(sides) >= SMOOTH and is_apart


def _outermost(grid: Mask) -> Mask:
    """Return the first and the last run of ink in each column."""
    before = np.vstack((np.zeros((1, grid.shape[1]), dtype=bool), grid[:-1]))
    numbers = np.cumsum(grid & ~before, axis=0)
    return np.asarray(grid & ((numbers == 1) | (numbers == numbers[-1])))


def _unframed(points: Points) -> Points:
    """Return what is inside of a frame, or everything where there is none."""
    grid, (left, top), (width, height) = grid_of(points, LINE_ROWS)
    rows, columns = _inner(grid.mean(axis=1) > FULL), _inner(grid.mean(axis=0) > FULL)
    if rows is None or columns is None:  # the stems of two letters are no frame
        return points
    across, down = (points[:, 0] - left) / width, (points[:, 1] - top) / height
    return points[(down >= rows[0]) & (down <= rows[1]) & (across >= columns[0]) & (across <= columns[1])]


def _inner(full: Mask) -> tuple[int, int] | None:
    """Return where the inside begins and ends between full rows near both ends; None where there are not two."""
    near = max(len(full) // 4, 1)
    before, behind = runs_in(full[:near]), runs_in(full[-near:])
    if not before or not behind:
        return None
    return before[0][1], len(full) - near + behind[-1][0]  # the next full row is that of letters close to the frame


def _parted(points: Points) -> Iterator[Points]:
    """Yield the points of each line of letters that is at least half as high as the highest."""
    if len(points) < FEWEST_POINTS:
        return
    grid, (_, top), (_, height) = grid_of(points, LINE_ROWS * 2)
    runs = runs_in(np.asarray(grid.sum(axis=1) > grid.shape[1] / 100))
    highest = max((end - start for start, end in runs), default=0)
    for start, end in runs:
        if 2 * (end - start) >= highest:
            yield points[(points[:, 1] >= top + start * height) & (points[:, 1] <= top + end * height)]


def _made_upright(points: Points) -> Points:
    """Return a line whose letters lean as upright ones: their stems then fill few columns, and fill them well."""
    if len(points) < FEWEST_POINTS:
        return points
    xs, ys = points[:, 0].copy(), points[:, 1].copy()  # each by itself: numpy takes longer for every second number
    height = max(float(np.ptp(ys)), 1.0)
    found = {leaning: _unevenness(xs + leaning * ys, height) for leaning in LEANINGS}
    best = max(found, key=found.__getitem__)
    if found[best] < UPRIGHT_GAIN * _unevenness(xs, height):
        return points
    return np.column_stack((xs + best * ys, ys))


def _unevenness(across: NDArray[np.float64], height: float) -> float:
    low, high = float(across.min()), float(across.max())
    bins = max(min(int((high - low) / height * 12), MAX_COLUMNS), 8)
    if low == high:
        return float(bins)
    shares = np.bincount(_cells(across, low, high, bins), minlength=bins) / len(across) * bins
    return float((shares * shares).mean())


def grid_of(points: Points, rows: int) -> tuple[Mask, tuple[float, float], tuple[float, float]]:
    """Return the points as an image of a limited number of rows, its upper left corner, and the size of its pixels."""
    if not len(points):
        return np.zeros((1, 1), dtype=bool), (0.0, 0.0), (1.0, 1.0)
    xs, ys = points[:, 0], points[:, 1]  # each by itself: numpy takes ten times as long for both at once
    left, top, right, bottom = xs.min(), ys.min(), xs.max(), ys.max()
    tall, wide = max(bottom - top, 1.0), max(right - left, 1.0)
    down = max(min(rows, int(tall * 0.9)), 1)
    across = max(min(int(down * wide / tall), MAX_COLUMNS), 1)
    grid = np.zeros((down, across), dtype=bool)
    grid[_cells(ys, top, top + tall, down), _cells(xs, left, left + wide, across)] = True
    return grid, (float(left), float(top)), (wide / across, tall / down)


def _cells(values: NDArray[np.float64], low: float, high: float, count: int) -> NDArray[np.intp]:
    """Return in which of so many equal parts from `low` to `high` each value is; the last part includes `high`."""
    edges, last = np.linspace(low, high, count + 1), count - 1
    found = np.minimum(((values - low) * (count / (high - low))).astype(np.intp), last)
    found -= values < edges.take(found)  # by the edges: a product may be rounded to the other side of one
    found += (values >= edges.take(found + 1)) & (found < last)
    return found


def runs_in(filled_ones: Mask) -> list[tuple[int, int]]:
    """Return where the runs of what is filled begin and end."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], filled_ones, [False])).astype(np.int8)))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
