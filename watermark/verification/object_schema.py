"""A closed description of the objects that a marking writes: each entry of a dictionary, with what it may hold."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

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
)

from watermark.verification.pypdf_document import raw, resolved

Check: TypeAlias = Callable[[PdfObject], bool]
Schema: TypeAlias = Mapping[str, Check]

MAX_DEPTH = 8
DIGITS = 5
FILTERS = frozenset({"/FlateDecode", "/ASCII85Decode", "/Crypt"})
_DATE = re.compile(r"D:\d{14}Z")


def number(value: PdfObject) -> bool:
    """Return whether a value is a number, written in its place."""
    return isinstance(value, (NumberObject, FloatObject))


def short_number(value: PdfObject) -> bool:
    """Return whether a value is a number of at most five significant digits, as a marking writes positions."""
    return number(value) and len(str(value).lstrip("-0.").replace(".", "")) <= DIGITS


def text(value: PdfObject) -> bool:
    """Return whether a value is a string, written in its place."""
    return isinstance(value, (TextStringObject, ByteStringObject))


def boolean(value: PdfObject) -> bool:
    """Return whether a value is true or false, written in its place."""
    return isinstance(value, BooleanObject)


def date(value: PdfObject) -> bool:
    """Return whether a value is a time in UTC."""
    return text(value) and _DATE.fullmatch(str(value)) is not None


def any_name(value: PdfObject) -> bool:
    """Return whether a value is a name, written in its place."""
    return isinstance(value, NameObject)


def name(*allowed: str) -> Check:
    """Return a check that lets these names pass."""
    return lambda value: isinstance(value, NameObject) and value in allowed


def array(check: Check) -> Check:
    """Return a check for an array, written in its place, whose members all pass `check`."""
    return lambda value: isinstance(value, ArrayObject) and all(check(one) for one in list.__iter__(value))


def one_of(*checks: Check) -> Check:
    """Return a check that lets pass what one of these lets pass."""
    return lambda value: any(check(value) for check in checks)


def inline(schema: Schema) -> Check:
    """Return a check for a dictionary, written in its place."""
    return lambda value: (
        isinstance(value, DictionaryObject)
        and not isinstance(value, StreamObject)
        and not list(entries_differ(value, schema))
    )


def whole(schema: Schema) -> Check:
    """Return a check for a dictionary, written in its place, that has every entry of the schema."""
    is_inline = inline(schema)
    return lambda value: is_inline(value) and isinstance(value, DictionaryObject) and value.keys() == schema.keys()


def link(value: PdfObject) -> bool:
    """Return whether a value is a reference: where it leads is judged elsewhere, or is in the original."""
    return isinstance(value, IndirectObject)


def any_dictionary(value: PdfObject) -> bool:
    """Return whether a value is a dictionary, written in its place, whose entries are judged elsewhere."""
    return isinstance(value, DictionaryObject) and not isinstance(value, StreamObject)


def nothing(value: PdfObject) -> bool:
    """Return whether a value is null."""
    return isinstance(value, NullObject)


def simple(value: PdfObject, depth: int = 0) -> bool:
    """Return whether a value is made of numbers, names and arrays of them: it does nothing by itself."""
    if isinstance(value, ArrayObject):
        return depth < MAX_DEPTH and all(simple(one, depth + 1) for one in list.__iter__(value))
    return number(value) or any_name(value)


numbers = array(number)
DECODE = inline(dict.fromkeys(("/Predictor", "/Colors", "/BitsPerComponent", "/Columns", "/EarlyChange"), number))
STREAM: Schema = {
    "/Length": one_of(number, link),
    "/Filter": one_of(name(*FILTERS), array(name(*FILTERS))),
    "/DecodeParms": one_of(DECODE, array(one_of(DECODE, nothing))),
}


def entries_differ(found: DictionaryObject, schema: Schema) -> Iterator[str]:
    """Yield each entry of a dictionary that no marking writes, or not so."""
    for key in sorted(found):
        value = raw(found, key)
        check = schema.get(key)
        if check is None:
            yield f"it has {key}, which no marking writes"
        elif value is None or not check(value):
            yield f"its {key} is not as a marking writes it"


def is_stream(value: PdfObject | None) -> bool:
    """Return whether a value leads to a stream."""
    return isinstance(resolved(value), StreamObject)


ACTION: Schema = {"/Type": name("/Action"), "/S": name("/URI"), "/URI": text}
"""An action that opens an address (ISO 32000-2 12.6.4.8)."""
LINK: Schema = {
    "/Type": name("/Annot"),
    "/Subtype": name("/Link"),
    "/Rect": array(short_number),
    "/F": number,
    "/Border": numbers,
    "/P": link,
    "/A": one_of(link, inline(ACTION)),
    "/StructParent": number,
}
"""A link to an address (ISO 32000-2 12.5.6.5), without its description."""
ROLES = name(
    *("/Sect", "/P", "/Link", "/Span", "/Em", "/Strong", "/Div", "/Title", "/H", "/H1", "/H2", "/H3", "/Figure"),
    *("/Table", "/THead", "/TBody", "/TR", "/TH", "/TD", "/L", "/LI", "/Lbl", "/LBody", "/Caption"),
    *("/Note", "/Quote", "/BlockQuote", "/Reference"),
)
ATTRIBUTES = inline(
    {
        "/O": any_name,
        "/Scope": any_name,
        "/ListNumbering": any_name,
        "/Placement": any_name,
        "/BBox": numbers,
        "/Width": number,
        "/Height": number,
        "/ColSpan": number,
        "/RowSpan": number,
        "/Headers": array(text),
    }
)
OBJECT_REFERENCE = whole({"/Type": name("/OBJR"), "/Obj": link, "/Pg": link})
CONTENT_REFERENCE = whole({"/Type": name("/MCR"), "/MCID": number, "/Pg": link})
KID = one_of(number, link, OBJECT_REFERENCE, CONTENT_REFERENCE)
ELEMENT: Schema = {
    "/Type": name("/StructElem"),
    "/S": ROLES,
    "/P": link,
    "/Pg": link,
    "/NS": link,
    "/Lang": text,
    "/K": one_of(KID, array(KID)),
    "/A": one_of(ATTRIBUTES, array(ATTRIBUTES)),
    "/ID": text,
    "/Ref": array(link),
}
PICTURE: Schema = {**ELEMENT, "/Alt": text}
"""Elements of the structure (ISO 32000-2 14.7.2)."""
NAMES: Schema = {"/Names": array(one_of(text, link, any_dictionary)), "/Kids": array(link), "/Limits": array(text)}
NUMBERS: Schema = {
    "/Nums": array(one_of(number, link, array(one_of(link, nothing)))),
    "/Kids": array(link),
    "/Limits": numbers,
}
"""Nodes of name trees and number trees (ISO 32000-2 7.9.6, 7.9.7)."""
