"""The line on each page: its words, its link, and what it is to assistive technology.

The link to the notice is one annotation a page (ISO 32000-2 12.5.6.5).
"""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial

import pikepdf

from watermark.pdf.geometry import Box, PageShape
from watermark.pdf.object_draft import ARRAYS, Dictionary, ExtendedArray, ObjectDraft, reference
from watermark.pdf.serialization import Name, Raw, Ref, Value
from watermark.stamping.mark import LinePlace, place_line
from watermark.stamping.mark.pages.operators import as_artifact, as_content, line_operators, significant
from watermark.stamping.mark.pages.structure_elements import Tags
from watermark.stamping.plan import EdgeLine, Plan

_LINK: Dictionary = {
    "/Type": Name("/Annot"),
    "/Subtype": Name("/Link"),
    "/F": 4,  # Print
    "/Border": Raw(b"[0 0 0]"),
    "/Contents": "Retraction notice",  # direct: some readers do not follow a reference here
}


def add_action(draft: ObjectDraft, link: str) -> Ref:
    """Enter the action that all pages share, which leads to `link`, a URI (RFC 3986), and return its reference."""
    return draft.add({"/Type": Name("/Action"), "/S": Name("/URI"), "/URI": link.encode("ascii")})


def add_link(
    draft: ObjectDraft, page: tuple[Ref, Dictionary], box: Box, action: Ref, tie: Callable[[Ref], int] | None
) -> None:
    """Put a link over `box` (user space) into the page, given as drafted.

    The page gets its own copy of its array of annotations, as another page may share it. Nothing is changed when what
    the page has for /Annots is no array. `tie` enters the annotation into the structure tree and returns its key there.
    """
    ref, entries = page
    found = draft.resolve(entries.get("/Annots"))
    if found is not None and not isinstance(found, ARRAYS):
        return
    link = draft.add(None)
    key: Dictionary = {"/StructParent": tie(link)} if tie else {}
    of_the_page: Dictionary = {"/Rect": _rectangle(box), "/P": ref, "/A": action}
    draft.replace(link, _LINK | of_the_page | key)
    entries["/Annots"] = ExtendedArray(found, [link]) if isinstance(found, pikepdf.Array) else [*(found or ()), link]


@lru_cache(maxsize=256)
def _rectangle(box: Box) -> Raw:
    return Raw(b"[%b]" % b" ".join(significant(side) for side in box))


class EdgeLinePainter:
    """Draws up the line of each page; in a tagged file the first one is content, the others as an artifact."""

    def __init__(self, draft: ObjectDraft, plan: Plan, line: EdgeLine, pages: Sequence[Value]) -> None:
        """Enter what the lines of all pages share; `pages` are the dictionaries of all pages, as drafted."""
        self._draft = draft
        self._line = line
        self._first = next((index for index, position in enumerate(line.positions) if position), None)
        self._font_path = plan.style.font_path
        self._link: Ref | None = add_action(draft, line.link) if line.link else None
        self._tags: Tags | None = None
        tree = reference(draft.catalog.get("/StructTreeRoot"))
        if tree is not None and (plan.tagged or plan.pdfua):
            self._tags = Tags(draft, tree, pages, line.language)

    def place(self, index: int, shape: PageShape) -> LinePlace | None:
        """Return the layout of the line on a page, the first at index 0; None where the page has no room for it."""
        position = self._line.positions[index]
        return place_line(shape, self._line.text, position, self._font_path) if position else None

    def is_statement(self, index: int) -> bool:
        """Whether the line of this page, the first at index 0, is read aloud as part of the text."""
        return index == self._first and self._tags is not None

    def onto(self, page: tuple[Ref, Dictionary], at: LinePlace, name: str, content: bytes | None) -> bytes:
        """Give the page its link, and return the operators that paint the line under its `name` in the resources.

        `content` is the page's own content where the line is a statement in it, if it could be decoded.
        """
        tag, element = as_artifact(at.edge), None
        if self._tags is not None and content is not None:
            statement = self._tags.statement(page, content, linked=self._link is not None)
            if statement is not None:
                mcid, role, element = statement
                tag = as_content(role, mcid)
        if self._link is not None:
            tie = partial(self._tags.link, page, element) if self._tags is not None else None
            add_link(self._draft, page, at.box, self._link, tie)
        return line_operators(name, at, tag)

    def finish(self) -> None:
        """Enter the elements of all pages into the structure tree."""
        if self._tags is not None:
            self._tags.finish()
