"""Objects that are written plainly, read in one pass: the same objects that pypdf makes, in a fifth of the time.

Most objects of an article are dictionaries and arrays of names, numbers, references and short strings. Whatever is
written in another way is left to pypdf: comments, escapes, repeated keys, streams, and all that is not valid.
"""

import io
import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    create_string_object,
    read_object,
)

DEEPEST = 20
MOST_MEMBERS = 10_000
"""Of one array or dictionary. The limits of pypdf are ten times as high."""
_ENDS = rb"(?=[\0\t\n\f\r ()<>\[\]/])"
_TOKEN = re.compile(
    rb"[\0\t\n\f\r ]{0,64}(?:"
    rb"(?P<name>/[!\"$&'*-.0-;=?-Z\\^-z|~]{0,127})" + _ENDS + rb"|"
    rb"(?P<reference>[0-9]{1,7} [0-9]{1,5} R)" + _ENDS + rb"|"
    rb"(?P<integer>[+-]?[0-9]{1,9})" + _ENDS + rb"|"
    rb"(?P<real>[+-]?(?:[0-9]{1,9}\.[0-9]{0,8}|\.[0-9]{1,8}))" + _ENDS + rb"|"
    rb"\[(?P<numbers>(?>[\t\n\f\r ]{0,64}[+-]?(?:[0-9]{1,9}(?:\.[0-9]{0,8})?|\.[0-9]{1,8})(?=[\t\n\f\r \]]))++"
    rb"[\t\n\f\r ]{0,64})\]|"
    rb"(?P<dictionary><<)|(?P<array>\[)|(?P<end>>>|\])|"
    rb"\((?P<string>[^()\\\r\n]*)\)|<(?P<hexadecimal>(?:[0-9A-Fa-f]{2})*)>|"
    rb"(?P<word>true|false|null)" + _ENDS + rb")"
)
_MAYBE_STREAM = re.compile(rb"[\0\t\n\f\r ]*s")
"""What may follow a dictionary: it is then that of a stream."""
_SPACES, _CONTAINERS = frozenset(b"\0\t\n\f\r "), frozenset({"dictionary", "array", "numbers"})
_Token = re.Match[bytes]


class _NotPlainError(ValueError):
    """The object is written in a way that is left to pypdf."""


def read_plain(stream: Any, reader: Any, *given: Any, **options: Any) -> PdfObject:  # noqa: ANN401 - as in pypdf
    """Return the object at the position of a stream, as pypdf's `read_object` does. Raises what that raises."""
    if isinstance(stream, io.BytesIO) and not given and not options:
        start, data = stream.tell(), stream.getvalue()
        try:
            found, end = _Plain(data, start, reader).object()
        except _NotPlainError:
            stream.seek(start)
        else:
            stream.seek(end)
            return found
    return read_object(stream, reader, *given, **options)


class _Plain:
    """Reads one object from the tokens that follow each other from its beginning."""

    def __init__(self, data: bytes, start: int, reader: Any) -> None:  # noqa: ANN401 - of any kind
        self._data, self._start = data, start
        self._next: Callable[[], _Token | None] = _TOKEN.scanner(data, start).match  # type: ignore[attr-defined]
        # not a method: this object would refer to itself, and keep all bytes of the file as cyclic garbage
        reference = partial(_reference, reader)
        self._makers: dict[str | None, Callable[[bytes], PdfObject]] = {**_MAKERS, "reference": reference}

    def object(self) -> tuple[PdfObject, int]:
        """Return a dictionary or an array, and where it ends. Raises _NotPlainError."""
        first = self._next()
        if first is None or first.lastgroup not in _CONTAINERS or self._data[self._start] in _SPACES:
            raise _NotPlainError
        self._end = first.end()
        return self._value(first, 0), self._end

    def _value(self, token: _Token, depth: int) -> PdfObject:
        kind = token.lastgroup
        maker = self._makers.get(kind)
        if maker is not None:
            return maker(token[kind])  # type: ignore[index] # it has a name
        if kind == "end" or depth >= DEEPEST:
            raise _NotPlainError
        return self._array(depth + 1) if kind == "array" else self._dictionary(depth + 1)

    def _array(self, depth: int) -> ArrayObject:
        found, following, makers = ArrayObject(), self._next, self._makers
        while (token := following()) is not None and (kind := token.lastgroup) != "end":
            maker = makers.get(kind)
            found.append(maker(token[token.lastindex]) if maker else self._value(token, depth))  # type: ignore[index]
        if token is None or token["end"] != b"]" or len(found) > MOST_MEMBERS:
            raise _NotPlainError
        self._end = token.end()
        return found

    def _dictionary(self, depth: int) -> DictionaryObject:
        entries: dict[PdfObject, PdfObject] = {}
        count, following, makers = 0, self._next, self._makers
        while (token := following()) is not None and token.lastgroup == "name":
            name, value = token["name"], following()
            if value is None or name == b"/Length":  # most often of a stream
                raise _NotPlainError
            maker = makers.get(value.lastgroup)
            entries[_name(name)] = maker(value[value.lastindex]) if maker else self._value(value, depth)  # type: ignore[index]
            count += 1
        if token is None or token["end"] != b">>" or not len(entries) == count <= MOST_MEMBERS:
            raise _NotPlainError
        self._end = token.end()
        if _MAYBE_STREAM.match(self._data, self._end):
            raise _NotPlainError
        found = DictionaryObject()
        found.update(entries)
        return found


def _reference(reader: Any, written: bytes) -> IndirectObject:  # noqa: ANN401 - of any kind
    number, generation, _ = written.split(b" ")
    return IndirectObject(int(number), int(generation), reader)


@lru_cache(maxsize=4096)
def _name(written: bytes) -> NameObject:
    """Return a name: the same object each time, for most names are those of entries."""
    return NameObject(written.decode("ascii"))


_integer, _real = partial(int.__new__, NumberObject), partial(float.__new__, FloatObject)
"""What the constructors of pypdf call, which first make sure that what is written is a number."""


def _numbers(written: bytes) -> ArrayObject:
    members = written.split()
    if len(members) > MOST_MEMBERS:
        raise _NotPlainError
    return ArrayObject([_real(one) if b"." in one else _integer(one) for one in members])


def _word(written: bytes) -> PdfObject:
    return NullObject() if written == b"null" else BooleanObject(written == b"true")


_MAKERS: dict[str | None, Callable[[bytes], PdfObject]] = {
    "integer": _integer,
    "name": _name,
    "real": _real,
    "numbers": _numbers,
    "string": create_string_object,
    "hexadecimal": lambda written: create_string_object(bytes.fromhex(written.decode("ascii"))),
    "word": _word,
}
