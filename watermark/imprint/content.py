"""A page's content, wrapped and closed, with no byte of its streams touched (ISO 32000-2 7.8.2, 8.4.2)."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pikepdf

from watermark.pdf.content import Balance, balance_of
from watermark.pdf.draft import Draft, reference
from watermark.pdf.syntax import Ref, Value

MOST_CONTENT_BYTES = 64 * 1024 * 1024
MOST_CODED_BYTES = 256 * 1024
"""The most that is handed to a decoder without a limit of its own: LZW makes up to 1366 bytes of one."""
DEEPEST_NESTING = 28
"""The most levels of q that a reader has to bear (ISO 32000-1 annex C, ISO 19005-1 6.1.12)."""

Member: TypeAlias = Value
_PIECE = 1024
_FLATE = ("/FlateDecode", "/Fl")
_SAFE = {*_FLATE, "/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapping:
    """What is written before and after a page's own content, and what a report has to say about it.

    `saves` counts the q before it; 0 leaves the first stream out. `closing` ends whatever the content left open and
    takes the saves back.
    """

    saves: int
    closing: bytes
    note: str = ""


class Scanner:
    """Finds the wrapping of each page; pages that share their streams are scanned once."""

    def __init__(self, draft: Draft) -> None:
        """Scan pages of the document that `draft` stands over."""
        self._draft = draft
        self._known: dict[tuple[Ref | None, ...], Wrapping] = {}

    def members(self, contents: Value) -> list[Member]:
        """Return the members of a page's /Contents as they stand in it; [] when it has none.

        What a reference leads to is kept even when this reader takes it for no stream: a viewer may read it as one.
        """
        found = self._draft.resolve(contents)
        if isinstance(found, (pikepdf.Array, list, tuple)):
            return list(found)
        is_there = found is not None and reference(contents) is not None
        return [contents] if is_there or isinstance(found, pikepdf.Stream) else []

    def wrapping(self, members: Sequence[Member]) -> Wrapping:
        """Return what the content of a page with these members needs around it."""
        key = tuple(reference(member) for member in members)
        if key not in self._known:
            self._known[key] = self._wrapping(members)
        return self._known[key]

    def content(self, members: Sequence[Member]) -> bytes | None:
        """Return the content of a page with these members; None when it cannot be decoded within the limits."""
        return joined([found for found in map(self._draft.resolve, members) if isinstance(found, pikepdf.Stream)])

    def _wrapping(self, members: Sequence[Member]) -> Wrapping:
        content = self.content(members)
        if content is None:
            note = "the content could not be decoded: what it leaves open is unknown"
            return Wrapping(saves=1, closing=b"\nQ", note=note)
        return wrapping_for(balance_of(content))


def wrapping_for(balance: Balance) -> Wrapping:
    """Return what goes around content that comes out as `balance`."""
    saves = 1 + balance.surplus_restores
    if balance.deepest + saves > DEEPEST_NESTING:
        return Wrapping(
            saves=0, closing=balance.closing, note="the content nests as deep as is allowed: no level was added"
        )
    notes = {
        "the content restores more than it saves": balance.surplus_restores > 0,
        "the content ends inside an inline image: not every reader shows what comes after it": balance.ends_in_image,
    }
    note = "; ".join(words for words, holds in notes.items() if holds)
    return Wrapping(saves=saves, closing=balance.closing + b"\nQ", note=note)


def joined(streams: Sequence[pikepdf.Stream]) -> bytes | None:
    """Return the decoded streams with a newline between; None when one cannot be decoded within the limits."""
    parts: list[bytes] = []
    left = MOST_CONTENT_BYTES
    for stream in streams:
        part = decoded(stream, left)
        if part is None:
            return None
        parts.append(part)
        left -= len(part)
    return b"\n".join(parts)


def decoded(stream: pikepdf.Stream, most: int) -> bytes | None:
    """Return the data of a stream, or None when it is beyond `most` bytes or has a filter that this tool does not read.

    Of damaged deflate data it is what a viewer gets: all up to the damage.
    """
    filters = _filters(stream)
    if filters is None:
        return None
    if len(filters) == 1 and filters[0] in _FLATE and "/DecodeParms" not in stream and "/DP" not in stream:
        return _inflated(stream.read_raw_bytes(), most)
    if sum(name in _FLATE for name in filters) > 1 or (filters and len(stream.read_raw_bytes()) > MOST_CODED_BYTES):
        return None
    try:
        data = stream.read_bytes()
    except pikepdf.PdfError:
        return None
    return data if len(data) <= most else None


def _filters(stream: pikepdf.Stream) -> list[str] | None:
    """Return the names of a stream's filters; None when one is unknown, or the data stands in another file."""
    if "/F" in stream or "/FFilter" in stream:
        return None
    entry = stream.get("/Filter")
    names = [entry] if isinstance(entry, pikepdf.Name) else list(entry) if isinstance(entry, pikepdf.Array) else []
    if entry is not None and not names and not isinstance(entry, pikepdf.Array):
        return None
    # not str(name): a name need not be UTF-8
    found = [name.unparse().decode("latin-1") for name in names if isinstance(name, pikepdf.Name)]
    return found if len(found) == len(names) and _SAFE.issuperset(found) else None


def _inflated(data: bytes, most: int) -> bytes | None:
    """Return deflate data decoded, step by step so that damage loses nothing that stands before it."""
    whole = zlib.decompressobj()
    try:
        content = whole.decompress(data, most + 1)
    except zlib.error:
        content = _inflated_until_damage(data, most)
    return content if len(content) <= most else None


def _inflated_until_damage(data: bytes, most: int) -> bytes:
    reader = zlib.decompressobj()
    content = bytearray()
    for start in range(0, len(data), _PIECE):
        piece, before = data[start : start + _PIECE], reader.copy()
        try:
            content += reader.decompress(piece, most + 1 - len(content))
        except zlib.error:
            return bytes(content) + _last_of(before, piece, most + 1 - len(content))
        if len(content) > most or reader.eof:
            break
    return bytes(content)


def _last_of(reader: "zlib._Decompress", piece: bytes, most: int) -> bytes:
    """Return what comes out of a damaged piece before the damage, byte by byte."""
    content = bytearray()
    for place in range(len(piece)):
        try:
            content += reader.decompress(piece[place : place + 1], most - len(content) or 1)
        except zlib.error:
            break
        if len(content) >= most:
            break
    return bytes(content)
