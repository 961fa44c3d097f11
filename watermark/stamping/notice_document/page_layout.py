"""The blocks of the document as paragraphs and tables with tags, and their positions on the pages."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable
from reportlab.platypus.paraparser import ParaFrag

from watermark.pdf.fonts.font_stack import FontFamily
from watermark.pdf.tagged.canvas import Ink, LinkTo, TaggedCanvas
from watermark.pdf.tagged.flowables import (
    Picture,
    TaggedParagraph,
    TaggedTable,
    kept_together,
    part_of,
    row_of_pictures,
    table_of,
)
from watermark.pdf.tagged.pages import font_names, set_pages
from watermark.pdf.tagged.sheet import Sheet
from watermark.pdf.tagged.structure_tree import PAGE_LINK, StructureTree
from watermark.stamping.notice_document.blocks import (
    Block,
    Colour,
    FigureRow,
    Letterhead,
    Paragraph,
    Span,
    Spans,
    Style,
    Table,
)
from watermark.stamping.notice_document.labels import Labels

SIDE, TOP, BOTTOM = 62.0, 60.0, 62.0
BAR_HEIGHT, BAR_DISTANCE = 3.0, 6.0
FOOTER_SIZE, FOOTER_DISTANCE = 8.0, 26.0
INDENT = 14.0
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
    """Sets the pages of one document on paper of one size in points."""

    def __init__(
        self, fonts: FontFamily, labels: Labels, letterhead: Letterhead, tree: StructureTree, paper: tuple[float, float]
    ) -> None:
        self._fonts, self._labels, self._letterhead, self._tree = fonts, labels, letterhead, tree
        self._sheet = Sheet(size=paper, side=SIDE, top=TOP, bottom=BOTTOM)
        self._names = font_names(fonts.stacks)

    def set_pages(self, story: Sequence[Block], heading: str) -> TaggedCanvas:
        """Return the canvas with the pages of the story."""
        footer = partial(self._draw_footer, heading)
        flowables = partial(self._flowables, story)
        return set_pages(flowables, self._names, self._tree, self._sheet, first=self._draw_bar, footer=footer)

    def _rgb(self, colour: str) -> Colour:
        return self._letterhead.colour_rgb if colour == "accent" else COLOURS[colour]

    def _draw_bar(self, canvas: TaggedCanvas) -> None:
        with canvas.artifact():
            canvas.setFillColorRGB(*self._rgb("accent"))
            y = self._sheet.size[1] - TOP + BAR_DISTANCE
            canvas.rect(SIDE, y, self._sheet.width, BAR_HEIGHT, stroke=0, fill=1)

    def _draw_footer(self, heading: str, canvas: TaggedCanvas, number: int, of: int) -> None:
        text = canvas.beginText(SIDE, BOTTOM - FOOTER_DISTANCE)
        text.setFont(self._names[self._fonts.regular], FOOTER_SIZE)
        text.setFillColor(Ink(self._rgb("grey"), None))
        text.textOut(self._labels["footer"].format(heading=heading, number=number, count=of))
        canvas.drawText(text)

    def _flowables(self, story: Sequence[Block]) -> Iterator[Flowable]:
        """Yield the flowables, with a conditional page break before those that stay with what follows."""
        if logo := self._letterhead.logo:
            scale = min(MAX_LOGO[0] / logo.width, MAX_LOGO[1] / logo.height)
            yield Picture(logo.width * scale, logo.height * scale)
        made = list(zip(story, self._made(story), strict=True))
        kept = [isinstance(block, Table | FigureRow) or block.leads for block, _ in made]
        starts = {id(one) for block, one in made if isinstance(block, Paragraph) and block.starts_page}
        for flowable in kept_together([flowable for _, flowable in made], kept, self._sheet):
            if id(flowable) in starts:
                yield CondPageBreak(self._sheet.height - 1)
            yield flowable

    def _made(self, story: Sequence[Block]) -> Iterator[Flowable]:
        add, items = self._tree.add, None
        for block in story:
            if isinstance(block, Table):
                yield self._table(block)
            elif isinstance(block, FigureRow):
                yield self._figures(block)
            elif block.is_item:
                items = items or add(self._tree.document, "L")
                item = add(items, "LI")
                bullet = Ink(self._rgb(block.style.colour), partial(add, item, "Lbl"))
                yield self._words(block.spans, block.style, partial(add, item, "LBody"), bullet)
                continue
            else:
                yield self._words(block.spans, block.style, self._element(block.role, language=block.language))
            items = None

    def _element(self, role: str, parent: Any = None, **more: str) -> Callable[[], Any]:  # noqa: ANN401 - an element
        """Add an element now, and return what finds it."""
        element = self._tree.add(parent if parent is not None else self._tree.document, role, **more)
        return lambda: element

    def _words(
        self, spans: Spans, style: Style, owner: Callable[[], Any], bullet: Ink | None = None
    ) -> TaggedParagraph:
        height = max((self._fonts.of(bold=s.bold, italic=s.italic).line_height for s in spans), default=0.0)
        paragraph_style = ParagraphStyle(
            "words",
            fontName=self._names[self._fonts.regular],
            fontSize=style.size,
            leading=max(style.leading, height * style.size),
            spaceBefore=style.before,
            leftIndent=INDENT if bullet else 0,
        )
        ink = Ink(self._rgb(style.colour), owner)
        return TaggedParagraph([self._part(span, style, ink) for span in spans], paragraph_style, bullet=bullet)

    def _part(self, span: Span, style: Style, ink: Ink) -> ParaFrag:
        stack = self._fonts.of(bold=span.bold, italic=span.italic)
        stack.require(span.text)
        name = self._names[stack]
        if not span.link:
            own = Ink(self._rgb(span.colour), lambda: ink.owner) if span.colour else ink
            return part_of(span.text, name, style.size, own)
        page = span.link.removeprefix(PAGE_LINK)
        label = self._labels["page_description" if page != span.link else "link_description"]
        own = Ink(COLOURS["link"], lambda: self._tree.add(ink.owner, "Link", language=self._labels.language))
        link = LinkTo.of(own, span.link, label.format(page=page, url=span.link))
        return part_of(span.text, name, style.size, own, link)

    def _figures(self, row: FigureRow) -> TaggedTable:
        pictures, captions = [], []
        for figure in row.figures:
            element = self._tree.add_figure(self._tree.document, figure.description)
            pictures.append(Picture(figure.width, figure.height, figure.picture, element))
            captions.append(self._words(figure.caption, replace(row.style, before=0), self._element("P")))
        made = row_of_pictures(pictures, captions, self._names[self._fonts.regular])
        made.spaceBefore = row.style.before
        return made

    def _table(self, table: Table) -> TaggedTable:
        element, style = self._element("Table")(), replace(table.style, before=0)
        rows = []
        for index, row in enumerate((table.header, *table.rows) if table.header else table.rows):
            tags, cells = self._element("TR", element)(), []
            for column, spans in enumerate(row):
                scope = ("" if index else "Column") if table.header else ("" if column else "Row")
                role, language = ("TH", table.language) if scope else ("TD", table.cell_language)
                cells.append(self._words(spans, style, self._element(role, tags, language=language, scope=scope)))
            rows.append(cells)
        widths = [share * self._sheet.width for share in table.shares]
        font = self._names[self._fonts.regular]
        made = table_of(rows, widths, self._sheet, font, has_header=bool(table.header))
        made.spaceBefore = table.style.before
        return made
