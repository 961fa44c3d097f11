"""The mark, onto every page: read `stamp_pages` first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from watermark.errors import Reason, RefusedError
from watermark.pdf import serialization
from watermark.pdf.geometry import PageShape
from watermark.pdf.object_draft import Dictionary, ObjectDraft, reference
from watermark.pdf.page_tree import PageNode
from watermark.pdf.serialization import Ref
from watermark.stamping.mark import LinePlace, place_mark
from watermark.stamping.mark.mark_layout import halo_width
from watermark.stamping.mark.pages.content_isolation import OPERATORS, Isolation
from watermark.stamping.mark.pages.content_wrapping import ContentWrapper
from watermark.stamping.mark.pages.edge_line_painter import EdgeLinePainter
from watermark.stamping.mark.pages.form_xobjects import SharedForms
from watermark.stamping.mark.pages.operators import mark_operators
from watermark.stamping.mark.pages.resources import Resources
from watermark.stamping.plan import IsolationMethod, Plan

CONTENT, HALO = "/RetractionContent", "/RetractionHalo"


class StampedPage(NamedTuple):
    """What was done to one page, counted from 1.

    `in_doubt` is true if some viewers may not show what follows the page's own content; `note` says what was unusual,
    or is empty.
    """

    page_number: int
    in_doubt: bool
    note: str


def stamp_pages(
    draft: ObjectDraft, pages: Iterable[PageNode], shapes: Sequence[PageShape], plan: Plan
) -> tuple[StampedPage, ...]:
    """Draft the mark, the line and the link onto every page, and return what was done to each.

    Each page's /Contents becomes: a stream of q, the page's own streams as they are, a stream of Q that paints ours
    over them, as artifacts (ISO 32000-2 14.8.2.2). Where `plan.methods` says so, the content is read and all that it
    leaves open is closed; or a form has the content of the page, or an annotation has ours. Equal streams, forms and
    resources are shared. No object of the original gets a new revision but the page dictionaries, the page tree node
    above a page that is a direct object, and in a tagged file the structure tree's root, its document element and its
    ParentTree. `pages` and `shapes` are those of the whole file; where the receipt says that only a part of it is
    marked, `plan.line.positions` has the positions of that part.

    Raises RefusedError for a page that cannot get a revision, UsageError for words without glyphs.
    """
    own = list(zip(pages, shapes, strict=True))
    marked = [(node, shape) for node, shape in own if plan.receipt.carries_mark(node.number)]
    others = [node for node, _ in own if not plan.receipt.carries_mark(node.number)]
    printer = _PageStamper(draft, [node for node, _ in marked], others, plan)
    done = tuple(printer.page(index, shape) for index, (_, shape) in enumerate(marked))
    if printer.line is not None:
        printer.line.finish()
    return done


class _PageStamper:
    """What the pages of one document share while they are imprinted."""

    def __init__(self, draft: ObjectDraft, nodes: Sequence[PageNode], others: Sequence[PageNode], plan: Plan) -> None:
        """Prepare the pages in `nodes`; the `others` stay as they are, and the keys of their tags are in use."""
        used = Counter(reference(node.attributes.get("/Resources")) for node in nodes)
        shared = frozenset(ref for ref, count in used.items() if ref is not None and count > 1)
        self._draft = draft
        self._nodes = nodes
        self._plan = plan
        self._pages = [page_to_change(draft, node) for node in nodes]
        self._scanner = ContentWrapper(draft)
        self._resources = Resources(draft, shared)
        self._artwork = SharedForms(draft, plan, len(self._nodes))
        self.line = (
            EdgeLinePainter(
                draft, plan, plan.line, [*(entries for _, entries in self._pages), *(one.dictionary for one in others)]
            )
            if plan.line and plan.line.is_on_any_page
            else None
        )
        self._isolation = Isolation(draft, plan.pdfa_part)
        self._streams: dict[bytes, Ref] = {}

    def page(self, index: int, shape: PageShape) -> StampedPage:
        """Draft one page, the first at index 0."""
        node, page = self._nodes[index], self._pages[index]
        method = self._plan.methods.get(node.number, IsolationMethod.WRAP)
        line_at = self.line.place(index, shape) if self.line else None
        forms = {"/RetractionMark": self._artwork.mark(node.number)}
        if halo := self._artwork.halo(node.number):
            forms[HALO] = halo
        if line_at is not None:
            forms["/RetractionLine"] = self._artwork.line(line_at.rows, node.number)
        note, in_doubt = "", False
        if method is IsolationMethod.ANNOTATION:
            painted = self._painted(index, shape, line_at, {name: name for name in forms}, None)
            words = self._plan.line.text if self._plan.line and line_at else self._plan.style.text
            self._isolation.annotate(page, painted, dict(forms), shape.visible, words)
        else:
            note, in_doubt = self._over_the_content(index, shape, line_at, forms, method)
        return StampedPage(page_number=node.number, in_doubt=in_doubt, note=note)

    def _over_the_content(
        self, index: int, shape: PageShape, line_at: LinePlace | None, forms: dict[str, Ref], method: IsolationMethod
    ) -> tuple[str, bool]:
        """Paint over the content, wrapped or as a form; return a note, and whether it is in doubt."""
        node, (_, entries) = self._nodes[index], self._pages[index]
        own = node.attributes.get("/Resources")
        members = self._scanner.members(entries.get("/Contents"))
        if method is IsolationMethod.FORM:
            forms = {CONTENT: self._isolation.content_as_form(members, own, shape.visible), **forms}
        resources = self._resources.extended(own, forms, inherited="/Resources" not in entries)
        entries["/Resources"] = resources.value
        content = self._scanner.content(members) if self.line and self.line.is_statement(index) else None
        painted = self._painted(index, shape, line_at, resources.names, content)
        if method is IsolationMethod.FORM:
            entries["/Contents"] = self._stream(OPERATORS % serialization.name(resources.names[CONTENT]) + painted)
            return "", False
        wrapping = self._scanner.wrapping(members, scanned=method is IsolationMethod.CLOSED)
        before = [self._stream(b"q\n" * wrapping.saves)] if wrapping.saves else []
        entries["/Contents"] = [*before, *members, self._stream(wrapping.closing + painted)]
        return wrapping.note, wrapping.in_doubt

    def _painted(
        self, index: int, shape: PageShape, line_at: LinePlace | None, names: Mapping[str, str], content: bytes | None
    ) -> bytes:
        """Return the operators that paint the mark and the line, and give the line its link."""
        mark_at = place_mark(shape, self._artwork.letters, self._plan.style)
        painted = b""
        if HALO in names:
            painted = mark_operators(names[HALO], mark_at, stroke=True, wider=halo_width(self._plan.style))
        painted += mark_operators(names["/RetractionMark"], mark_at, stroke=self._plan.outline_only)
        if self.line is None or line_at is None:
            return painted
        return painted + self.line.onto(self._pages[index], line_at, names["/RetractionLine"], content)

    def _stream(self, content: bytes) -> Ref:
        if content not in self._streams:
            self._streams[content] = self._draft.add_stream({}, content, compress=len(content) > 64)
        return self._streams[content]


def page_to_change(draft: ObjectDraft, node: PageNode) -> tuple[Ref, Dictionary]:
    """Return the reference of a page and its dictionary, to be changed.

    A page that is a direct object inside /Kids becomes an indirect object; its parent gets a new revision. Raises
    RefusedError when the parent is a direct object too.
    """
    ref = reference(node.dictionary)
    if ref is not None and draft.is_in_the_file(ref):
        return ref, draft.change(node.dictionary)
    above = reference(node.parent)
    if above is None or not draft.is_in_the_file(above):
        raise RefusedError(
            Reason.DAMAGED,
            "the page and the page tree node above it are direct objects",
            place=f"page {node.number}",
            remedy="Allow the file to be rewritten; the original is then embedded unchanged.",
            argument="rebuild",
        )
    page = draft.copy_dict(node.dictionary)
    ref = draft.add(page)
    parent = draft.change(node.parent)
    kids = draft.copy_array(parent.get("/Kids"))
    kids[node.place_in_kids] = ref
    parent["/Kids"] = kids
    return ref, page
