"""pypdf, which parses only the requested object of an object stream (ISO 32000-2 7.5.7), not all of them.

A tagged article has tens of thousands of objects in such streams, and a verification needs a small part of them. The
header of each object of the file is read as soon as it is opened: where it is written plainly, that is one match.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from pypdf.errors import PdfStreamError
from pypdf.generic import IndirectObject, NumberObject, PdfObject, StreamObject

from watermark.verification.plain_objects import read_plain
from watermark.verification.plain_xref_streams import SectionReader

HEADER = re.compile(rb"[0-9\x00\t\n\x0c\r ]*")
MAX_DIGITS = 10
_OBJECT_HEADER = re.compile(rb"([0-9]{1,7})[\0\t\n\f\r ]([0-9]{1,5})[\0\t\n\f\r ]obj[\0\t\n\f\r ]*(?=[^\0\t\n\f\r ])")
_HEADER_BYTES = 48
"""More than a plain header has."""


@dataclass(frozen=True, slots=True)
class _ObjectStream:
    """The data of an object stream, and where each object begins in it, by its number; the first of a number counts."""

    data: io.BytesIO
    offsets: Mapping[int, int]


class LazyReader(SectionReader):
    """A reader whose results are those of pypdf. Streams that are not plainly valid are left to pypdf itself."""

    _streams: dict[int, _ObjectStream | None]

    def release_streams(self) -> None:
        """Release the data of all object streams."""
        self._streams = {}

    def read_object_header(self, stream: Any) -> tuple[int, int]:  # noqa: ANN401 - as in pypdf
        """Return number and generation of the object at the position of a stream, which is then at its value."""
        start = stream.tell()
        found = _OBJECT_HEADER.match(stream.read(_HEADER_BYTES))
        stream.seek(start + found.end() if found else start)
        return (int(found[1]), int(found[2])) if found else super().read_object_header(stream)

    def positioned_at(self, number: int) -> IO[bytes] | io.BytesIO | None:
        """Return the stream in which an object is written, at its value; None where that is not plainly readable."""
        if number not in self.xref_objStm:
            offset = next((listed[number] for listed in self.xref.values() if number in listed), None)
            if offset is None:
                return None
            self.stream.seek(offset)
            is_it = self.read_object_header(self.stream)[0] == number
            return self.stream if is_it else None
        stream = self._opened(self.xref_objStm[number][0])
        if stream is None or number not in stream.offsets:
            return None
        stream.data.seek(stream.offsets[number])
        return stream.data

    def _get_object_from_stream(self, indirect_reference: IndirectObject) -> PdfObject:
        number = indirect_reference.idnum
        stream_number = self.xref_objStm[number][0]
        streams = self.__dict__.setdefault("_streams", {})
        if stream_number not in streams:
            streams[stream_number] = None  # meanwhile, and where reading it fails
            streams[stream_number] = self._opened(stream_number)
        stream = streams[stream_number]
        if stream is None or number not in stream.offsets:
            return super()._get_object_from_stream(indirect_reference)
        stream.data.seek(stream.offsets[number])
        try:
            found = read_plain(stream.data, self)
        except PdfStreamError:
            return super()._get_object_from_stream(indirect_reference)
        self.cache_indirect_object(0, number, found)
        return found

    def _opened(self, number: int) -> _ObjectStream | None:
        """Return an object stream, or None for one that pypdf has to read itself."""
        if number in self.xref_objStm:
            return None
        stream = IndirectObject(number, 0, self).get_object()
        if not isinstance(stream, StreamObject) or stream.get("/Type") != "/ObjStm":
            return None
        count, first = stream.get("/N"), stream.get("/First")
        if not isinstance(count, NumberObject) or not isinstance(first, NumberObject):
            return None
        data = stream.get_data()
        return _indexed(data, int(count), int(first)) if 0 <= first <= len(data) else None


def _indexed(data: bytes, count: int, first: int) -> _ObjectStream | None:
    """Return the objects of a stream, or None if its header is not exactly as many pairs of numbers, in order."""
    if HEADER.fullmatch(data, 0, first) is None:
        return None
    written = data[:first].replace(b"\0", b" ").split()
    if len(written) != 2 * count or any(len(one) > MAX_DIGITS for one in written):
        return None
    numbers = list(map(int, written))
    offsets = [first + offset for offset in numbers[1::2]]
    if any(one >= other for one, other in zip(offsets, [*offsets[1:], len(data)], strict=True)):
        return None
    found: dict[int, int] = {}
    for number, offset in zip(numbers[::2], offsets, strict=True):
        found.setdefault(number, offset)
    return _ObjectStream(io.BytesIO(data), found)
