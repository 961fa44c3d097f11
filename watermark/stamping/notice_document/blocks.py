"""What a story is made of: runs of words, paragraphs and tables. Sizes and distances are points."""

from dataclasses import dataclass, replace
from typing import TypeAlias

Colour: TypeAlias = tuple[float, float, float]

INK: Colour = (0.1, 0.1, 0.1)
GREY: Colour = (0.36, 0.36, 0.36)
RED: Colour = (0.62, 0.07, 0.07)
BLUE: Colour = (0.04, 0.27, 0.52)
HAIRLINE: Colour = (0.72, 0.72, 0.72)


PAGE_LINK = "#page="
"""Before the number, from 1, of a page of the article that a run leads to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a paragraph looks; `before` is the distance to what stands above it on the same page."""

    size: float
    leading: float
    colour: Colour = INK
    before: float = 0.0

    def baseline_below(self, y: float) -> float:
        """Return the height of the baseline of a line whose upper edge is at y."""
        return y - self.leading * 0.5 - self.size * 0.32

    def painted(self, colour: Colour) -> "Style":
        """Return the same style in another colour."""
        return replace(self, colour=colour)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words in one look; `link` is a URL in ASCII, or a page of the article behind PAGE_LINK, or nothing."""

    text: str
    bold: bool = False
    link: str = ""


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text. `role` is its structure type; what `leads` stands on the page of what follows it."""

    runs: Runs
    style: Style
    role: str = "P"
    language: str = ""
    leads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells. `header` heads the columns; without one the first cell of each row heads it.

    `shares` are the widths of the columns as shares of the measure; `heads_language` is that of all heading cells.
    A table without a header stays together on one page when it can.
    """

    shares: tuple[float, ...]
    rows: tuple[tuple[Runs, ...], ...]
    style: Style
    header: tuple[str, ...] = ()
    heads_language: str = ""
    cells_language: str = ""


Block: TypeAlias = Paragraph | Table


def runs_of(block: Block) -> Runs:
    """Return every run of a block, for the fonts to know what they need."""
    match block:
        case Paragraph():
            return block.runs
        case Table():
            heads = tuple(Run(text=text, bold=True) for text in block.header)
            return heads + tuple(run for row in block.rows for cell in row for run in cell)
