"""The values of a document by their type: what has another type counts as empty."""

import pikepdf


def dictionary_of(value: object) -> pikepdf.Dictionary:
    """Return a dictionary; an empty one for any other value."""
    return value if isinstance(value, pikepdf.Dictionary) else pikepdf.Dictionary()


def items_of(value: object) -> list[object]:
    """Return the items of an array; none for any other value."""
    return list(value) if isinstance(value, pikepdf.Array) else []
