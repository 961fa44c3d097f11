"""A PDF as read by pypdf: a second reader, independent of the library that wrote the copy."""

import io
import re
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from watermark.errors import FailedError, Reason, RefusedError, WatermarkError
from watermark.models import plain
from watermark.verification.crypt_filters import heed_crypt_filters
from watermark.verification.lazy_object_streams import LazyReader

INHERITABLE = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
MAX_SEARCHED_OBJECTS = 20
"""How many objects pypdf looks at for a catalog that is not where it should be: each one may cost it a whole search."""
MAX_NODES = 1_000_000
DEEPEST_TREE = 500
NEVER_USED = 65535
MAX_METADATA_BYTES = 16_000_000
FEW_BYTES = 8 << 20
BUFFER_BYTES = 16_384
FORGOTTEN_AFTER_PAGES = 128
TAIL_BYTES = 64
_PLAIN = frozenset(
    {
        ArrayObject,
        BooleanObject,
        ByteStringObject,
        DecodedStreamObject,
        DictionaryObject,
        EncodedStreamObject,
        FloatObject,
        NameObject,
        NumberObject,
        StreamObject,
        TextStringObject,
    }
)
"""The types of pypdf's objects, except references and null."""
NUMBER_AT_THE_END = re.compile(rb"startxref\s{1,4}\d{1,19}\s*\Z")


class Bytes(Protocol):
    """The bytes of a file: mapped, or in memory."""

    def __getitem__(self, part: slice, /) -> bytes: ...


class Window(io.RawIOBase):
    """A part of a file, or of its bytes, as a file object: only what is read is copied."""

    def __init__(self, source: Bytes | io.FileIO, start: int, end: int) -> None:
        """Show `source[start:end]`, and an end after it where a file ends with the number of its startxref."""
        super().__init__()
        self._source, self._start, self._size, self._position = source, start, end - start, 0
        self._suffix = b""
        self._suffix = _missing_end(self)

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def seekable(self) -> bool:
        """Return that it supports random access."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Set the position, as for any binary file."""
        size = self._size + len(self._suffix)
        position = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: size}[whence]
        if position < 0:
            raise ValueError("the position is before the start of the file")
        self._position = position
        return position

    def readinto(self, target: bytearray | memoryview) -> int:  # type: ignore[override]  # a writable buffer
        """Fill `target` with the bytes that follow, and return their number."""
        if self._position >= self._size:
            rest = self._suffix[self._position - self._size :][: len(target)]
            target[: len(rest)] = rest
            self._position += len(rest)
            return len(rest)
        start = self._position
        end = min(start + len(target), self._size)
        if isinstance(self._source, io.FileIO):
            self._source.seek(self._start + start)
            end = start + self._source.readinto(memoryview(target)[: end - start])
        else:
            target[: end - start] = self._source[self._start + start : self._start + end]
        self._position = end
        return end - start

    def readall(self) -> bytes:
        """Return all bytes that follow, read at once: a buffer at a time takes longer than all that pypdf does."""
        start, left = self._start + self._position, max(self._size - self._position, 0)
        if isinstance(self._source, io.FileIO):
            self._source.seek(start)
            found = self._source.read(left)
        else:
            found = self._source[start : start + left]
        self._position += len(found)
        return found + super().readall()  # what the system has not given at once, and the end that is put after it


@dataclass(frozen=True, slots=True)
class PypdfPage:
    """A page: its node, its object number (None for a direct dictionary), and the attributes that it inherits."""

    node: PdfObject | None
    number: int | None
    above: Mapping[str, PdfObject]

    _cached: "list[weakref.ref[DictionaryObject]]" = field(default_factory=list, repr=False, compare=False)
    """The dictionary read last, for as long as the document keeps it."""

    @property
    def dictionary(self) -> DictionaryObject:
        """The page's own dictionary; it is read again if it was released."""
        found = self._cached[0]() if self._cached else None
        if found is None:
            found = dictionary(self.node)
            self._cached[:] = [weakref.ref(found)]
        return found

    def raw(self, key: str) -> PdfObject | None:
        """Return an attribute as it is written, of the page or inherited."""
        own = self.dictionary
        return raw(own, key) if key in own else self.above.get(key)

    def get(self, key: str) -> PdfObject | None:
        """Return an attribute as the page has or inherits it, resolved."""
        return resolved(self.raw(key))


class PypdfDocument:
    """One state of a file. Raises FailedError when pypdf cannot open it. Pages count from 0 here, as lists do."""

    def __init__(
        self, source: Bytes | io.FileIO, start: int, end: int, *, password: str | None = None, strict: bool = False
    ) -> None:
        """Open `source[start:end]`, whose offsets count from the header at `start`; `strict` repairs nothing.

        What is read from a file object does not stay in memory; pages of a map do for a while.
        """
        try:
            self.reader = LazyReader(_file(source, start, end), strict, root_object_recovery_limit=MAX_SEARCHED_OBJECTS)
            _forget_freed_objects(self.reader)
            self.opens_without_password = _decrypted(self.reader, password or "")
            self.catalog = self.reader.root_object
        except WatermarkError:
            raise
        except Exception as error:  # a hostile file can cause any exception
            raise FailedError(
                f"pypdf cannot open it ({plain(error)})",
                remedy="Open it in a PDF viewer. If it does not open there either, get an undamaged file.",
            ) from error
        self.offset = start

    @property
    def trailer(self) -> DictionaryObject:
        """The newest trailer."""
        return self.reader.trailer

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers of all objects in use (ISO 32000-2 7.5.4)."""
        listed = {number for generation in self.reader.xref.values() for number in generation}
        return frozenset(listed | set(self.reader.xref_objStm))

    @cached_property
    def later_generations(self) -> dict[int, int]:
        """The generation of each object that has another than 0, by its number."""
        later = {
            number: generation for generation in sorted(self.reader.xref) for number in self.reader.xref[generation]
        }
        in_streams = self.reader.xref_objStm
        return {number: one for number, one in later.items() if one and number not in in_streams}

    @cached_property
    def highest_number(self) -> int:
        """The highest number in use."""
        return max(self.numbers, default=0)

    def object(self, number: int) -> PdfObject | None:
        """Return an object by its number, whatever its generation."""
        if number in self.reader.xref_objStm:
            return resolved(IndirectObject(number, 0, self.reader))
        generation = max((g for g, listed in self.reader.xref.items() if number in listed), default=0)
        return resolved(IndirectObject(number, generation, self.reader))

    def is_plain(self, number: int) -> bool:
        """Return whether a strict reader accepts an object. Readers disagree, for example, about a repeated key."""
        self.reader.resolved_objects.pop((0, number), None)
        try:
            with self.strictly():
                self.object(number)
        except Exception:  # noqa: BLE001 - whatever a strict reader objects to
            self.forget_unfinished()
            return False
        return True

    @contextmanager
    def strictly(self) -> Iterator[None]:
        """Read strictly inside the `with` statement: nothing is repaired or skipped."""
        before, self.reader.strict = self.reader.strict, True
        try:
            yield
        finally:
            self.reader.strict = before

    def forget_unfinished(self) -> None:
        """Forget which objects were being read when an error ended that: read again, they would count as a loop."""
        self.reader._known_objects.clear()  # noqa: SLF001 - pypdf has no other way

    def release(self, value: PdfObject) -> None:
        """Release the object of a reference; it is read again when needed."""
        if isinstance(value, IndirectObject):
            self.reader.resolved_objects.pop((value.generation, value.idnum), None)

    def release_objects(self) -> None:
        """Release all objects that were read; they are read again when needed."""
        self.reader.resolved_objects.clear()
        self.reader.release_streams()

    def close(self) -> None:
        """Forget everything. All objects refer to their reader, and it to them: Python would search long for that."""
        vars(self.reader).clear()
        vars(self).clear()

    @cached_property
    def info(self) -> DictionaryObject:
        """The document information dictionary, or an empty one."""
        return dictionary(self.trailer.get("/Info"))

    @cached_property
    def packet(self) -> bytes:
        """The XMP packet of the document, or nothing. Raises FailedError when it cannot be decoded."""
        try:
            data = data_of(raw(self.catalog, "/Metadata"))
        except Exception as error:  # a hostile file can cause any exception
            raise FailedError(
                f"its metadata cannot be read ({plain(error)})", remedy="Check the XMP packet of the file."
            ) from error
        if len(data) > MAX_METADATA_BYTES:
            raise FailedError("the metadata are too large to be read", remedy="Check the XMP packet of the file.")
        return data

    @cached_property
    def pages(self) -> tuple[PypdfPage, ...]:
        """The pages in order; a page that is listed twice is returned twice (ISO 32000-2 7.7.3)."""
        found: list[PypdfPage] = []
        for leaf in _leaves(raw(self.catalog, "/Pages"), {}, set(), [0]):
            found.append(leaf)
            release_regularly(len(found), self)
        return tuple(found)


def release_regularly(page_count: int, *documents: PypdfDocument) -> None:
    """Free the objects that were read, after every 128 pages or objects: memory would grow with each of them."""
    if page_count % FORGOTTEN_AFTER_PAGES == 0:
        for document in documents:
            document.release_objects()


def _file(source: Bytes | io.FileIO, start: int, end: int) -> io.BytesIO | io.BufferedReader:
    """Return a part of a file as a file object: in memory if it is small."""
    part = Window(source, start, end)
    # the fastest for random access
    return io.BytesIO(part.readall()) if end - start <= FEW_BYTES else io.BufferedReader(part, BUFFER_BYTES)


def _missing_end(part: Window) -> bytes:
    """Return the %%EOF that a file lacks, for pypdf opens none without; b"" where it has one."""
    part.seek(-min(TAIL_BYTES, part.seek(0, io.SEEK_END)), io.SEEK_END)
    is_without = NUMBER_AT_THE_END.search(part.readall()) is not None
    part.seek(0)
    return b"\n%%EOF\n" if is_without else b""


def _forget_freed_objects(reader: PdfReader) -> None:
    """Remove objects that a later section frees, which pypdf still finds (ISO 32000-2 7.5.4).

    A free entry has the next generation. 65535 is ignored: tables of numbers that were never used have it.
    """
    freed = [
        (number, generation)
        for generation, listed in reader.xref_free_entry.items()
        for number, is_free in listed.items()
        if is_free and 0 < generation < NEVER_USED and number not in reader.xref.get(generation, {})
    ]
    for number, generation in freed:
        for earlier, listed in reader.xref.items():
            if earlier < generation and number in listed:
                reader.xref_free_entry.setdefault(earlier, {})[number] = True


def _decrypted(reader: PdfReader, password: str) -> bool:
    """Return whether the file opens without a password. Raises RefusedError when neither that nor this one opens it."""
    if not reader.is_encrypted:
        return True
    without = bool(reader.decrypt(""))
    if not reader.decrypt(password) and not (without and reader.decrypt("")):
        raise RefusedError(
            Reason.ENCRYPTED,
            "this password does not open it" if password else "it needs a password to open",
            remedy="Give another password." if password else "Give the password.",
            argument="password",
        )
    heed_crypt_filters(reader)
    return without


def _leaves(
    node: PdfObject | None, inherited: Mapping[str, PdfObject], above: set[int], count: list[int]
) -> Iterator[PypdfPage]:
    number, entries = reference(node), resolved(node)
    count[0] += 1
    if not isinstance(entries, DictionaryObject) or number in above:
        return  # viewers skip both: a kid that is not a node, and a node that is its own ancestor
    if len(above) > DEEPEST_TREE or count[0] > MAX_NODES:
        raise FailedError("the page tree has no end", remedy="Repair the page tree of the original.")
    kids = resolved(raw(entries, "/Kids"))
    if not isinstance(kids, ArrayObject):
        yield PypdfPage(node, number, inherited)
        return
    if entries.get("/Type") == "/Page":
        raise FailedError(
            "a page has kids: some viewers show the page, and others its kids",
            remedy="Repair the page tree of the original.",
        )
    passed = {**inherited, **{key: entries.raw_get(key) for key in INHERITABLE if key in entries}}
    below = above | ({number} if number is not None else set())
    for kid in list.__iter__(kids):
        yield from _leaves(kid, passed, below, count)


def raw(container: DictionaryObject, key: str) -> PdfObject | None:
    """Return an entry as it is written: a reference stays a reference."""
    return container.raw_get(key) if key in container else None


def resolved(value: Any) -> PdfObject | None:  # noqa: ANN401 - any entry of a dictionary or an array
    """Return the object of a reference; None for null and for a missing object."""
    for _ in range(32):
        if type(value) in _PLAIN:  # most are, and a look at the type is the fastest
            return value  # type: ignore[no-any-return]
        if not isinstance(value, IndirectObject):
            break
        try:
            value = value.get_object()
        except AttributeError:
            return None  # an object that is a reference to itself, which pypdf does not expect
    if isinstance(value, (NullObject, IndirectObject)) or not isinstance(value, PdfObject):
        return None
    return value


def dictionary(value: object) -> DictionaryObject:
    """Return a dictionary, resolved; an empty one for anything else."""
    found = resolved(value)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def items(value: object) -> list[PdfObject]:
    """Return the members of an array as they are written; none for anything else."""
    found = resolved(value)
    return list(list.__iter__(found)) if isinstance(found, ArrayObject) else []


def reference(value: object) -> int | None:
    """Return the object number of a reference; None for anything else."""
    return value.idnum if isinstance(value, IndirectObject) else None


def data_of(value: object) -> bytes:
    """Return the data of a stream, decoded; nothing for anything else."""
    found = resolved(value)
    return found.get_data() if isinstance(found, StreamObject) else b""
