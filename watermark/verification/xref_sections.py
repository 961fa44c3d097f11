"""The one revision that a marking appends, read from its bytes and by no repairing reader (ISO 32000-2 7.5.6)."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, StreamObject, read_object

from watermark.errors import FailedError
from watermark.verification.pypdf_document import Bytes, items, raw

_END = re.compile(rb"startxref\s+(\d{1,19})\s+%%EOF(?:\r\n|\r|\n)?\Z")
_ROW = re.compile(rb"(\d{10}) (\d{5}) ([nf])(?: \r| \n|\r\n)")
_HEAD = re.compile(rb"\s*(\d{1,10})\s+(\d{1,10})(?:\s*\r\n|\s*\r|\s*\n|\s+)")
_OBJECT = re.compile(rb"(\d{1,10})\s+(\d{1,10})\s+obj\b\s*")
_IDENTIFIER = re.compile(rb"/ID\s*+\[")
_DIGEST = re.compile(rb"<([0-9A-Fa-f]{64})>\s*+\]")
_STRING = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)"
_WRITTEN = re.compile(
    rb"\s*\d+\s+\d+\s+obj\b((?:[^()<>\[\]se]++|" + _STRING + rb"|<<|>>|<[0-9A-Fa-f\s]*>|[\[\]]"
    rb"|(?!stream\r?\n|endobj\b)[se])*+)(?:stream\r?\n|endobj\b)",
    re.DOTALL,
)
_BRACKETS = re.compile(_STRING + rb"|<<|>>|[\[\]]", re.DOTALL)
MAX_HEAD_BYTES = 16 << 20
TAIL_BYTES = 2048
MAX_ENTRIES = 10_000_000


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """Where an object is: at `place` of the file, or in the object stream `place` when `kind` is 2; 0 is free."""

    kind: int
    place: int
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One cross-reference section with its trailer. Places are bytes from the header; a stream has a `number`."""

    place: int
    end: int
    entries: Mapping[int, SectionEntry]
    trailer: DictionaryObject
    previous: int | None
    is_stream: bool
    number: int | None = None


def last_section_place(held: Bytes, start: int, end: int) -> int:
    """Return where the last startxref points. Raises FailedError when the file does not end as a revision does."""
    tail = held[max(start, end - TAIL_BYTES) : end]
    match = _END.search(tail)
    if match is None:
        after = len(tail) - (tail.rfind(b"%%EOF") + 5) if b"%%EOF" in tail else 0
        raise FailedError(
            f"{after} bytes follow the end of the last revision" if after else "it does not end with %%EOF",
            remedy="Mark the original again.",
        )
    return int(match[1])


def read_section(held: Bytes, start: int, end: int, place: int, reader: PdfReader) -> Section:
    """Return the cross-reference section at `place`. Raises FailedError when there is none in good order."""
    if not 0 <= place < end - start:
        raise FailedError("startxref leads out of the file", remedy="Mark the original again.")
    data = held[start + place : end]
    try:
        return _table(data, place, reader) if data.startswith(b"xref") else _stream(data, place, reader)
    except (ValueError, LookupError, TypeError, AttributeError, PyPdfError) as error:
        raise FailedError(
            f"the cross-reference section at byte {place} cannot be read ({error})", remedy="Mark the original again."
        ) from error


def digest_place(held: Bytes, start: int, section: Section) -> int | None:
    """Return where in the file the 64 digits of the second part of /ID stand, or None where there are none."""
    data = held[start + section.place : start + section.end]
    identifier = _IDENTIFIER.search(data)  # one after the other: together they would be searched from every /ID
    match = _DIGEST.search(data, identifier.end()) if identifier else None
    return None if match is None else start + section.place + match.start(1)


def is_object_at(held: Bytes, place: int, number: int, generation: int) -> bool:
    """Return whether the object `number` begins at this byte of the file."""
    match = _OBJECT.match(held[place : place + 32].lstrip())
    return match is not None and (int(match[1]), int(match[2])) == (number, generation)


def is_written_whole(held: Bytes, place: int, end: int) -> bool:
    """Return whether each bracket of the object at this byte is closed before it ends, at `end` at the latest."""
    head = held[place : min(end, place + MAX_HEAD_BYTES)]
    match = _WRITTEN.match(head)
    if match is None:
        return False
    opened: list[bytes] = []
    for token in _BRACKETS.findall(match[1]):
        if token in {b"<<", b"["}:
            opened.append(b">>" if token == b"<<" else b"]")
        elif token in {b">>", b"]"} and (not opened or opened.pop() != token):
            return False
    return not opened


def _table(data: bytes, place: int, reader: PdfReader) -> Section:
    at, entries = 4, dict[int, SectionEntry]()
    while (head := _HEAD.match(data, at)) is not None:
        first, count, at = int(head[1]), int(head[2]), head.end()
        for number in range(first, first + count):
            row = _ROW.match(data, at)
            if row is None:
                raise ValueError(f"no entry for object {number}")
            _once(number, entries)
            entries[number] = SectionEntry(1 if row[3] == b"n" else 0, int(row[1]), int(row[2]))
            at = row.end()
    word = re.compile(rb"\s*trailer\s*").match(data, at)
    if word is None:
        raise ValueError("no trailer")
    stream = io.BytesIO(data)
    stream.seek(word.end())
    trailer = read_object(stream, reader)
    if not isinstance(trailer, DictionaryObject):
        raise TypeError("the trailer is not a dictionary")
    return _section(trailer, entries, place, place + stream.tell())


def _stream(data: bytes, place: int, reader: PdfReader) -> Section:
    head = _OBJECT.match(data)
    if head is None:
        raise ValueError("neither xref nor an object")
    stream = io.BytesIO(data)
    stream.seek(head.end())
    held = read_object(stream, reader)
    if not isinstance(held, StreamObject) or held.get("/Type") != "/XRef":
        raise TypeError("no cross-reference stream")
    widths = [int(str(width)) for width in items(raw(held, "/W"))]
    if len(widths) != 3 or not all(0 <= width <= 8 for width in widths) or not sum(widths):
        raise ValueError("/W is not a list of three widths")
    index = [int(str(number)) for number in items(raw(held, "/Index"))] or [0, int(str(held["/Size"]))]
    body, entries, at = held.get_data(), dict[int, SectionEntry](), 0
    if sum(index[1::2]) * sum(widths) > len(body) or sum(index[1::2]) > MAX_ENTRIES:
        raise ValueError("it is shorter than it says")
    for first, count in zip(index[::2], index[1::2], strict=True):
        for number in range(first, first + count):
            fields = []
            for width in widths:
                fields.append(int.from_bytes(body[at : at + width], "big"))
                at += width
            _once(number, entries)
            entries[number] = SectionEntry(fields[0] if widths[0] else 1, fields[1], fields[2])
    return _section(held, entries, place, place + stream.tell(), number=int(head[1]))


def _once(number: int, entries: Mapping[int, SectionEntry]) -> None:
    if number in entries:
        raise ValueError(f"object {number} is listed twice")


def _section(
    trailer: DictionaryObject, entries: dict[int, SectionEntry], place: int, end: int, *, number: int | None = None
) -> Section:
    previous = raw(trailer, "/Prev")
    return Section(
        place=place,
        end=end,
        entries=entries,
        trailer=trailer,
        previous=None if previous is None else int(str(previous)),
        is_stream=number is not None,
        number=number,
    )
