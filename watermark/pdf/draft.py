"""The objects as they will be: changed if changed, else as they were. The reader's objects are never altered."""

import zlib
from collections.abc import Iterator, Mapping

import pikepdf

from watermark.pdf.syntax import Name, Ref, Value, tokens

Dictionary = dict[str, Value]


class Draft:
    """The objects of one revision, drafted over a document that stays as it is."""

    def __init__(self, document: pikepdf.Pdf, first_free_number: int) -> None:
        """Draft over `document`; new objects are numbered from `first_free_number`."""
        self._document = document
        self._next = first_free_number
        self._changed: dict[Ref, Value] = {}
        self._streams: dict[Ref, bytes] = {}

    def resolve(self, value: Value) -> Value:
        """Return what a reference leads to, as drafted if it was changed; anything else as it is."""
        ref = reference(value)
        if ref is None:
            return value
        if ref in self._changed:
            return self._changed[ref]
        if isinstance(value, Ref):
            return self._document.get_object(*ref)
        return value

    def thaw(self, value: Value) -> Dictionary:
        """Return a shallow copy of a dictionary or of a stream's dictionary; {} for anything else."""
        value = self.resolve(value)
        if isinstance(value, pikepdf.Stream):
            return dict(value.stream_dict.items())
        if isinstance(value, (pikepdf.Dictionary, Mapping)):
            return dict(value.items())
        return {}

    def thaw_array(self, value: Value) -> list[Value]:
        """Return a shallow copy of an array; [] for anything else."""
        value = self.resolve(value)
        return list(value) if isinstance(value, (pikepdf.Array, list, tuple)) else []

    def change(self, target: Value) -> Dictionary:
        """Return the dictionary that stands for the indirect object `target` in the new revision, to be altered."""
        ref = reference(target)
        if ref is None:
            raise TypeError("only an indirect object can get a new revision")
        if ref not in self._changed:
            self._changed[ref] = self.thaw(target)
        changed = self._changed[ref]
        assert isinstance(changed, dict)
        return changed

    def replace(self, target: Value, value: Value) -> Ref:
        """Let `value` stand for the indirect object `target` in the new revision."""
        ref = reference(target)
        if ref is None:
            raise TypeError("only an indirect object can get a new revision")
        self._changed[ref] = value
        return ref

    def add(self, value: Value) -> Ref:
        """Enter `value` as a new indirect object and return its reference."""
        ref = Ref(self._next)
        self._next += 1
        self._changed[ref] = value
        return ref

    def add_stream(self, dictionary: Mapping[str, Value], data: bytes, *, compress: bool = True) -> Ref:
        """Enter a new stream, deflated unless told otherwise, and return its reference."""
        return self.replace_stream(self.add(None), dictionary, data, compress=compress)

    def replace_stream(
        self, target: Value, dictionary: Mapping[str, Value], data: bytes, *, compress: bool = True
    ) -> Ref:
        """Let a stream of `data` stand for the indirect object `target`."""
        entries = {key: item for key, item in dictionary.items() if key not in {"/Length", "/Filter", "/DecodeParms"}}
        if compress:
            data = zlib.compress(data, 9)
            entries["/Filter"] = Name("/FlateDecode")
        ref = self.replace(target, entries)
        self._streams[ref] = data
        return ref

    def objects(self) -> Iterator[tuple[Ref, bytes]]:
        """Yield each object of the revision as it will be written, in the order of their numbers."""
        for ref, value in sorted(self._changed.items()):
            data = self._streams.get(ref)
            if data is None:
                yield ref, tokens(value)
            else:
                assert isinstance(value, Mapping)
                head = tokens({**value, "/Length": len(data)})
                yield ref, head + b"stream\n" + data + b"\r\nendstream"

    @property
    def catalog(self) -> pikepdf.Dictionary:
        """The document catalogue as it was."""
        return self._document.Root

    @property
    def next_number(self) -> int:
        """The first number that is still free: what /Size becomes."""
        return self._next


def reference(value: Value) -> Ref | None:
    """Return the reference that a value is, or None when it is a direct value."""
    if isinstance(value, Ref):
        return value
    if isinstance(value, pikepdf.Object) and value.is_indirect:
        return Ref(*value.objgen)
    return None
