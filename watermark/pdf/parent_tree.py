"""The ParentTree of a tagged file, extended: it maps content of pages to structure elements (ISO 32000-2 14.7.5.4)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from watermark.pdf.name_number_trees import MAX_ARRAY_LENGTH, keys_of, value_of
from watermark.pdf.object_draft import Dictionary, ObjectDraft, reference
from watermark.pdf.serialization import Ref, Value

DEEPEST_TREE = 50
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
        return value_of(self._draft, self._root.get("/ParentTree"), "/Nums", key)

    def replace(self, key: int, value: Sequence[Value]) -> bool:
        """Replace the array under a key; return whether the tree has the key."""
        old = self.entry(key)
        if reference(old) is not None:
            self._draft.replace(old, value)
            return True
        tree, found = self._with(self._root.get("/ParentTree"), key, value, DEEPEST_TREE, set())
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
    keys = [key for key in keys_of(draft, root.get("/ParentTree"), "/Nums") if isinstance(key, int)]
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
