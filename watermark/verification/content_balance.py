"""Check that everything a page's own content leaves open is closed before the mark (ISO 32000-2 7.8.2, 8.4.2, 14.6).

A save without a restore, or a text object or array that does not end, would otherwise affect the mark, and a surplus
restore would undo the save made for it. Nor may an operator lack operands: some viewers then draw nothing that follows.
Renderings do not show this in every viewer, so the content itself is read.
"""

from collections.abc import Callable, Iterator

from pypdf.generic import ArrayObject, EncodedStreamObject, NameObject, PdfObject, StreamObject

from watermark.pdf.bounded_inflate import FLATE, MAX_CODED_BYTES, MAX_CONTENT_BYTES, SAFE_FILTERS, inflated
from watermark.verification.content_isolation import head_of
from watermark.verification.mark_parser import closers_of, members_of
from watermark.verification.missing_operands import lacks_operands
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
from watermark.verification.unclosed_operators import MAX_LEVELS, Leftover, TooDeepError, leftovers

WHOLE_NAMES = {
    "/AHx": "/ASCIIHexDecode",
    "/A85": "/ASCII85Decode",
    "/LZW": "/LZWDecode",
    "/RL": "/RunLengthDecode",
    "/Fl": "/FlateDecode",
}
"""Short names from inline images (ISO 32000-2 8.9.7): viewers accept them in any stream, pypdf does not."""
UNHEEDED = frozenset({"/F", "/FFilter", "/DP"})
"""Keys that some viewers read as another location of the data or as parameters of filters; pypdf ignores them."""


class UnknownError(ValueError):
    """It cannot be determined what a page's own content leaves open; the message says why."""


UNREADABLE = "its content cannot be decoded"
TOO_DEEP = f"its content nests {MAX_LEVELS} levels deep, so that nothing is saved before it"
MAX_FORMS = 60
CATEGORIES = ("/XObject", "/Pattern", "/ExtGState", "/Font")
PARTED = "an inline image in its content ends in different places for different viewers"
LAYER_OPEN = "a layer in it stays open, and some viewers then hide the mark with it"
IN_IMAGE = "its content ends inside an inline image, which viewers end in different places"


class Wrappings:
    """Checks what surrounds the content of the pages of one copy; content that pages share is read once."""

    def __init__(self, after: PypdfDocument, is_ours: Callable[[PdfObject], bool]) -> None:
        """Read from `after`; `is_ours` tells whether an object was added by the marking."""
        self._after, self._is_ours = after, is_ours
        self._known: dict[tuple[int | None, ...], tuple[Leftover, ...] | None] = {}
        self._lacking: dict[tuple[int | None, ...], bytes] = {}
        self._forms: dict[int, str] = {}
        self._has_layers = "/OCProperties" in after.catalog

    def differs(self, leaf: PypdfPage, *, is_annotated: bool) -> Iterator[str]:
        """Yield how a page's own content can affect the mark. Raises UnknownError when that cannot be determined."""
        members = members_of(leaf.dictionary)
        if self._has_layers:
            yield from self._layers(leaf, members, is_annotated=is_annotated)
        if is_annotated:
            return  # the content of the page does not surround an annotation
        *content, last = members
        last_data = data_of(last)
        if not content and head_of(last_data)[0]:
            return  # the content is in a form: only an open layer can affect what follows
        saves = 0
        if content and self._is_ours(content[0]) and is_saves(before := data_of(content[0])):
            saves, content = len(before.split()), content[1:]
        try:
            found = self._leftovers(content)
        except TooDeepError:
            yield "its content opens more levels than any page can mean"
            return
        if content and last_data[:1] not in {b"\n", b"\r"}:
            yield "no new line ends a comment that its content may end in"
        if len(found) > 1:
            yield PARTED
            return
        if lacking := self._lacking[tuple(map(reference, content))]:
            yield f"the operator {lacking.decode()} in its content lacks operands: some viewers draw nothing after it"
        yield from _differences(found[0], saves, closers_of(last_data))
        if not found[0].saves or found[0].ends_in_image:
            raise UnknownError(IN_IMAGE if found[0].ends_in_image else TOO_DEEP)

    def _leftovers(self, content: list[PdfObject]) -> tuple[Leftover, ...]:
        key = tuple(map(reference, content))
        if None in key or key not in self._known:
            decoded = _joined(content)
            self._known[key] = None if decoded is None else leftovers(decoded)
            self._lacking[key] = lacks_operands(decoded or b"")
            for member in content:
                self._after.release(member)
        found = self._known[key]
        if found is None:
            raise UnknownError(UNREADABLE)
        return found

    def _layers(self, leaf: PypdfPage, members: list[PdfObject], *, is_annotated: bool) -> Iterator[str]:
        """Yield which layers stay open over the mark: some viewers do not close them at the end of a form or page."""
        resources = leaf.get("/Resources")
        isolated = members if is_annotated else []
        if not is_annotated and len(members) == 1 and head_of(data_of(members[0]))[0]:
            forms = dictionary(dictionary(resources).get("/XObject"))
            isolated = [form for form in (raw(forms, head_of(data_of(members[0]))[0]),) if form is not None]
        if isolated and (message := self._layer_in(isolated)):
            yield message
        for message in self._forms_below(resources, set()):
            yield message
            return

    def _layer_in(self, content: list[PdfObject]) -> str:
        try:
            found = self._leftovers(content)
        except (UnknownError, TooDeepError):
            return "its content cannot be read, and a layer in it may stay open over the mark"
        return LAYER_OPEN if any(one.layers for one in found) else ""

    def _forms_below(self, resources: object, above: set[int]) -> Iterator[str]:
        """Yield what is wrong with what these resources paint, and with what that uses in turn."""
        for value, inner in _painted_by(resources):
            number = reference(value)
            if number in above:
                continue
            if number is None:
                yield "a form is not an object of its own"
                continue
            if number not in self._forms:
                self._forms[number] = self._layer_in([value]) if len(above) < MAX_FORMS else ""
                below = next(self._forms_below(inner, above | {number}), "")
                self._forms[number] = self._forms[number] or below
            if self._forms[number]:
                yield self._forms[number]


def _painted_by(resources: object) -> Iterator[tuple[PdfObject, object]]:
    """Yield each content stream that is painted by name, as written, with its own resources.

    These are forms, tiling patterns, the glyphs of Type 3 fonts, and the groups of soft masks (ISO 32000-2 8.10, 8.7.3,
    9.6.4, 11.6.5.2).
    """
    named = {category: dictionary(dictionary(resources).get(category)) for category in CATEGORIES}
    values = [raw(entries, key) for category in CATEGORIES[:2] for entries in (named[category],) for key in entries]
    states = map(dictionary, (raw(named["/ExtGState"], key) for key in named["/ExtGState"]))
    values += [raw(dictionary(state.get("/SMask")), "/G") for state in states]
    for value in values:
        stream = resolved(value)
        if isinstance(stream, StreamObject) and (stream.get("/Subtype") == "/Form" or stream.get("/PatternType") == 1):
            assert value is not None  # a stream was found behind it
            yield value, stream.get("/Resources")
    for font in map(dictionary, (raw(named["/Font"], key) for key in named["/Font"])):
        glyphs = dictionary(font.get("/CharProcs"))
        for value in (raw(glyphs, key) for key in glyphs):
            if isinstance(resolved(value), StreamObject):
                assert value is not None  # a stream was found behind it
                yield value, font.get("/Resources")


def _differences(found: Leftover, saves: int, closers: bytes) -> Iterator[str]:
    if saves != found.saves:
        if saves <= found.surplus and found.saves:
            yield "its content restores more than is saved before it: what it sets reaches the mark"
        elif saves and not found.saves:
            yield f"q before its content brings it beyond {MAX_LEVELS} levels, and not every viewer goes there"
        else:
            yield f"{saves} q come before its content, where {found.saves} belong"
    elif closers.split() != [*found.closers, *[b"Q"] * min(saves, 1)]:
        left = b" ".join(found.closers)[:40].decode("latin-1")
        yield f"what its content leaves open is not closed before the mark ({left or 'nothing'} is missing)"


def _joined(content: list[PdfObject]) -> bytes | None:
    """Return the decoded streams, joined by newlines; None when one cannot be decoded within the limits."""
    parts: list[bytes] = []
    left = MAX_CONTENT_BYTES
    for member in content:
        stream = resolved(member)
        part = _decoded(stream, left) if isinstance(stream, StreamObject) else None
        if part is None:
            return None
        parts.append(part)
        left -= len(part)
    return b"\n".join(parts)


def _decoded(stream: StreamObject, max_bytes: int) -> bytes | None:
    """Return the data of a stream; of damaged deflate data the part before the damage, as viewers do."""
    entry = resolved(stream.get("/Filter"))
    filters = [str(resolved(one)) for one in ([entry] if isinstance(entry, NameObject) else items(entry))]
    stored: bytes = stream._data  # noqa: SLF001 - the data as stored, undecoded
    if not UNHEEDED.isdisjoint(stream) or not SAFE_FILTERS.issuperset(filters):
        return None
    if len(filters) == 1 and filters[0] in FLATE and "/DecodeParms" not in stream:
        return inflated(stored, max_bytes)
    if sum(name in FLATE for name in filters) > 1 or (filters and len(stored) > MAX_CODED_BYTES):
        return None
    data = _unfiltered(stream, filters) if filters else stored
    return data if data is not None and len(data) <= max_bytes else None


def _unfiltered(stream: StreamObject, filters: list[str]) -> bytes | None:
    """Return the data of a stream as pypdf decodes them with these filters, or None."""
    named = EncodedStreamObject()
    named._data = stream._data  # noqa: SLF001 - the data as stored, undecoded
    named[NameObject("/Filter")] = ArrayObject(NameObject(WHOLE_NAMES.get(name, name)) for name in filters)
    if "/DecodeParms" in stream:
        named[NameObject("/DecodeParms")] = stream.raw_get("/DecodeParms")
    try:
        return named.get_data()
    except Exception:  # noqa: BLE001 - a hostile file brings a reader to any of them
        return None


def is_saves(content: bytes) -> bool:
    """Return whether a stream consists of nothing but q operators, as a marking writes it."""
    return content == b"q\n" * max(len(content) // 2, 1)
