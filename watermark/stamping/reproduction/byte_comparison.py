"""Two copies compared byte by byte, where another packing of the same stream data is allowed for."""

import io
import re
import zlib
from pathlib import Path
from typing import BinaryIO

import pikepdf

from watermark.pdf.incremental_update import Repack
from watermark.pdf.serialization import Ref
from watermark.runtime.chunks import CHUNK_BYTES
from watermark.verification.pypdf_document import Window

MAX_STREAM_BYTES = 512 << 20
DEFLATED = b"/Filter /FlateDecode"
STREAM, END = b">>stream\n", b"\r\nendstream"
_LENGTH = re.compile(rb"/Length [0-9]+")


def first_other_byte(ours: BinaryIO, theirs: BinaryIO) -> int | None:
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


def differs_at(written: Path, copy: Path, size_bytes: int) -> int | None:
    """Return the offset of the first byte in which `written` and the first `size_bytes` of `copy` differ, or None."""
    with written.open("rb") as ours, copy.open("rb", buffering=0) as theirs:
        return first_other_byte(ours, io.BufferedReader(Window(theirs, 0, size_bytes)))


def packed_as_in(copy: pikepdf.Pdf) -> Repack:
    """Return a function that deflates a stream as `copy` has it, where that holds the same data in another packing.

    Another release of zlib, or another processor, packs the same data in other bytes. Everything else stays as it is
    written, so that the update made with it equals the one in an honest copy byte by byte: a stream that is not
    deflated, one that is damaged, and one with further bytes after its data.
    """

    def repack(ref: Ref, written: bytes) -> bytes:
        head, mark, rest = written.partition(STREAM)
        if not mark or not rest.endswith(END):
            return written
        try:
            stream = copy.get_object(ref.number, ref.generation)
            raw = stream.read_raw_bytes() if isinstance(stream, pikepdf.Stream) else b""
        except pikepdf.PikepdfError:
            return written
        data = _whole(rest[: -len(END)]) if DEFLATED in head else None
        if data is None or _whole(raw) != data:
            return written
        return _LENGTH.sub(b"/Length %d" % len(raw), head, count=1) + STREAM + raw + END

    return repack


def _whole(packed: bytes) -> bytes | None:
    """Return deflated data, or None where they do not end with the bytes, or exceed MAX_STREAM_BYTES."""
    reader = zlib.decompressobj()
    try:
        data = reader.decompress(packed, MAX_STREAM_BYTES)
    except zlib.error:
        return None
    return data if reader.eof and not reader.unused_data else None
