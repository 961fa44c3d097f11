"""The notice pages of a copy, part by part, beside the notice document inside: content, fonts, links and tags.

The copy has other object numbers. So both are walked together, and each object of the document has one counterpart.
"""

import re
from collections.abc import Iterator, Sequence

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject

from watermark.models import plain
from watermark.verification.content_operators import tokens_of
from watermark.verification.object_equality import Number, Text
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
from watermark.verification.structure_tree import members, parent_tree

MAX_PAIRS = 200_000
HEADINGS = frozenset({"/H1", "/H2"})
NOT_COMPARED = frozenset({"/Parent", "/Tabs", "/StructParents", "/StructParent", "/Dest", "/NS"})
"""Entries that the copy has for its own page tree and tags; the caller compares what they lead to."""
PACKED = frozenset({"/Length", "/Filter", "/DecodeParms"})
OPENERS = frozenset({b"BMC", b"BDC"})
_HEX = re.compile(rb"<[^<]")


class NoticeParts:
    """Compares the pages of a notice in a copy with those of the notice document."""

    def __init__(self, document: PypdfDocument, copy: PypdfDocument, pages: Sequence[PypdfPage]) -> None:
        """Compare the pages of `document` with `pages`, which are in `copy` and as many."""
        self._document, self._copy, self._pages = document, copy, pages
        self._pairs: dict[int, int] = {}
        self._waiting: list[tuple[str, PdfObject, PdfObject]] = []

    def differences(self) -> Iterator[str]:
        """Yield which parts of the notice pages are not those of the notice document."""
        together = list(zip(self._document.pages, self._pages, strict=True))
        for own, ours in together:
            self._pair(own.node, ours.node)
        for page_number, (own, ours) in enumerate(together, 1):
            what = f"page {page_number} of the notice"
            is_tagged = "/StructParents" in ours.dictionary
            for key in sorted((own.dictionary.keys() | ours.dictionary.keys()) - NOT_COMPARED - {"/Contents"}):
                yield from self._compared(f"{what}: {key}", raw(own.dictionary, key), raw(ours.dictionary, key))
            before, after = (data_of(leaf.get("/Contents")) for leaf in (own, ours))
            if before != after and (is_tagged or list(_painting(before)) != list(_painting(after))):
                yield f"{what}: its content is not that of the notice document inside"
        yield from self._tags(together)
        yield from self._rest()

    def _tags(self, together: Sequence[tuple[PypdfPage, PypdfPage]]) -> Iterator[str]:
        """Yield where the tags of the notice, if the copy has them, are not those of the document."""
        shifts = {
            int(str(ours.get("/StructParents"))) - int(str(own.get("/StructParents")))
            for own, ours in together
            if "/StructParents" in ours.dictionary
        }
        if not shifts:
            return
        shift = min(shifts)
        theirs, now = parent_tree(self._document), parent_tree(self._copy)
        if len(shifts) > 1 or not {key + shift for key in theirs} <= now.keys():
            yield "the tags of the notice are not those of the notice document inside"
            return
        for key, value in theirs.items():
            yield from self._compared("the tags of the notice", value, now[key + shift])
        root = dictionary(self._document.catalog.get("/StructTreeRoot"))
        top = members(root, "/K")[:1]
        section = self._section(top, theirs, now, shift)
        if not top or section is None:
            yield "the tags of the notice have no section of their own"
            return
        own = members(dictionary(top[0]), "/K")
        ours = members(dictionary(section), "/K")
        if len(own) != len(ours):
            yield "the section of the notice has other elements than the notice document inside"
        for one, other in zip(own, ours, strict=False):
            yield from self._compared("the tags of the notice", one, other)

    def _section(
        self, top: list[PdfObject], theirs: dict[int, PdfObject], now: dict[int, PdfObject], shift: int
    ) -> PdfObject | None:
        """Return the section of the notice in the copy, found from an element that the parent tree names."""
        for key, value in theirs.items():
            own = next(iter(items(value)), value)
            ours: PdfObject | None = next(iter(items(now[key + shift])), now[key + shift])
            for _ in range(64):
                if not top or ours is None or resolved(own) is None:
                    break
                if reference(raw(dictionary(own), "/P")) == reference(top[0]):
                    found = raw(dictionary(ours), "/P")
                    if found is not None:
                        self._pair(top[0], found)
                    return found
                above = raw(dictionary(own), "/P")
                own = above if above is not None else own
                ours = raw(dictionary(ours), "/P")
        return None

    def _pair(self, own: PdfObject | None, ours: PdfObject | None) -> None:
        one, other = reference(own), reference(ours)
        if one is not None and other is not None:
            self._pairs[one] = other

    def _rest(self) -> Iterator[str]:
        """Compare what references lead to, each pair once."""
        for _ in range(MAX_PAIRS):
            if not self._waiting:
                return
            yield from self._same(*self._waiting.pop())
        yield "the notice pages have more parts than any notice has"

    def _compared(self, what: str, own: PdfObject | None, ours: PdfObject | None) -> Iterator[str]:
        """Yield `what`, if two values differ; what references lead to is compared later."""
        one, other = reference(own), reference(ours)
        if one is not None and other is not None and own is not None and ours is not None:
            if one in self._pairs:
                if self._pairs[one] != other:
                    yield f"{what} is not that of the notice document inside"
                return
            self._pairs[one] = other
            self._waiting.append((what, own, ours))
            return
        yield from self._same(what, own, ours)

    def _same(self, what: str, own: PdfObject | None, ours: PdfObject | None) -> Iterator[str]:
        first, second = resolved(own), resolved(ours)
        if isinstance(first, DictionaryObject) and isinstance(second, DictionaryObject):
            if isinstance(first, StreamObject) != isinstance(second, StreamObject) or data_of(first) != data_of(second):
                yield f"{what} has other data than in the notice document inside"
            packed = PACKED if isinstance(first, StreamObject) else frozenset()
            for key in sorted((first.keys() | second.keys()) - NOT_COMPARED - packed):
                if not _may_differ(key, first, second):
                    yield from self._compared(f"{what} {plain(key, 40)}", raw(first, key), raw(second, key))
        elif isinstance(first, ArrayObject) and isinstance(second, ArrayObject):
            if len(first) != len(second):
                yield f"{what} has other members than in the notice document inside"
            for one, other in zip(items(first), items(second), strict=False):
                yield from self._compared(what, one, other)
        elif not _equal(first, second):
            yield f"{what} is not that of the notice document inside"


def _may_differ(key: str, own: DictionaryObject, ours: DictionaryObject) -> bool:
    """Return whether a marking leaves an entry out, or writes it otherwise: PDF/A-4 wants no list of glyphs."""
    is_heading = key == "/S" and own.get("/S") in HEADINGS and ours.get("/S") == "/P"
    return is_heading or (key == "/CIDSet" and key not in ours)


def _equal(first: object, second: object) -> bool:
    if isinstance(first, Text) and isinstance(second, Text):
        return first.original_bytes == second.original_bytes
    if isinstance(first, Number) and isinstance(second, Number):
        return float(first) == float(second)
    return not isinstance(first, IndirectObject) and type(first) is type(second) and bool(first == second)


def _painting(content: bytes) -> Iterator[tuple[bytes | float, ...]]:
    """Yield the operators of a content with their operands, without the marks of a structure.

    Marks stay where they give joined letters their text.
    """
    operands: list[bytes | float] = []
    is_kept: list[bool] = []
    for token in tokens_of(content):
        if token[:1] in b"/(<[>]" or token[:1] in b"0123456789+-.":
            operands.append(_plain(token))
            continue
        if token in OPENERS:
            is_kept.append(b"/ActualText" in operands)
        if not (token in OPENERS or token == b"EMC") or not is_kept or is_kept[-1]:
            yield (*operands, token)
        if token == b"EMC" and is_kept:
            is_kept.pop()
        operands = []
    yield tuple(operands)


def _plain(token: bytes) -> bytes | float:
    """Return a number as such, and a string in hexadecimal digits in lower case, as two programs may write them."""
    if _HEX.match(token):
        return token.lower()
    try:
        return float(token)
    except ValueError:
        return token
