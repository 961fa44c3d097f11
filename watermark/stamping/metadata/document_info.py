"""The document information dictionary, as it will be (ISO 32000-2 14.3.3)."""

from datetime import UTC, datetime

import pikepdf

from watermark.pdf.object_draft import ObjectDraft, reference
from watermark.pdf.serialization import Ref, Value

TITLE = "/Title"
MODIFIED = "/ModDate"


class Info:
    """The entries of one document's information. Nothing reaches the draft before `write`.

    Where it is not `writable` (PDF/A-4: ISO 19005-4 6.1.3), nothing is entered but a new time where one stands already.
    """

    def __init__(self, draft: ObjectDraft, document: pikepdf.Pdf, *, writable: bool) -> None:
        """Read what the trailer refers to; a document without information has no entries."""
        self._draft = draft
        self._place: Value = document.trailer.get("/Info")
        self._entries = draft.copy_dict(self._place)
        self._changes: dict[str, Value] = {}
        self._writable = writable

    @property
    def title(self) -> str:
        """The title as text; "" when there is none."""
        title = self._draft.resolve(self._entries.get(TITLE))
        if not isinstance(title, pikepdf.String):
            return ""
        try:
            return str(title)
        except UnicodeDecodeError:
            return bytes(title).decode("utf-8", "replace")

    def set_title(self, title: str) -> None:
        """Enter the title; where there was no document information, it comes to be for this."""
        if self._writable:
            self._changes[TITLE] = title

    def change(self, key: str, value: str) -> None:
        """Give an entry that is there already another value."""
        if self._writable and key in self._entries:
            self._changes[key] = value

    def set_modified(self, moment: datetime) -> None:
        """Enter the time of change, in UTC, where there is document information to be kept in step."""
        if MODIFIED in self._entries or (self._writable and (self._entries or self._changes)):
            self._changes[MODIFIED] = moment.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")

    def write(self) -> Ref | None:
        """Enter the changes into the draft; return the reference of the dictionary, None when nothing changes.

        A dictionary that is direct in the trailer becomes an object, as ISO 32000-2 7.5.5 has it.
        """
        if not self._changes:
            return None
        if reference(self._place) is None:
            return self._draft.add({**self._entries, **self._changes})
        self._draft.change(self._place).update(self._changes)
        return reference(self._place)
