"""The parts of a picture are the groups of blocks that are near each other, whatever their form."""

import random

import numpy as np

from watermark.article.marks.connected_parts import BLOCK, REACH, Mask, boxes_of, parts_of


def near_each_other(mask: Mask) -> set[bytes]:
    """Return the parts of a mask, found block by block."""
    rows, columns = (side // BLOCK * BLOCK for side in mask.shape)
    blocks = mask[:rows, :columns].reshape(rows // BLOCK, BLOCK, columns // BLOCK, BLOCK).any(axis=(1, 3))
    waiting, found = {(int(row), int(column)) for row, column in np.argwhere(blocks)}, set[bytes]()
    while waiting:
        group = [waiting.pop()]
        for row, column in group:
            near = {one for one in waiting if abs(one[0] - row) <= REACH and abs(one[1] - column) <= REACH}
            waiting -= near
            group.extend(near)
        part = np.zeros((rows, columns), dtype=bool)
        for row, column in group:
            box = slice(row * BLOCK, (row + 1) * BLOCK), slice(column * BLOCK, (column + 1) * BLOCK)
            part[box] = mask[box]
        found.add(part.tobytes())
    return found


def test_parts_are_the_groups_of_blocks_within_reach() -> None:
    chance = random.Random(3)  # noqa: S311 - no secret
    for _ in range(60):
        mask = np.zeros((chance.randrange(1, 160), chance.randrange(1, 160)), dtype=bool)
        for _ in range(chance.randrange(12)):
            y, x = chance.randrange(mask.shape[0]), chance.randrange(mask.shape[1])
            mask[y : y + chance.randrange(1, 40), x : x + chance.choice((1, 9, 60))] = True
        parts = parts_of(mask, 0, 1000)
        assert {part.tobytes() for part in parts} == near_each_other(mask)
        assert len(parts) == len(near_each_other(mask))


def test_the_largest_parts_come_first_and_small_ones_are_left_out() -> None:
    mask = np.zeros((200, 400), dtype=bool)
    mask[8:16, 8:24] = mask[80:88, 80:320] = mask[160:168, 0:120] = True
    assert boxes_of(mask, 40, 5) == [(80, 80, 320, 88), (0, 160, 120, 168)]
    assert boxes_of(mask, 40, 1) == [(80, 80, 320, 88)]
    assert len(parts_of(mask, 0, 5)) == 3
