"""Setting tables: rows that stay together where they can, heads that are repeated overleaf."""

from collections.abc import Sequence

from watermark.stamping.notice_document.blocks import Run, Runs, Table
from watermark.stamping.notice_document.fonts import Faces
from watermark.stamping.notice_document.line_breaking import lines_of
from watermark.stamping.notice_document.pages import BOTTOM, LEFT, MEASURE, TOP, Flow
from watermark.stamping.notice_document.paragraph_lines import Text
from watermark.stamping.notice_document.structure_tree import Element

GUTTER, PADDING = 10.0, 3.0
HALF_A_PAGE = (TOP - BOTTOM) / 2


class TableSetter:
    """Sets one table; a row stays together unless it is taller than half a page."""

    def __init__(self, flow: Flow, table: Table, document: Element) -> None:
        """Add the table to the structure."""
        self._flow = flow
        self._table = table
        self._element = document.add("Table")
        self._heights = row_heights(table, flow.faces)

    def set_rows(self) -> None:
        """Set all rows, and close the table with a line."""
        table, flow = self._table, self._flow
        for place, row in enumerate(rows_of(table)):
            is_header = bool(table.header) and place == 0
            kept = sum(self._heights[place : place + 2]) if is_header else self._heights[place]
            if flow.room < kept < HALF_A_PAGE:
                self._turn()
            self._set_row(self._cells(row, self._element.add("TR"), is_header=is_header))
        flow.hairline()
        flow.y -= PADDING

    def _cells(self, row: Sequence[Runs], element: Element, *, is_header: bool) -> list[Text]:
        table, cells = self._table, []
        for column, runs in enumerate(row):
            heads_row = column == 0 and not table.header
            scope = "Column" if is_header else "Row" if heads_row else ""
            language = table.heads_language if scope else table.cells_language
            cell = element.add("TH" if scope else "TD", language=language, scope=scope)
            cells.append(Text(runs, table.style, self._flow.faces, _widths(table)[column] - GUTTER, cell))
        return cells

    def _set_row(self, cells: Sequence[Text]) -> None:
        flow, leading = self._flow, self._table.style.leading
        count, done = max(len(cell.lines) for cell in cells), 0
        while done < count:
            fitting = min(count - done, int((flow.room - 2 * PADDING + 0.01) // leading))
            if fitting < 1:
                self._turn()
                continue
            flow.hairline()
            x = LEFT
            for cell, width in zip(cells, _widths(self._table), strict=True):
                for place, line in enumerate(cell.lines[done : done + fitting]):
                    cell.draw(flow.page, line, x, flow.y - PADDING - place * leading)
                x += width
            flow.y -= fitting * leading + 2 * PADDING
            done += fitting

    def _turn(self) -> None:
        """Go on overleaf, with the heads of the columns again: for the eye only, so as an artifact."""
        flow, style = self._flow, self._table.style
        flow.hairline()
        flow.turn()
        if not self._table.header:
            return
        x, baseline = LEFT, style.baseline_below(flow.y - PADDING)
        for head, width in zip(self._table.header, _widths(self._table), strict=True):
            flow.page.text(None, (x, baseline), head, flow.faces.bold, style)
            x += width
        flow.y -= style.leading + 2 * PADDING


def rows_of(table: Table) -> tuple[tuple[Runs, ...], ...]:
    """Return the rows, the heads of the columns first."""
    heads = tuple((Run(text=text, bold=True),) for text in table.header)
    return (heads, *table.rows) if heads else table.rows


def row_heights(table: Table, faces: Faces) -> list[float]:
    """Return the height of each row in points, the heads of the columns first."""
    size, leading = table.style.size, table.style.leading
    return [
        max(len(lines_of(runs, faces, size, width - GUTTER)) for runs, width in zip(row, _widths(table), strict=True))
        * leading
        + 2 * PADDING
        for row in rows_of(table)
    ]


def _widths(table: Table) -> list[float]:
    return [share * MEASURE for share in table.shares]
