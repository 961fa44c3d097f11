"""An object of the copy with all that it refers to, written for another file: so that a form is drawn by itself."""

import io

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, PdfObject, StreamObject

from watermark.verification.pypdf_document import resolved

MAX_OBJECTS = 1000
"""A form of a marking refers to a few fonts, of a few objects each."""


def written_alone(value: PdfObject, first: int) -> list[bytes]:
    """Return an object and those that it refers to, as they are written in a file where they have numbers from `first`.

    They are in the order in which they are found; streams keep their filters. Raises ValueError for more than 1,000.
    """
    return _Writer(value, first).bodies()


class _Writer:
    """Gives objects new numbers, each when it is first referred to."""

    def __init__(self, value: PdfObject, first: int) -> None:
        self._first, self._objects = first, [resolved(value)]
        own = value if isinstance(value, IndirectObject) else value.indirect_reference
        self._numbers = {} if own is None else {(own.idnum, own.generation): first}

    def bodies(self) -> list[bytes]:
        """Return each object as it is written."""
        return [self._written(value) for value in self._objects]  # it grows meanwhile

    def _number(self, reference: IndirectObject) -> int:
        key = reference.idnum, reference.generation
        if key not in self._numbers:
            if len(self._objects) >= MAX_OBJECTS:
                raise ValueError("a form refers to more objects than any marking has")
            self._numbers[key] = self._first + len(self._objects)
            self._objects.append(resolved(reference))
        return self._numbers[key]

    def _written(self, value: PdfObject | None) -> bytes:
        if isinstance(value, IndirectObject):
            return b"%d 0 R" % self._number(value)
        if isinstance(value, StreamObject):
            data: bytes = value._data  # noqa: SLF001 - the data as stored, undecoded
            return b"%b\nstream\n%b\nendstream" % (self._dictionary(value, len(data)), data)
        if isinstance(value, DictionaryObject):
            return self._dictionary(value)
        if isinstance(value, ArrayObject):
            return b"[%b]" % b" ".join(map(self._written, list.__iter__(value)))
        out = io.BytesIO()
        (NullObject() if value is None else value).write_to_stream(out)
        return out.getvalue()

    def _dictionary(self, value: DictionaryObject, length: int | None = None) -> bytes:
        entries = {self._written(key): one for key, one in dict.items(value) if length is None or key != "/Length"}
        written = b"".join(b"%b %b " % (key, self._written(one)) for key, one in entries.items())
        return b"<<%b>>" % (written if length is None else b"%b/Length %d" % (written, length))
