"""The tags of the original are all there, and what is added to them is of the marking (ISO 32000-2 14.7)."""

from collections.abc import Iterator

from pypdf.generic import ArrayObject, DictionaryObject, NullObject, PdfObject

from watermark.verification.object_equality import same
from watermark.verification.pypdf_document import PypdfDocument, dictionary, items, raw, reference, resolved

MAX_NODES = 200_000


def tree_nodes(root: PdfObject | None) -> Iterator[PdfObject]:
    """Yield the nodes of a page, name or number tree as they are written, each once; pages are left out."""
    waiting, seen = [root], set[int]()
    for _ in range(MAX_NODES):
        if not waiting:
            return
        node = waiting.pop()
        number, value = reference(node), resolved(node)
        if node is None or not isinstance(value, DictionaryObject) or (number is not None and number in seen):
            continue
        if number is not None:
            seen.add(number)
        if value.get("/Type") != "/Page":
            yield node
            waiting.extend(items(value.get("/Kids")))


def members(node: DictionaryObject, key: str) -> list[PdfObject]:
    """Return what an entry holds that may be an array or a single value, as it is written."""
    value = raw(node, key)
    if resolved(value) is None or value is None:
        return []
    return items(value) if isinstance(resolved(value), ArrayObject) else [value]


def only_appended(before: list[PdfObject], after: list[PdfObject], highest: int) -> bool:
    """Return whether `after` is `before` with objects beyond number `highest` put in, and nulls."""
    kept = [one for one in after if (reference(one) or 0) <= highest and not isinstance(one, NullObject)]
    there = [one for one in before if not isinstance(one, NullObject)]
    return len(kept) == len(there) and all(same(one, other) for one, other in zip(there, kept, strict=True))


def parent_tree(document: PypdfDocument) -> dict[int, PdfObject]:
    """Return the entries of the ParentTree by their keys."""
    root = dictionary(document.catalog.get("/StructTreeRoot"))
    found: dict[int, PdfObject] = {}
    for node in tree_nodes(raw(root, "/ParentTree")):
        entries = items(dictionary(node).get("/Nums"))
        for key, value in zip(entries[::2], entries[1::2], strict=False):
            number: object = resolved(key)
            if isinstance(number, int):
                found.setdefault(number, value)
    return found


def parent_tree_differs(before: PypdfDocument, after: PypdfDocument) -> Iterator[str]:
    """Yield each entry of the original's ParentTree that is lost, or leads elsewhere."""
    old, new = parent_tree(before), parent_tree(after)
    for key, value in old.items():
        now = new.get(key)
        if now is not None and same(value, now):
            continue  # a reference: what it leads to is judged as an object
        if not isinstance(resolved(value), ArrayObject) or not only_appended(
            items(value), items(now), before.highest_number
        ):
            yield f"the tags have lost the entry for key {key}"
    for key in new.keys() - old.keys():
        value = new[key]
        if (reference(value) or 0) <= before.highest_number:
            yield f"the tags have gained a key {key} that is not of this marking"
