"""A PDF as pypdf reads it: the second reader, independent of the one that wrote the copy."""

import io
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, PdfObject, StreamObject

from watermark.errors import FailedError, Reason, RefusedError, WatermarkError
from watermark.models import plain
from watermark.verification.crypt_filters import heed_crypt_filters

INHERITABLE = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
MAX_NODES = 1_000_000
DEEPEST_TREE = 500
NEVER_USED = 65535
MAX_METADATA_BYTES = 16_000_000
FEW_BYTES = 8 << 20
BUFFER_BYTES = 16_384
FORGOTTEN_AFTER_PAGES = 128


class Bytes(Protocol):
    """What holds the file: a map, or bytes."""

    def __getitem__(self, part: slice, /) -> bytes: ...


class Window(io.RawIOBase):
    """A part of a file, or of what holds it, as a file: nothing is copied but what is asked for."""

    def __init__(self, held: Bytes | io.FileIO, start: int, end: int) -> None:
        """Show `held[start:end]`."""
        super().__init__()
        self._held, self._start, self._size, self._place = held, start, end - start, 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be sought."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, as for any binary file."""
        place = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        if place < 0:
            raise ValueError("a place before the start of the file")
        self._place = place
        return place

    def readinto(self, target: bytearray | memoryview) -> int:  # type: ignore[override]  # a writable buffer
        """Fill `target` with what follows, and return how many bytes came."""
        start = min(self._place, self._size)
        end = min(start + len(target), self._size)
        if isinstance(self._held, io.FileIO):
            self._held.seek(self._start + start)
            end = start + self._held.readinto(memoryview(target)[: end - start])
        else:
            target[: end - start] = self._held[self._start + start : self._start + end]
        self._place = end
        return end - start


@dataclass(frozen=True, slots=True)
class PypdfPage:
    """A page: where it is, its object number (None for a direct dictionary), and what stands for it in nodes above."""

    node: PdfObject | None
    number: int | None
    above: Mapping[str, PdfObject]

    _seen: "list[weakref.ref[DictionaryObject]]" = field(default_factory=list, repr=False, compare=False)
    """What was read of it last, as long as the document keeps that."""

    @property
    def dictionary(self) -> DictionaryObject:
        """The page's own dictionary, read again where it was let go."""
        held = self._seen[0]() if self._seen else None
        if held is None:
            held = dictionary(self.node)
            self._seen[:] = [weakref.ref(held)]
        return held

    def raw(self, key: str) -> PdfObject | None:
        """Return an attribute as it is written, at the page or where it inherits it from."""
        own = self.dictionary
        return raw(own, key) if key in own else self.above.get(key)

    def get(self, key: str) -> PdfObject | None:
        """Return an attribute as the page has or inherits it, resolved."""
        return resolved(self.raw(key))


class PypdfDocument:
    """One state of a file. Raises FailedError when pypdf cannot open it. Pages count from 0 here, as lists do."""

    def __init__(
        self, held: Bytes | io.FileIO, start: int, end: int, *, password: str | None = None, strict: bool = False
    ) -> None:
        """Open `held[start:end]`, whose offsets count from the header at `start`; `strict` repairs nothing.

        What is read of a file does not stay in memory, as what is read of a map does for a while.
        """
        try:
            self.reader = PdfReader(_file(held, start, end), strict)
            _forget_freed_objects(self.reader)
            self.opens_without_password = _decrypted(self.reader, password or "")
            self.catalog = self.reader.root_object
        except WatermarkError:
            raise
        except Exception as error:  # a hostile file brings a reader to any of them
            raise FailedError(
                f"pypdf cannot open it ({plain(error)})", remedy="Open it in a PDF viewer: it may be damaged."
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
        """Return whether an object is written as the standard has it; readers part over one that has a key twice."""
        self.reader.resolved_objects.pop((0, number), None)
        try:
            with self.strictly():
                self.object(number)
        except Exception:  # noqa: BLE001 - whatever a strict reader objects to
            # what it was at when it broke off would count as a loop when it is read again
            self.reader._known_objects.clear()  # noqa: SLF001 - pypdf has no other way
            return False
        return True

    @contextmanager
    def strictly(self) -> Iterator[None]:
        """Read with nothing repaired and nothing passed over."""
        before, self.reader.strict = self.reader.strict, True
        try:
            yield
        finally:
            self.reader.strict = before

    def let_go(self, value: PdfObject) -> None:
        """Forget what a reference leads to; it is read again when it is asked for."""
        if isinstance(value, IndirectObject):
            self.reader.resolved_objects.pop((value.generation, value.idnum), None)

    def release_objects(self) -> None:
        """Forget all objects that were read: they are read again when they are asked for."""
        self.reader.resolved_objects.clear()

    @cached_property
    def info(self) -> DictionaryObject:
        """The document information dictionary, or an empty one."""
        return dictionary(self.trailer.get("/Info"))

    @cached_property
    def packet(self) -> bytes:
        """The XMP packet of the document, or nothing. Raises FailedError when it cannot be decoded."""
        try:
            metadata = resolved(raw(self.catalog, "/Metadata"))
            data = metadata.get_data() if isinstance(metadata, StreamObject) else b""
        except Exception as error:  # a hostile file brings a reader to any of them
            raise FailedError(
                f"its metadata cannot be read ({plain(error)})", remedy="Check the XMP packet of the file."
            ) from error
        if len(data) > MAX_METADATA_BYTES:
            raise FailedError("the metadata are too large to be read", remedy="Check the XMP packet of the file.")
        return data

    @cached_property
    def pages(self) -> tuple[PypdfPage, ...]:
        """The pages in order; a page that is entered twice comes twice (ISO 32000-2 7.7.3)."""
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


def _file(held: Bytes | io.FileIO, start: int, end: int) -> io.BytesIO | io.BufferedReader:
    """Return a part of a file, or of what holds it, as a file: in memory where it is small."""
    part = Window(held, start, end)
    # the fastest of all to go about in
    return io.BytesIO(part.readall()) if end - start <= FEW_BYTES else io.BufferedReader(part, BUFFER_BYTES)


def _forget_freed_objects(reader: PdfReader) -> None:
    """Let the reader forget objects that a later section frees: pypdf goes on to find them (ISO 32000-2 7.5.4).

    A free entry has the next generation. 65535 says nothing: whole tables of numbers that were never used have it.
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
    """Return whether the file opens without a password; raise RefusedError when this one does not open it, either."""
    if not reader.is_encrypted:
        return True
    without = bool(reader.decrypt(""))
    if not reader.decrypt(password) and not (without and reader.decrypt("")):
        raise RefusedError(
            Reason.ENCRYPTED,
            "this password does not open it" if password else "it needs a password to open",
            remedy="Give the password.",
            argument="password",
        )
    heed_crypt_filters(reader)
    return without


def _leaves(
    node: PdfObject | None, inherited: Mapping[str, PdfObject], above: set[int], count: list[int]
) -> Iterator[PypdfPage]:
    number, held = reference(node), resolved(node)
    count[0] += 1
    if not isinstance(held, DictionaryObject) or number in above:
        return  # viewers pass over both: what is no node, and a node that is its own ancestor
    if len(above) > DEEPEST_TREE or count[0] > MAX_NODES:
        raise FailedError("the page tree has no end", remedy="Repair the page tree of the original.")
    kids = resolved(raw(held, "/Kids"))
    if not isinstance(kids, ArrayObject):
        yield PypdfPage(node, number, inherited)
        return
    if held.get("/Type") == "/Page":
        raise FailedError(
            "a page has kids: some viewers show the page, and others its kids",
            remedy="Repair the page tree of the original.",
        )
    passed = {**inherited, **{key: raw_or_null(held, key) for key in INHERITABLE if key in held}}
    below = above | ({number} if number is not None else set())
    for kid in list.__iter__(kids):
        yield from _leaves(kid, passed, below, count)


def raw(held: DictionaryObject, key: str) -> PdfObject | None:
    """Return an entry as it is written: a reference stays a reference."""
    return held.raw_get(key) if key in held else None


def raw_or_null(held: DictionaryObject, key: str) -> PdfObject:
    """Return an entry as it is written, or the null object."""
    value = raw(held, key)
    return NullObject() if value is None else value


def resolved(value: object) -> PdfObject | None:
    """Return what a reference leads to; None for null and for what is not there."""
    for _ in range(32):
        if not isinstance(value, IndirectObject):
            break
        try:
            value = value.get_object()
        except AttributeError:
            return None  # an object that is a reference to itself, on which pypdf stumbles
    if isinstance(value, (NullObject, IndirectObject)) or not isinstance(value, PdfObject):
        return None
    return value


def dictionary(value: object) -> DictionaryObject:
    """Return a dictionary, resolved; an empty one for anything else."""
    held = resolved(value)
    return held if isinstance(held, DictionaryObject) else DictionaryObject()


def items(value: object) -> list[PdfObject]:
    """Return the members of an array as they are written; none for anything else."""
    held = resolved(value)
    return list(list.__iter__(held)) if isinstance(held, ArrayObject) else []


def reference(value: object) -> int | None:
    """Return the object number of a reference; None for anything else."""
    return value.idnum if isinstance(value, IndirectObject) else None
