"""A file that was rewritten as a whole says what the original inside says: page by page, entry by entry.

Objects have other numbers then, so that they are compared by what leads to them: from the catalog and from each page.
"""

from collections.abc import Collection, Iterator
from itertools import chain, islice
from typing import TypeAlias

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject

from watermark.errors import FailedError
from watermark.models import Status, plain
from watermark.verification.appended_objects import ANNOTATION, MARK_LINK
from watermark.verification.content_balance import is_saves
from watermark.verification.content_isolation import MARK_SUBTYPES, head_of
from watermark.verification.evidence import Evidence, NotComparableError
from watermark.verification.mark_parser import members_of
from watermark.verification.notice_pages import NoticePages
from watermark.verification.object_equality import same, same_data
from watermark.verification.object_schema import ACTION, entries_differ
from watermark.verification.pypdf_document import (
    PypdfDocument,
    PypdfPage,
    data_of,
    dictionary,
    items,
    raw,
    resolved,
)

Pair: TypeAlias = tuple[object, object]

MAX_PAIRS = 3_000_000
MAX_NAMED = 10
OF_STORAGE = frozenset({"/Length"})
"""Entries of a stream that say how long it is, and nothing else: other lengths may be objects of their own."""
OF_A_PAGE = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
"""What a page may inherit (ISO 32000-2 7.7.3.4)."""
OF_THE_MARKING = {"/Metadata", "/Names", "/AF", "/PageLabels", "/Version", "/StructTreeRoot"}
OF_A_MARKED_PAGE = {"/Contents", "/Resources", "/Annots", "/StructParents", "/Tabs"}


def base_differs(evidence: Evidence) -> Iterator[tuple[Status, str]]:
    """Yield how the file before the revision differs from the original that the copy carries inside.

    Where the original is damaged, readers repair it in different ways: then a difference is not checked. Raises
    NotComparableError where the original cannot be read.
    """
    original = _original(evidence, strict=False)
    try:
        messages = list(islice(_differences(evidence, original), MAX_NAMED))
    except NotComparableError:
        raise
    except Exception as error:
        if not (damage := _damage_in(original)):
            raise
        raise _not_comparable(damage) from error
    status = Status.NOT_CHECKED if messages and _is_damaged(evidence) else Status.FAILED
    for message in messages:
        yield status, f"it was rewritten, and says something else than the original inside: {message}"


def _differences(evidence: Evidence, original: PypdfDocument) -> Iterator[str]:
    if not evidence.is_linearized:
        return _Comparison(original, evidence.before, is_marked=False).differences()
    comparison = _Comparison(original, evidence.after, is_marked=True)
    return chain(comparison.differences(), NoticePages(evidence, lambda _: True).differences())


def _original(evidence: Evidence, *, strict: bool) -> PypdfDocument:
    data = evidence.embedded_original
    try:
        return PypdfDocument(data, max(data.find(b"%PDF-"), 0), len(data), password=evidence.password, strict=strict)
    except FailedError as error:
        raise _not_comparable(error.reason) from error


def _not_comparable(damage: str) -> NotComparableError:
    message = f"the original inside is damaged, and this cannot be compared: {damage}"
    return NotComparableError(message, remedy="Compare the pages with those of the original by eye.")


def _is_damaged(evidence: Evidence) -> bool:
    """Whether a part of the embedded original cannot be read as the standard has it."""
    try:
        return bool(_damage_in(_original(evidence, strict=True)))
    except NotComparableError:
        return True


def _damage_in(original: PypdfDocument) -> str:
    """Return why a part of a document that can be reached cannot be read, or "": each is compared with itself."""
    try:
        for _ in _Comparison(original, original, is_marked=False).differences():
            pass
    except Exception as error:  # noqa: BLE001 - pypdf has no one error for what it cannot read
        return f"pypdf cannot read it ({plain(error, 200)})"
    return ""


class _Comparison:
    """Walks two documents side by side; each pair of objects is compared once."""

    def __init__(self, before: PypdfDocument, after: PypdfDocument, *, is_marked: bool) -> None:
        self._before, self._after, self._is_marked = before, after, is_marked
        self._seen: set[tuple[int, int]] = set()
        self._count = 0
        after_pages = after.pages
        if is_marked and len(after_pages) > len(before.pages):  # notice pages
            shift = len(after_pages) - len(before.pages)
            starts = [at for at in (0, shift) if self._begins_at(at)]
            after_pages = after_pages[starts[0] if starts else 0 :][: len(before.pages)]
        self._pages = list(zip(before.pages, after_pages, strict=False))
        self._is_complete = len(before.pages) == len(after_pages)
        self._seen |= {
            (old.number, new.number) for old, new in self._pages if old.number is not None and new.number is not None
        }

    def _begins_at(self, at: int) -> bool:
        old, new = self._before.pages[0], self._after.pages[at]
        return _contents(old) == [] or _contents(old)[0] in _contents(new)

    def differences(self) -> Iterator[str]:
        """Yield what differs."""
        if not self._is_complete:
            yield "it has other pages"
            return
        catalogs = self._before.catalog, self._after.catalog
        left_out = {"/Pages"} | (OF_THE_MARKING if self._is_marked else set())
        yield from self._entries("the catalog", *catalogs, left_out)
        if self._is_marked:
            before, after = (dictionary(one.get("/Names")) for one in catalogs)
            yield from self._entries("the names", before, after, {"/EmbeddedFiles"})
        for page_number, (old, new) in enumerate(self._pages, 1):
            yield from (f"page {page_number}: {message}" for message in self._page(old, new))
        info = {"/Title", "/ModDate", "/CrossmarkMajorVersionDate"} if self._is_marked else set()
        yield from self._entries("the document information", self._before.info, self._after.info, info)

    def _entries(
        self, what: str, before: DictionaryObject, after: DictionaryObject, left_out: Collection[str]
    ) -> Iterator[str]:
        for key in sorted((before.keys() | after.keys()) - set(left_out)):
            if not self._same(raw(before, key), raw(after, key)):
                yield f"{plain(key, 40)} of {what}"

    def _page(self, old: PypdfPage, new: PypdfPage) -> Iterator[str]:
        left_out = {"/Parent", *OF_A_PAGE} | (OF_A_MARKED_PAGE if self._is_marked else set())
        yield from self._entries("the page", old.dictionary, new.dictionary, left_out)
        for key in OF_A_PAGE[:3] if self._is_marked else OF_A_PAGE:
            if not self._same(old.raw(key), new.raw(key)):
                yield key
        if not self._is_marked:
            return
        yield from self._marked_content(old, new)
        yield from self._marked_resources(dictionary(old.get("/Resources")), dictionary(new.get("/Resources")))
        theirs, now = items(old.dictionary.get("/Annots")), items(new.dictionary.get("/Annots"))
        if len(now) < len(theirs) or not all(map(self._same, theirs, now)):
            yield "/Annots"
        for one in now[len(theirs) :]:
            annotation = dictionary(one)
            schema = ANNOTATION if annotation.get("/Subtype") in MARK_SUBTYPES else MARK_LINK
            yield from (f"a new annotation: {message}" for message in entries_differ(annotation, schema))
            if "/A" in annotation:
                yield from (f"a new link: {one}" for one in entries_differ(dictionary(annotation.get("/A")), ACTION))

    def _marked_content(self, old: PypdfPage, new: PypdfPage) -> Iterator[str]:
        theirs, now = _contents(old), _contents(new)
        if now == theirs:
            return  # the mark is in an annotation
        name = head_of(now[0])[0] if len(now) == 1 else ""
        if name:
            form = raw(dictionary(dictionary(new.get("/Resources")).get("/XObject")), name)
            is_kept = data_of(form) == b"\n".join(theirs)
        else:
            first = 1 if len(now) > len(theirs) + 1 and is_saves(now[0]) else 0
            is_kept = now[first : first + len(theirs)] == theirs and len(now) == first + len(theirs) + 1
        if not is_kept:
            yield "/Contents"

    def _marked_resources(self, old: DictionaryObject, new: DictionaryObject) -> Iterator[str]:
        for category in sorted(old.keys() | new.keys()):
            if category != "/XObject":
                if not self._same(raw(old, category), raw(new, category)):
                    yield f"/Resources {category}"
                continue
            forms, now = dictionary(old.get(category)), dictionary(new.get(category))
            for key in sorted(forms.keys() | now.keys()):
                is_added = key not in forms and key.startswith("/Retraction")
                if not is_added and not self._same(raw(forms, key), raw(now, key)):
                    yield f"/Resources {category} {plain(key, 40)}"

    def _same(self, first: object, second: object) -> bool:
        """Return whether two values, and all that they lead to, say the same."""
        waiting: list[Pair] = [(first, second)]
        while waiting:
            self._count += 1
            if self._count > MAX_PAIRS:
                raise NotComparableError("it holds too many objects to compare", remedy="Mark the original again.")
            one, other = waiting.pop()
            if isinstance(one, IndirectObject) and isinstance(other, IndirectObject):
                numbers = one.idnum, other.idnum
                if numbers in self._seen:
                    continue
                self._seen.add(numbers)
            below = _members(resolved(one), resolved(other))
            if below is None:
                return False
            waiting += below
        return True


def _members(one: PdfObject | None, other: PdfObject | None) -> list[Pair] | None:
    """Return the pairs that are to be compared next; None where the two values differ by themselves."""
    if isinstance(one, DictionaryObject) and isinstance(other, DictionaryObject):
        if not same_data(one, other):
            return None
        left_out = OF_STORAGE if isinstance(one, StreamObject) else frozenset[str]()
        if dictionary(one).get("/Type") == "/Page" and dictionary(other).get("/Type") == "/Page":
            left_out = frozenset({"/Parent", *OF_A_PAGE})  # a page that is in no page tree
        keys = (one.keys() | other.keys()) - left_out
        return [(raw(one, key), raw(other, key)) for key in keys]
    if isinstance(one, ArrayObject) and isinstance(other, ArrayObject):
        return list(zip(items(one), items(other), strict=True)) if len(one) == len(other) else None
    return [] if same(one, other) else None


def _contents(leaf: PypdfPage) -> list[bytes]:
    """Return the data of the streams of a page, decoded."""
    return [data_of(member) for member in members_of(leaf.dictionary)]
