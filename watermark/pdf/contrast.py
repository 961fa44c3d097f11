"""How well ink is seen on its background: WCAG's contrast ratio, block by block of a page's pixels.

WCAG 2.2, "relative luminance" and "contrast ratio": 1 for equal colours, 21 for black on white.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from watermark.pdf.pixels import sums

BLOCK_PIXELS = 8
LEVELS = 16
FEW_PIXELS = 4
HIGHEST = 21.0
"""The contrast of black and white."""
LEAST_MEDIAN, LEAST_NINE_OF_TEN = 1.45, 1.2
"""The contrast that translucent letters have to reach: in half of the blocks along them, and in nine of ten."""
LEAST_OF_OUTLINES = 3.0
"""What opaque outlines have to reach in nine of ten blocks (WCAG 2.2, 1.4.11)."""
LEAST_OF_LINE = 4.5
"""What words have to reach, those of the line among them (WCAG 2.2, 1.4.3)."""

_LEVEL_OF_SUM = np.arange(3 * 255 + 1) * LEVELS // (3 * 256)
_STEPS = np.arange(256) / 255
_LINEAR = np.where(_STEPS <= 0.04045, _STEPS / 12.92, ((_STEPS + 0.055) / 1.055) ** 2.4)
_PARTS = [weight * _LINEAR for weight in (0.2126, 0.7152, 0.0722)]


def luminance(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return the relative luminance of sRGB pixels, 0 to 1: an array without the last axis."""
    found: NDArray[np.float64] = _PARTS[0].take(pixels[..., 0])
    found += _PARTS[1].take(pixels[..., 1])
    found += _PARTS[2].take(pixels[..., 2])
    return found


def contrast(first: float, second: float) -> float:
    """Return the contrast of two luminances, from 1 to 21."""
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def luminance_of(colour_rgb: Sequence[float]) -> float:
    """Return the relative luminance of an sRGB colour, each part 0 to 1."""
    return float(luminance(np.round(np.array(colour_rgb) * 255).astype(np.uint8)))


def is_readable_on_white(colour_rgb: Sequence[float]) -> bool:
    """Return whether words of this colour can be read on white paper."""
    return contrast(1.0, luminance_of(colour_rgb)) >= LEAST_OF_LINE


@dataclass(frozen=True, slots=True, eq=False)
class InkArea:
    """The pixels that ink covers, as flat indices, and the number of the block that each of them is in.

    Only blocks with ink have a number, in the order of the rows: most of a page has none.
    """

    places: NDArray[np.intp]
    blocks: NDArray[np.intp]

    @classmethod
    def of(cls, inside: NDArray[np.bool_]) -> Self:
        """Return the area that is true in an array (height, width)."""
        places = np.flatnonzero(inside)
        blocks = _blocks_of(*inside.shape).take(places)
        return cls(places, (np.cumsum(np.bincount(blocks) > 0) - 1).take(blocks))


@lru_cache(maxsize=2)
def _blocks_of(height: int, width: int) -> NDArray[np.intp]:
    """Return the number of the block that each pixel of a page is in."""
    rows, columns = (np.arange(side) // BLOCK_PIXELS for side in (height, width))
    across = -(-width // BLOCK_PIXELS)
    return np.asarray((rows[:, None] * across + columns).reshape(-1))


class Ground:
    """The background of ink: of the pixels that it covers in each block, those of the most frequent lightness.

    So the words and lines under it do not count, be they darker or lighter than the paper or picture around them.
    """

    def __init__(self, before: NDArray[np.uint8], area: InkArea) -> None:
        """Find the ground of an area in a page as it was, (height, width, 3)."""
        pixels = before.reshape(-1, 3).take(area.places, axis=0)
        levels = _LEVEL_OF_SUM.take(sums(pixels))
        size = int(area.blocks.max(initial=-1)) + 1
        counts = np.bincount(area.blocks * LEVELS + levels, minlength=size * LEVELS).reshape(size, LEVELS)
        most = np.where(np.bincount(area.blocks, minlength=size) >= FEW_PIXELS, counts.argmax(axis=1), LEVELS)
        kept = levels == most.take(area.blocks)
        self._places, self._blocks, self._pixels = area.places[kept], area.blocks[kept], pixels.compress(kept, axis=0)
        self._counts = np.bincount(self._blocks)
        self._old = self._means(self._pixels)

    def contrasts(self, after: NDArray[np.uint8]) -> NDArray[np.float64]:
        """Return the contrast of the page as it was with `after`, one number a block, from the least."""
        return np.sort(self._contrasts(after.reshape(-1, 3).take(self._places, axis=0)))

    def contrasts_under(
        self, colour_rgb: Sequence[float], opacity: float, halo_rgb: Sequence[float] | None = None
    ) -> NDArray[np.float64]:
        """Return the contrast with ink of this colour and opacity over it, one number a block, from the least.

        Opaque ink may have a halo of another colour: in each block, the one that is seen better counts.
        """
        found = self._contrasts_of(colour_rgb, opacity)
        if halo_rgb is not None:
            found = np.maximum(found, self._contrasts_of(halo_rgb, 1.0))
        return np.sort(found)

    def _contrasts_of(self, colour_rgb: Sequence[float], opacity: float) -> NDArray[np.float64]:
        seen = np.empty_like(self._pixels)
        for channel, part in enumerate(colour_rgb):
            of_level = np.round(np.arange(256) * (1 - opacity) + part * (255 * opacity)).astype(np.uint8)
            seen[:, channel] = of_level.take(self._pixels[:, channel])
        return self._contrasts(seen)

    def _means(self, pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
        sums = np.bincount(self._blocks, luminance(pixels), minlength=len(self._counts))
        means: NDArray[np.float64] = sums[self._counts > 0] / self._counts[self._counts > 0]
        return means

    def _contrasts(self, pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
        new = self._means(pixels)
        found: NDArray[np.float64] = (np.maximum(self._old, new) + 0.05) / (np.minimum(self._old, new) + 0.05)
        return found


def middle_and_tenth(contrasts: NDArray[np.float64]) -> tuple[float, float]:
    """Return the median, and what nine of ten blocks reach; 0 twice where there is no block."""
    if not len(contrasts):
        return 0.0, 0.0
    return float(contrasts[len(contrasts) // 2]), float(contrasts[len(contrasts) // 10])
