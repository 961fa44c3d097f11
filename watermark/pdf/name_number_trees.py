"""Name trees and number trees, with new entries in their places (ISO 32000-2 7.9.6, 7.9.7).

No node of the original is changed: the nodes on the way to a new entry are copied, as another tree may share them.
"""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import pikepdf

from watermark.errors import FailedError
from watermark.pdf.object_draft import Dictionary, ObjectDraft, reference
from watermark.pdf.serialization import Ref, Value, text

DEEPEST_TREE = 40
MAX_NODES = 200_000
MAX_ARRAY_LENGTH = 8191
"""The most elements that an array may have in PDF/A-1 (ISO 19005-1 6.1.12)."""

NamePair: TypeAlias = tuple[bytes, Value]
NumberPair: TypeAlias = tuple[int, Value]


def pairs_of(draft: ObjectDraft, root: Value, entry: str) -> Iterator[tuple[Value, Value]]:
    """Yield keys and values in order, each node once; `entry` is /Names or /Nums.

    Raises FailedError on a tree beyond 200,000 nodes.
    """
    seen: set[Ref] = set()
    waiting = [root]
    count = 0
    while waiting:
        node = waiting.pop()
        ref, count = reference(node), count + 1
        if count > MAX_NODES:
            raise _endless()
        if ref is not None:
            if ref in seen:
                continue
            seen.add(ref)
        entries = draft.copy_dict(node)
        flat = draft.copy_array(entries.get(entry))
        yield from zip(flat[::2], flat[1::2], strict=False)
        waiting += reversed(draft.copy_array(entries.get("/Kids")))


def with_names(draft: ObjectDraft, root: Value, pairs: Sequence[NamePair]) -> Dictionary:
    """Return the root of a name tree that also holds `pairs`, each in its place, with all /Limits right."""
    entries, _ = _node_with_names(draft, root, sorted(pairs, key=lambda pair: pair[0]), 0)
    return entries


def _node_with_names(
    draft: ObjectDraft, node: Value, pairs: Sequence[NamePair], depth: int
) -> tuple[Dictionary, tuple[bytes, bytes]]:
    """Return the node with the pairs in it, and its limits."""
    if depth > DEEPEST_TREE:
        raise _endless()
    entries = draft.copy_dict(node)
    kids = draft.copy_array(entries.get("/Kids"))
    if not kids:
        names = draft.copy_array(entries.get("/Names"))
        for key, value in pairs:
            place = _place_for(draft, names, key)
            names[place:place] = [key, value]
        entries["/Names"] = names
        keys = [raw(draft, key) for key in names[::2]]
        return entries, (min(keys), max(keys))
    limits = [_limits(draft, kid) for kid in kids]
    for place, kid in enumerate(kids):
        is_last = place == len(kids) - 1
        lower = max((high for _, high in limits[:place]), default=None)
        own = [
            pair for pair in pairs if (lower is None or pair[0] > lower) and (is_last or pair[0] <= limits[place][1])
        ]
        if own:
            entry, limits[place] = _node_with_names(draft, kid, own, depth + 1)
            entry["/Limits"] = list(limits[place])
            kids[place] = draft.add(entry)
    entries["/Kids"] = kids
    return entries, (min(low for low, _ in limits), max(high for _, high in limits))


def _place_for(draft: ObjectDraft, names: Sequence[Value], key: bytes) -> int:
    """Return where `key` has to stand: before the first key that is greater."""
    later = (place for place in range(0, len(names), 2) if raw(draft, names[place]) > key)
    return next(later, len(names) - len(names) % 2)


def _limits(draft: ObjectDraft, kid: Value) -> tuple[bytes, bytes]:
    """Return the least and the greatest key below a node: as it says, or else as they are."""
    said = draft.copy_array(draft.copy_dict(kid).get("/Limits"))
    keys = said if len(said) == 2 else [key for key, _ in pairs_of(draft, kid, "/Names")]
    found = [raw(draft, key) for key in keys]
    return min(found, default=b""), max(found, default=b"")


def raw(draft: ObjectDraft, key: Value) -> bytes:
    """Return the bytes of a string, by which a name tree is sorted; nothing for what is no string."""
    match draft.resolve(key):
        case pikepdf.String() as found:
            return bytes(found)
        case bytes() as found:
            return found
        case str() as found:
            return text(found)
    return b""


def with_last_numbers(draft: ObjectDraft, root: Value, pairs: Sequence[NumberPair]) -> Dictionary:
    """Return the root of a number tree that also holds `pairs`, whose keys are greater than all in it, in order."""
    entries = draft.copy_dict(root)
    flat: list[Value] = [part for pair in pairs for part in pair]
    kids = draft.copy_array(entries.get("/Kids"))
    numbers = draft.copy_array(entries.get("/Nums"))
    leaf: Dictionary = {"/Limits": [pairs[0][0], pairs[-1][0]], "/Nums": flat}
    if kids:
        entries["/Kids"] = [*kids, draft.add(leaf)]
    elif len(numbers) + len(flat) > MAX_ARRAY_LENGTH:
        before: Dictionary = {"/Limits": [numbers[0], numbers[-2]], "/Nums": numbers}
        del entries["/Nums"]
        entries["/Kids"] = [draft.add(before), draft.add(leaf)]
    else:
        entries["/Nums"] = [*numbers, *flat]
    return entries


def _endless() -> FailedError:
    return FailedError(
        "a tree of names or numbers in the PDF has no end",
        remedy="Re-save the PDF in a PDF editor, and keep the original.",
    )
