"""The line on each page: its words, its link, and what it is to assistive technology."""

from collections.abc import Sequence
from functools import partial

from watermark.pdf.geometry import PageShape
from watermark.pdf.object_draft import Dictionary, ObjectDraft, reference
from watermark.pdf.serialization import Ref, Value
from watermark.stamping.mark import LinePlace, place_line
from watermark.stamping.mark.pages.link_annotations import add_action, add_link
from watermark.stamping.mark.pages.operators import as_artifact, as_content, line_operators
from watermark.stamping.mark.pages.structure_elements import Tags
from watermark.stamping.plan import EdgeLine, Plan


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

    def onto(self, page: tuple[Ref, Dictionary], at: LinePlace, name: str, content: bytes | None) -> tuple[bytes, bool]:
        """Return the operators that paint the line under its `name` in the page's resources, and whether it is a link.

        `content` is the page's own content where the line is a statement in it, if it could be decoded.
        """
        tag, element = as_artifact(at.edge), None
        if self._tags is not None and content is not None:
            statement = self._tags.statement(page, content, linked=self._link is not None)
            if statement is not None:
                mcid, role, element = statement
                tag = as_content(role, mcid)
        linked = self._add_link(page, at, element)
        return line_operators(name, at, tag), linked

    def _add_link(self, page: tuple[Ref, Dictionary], at: LinePlace, element: Ref | None) -> bool:
        if self._link is None:
            return False
        tie = partial(self._tags.link, page, element) if self._tags is not None else None
        return add_link(self._draft, page, at.box, self._link, tie)

    def finish(self) -> None:
        """Enter the elements of all pages into the structure tree."""
        if self._tags is not None:
            self._tags.finish()
