"""The ParentTree of a tagged file, extended: from what stands on a page to its element (ISO 32000-2 14.7.5.4)."""

from collections.abc import Iterator, Mapping, Sequence

import pikepdf

from watermark.pdf.object_draft import Dictionary, ObjectDraft, reference
from watermark.pdf.serialization import Ref, Value

DEEPEST_TREE = 50
MAX_NODES = 100_000
MAX_ARRAY_LENGTH = 8191
"""The most members an array may have in PDF/A-1 (ISO 19005-1 6.1.12)."""
PAIRS_A_LEAF = 2000
MAX_KEY = 2_000_000_000
"""Keys near the largest integer are mistakes: nothing could be counted on from them."""


class ParentTree:
    """The number tree under a StructTreeRoot, as drafted. Keys that are new come after all that are in use."""

    def __init__(self, draft: ObjectDraft, root: Dictionary, used_keys: Sequence[int]) -> None:
        """Extend the tree of `root`, the structure tree root as drafted; `used_keys` are the keys that pages name."""
        self._draft = draft
        self._root = root
        self._new: list[tuple[int, Value]] = []
        told = root.get("/ParentTreeNextKey")
        found = [key for key, _ in self._pairs(root.get("/ParentTree"))]
        keys = [*found, *used_keys, told - 1 if isinstance(told, int) else -1]
        self._next = max((key for key in keys if key < MAX_KEY), default=-1) + 1

    def add(self, value: Value) -> int:
        """Enter `value` under a new key and return the key."""
        self._new.append((self._next, value))
        self._next += 1
        return self._next - 1

    def entry(self, key: int) -> Value:
        """Return what stands under a key; None when nothing does."""
        return next((value for known, value in self._pairs(self._root.get("/ParentTree")) if known == key), None)

    def replace(self, key: int, value: Sequence[Value]) -> bool:
        """Let an array stand under a key that has one; return whether the tree has the key."""
        old = self.entry(key)
        if reference(old) is not None:
            self._draft.replace(old, value)
            return True
        tree, found = self._with(self._root.get("/ParentTree"), key, value, DEEPEST_TREE, set())
        if found:
            self._root["/ParentTree"] = tree
        return found

    def write(self) -> None:
        """Enter the new keys: into a flat tree as long as it stays short, else as leaves behind the others."""
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

    def _pairs(self, tree: Value) -> Iterator[tuple[int, Value]]:
        """Yield the keys and values as they stand in the tree; a node is read once, however often it is entered."""
        waiting: list[Value] = [tree]
        seen = set()
        for _ in range(MAX_NODES):
            if not waiting:
                return
            node = waiting.pop()
            ref = reference(node)
            if ref is not None and ref in seen:
                continue
            seen.add(ref)
            entries = self._draft.copy_dict(node)
            waiting.extend(self._draft.copy_array(entries.get("/Kids")))
            nums = self._draft.copy_array(entries.get("/Nums"))
            for key, value in zip(nums[::2], nums[1::2], strict=False):
                if isinstance(key, int):
                    yield key, value

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
        for place, kid in enumerate(kids if deepest and not found else []):
            kids[place], found = self._with(kid, key, value, deepest - 1, seen)
            if found:
                entries["/Kids"] = kids
                break
        if found and ref is not None:
            self._draft.replace(ref, entries)
        return (entries if found and ref is None else node), found


def keys_in_use(draft: ObjectDraft, pages: Sequence[Mapping[str, Value]]) -> list[int]:
    """Return every StructParent and StructParents that the pages and their annotations name."""
    keys = []
    for page in pages:
        keys.append(page.get("/StructParents"))
        for annotation in draft.copy_array(page.get("/Annots")):
            held = draft.resolve(annotation)
            if isinstance(held, (pikepdf.Dictionary, Mapping)):
                keys.append(held.get("/StructParent"))
    return [key for key in keys if isinstance(key, int)]
