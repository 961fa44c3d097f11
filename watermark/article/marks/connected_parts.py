"""The connected parts of a picture, with gaps as between letters closed: tiles, stamps, words beside each other."""

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

BLOCK = 8
REACH = 2
"""So many blocks may lie between two letters of one word."""


def parts_of(mask: Mask, smallest_pixels: float, most: int) -> list[Mask]:
    """Return the parts of a mask that are at least so long in one direction, the largest first, each in a mask."""
    groups = [group for group in _groups(mask) if _length(group) * BLOCK >= smallest_pixels]
    groups.sort(key=len, reverse=True)
    return [_part(mask, group) for group in groups[:most]]


def boxes_of(mask: Mask, smallest_pixels: float, most: int) -> list[tuple[int, int, int, int]]:
    """Return the left, upper, right and lower sides of the same parts, in pixels."""
    found = list[tuple[int, int, int, int]]()
    for part in parts_of(mask, smallest_pixels, most):
        rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
        if len(rows) and len(columns):
            found.append((int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1))
    return found


def _groups(mask: Mask) -> list[list[tuple[int, int]]]:
    """Return the groups of blocks with ink, by row and column, each no farther than the reach from another."""
    rows, columns = mask.shape[0] // BLOCK, mask.shape[1] // BLOCK
    blocks = mask[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, columns, BLOCK).any(axis=(1, 3))
    waiting = {(int(row), int(column)) for row, column in np.argwhere(blocks)}
    groups = list[list[tuple[int, int]]]()
    while waiting:
        group = [waiting.pop()]
        for row, column in group:
            near = {(row + y, column + x) for y in range(-REACH, REACH + 1) for x in range(-REACH, REACH + 1)} & waiting
            waiting -= near
            group.extend(near)
        groups.append(group)
    return groups


def _length(group: list[tuple[int, int]]) -> int:
    down, across = zip(*group, strict=True)
    return int(max(max(down) - min(down), max(across) - min(across)))


def _part(mask: Mask, group: list[tuple[int, int]]) -> Mask:
    only = np.zeros((mask.shape[0] // BLOCK, mask.shape[1] // BLOCK), dtype=bool)
    only[tuple(np.array(group).T)] = True
    spread = np.kron(only, np.ones((BLOCK, BLOCK), dtype=bool))
    return np.asarray(mask[: spread.shape[0], : spread.shape[1]] & spread)
