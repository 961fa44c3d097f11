"""The cross-reference sections of a file, read from its bytes without any repair (ISO 32000-2 7.5.4 to 7.5.8)."""

import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import repeat
from typing import NamedTuple

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, StreamObject, read_object

from watermark.errors import FailedError
from watermark.verification.plain_xref_streams import columns_of
from watermark.verification.pypdf_document import Bytes, items, raw

_END = re.compile(rb"startxref\s+(\d{1,19})\s+%%EOF(?:\r\n|\r|\n)?\Z")
_ROW = re.compile(rb"(\d{10}) (\d{5}) ([nf])(?: \r| \n|\r\n)")
_HEAD = re.compile(rb"\s*(\d{1,10})\s+(\d{1,10})(?:\s*\r\n|\s*\r|\s*\n|\s+)")
_OBJECT = re.compile(rb"(\d{1,10})\s+(\d{1,10})\s+obj\b\s*")
_IDENTIFIER = re.compile(rb"/ID\s*+\[")
_DIGEST = re.compile(rb"<([0-9A-Fa-f]{64})>\s*+\]")
_STRING = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)"
_WRITTEN = re.compile(
    rb"\s*\d+\s+\d+\s+obj\b((?:(?>[^()<>\[\]se]++|" + _STRING + rb"|<<|>>|<[0-9A-Fa-f\s]*>|[\[\]]"
    rb"|(?!stream\r?\n|endobj\b)[se]))*+)(?:stream\r?\n|endobj\b)",
    re.DOTALL,
)
_LENGTH = re.compile(rb"/Length\s+(\d{1,12})\b(?!\s+\d+\s+R)")
_STREAM_END = re.compile(rb"(?:\r\n|\r|\n)endstream\b")
STREAM_END_BYTES = 16
_BRACKETS = re.compile(_STRING + rb"|<[0-9A-Fa-f\s]*>|<<|>>|[\[\]]", re.DOTALL)
MAX_HEAD_BYTES = 16 << 20
TAIL_BYTES = 2048
MAX_ENTRIES = 10_000_000


class SectionEntry(NamedTuple):
    """Where an object is. `kind` 0: free; 1: at the byte `offset`; 2: in the object stream of the number `offset`."""

    kind: int
    offset: int
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One cross-reference section with its trailer. Offsets are bytes from the header; a stream has a `number`."""

    offset: int
    end: int
    entries: Mapping[int, SectionEntry]
    trailer: DictionaryObject
    previous: int | None
    number: int | None = None


def last_section_offset(mapped: Bytes, start: int, end: int) -> int:
    """Return the offset that the last startxref names. Raises FailedError when no startxref and %%EOF end the file."""
    tail = mapped[max(start, end - TAIL_BYTES) : end]
    match = _END.search(tail)
    if match is None:
        after = len(tail) - (tail.rfind(b"%%EOF") + 5) if b"%%EOF" in tail else 0
        raise FailedError(
            f"{after} bytes follow the end of the last revision" if after else "it does not end with %%EOF",
            remedy="Mark the original again.",
        )
    return int(match[1])


def read_section(mapped: Bytes, start: int, end: int, offset: int, reader: PdfReader) -> Section:
    """Return the cross-reference section at `offset`. Raises FailedError when it is not valid."""
    if not 0 <= offset < end - start:
        raise FailedError("startxref leads out of the file", remedy="Mark the original again.")
    data = mapped[start + offset : end]
    try:
        return _table(data, offset, reader) if data.startswith(b"xref") else _stream(data, offset, reader)
    except (ValueError, LookupError, TypeError, AttributeError, PyPdfError) as error:
        raise FailedError(
            f"the cross-reference section at byte {offset} cannot be read ({error})", remedy="Mark the original again."
        ) from error


def digest_offset(mapped: Bytes, start: int, section: Section) -> int | None:
    """Return the offset in the file of the 64 digits of the second part of /ID, or None if it has no such digits."""
    data = mapped[start + section.offset : start + section.end]
    identifier = _IDENTIFIER.search(
        data
    )  # in two steps: one expression would search the rest of the file from every /ID
    match = _DIGEST.search(data, identifier.end()) if identifier else None
    return None if match is None else start + section.offset + match.start(1)


def is_object_at(mapped: Bytes, offset: int, number: int, generation: int) -> bool:
    """Return whether the object `number` begins at this byte of the file."""
    match = _OBJECT.match(mapped[offset : offset + 32].lstrip())
    return match is not None and (int(match[1]), int(match[2])) == (number, generation)


def is_written_whole(mapped: Bytes, offset: int, end: int) -> bool:
    """Return whether the object at this byte is one whole value, and ends no later than `end`."""
    head = mapped[offset : min(end, offset + MAX_HEAD_BYTES)]
    match = _WRITTEN.match(head)
    if match is None:
        return False
    opened, end_of_value = list[bytes](), 0
    for found in _BRACKETS.finditer(match[1]):
        token = found[0]
        if token in {b"<<", b"["}:
            if not opened and match[1][: found.start()].strip():
                return False  # another value comes before it
            opened.append(b">>" if token == b"<<" else b"]")
        elif token in {b">>", b"]"} and (not opened or opened.pop() != token):
            return False
        end_of_value = found.end()
    is_one = not opened and not (end_of_value and match[1][end_of_value:].strip())
    return is_one and _is_as_long_as_it_says(mapped, offset + match.end(), match[1], match[0])


def _is_as_long_as_it_says(mapped: Bytes, start: int, entries: bytes, head: bytes) -> bool:
    """Return whether the data of a stream, from `start`, end where its length says (ISO 32000-2 7.3.8)."""
    if head.endswith(b"endobj"):
        return True
    ends = [start + int(length) for length in _LENGTH.findall(entries)]
    return any(_STREAM_END.match(mapped[end : end + STREAM_END_BYTES]) for end in ends)


def _table(data: bytes, offset: int, reader: PdfReader) -> Section:
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
    return _section(trailer, entries, offset, offset + stream.tell())


def _stream(data: bytes, offset: int, reader: PdfReader) -> Section:
    head = _OBJECT.match(data)
    if head is None:
        raise ValueError("neither xref nor an object")
    stream = io.BytesIO(data)
    stream.seek(head.end())
    stream_object = read_object(stream, reader)
    if not isinstance(stream_object, StreamObject) or stream_object.get("/Type") != "/XRef":
        raise TypeError("no cross-reference stream")
    widths = [int(str(width)) for width in items(raw(stream_object, "/W"))]
    if len(widths) != 3 or not all(0 <= width <= 8 for width in widths) or not sum(widths):
        raise ValueError("/W is not a list of three widths")
    index = [int(str(number)) for number in items(raw(stream_object, "/Index"))] or [
        0,
        int(str(stream_object["/Size"])),
    ]
    body, total = stream_object.get_data(), sum(max(count, 0) for count in index[1::2])
    if total * sum(widths) > len(body) or total > MAX_ENTRIES:
        raise ValueError("it is shorter than it says")
    numbers = [one for first, count in zip(index[::2], index[1::2], strict=True) for one in range(first, first + count)]
    kinds, offsets, generations = columns_of(body[: total * sum(widths)], widths)
    rows = map(SectionEntry, kinds if widths[0] else repeat(1), offsets, generations)
    entries = dict(zip(numbers, rows, strict=True))
    if len(entries) < len(numbers):
        raise ValueError(f"object {Counter(numbers).most_common(1)[0][0]} is listed twice")
    return _section(stream_object, entries, offset, offset + stream.tell(), number=int(head[1]))


def _once(number: int, entries: Mapping[int, SectionEntry]) -> None:
    if number in entries:
        raise ValueError(f"object {number} is listed twice")


def _section(
    trailer: DictionaryObject, entries: dict[int, SectionEntry], offset: int, end: int, *, number: int | None = None
) -> Section:
    previous = raw(trailer, "/Prev")
    return Section(
        offset=offset,
        end=end,
        entries=entries,
        trailer=trailer,
        previous=None if previous is None else int(str(previous)),
        number=number,
    )
