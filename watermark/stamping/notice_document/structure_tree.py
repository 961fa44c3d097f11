"""The structure of a document: what is a heading, a paragraph, a cell, a link (ISO 32000-2 14.7, 14.8)."""

from dataclasses import dataclass, field
from typing import TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from watermark.stamping.notice_document.blocks import PAGE_LINK


@dataclass(frozen=True, slots=True)
class MarkedContent:
    """Marked content on a page; both count from 0."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Hotspot:
    """The place of a link on a page, in points from the lower left corner.

    A link to a page of the article is a destination by its number from 0 until the notice stands in the article's copy.
    """

    page: int
    rectangle: tuple[float, float, float, float]
    url: str
    description: str


Kid: TypeAlias = "Element | MarkedContent | Hotspot"


@dataclass(slots=True)
class Element:
    """A structure element, which grows while the pages are set."""

    role: str
    language: str = ""
    scope: str = ""
    kids: list[Kid] = field(default_factory=list)

    def add(self, role: str, *, language: str = "", scope: str = "") -> "Element":
        """Return a new last kid."""
        kid = Element(role, language, scope)
        self.kids.append(kid)
        return kid


def write_structure(pdf: pikepdf.Pdf, document: Element, pages: list[Dictionary]) -> Dictionary:
    """Enter the structure tree and the link annotations, and return the StructTreeRoot.

    Keys of the ParentTree: the pages from 0, then one for each annotation.
    """
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    writer = _Writer(pdf, pages)
    root.K = writer.element(document, root)
    owners = [Array([owner for _, owner in sorted(marks.items())]) for marks in writer.marks]
    numbers: list[pikepdf.Object | int] = []
    for key, value in enumerate([*(pdf.make_indirect(owner) for owner in owners), *writer.links]):
        numbers += [key, value]
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    root.ParentTreeNextKey = len(numbers) // 2
    for key, page in enumerate(pages):
        page.StructParents = key
        page.Tabs = Name.S
    return root


class _Writer:
    def __init__(self, pdf: pikepdf.Pdf, pages: list[Dictionary]) -> None:
        self._pdf = pdf
        self._pages = pages
        self.marks: list[dict[int, Dictionary]] = [{} for _ in pages]
        self.links: list[Dictionary] = []

    def element(self, element: Element, parent: Dictionary) -> Dictionary:
        entry = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + element.role), P=parent))
        if element.language:
            entry.Lang = String(element.language)
        if element.scope:
            entry.A = Dictionary(O=Name.Table, Scope=Name("/" + element.scope))
        if element.role == "L":
            entry.A = Dictionary(O=Name.List, ListNumbering=Name.Disc)
        home = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
        if home is not None:
            entry.Pg = self._pages[home]
        entry.K = Array([self._kid(kid, entry, home) for kid in element.kids])
        return entry

    def _kid(self, kid: Kid, entry: Dictionary, home: int | None) -> pikepdf.Object | int:
        match kid:
            case Element():
                return self.element(kid, entry)
            case MarkedContent():
                self.marks[kid.page][kid.mcid] = entry
                if kid.page == home:
                    return kid.mcid
                return Dictionary(Type=Name.MCR, Pg=self._pages[kid.page], MCID=kid.mcid)
            case Hotspot():
                annotation = self._annotation(kid)
                self.links.append(entry)
                return Dictionary(Type=Name.OBJR, Obj=annotation, Pg=self._pages[kid.page])

    def _annotation(self, spot: Hotspot) -> Dictionary:
        page = self._pages[spot.page]
        annotation = self._pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array([round(value, 2) for value in spot.rectangle]),
                F=4,
                Border=Array([0, 0, 0]),
                P=page,
                Contents=String(spot.description),
                StructParent=len(self._pages) + len(self.links),
            )
        )
        if spot.url.startswith(PAGE_LINK):
            annotation.Dest = Array([int(spot.url.removeprefix(PAGE_LINK)) - 1, Name.Fit])
        else:
            annotation.A = Dictionary(Type=Name.Action, S=Name.URI, URI=String(spot.url))
        if "/Annots" not in page:
            page.Annots = Array([])
        page.Annots.append(annotation)
        return annotation
