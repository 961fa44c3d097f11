"""Python values to PDF tokens (ISO 32000-2 7.3)."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import Any, NamedTuple, Protocol, TypeAlias


class Name(str):
    """A PDF name, written with its leading slash: `Name("/Page")`."""

    __slots__ = ()


class Raw(bytes):
    """Tokens that are ready to be written."""

    __slots__ = ()


class Unencrypted(bytes):
    """Tokens that are written as they are in an encrypted file, too: the digits of a signature (ISO 32000-2 7.6.2)."""

    __slots__ = ()


class Ref(NamedTuple):
    """A reference to an indirect object."""

    number: int
    generation: int = 0


class Foreign(Protocol):
    """A value of the reading library, which writes itself."""

    def unparse(self) -> bytes:
        """Return the value as PDF tokens; an indirect object as its reference."""


Scalar: TypeAlias = bool | int | float | Decimal | Name | str | bytes | Raw | Ref | Foreign
Value: TypeAlias = "Scalar | Sequence[Value] | Mapping[str, Value] | None"
Cipher: TypeAlias = Callable[[bytes], bytes]

_NOT_REGULAR = re.compile(rb"[^!-~]|[#()<>\[\]{}/%]")
_TO_ESCAPE = re.compile(rb"[\\()\r\n]")
_PRINTABLE = re.compile(rb"[ -~\n\r\t]*")
_PLAIN_TEXT = re.compile(r"[ -~\n\r\t]*\Z")
_STRING_IN_RAW = re.compile(rb"\(|(?<!<)<(?!<)")
_ESCAPES = {b"\r": b"\\r", b"\n": b"\\n"}


def tokens(value: Value, cipher: Cipher | None = None) -> bytes:
    """Return `value` as PDF tokens, its strings enciphered when a cipher is given.

    Raises TypeError for what has no PDF form, or for a string that the cipher cannot reach.
    """
    write = _WRITERS.get(type(value))
    if write is not None:
        return write(value, cipher)
    unparse = getattr(value, "unparse", None)
    if unparse is not None:
        if cipher is not None:
            raise TypeError(f"a {type(value).__name__} cannot be encrypted: make it a plain value first")
        return bytes(unparse())
    for kind, write in _WRITERS.items():
        if isinstance(value, kind):
            return write(value, cipher)
    raise TypeError(f"{type(value).__name__} has no PDF form")


@lru_cache(maxsize=4096)
def name(value: str) -> bytes:
    """Return a name token; bytes outside the regular characters become #xx (ISO 32000-2 7.3.5).

    A null, which no name may hold, is how qpdf keeps a # that no two digits follow, as in PDF 1.1: it is that # again.
    """
    raw = value.removeprefix("/").encode("utf-8", "surrogateescape")
    return b"/" + _NOT_REGULAR.sub(lambda m: b"#%02X" % m.group()[0] if m.group()[0] else b"#", raw)


def text(value: str) -> bytes:
    """Return the bytes of a text string: ASCII as it is, anything else UTF-16BE with its mark (ISO 32000-2 7.9.2.2)."""
    if _PLAIN_TEXT.match(value):
        return value.encode("ascii")
    return b"\xfe\xff" + value.encode("utf-16-be", "surrogatepass")


def string(value: bytes, cipher: Cipher | None = None) -> bytes:
    """Return a string token: literal when it is mostly printable, hexadecimal otherwise (ISO 32000-2 7.3.4)."""
    if cipher is not None:
        value = cipher(value)
    if _PRINTABLE.fullmatch(value):
        return b"(" + _TO_ESCAPE.sub(lambda m: _ESCAPES.get(m.group(), b"\\" + m.group()), value) + b")"
    return b"<" + value.hex().upper().encode("ascii") + b">"


def number(value: float | Decimal) -> bytes:
    """Return a number token without exponent, to five places: a thousandth of the smallest visible step.

    Raises ValueError for what is not finite.
    """
    if not isfinite(value):
        raise ValueError("PDF has no infinity and no NaN")
    written = f"{value:.5f}".rstrip("0").rstrip(".")
    return b"0" if written in {"", "-0"} else written.encode("ascii")


def _raw(value: Raw, cipher: Cipher | None) -> bytes:
    if cipher is not None and _STRING_IN_RAW.search(value):
        raise TypeError("ready tokens that hold a string cannot be encrypted")
    return bytes(value)


def _dictionary(value: Mapping[str, Value], cipher: Cipher | None) -> bytes:
    return b"<<" + b"".join([name(key) + b" " + tokens(item, cipher) for key, item in value.items()]) + b">>"


def _array(value: Sequence[Value], cipher: Cipher | None) -> bytes:
    return b"[" + b" ".join([tokens(item, cipher) for item in value]) + b"]"


_WRITERS: dict[type, Callable[[Any, Cipher | None], bytes]] = {
    type(None): lambda _, __: b"null",
    bool: lambda value, _: b"true" if value else b"false",
    Raw: _raw,
    Unencrypted: lambda value, _: bytes(value),
    Name: lambda value, _: name(value),
    Ref: lambda value, _: b"%d %d R" % value,
    str: lambda value, cipher: string(text(value), cipher),
    bytes: string,
    int: lambda value, _: b"%d" % value,
    Decimal: lambda value, _: f"{value:f}".encode("ascii"),  # as exact as it was read
    float: lambda value, _: number(value),
    dict: _dictionary,
    list: _array,
    Mapping: _dictionary,
    Sequence: _array,
}
"""How each type is written; a subclass before what it is a subclass of."""
