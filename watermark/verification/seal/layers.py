"""The revisions that seal a copy, taken off one by one from its end, each judged by a closed list of what it may hold.

What is left is the marked copy, which the other checks judge. A revision that is not exactly what a seal writes is not
taken off: it is then a revision behind the marking, which Claim.FIXITY does not allow.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from mmap import mmap

from pypdf.generic import DictionaryObject, FloatObject, NumberObject, PdfObject

from watermark.errors import FailedError
from watermark.verification.object_equality import changed_keys, has_prefix, same
from watermark.verification.object_schema import (
    STREAM,
    Schema,
    array,
    date,
    entries_differ,
    inline,
    is_stream,
    link,
    name,
    number,
    numbers,
    text,
)
from watermark.verification.pypdf_document import Bytes, PypdfDocument, dictionary, items, raw, reference, resolved
from watermark.verification.xref_sections import (
    Section,
    is_object_at,
    is_written_whole,
    last_section_offset,
    read_section,
)

MAX_LAYERS = 20
MAX_LAYER_BYTES = 64 << 20
END_OF_FILE = b"%%EOF"
LAST_LINE = END_OF_FILE + b"\n"
TRAILER_KEYS = {"/Prev", "/ID", "/Size"}
MAX_SIGNATURE_BYTES = 1 << 20
WRITTEN_SIGNATURE = re.compile(
    rb"\d{1,10} 0 obj\n<</Type /(?:Sig|DocTimeStamp)/Filter /Adobe\.PPKLite/SubFilter /ETSI\.[A-Za-z.0-9]{1,20}"
    rb"(?:/M (?:\((?:[^()\\]|\\.){0,200}\)|<[0-9A-F]{0,400}>))?(?:/Reference \[[^\[\]()]{0,300}\])?"
    rb"/ByteRange \[[0-9 ]{7,80}\]/Contents <[0-9A-F]{2,}>>>\nendobj\n"
)
WRITTEN_DIGITS = re.compile(rb"<(?:[0-9A-F]{2})+>")
SECTION_KEYS = {"/Type", "/W", "/Index", "/Length", "/Filter"}

PARAMETERS = inline({"/Type": name("/TransformParams"), "/P": number, "/V": name("/1.2")})
REFERENCE = inline({"/Type": name("/SigRef"), "/TransformMethod": name("/DocMDP"), "/TransformParams": PARAMETERS})
SIGNATURE: Schema = {
    "/Type": name("/Sig"),
    "/Filter": name("/Adobe.PPKLite"),
    "/SubFilter": name("/ETSI.CAdES.detached"),
    "/M": date,
    "/ByteRange": numbers,
    "/Contents": text,
    "/Reference": array(REFERENCE),
}
TIMESTAMP: Schema = {
    "/Type": name("/DocTimeStamp"),
    "/Filter": name("/Adobe.PPKLite"),
    "/SubFilter": name("/ETSI.RFC3161"),
    "/ByteRange": numbers,
    "/Contents": text,
}
WIDGET: Schema = {
    "/Type": name("/Annot"),
    "/Subtype": name("/Widget"),
    "/FT": name("/Sig"),
    "/T": text,
    "/TU": text,
    "/Contents": text,
    "/V": link,
    "/F": number,
    "/Rect": numbers,
    "/P": link,
    "/AP": inline({"/N": link}),
}
APPEARANCE: Schema = {
    "/Type": name("/XObject"),
    "/Subtype": name("/Form"),
    "/BBox": numbers,
    "/Resources": inline({}),
    "/Length": number,
}
STORE: Schema = {"/Type": name("/DSS"), "/Certs": array(link), "/CRLs": array(link), "/OCSPs": array(link)}


class LayerKind(StrEnum):
    """What a revision adds to a copy that is sealed."""

    SIGNATURE = "signature"
    TIMESTAMP = "time stamp"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealLayer:
    """One revision of a seal: bytes `start` to `end` of the file.

    A signature or time stamp is `signature` (DER, with zeros behind it), over the file up to `end` without the bytes of
    `gap`, which are its hexadecimal digits with their brackets. `certifies` holds for a certification (DocMDP 1).
    """

    kind: LayerKind
    start: int
    end: int
    gap: range
    signature: bytes
    certifies: bool


class _OtherRevisionError(Exception):
    """A revision that no seal writes."""


def seal_layers(
    data: mmap, header: int, size_bytes: int, document: Callable[[int], PypdfDocument]
) -> tuple[SealLayer, ...]:
    """Return the revisions of the seal at the end of a file, the newest first; () for a file without a seal.

    `data` is the mapped file of `size_bytes`; `header` is the offset of its header. `document` returns the file up to a
    byte as pypdf reads it, or raises FailedError.
    """
    found: list[SealLayer] = []
    end = size_bytes
    while len(found) < MAX_LAYERS and _may_be_a_seal(data, end):
        try:
            layer = _layer(data, header, end, document)
        except (_OtherRevisionError, FailedError):
            break
        found.append(layer)
        end = layer.start
    return tuple(found)


def _may_be_a_seal(data: mmap, end: int) -> bool:
    """Return whether the last revision holds a signature, by its bytes: that of most copies does not."""
    start = data.rfind(END_OF_FILE, max(0, end - MAX_LAYER_BYTES), max(0, end - len(END_OF_FILE) - 2))
    return data.find(b"/ByteRange", max(start, 0), end) >= 0


def _layer(data: Bytes, header: int, end: int, document: Callable[[int], PypdfDocument]) -> SealLayer:
    """Return the last revision. Raises _OtherRevisionError or FailedError when it is not one of a seal."""
    after = document(end)
    with after.strictly():
        section = read_section(data, header, end, last_section_offset(data, header, end), after.reader)
    start = _start_of(data, header, section)
    if end - start > MAX_LAYER_BYTES:
        raise _OtherRevisionError
    before = document(start)
    revision = _Revision(data=data, start=start, end=end, before=before, after=after, section=section)
    _require(_is_well_written(revision, header) and _continues(revision, header))
    return _judged(revision)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Revision:
    data: Bytes
    start: int
    end: int
    before: PypdfDocument
    after: PypdfDocument
    section: Section

    @property
    def own(self) -> set[int]:
        """The numbers of the objects in it, without that of a cross-reference stream."""
        return {number for number in self.section.entries if number != self.section.number} - {0}

    def changed(self) -> set[int]:
        """Return the numbers of the objects that it overrides."""
        return self.own & self.before.numbers


def _start_of(data: Bytes, header: int, section: Section) -> int:
    """Return where the revision begins: at the end of the one before it, which ends as this tool and qpdf end it."""
    places = [entry.offset for entry in section.entries.values() if entry.kind == 1]
    first = header + min([section.offset, *places])
    _require(data[first - len(LAST_LINE) : first] == LAST_LINE)
    return first


def _is_well_written(revision: _Revision, header: int) -> bool:
    """Return whether each object is where the section says, whole, and read alike by every reader."""
    own = revision.section.number
    return all(
        entry.kind == 1
        and is_object_at(revision.data, header + entry.offset, number_, entry.generation)
        and (number_ == own or is_written_whole(revision.data, header + entry.offset, revision.end))
        and (number_ == own or _is_signature(revision, header + entry.offset) or revision.after.is_plain(number_))
        for number_, entry in revision.section.entries.items()
    )


def _is_signature(revision: _Revision, offset: int) -> bool:
    """Return whether the object at this byte is a signature, each entry once and in its order.

    A strict reader would decipher its /Contents, which are never encrypted, and fail (ISO 32000-2 7.6.2).
    """
    return WRITTEN_SIGNATURE.match(revision.data[offset : min(offset + MAX_SIGNATURE_BYTES, revision.end)]) is not None


def _continues(revision: _Revision, header: int) -> bool:
    """Return whether the trailer continues the one before it, and differs only in entries that have to differ."""
    section, after = revision.section, revision.section.trailer
    data, start = revision.data, revision.start
    with revision.before.strictly():
        last = read_section(data, header, start, last_section_offset(data, header, start), revision.before.reader)
    before = last.trailer
    allowed = TRAILER_KEYS | SECTION_KEYS
    changed = {key for key in changed_keys(before, after) if key not in allowed}
    size: object = resolved(after.get("/Size"))
    return (
        section.previous == last.offset
        and not changed
        and isinstance(size, int)
        and size > max(section.entries, default=0)
        and has_prefix(items(raw(before, "/ID"))[:1], items(raw(after, "/ID"))[:1])
    )


def _material(revision: _Revision) -> set[int]:
    """Judge the validation material, and return the numbers of its new objects (ISO 32000-2 12.8.4.3)."""
    value = raw(revision.after.catalog, "/DSS")
    store, old = dictionary(value), dictionary(revision.before.catalog.get("/DSS"))
    _require(not list(entries_differ(store, STORE)))
    found = {reference(value)}
    for key in ("/Certs", "/CRLs", "/OCSPs"):
        theirs, now = items(old.get(key)), items(store.get(key))
        _require(has_prefix(theirs, now))
        for item in now[len(theirs) :]:
            _require(is_stream(item) and not list(entries_differ(dictionary(item), STREAM)))
            found.add(reference(item))
    return {one for one in found if one is not None}


def _judged(revision: _Revision) -> SealLayer:
    """Judge the revision of a signature or a time stamp, and return it."""
    before, after = revision.before.catalog, revision.after.catalog
    changed = set(changed_keys(before, after))
    _require(changed <= {"/AcroForm", "/Perms", "/DSS"})
    material = _material(revision) if "/DSS" in changed else set()
    fields, now = (items(dictionary(one.get("/AcroForm")).get("/Fields")) for one in (before, after))
    _require(has_prefix(fields, now) and len(now) == len(fields) + 1)
    widget, value = dictionary(now[-1]), raw(dictionary(now[-1]), "/V")
    found = dictionary(value)
    schema = SIGNATURE if found.get("/Type") == "/Sig" else TIMESTAMP
    _require(not list(entries_differ(found, schema)) and not list(entries_differ(widget, WIDGET)))
    certifies = "/Reference" in found
    _require(("/Perms" in changed) == certifies)
    if certifies:
        permissions, old = dictionary(after.get("/Perms")), dictionary(before.get("/Perms"))
        _require(changed_keys(old, permissions) == ["/DocMDP"] and "/DocMDP" not in old)
        _require(reference(raw(permissions, "/DocMDP")) == reference(value))
    appearance = raw(dictionary(widget.get("/AP")), "/N")
    _require(is_stream(appearance) and not list(entries_differ(dictionary(appearance), APPEARANCE)))
    _require(not any(_four_numbers(dictionary(appearance).get("/BBox"))))
    new = {reference(now[-1]), reference(value), reference(appearance), *_form(revision), *material}
    _require(revision.own - revision.changed() == new)
    root = reference(raw(revision.after.trailer, "/Root"))
    store = reference(raw(before, "/DSS")) if material else None
    _require(revision.changed() <= {root, store, *_form_parts(before), *_page_parts(revision, now[-1], widget)})
    return _ranges(revision, reference(value), found, certifies=certifies)


def _form(revision: _Revision) -> set[int | None]:
    """Judge the form, and return the number of a new one."""
    old, new = raw(revision.before.catalog, "/AcroForm"), raw(revision.after.catalog, "/AcroForm")
    form = dictionary(new)
    differing = set(changed_keys(dictionary(old), form))
    _require(differing <= {"/Fields", "/SigFlags"} and form.get("/SigFlags") == 3)
    fields = (raw(dictionary(old), "/Fields"), raw(form, "/Fields"))
    _require(reference(fields[1]) is None or same(*fields))
    if reference(old) is not None:
        _require(same(old, new))
        return set()
    is_new = old is None and reference(new) is not None
    _require(is_new or reference(new) is None)
    return {reference(new)} if is_new else set()


def _form_parts(catalog: DictionaryObject) -> set[int | None]:
    form = raw(catalog, "/AcroForm")
    return {reference(form), reference(raw(dictionary(form), "/Fields"))}


def _page_parts(revision: _Revision, field: PdfObject, widget: DictionaryObject) -> set[int | None]:
    """Judge the page that has the widget, the first one, and return the numbers of what changes in it."""
    old, new = revision.before.pages[0], revision.after.pages[0]
    _require(old.number is not None and old.number == new.number == reference(raw(widget, "/P")))
    _require(changed_keys(old.dictionary, new.dictionary) in ([], ["/Annots"]))
    annotations, now = (raw(page.dictionary, "/Annots") for page in (old, new))
    _require(has_prefix(items(annotations), items(now)) and len(items(now)) == len(items(annotations)) + 1)
    _require(same(items(now)[-1], field))
    left, bottom, right, top = _four_numbers(widget.get("/Rect"))
    _require(left == right and bottom == top)
    if reference(now) is not None:
        _require(same(annotations, now))
    return {old.number, reference(annotations)}


def _ranges(revision: _Revision, number_: int | None, found: DictionaryObject, *, certifies: bool) -> SealLayer:
    """Return the layer of a signature, whose ranges cover the whole file except its digits."""
    first, length, second, rest = map(int, _four_numbers(found.get("/ByteRange"), NumberObject))
    _require(first == 0 and revision.start < length < second and second + rest == revision.end)
    digits = revision.data[length:second]
    _require(WRITTEN_DIGITS.fullmatch(digits) is not None)
    signature = bytes.fromhex(digits[1:-1].decode("ascii"))
    _require(_is_contents_of(revision, number_, length))
    kind = LayerKind.SIGNATURE if found.get("/Type") == "/Sig" else LayerKind.TIMESTAMP
    return SealLayer(
        kind=kind,
        start=revision.start,
        end=revision.end,
        gap=range(length, second),
        signature=signature,
        certifies=certifies,
    )


def _four_numbers(value: object, *kinds: type) -> list[float]:
    """Return the numbers of an array of four, each of one of the kinds: whole or not, if none is given."""
    found = items(value)
    _require(len(found) == 4 and all(isinstance(one, kinds or (NumberObject, FloatObject)) for one in found))
    return [float(one) for one in found if isinstance(one, NumberObject | FloatObject)]


def _is_contents_of(revision: _Revision, number_: int | None, offset: int) -> bool:
    """Return whether what begins at `offset` is /Contents of the object: pypdf deciphers it, as no reader should.

    It is never encrypted (ISO 32000-2 7.6.2).
    """
    if number_ is None or number_ not in revision.section.entries:
        return False
    start = revision.after.offset + revision.section.entries[number_].offset
    before = revision.data[start:offset] if start < offset else b""
    return before.endswith(b"/Contents ") and b"endobj" not in before


def _require(holds: bool) -> None:  # noqa: FBT001 - a condition
    if not holds:
        raise _OtherRevisionError
