"""How the tags of a marking are tied together: each element to its parent and page, each link to its element.

ISO 32000-2 14.7.2, 14.7.5.3 and 14.7.5.4.
"""

from collections.abc import Iterator, Mapping

from pypdf.generic import DictionaryObject, PdfObject

from watermark.verification.pypdf_document import PypdfDocument, PypdfPage, dictionary, items, raw, reference, resolved
from watermark.verification.structure_tree import members, parent_tree

MAX_ELEMENTS = 200_000


def tags_differ(before: PypdfDocument, after: PypdfDocument, article_pages: frozenset[int]) -> Iterator[str]:
    """Yield where the tags that a marking added to a document do not fit together; `article_pages` are object numbers.

    Each key of the parent tree is that of a page or of a link. The element of a link names the link and its page, and
    each element the one that it is in.
    """
    root = dictionary(after.catalog.get("/StructTreeRoot"))
    keys = parent_tree(after)
    added = keys.keys() - parent_tree(before).keys()
    if added and _key(root.get("/ParentTreeNextKey")) != max(keys) + 1:
        yield "the next key of the tags is not the one after the last"
    named = set[int]()
    for leaf in after.pages:
        named.add(_key(leaf.get("/StructParents")))
        for annotation in items(leaf.dictionary.get("/Annots")):
            if (reference(annotation) or 0) > before.highest_number:
                key = _key(dictionary(annotation).get("/StructParent"))
                named.add(key)
                if added and dictionary(annotation).get("/Subtype") == "/Link":
                    yield from _link_differs(annotation, leaf, keys, key)
    yield from (f"the tags have a key {key} that neither a page nor a link has" for key in sorted(added - named))
    yield from _elements_differ(raw(after.catalog, "/StructTreeRoot"), before.highest_number, article_pages)


def _key(value: object) -> int:
    found: object = resolved(value)
    return found if isinstance(found, int) else -1


def _link_differs(annotation: PdfObject, leaf: PypdfPage, keys: Mapping[int, PdfObject], key: int) -> Iterator[str]:
    """Yield that the element which the key of a link leads to is not its own."""
    element = dictionary(keys.get(key))
    references = [dictionary(kid) for kid in members(element, "/K") if "/Obj" in dictionary(kid)]
    pages = [reference(raw(one, "/Pg")) for one in references if reference(raw(one, "/Obj")) == reference(annotation)]
    if element.get("/S") != "/Link" or pages != [leaf.number]:
        yield "a link does not lead to its element in the tags, or the element to the link on its page"


def _elements_differ(root: PdfObject | None, highest: int, article_pages: frozenset[int]) -> Iterator[str]:
    """Yield where an element of the marking names another parent, or another page than what is in it."""
    waiting = [(reference(root), kid) for kid in members(dictionary(root), "/K")]
    waiting += [(reference(kid), one) for _, kid in tuple(waiting) for one in members(dictionary(kid), "/K")]
    for _ in range(MAX_ELEMENTS):
        if not waiting:
            return
        parent, value = waiting.pop()
        if (reference(value) or 0) <= highest:
            continue
        element = dictionary(value)
        if reference(raw(element, "/P")) != parent:
            yield "a structure element names another one as its parent than the one that it is in"
            return
        kids = members(element, "/K")
        yield from _page_differs(element, kids, article_pages)
        waiting += [(reference(value), kid) for kid in kids if reference(kid) is not None]


def _page_differs(element: DictionaryObject, kids: list[PdfObject], article_pages: frozenset[int]) -> Iterator[str]:
    """Yield that an element of the line, which is on one page of the article, names another page or no language."""
    inside = {reference(raw(dictionary(kid), "/Pg")) for kid in kids if "/Pg" in dictionary(kid)}
    own = reference(raw(element, "/Pg"))
    if element.get("/S") in {"/P", "/Link"} and (inside | {own}) & article_pages:
        if own is None or inside - {own}:
            yield "a structure element is not on the page of what it holds"
        if "/Lang" not in element:
            yield "a structure element of the line has no language"
