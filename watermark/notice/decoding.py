"""The bytes of a notice as text, or the reason why they are none."""

import codecs

from watermark.errors import NoticeError

_GIVE_TEXT = "Give the notice's text as a .txt or .md file, or its YAML form."
_SIGNATURES = (
    (b"PK\x03\x04", "a Word document or another ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\x1f\x8b", "a compressed file"),
)


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text that `data` is, and warnings about how it was read.

    UTF-8, UTF-16 with a byte order mark, and where neither fits, Windows-1252 (of which Latin-1's letters are a
    part), with a warning. Raises NoticeError for an empty file, another kind of file, and binary data.
    """
    if not data.strip(b"\xef\xbb\xbf \t\r\n\x0b\x0c"):
        raise NoticeError("the file is empty", remedy=_GIVE_TEXT)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise NoticeError(f"the file is {kind}, not text", remedy=_GIVE_TEXT)
    text, warnings = _text(data)
    control = sum(map(text[:100_000].count, map(chr, [*range(9), *range(14, 32), 127])))
    if "\0" in text or control * 20 > min(len(text), 100_000):
        raise NoticeError("the file is binary data, not text", remedy=_GIVE_TEXT)
    return text, warnings


def _text(data: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16"), ()
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        data = data.removeprefix(codecs.BOM_UTF8)
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            text = data.decode("latin-1")
    return text, ("the notice is not UTF-8; it was read as Windows-1252, so look at its accents and dashes",)
