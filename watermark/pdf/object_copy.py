"""Objects of one PDF, copied into the draft of another."""

import pikepdf

from watermark.pdf.object_draft import ObjectDraft
from watermark.pdf.serialization import Name, Ref, Value


class ObjectCopier:
    """Copies each indirect object once. References that were given a copy before lead to that copy."""

    def __init__(self, draft: ObjectDraft, source: pikepdf.Pdf, *, without: frozenset[str]) -> None:
        """Copy from `source` into `draft`; entries with a key in `without` are left out of every dictionary."""
        self.source = source
        self._draft = draft
        self._without = without
        self._copies: dict[tuple[int, int], Ref] = {}

    def map_object(self, original: pikepdf.Object, copy: Ref) -> None:
        """Make `copy` the copy of an indirect object of the source."""
        self._copies[original.objgen] = copy

    def copy_object(self, value: pikepdf.Object) -> Value:
        """Return `value` for the draft: a reference for an indirect object, plain values for a direct one."""
        if not isinstance(value, pikepdf.Object) or not value.is_indirect:
            return self._plain(value)
        if value.objgen not in self._copies:
            copy = self._draft.add(None)
            self._copies[value.objgen] = copy
            if isinstance(value, pikepdf.Stream):
                entries = self._dictionary(value.stream_dict)
                self._draft.replace_stream(copy, entries, value.read_bytes())
            else:
                self._draft.replace(copy, self._plain(value))
        return self._copies[value.objgen]

    def _plain(self, value: object) -> Value:
        match value:
            case pikepdf.Dictionary():
                return self._dictionary(value)
            case pikepdf.Array():
                return [self.copy_object(item) for item in value]
            case pikepdf.Name():
                return Name(str(value))
            case pikepdf.String():
                return bytes(value)
        assert value is None or isinstance(value, (bool, int, float)) or hasattr(value, "as_integer_ratio")
        return value  # type: ignore[return-value]

    def _dictionary(self, value: pikepdf.Object) -> dict[str, Value]:
        return {key: self.copy_object(item) for key, item in value.items() if key not in self._without}
