"""The values of a document by their type: what has another type counts as empty."""

import re

import pikepdf

_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


def dictionary_of(value: object) -> pikepdf.Dictionary:
    """Return a dictionary; an empty one for any other value."""
    return value if isinstance(value, pikepdf.Dictionary) else pikepdf.Dictionary()


def items_of(value: object) -> list[object]:
    """Return the items of an array; none for any other value."""
    return list(value) if isinstance(value, pikepdf.Array) else []


def text_of(value: object) -> str:
    """Return a string as text; "" for any other value. One that says UTF-8 and is not, as far as it is (7.9.2.2)."""
    if not isinstance(value, pikepdf.String):
        return ""
    try:
        return str(value)
    except UnicodeDecodeError:
        return bytes(value).decode("utf-8-sig", "replace")


def name_of(value: object) -> str:
    """Return a name with its slash, as keys of dictionaries are read; "" for any other value. It need not be UTF-8."""
    if not isinstance(value, pikepdf.Name):
        return ""
    written = _ESCAPE.sub(lambda found: bytes.fromhex(found[1].decode("ascii")), value.unparse())
    return written.decode("utf-8", "surrogateescape")
