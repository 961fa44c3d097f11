"""What may be chosen of the mark, and within which limits."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from watermark.errors import UsageError

POSITIONS = ("centre", "top", "bottom")
MIN_OPACITY, MAX_OPACITY = 0.05, 0.5
MAX_ANGLE = 90
"""In degrees, either way."""


class Edge(StrEnum):
    """The edge of the page, as displayed, that has the line."""

    TOP = "top"
    BOTTOM = "bottom"
    LEFT = "left"
    RIGHT = "right"


class LinePosition(NamedTuple):
    """Where the line is on a page: in the middle of an edge, or moved from there.

    `along` is the way along the edge, in hundredths of the way to its end: -100 is the left or the lower end, 100 the
    other one. `inward` is the way into the page, in lines.
    """

    edge: Edge
    along: int = 0
    inward: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkStyle:
    """What the user may choose of the mark; the defaults are what a publisher is safe with.

    `angle_degrees_ccw` None is the page's own diagonal. `opacity` is used where the archival level allows it; elsewhere
    the letters are stroked, `stroke_points` wide. `position` is centre, top or bottom of the page as displayed.
    `font_path` names the font that draws the word and the line; what it lacks is drawn with the font of this tool.
    """

    text: str = "Retracted"
    colour_rgb: tuple[float, float, float] = (0.75, 0.1, 0.1)
    angle_degrees_ccw: float | None = None
    opacity: float = 0.22
    stroke_points: float = 1.1
    position: str = "centre"
    length_of_diagonal: float = 0.72
    line: bool = True
    line_text: str = ""
    line_edge: Edge | None = None
    font_path: str = ""

    def check(self) -> None:
        """Raise UsageError for a value that is not allowed."""
        if self.position not in POSITIONS:
            raise UsageError(
                f"“{self.position}” is not allowed",
                place="style.position",
                remedy=f"Use one of: {', '.join(POSITIONS)}.",
            )
        if not MIN_OPACITY <= self.opacity <= MAX_OPACITY:
            remedy = f"Use a number from {MIN_OPACITY} to {MAX_OPACITY}."
            raise UsageError(f"{self.opacity} is out of range", place="style.opacity", remedy=remedy)
        if not -MAX_ANGLE <= (self.angle_degrees_ccw or 0) <= MAX_ANGLE:
            remedy = f"Use degrees from -{MAX_ANGLE} to {MAX_ANGLE}."
            raise UsageError(
                f"{self.angle_degrees_ccw} is out of range", place="style.angle_degrees_ccw", remedy=remedy
            )
