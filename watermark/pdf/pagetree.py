"""The pages of a document, each once, with what they inherit (ISO 32000-2 7.7.3)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import pikepdf

INHERITABLE = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
DEEPEST_TREE = 500
MOST_NODES = 1_000_000

Attributes: TypeAlias = Mapping[str, pikepdf.Object]


class PageTreeError(ValueError):
    """The page tree cannot be walked to its end."""


@dataclass(frozen=True, slots=True)
class PageNode:
    """One page: its dictionary, its number from 1, and its inherited attributes resolved.

    A page that is a direct dictionary inside /Kids has no object number of its own; `parent` and `place_in_kids` tell
    where a new one has to be entered.
    """

    number: int
    dictionary: pikepdf.Dictionary
    attributes: Attributes
    parent: pikepdf.Dictionary
    place_in_kids: int


def pages_of(root: pikepdf.Object) -> Iterator[PageNode]:
    """Yield the pages in order. A page entered twice comes once. Raises PageTreeError on a cycle or an endless tree."""
    top = root.get("/Pages")
    if not isinstance(top, pikepdf.Dictionary):
        raise PageTreeError("the catalog leads to no page tree")
    seen: set[tuple[int, int]] = {top.objgen} if top.is_indirect else set()
    number = 0
    waiting = [_kids(top, {})]
    while waiting:
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
            continue
        kid, inherited, parent, place = entry
        if kid.is_indirect:
            if kid.objgen in seen:
                if "/Kids" in kid:
                    raise PageTreeError(f"object {kid.objgen[0]} of the page tree is its own ancestor, or stands twice")
                continue
            seen.add(kid.objgen)
        if "/Kids" in kid:
            if len(waiting) >= DEEPEST_TREE:
                raise PageTreeError(f"the page tree is deeper than {DEEPEST_TREE} levels")
            waiting.append(_kids(kid, inherited))
            continue
        number += 1
        if number > MOST_NODES:
            raise PageTreeError(f"the page tree has more than {MOST_NODES} pages")
        yield PageNode(number, kid, inherited, parent, place)


def _kids(
    node: pikepdf.Dictionary, inherited: Attributes
) -> Iterator[tuple[pikepdf.Dictionary, Attributes, pikepdf.Dictionary, int]]:
    here = {**inherited, **{key: node[key] for key in INHERITABLE if key in node}}
    kids = node.get("/Kids")
    if not isinstance(kids, pikepdf.Array):
        return
    for place in range(len(kids)):
        kid = kids[place]
        if isinstance(kid, pikepdf.Dictionary):
            own = {key: kid[key] for key in INHERITABLE if key in kid}
            yield kid, {**here, **own} if own else here, node, place
