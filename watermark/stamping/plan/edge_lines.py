"""The words of the edge line, where each page has room for it, and what the plan says about that."""

from collections.abc import Iterator, Sequence

from watermark.errors import UsageError
from watermark.models import Decision, plural
from watermark.pdf.contrast import LEAST_OF_LINE
from watermark.stamping.mark import Edge, LinePosition, MarkStyle
from watermark.stamping.plan.model import EdgeLine, StampRequest
from watermark.stamping.plan.page_inks import PageInks, named_pages
from watermark.stamping.plan.wording import line_language, line_link, line_words, uri_of


def edge_line_text(style: MarkStyle, request: StampRequest, notice_page: str) -> str:
    """Return the words of the line of an article; "" if none is asked for."""
    if not style.line:
        return ""
    return style.line_text or line_words(request.notice.notice, request.text, notice_page, request.wording)


def edge_line(text: str, request: StampRequest, positions: Sequence[LinePosition | None]) -> EdgeLine | None:
    """Return the line of an article with its place on each page; None for no words."""
    if not text:
        return None
    return EdgeLine(
        text=text,
        link=uri_of(line_link(request.notice.notice)),
        language=line_language(request.wording),
        positions=tuple(positions),
    )


def require_readable_line(inks: PageInks, edge: Edge | None) -> None:
    """Return if the line can be read at the edge that the user chose. Raises UsageError with its contrast if not."""
    if edge is not None and inks.faintest_line < LEAST_OF_LINE:
        raise UsageError(
            f"at the {edge.value} of a page, the edge line has a contrast of {inks.faintest_line:.2f}:1 in the best"
            f" colour, and at least {LEAST_OF_LINE:g}:1 is required",
            place="edge of the line",
            remedy="Choose another edge, or let the tool choose one for each page.",
        )


def line_decisions(line: EdgeLine | None, numbers: Sequence[int], chosen: Edge | None) -> Iterator[Decision]:
    """Yield where the line is, and on which pages, counted from 1, it is not in its usual place; `numbers` has all.

    `chosen` is the edge that the user wants, None where each page may have another one.
    """
    if line is None:
        return
    edges, count = [position.edge for position in line.positions if position], len(line.positions)
    if len(set(edges)) == 1:
        pages = f"all {count:,} pages" if count > 1 else "the page"
        where = f"{edges[0].value} of {pages if len(edges) == count else plural(len(edges), 'page')}"
        free = "no page needs another edge" if count > 1 else "the page needs no other edge"
        reason = f"the {chosen.value} was requested" if chosen else free
    else:
        where = ", ".join(f"{edge.value} of {plural(edges.count(edge), 'page')}" for edge in Edge if edge in edges)
        reason = "this is the first empty edge of each page, with the top preferred"
    if edges:
        yield Decision(name="edge line", value=f"“{line.text}”, at the {where}", reason=reason)
    pairs = list(zip(numbers, line.positions, strict=True))
    if moved := [number for number, position in pairs if position and position != LinePosition(position.edge)]:
        yield Decision(
            name="edge line",
            value=f"moved from the middle of the edge on {named_pages(moved)}",
            reason="no edge is empty in its middle there",
        )
    if without := [number for number, position in pairs if position is None]:
        yield Decision(
            name="edge line",
            value=f"left out on {named_pages(without)}",
            reason="no edge has an empty place for it there; it never crosses words, lines or pictures",
        )
