"""The objects as they will be: changed if changed, else as they were. The reader's objects are never altered."""

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

import pikepdf

from watermark.errors import Reason, RefusedError
from watermark.pdf.encryption import StandardCiphers
from watermark.pdf.serialization import Name, Raw, Ref, Unencrypted, Value, tokens

Dictionary = dict[str, Value]

MAX_NUMBER = 8_388_607
"""The highest object number that readers have to bear (ISO 32000-2 annex C)."""
MAX_ADDED = 1_000_000
"""More than a marking of the most pages adds."""
DEEPEST_VALUE = 200
_OF_THE_DATA = frozenset({"/Length", "/Filter", "/DecodeParms", "/F", "/FFilter", "/FDecodeParms", "/DL"})


MAX_REMEMBERED_BYTES = 64 * 1024


_REFERENCE = re.compile(rb"([0-9]{1,10}) ([0-9]{1,5}) R")
_ONLY_REFERENCES = re.compile(rb"\[(?: [0-9]{1,10} [0-9]{1,5} R)+ \]")


def deflated(data: bytes) -> bytes:
    """Return the data deflated; small ones are remembered, as letters and fonts are the same in every article."""
    return _remembered(data) if len(data) <= MAX_REMEMBERED_BYTES else zlib.compress(data, 9)


@lru_cache(maxsize=64)
def _remembered(data: bytes) -> bytes:
    return zlib.compress(data, 9)


def first_free_number(document: pikepdf.Pdf) -> int:
    """Return the first object number above every one in use, and not below /Size as far as that is plausible.

    Raises RefusedError when there is no number left that every reader must accept.
    """
    highest, _ = max(document.get_xref_table(), default=(0, 0))
    if highest >= MAX_NUMBER - MAX_ADDED:
        raise RefusedError(
            Reason.TOO_LARGE,
            f"an object of the number {highest:,}, where {MAX_NUMBER:,} is the highest that readers bear",
            remedy="Re-save the file in a PDF editor, which numbers the objects from 1.",
        )
    size: object = document.trailer.get("/Size")
    return max(highest + 1, size if isinstance(size, int) and size <= MAX_NUMBER else 0)


def was_rebuilt(warnings: list[str]) -> bool:
    """Tell from the reader's warnings at opening whether it had to look for the objects itself."""
    return any("reconstruct" in warning for warning in warnings)


class ExtendedArray:
    """An array of the file with a few items more: to look at those it has, the reader would parse what they lead to."""

    __slots__ = ("_base", "_more")

    def __init__(self, base: pikepdf.Array, more: Sequence[Value]) -> None:
        """Put `more` behind the items of `base`, which stays as it is."""
        self._base = base
        self._more = more

    def __iter__(self) -> Iterator[Value]:
        """Yield the items, those of the file first."""
        return chain(self._base, self._more)

    def unparse(self) -> bytes:
        """Return the array as PDF tokens."""
        return self._base.unparse(resolved=True).removesuffix(b"]") + tokens(self._more).removeprefix(b"[")


ARRAYS = (pikepdf.Array, list, tuple, ExtendedArray)


class ObjectDraft:
    """The objects of one revision, drafted over a document that stays as it is."""

    def __init__(self, document: pikepdf.Pdf, first_free_number: int) -> None:
        """Draft over `document`, which is kept as it was; new objects are numbered from `first_free_number`."""
        self.document = document
        self._first = self._next = first_free_number
        self._changed: dict[Ref, Value] = {}
        self._streams: dict[Ref, bytes] = {}

    def resolve(self, value: Value) -> Value:
        """Return what a reference leads to, as drafted if it was changed; anything else as it is."""
        ref = reference(value)
        return value if ref is None else self._drafted(ref, value)

    def _drafted(self, ref: Ref, value: Value) -> Value:
        """Return the object of `ref`, whose value is `value`, as drafted if it was changed."""
        if ref in self._changed:
            return self._changed[ref]
        return self.document.get_object(*ref) if isinstance(value, Ref) else value

    def copy_dict(self, value: Value) -> Dictionary:
        """Return a shallow copy of a dictionary or of a stream's dictionary; {} for anything else."""
        return _thawed_shallow(self.resolve(value))

    def copy_array(self, value: Value) -> list[Value]:
        """Return a shallow copy of an array; [] for anything else."""
        value = self.resolve(value)
        return list(value) if isinstance(value, ARRAYS) else []

    def copy_references(self, value: Value) -> list[Value]:
        """Return a copy of an array as `copy_array` does; of references alone, without a look at what they lead to."""
        value = self.resolve(value)
        written = value.unparse(resolved=True) if isinstance(value, pikepdf.Array) else b""
        if not _ONLY_REFERENCES.fullmatch(written):
            return self.copy_array(value)
        return [Ref(int(number), int(generation)) for number, generation in _REFERENCE.findall(written)]

    def change(self, target: Value) -> Dictionary:
        """Return the dictionary of the indirect object `target` in the new revision, to be altered.

        Of a stream it is the stream's dictionary, and its data stay. Raises RefusedError when `target` is another kind
        of object; one that is missing begins empty.
        """
        ref = _indirect(target)
        before = self._drafted(ref, target)
        if ref not in self._changed or not isinstance(before, dict):
            if not (before is None or isinstance(before, (pikepdf.Dictionary, pikepdf.Stream, Mapping))):
                raise RefusedError(
                    Reason.DAMAGED,
                    f"object {ref.number} is a {type(before).__name__} where a dictionary belongs",
                    remedy="Re-save it in a PDF editor, and keep the original.",
                )
            if isinstance(before, pikepdf.Stream):
                self._streams[ref] = before.read_raw_bytes()
            self._changed[ref] = _thawed_shallow(before)
        changed = self._changed[ref]
        assert isinstance(changed, dict)
        return changed

    def replace(self, target: Value, value: Value) -> Ref:
        """Make `value` the indirect object `target` in the new revision."""
        ref = _indirect(target)
        self._streams.pop(ref, None)
        self._changed[ref] = value
        return ref

    def is_in_the_file(self, ref: Ref) -> bool:
        """Whether an object of the document is in the file: qpdf also numbers objects that it made in a repair."""
        return ref.number < self._first

    def add(self, value: Value) -> Ref:
        """Enter `value` as a new indirect object and return its reference."""
        ref = Ref(self._next)
        self._next += 1
        self._changed[ref] = value
        return ref

    def add_stream(self, dictionary: Mapping[str, Value], data: bytes, *, compress: bool = True) -> Ref:
        """Enter a new stream, deflated unless `deflate` is false, and return its reference."""
        return self.replace_stream(self.add(None), dictionary, data, compress=compress)

    def add_stored(self, dictionary: Mapping[str, Value], stream: pikepdf.Stream) -> Ref:
        """Enter a new stream that has the data of another as they are stored, under their filters."""
        of_the_data = {key: item for key, item in stream.stream_dict.items() if key in _OF_THE_DATA}
        ref = self.add({**dictionary, **of_the_data})
        self._streams[ref] = stream.read_raw_bytes()
        return ref

    def replace_stream(
        self, target: Value, dictionary: Mapping[str, Value], data: bytes, *, compress: bool = True
    ) -> Ref:
        """Make a stream of `data` the indirect object `target`."""
        entries = {key: item for key, item in dictionary.items() if key not in _OF_THE_DATA}
        if compress:
            data = deflated(data)
            entries["/Filter"] = Name("/FlateDecode")
        ref = self.replace(target, entries)
        self._streams[ref] = data
        return ref

    def objects(self, ciphers: StandardCiphers | None = None) -> Iterator[tuple[Ref, bytes]]:
        """Yield each object of the revision as it will be written, in the order of their numbers."""
        for ref, value in sorted(self._changed.items(), key=lambda item: item[0]):
            cipher = ciphers.of_strings(ref) if ciphers else None
            whole = value if cipher is None else to_plain(value)
            data = self._streams.get(ref)
            if data is None:
                yield ref, tokens(whole, cipher)
                continue
            assert isinstance(whole, Mapping)
            whole = ciphers.named(whole) if ciphers else whole
            encipher = ciphers.of_stream(ref, whole) if ciphers else None
            data = data if encipher is None else encipher(data)
            yield ref, tokens({**whole, "/Length": len(data)}, cipher) + b"stream\n" + data + b"\r\nendstream"

    @property
    def catalog(self) -> pikepdf.Dictionary:
        """The document catalogue as it was."""
        root = self.document.Root
        assert isinstance(root, pikepdf.Dictionary)
        return root

    @property
    def next_number(self) -> int:
        """The first number that is still free: what /Size becomes."""
        return self._next


def reference(value: Value) -> Ref | None:
    """Return the reference that a value is, or None when it is a direct value."""
    if isinstance(value, pikepdf.Object):
        number, generation = value.objgen
        return Ref(number, generation) if number else None
    return value if isinstance(value, Ref) else None


def _thawed_shallow(value: Value) -> Dictionary:
    if isinstance(value, pikepdf.Dictionary):
        return dict(value.items())
    if isinstance(value, pikepdf.Stream):
        return dict(value.stream_dict.items())
    return dict(value) if isinstance(value, Mapping) else {}


def to_plain(value: Value, depth: int = 0) -> Value:
    """Return `value` as plain values all through, references kept: what a cipher needs to reach every string.

    Raises RefusedError for values nested deeper than any honest file has them.
    """
    if depth > DEEPEST_VALUE:
        raise RefusedError(
            Reason.DAMAGED,
            f"a value is nested more than {DEEPEST_VALUE} deep",
            remedy="Re-save it in a PDF editor, and keep the original.",
        )
    ref = reference(value)
    if ref is not None:
        return ref
    if isinstance(value, (pikepdf.Dictionary, Mapping)):
        plain = {key: to_plain(item, depth + 1) for key, item in value.items()}
        if isinstance(digits := value.get("/Contents"), pikepdf.String) and _is_signature(value):
            plain["/Contents"] = Unencrypted(digits.unparse())
        return plain
    if isinstance(value, ARRAYS):
        return [to_plain(item, depth + 1) for item in value]
    if isinstance(value, pikepdf.String):
        return bytes(value)
    return Raw(value.unparse()) if isinstance(value, pikepdf.Object) else value


def _is_signature(entries: Mapping[str, Value] | pikepdf.Dictionary) -> bool:
    """Return whether qpdf takes a dictionary for that of a signature, whose digits are never encrypted (7.6.2)."""
    return entries.get("/Type") == pikepdf.Name("/Sig") and "/ByteRange" in entries


def _indirect(target: Value) -> Ref:
    ref = reference(target)
    if ref is None:
        raise TypeError("only an indirect object can get a new revision")
    return ref
