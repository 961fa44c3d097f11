"""Two copies compared: byte by byte, or else object by object, so that another packing of the same data is no fault."""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO

import pikepdf

from watermark.article import document_at
from watermark.pdf.streams import decoded

CHUNK_BYTES = 1 << 20
MAX_STREAM_BYTES = 512 << 20
IN_THE_FILE = 1
"""The type of a cross-reference entry with an offset (ISO 32000-2 7.5.8.3)."""
PACKING = frozenset({"/Length", "/Filter", "/DecodeParms"})
TRAILER = frozenset({"/Root", "/Info", "/Encrypt"})


def first_difference(written: Path, copy: Path, base_bytes: int, password: str) -> str:
    """Return where `copy` differs from the file that was written again, or "" when it is the same.

    The first `base_bytes` are compared byte by byte. Of what follows either all bytes are equal, or each object has the
    same number, order, entries and decoded data, whatever packed its stream.
    """
    with written.open("rb") as ours, copy.open("rb") as theirs:
        offset = _first_other_byte(ours, theirs)
    if offset is None:
        return ""
    if offset < base_bytes:
        return "its beginning is not the original, nor what qpdf makes of the original"
    with document_at(written, password) as expected, document_at(copy, password) as found:
        return _first_other_object(expected, found, base_bytes)


def _first_other_byte(ours: BinaryIO, theirs: BinaryIO) -> int | None:
    """Return the offset of the first byte that differs, or of the end of the shorter file; None for equal files."""
    offset = 0
    while True:
        one, other = ours.read(CHUNK_BYTES), theirs.read(CHUNK_BYTES)
        if one != other:
            pairs = enumerate(zip(one, other, strict=False))
            return offset + next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))
        if not one:
            return None
        offset += len(one)


def _first_other_object(expected: pikepdf.Pdf, found: pikepdf.Pdf, base_bytes: int) -> str:
    for ref, other in zip_longest(_appended(expected, base_bytes), _appended(found, base_bytes)):
        if ref != other:
            return f"{_name(ref)} is expected where it has {_name(other)}"
        if not _is_same(expected.get_object(ref), found.get_object(ref)):
            return f"{_name(ref)} is another one"
    same = all(_entry(expected.trailer, key) == _entry(found.trailer, key) for key in TRAILER)
    return "" if same else "its trailer is another one"


def _appended(document: pikepdf.Pdf, base_bytes: int) -> Iterator[tuple[int, int]]:
    """Yield the objects behind the base, in the order in which they stand, but for the cross-reference stream."""
    table = document.get_xref_table().items()
    entries = ((entry.offset or 0, ref) for ref, entry in table if entry.type == IN_THE_FILE)
    for offset, ref in sorted(entries):
        value = document.get_object(ref)
        if offset >= base_bytes and not (isinstance(value, pikepdf.Stream) and value.get("/Type") == "/XRef"):
            yield ref


def _is_same(one: pikepdf.Object, other: pikepdf.Object) -> bool:
    if not isinstance(one, pikepdf.Stream) or not isinstance(other, pikepdf.Stream):
        return one.unparse(resolved=True) == other.unparse(resolved=True)
    keys = {*one.keys(), *other.keys()} - PACKING
    if any(_entry(one, key) != _entry(other, key) for key in keys):
        return False
    data = decoded(one, MAX_STREAM_BYTES)
    return one.read_raw_bytes() == other.read_raw_bytes() or (
        data is not None and data == decoded(other, MAX_STREAM_BYTES)
    )


def _entry(dictionary: pikepdf.Object, key: str) -> bytes | None:
    value = dictionary.get(key)
    return value.unparse() if isinstance(value, pikepdf.Object) else repr(value).encode()


def _name(ref: tuple[int, int] | None) -> str:
    return f"object {ref[0]}" if ref else "the end"
