"""The connected parts of a picture, with gaps as between letters closed: tiles, stamps, words beside each other."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

BLOCK = 8
REACH = 2
"""How many blocks apart two letters of one word may be, in either direction."""


@dataclass(slots=True)
class _Run:
    """Blocks with ink in a row, from `start` to `last`, none farther than the reach from the next; `count` of them."""

    row: int
    start: int
    last: int
    count: int = 1


def parts_of(mask: Mask, smallest_pixels: float, most: int) -> list[Mask]:
    """Return the parts of a mask that are at least so long in one direction, the largest first, each in a mask."""
    groups = [group for group in _groups(mask) if _length(group) * BLOCK >= smallest_pixels]
    groups.sort(key=lambda group: -sum(run.count for run in group))
    return [_part(mask, group) for group in groups[:most]]


def boxes_of(mask: Mask, smallest_pixels: float, most: int) -> list[tuple[int, int, int, int]]:
    """Return the left, upper, right and lower sides of the same parts, in pixels."""
    found = list[tuple[int, int, int, int]]()
    for part in parts_of(mask, smallest_pixels, most):
        rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
        if len(rows) and len(columns):
            found.append((int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1))
    return found


def _groups(mask: Mask) -> list[list[_Run]]:
    """Return the groups of blocks with ink, as runs, each no farther than the reach from another."""
    runs = _runs(mask)
    leaders = list(range(len(runs)))  # of each run an earlier one of its group, or itself

    def leader_of(number: int) -> int:
        while leaders[number] != number:
            leaders[number] = number = leaders[leaders[number]]
        return number

    nearest = 0  # the first run in the rows above that are within reach
    for number, run in enumerate(runs):
        while runs[nearest].row < run.row - REACH:
            nearest += 1
        for other in range(nearest, number):
            if runs[other].start <= run.last + REACH and run.start <= runs[other].last + REACH:
                one, two = sorted((leader_of(number), leader_of(other)))
                leaders[two] = one
    groups = dict[int, list[_Run]]()
    for number, run in enumerate(runs):
        groups.setdefault(leader_of(number), []).append(run)
    return list(groups.values())


def _runs(mask: Mask) -> list[_Run]:
    rows, columns = mask.shape[0] // BLOCK, mask.shape[1] // BLOCK
    whole = mask[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, columns * BLOCK)
    blocks = np.logical_or.reduce(np.logical_or.reduce(whole, axis=1).reshape(rows, columns, BLOCK), axis=2)
    runs = list[_Run]()
    for row, column in zip(*(axis.tolist() for axis in np.nonzero(blocks)), strict=True):
        if runs and runs[-1].row == row and column - runs[-1].last <= REACH:
            runs[-1].last, runs[-1].count = column, runs[-1].count + 1
        else:
            runs.append(_Run(row, column, column))
    return runs


def _length(group: list[_Run]) -> int:
    """Return how many blocks the first and the last of a group are apart, in the direction where they are the most."""
    across = max(run.last for run in group) - min(run.start for run in group)
    return max(across, max(run.row for run in group) - min(run.row for run in group))


def _part(mask: Mask, group: list[_Run]) -> Mask:
    """Return what is in the blocks of a group; those between them have no ink."""
    part = np.zeros((mask.shape[0] // BLOCK * BLOCK, mask.shape[1] // BLOCK * BLOCK), dtype=bool)
    for run in group:
        box = slice(run.row * BLOCK, (run.row + 1) * BLOCK), slice(run.start * BLOCK, (run.last + 1) * BLOCK)
        part[box] = mask[box]
    return part
