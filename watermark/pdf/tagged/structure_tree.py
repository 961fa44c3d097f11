"""The structure tree: headings, paragraphs, lists, tables and links, entered as they are drawn (ISO 32000-2 14.7)."""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

COLOUR_SPACE, PICTURE, FONT = "/TextRGB", "/Picture", "/Text"
"""Names of the resources of every page; a number follows that of a font, from 0."""
PAGE_LINK = "#page="
"""Before the number, from 1, of a page of another document that a link leads to."""


class StructureTree:
    """The tree of one new document, whose pages are added here, too. Keys of its ParentTree: pages, then links."""

    def __init__(self, pdf: pikepdf.Pdf, paper: tuple[float, float]) -> None:
        self._pdf, self.paper = pdf, paper
        self._root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = self.add("Document", self._root)
        self._owners: list[list[Any]] = []
        self._links: list[tuple[Any, Any]] = []

    def add_page(self) -> None:
        """Begin a new page."""
        self._pdf.add_blank_page(page_size=self.paper)
        page = self._pdf.pages[-1].obj
        page.update(Dictionary(CropBox=page.MediaBox, Rotate=0, Tabs=Name.S, StructParents=len(self._owners)))
        self._owners.append([])

    def add(self, role: str, parent: Any = None, *, language: str = "", scope: str = "", alt: str = "") -> Any:  # noqa: ANN401 - an element
        """Return a new last element of `parent`, or of the document.

        `scope` is that of a heading in a table, `alt` the description of a figure for assistive technology.
        """
        parent = self.document if parent is None else parent
        element = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + role), P=parent, K=Array([])))
        if language:
            element.Lang = String(language)
        if alt:
            element.Alt = String(alt)
        if scope:
            element.A = Dictionary(O=Name.Table, Scope=Name("/" + scope))
        if role == "L":
            element.A = Dictionary(O=Name.List, ListNumbering=Name.Disc)
        if "/K" in parent:
            parent.K.append(element)
        return element

    def mark(self, owner: Any) -> str:  # noqa: ANN401 - an element
        """Return the operator that begins marked content of an element on the last page, or an artifact."""
        if owner is None:
            return "/Artifact BMC"
        page, mcid = self._pdf.pages[-1].obj, len(self._owners[-1])
        self._owners[-1].append(owner)
        if "/Pg" not in owner:
            owner.Pg = page
        is_home = owner.Pg.objgen == page.objgen
        owner.K.append(mcid if is_home else Dictionary(Type=Name.MCR, Pg=page, MCID=mcid))
        return f"{owner.S} <</MCID {mcid}>> BDC"

    def place(self, figure: Any, rectangle: tuple[float, ...]) -> None:  # noqa: ANN401 - an element
        """Enter the rectangle of a figure on the last page, in points."""
        box = Array([round(value, 2) for value in rectangle])
        figure.A = Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block)

    def link(self, owner: Any, rectangle: tuple[float, ...], url: str, description: str) -> None:  # noqa: ANN401 - an element
        """Make a rectangle on the last page, in points, a link.

        The destination of a link to a page of another document is the page's index until both are one document.
        """
        page = self._pdf.pages[-1].obj
        annotation = Dictionary(Type=Name.Annot, Subtype=Name.Link, F=4, Border=Array([0, 0, 0]), P=page)
        annotation.update(Dictionary(Rect=[round(value, 2) for value in rectangle], Contents=String(description)))
        if url.startswith(PAGE_LINK):
            annotation.Dest = Array([int(url.removeprefix(PAGE_LINK)) - 1, Name.Fit])
        else:
            annotation.A = Dictionary(Type=Name.Action, S=Name.URI, URI=String(url))
        annotation = self._pdf.make_indirect(annotation)
        if "/Annots" not in page:
            page.Annots = Array([])
        page.Annots.append(annotation)
        owner.K.append(Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page))
        self._links.append((annotation, owner))

    def finished(self) -> Any:  # noqa: ANN401 - a dictionary
        """Return the StructTreeRoot with its ParentTree."""
        numbers: list[Any] = []
        for key, owners in enumerate(self._owners):
            numbers += [key, self._pdf.make_indirect(Array(owners))]
        for key, (annotation, owner) in enumerate(self._links, len(self._owners)):
            annotation.StructParent = key
            numbers += [key, owner]
        self._root.K = self.document
        self._root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        self._root.ParentTreeNextKey = len(numbers) // 2
        return self._root
