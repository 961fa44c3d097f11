"""Name trees and number trees: read them, and add entries in their order (ISO 32000-2 7.9.6, 7.9.7).

No node of the original is changed: the nodes above a new entry are copied, as another tree may share them.
"""

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

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
    for entries in _nodes_of(draft, root):
        flat = draft.copy_array(entries.get(entry))
        yield from zip(flat[::2], flat[1::2], strict=False)


def keys_of(draft: ObjectDraft, root: Value, entry: str) -> Iterator[Value]:
    """Yield the keys of `pairs_of`; no value is looked at, which the reader would parse. Raises what that raises."""
    for entries in _nodes_of(draft, root):
        flat = _flat(draft, entries.get(entry))
        yield from (flat[place] for place in range(0, len(flat) - 1, 2))


def value_of(draft: ObjectDraft, root: Value, entry: str, key: Value) -> Value:
    """Return the first value of a key in `pairs_of`, or None; no other value is looked at. Raises what that raises."""
    for entries in _nodes_of(draft, root):
        flat = _flat(draft, entries.get(entry))
        for place in range(0, len(flat) - 1, 2):
            if flat[place] == key:
                found: Value = flat[place + 1]
                return found
    return None


def _flat(draft: ObjectDraft, value: Value) -> Any:  # noqa: ANN401 - an array of the reader, or a list
    found = draft.resolve(value)
    return found if isinstance(found, pikepdf.Array) else draft.copy_array(found)


def _nodes_of(draft: ObjectDraft, root: Value) -> Iterator[Dictionary]:
    seen: set[Ref] = set()
    waiting = [root]
    count = 0
    while waiting:
        node = waiting.pop()
        ref, count = reference(node), count + 1
        if count > MAX_NODES:
            raise _endless_tree_error()
        if ref is not None:
            if ref in seen:
                continue
            seen.add(ref)
        entries = draft.copy_dict(node)
        yield entries
        waiting += reversed(draft.copy_array(entries.get("/Kids")))


def with_names(draft: ObjectDraft, root: Value, pairs: Sequence[NamePair]) -> Dictionary:
    """Return the root of a name tree with `pairs` added in their order and all /Limits updated."""
    entries, _ = _node_with_names(draft, root, sorted(pairs, key=lambda pair: pair[0]), 0)
    return entries


def _node_with_names(
    draft: ObjectDraft, node: Value, pairs: Sequence[NamePair], depth: int
) -> tuple[Dictionary, tuple[bytes, bytes]]:
    """Return the node with the pairs added, and its limits."""
    if depth > DEEPEST_TREE:
        raise _endless_tree_error()
    entries = draft.copy_dict(node)
    kids = draft.copy_array(entries.get("/Kids"))
    if not kids:
        names = draft.copy_array(entries.get("/Names"))
        for key, value in pairs:
            index = _index_for(draft, names, key)
            names[index:index] = [key, value]
        entries["/Names"] = names
        keys = [raw(draft, key) for key in names[::2]]
        return entries, (min(keys), max(keys))
    limits = [_limits(draft, kid) for kid in kids]
    for index, kid in enumerate(kids):
        is_last = index == len(kids) - 1
        lower = max((high for _, high in limits[:index]), default=None)
        own = [
            pair for pair in pairs if (lower is None or pair[0] > lower) and (is_last or pair[0] <= limits[index][1])
        ]
        if own:
            entry, limits[index] = _node_with_names(draft, kid, own, depth + 1)
            entry["/Limits"] = list(limits[index])
            kids[index] = draft.add(entry)
    entries["/Kids"] = kids
    return entries, (min(low for low, _ in limits), max(high for _, high in limits))


def _index_for(draft: ObjectDraft, names: Sequence[Value], key: bytes) -> int:
    """Return the index at which `key` belongs: before the first greater key."""
    later = (index for index in range(0, len(names), 2) if raw(draft, names[index]) > key)
    return next(later, len(names) - len(names) % 2)


def _limits(draft: ObjectDraft, kid: Value) -> tuple[bytes, bytes]:
    """Return the least and the greatest key below a node, from its /Limits or else from its keys."""
    recorded = draft.copy_array(draft.copy_dict(kid).get("/Limits"))
    keys = recorded if len(recorded) == 2 else [key for key, _ in pairs_of(draft, kid, "/Names")]
    found = [raw(draft, key) for key in keys]
    return min(found, default=b""), max(found, default=b"")


def raw(draft: ObjectDraft, key: Value) -> bytes:
    """Return the bytes of a string, by which a name tree is sorted; b"" for another value."""
    match draft.resolve(key):
        case pikepdf.String() as found:
            return bytes(found)
        case bytes() as found:
            return found
        case str() as found:
            return text(found)
    return b""


def with_last_numbers(draft: ObjectDraft, root: Value, pairs: Sequence[NumberPair]) -> Dictionary:
    """Return the root of a number tree with `pairs` added. Their keys ascend, and are greater than all in the tree."""
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


def _endless_tree_error() -> FailedError:
    return FailedError(
        "a tree of names or numbers in the PDF has no end",
        remedy="Re-save the PDF in a PDF editor, and keep the original.",
    )
