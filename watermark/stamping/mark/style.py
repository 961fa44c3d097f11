"""What may be chosen of the mark."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


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
