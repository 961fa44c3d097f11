"""The document information dictionary that the copy will have (ISO 32000-2 14.3.3)."""

from datetime import UTC, datetime

import pikepdf

from watermark.pdf.object_draft import ObjectDraft, reference
from watermark.pdf.serialization import Ref, Value
from watermark.pdf.typed_values import text_of

TITLE = "/Title"
MODIFIED = "/ModDate"
BYTE_ORDER_MARKS = ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"), (b"\xef\xbb\xbf", "utf-8"))


class Info:
    """The entries of one document's information. Nothing reaches the draft before `write`.

    Where it is not `writable` (PDF/A-4: ISO 19005-4 6.1.3), only a time that is already there is updated.
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
        return self.text(TITLE)

    def text(self, key: str) -> str:
        """Return an entry as text; "" when it is not there or is not a string."""
        return text_of(self._draft.resolve(self._entries.get(key)))

    def set_title(self, title: str) -> None:
        """Enter the title; the document information is created if there was none."""
        if self._writable:
            self._changes[TITLE] = title

    def prefix_title(self, prefix: str, replaced: str = "") -> None:
        """Put `prefix` before the title, in the title's own encoding; its bytes stay, whatever a reader makes of them.

        `replaced` is removed first, if the title begins with it.

        `prefix` is written in UTF-16 or UTF-8 if the title begins with its byte order mark (ISO 32000-2 7.9.2.2), and
        otherwise in PDFDocEncoding. If that lacks a character, the title is rewritten in UTF-16.
        """
        title = self._draft.resolve(self._entries.get(TITLE))
        if not self._writable or not isinstance(title, pikepdf.String):
            return
        stored = bytes(title)
        mark, encoding = next(((mark, name) for mark, name in BYTE_ORDER_MARKS if stored.startswith(mark)), (b"", ""))
        if encoding == "utf-8" and not _is_utf_8(stored):
            # because of such a title, some readers ignore the whole dictionary
            self._changes[TITLE] = prefix + self.title.removeprefix(replaced)
        elif encoding:
            kept = stored[len(mark) :].removeprefix(replaced.encode(encoding))
            self._changes[TITLE] = mark + prefix.encode(encoding) + kept
        elif (prefix + replaced).isascii():
            self._changes[TITLE] = prefix.encode("ascii") + stored.removeprefix(replaced.encode("ascii"))
        else:
            self._changes[TITLE] = prefix + self.title.removeprefix(replaced)

    def change(self, key: str, value: str) -> None:
        """Give an entry that is there already another value."""
        if self._writable and key in self._entries:
            self._changes[key] = value

    def set_modified(self, moment: datetime) -> None:
        """Enter the time of change, in UTC, where the document has information to which it belongs."""
        if MODIFIED in self._entries or (self._writable and (self._entries or self._changes)):
            self._changes[MODIFIED] = moment.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")

    def write(self) -> Ref | None:
        """Enter the changes into the draft; return the reference of the dictionary, None when nothing changes.

        A dictionary that is direct in the trailer becomes an object, as ISO 32000-2 7.5.5 requires.
        """
        if not self._changes:
            return None
        if reference(self._place) is None:
            return self._draft.add({**self._entries, **self._changes})
        self._draft.change(self._place).update(self._changes)
        return reference(self._place)


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
