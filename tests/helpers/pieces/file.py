"""Objects to a file, by hand: the structure is exactly what the recipe says, and nothing is repaired on the way."""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from watermark.pdf.serialization import Name, Raw, Ref, Value, tokens


@dataclass(frozen=True)
class Stream:
    dictionary: Mapping[str, Value]
    data: bytes
    compress: bool = False

    def written(self) -> bytes:
        entries, data = dict(self.dictionary), self.data
        if self.compress:
            data = zlib.compress(data, 9)
            entries["/Filter"] = Name("/FlateDecode")
        return tokens({**entries, "/Length": len(data)}) + b"\nstream\r\n" + data + b"\r\nendstream"


@dataclass
class Objects:
    """The indirect objects of a document, numbered as they come."""

    gap: int = 0
    values: dict[Ref, "Value | Stream"] = field(default_factory=dict)
    next: int = 1

    def reserve(self, generation: int = 0) -> Ref:
        ref = Ref(self.next, generation)
        self.next += 1 + self.gap
        return ref

    @property
    def size(self) -> int:
        """One more than the highest number given."""
        return max(1, self.next - self.gap)

    def add(self, value: "Value | Stream", generation: int = 0) -> Ref:
        ref = self.reserve(generation)
        self.values[ref] = value
        return ref


@dataclass(kw_only=True)
class Parts:
    """A document before it is written: what the catalog and the pages will hold."""

    objects: Objects
    catalog: dict[str, Value]
    tree: Ref
    resources: Value = None
    pages: list[Ref] = field(default_factory=list)
    dictionaries: list[dict[str, Value]] = field(default_factory=list)
    shared_contents: Value = None


@dataclass(kw_only=True)
class Writer:
    """Writes sections of objects one after another: the first is the file, each further one a revision."""

    xref: str = "table"
    object_streams: bool = False
    size: int | None = None
    space_before_xref: bytes = b""
    out: bytearray = field(default_factory=bytearray)
    prev: int | None = None

    def section(self, objects: Objects, refs: Iterable[Ref], trailer: Mapping[str, Value]) -> int:
        """Write the objects `refs` and their cross-reference section; return what startxref has to say."""
        rows: dict[int, tuple[int, int, int]] = {}
        packed: list[Ref] = []
        for ref in sorted(refs):
            value = objects.values[ref]
            if self._may_be_packed(ref, value):
                packed.append(ref)
                continue
            rows[ref.number] = (1, len(self.out), ref.generation)
            body = value.written() if isinstance(value, Stream) else tokens(value)
            self.out += b"%d %d obj\n" % ref + body + b"\nendobj\n"
        hidden: dict[int, tuple[int, int, int]] = {}
        if packed:
            holder = objects.reserve()
            hidden = {ref.number: (2, holder.number, place) for place, ref in enumerate(packed)}
            hidden[holder.number] = (1, len(self.out), 0)
            self.out += b"%d %d obj\n" % holder + _object_stream(objects, packed).written() + b"\nendobj\n"
        entries = dict(trailer)
        if self.prev is not None:
            entries["/Prev"] = self.prev
        write = self._stream if self.xref == "stream" else self._table
        self.prev = write(objects, rows, hidden, entries)
        return self.prev

    def _may_be_packed(self, ref: Ref, value: "Value | Stream") -> bool:
        if self.xref == "table" or isinstance(value, Stream) or ref.generation:
            return False
        if self.xref == "hybrid" and self.prev is not None:
            return False  # one object stream is enough
        seen_by_old_readers = isinstance(value, Mapping) and value.get("/Type") in {"/Catalog", "/Pages", "/Page"}
        return self.object_streams or (self.xref == "hybrid" and not seen_by_old_readers)

    def _table(
        self,
        objects: Objects,
        rows: dict[int, tuple[int, int, int]],
        hidden: dict[int, tuple[int, int, int]],
        trailer: dict[str, Value],
    ) -> int:
        stream = self._xref_stream(objects, hidden, {}) if hidden else None
        start = len(self.out)
        self.out += self.space_before_xref + b"xref\n"
        first = self.prev is None
        listed = range(objects.size) if first else sorted(rows)
        for numbers in [listed] if first else _runs(listed):
            self.out += b"%d %d\n" % (numbers[0], len(numbers))
            for number in numbers:
                if number in rows:
                    _, offset, generation = rows[number]
                    self.out += b"%010d %05d n\r\n" % (offset, generation)
                else:
                    self.out += b"0000000000 65535 f\r\n"
        size = objects.size if self.size is None else self.size
        self.out += b"trailer\n" + tokens({"/Size": size, **trailer}) + b"\n"
        if stream is None:
            return start
        self.out += b"startxref\n%d\n%%%%EOF\n" % start  # an empty section says where the hidden objects are
        again = len(self.out)
        hybrid: dict[str, Value] = {"/Size": size, **trailer, "/Prev": start, "/XRefStm": stream}
        self.out += b"xref\n0 0\ntrailer\n" + tokens(hybrid) + b"\n"
        return again

    def _stream(
        self,
        objects: Objects,
        rows: dict[int, tuple[int, int, int]],
        hidden: dict[int, tuple[int, int, int]],
        trailer: dict[str, Value],
    ) -> int:
        if self.prev is None:
            rows[0] = (0, 0, 65535)
        self.out += self.space_before_xref
        return self._xref_stream(objects, {**rows, **hidden}, trailer) - len(self.space_before_xref)

    def _xref_stream(self, objects: Objects, rows: dict[int, tuple[int, int, int]], trailer: dict[str, Value]) -> int:
        ref, start = objects.reserve(), len(self.out)
        rows[ref.number] = (1, start, 0)
        runs = _runs(sorted(rows))
        data = b"".join(
            b"%c" % kind + second.to_bytes(4, "big") + third.to_bytes(2, "big")
            for kind, second, third in (rows[number] for run in runs for number in run)
        )
        index = [number for run in runs for number in (run[0], len(run))]
        size = objects.size if self.size is None else self.size
        entries = {"/Type": Name("/XRef"), "/Size": size, "/W": [1, 4, 2], "/Index": index, **trailer}
        self.out += b"%d %d obj\n" % ref + Stream(entries, data, compress=True).written() + b"\nendobj\n"
        return start


def _runs(numbers: Iterable[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _object_stream(objects: Objects, refs: list[Ref]) -> Stream:
    bodies = [tokens(objects.values[ref]) for ref in refs]  # type: ignore[arg-type]
    places = [sum(len(body) + 1 for body in bodies[:place]) for place in range(len(bodies))]
    head = b" ".join(b"%d %d" % (ref.number, place) for ref, place in zip(refs, places, strict=True)) + b"\n"
    entries: dict[str, Value] = {"/Type": Name("/ObjStm"), "/N": len(refs), "/First": len(head)}
    return Stream(entries, head + b" ".join(bodies), compress=True)


def raw_or(value: Value) -> Value:
    """Bytes in a recipe are tokens as they are to be written, not a string."""
    return Raw(value) if isinstance(value, bytes) else value
