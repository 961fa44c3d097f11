"""The pages to which the outline of a file leads, as far as its entries say so."""

from collections.abc import Iterator
from typing import NamedTuple

import pikepdf

from watermark.pdf.typed_values import dictionary_of

MAX_ENTRIES = 5_000
MAX_DEPTH = 20


class OutlineEntry(NamedTuple):
    """An entry, in the order of the outline; `level` counts from 0, `page_number` from 1."""

    level: int
    page_number: int


def outline_entries(document: pikepdf.Pdf, page_numbers: dict[tuple[int, int], int]) -> tuple[OutlineEntry, ...]:
    """Return the entries of the outline that lead to pages; `page_numbers` are by the number of the page's object."""
    try:
        return tuple(_entries(document, page_numbers))
    except (pikepdf.PikepdfError, AttributeError, KeyError, TypeError, ValueError):
        return ()  # an outline that cannot be read says nothing


def _entries(document: pikepdf.Pdf, page_numbers: dict[tuple[int, int], int]) -> Iterator[OutlineEntry]:
    outline = document.Root.get("/Outlines")
    waiting = [(0, outline.get("/First"))] if isinstance(outline, pikepdf.Dictionary) else []
    for _ in range(MAX_ENTRIES):  # also where entries lead to each other in a circle
        if not waiting:
            return
        level, item = waiting.pop()
        if not isinstance(item, pikepdf.Dictionary):
            continue
        waiting.append((level, item.get("/Next")))
        if level < MAX_DEPTH:
            waiting.append((level + 1, item.get("/First")))
        page = _page_of(document, item)
        if isinstance(page, pikepdf.Dictionary) and (number := page_numbers.get(page.objgen)):
            yield OutlineEntry(level, number)


def _page_of(document: pikepdf.Pdf, item: pikepdf.Object) -> object:
    """Return the page of an entry's destination: its own, that of its action, or one with a name (12.3.2)."""
    action = dictionary_of(item.get("/A"))
    target: object = item.get("/Dest")
    if target is None and action.get("/S") == pikepdf.Name("/GoTo"):
        target = action.get("/D")
    if isinstance(target, pikepdf.String | pikepdf.Name):
        target = _named(document, target)
    if isinstance(target, pikepdf.Dictionary):
        target = target.get("/D")
    return target[0] if isinstance(target, pikepdf.Array) and len(target) else None


def _named(document: pikepdf.Pdf, name: pikepdf.Object) -> object:
    tree = dictionary_of(document.Root.get("/Names")).get("/Dests")
    if isinstance(name, pikepdf.String) and isinstance(tree, pikepdf.Dictionary):
        return pikepdf.NameTree(tree).get(str(name))
    return dictionary_of(document.Root.get("/Dests")).get(str(name)) if isinstance(name, pikepdf.Name) else None
