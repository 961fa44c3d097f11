"""The pages of a document, each once, with what they inherit (ISO 32000-2 7.7.3)."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple, TypeAlias

import pikepdf

from watermark.errors import Reason, RefusedError

INHERITABLE = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
DEEPEST_TREE = 500
MAX_KIDS = 1_000_000
MAX_PAGES = 100_000

_DIRECT = (0, 0)
_Node: TypeAlias = pikepdf.Dictionary | pikepdf.Stream
"""A stream is read as its dictionary, as viewers do."""
_Level: TypeAlias = tuple[_Node, Iterator[tuple[int, pikepdf.Object]], Mapping[str, pikepdf.Object]]
_SPLIT = "Take the article out of the file, and mark that."
_REMEDY = "Re-save it in a PDF editor, and keep the original."


class PageNode(NamedTuple):
    """One page: its dictionary, its number from 1, and its inherited attributes resolved.

    A page that is a direct dictionary inside /Kids has no object number of its own; `parent` and `place_in_kids` tell
    where a new one has to be entered. `again` holds when the same object was shown before, under a lower number.
    """

    number: int
    dictionary: _Node
    attributes: Mapping[str, pikepdf.Object]
    parent: _Node
    place_in_kids: int
    user_unit: object = None
    again: bool = False


def pages_of(root: pikepdf.Object) -> Iterator[PageNode]:
    """Yield the pages of the catalog `root` in order, each object once, with the number it is first displayed under.

    Open the document with `inherit_page_attributes=False`, or the reader adds objects that the file does not hold.
    Raises what `displayed_pages` raises.
    """
    return (page for page in displayed_pages(root) if not page.again)


def displayed_pages(root: pikepdf.Object) -> Iterator[PageNode]:
    """Yield the pages as a viewer counts them: an object that is in /Kids twice comes twice.

    What has /Kids is a node and anything else a page, whatever /Type and /Count say; a node inside itself and a kid
    that is not a dictionary are passed over. Raises RefusedError for a tree beyond 500 levels, a million kids or a
    hundred thousand pages.
    """
    tree = root.get("/Pages")
    if not isinstance(tree, pikepdf.Dictionary):
        return
    seen: set[tuple[int, int]] = set()
    number = visited = 0
    # A level: the node, its kids, what they inherit.
    path: list[_Level] = [(tree, enumerate(_kids(tree)), _own_attributes(tree, tree.keys()))]
    above = {tree.objgen}
    while path:
        node, kids, inherited = path[-1]
        index, kid = next(kids, (-1, None))
        if index < 0:
            path.pop()
            above.discard(node.objgen)
            continue
        visited += 1
        if visited > MAX_KIDS:
            raise RefusedError(Reason.DAMAGED, f"its page tree has more than {MAX_KIDS} kids", remedy=_REMEDY)
        if not isinstance(kid, (pikepdf.Dictionary, pikepdf.Stream)):
            continue
        objgen = kid.objgen
        keys = kid.keys()
        own = _own_attributes(kid, keys)
        attributes = {**inherited, **own} if own else inherited
        if "/Kids" not in keys:
            number += 1
            if number > MAX_PAGES:
                raise RefusedError(Reason.TOO_LARGE, f"more than {MAX_PAGES:,} pages", remedy=_SPLIT)
            unit = kid.get("/UserUnit") if "/UserUnit" in keys else None
            yield PageNode(number, kid, attributes, node, index, unit, objgen in seen and objgen != _DIRECT)
            seen.add(objgen)
        elif objgen not in above or objgen == _DIRECT:
            if len(path) == DEEPEST_TREE:
                raise RefusedError(Reason.DAMAGED, f"its page tree is deeper than {DEEPEST_TREE}", remedy=_REMEDY)
            path.append((kid, enumerate(_kids(kid)), attributes))
            above.add(objgen)


def _kids(node: _Node) -> pikepdf.Array | tuple[()]:
    kids = node.get("/Kids")
    return kids if isinstance(kids, pikepdf.Array) else ()


def _own_attributes(dictionary: _Node, keys: AbstractSet[str]) -> dict[str, pikepdf.Object]:
    """Return the inheritable attributes of `dictionary` itself; asking for absent ones would be slow."""
    return {key: value for key in INHERITABLE if key in keys and (value := dictionary.get(key)) is not None}
