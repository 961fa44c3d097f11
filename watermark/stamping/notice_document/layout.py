"""The blocks of the document as reportlab's flowables, set one after the other on pages of one size."""

import copy
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count, zip_longest
from typing import Any, TypeAlias

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import _fonts
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageTemplate, Table
from reportlab.platypus import Paragraph as Words
from reportlab.platypus.paragraph import ParaLines, cjkFragSplit
from reportlab.platypus.paraparser import ParaFrag

from watermark.pdf.fonts.directions import runs_from_right
from watermark.pdf.fonts.font_stack import FontStack
from watermark.stamping.notice_document import blocks
from watermark.stamping.notice_document.blocks import (
    PAGE_LINK,
    Block,
    Colour,
    Letterhead,
    Logo,
    Span,
    Spans,
    Style,
)
from watermark.stamping.notice_document.canvas import Ink, LayoutFont, LinkTo, NoticeCanvas
from watermark.stamping.notice_document.labels import Labels
from watermark.stamping.notice_document.structure_tree import StructureTree
from watermark.stamping.notice_document.text_cleanup import is_mostly_wide

Paper: TypeAlias = tuple[float, float]
MARGIN, TOP, BOTTOM = 62.0, 60.0, 62.0
BAR_HEIGHT, BAR_DISTANCE = 3.0, 6.0
FOOTER_SIZE, FOOTER_DISTANCE = 8.0, 26.0
GUTTER, PADDING, INDENT = 10.0, 3.0, 14.0
COLOURS = {"ink": (0.1, 0.1, 0.1), "grey": (0.36, 0.36, 0.36), "link": (0.04, 0.27, 0.52), "line": (0.72, 0.72, 0.72)}
BULLET = "\u2022"
MAX_LOGO = (200.0, 40.0)
"""Largest width and height of a logo in points."""
_NUMBERS = count()


@dataclass(frozen=True, slots=True)
class Fonts:
    """A font stack for each weight."""

    regular: FontStack
    bold: FontStack
    italic: FontStack
    bold_italic: FontStack

    def of(self, span: Span) -> FontStack:
        """Return the stack for a span."""
        if span.bold:
            return self.bold_italic if span.italic else self.bold
        return self.italic if span.italic else self.regular


class _Words(Words):  # type: ignore[misc] # reportlab ships no types
    """A paragraph that is broken into lines once, and never leaves a single line on a page."""

    _lines_for = 0.0
    _is_drawn = False
    from_right = False

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if abs(width - self._lines_for) > 1:
            super().wrap(width, height)
            self._lines_for = width
            for line in self.blPara.lines if self.from_right else ():
                line.words.reverse()
        self.height = len(self.blPara.lines) * self.style.leading
        return width, self.height

    def breakLinesCJK(self, widths: list[float]) -> ParaLines:  # noqa: N802 - reportlab's name
        return cjkFragSplit(self.frags, widths, calcBounds=False)

    def split(self, width: float, height: float) -> list[Flowable]:
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

    def beginText(self, x: float, y: float) -> object:  # noqa: N802 - reportlab's name
        text = super().beginText(x, y)
        text.from_right = self.from_right
        return text

    def draw(self) -> None:
        """Draw the words; a heading of a table that is drawn again on the next page is an artifact there."""
        self.canv.is_repeated = self._is_drawn
        super().draw()
        self.canv.is_repeated, self._is_drawn = False, True


class _Rows(Table):  # type: ignore[misc] # reportlab ships no types
    """A table whose lines are artifacts."""

    def _drawLines(self) -> None:  # noqa: N802 - reportlab's name
        with self.canv.artifact():
            super()._drawLines()

    @property
    def row_heights(self) -> list[float]:
        """The heights of the rows in points, once the table has been wrapped."""
        return list(self._rowHeights)


class _LogoBox(Flowable):  # type: ignore[misc] # reportlab ships no types
    """The publisher's logo, as an artifact: the publisher's name is text."""

    def __init__(self, logo: Logo) -> None:
        super().__init__()
        scale = min(MAX_LOGO[0] / logo.width, MAX_LOGO[1] / logo.height)
        self.width, self.height = logo.width * scale, logo.height * scale

    def draw(self) -> None:
        with self.canv.artifact():
            self.canv.addLiteral(f"q {self.width:.2f} 0 0 {self.height:.2f} 0 0 cm /NoticeLogo Do Q")


def _pieces(words: _Words, width: float, height: float) -> Iterator[_Words]:
    """Yield the words of a cell in pieces no higher than `height`: a row of a table is not broken otherwise."""
    parts = words.split(width, height)
    while len(parts) > 1:
        yield parts[0]
        parts = parts[1].split(width, height)
    yield parts[0]


class Layout:
    """Sets the pages of one document on paper of one size in points."""

    def __init__(self, fonts: Fonts, labels: Labels, letterhead: Letterhead, tree: StructureTree, paper: Paper) -> None:
        self._fonts, self._labels, self._letterhead, self._tree, self._paper = fonts, labels, letterhead, tree, paper
        self._measure, self._depth = paper[0] - 2 * MARGIN, paper[1] - TOP - BOTTOM
        self._names = {
            stack: f"Notice{next(_NUMBERS)}" for stack in (fonts.regular, fonts.bold, fonts.italic, fonts.bold_italic)
        }

    def set_pages(self, story: Sequence[Block], heading: str) -> NoticeCanvas:
        """Return the canvas with the pages of the story."""
        frame = Frame(MARGIN, BOTTOM, self._measure, self._depth, *[0] * 4)
        page = PageTemplate(frames=[frame], onPage=self._begin_page)
        template = BaseDocTemplate(io.BytesIO(), pagesize=self._paper, pageTemplates=[page])
        footer = partial(self._draw_footer, heading)
        canvases: list[NoticeCanvas] = []

        def canvas(*args: object, **options: object) -> NoticeCanvas:
            canvases.append(NoticeCanvas(*args, tree=self._tree, footer=footer, **options))
            return canvases[0]

        for stack, name in self._names.items():
            _fonts[name] = LayoutFont(name, stack)  # reportlab finds fonts by name, in one table for the whole process
        try:
            template.build(list(self._flowables(story)), canvasmaker=canvas)
        finally:
            for name in self._names.values():
                del _fonts[name]
        return canvases[0]

    def _rgb(self, colour: str) -> Colour:
        return self._letterhead.colour_rgb if colour == "accent" else COLOURS[colour]

    def _begin_page(self, canvas: NoticeCanvas, _: object) -> None:
        self._tree.add_page()
        if canvas.getPageNumber() == 1:
            with canvas.artifact():
                canvas.setFillColorRGB(*self._rgb("accent"))
                canvas.rect(MARGIN, self._paper[1] - TOP + BAR_DISTANCE, self._measure, BAR_HEIGHT, stroke=0, fill=1)

    def _draw_footer(self, heading: str, canvas: NoticeCanvas, number: int, of: int) -> None:
        text = canvas.beginText(MARGIN, BOTTOM - FOOTER_DISTANCE)
        text.setFont(self._names[self._fonts.regular], FOOTER_SIZE)
        text.setFillColor(Ink(self._rgb("grey"), None))
        text.textOut(self._labels["footer"].format(heading=heading, number=number, count=of))
        canvas.drawText(text)

    def _flowables(self, story: Sequence[Block]) -> Iterator[Flowable]:
        """Yield the flowables, after a conditional page break each that begins what has to stay together."""
        if self._letterhead.logo:
            yield _LogoBox(self._letterhead.logo)
        made = list(self._made(story))
        for index, (block, flowable) in enumerate(zip(story, made, strict=True)):
            height = self._kept_height(story[index:], made[index:])
            if (isinstance(block, blocks.Table) or block.leads) and height < self._depth / 2:
                yield CondPageBreak(height + flowable.getSpaceBefore())
            yield flowable

    def _kept_height(self, story: Sequence[Block], made: Sequence[Flowable]) -> float:
        """Return the height of a block and those it leads to: two lines of a paragraph, or a table or its beginning."""
        height, whole = 0.0, 0.0
        for index, (block, flowable) in enumerate(zip(story, made, strict=True)):
            height += flowable.getSpaceBefore() if index else 0
            whole = flowable.wrap(self._measure, self._depth)[1]
            if isinstance(block, blocks.Table):
                return height + float(sum(flowable.row_heights[:2]) if block.header else whole)
            if not block.leads:
                return height + float(min(whole, 2 * flowable.style.leading))
            height += whole
        return height

    def _made(self, story: Sequence[Block]) -> Iterator[Flowable]:
        items = None
        for block in story:
            if isinstance(block, blocks.Paragraph) and block.is_item:
                items = items or self._tree.add(self._tree.document, "L")
                item = self._tree.add(items, "LI")
                label = partial(self._tree.add, item, "Lbl")
                yield self._words(block.spans, block.style, partial(self._tree.add, item, "LBody"), label)
                continue
            items = None
            if isinstance(block, blocks.Table):
                yield self._table(block)
            else:
                element = self._tree.add(self._tree.document, block.role, language=block.language)
                yield self._words(block.spans, block.style, partial(lambda found: found, element))

    def _words(
        self, spans: Spans, style: Style, owner: Callable[[], Any], label: Callable[[], Any] | None = None
    ) -> _Words:
        text = "".join(span.text for span in spans)
        from_right = runs_from_right(text)
        regular = self._names[self._fonts.regular]
        needed = max((self._fonts.of(span).line_height for span in spans), default=0.0)
        ink = Ink(self._rgb(style.colour), owner)
        look = ParagraphStyle(
            "notice",
            fontName=regular,
            fontSize=style.size,
            leading=max(style.leading, needed * style.size),
            spaceBefore=style.before,
            alignment=2 if from_right else 0,
            wordWrap="CJK" if is_mostly_wide(text) else None,
            leftIndent=INDENT if label else 0,
            bulletFontName=regular,
            bulletFontSize=style.size,
            bulletColor=Ink(self._rgb(style.colour), label),
        )
        words = _Words(None, look, BULLET if label else None, frags=[self._frag(span, style, ink) for span in spans])
        words.from_right = from_right
        return words

    def _frag(self, span: Span, style: Style, ink: Ink) -> ParaFrag:
        link = []
        if span.link:
            page = span.link.removeprefix(PAGE_LINK)
            ink = Ink(COLOURS["link"], partial(self._link_in, ink))
            target = LinkTo("link")
            label = self._labels["page_description" if page != span.link else "link_description"]
            target.ink, target.address, target.description = ink, span.link, label.format(page=page, url=span.link)
            link = [(next(_NUMBERS), target)]
        name = self._names[self._fonts.of(span)]
        more = {"rise": 0, "us_lines": [], "backColor": None}  # what reportlab's parser of markup would add
        return ParaFrag(text=span.text, fontName=name, fontSize=style.size, textColor=ink, link=link, **more)

    def _link_in(self, ink: Ink) -> Any:  # noqa: ANN401 - an element
        return self._tree.add(ink.owner, "Link", language=self._labels.language)

    def _table(self, table: blocks.Table) -> _Rows:
        element, line = self._tree.add(self._tree.document, "Table"), (0.5, Color(*COLOURS["line"]))
        widths = [share * self._measure for share in table.shares]
        style = replace(table.style, before=0)
        rows: list[Sequence[Any]] = []
        lines: list[tuple[Any, ...]] = []
        for index, row in enumerate((table.header, *table.rows) if table.header else table.rows):
            tags, cells = self._tree.add(element, "TR"), []
            for column, (spans, width) in enumerate(zip(row, widths, strict=True)):
                scope = ("" if index else "Column") if table.header else ("" if column else "Row")
                role, language = ("TH", table.language) if scope else ("TD", "")
                cell = self._tree.add(tags, role, language=language, scope=scope)
                words = self._words(spans, style, partial(lambda found: found, cell))
                cells.append(list(_pieces(words, width - GUTTER, self._depth / 4)))
            lines.append(("LINEABOVE", (0, len(rows)), (-1, len(rows)), *line))
            rows += zip_longest(*cells, fillvalue="")
        look = [
            *((name, (0, 0), (-1, -1), value) for name, value in self._cell_look().items()),
            *lines,
            *(("LINEBELOW", (0, row), (-1, row), *line) for row in ("splitlast", -1)),
        ]
        made = _Rows(rows, colWidths=widths, repeatRows=1 if table.header else 0, style=look)
        made.spaceBefore = table.style.before
        return made

    def _cell_look(self) -> dict[str, object]:
        edges = {"LEFTPADDING": 0, "RIGHTPADDING": GUTTER, "TOPPADDING": PADDING, "BOTTOMPADDING": PADDING}
        return {"FONTNAME": self._names[self._fonts.regular], "VALIGN": "TOP", **edges}
