"""The colour and opacity of the mark on a page, and the colour of its line, so that both are visible on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from watermark.errors import UsageError
from watermark.pdf.contrast import (
    LEAST_MEDIAN,
    LEAST_NINE_OF_TEN,
    LEAST_OF_LINE,
    LEAST_OF_OUTLINES,
    Ground,
    InkArea,
    contrast,
    luminance_of,
    middle_and_tenth,
)
from watermark.stamping.mark.style import MarkStyle

Colour = tuple[float, float, float]

SURE_MEDIAN, SURE_TENTH, SURE_NINE_OF_TEN = 0.4, 0.07, 1.22
"""Of all blocks, from the least contrast: where these two reach the floors, others find that the floors are reached.

On a ground that is light and dark in equal parts, the median is either's, by a block more or less. And where a tenth of
the letters is over a dark picture, it depends on the size of the blocks whether it is a tenth or a little more. On
black, programs round a faint colour differently.
"""
LIGHTER = (1.0, 0.3, 0.45)
"""For outlines, 3:1 on white and on dark grey."""
NINE_TENTHS, THREE_QUARTERS = 0.9, 0.75
"""Shares of the blocks of a band: on how many words can be read, and below which share another colour is used."""
RAISED_OPACITY = 0.30
"""Where the chosen opacity is not enough."""
DARKER = 0.6
WIDEST_WITH_HALO = 2.0
"""In points: a wider outline has no room for a line under it that hides no more than an outline may."""
BLACK, WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
VIVID = (1.0, 0.1, 0.2)
"""At 30 %, 1.6:1 on white and 1.35:1 on black: for a white page with dark pictures."""
SURE_OF_LINE = 4.65
"""What the colours of the style have to reach with a band: small letters are smoothed, and lose some contrast."""
BRIGHT = (1.0, 0.2, 0.9)
"""At 30 %, as far from black as from white, 1.47:1: for a page that is partly dark."""
BETWEEN = (0.9, 0.1, 0.3)
"""As far from black as from white, 4.5:1: for words on a band that is partly dark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """What the letters of the mark are painted with; opaque outlines may have a wider line of `halo_rgb` under them."""

    colour_rgb: Colour
    opacity: float
    halo_rgb: Colour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InkChoice:
    """An ink, and the contrast that it reaches: the median of the blocks, and what nine of ten reach."""

    ink: Ink
    median: float
    nine_of_ten: float

    @property
    def share(self) -> float:
        """How much of the floor is reached: 1 or more where all of it is."""
        return min(self.median / LEAST_MEDIAN, self.nine_of_ten / LEAST_NINE_OF_TEN)


def choose_ink(ground: Ground, style: MarkStyle, *, outline_only: bool) -> InkChoice:
    """Return the first ink that surely reaches the floor on this ground, the user's own first; else the best one."""
    best, best_share = None, (0.0, 0.0)
    for ink in _inks(style, outline_only=outline_only):
        contrasts = ground.contrasts_under(ink.colour_rgb, ink.opacity, ink.halo_rgb)
        median, nine_of_ten = middle_and_tenth(contrasts)
        choice = InkChoice(ink=ink, median=median, nine_of_ten=nine_of_ten)
        share = (min(choice.share, 1.0), _sure_share(contrasts))
        if choice.nine_of_ten >= LEAST_OF_OUTLINES if outline_only else min(share) >= 1:
            return choice
        if best is None or share > best_share:
            best, best_share = choice, share
    assert best is not None  # the user's own ink is always tried
    return best


def _sure_share(contrasts: NDArray[np.float64]) -> float:
    """Return how much of the floor is reached with some blocks to spare: 1 or more where all of it is."""
    if not (count := len(contrasts)):
        return 0.0
    median, tenth = float(contrasts[int(count * SURE_MEDIAN)]), float(contrasts[int(count * SURE_TENTH)])
    return min(median / LEAST_MEDIAN, tenth / SURE_NINE_OF_TEN)


def require_contrast(style: MarkStyle, *, outline_only: bool) -> None:
    """Return if a style is visible on white paper. Raises UsageError with its contrast if it is not."""
    opacity = 1.0 if outline_only else style.opacity
    red, green, blue = (1 - opacity * (1 - part) for part in style.colour_rgb)
    reached = contrast(1.0, luminance_of((red, green, blue)))
    least = LEAST_OF_OUTLINES if outline_only else LEAST_MEDIAN
    if round(reached, 2) < least:
        raise UsageError(
            f"the chosen mark is too faint: on white paper, it has a contrast of {reached:.2f}:1, and at least"
            f" {least:g}:1 is required",
            place="style of the mark",
            remedy="Choose a higher opacity, or a darker colour.",
            argument="colour",
        )


class LineInk(NamedTuple):
    """A colour for words, and its contrast with a band: in half of the blocks, and in nine of ten."""

    colour: Colour
    median: float
    nine_of_ten: float


def choose_line_colour(band: NDArray[np.uint8], style: MarkStyle) -> LineInk:
    """Return the colour that words can be read in on most blocks of a band.

    The first that can be read on nine of ten; on a band of light and dark parts, one for both of them.
    """
    ground = Ground(band, InkArea.of(np.ones(band.shape[:2], np.bool_)))
    own = style.colour_rgb
    found = list[tuple[float, float, LineInk]]()
    for colour in (own, _darker(own), BLACK, WHITE, BETWEEN):
        contrasts = ground.contrasts_under(colour, 1.0)
        share = float((contrasts >= LEAST_OF_LINE).mean()) if len(contrasts) else 0.0
        ink = LineInk(colour, *middle_and_tenth(contrasts))
        is_sure = colour in (BLACK, WHITE, BETWEEN) or ink.nine_of_ten >= SURE_OF_LINE
        if share >= NINE_TENTHS and is_sure and (colour != BETWEEN or max(found)[0] < THREE_QUARTERS):
            return ink
        found.append((share, ink.median, ink))
    return max(found[:-1], key=lambda one: one[:2])[2]


def _inks(style: MarkStyle, *, outline_only: bool) -> Iterator[Ink]:
    """Yield what is tried: other colours first, then more opaque ones, or for outlines two colours."""
    own, dark = style.colour_rgb, _darker(style.colour_rgb)
    for colour in (own, dark, BLACK, WHITE, *((BETWEEN, LIGHTER) if outline_only else ())):
        yield Ink(colour_rgb=colour, opacity=1.0 if outline_only else style.opacity)
    if outline_only and style.stroke_points <= WIDEST_WITH_HALO:
        for colour in (own, dark, BLACK):
            yield Ink(colour_rgb=colour, opacity=1.0, halo_rgb=WHITE)
    if not outline_only and style.opacity < RAISED_OPACITY:
        for colour in (own, VIVID, BRIGHT, dark, BLACK, WHITE):
            yield Ink(colour_rgb=colour, opacity=RAISED_OPACITY)


def _darker(colour: Colour) -> Colour:
    red, green, blue = (round(part * DARKER, 3) for part in colour)
    return red, green, blue
