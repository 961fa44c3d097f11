"""The blocks of the document as paragraphs and tables with tags, and their positions on the pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Frame
from reportlab.platypus.paraparser import ParaFrag

from watermark.pdf.fonts.font_stack import FontStack
from watermark.pdf.tagged.canvas import Ink, LinkTo, TaggedCanvas, known_fonts, set_pages
from watermark.pdf.tagged.flowables import (
    Picture,
    TaggedParagraph,
    TaggedTable,
    kept_together,
    row_of_pictures,
    table_of,
)
from watermark.pdf.tagged.structure_tree import PAGE_LINK, StructureTree
from watermark.stamping.notice_document.blocks import (
    Block,
    FigureRow,
    Paragraph,
    Span,
    Spans,
    Style,
    Table,
    Typesetting,
)

SIDE, TOP, BOTTOM = 62.0, 60.0, 62.0
BAR_HEIGHT, BAR_DISTANCE = 3.0, 6.0
FOOTER_SIZE, FOOTER_DISTANCE = 8.0, 26.0
INDENT = 14.0
PLAIN: Mapping[str, Any] = {"rise": 0, "us_lines": [], "backColor": None}
"""What reportlab's parser of markup adds to a part of a paragraph without any."""
COLOURS = {
    "ink": (0.1, 0.1, 0.1),
    "grey": (0.36, 0.36, 0.36),
    "link": (0.04, 0.27, 0.52),
    "good": (0.06, 0.38, 0.2),
    "open": (0.55, 0.3, 0.0),
}
MAX_LOGO = (200.0, 40.0)
"""Largest width and height of a logo in points."""


class Layout:
    """Sets the pages of one document."""

    def __init__(self, setting: Typesetting, tree: StructureTree) -> None:
        self._setting, self._tree, self._fonts = setting, tree, setting.fonts
        self._frame = Frame(SIDE, BOTTOM, setting.paper[0] - 2 * SIDE, setting.paper[1] - TOP - BOTTOM, *[0] * 4)
        self._names, self._font = dict[FontStack, str](), ""
        self._numbers = count()
        self._colours = {**COLOURS, "accent": setting.letterhead.colour_rgb}

    def set_pages(self, story: Sequence[Block]) -> TaggedCanvas:
        """Return the canvas with the pages of the story."""
        with known_fonts(self._fonts.stacks) as self._names:
            self._font = self._names[self._fonts.regular]
            return set_pages(self._flowables(story), self._tree, self._frame, self._draw_bar, self._draw_footer)

    def _draw_bar(self, canvas: TaggedCanvas) -> None:
        with canvas.marked():
            canvas.setFillColorRGB(*self._colours["accent"])
            y = self._setting.paper[1] - TOP + BAR_DISTANCE
            canvas.rect(SIDE, y, self._frame.width, BAR_HEIGHT, stroke=0, fill=1)

    def _draw_footer(self, canvas: TaggedCanvas, number: int, of: int) -> None:
        text = canvas.beginText(SIDE, BOTTOM - FOOTER_DISTANCE)
        text.setFont(self._font, FOOTER_SIZE)
        text.setFillColor(Ink(self._colours["grey"]))
        text.textOut(self._setting.labels["footer"].format(heading=self._setting.heading, number=number, count=of))
        canvas.drawText(text)

    def _flowables(self, story: Sequence[Block]) -> Iterator[Flowable]:
        """Yield the flowables, with a conditional page break before those that stay with what follows."""
        if logo := self._setting.letterhead.logo:
            scale = min(MAX_LOGO[0] / logo.width, MAX_LOGO[1] / logo.height)
            yield Picture(logo.width * scale, logo.height * scale)
        kept = [isinstance(block, Table | FigureRow) or block.leads for block in story]
        yield from kept_together(list(self._made(story)), kept, self._frame)

    def _made(self, story: Sequence[Block]) -> Iterator[Flowable]:
        add, items = self._tree.add, None
        for block in story:
            if isinstance(block, Paragraph) and block.is_item:
                items = items or add("L")
                item = add("LI", items)
                bullet = Ink(self._colours[block.style.colour], add("Lbl", item))
                yield self._words(block.spans, block.style, add("LBody", item), bullet)
                continue
            items = None
            if isinstance(block, Paragraph):
                made = self._words(block.spans, block.style, add(block.role, language=block.language))
                made.starts_page = block.starts_page
            else:
                made = self._table(block) if isinstance(block, Table) else self._figures(block)
                made.spaceBefore = block.style.before
            yield made

    def _words(self, spans: Spans, style: Style, owner: Any, bullet: Ink | None = None) -> TaggedParagraph:  # noqa: ANN401 - an element
        height = max((self._fonts.of(bold=s.bold, italic=s.italic).line_height for s in spans), default=0.0)
        paragraph_style = ParagraphStyle(
            "words",
            fontName=self._font,
            fontSize=style.size,
            leading=max(style.leading, height * style.size),
            spaceBefore=style.before,
            leftIndent=INDENT if bullet else 0,
        )
        ink = Ink(self._colours[style.colour], owner)
        return TaggedParagraph([self._part(span, style, ink) for span in spans], paragraph_style, bullet=bullet)

    def _part(self, span: Span, style: Style, ink: Ink) -> ParaFrag:
        stack, labels = self._fonts.of(bold=span.bold, italic=span.italic), self._setting.labels
        stack.require(span.text)
        own, links = Ink(self._colours[span.colour], ink.owner) if span.colour else ink, list[tuple[int, LinkTo]]()
        if span.link:
            page = span.link.removeprefix(PAGE_LINK)
            label = labels["page_description" if page != span.link else "link_description"]
            own = Ink(self._colours["link"], find=lambda: self._tree.add("Link", ink.owner, language=labels.language))
            links.append((next(self._numbers), LinkTo(own, span.link, label.format(page=page, url=span.link))))
        font = {"fontName": self._names[stack], "fontSize": style.size, "textColor": own}
        return ParaFrag(text=span.text, link=links, **font, **PLAIN)

    def _figures(self, row: FigureRow) -> TaggedTable:
        pictures, captions = [], []
        for figure in row.figures:
            owner = self._tree.add("Figure", alt=figure.description)
            pictures.append(Picture(figure.width, figure.height, figure.picture, owner))
            captions.append(self._words(figure.caption, replace(row.style, before=0), self._tree.add("P")))
        return row_of_pictures(pictures, captions, self._font)

    def _table(self, table: Table) -> TaggedTable:
        add, style = self._tree.add, replace(table.style, before=0)
        element, rows = add("Table"), []
        for index, row in enumerate((table.header, *table.rows) if table.header else table.rows):
            tags, cells = add("TR", element), []
            for column, spans in enumerate(row):
                scope = ("" if index else "Column") if table.header else ("" if column else "Row")
                role, language = ("TH", table.language) if scope else ("TD", table.cell_language)
                cells.append(self._words(spans, style, add(role, tags, language=language, scope=scope)))
            rows.append(cells)
        widths = [share * self._frame.width for share in table.shares]
        return table_of(rows, widths, self._frame, self._font, has_header=bool(table.header))
