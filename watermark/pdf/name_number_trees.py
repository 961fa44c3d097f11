"""Name trees and number trees: read them, and add entries in their order (ISO 32000-2 7.9.6, 7.9.7).

No node of the original is changed: the nodes above a new entry are copied, as another tree may share them.

One number tree is the ParentTree, which maps content of pages to structure elements (ISO 32000-2 14.7.5.4).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import pikepdf

from watermark.errors import FailedError
from watermark.pdf.object_draft import Dictionary, ObjectDraft, reference
from watermark.pdf.serialization import Ref, Value, text

DEEPEST_PARENT_TREE = 50
PAIRS_A_LEAF = 2000
MAX_KEY = 2_000_000_000
"""Keys near the largest integer are mistakes: no key could follow them."""


class ParentTree:
    """The number tree under a StructTreeRoot, as drafted. New keys follow all keys in use."""

    def __init__(self, draft: ObjectDraft, root: Dictionary, used_keys: Iterable[int]) -> None:
        """Extend the tree of `root`, the structure tree root as drafted; `used_keys` are the keys that pages name."""
        self._draft = draft
        self._root = root
        self._new: list[tuple[int, Value]] = []
        self._next = first_free_key(draft, root, used_keys)

    def add(self, value: Value) -> int:
        """Enter `value` under a new key and return the key."""
        self._new.append((self._next, value))
        self._next += 1
        return self._next - 1

    def entry(self, key: int) -> Value:
        """Return the value of a key, or None when the tree does not have it."""
        pairs = pairs_of(self._draft, self._root.get("/ParentTree"), "/Nums")
        return next((value for known, value in pairs if known == key), None)

    def replace(self, key: int, value: Sequence[Value]) -> bool:
        """Replace the array under a key; return whether the tree has the key."""
        old = self.entry(key)
        if reference(old) is not None:
            self._draft.replace(old, value)
            return True
        tree, found = self._with(self._root.get("/ParentTree"), key, value, DEEPEST_PARENT_TREE, set())
        if found:
            self._root["/ParentTree"] = tree
        return found

    def write(self) -> None:
        """Enter the new keys: into a flat tree as long as it stays short, otherwise as leaves after the others."""
        self._root["/ParentTreeNextKey"] = self._next
        if not self._new:
            return
        tree = self._root.get("/ParentTree")
        entries = self._draft.copy_dict(tree)
        nums, kids = self._draft.copy_array(entries.get("/Nums")), self._draft.copy_array(entries.get("/Kids"))
        if not kids and len(nums) + 2 * len(self._new) <= MAX_ARRAY_LENGTH:
            entries["/Nums"] = [*nums, *(part for pair in self._new for part in pair)]
        else:
            if nums and not kids:
                kids = [self._draft.add({"/Nums": nums, "/Limits": [nums[0], nums[-2]]})]
                del entries["/Nums"]
            entries["/Kids"] = [*kids, *self._leaves()]
        if reference(tree) is None:
            self._root["/ParentTree"] = entries
        else:
            self._draft.replace(tree, entries)

    def _leaves(self) -> Iterator[Value]:
        for start in range(0, len(self._new), PAIRS_A_LEAF):
            pairs = self._new[start : start + PAIRS_A_LEAF]
            nums = [part for pair in pairs for part in pair]
            yield self._draft.add({"/Nums": nums, "/Limits": [pairs[0][0], pairs[-1][0]]})

    def _with(self, node: Value, key: int, value: Value, deepest: int, seen: set[Ref]) -> tuple[Value, bool]:
        """Return the node with `value` under `key`: the same reference, or a copy of a direct node."""
        ref = reference(node)
        if ref is not None and ref in seen:
            return node, False
        seen |= {ref} if ref is not None else set()
        entries = self._draft.copy_dict(node)
        found = False
        nums = self._draft.copy_array(entries.get("/Nums"))
        if key in nums[::2]:
            nums[2 * nums[::2].index(key) + 1] = value
            entries["/Nums"], found = nums, True
        kids = self._draft.copy_array(entries.get("/Kids"))
        for index, kid in enumerate(kids if deepest and not found else []):
            kids[index], found = self._with(kid, key, value, deepest - 1, seen)
            if found:
                entries["/Kids"] = kids
                break
        if found and ref is not None:
            self._draft.replace(ref, entries)
        return (entries if found and ref is None else node), found


def first_free_key(draft: ObjectDraft, root: Mapping[str, Value], used_keys: Iterable[int]) -> int:
    """Return the first key of the ParentTree of `root` that neither the tree nor `used_keys` have.

    Raises FailedError on a tree without an end.
    """
    recorded = draft.resolve(root.get("/ParentTreeNextKey"))
    keys = [key for key, _ in pairs_of(draft, root.get("/ParentTree"), "/Nums") if isinstance(key, int)]
    keys += [*used_keys, recorded - 1 if isinstance(recorded, int) else -1]
    return max((key for key in keys if key < MAX_KEY), default=-1) + 1


def keys_in_use(draft: ObjectDraft, pages: Iterable[Value]) -> Iterator[int]:
    """Yield every StructParents and StructParent that the pages and their annotations name."""
    for page in pages:
        entries = draft.copy_dict(page)
        keys = [entries.get("/StructParents")]
        keys += [
            draft.copy_dict(annotation).get("/StructParent") for annotation in draft.copy_array(entries.get("/Annots"))
        ]
        yield from (key for key in keys if isinstance(key, int))


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
            raise _endless_tree_error()
        if ref is not None:
            if ref in seen:
                continue
            seen.add(ref)
        entries = draft.copy_dict(node)
        flat = draft.copy_array(entries.get(entry))
        yield from zip(flat[::2], flat[1::2], strict=False)
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
