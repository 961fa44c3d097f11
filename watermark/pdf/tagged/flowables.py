"""reportlab's paragraph and table with tags, and with lines in the order that their direction asks for."""

import copy
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Frame, Paragraph, Table
from reportlab.platypus.paragraph import ParaLines, cjkFragSplit
from reportlab.platypus.paraparser import ParaFrag

from watermark.pdf.fonts.directions import runs_from_right
from watermark.pdf.tagged.canvas import Ink
from watermark.pdf.tagged.structure_tree import PICTURE

BULLET = "\u2022"
WIDE, MOSTLY = {"W", "F"}, 0.2
"""Chinese and Japanese characters, and their share in a text whose lines break between any two characters."""
LINE, GUTTER = (0.72, 0.72, 0.72), 10.0
CELL = {"LEFTPADDING": 0, "RIGHTPADDING": GUTTER, "TOPPADDING": 3.0, "BOTTOMPADDING": 3.0, "VALIGN": "TOP"}
LEAST_CAPTION = 90.0
"""The width in points of the caption of a picture that is narrower."""


class TaggedParagraph(Paragraph):  # type: ignore[misc] # its types are not read
    """A paragraph that is broken into lines once, and never leaves a single line on a page."""

    starts_page = False
    _lines_for = 0.0
    _is_drawn = False

    def __init__(self, parts: Sequence[ParaFrag], style: ParagraphStyle, *, bullet: Ink | None = None) -> None:
        text = "".join(part.text for part in parts)
        self.from_right = runs_from_right(text)
        style.alignment = 2 if self.from_right else 0
        wide = 0 if text.isascii() else sum(unicodedata.east_asian_width(c) in WIDE for c in text)
        style.wordWrap = "CJK" if wide > MOSTLY * len(text) else None
        style.spaceShrinkage = 0  # it would need spaces of one byte
        style.bulletFontName, style.bulletFontSize, style.bulletColor = style.fontName, style.fontSize, bullet
        super().__init__(None, style, BULLET if bullet else None, frags=list(parts))

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size of the paragraph, broken into lines of this width."""
        if abs(width - self._lines_for) > 1:
            super().wrap(width, height)
            self._lines_for = width
            for line in self.blPara.lines if self.from_right else ():
                line.words.reverse()
        self.height = len(self.blPara.lines) * self.style.leading
        return width, self.height

    def breakLinesCJK(self, widths: list[float]) -> ParaLines:  # noqa: D102, N802 - reportlab's name
        return cjkFragSplit(self.frags, widths, calcBounds=False)

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return the part that fits into the height, and the rest; nothing if none fits."""
        self.wrap(width, height)
        lines = self.blPara.lines
        fitting = int((height + 0.01) // self.style.leading)
        if fitting >= len(lines):
            return [self]
        fitting -= fitting == len(lines) - 1
        if fitting < 2:
            return []
        parts = [copy.copy(self), copy.copy(self)]
        for part, own in zip(parts, (lines[:fitting], lines[fitting:]), strict=True):
            part.blPara = ParaLines(kind=1, lines=own)
            part.__dict__.pop("_postponed", None)  # reportlab moves each flowable to the next page only once
        parts[1].bulletText = None
        return parts

    def beginText(self, x: float, y: float) -> object:  # noqa: D102, N802 - reportlab's name
        self.canv.from_right = self.from_right  # not before: the bullet has been drawn
        return super().beginText(x, y)

    def draw(self) -> None:
        """Draw the words; a heading of a table that is drawn again on the next page is an artifact there."""
        self.canv.is_repeated = self._is_drawn
        super().draw()
        self.canv.is_repeated = self.canv.from_right = False
        self._is_drawn = True


class TaggedTable(Table):  # type: ignore[misc] # see above
    """A table between lines, which are artifacts; the headings of its columns are drawn again on the next page."""

    starts_page = False

    def _drawLines(self) -> None:  # noqa: N802 - reportlab's name
        with self.canv.marked():
            super()._drawLines()

    @property
    def kept_height(self) -> float:
        """The height in points of what stays on one page, if it can: all rows, or the headings and the first row."""
        return float(sum(self._rowHeights[:2] if self.repeatRows else self._rowHeights))


def table_of(
    rows: Sequence[Sequence[TaggedParagraph]], widths: Sequence[float], frame: Frame, font: str, *, has_header: bool
) -> TaggedTable:
    """Return a table of paragraphs; those that are higher than a quarter of the page are broken."""
    line = (0.5, Color(*LINE))
    look: list[tuple[Any, ...]] = [("LINEBELOW", (0, row), (-1, row), *line) for row in ("splitlast", -1)]
    look += [(name, (0, 0), (-1, -1), value) for name, value in {**CELL, "FONTNAME": font}.items()]
    broken: list[Sequence[Any]] = []
    for row in rows:
        cells = [_pieces(cell, width - GUTTER, frame.height / 4) for cell, width in zip(row, widths, strict=True)]
        look.append(("LINEABOVE", (0, len(broken)), (-1, len(broken)), *line))
        broken += zip_longest(*cells, fillvalue="")
    return TaggedTable(broken, colWidths=list(widths), repeatRows=int(has_header), style=look)


def kept_together(flowables: Sequence[Flowable], is_kept: Sequence[bool], frame: Frame) -> Iterator[Flowable]:
    """Yield the flowables with a conditional page break before each that is kept with the next one, and each table."""
    found, below = list[Flowable](), 0.0
    for flowable, kept in zip(reversed(flowables), reversed(is_kept), strict=True):
        whole = float(flowable.wrap(frame.width, frame.height)[1])
        if isinstance(flowable, TaggedTable):
            below = flowable.kept_height
        else:
            below = below + whole if kept else min(whole, 2 * flowable.style.leading)
        below += flowable.getSpaceBefore()
        found.append(flowable)
        if flowable.starts_page or (kept and below < frame.height / 2):
            found.append(CondPageBreak(frame.height - 1 if flowable.starts_page else below))
    yield from reversed(found)


class Picture(Flowable):  # type: ignore[misc] # see above
    """The picture of the resource `name`, in points; a figure if it has an owner in the structure, or an artifact."""

    def __init__(self, width: float, height: float, name: str = PICTURE, owner: Any = None) -> None:  # noqa: ANN401 - an element
        super().__init__()
        self.width, self.height, self._name, self._owner = width, height, name, owner

    def draw(self) -> None:
        """Draw the picture; a figure gets a thin line around it, because the paper that it shows is white, too."""
        drawn = f"q {self.width:.2f} 0 0 {self.height:.2f} 0 0 cm {self._name} Do Q"
        with self.canv.marked(self._owner, () if self._owner is None else (0, 0, self.width, self.height)):
            self.canv.addLiteral(drawn)
        if self._owner is None:
            return
        with self.canv.marked():
            self.canv.setStrokeColorRGB(*LINE)
            self.canv.setLineWidth(0.5)
            self.canv.rect(0, 0, self.width, self.height, stroke=1, fill=0)


def row_of_pictures(pictures: Sequence[Picture], captions: Sequence[TaggedParagraph], font: str) -> TaggedTable:
    """Return pictures side by side, with a caption below each."""
    look = {**CELL, "RIGHTPADDING": 2 * GUTTER, "FONTNAME": font}
    style = [(name, (0, 0), (-1, -1), value) for name, value in look.items()]
    widths = [max(picture.width, LEAST_CAPTION) + 2 * GUTTER for picture in pictures]
    return TaggedTable([list(pictures), list(captions)], colWidths=widths, style=style, hAlign="LEFT")


def _pieces(paragraph: TaggedParagraph, width: float, height: float) -> Iterator[TaggedParagraph]:
    """Yield a paragraph in pieces no higher than `height`: where reportlab breaks a row itself, it may never end."""
    while len(parts := paragraph.split(width, height)) > 1:
        yield parts[0]
        paragraph = parts[1]
    yield paragraph
