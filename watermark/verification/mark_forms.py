"""What the parser of the mark finds: the letters and the lines of text, where they are painted, and how."""

from dataclasses import dataclass
from typing import TypeAlias

from pypdf.generic import StreamObject

from watermark.verification.line_syntax import Operation

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Box: TypeAlias = tuple[float, float, float, float]
Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkForm:
    """The form with the outlines of the letters: what it draws, how, and where its ink reaches.

    `ink` is (left, bottom, right, top) in the space of the form; `opacity` is 1.0 where nothing else is set. The colour
    is red, green and blue, each 0 to 1, or None where its colour space does not tell.
    """

    number: int
    steps: tuple[Operation, ...]
    ink: tuple[float, float, float, float]
    opacity: float
    stroked: bool
    colour_rgb: tuple[float, ...] | None

    @property
    def depth(self) -> float | None:
        """How much darker than white the colour is, 0 to 1, or None where it is not known."""
        return None if self.colour_rgb is None else max(1 - part for part in self.colour_rgb)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The letters on one page: `matrix` takes the form's space to user space, `line_width` counts in the former.

    `annotation` is None where the content of the page paints them, and else the words of the annotation that does.
    `lines` are the lines of text that are painted beside them. `halo` is the same outlines, painted under them
    in another colour, in lines that are `halo_width` wide.
    """

    letters: MarkForm
    matrix: Matrix
    line_width: float
    annotation: str | None = None
    lines: "tuple[PaintedLine, ...]" = ()
    halo: MarkForm | None = None
    halo_width: float = 0.0

    @property
    def line_boxes(self) -> tuple[Box, ...]:
        """Where the lines of text are painted, in user space."""
        return tuple(line.box for line in self.lines)

    @property
    def corners(self) -> list[Point]:
        """The four corners of the ink of the letters in user space, from the lower left one against the clock."""
        a, b, c, d, e, f = self.matrix
        left, bottom, right, top = self.letters.ink
        around = [(left, bottom), (right, bottom), (right, top), (left, top)]
        return [(a * x + c * y + e, b * x + d * y + f) for x, y in around]

    @property
    def line_middles(self) -> list[Point]:
        """The middle of each line in user space."""
        return [((left + right) / 2, (bottom + top) / 2) for left, bottom, right, top in self.line_boxes]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LineForm:
    """The form with the line: `rows` are the number of letters of each, and where it begins in the form's space.

    `size` is the font size and `box` the bounding box, both in the form's space. `colour_rgb` is as in `MarkForm`.
    `language` is the one that the form itself gives; "" where it gives none.
    """

    number: int
    form: StreamObject
    rows: tuple[tuple[int, float, float], ...]
    size: float
    box: Box
    colour_rgb: tuple[float, ...] | None
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaintedLine:
    """A line where it is painted: `box` is in user space."""

    form: LineForm
    box: Box
