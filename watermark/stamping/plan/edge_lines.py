"""The words of the edge line, where each page has room for it, and what the plan says about that."""

from collections.abc import Iterator, Sequence

from watermark.article import ArticleInfo
from watermark.errors import FailedError, UsageError
from watermark.models import Decision
from watermark.pdf.geometry import PageShape
from watermark.pdf.rendering import RenderedDocument
from watermark.stamping.mark import Edge, LinePosition, MarkStyle, choose_position
from watermark.stamping.mark.edge_selection import SAFE_EDGES, SIDEWAYS_EDGES
from watermark.stamping.mark.ink import LINE
from watermark.stamping.plan.link_uri import uri_of
from watermark.stamping.plan.model import EdgeLine, StampRequest
from watermark.stamping.plan.page_inks import PageInks, named_pages
from watermark.stamping.plan.recorded_choices import Replay
from watermark.stamping.plan.wording import line_language, line_link, line_words


def edge_line(
    style: MarkStyle,
    request: StampRequest,
    info: ArticleInfo,
    source: Replay | RenderedDocument | None,
    notice_page: str,
) -> EdgeLine | None:
    """Return the line of an article; None if none is asked for.

    `source` shows the pages of the original, or has the positions that were taken before; without it the line is at
    the top of every page. Raises UsageError for characters without a glyph.
    """
    if not style.line:
        return None
    text = style.line_text or line_words(request.notice.notice, request.text, notice_page, request.wording)
    if isinstance(source, Replay):
        positions = source.positions
    elif style.line_edge is not None or source is None:
        positions = (LinePosition(style.line_edge or Edge.TOP),) * len(info.shapes)
    else:
        positions = tuple(
            _position(source, page_number, shape, text, style)
            for page_number, shape in zip(info.page_numbers, info.shapes, strict=True)
        )
    return EdgeLine(
        text=text,
        link=uri_of(line_link(request.notice.notice)),
        language=line_language(request.wording),
        positions=positions,
    )


def _position(
    rendered: RenderedDocument, page_number: int, shape: PageShape, text: str, style: MarkStyle
) -> LinePosition | None:
    try:
        picture = rendered.page_image(page_number)
        edges = SIDEWAYS_EDGES if rendered.is_text_rotated(page_number) else SAFE_EDGES
        return choose_position(picture, shape, text, style, edges)
    except FailedError:
        return LinePosition(Edge.TOP)  # the page cannot be rendered: the verification reports it


def require_readable_line(inks: PageInks, edge: Edge | None) -> None:
    """Return if the line can be read at the edge that the user chose. Raises UsageError with its contrast if not."""
    if edge is not None and inks.faintest_line < LINE:
        raise UsageError(
            f"at the {edge.value} of a page, the edge line has a contrast of {inks.faintest_line:.2f}:1 in the best"
            f" colour, and at least {LINE:g}:1 is required",
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
        pages = f"all {count} pages" if count > 1 else "the page"
        where = f"{edges[0].value} of {pages if len(edges) == count else _pages(len(edges))}"
        free = "no page needs another edge" if count > 1 else "the page needs no other edge"
        reason = f"the {chosen.value} was requested" if chosen else free
    else:
        where = ", ".join(f"{edge.value} of {_pages(edges.count(edge))}" for edge in Edge if edge in edges)
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


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"
