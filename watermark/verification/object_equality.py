"""Whether two objects say the same, and what kind of thing an object is.

An original may write a page box twice in one dictionary, which the specification forbids (ISO 32000-2 7.3.7). PDFium,
poppler and MuPDF take the last value, pypdf and Ghostscript the first. The copy has the last one only, which is right
as long as the two do not differ visibly.
"""

import io
from collections.abc import Iterator

from pypdf._utils import read_non_whitespace
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
    read_object,
)

from watermark.verification.pypdf_document import PypdfDocument, PypdfPage, items, raw, resolved

BOXES = frozenset({"/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"})
MAX_POINTS_APART = 0.5
MAX_KEYS = 10_000
Text = ByteStringObject | TextStringObject
Number = NumberObject | FloatObject
Null = NullObject | None
Container = DictionaryObject | ArrayObject
_PLAIN_VALUES = frozenset({BooleanObject, NameObject, NumberObject})
"""Types whose values say the same exactly if they are equal."""
LETTER = ["0", "0", "612", "792"]


def same(first: object, second: object) -> bool:
    """Return whether two objects of two documents are equal, references compared by number (ISO 32000-2 7.3)."""
    if type(first) is type(second) and type(first) in _PLAIN_VALUES:
        return bool(first == second)
    if isinstance(first, IndirectObject) or isinstance(second, IndirectObject):
        return _same_reference(first, second)
    if isinstance(first, Null) or isinstance(second, Null):
        return isinstance(first, Null) and isinstance(second, Null)
    if isinstance(first, DictionaryObject) and isinstance(second, DictionaryObject):
        return same_data(first, second) and not changed_keys(first, second)
    if isinstance(first, ArrayObject) and isinstance(second, ArrayObject):
        members = zip(list.__iter__(first), list.__iter__(second), strict=False)
        return len(first) == len(second) and all(same(one, other) for one, other in members)
    if isinstance(first, Text) and isinstance(second, Text):
        first, second = _with_line_feeds(first.original_bytes), _with_line_feeds(second.original_bytes)
    alike = type(first) is type(second) or (isinstance(first, Number) and isinstance(second, Number))
    return alike and bool(first == second)


def _same_reference(first: object, second: object) -> bool:
    """Return whether two objects are equal, of which one or both are references.

    A reference equals the number, name or string that it leads to, and never a dictionary or an array.
    """
    if isinstance(first, IndirectObject) and isinstance(second, IndirectObject):
        return (first.idnum, first.generation) == (second.idnum, second.generation)
    if isinstance(first, Container) or isinstance(second, Container):
        return False  # what the reference leads to need not be read
    one, other = resolved(first), resolved(second)
    return not isinstance(one, Container) and not isinstance(other, Container) and same(one, other)


def same_data(first: object, second: object) -> bool:
    """Return whether two objects store the same bytes; true for two that are no streams."""
    if isinstance(first, StreamObject) and isinstance(second, StreamObject):
        return first._data == second._data  # noqa: SLF001 - the data as stored, undecoded
    return isinstance(first, StreamObject) == isinstance(second, StreamObject)


def changed_keys(before: DictionaryObject, after: DictionaryObject) -> list[str]:
    """Return the keys whose entries differ, those that are missing on either side among them."""
    return sorted(key for key in before.keys() | after.keys() if not same(raw(before, key), raw(after, key)))


def is_media_box_repaired(key: str, before: PypdfPage, after: PypdfPage) -> bool:
    """Return whether a page that had no rectangle as its media box now has the one that readers assume."""
    old, new = resolved(before.get("/MediaBox")), resolved(after.get("/MediaBox"))
    sides = [resolved(side) for side in list.__iter__(old)] if isinstance(old, ArrayObject) else []
    was_box = len(sides) == 4 and all(isinstance(side, Number) for side in sides)
    return key == "/MediaBox" and not was_box and [str(side) for side in items(new)] == LETTER


def has_prefix(before: list[PdfObject], after: list[PdfObject]) -> bool:
    """Return whether the members of `before` are the first members of `after`."""
    return len(before) <= len(after) and all(same(one, other) for one, other in zip(before, after, strict=False))


def kind_of(value: object) -> str:
    """Return a word for what an object is: "font", "image", "stream", "dictionary", "number"."""
    if isinstance(value, DictionaryObject):
        for key in ("/Subtype", "/Type"):
            word = value.get(key)
            if word in _KINDS:
                return _KINDS[str(word)]
        if "/S" in value and "/P" in value:
            return "structure element"
        return "stream" if isinstance(value, StreamObject) else "dictionary"
    return "array" if isinstance(value, ArrayObject) else "value"


def _with_line_feeds(string: bytes) -> bytes:
    """Return a string as readers take it that turn each end of line in it into a line feed (ISO 32000-2 7.3.4.2)."""
    return string.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


_KINDS = {
    "/Image": "image",
    "/Form": "form",
    "/Font": "font",
    "/FontDescriptor": "font",
    "/TrueType": "font",
    "/Type0": "font",
    "/Type1": "font",
    "/Type1C": "font",
    "/CIDFontType0C": "font",
    "/OpenType": "font",
    "/CIDFontType0": "font",
    "/CIDFontType2": "font",
    "/Type3": "font",
    "/MMType1": "font",
    "/Page": "page",
    "/Pages": "page tree",
    "/Catalog": "catalog",
    "/Annot": "annotation",
    "/Link": "annotation",
    "/Widget": "form field",
    "/Outlines": "outline",
    "/Metadata": "metadata",
    "/XML": "metadata",
    "/EmbeddedFile": "embedded file",
    "/Filespec": "file specification",
    "/Sig": "signature",
    "/ExtGState": "graphics state",
    "/StructElem": "structure element",
    "/StructTreeRoot": "structure tree",
    "/OCG": "layer",
    "/Pattern": "pattern",
    "/XRef": "cross-reference stream",
    "/ObjStm": "object stream",
}


def is_last_of_repeated_box(document: PypdfDocument, key: str, old: PypdfPage, new: PypdfPage) -> bool:
    """Return whether the original has this box of a page several times, nearly alike, and the copy has the last one.

    `document` is the original. The sides may differ by half a point.
    """
    if key not in BOXES or old.number is None or key not in old.dictionary:
        return False
    try:
        written = list(_values(document, old.number, key))
    except Exception:  # noqa: BLE001 - a hostile file can cause any exception, and is then not what is asked for
        return False
    last = new.get(key)
    return len(written) > 1 and same(resolved(written[-1]), last) and all(_are_near(one, last) for one in written)


def _are_near(one: PdfObject, other: PdfObject | None) -> bool:
    sides = [[resolved(side) for side in items(box)] for box in (one, other)]
    return all(len(box) == 4 and all(isinstance(side, Number) for side in box) for box in sides) and all(
        abs(float(str(first)) - float(str(second))) <= MAX_POINTS_APART for first, second in zip(*sides, strict=True)
    )


def _values(document: PypdfDocument, number: int, key: str) -> Iterator[PdfObject]:
    """Yield each value that the dictionary of an object gives to a key, in the order in which they are written."""
    reader = document.reader
    stream = reader.positioned_at(number)
    if stream is None or stream.read(2) != b"<<":
        return
    for _ in range(MAX_KEYS):
        if read_non_whitespace(stream) in {b">", b""}:
            return
        stream.seek(-1, io.SEEK_CUR)
        name = read_object(stream, reader)
        read_non_whitespace(stream)
        stream.seek(-1, io.SEEK_CUR)
        value = read_object(stream, reader)
        if isinstance(name, NameObject) and name == key and value is not None:
            yield value
