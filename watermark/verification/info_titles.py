"""The title in the document information, before and after a marking, in whatever bytes a program wrote it."""

from pypdf.generic import TextStringObject

from watermark.verification.object_equality import Text
from watermark.verification.pypdf_document import resolved


def is_title_kept(old: object, new: object, prefix: str, replaced: str = "") -> bool:
    """Return whether a title is another with the prefix; any title is kept where there was none.

    `replaced` is the prefix of an earlier marking, which the new one replaces.
    """
    before, after = text_of(old), text_of(new)
    is_kept = not before.strip() or is_prefixed(before, after, prefix, replaced)
    return is_kept or _has_prefix_bytes(old, new, prefix, replaced)


def is_prefixed(old: str, new: str, prefix: str, replaced: str = "") -> bool:
    """Return whether a title is another with the prefix instead of the replaced one, white space set aside."""
    kept = old.removeprefix(replaced)
    return new.split() == (kept if begins_with(kept, prefix) else prefix + kept).split()


def begins_with(title: str, prefix: str) -> bool:
    """Return whether a title begins with a prefix, in whatever case."""
    return title.lstrip().casefold().startswith(prefix.strip().casefold())


def text_of(value: object) -> str:
    """Return the text of a string, "" for any other value."""
    found: object = resolved(value)
    if isinstance(found, bytes):
        return found.decode("utf-8", "replace")
    return str(found) if isinstance(found, TextStringObject) else ""  # a name is not a text string (ISO 32000-2 7.9.2)


def _has_prefix_bytes(old: object, new: object, prefix: str, replaced: str) -> bool:
    """Return whether a string is another with the prefix, in the encoding that its byte order mark names."""
    if not (isinstance(old, Text) and isinstance(new, Text)):
        return False
    before, after = old.original_bytes, new.original_bytes
    marks = {b"\xfe\xff": "utf-16-be", b"\xff\xfe": "utf-16-le", b"\xef\xbb\xbf": "utf-8"}
    mark = next((mark for mark in marks if before.startswith(mark)), b"")
    if mark == b"\xef\xbb\xbf" and text_of(new) == prefix + before[3:].decode("utf-8", "replace"):
        return True  # a string that is not valid UTF-8 is re-encoded
    first, earlier = (words.encode(marks.get(mark, "ascii"), "replace") for words in (prefix, replaced))
    return after == mark + first + before[len(mark) :].removeprefix(earlier)
