"""The list of what a marking may change in the objects of the original; everything else is suspicious.

References in the objects of a marking have to lead to objects: viewers read one that leads to nothing in many ways.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, PdfObject

from watermark.models import plain
from watermark.verification.allowed_constructs import stream_differs
from watermark.verification.content_balance import is_saves
from watermark.verification.content_isolation import content_differs, head_of
from watermark.verification.evidence import Evidence
from watermark.verification.mark_parser import members_of
from watermark.verification.object_equality import (
    changed_keys,
    has_prefix,
    is_last_of_repeated_box,
    is_media_box_repaired,
    kind_of,
    same,
)
from watermark.verification.pypdf_document import (
    PypdfDocument,
    PypdfPage,
    data_of,
    dictionary,
    items,
    raw,
    reference,
    resolved,
)
from watermark.verification.structure_tree import members, only_appended, parent_tree, parent_tree_differs, tree_nodes

MAX_NAMED = 3
OUR_NAMES = "/Retraction"
CATALOG_KEYS = {"/Metadata", "/Names", "/AF"}
INFO_KEYS = {"/Title", "/ModDate", "/CrossmarkMajorVersionDate"}
METADATA_KEYS = {"/Type", "/Subtype", "/Length", "/Filter", "/DecodeParms", "/F", "/FFilter", "/FDecodeParms", "/DL"}
PDF_VERSIONS = {f"/1.{minor}" for minor in range(8)}
VERSION = re.compile(r"/\d\.\d")
PAGE_KEYS = {"/Contents", "/Resources", "/Annots"}
TAG_KEYS = {"/K", "/ParentTree", "/ParentTreeNextKey"}

Judge = Callable[[DictionaryObject, DictionaryObject], Iterator[str]]


class ChangedObjects:
    """Judges each object of the original that the copy overrides, by the part that it plays in the original."""

    def __init__(self, evidence: Evidence) -> None:
        """Judge the copy in `evidence`."""
        self._evidence = evidence
        self._before, self._after = evidence.before, evidence.after

    def judged(self, number: int) -> Iterator[str]:
        """Yield what is wrong with one overridden object."""
        if number in self._page_numbers:
            return  # `pages` judges every page
        old, new = self._before.object(number), self._after.object(number)
        judge = self._roles.get(number)
        if judge is None:
            if not same(old, new):
                yield f"object {number} ({kind_of(old)}) is replaced"
        elif isinstance(old, ArrayObject) and isinstance(new, ArrayObject):
            if not only_appended(items(old), items(new), self._before.highest_number):
                yield f"object {number} (array) has other members"
        elif isinstance(old, DictionaryObject) and isinstance(new, DictionaryObject):
            for message in judge(old, new):
                yield f"object {number} ({kind_of(old)}): {message}"
        else:
            yield f"object {number} ({kind_of(old)}) has become another kind of object"

    def pages(self) -> Iterator[tuple[str, int | None]]:
        """Yield what is wrong with the pages of the article, each with its number; None where that is of them all."""
        put_in, shift = self._evidence.pages_put_in, self._evidence.pages_put_in_front
        after = self._after.pages[shift : shift + len(self._before.pages)]
        if put_in < 0 or bool(put_in) != bool(self._evidence.receipt.notice_page):
            yield f"the copy has {len(self._after.pages)} pages and the original {len(self._before.pages)}", None
        known, receipt = set[int](), self._evidence.receipt
        for page_number, (old, new) in enumerate(zip(self._before.pages, after, strict=False), 1):
            if new.number is None or new.number not in known:
                known.add(new.number or 0)
                for message in self._page(old, new) if receipt.carries_mark(page_number) else _unmarked(old, new):
                    yield message, page_number
            self._evidence.release_page(page_number)
        for leaf in (*self._after.pages[:shift], *self._after.pages[shift + len(self._before.pages) :]):
            if leaf.number is None or leaf.number <= self._before.highest_number:
                yield "a page of the original is repeated where the notice should be", None

    @cached_property
    def _is_tagged(self) -> bool:
        return "/StructTreeRoot" in self._before.catalog

    @cached_property
    def _parent_keys(self) -> frozenset[int]:
        return frozenset(parent_tree(self._before))

    @cached_property
    def _page_numbers(self) -> frozenset[int]:
        return frozenset(leaf.number for leaf in self._before.pages if leaf.number is not None)

    @cached_property
    def _roles(self) -> dict[int, Judge]:
        """What each object may change in, by its number: the last word for an object that plays two parts."""
        catalog, trailer = self._before.catalog, self._before.trailer
        found: dict[int, Judge] = {}

        def put(value: PdfObject | None, judge: Judge) -> None:
            number = reference(value)
            if number is not None:
                found[number] = judge

        for leaf in self._before.pages:
            put(raw(leaf.dictionary, "/Annots"), _nothing)
        for node in tree_nodes(raw(catalog, "/Pages")):
            put(node, self._page_tree_node)
        root = dictionary(catalog.get("/StructTreeRoot"))
        for node in tree_nodes(raw(root, "/ParentTree")):
            put(node, _only({"/Nums", "/Kids", "/Limits"}))
            for value in items(dictionary(node).get("/Nums")):
                put(value, _nothing)
        for kid in members(root, "/K"):
            put(kid, self._longer("/K"))
        put(raw(catalog, "/StructTreeRoot"), self._tag_root)
        names = dictionary(catalog.get("/Names"))
        for node in tree_nodes(raw(names, "/EmbeddedFiles")):
            put(node, _only({"/Names", "/Kids", "/Limits"}))  # the entries are judged as a whole
        put(raw(catalog, "/Names"), _only({"/EmbeddedFiles"}))
        put(raw(catalog, "/AF"), _nothing)
        put(raw(catalog, "/Metadata"), _metadata)
        put(raw(trailer, "/Info"), _only(INFO_KEYS))
        put(raw(trailer, "/Root"), self._catalog)
        return found

    def _catalog(self, old: DictionaryObject, new: DictionaryObject) -> Iterator[str]:
        allowed = CATALOG_KEYS | ({"/PageLabels"} if self._evidence.pages_put_in else set())
        allowed |= {"/Version"} if self._is_version_raised(old, new) else set()
        yield from _only(allowed)(old, new)
        yield from _only({"/EmbeddedFiles"})(dictionary(old.get("/Names")), dictionary(new.get("/Names")))
        if not only_appended(members(old, "/AF"), members(new, "/AF"), self._before.highest_number):
            yield "other files are associated"

    def _is_version_raised(self, old: DictionaryObject, new: DictionaryObject) -> bool:
        """Return whether the catalog names a later version of PDF than the original did, as far as 1.7."""
        start = self._evidence.base_header + len("%PDF-")
        header = f"/{bytes(self._evidence.base_bytes[start : start + 3]).decode('latin-1')}"
        before, after = (str(resolved(one.get("/Version")) or "") for one in (old, new))
        known = max(header, before if VERSION.fullmatch(before) else header)
        return after in PDF_VERSIONS and known < after

    def _tag_root(self, old: DictionaryObject, new: DictionaryObject) -> Iterator[str]:
        yield from self._longer("/K", TAG_KEYS)(old, new)
        yield from parent_tree_differs(self._before, self._after)

    def _longer(self, key: str, others: frozenset[str] | set[str] = frozenset()) -> Judge:
        """Return a judge that lets one entry differ by members of this marking, and the `others` as they like."""

        def judge(old: DictionaryObject, new: DictionaryObject) -> Iterator[str]:
            yield from _only({key, *others})(old, new)
            if not only_appended(members(old, key), members(new, key), self._before.highest_number):
                yield f"{key[1:]} has other members"

        return judge

    def _page_tree_node(self, old: DictionaryObject, new: DictionaryObject) -> Iterator[str]:
        yield from _only({"/Kids", "/Count"})(old, new)
        kids, now = items(old.get("/Kids")), items(new.get("/Kids"))
        shift = max(self._evidence.pages_put_in, 0)
        front = shift if self._evidence.pages_put_in_front else 0
        if len(now) not in {len(kids), len(kids) + shift}:
            yield f"{len(kids)} members have become {len(now)}"
            return
        if len(now) == len(kids):
            front = 0
        before, count = (str(resolved(one.get("/Count"))) for one in (old, new))
        if before.isdigit() and count not in {before, str(int(before) + shift)}:
            yield "the page tree counts other pages than it has"
        for kid, other in zip(kids, now[front : front + len(kids)], strict=True):
            entered = reference(kid) is None and (reference(other) or 0) > self._before.highest_number
            if not entered and not same(kid, other):
                yield "a member is replaced"

    def _page(self, old: PypdfPage, new: PypdfPage) -> Iterator[str]:
        for key in changed_keys(old.dictionary, new.dictionary):
            new_keys = {"/StructParents", "/Tabs", "/Parent"} if self._is_tagged else {"/Parent"}
            added = key in new_keys and key not in old.dictionary
            # a key that led to nothing may be given up for one that leads to the owners of the line
            led_nowhere = (
                key == "/StructParents" and self._is_tagged and old.dictionary.get(key) not in self._parent_keys
            )
            is_allowed = key in PAGE_KEYS or added or led_nowhere or is_media_box_repaired(key, old, new)
            if not is_allowed and not is_last_of_repeated_box(self._before, key, old, new):
                yield f"{key[1:]} has changed"
        yield from self._contents(old, new)
        yield from _resources(dictionary(old.get("/Resources")), dictionary(new.get("/Resources")))
        annots, now = items(old.dictionary.get("/Annots")), items(new.dictionary.get("/Annots"))
        if not has_prefix(annots, now):
            yield "annotations have changed"
        elif any((reference(one) or 0) <= self._before.highest_number for one in now[len(annots) :]):
            yield "an annotation is added that is not of this marking"

    def _contents(self, old: PypdfPage, new: PypdfPage) -> Iterator[str]:
        theirs, now = members_of(old.dictionary), members_of(new.dictionary)
        ours = [(reference(member) or 0) > self._before.highest_number for member in now]
        name, _ = head_of(data_of(now[0])) if ours == [True] else ("", 0)
        if ours == [True] and (theirs or name):
            form = raw(dictionary(dictionary(new.get("/Resources")).get("/XObject")), name)
            yield from content_differs(form, theirs, old)
            return
        first = 1 if ours[:1] == [True] and len(now) > len(theirs) + 1 else 0
        if not has_prefix(theirs, now[first:]) or len(now) - len(theirs) - first > 1:
            yield "the content of the page is not the original's, wrapped"
            return
        if not all(ours[first + len(theirs) :]):
            yield "the content is wrapped in a stream of the original"
        if first and (not is_saves(data_of(now[0])) or any(stream_differs(dictionary(now[0])))):
            yield "more than q comes before the content"


def _unmarked(old: PypdfPage, new: PypdfPage) -> Iterator[str]:
    """Let nothing differ in a page outside of the range that was marked."""
    for key in changed_keys(old.dictionary, new.dictionary):
        yield f"{key[1:]} has changed, although the page was not to be marked"


def _resources(old: DictionaryObject, new: DictionaryObject) -> Iterator[str]:
    """Yield what a page's resources have lost, and what they have gained under names that are not ours."""
    for category in sorted(old.keys() | new.keys()):
        entries, now = resolved(old.get(category)), resolved(new.get(category))
        if not isinstance(now, DictionaryObject) or not isinstance(entries or DictionaryObject(), DictionaryObject):
            if not same(entries, now):
                yield f"the resource {category} has changed"
            continue
        known = dictionary(entries)
        for name in changed_keys(known, now):
            if name in known or not name.startswith(OUR_NAMES):
                yield f"the resource {category} {name} has changed"


def _only(keys: set[str]) -> Judge:
    """Return a judge that lets only these keys differ; of a stream with a part to play the data is judged elsewhere."""

    def judge(old: DictionaryObject, new: DictionaryObject) -> Iterator[str]:
        for key in changed_keys(old, new):
            if key not in keys:
                yield f"{key[1:]} has changed"

    return judge


def _metadata(old: DictionaryObject, new: DictionaryObject) -> Iterator[str]:
    """Yield what differs in the dictionary of the metadata, or is not as every reader expects it."""
    yield from _only(METADATA_KEYS)(old, new)
    if (new.get("/Type"), new.get("/Subtype")) != ("/Metadata", "/XML"):
        yield "it is not marked as metadata in XML"


_nothing = _only(set())
"""Lets nothing differ in a dictionary: arrays with this judge may only grow."""


def dangling(document: PypdfDocument, number: int, before: PypdfDocument) -> Iterator[str]:
    """Yield which objects an object leads to, though the document does not have them, and its entries without a value.

    A marking writes no such reference or entry of its own. It keeps those of the same object `before`, or leaves them
    out: some viewers find an object that an update freed. A reference with another generation leads to nothing, too.
    """
    references, empty = _led_to(document, number)
    later = document.later_generations
    absent = {one for one in references if one[0] not in document.numbers or later.get(one[0], 0) != one[1]}
    if (absent or empty) and number in before.numbers:
        old_references, old_empty = _led_to(before, number, with_freed=True)
        absent, empty = absent - old_references, empty - old_empty
    for one, generation in sorted(absent)[:MAX_NAMED]:
        yield f"object {number} leads to object {one} {generation}, which the copy does not have"
    for key in sorted(empty)[:MAX_NAMED]:
        yield f"object {number} has {plain(key, 40)} without a value"


def _led_to(document: PypdfDocument, number: int, *, with_freed: bool = False) -> tuple[set[tuple[int, int]], set[str]]:
    """Return the references in an object, by number and generation, and the keys of its entries that are null.

    `with_freed` counts entries that lead to an object which is not there, too: that is null (ISO 32000-2 7.3.10).
    """
    found, empty, waiting = set[tuple[int, int]](), set[str](), [document.object(number)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, IndirectObject):
            found.add((value.idnum, value.generation))
        elif isinstance(value, DictionaryObject):
            waiting += dict.values(value)
            empty.update(key for key, one in dict.items(value) if isinstance(one, NullObject))
            if with_freed:
                empty.update(key for key, one in dict.items(value) if _is_freed(one))
        elif isinstance(value, ArrayObject):
            waiting += list.__iter__(value)
    return found, empty


def _is_freed(value: object) -> bool:
    """Return whether a reference leads to nothing."""
    return isinstance(value, IndirectObject) and isinstance(resolved(value), NullObject | None)
