"""Setting the blocks of a story one after the other, and the structure element of each."""

from collections.abc import Sequence

from watermark.stamping.notice_document import labels
from watermark.stamping.notice_document.blocks import GREY, RED, Block, Paragraph, Style, Table
from watermark.stamping.notice_document.fonts import Faces
from watermark.stamping.notice_document.line_breaking import lines_of
from watermark.stamping.notice_document.pages import BOTTOM, LEFT, MEASURE, TOP, Flow, Page
from watermark.stamping.notice_document.paragraph_lines import Text
from watermark.stamping.notice_document.structure_tree import Element
from watermark.stamping.notice_document.tables import HALF_A_PAGE, TableSetter, row_heights

BAR_HEIGHT, BAR_DISTANCE = 3.0, 6.0
FOOTER = Style(size=8, leading=10, colour=GREY)
FOOTER_DISTANCE = 26.0


def set_story(story: Sequence[Block], faces: Faces, heading: str) -> tuple[list[Page], Element]:
    """Return the pages of a story and the Document element of its structure."""
    flow, document = Flow(faces), Element("Document")
    flow.page.bar(LEFT, TOP + BAR_DISTANCE, MEASURE, BAR_HEIGHT, RED)
    for place, block in enumerate(story):
        flow.space(block.style.before)
        if flow.room < _kept_height(story[place:], faces) < HALF_A_PAGE:
            flow.turn()
        if isinstance(block, Paragraph):
            _set_paragraph(flow, block, document)
        else:
            TableSetter(flow, block, document).set_rows()
    for page in flow.pages:
        text = labels.FOOTER.format(heading=heading, number=page.index + 1, count=len(flow.pages))
        page.text(None, (LEFT, BOTTOM - FOOTER_DISTANCE), text, faces.regular, FOOTER)
    return flow.pages, document


def _kept_height(blocks: Sequence[Block], faces: Faces) -> float:
    """Return the height of what has to stand on one page: what leads, and the first lines or the table that follow."""
    height = 0.0
    for place, block in enumerate(blocks):
        height += block.style.before if place else 0
        if isinstance(block, Table):
            rows = row_heights(block, faces)
            return height + sum(rows[:2] if block.header else rows)
        lines = len(lines_of(block.runs, faces, block.style.size, MEASURE))
        height += (lines if block.leads else min(lines, 2)) * block.style.leading
        if not block.leads:
            break
    return height


def _set_paragraph(flow: Flow, block: Paragraph, document: Element) -> None:
    """Set the lines, page after page, with no first or last line of the paragraph alone on a page."""
    text = Text(block.runs, block.style, flow.faces, MEASURE, document.add(block.role, language=block.language))
    lines, leading = text.lines, block.style.leading
    while lines:
        count = min(len(lines), int((flow.room + 0.01) // leading))
        if count == len(lines) - 1:
            count -= 1
        if count < min(2, len(lines)) and not flow.is_at_top:
            flow.turn()
            continue
        for line in lines[:count]:
            text.draw(flow.page, line, LEFT, flow.y)
            flow.y -= leading
        lines = lines[count:]
