"""The mark, onto every page: read `imprint` first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from watermark.errors import FailedError
from watermark.imprint.artwork import Artwork
from watermark.imprint.content import Scanner
from watermark.imprint.links import LinkParts, add_link, link_parts
from watermark.imprint.operators import line_operators, mark_operators
from watermark.imprint.resources import Resources
from watermark.mark import Edge, LinePlace, place_line, place_mark
from watermark.pdf.draft import Dictionary, Draft, reference
from watermark.pdf.geometry import PageShape
from watermark.pdf.pagetree import PageNode
from watermark.pdf.syntax import Ref
from watermark.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprintedPage:
    """What was done to one page, counted from 1.

    `wrapped` tells whether the page's own content was put between q and Q; `note` says in words what was out of the
    ordinary, or nothing.
    """

    page_number: int
    wrapped: bool
    edge: Edge | None
    linked: bool
    note: str


def imprint(
    draft: Draft, pages: Iterable[PageNode], shapes: Sequence[PageShape], plan: Plan
) -> tuple[ImprintedPage, ...]:
    """Draft the mark, the line and the link onto every page, and return what was done to each.

    Each page's /Contents becomes: a stream of q, the page's own streams as they are, a stream that closes them and
    paints ours over them, as artifacts (ISO 32000-2 14.8.2.2). Equal streams, forms and resources are shared. No object
    of the original gets a new revision but the page dictionaries, and the page tree node above a page that is a direct
    object. `shapes` and `plan.line.edges` are in page order.

    Raises FailedError for a page that cannot get a revision, UsageError for words without glyphs.
    """
    nodes = list(pages)
    printer = _Printer(draft, nodes, plan)
    return tuple(
        printer.page(node, shape, plan.line.edges[place] if plan.line else None)
        for place, (node, shape) in enumerate(zip(nodes, shapes, strict=True))
    )


class _Printer:
    """What the pages of one document share while they are imprinted."""

    def __init__(self, draft: Draft, nodes: Sequence[PageNode], plan: Plan) -> None:
        used = Counter(reference(node.attributes.get("/Resources")) for node in nodes)
        shared = frozenset(ref for ref, count in used.items() if ref is not None and count > 1)
        self._draft = draft
        self._plan = plan
        self._scanner = Scanner(draft)
        self._resources = Resources(draft, shared)
        self._artwork = Artwork(draft, plan)
        self._link: LinkParts | None = None
        if plan.line and plan.line.link:
            self._link = link_parts(draft, plan.line.link)
        self._streams: dict[bytes, Ref] = {}

    def page(self, node: PageNode, shape: PageShape, edge: Edge | None) -> ImprintedPage:
        """Draft one page."""
        ref, entries = page_to_change(self._draft, node)
        members = self._scanner.members(entries.get("/Contents"))
        wrapping = self._scanner.wrapping(members)
        mark_at = place_mark(shape, self._artwork.letters, self._plan.style)
        line_at = None
        forms = {"/RetractionMark": self._artwork.mark}
        if edge is not None and self._plan.line is not None:
            line_at = place_line(shape, self._plan.line.text, edge, self._plan.style.font_path)
            forms["/RetractionLine"] = self._artwork.line(line_at.rows)
        resources = self._resources.extended(
            node.attributes.get("/Resources"), forms, inherited="/Resources" not in entries
        )
        entries["/Resources"] = resources.value
        closing = wrapping.closing + mark_operators(
            resources.names["/RetractionMark"], mark_at, stroke=self._plan.stroke
        )
        linked = False
        if line_at is not None and edge is not None and self._plan.line is not None:
            closing += line_operators(resources.names["/RetractionLine"], line_at, edge, self._plan.line.language)
            linked = (
                self._link is not None
                and add_link(self._draft, (ref, entries), line_at.box, self._link, {}) is not None
            )
        before = [self._stream(b"q\n" * wrapping.saves)] if wrapping.saves else []
        entries["/Contents"] = [*before, *members, self._stream(closing)]
        return ImprintedPage(
            page_number=node.number, wrapped=bool(wrapping.saves), edge=edge, linked=linked, note=wrapping.note
        )

    def _add_link(self, page: tuple[Ref, Dictionary], line_at: LinePlace) -> bool:
        return self._link is not None and add_link(self._draft, page, line_at.box, self._link, {}) is not None

    def _stream(self, content: bytes) -> Ref:
        if content not in self._streams:
            self._streams[content] = self._draft.add_stream({}, content, compress=len(content) > 64)
        return self._streams[content]


def page_to_change(draft: Draft, node: PageNode) -> tuple[Ref, Dictionary]:
    """Return the reference of a page and its dictionary, to be altered.

    A page that is a direct object inside /Kids becomes an object of its own; its parent gets a new revision. Raises
    FailedError when the parent is a direct object too.
    """
    ref = reference(node.dictionary)
    if ref is not None:
        return ref, draft.change(ref)
    if reference(node.parent) is None:
        raise FailedError(
            "the page and the page tree node above it are direct objects",
            place=f"page {node.number}",
            remedy="Let qpdf rewrite the file first: the page tree is not as the standard has it.",
        )
    page = draft.thaw(node.dictionary)
    ref = draft.add(page)
    parent = draft.change(node.parent)
    kids = draft.thaw_array(parent.get("/Kids"))
    kids[node.place_in_kids] = ref
    parent["/Kids"] = kids
    return ref, page
