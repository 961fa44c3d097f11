"""The bytes of a notice: their kind and their text, or the reason why they are not text."""

import codecs
import re
import stat
from pathlib import Path

from watermark.errors import MissingNoticeError, NoticeError, NoticeFileError
from watermark.notice.text_blocks import safe_excerpt
from watermark.runtime.chunks import CHUNK_BYTES
from watermark.runtime.expressions import expression

CORRECT_XML = "Have the XML corrected, or give the notice as text or in the tool's own YAML form."
_GIVE_TEXT = "Give the notice's text as a .txt or .md file, or its YAML form."
_DECLARED = expression(rb"""\s*<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_ENCODINGS = ("utf", "ascii", "iso8859", "cp", "koi8", "gb", "big5", "shift_jis", "euc")
_SIGNATURES = (
    (b"PK\x03\x04", "a Word document or another ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\x1f\x8b", "a compressed file"),
)


def bytes_of(path: Path, most: int, *, is_whole: bool = True) -> bytes:
    """Return the content of an ordinary file; a device or a pipe is not even opened, as it might never end."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise MissingNoticeError("this is a folder, not a file", remedy="Use the path of the notice.")
        if not stat.S_ISREG(mode):
            raise NoticeFileError("this is a device or a pipe, not a file", remedy="Save the notice as a file first.")
        with path.open("rb") as file:
            data = file.read(most + is_whole)
    except FileNotFoundError as error:
        raise MissingNoticeError("the file does not exist", remedy="Check the name and the folder.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the file name is not valid"
        raise NoticeFileError(f"the file cannot be read: {reason}", remedy="Check its name and permissions.") from error
    if len(data) > most:
        raise NoticeError(
            f"the file is larger than {most} bytes",
            remedy="A notice is a page or two: give its text alone, without the article or images.",
        )
    return data


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


def declared_text(data: bytes) -> str | None:
    """Return XML's text as its declaration says (XML 1.0 4.3.3); None when it names no encoding that is known.

    Raises NoticeError when the bytes are not in the encoding that is declared.
    """
    found = _DECLARED.match(data[:400])
    if found is None:
        return None
    name = found[1].decode("ascii")
    try:
        if not codecs.lookup(name).name.startswith(_ENCODINGS):
            return None
        return data.decode(name)
    except LookupError:
        return None
    except UnicodeError as error:
        raise NoticeError(f"the XML says that it is {safe_excerpt(name)}, and it is not", remedy=CORRECT_XML) from error


def is_utf8(path: Path) -> bool:
    """Return whether a whole file is UTF-8; it is read piece by piece. Raises OSError."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while piece := file.read(CHUNK_BYTES):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def is_long_json(head: bytes, path: Path, most: int) -> bool:
    """Return whether a file that begins with `head` is a list of JSON records of more than `most` bytes."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["} and path.stat().st_size > most


def is_watch(head: bytes) -> bool:
    """Return, from a file's first bytes, whether it is Retraction Watch's list."""
    first = re.sub(rb"[ _]", b"", head.split(b"\n", 1)[0]).lower()
    return b"retractionnature" in first and b"originalpaperdoi" in first


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
    return text, ("the notice is not UTF-8; it was read as Windows-1252, so check its accents and dashes",)
