"""Where a file begins and ends, read from its bytes and never from a reader that repairs.

ISO 32000-2 7.5.2 (header), 7.5.5 (trailer), 7.5.8 (cross-reference streams, hybrid files), Annex F (linearized files).
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from mmap import mmap
from typing import TypeAlias

from watermark.errors import FailedError, Reason, RefusedError

Source: TypeAlias = bytes | mmap

HEADER_WITHIN = 1024
STARTXREF_WITHIN = 8 << 10
MAX_TABLE_LENGTH = 256 << 20
MAX_DICTIONARY_LENGTH = 1 << 20

_SPACE = rb"[\0\t\n\f\r ]"
_HEADER = re.compile(rb"%PDF-")
_STARTXREF = re.compile(rb"(?<![^\0\t\n\f\r >])startxref" + _SPACE + rb"+(\d{1,19})(?!\d)")
_SKIPPED = re.compile(rb"(?:(?>" + _SPACE + rb"++|%[^\r\n]*+))*+")
_TABLE = re.compile(rb"xref" + _SPACE + rb"+\d{1,10}" + _SPACE + rb"+\d{1,10}" + _SPACE)
_OBJECT = re.compile(rb"\d{1,10}" + _SPACE + rb"+\d{1,5}" + _SPACE + rb"+obj(?=" + _SPACE + rb"|<)")
_LINEARIZED = re.compile(rb"<<[^<>]*?/Linearized" + _SPACE + rb"*[\d.]+[^>]*>>")
_LENGTH = re.compile(rb"/L" + _SPACE + rb"+(\d{1,19})")
_TOKEN = re.compile(
    rb"(?P<skipped>[\0\t\n\f\r ]++|%[^\r\n]*+)|(?P<open><<|\[)|(?P<close>>>|\])|(?P<string>\()|<[^>]*+>"
    rb"|(?P<name>/[^\0\t\n\f\r ()<>\[\]{}/%]*+)|[^\0\t\n\f\r ()<>\[\]{}/%]++"
)
_NOTHING = re.compile(_SPACE + rb"*+")
_ONE_BASED = re.compile(rb"(?<![^\0\t\n\f\r ])xref%b{1,4}1(?=%b{1,4}\d{1,10}%b{1,4}0{10} 65535 f)" % ((_SPACE,) * 3))
"""A table that gives the free object 0, the first of every file, the number 1 (ISO 32000-2 7.5.4)."""
_IN_STRING = re.compile(rb"\\.|[()]", re.DOTALL)


class TailError(FailedError):
    """The end of the file does not lead to a cross-reference section, so that no incremental update can refer to it."""

    def __init__(self, reason: str) -> None:
        """Describe what was not found."""
        super().__init__(
            reason, remedy="The file is damaged at its end; it has to be repaired before it can be marked."
        )


class XrefKind(StrEnum):
    """How a file lists where its objects are."""

    TABLE = "table"
    STREAM = "stream"
    HYBRID = "hybrid"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFrame:
    """Properties of a file that do not depend on its cross-reference section. Offsets and lengths in bytes.

    `header_offset` counts the bytes before `%PDF-`; `linearized` holds only while the file is as long as its
    linearization says.
    """

    length: int
    header_offset: int
    ends_with_newline: bool
    linearized: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class XrefTail(FileFrame):
    """The newest cross-reference section: its offset and its kind.

    `startxref` counts from the header and points at `xref` or at the stream object itself, as /Prev has to; `size` is
    the trailer's own /Size.
    """

    startxref: int
    kind: XrefKind
    size: int


def read_frame(data: Source) -> FileFrame:
    """Return what the first kilobyte and the last byte of `data` say. Raises RefusedError when it is not a PDF."""
    header = _HEADER.search(data, 0, HEADER_WITHIN)
    if header is None:
        raise RefusedError(
            Reason.NOT_A_PDF,
            "its first kilobyte has no %PDF- header",
            remedy="Give the article as the publisher's PDF file.",
        )
    start = header.start()
    linearized = _LINEARIZED.search(data, start, start + HEADER_WITHIN)
    length = _LENGTH.search(linearized.group()) if linearized else None
    return FileFrame(
        length=len(data),
        header_offset=start,
        ends_with_newline=data[-1:] in {b"\r", b"\n"},
        linearized=length is not None and int(length.group(1)) == len(data) - start,
    )


def is_one_based(data: Source) -> bool:
    """Return whether the newest cross-reference table of `data` counts from 1, as some scanners write it."""
    found = list(_STARTXREF.finditer(data, max(0, len(data) - STARTXREF_WITHIN)))
    header = _HEADER.search(data, 0, HEADER_WITHIN)
    if not found or header is None:
        return False
    target = header.start() + int(found[-1].group(1))
    # the expression looks at the byte before the table, too
    return target < len(data) and _ONE_BASED.match(data, _after_space(data, target)) is not None


def zero_based(data: bytes) -> bytes:
    """Return `data` with every table that counts its objects from 1 counting from 0: each byte stays in its place."""
    return _ONE_BASED.sub(lambda table: table.group()[:-1] + b"0", data)


def read_tail(data: Source) -> XrefTail:
    """Return where the newest cross-reference section of `data` is, looking at the end and at that section only.

    Raises RefusedError when `data` is not a PDF, and TailError when startxref is missing or leads nowhere.
    """
    frame = read_frame(data)
    section, entries, is_table = _section(data, frame.header_offset)
    kind = XrefKind.TABLE if is_table else XrefKind.STREAM
    size = data[entries.get(b"/Size", slice(0))]
    if not size.isdigit() or len(size) > 10:
        raise TailError("its trailer does not give the number of objects")
    return XrefTail(
        length=frame.length,
        header_offset=frame.header_offset,
        ends_with_newline=frame.ends_with_newline,
        linearized=frame.linearized,
        startxref=section - frame.header_offset,
        kind=XrefKind.HYBRID if is_table and b"/XRefStm" in entries else kind,
        size=int(size),
    )


def _section(data: Source, header_offset: int) -> tuple[int, dict[bytes, slice], bool]:
    """Return where the newest cross-reference section begins, its trailer's entries, and whether it is a table."""
    found = list(_STARTXREF.finditer(data, max(0, len(data) - STARTXREF_WITHIN)))
    if not found:
        raise TailError("its end has no startxref")
    end = found[-1].end()
    if data.find(b"%%EOF", end) < 0 and not _NOTHING.fullmatch(data, end):
        raise TailError("its end has no %%EOF")
    target = header_offset + int(found[-1].group(1))
    if target >= len(data):
        raise TailError("its startxref points behind its end")
    section = _after_space(data, target)
    if _TABLE.match(data, section, section + 64):
        trailer = data.find(b"trailer", section, section + MAX_TABLE_LENGTH)
        if trailer < 0:
            raise TailError("its cross-reference table has no trailer")
        return section, _dictionary(data, trailer + len(b"trailer")), True
    opening = _OBJECT.match(data, section, section + 64)
    if opening is None:
        raise TailError("its startxref does not point at a cross-reference section")
    entries = _dictionary(data, opening.end())
    if data[entries.get(b"/Type", slice(0))] != b"/XRef":
        raise TailError("its startxref points at an object that is not a cross-reference stream")
    return section, entries, False


def _after_space(data: Source, offset: int) -> int:
    skipped = _SKIPPED.match(data, offset, offset + HEADER_WITHIN)
    assert skipped is not None  # the expression matches nothing, too
    return skipped.end()


def _dictionary(data: Source, offset: int) -> dict[bytes, slice]:
    """Return where the value of each entry is in the dictionary at `offset`; of a key that comes twice, the first.

    Raises TailError when there is no dictionary or no end to it.
    """
    offset = _after_space(data, offset)
    end = offset + MAX_DICTIONARY_LENGTH
    if data[offset : offset + 2] != b"<<":
        raise TailError("its trailer is not a dictionary")
    offset += 2
    depth, key, first, last = 0, b"", -1, -1
    entries: dict[bytes, slice] = {}
    while token := _TOKEN.match(data, offset, end):
        kind, start, offset = token.lastgroup, offset, token.end()
        if kind == "skipped":
            continue
        if kind == "string":
            offset = _after_string(data, offset, end)
        closes = depth == 0 and kind == "close"
        if closes or (depth == 0 and kind == "name" and (first >= 0 or not key)):
            if first >= 0:
                entries.setdefault(key, slice(first, last))
            if closes:
                return entries
            key, first = token.group(), -1
            continue
        first, last = (start if first < 0 else first), offset
        depth += (kind == "open") - (kind == "close")
    raise TailError("its trailer does not end")


def _after_string(data: Source, offset: int, end: int) -> int:
    """Return where the literal string ends whose opening parenthesis is before `offset`."""
    depth = 1
    for token in _IN_STRING.finditer(data, offset, end):
        depth += (token.group() == b"(") - (token.group() == b")")
        if depth == 0:
            return token.end()
    raise TailError("its trailer holds a string that does not end")
