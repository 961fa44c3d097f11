"""One revision, to be written after the original's last byte (ISO 32000-2 7.5.6).

The copy carries its own digest: the second string of /ID is the SHA-256 of the whole copy, in 64 upper-case hexadecimal
digits, computed with those digits as zeros.
"""

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby
from typing import NamedTuple, Protocol, Self, TypeAlias

import pikepdf

from watermark.errors import FailedError
from watermark.pdf.encryption import StandardCiphers
from watermark.pdf.file_structure import FileFrame, XrefKind, XrefTail
from watermark.pdf.object_draft import ObjectDraft
from watermark.pdf.serialization import Name, Raw, Ref, Value, tokens

MAX_TABLE_OFFSET = 9_999_999_999
MAX_FILLED = 100_000
"""A complete section lists the numbers up to this one, free ones too; beyond, only those in use."""

_ZEROS = b"0" * 64
_OF_A_SECTION = frozenset(
    {"/Prev", "/Size", "/XRefStm", "/ID", "/Type", "/W", "/Index", "/Length", "/Filter", "/DecodeParms"}
    | {"/F", "/FFilter", "/FDecodeParms", "/DL"}
)
"""Trailer entries that describe one section only, or that are written again."""


class XrefEntry(NamedTuple):
    """Where an object is.

    Kind 1: `offset` bytes from the header, with generation `detail`. Kind 2: in the object stream with the number
    `offset`, at index `detail`. Kind 0: nowhere.
    """

    kind: int
    offset: int
    detail: int


class Hasher(Protocol):
    """What hashlib.sha256() returns."""

    def copy(self) -> Self:
        """Return a hasher in the same state."""

    def update(self, data: bytes, /) -> None:
        """Take in more data."""

    def digest(self) -> bytes:
        """Return the digest of all that was taken in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncrementalUpdate:
    """What is appended: `data`, and the offset in `data` of the 64 digits of the self digest."""

    data: bytes
    self_digest_offset: int

    @property
    def size_bytes(self) -> int:
        """How many bytes are appended."""
        return len(self.data)


Repack: TypeAlias = Callable[[Ref, bytes], bytes]


def _as_written(_: Ref, written: bytes) -> bytes:
    return written


def build_update(  # noqa: PLR0913, PLR0917 - what an update is made of
    draft: ObjectDraft,
    base: FileFrame,
    original: Hasher,
    info: Ref | None = None,
    ciphers: StandardCiphers | None = None,
    repack: Repack | None = None,
) -> IncrementalUpdate:
    """Return the revision that holds the objects of `draft`, with the self digest of the copy in it.

    An `XrefTail` as base is referred to; a `FileFrame` alone means that the tail leads nowhere. The update then lists
    every object that the reader recovered. `original` has taken in the original; `info` is the new /Info, if any.
    `repack` gets each object as it would be written, and returns what is written.
    Raises FailedError when the file is too large for its kind of cross-reference section.
    """
    document = draft.document
    entries = trailer_entries(document.trailer)
    if info is not None:
        entries["/Info"] = info
    return with_self_digest(
        revision_bytes(
            base,
            draft.objects(ciphers),
            entries,
            repack=repack or _as_written,
            identifier=_first_identifier(document.trailer, original),
            first_free=draft.next_number,
            recovered=None if isinstance(base, XrefTail) else recovered_entries(document),
        ),
        original,
    )


def revision_bytes(  # noqa: PLR0913 - what a revision is made of
    base: FileFrame,
    objects: Iterable[tuple[Ref, bytes]],
    trailer: Mapping[str, Value],
    *,
    identifier: bytes,
    first_free: int,
    recovered: Mapping[int, XrefEntry] | None = None,
    repack: Repack = _as_written,
) -> IncrementalUpdate:
    """Return the revision that adds `objects` to a file, its self digest still zeros.

    `identifier` is the first string of /ID; `first_free` is above every number in use. The section is of the kind that
    the file has: a table after a table or a hybrid section, a stream after a stream. With `recovered` it is complete
    and refers to nothing: those entries, then the new ones; a stream when one of them is in an object stream.
    Raises FailedError for offsets that a table has no room for.
    """
    start = base.length - base.header_offset
    body = bytearray(b"" if base.ends_with_newline else b"\n")
    new: dict[int, XrefEntry] = {}
    for ref, written in objects:
        new[ref.number] = XrefEntry(1, start + len(body), ref.generation)
        body += b"%d %d obj\n%b\nendobj\n" % (*ref, repack(ref, written))
    entries = new if recovered is None else {**recovered, **new}
    size = max(first_free, *(number + 1 for number in entries), 1)
    is_stream = isinstance(base, XrefTail) and base.kind is XrefKind.STREAM
    if recovered is not None:
        is_stream = any(entry.kind == 2 for entry in entries.values())
        free = range(size) if size <= MAX_FILLED else (0,)
        entries = {number: XrefEntry(0, 0, 65535) for number in free} | entries
    last: dict[str, Value] = dict(trailer)
    if recovered is None and isinstance(base, XrefTail):
        last["/Prev"] = base.startxref
    last["/ID"] = [Raw(b"<%b>" % identifier.hex().upper().encode("ascii")), Raw(b"<%b>" % _ZEROS)]
    section = _stream if is_stream else _table
    offset = start + len(body)
    written, digest_offset = section(entries, last, size, offset)
    if is_stream:
        written, digest_offset = _repacked(written, Ref(size, 0), repack)
    digest_offset += len(body)
    body += written + b"startxref\n%d\n%%%%EOF\n" % offset
    return IncrementalUpdate(data=bytes(body), self_digest_offset=digest_offset)


def with_self_digest(revision: IncrementalUpdate, original: Hasher) -> IncrementalUpdate:
    """Return the revision with the digest of the whole copy in its place; `original` has taken in the original."""
    whole = original.copy()
    whole.update(revision.data)
    digits = whole.digest().hex().upper().encode("ascii")
    before, after = (
        revision.data[: revision.self_digest_offset],
        revision.data[revision.self_digest_offset + len(_ZEROS) :],
    )
    return replace(revision, data=before + digits + after)


def trailer_entries(trailer: pikepdf.Object) -> dict[str, Value]:
    """Return what a new trailer takes over from the one before it (ISO 32000-2 7.5.6): all but /ID and its own."""
    return {key: value for key, value in trailer.items() if key not in _OF_A_SECTION}


def recovered_entries(document: pikepdf.Pdf) -> dict[int, XrefEntry]:
    """Return where the reader found each object, of the highest generation when there are several."""
    found: dict[int, XrefEntry] = {}
    for (number, generation), entry in sorted(document.get_xref_table().items()):
        if entry.obj_stream_number is not None and entry.obj_stream_index is not None:
            found[number] = XrefEntry(2, entry.obj_stream_number, entry.obj_stream_index)
        elif entry.offset is not None:
            found[number] = XrefEntry(1, entry.offset, generation)
    return found


def _first_identifier(trailer: pikepdf.Object, original: Hasher) -> bytes:
    """Return the first string of the file's /ID, or else half a digest of the original.

    An encrypted file without one was encrypted with an empty string, which it has to keep (ISO 32000-2 7.6.4.3).
    """
    identifier = trailer.get("/ID")
    if isinstance(identifier, pikepdf.Array) and len(identifier) and isinstance(identifier[0], pikepdf.String):
        return bytes(identifier[0])
    return b"" if "/Encrypt" in trailer else original.digest()[:16]


def _table(entries: Mapping[int, XrefEntry], trailer: Mapping[str, Value], size: int, _: int) -> tuple[bytes, int]:
    """Return a cross-reference table with its trailer, and the offset of the self digest in it (ISO 32000-2 7.5.4)."""
    lines = [b"xref\n"]
    for numbers in _runs(entries):
        lines.append(b"%d %d\n" % (numbers[0], len(numbers)))
        for number in numbers:
            kind, offset, generation = entries[number]
            if offset > MAX_TABLE_OFFSET:
                raise FailedError(
                    "the file is larger than its cross-reference table can say",
                    remedy="A table ends at 10 GB. Re-save the article with cross-reference streams (PDF 1.5).",
                )
            lines.append(b"%010d %05d %b \n" % (offset, generation, b"n" if kind else b"f"))
    lines.append(b"trailer\n")
    before = b"".join(lines)
    written, digest_offset = _with_self_digest_place({"/Size": size, **trailer})
    return before + written + b"\n", len(before) + digest_offset


def _stream(
    entries: Mapping[int, XrefEntry], trailer: Mapping[str, Value], size: int, offset: int
) -> tuple[bytes, int]:
    """Return a cross-reference stream, itself among its entries, and the offset of the self digest in it (7.5.8)."""
    entries = {**entries, size: XrefEntry(1, offset, 0)}
    runs = _runs(entries)
    rows = [entries[number] for run in runs for number in run]
    widths = [1, *(max(1, (max(row[field] for row in rows).bit_length() + 7) // 8) for field in (1, 2))]
    data = zlib.compress(
        b"".join(value.to_bytes(width, "big") for row in rows for value, width in zip(row, widths, strict=True)), 9
    )
    head: dict[str, Value] = {
        "/Type": Name("/XRef"),
        "/Size": size + 1,
        "/W": widths,
        "/Index": [number for run in runs for number in (run[0], len(run))],
        "/Filter": Name("/FlateDecode"),
        "/Length": len(data),
    }
    before = b"%d 0 obj\n" % size
    written, digest_offset = _with_self_digest_place({**head, **trailer})
    return before + written + b"stream\n" + data + b"\r\nendstream\nendobj\n", len(before) + digest_offset


def _repacked(written: bytes, ref: Ref, repack: Repack) -> tuple[bytes, int]:
    before, after = b"%d %d obj\n" % ref, b"\nendobj\n"
    whole = before + repack(ref, written[len(before) : -len(after)]) + after
    return whole, whole[: whole.index(b">>stream\n")].rindex(_ZEROS)


def _with_self_digest_place(trailer: Mapping[str, Value]) -> tuple[bytes, int]:
    """Return the trailer's tokens, and where in them the zeros of the self digest begin: /ID is the last entry."""
    written = tokens(trailer)
    return written, written.rindex(_ZEROS)


def _runs(numbers: Iterable[int]) -> list[Sequence[int]]:
    """Return the numbers in order, in runs of consecutive ones."""
    step = count()
    return [tuple(run) for _, run in groupby(sorted(numbers), lambda number: number - next(step))]
