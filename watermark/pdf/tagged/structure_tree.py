"""The structure tree: headings, paragraphs, lists, tables and links, entered as they are drawn (ISO 32000-2 14.7)."""

from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, String

COLOUR_SPACE, PICTURE, FONT = "/TextRGB", "/Picture", "/Text"
"""Names of the resources of every page; a number follows that of a font, from 0."""
PAGE_LINK = "#page="
"""Before the number, from 1, of a page of another document that a link leads to."""


@dataclass(slots=True, eq=False)
class Element:
    """An element of the structure, which becomes a dictionary when the tree is finished: each access to one takes long.

    `page` is the index of the page on which its content begins, and `kids` are elements or what is on pages.
    """

    role: str
    parent: "Element | None"
    entries: dict[str, Any] = field(default_factory=dict)
    kids: "list[Element | _Content]" = field(default_factory=list)
    page: int = -1


_Content: TypeAlias = tuple[int, int | pikepdf.Object]
"""The index of a page, with the number of marked content on it or an annotation."""


class StructureTree:
    """The tree of one new document, whose pages are added here, too. Keys of its ParentTree: pages, then links."""

    def __init__(self, pdf: pikepdf.Pdf, paper: tuple[float, float]) -> None:
        self._pdf, self.paper = pdf, paper
        self._root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = Element("Document", None)
        self._new = [self.document]
        self._made: dict[Element, Any] = {}
        self._pages: list[Any] = []
        self._owners: list[list[Element]] = []
        self._links: list[tuple[Any, Element]] = []

    def add_page(self) -> None:
        """Begin a new page."""
        self._make()
        self._pdf.add_blank_page(page_size=self.paper)
        page = self._pdf.pages[-1].obj
        page.update(Dictionary(CropBox=page.MediaBox, Rotate=0, Tabs=Name.S, StructParents=len(self._owners)))
        self._pages.append(page)
        self._owners.append([])

    def add(
        self, role: str, parent: Element | None = None, *, language: str = "", scope: str = "", alt: str = ""
    ) -> Element:
        """Return a new last element of `parent`, or of the document.

        `scope` is that of a heading in a table, `alt` the description of a figure for assistive technology.
        """
        parent = self.document if parent is None else parent
        element = Element(role, parent)
        if language:
            element.entries["/Lang"] = String(language)
        if alt:
            element.entries["/Alt"] = String(alt)
        if scope:
            element.entries["/A"] = Dictionary(O=Name.Table, Scope=Name("/" + scope))
        if role == "L":
            element.entries["/A"] = Dictionary(O=Name.List, ListNumbering=Name.Disc)
        parent.kids.append(element)
        self._new.append(element)
        return element

    def mark(self, owner: Element | None) -> str:
        """Return the operator that begins marked content of an element on the last page, or an artifact."""
        if owner is None:
            return "/Artifact BMC"
        page, mcid = len(self._owners) - 1, len(self._owners[-1])
        self._owners[-1].append(owner)
        owner.page = page if owner.page < 0 else owner.page
        owner.kids.append((page, mcid))
        return f"/{owner.role} <</MCID {mcid}>> BDC"

    def place(self, figure: Element, rectangle: tuple[float, ...]) -> None:
        """Enter the rectangle of a figure on the last page, in points."""
        self._make()
        box = Array([round(value, 2) for value in rectangle])
        self._made[figure].A = Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block)

    def link(self, owner: Element, rectangle: tuple[float, ...], url: str, description: str) -> None:
        """Make a rectangle on the last page, in points, a link.

        The destination of a link to a page of another document is the page's index until both are one document.
        """
        page = self._pages[-1]
        annotation = Dictionary(Type=Name.Annot, Subtype=Name.Link, F=4, Border=Array([0, 0, 0]), P=page)
        annotation.update(Dictionary(Rect=[round(value, 2) for value in rectangle], Contents=String(description)))
        if url.startswith(PAGE_LINK):
            annotation.Dest = Array([int(url.removeprefix(PAGE_LINK)) - 1, Name.Fit])
        else:
            annotation.A = Dictionary(Type=Name.Action, S=Name.URI, URI=String(url))
        self._make()
        annotation = self._pdf.make_indirect(annotation)
        if "/Annots" not in page:
            page.Annots = Array([])
        page.Annots.append(annotation)
        owner.kids.append((len(self._pages) - 1, annotation))
        self._links.append((annotation, owner))

    def finished(self) -> Any:  # noqa: ANN401 - a dictionary
        """Return the StructTreeRoot with its ParentTree."""
        self._make()
        for element, entries in self._made.items():
            if element.page >= 0:
                entries.Pg = self._pages[element.page]
            entries.K = Array([self._kid(kid, element) for kid in element.kids])
        numbers: list[Any] = []
        for key, owners in enumerate(self._owners):
            numbers += [key, self._pdf.make_indirect(Array([self._made[owner] for owner in owners]))]
        for key, (annotation, owner) in enumerate(self._links, len(self._owners)):
            annotation.StructParent = key
            numbers += [key, self._made[owner]]
        self._root.K = self._made[self.document]
        self._root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        self._root.ParentTreeNextKey = len(numbers) // 2
        return self._root

    def _make(self) -> None:
        """Enter the elements that are new into the document: in their order, which is that of the saved objects."""
        for one in self._new:
            parent = self._root if one.parent is None else self._made[one.parent]
            entries = {"/Type": Name.StructElem, "/S": Name("/" + one.role), "/P": parent, **one.entries}
            self._made[one] = self._pdf.make_indirect(Dictionary(entries))
        self._new.clear()

    def _kid(self, kid: "Element | _Content", owner: Element) -> Any:  # noqa: ANN401 - a dictionary or a number
        """Return an element, marked content by its number alone on the page of its owner, or the object of a link."""
        if isinstance(kid, Element):
            return self._made[kid]
        index, number = kid
        page = self._pages[index]
        if not isinstance(number, int):
            return Dictionary(Type=Name.OBJR, Obj=number, Pg=page)
        return number if index == owner.page else Dictionary(Type=Name.MCR, Pg=page, MCID=number)
