"""What a page's content leaves open at its end, found by one fast scan (ISO 32000-2 7.8.2, 8.4.2, 8.9.7, 14.6)."""

import re
from dataclasses import dataclass

from watermark.errors import Reason, RefusedError

MAX_OPEN = 100_000
"""How many saves, marked sections, strings or arrays may be open at once."""
DEEPEST_NESTING = 28
"""The most levels of q that a reader has to bear (ISO 32000-1 annex C, ISO 19005-1 6.1.12)."""

_SPACE = rb"\0\t\n\f\r "
_BEFORE = rb"(?<![^" + _SPACE + rb"()<>\[\]{}])"
_AFTER = rb"(?![^" + _SPACE + rb"()<>\[\]{}/%])"
_OPERATOR = _BEFORE + rb"(?:[qQ]|BT|ET|BDC|EMC|BMC|BI)" + _AFTER
_HEX = rb"<[^<>]*+>"
_FLAT = rb"[^()\\]*+"
_INNER = rb"\(" + _FLAT + rb"(?:(?>\\." + _FLAT + rb"))*+\)"
_STRING = rb"\(" + _FLAT + rb"(?:(?>(?:\\.|" + _INNER + rb")" + _FLAT + rb"))*+\)"
_ARRAY = rb"\[[^()<>\[\]%]*+(?:(?>(?:\([^()\\]*+\)|" + _STRING + rb"|" + _HEX + rb")[^()<>\[\]%]*+))*+\]"
_OTHER = rb"[^qQBE()<>\[\]%]*+"
_WHOLE = _ARRAY + rb"|" + _STRING + rb"|(?!" + _OPERATOR + rb")[qQBE]|" + _HEX + rb"|<<[^()<>\[\]%]*+>>|%[^\r\n]*+"
_NEXT = re.compile(
    _OTHER + rb"(?:(?>(?:" + _WHOLE + rb")" + _OTHER + rb"))*+(" + _OPERATOR + rb"|<<|>>|[()<>\[\]]|\Z)", re.DOTALL
)
"""All that is whole or of no interest, passed over, then a token that counts, or the end.

It matches wherever it is tried and gives nothing back, so that the whole content is read once.
"""

_IN_STRING = re.compile(rb"\\.|[()]", re.DOTALL)
_DATA = re.compile(_BEFORE + rb"ID" + _AFTER)
_ENTRY = re.compile(rb"/([A-Za-z]+)[" + _SPACE + rb"]*(/?[^" + _SPACE + rb"()<>\[\]{}/%]+)")
_SIZE = re.compile(rb"\d{1,9}")
_END_OF_DATA = re.compile(rb"(?:[" + _SPACE + rb"]|(?<=>))EI" + _AFTER)
_TEXT_FOLLOWS = re.compile(rb"[\t\n\f\r -~]{15}|[\t\n\f\r -~]*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Which saves, text objects and marked content a page leaves open.

    `closing` is what has to be written after the content to close all it left open: it begins with a newline, so that a
    comment or an unfinished token ends. `unmatched_restores` counts the Q that no q in the content answers; `max_depth`
    is the greatest number of q open at once. `ends_in_image` holds when an inline image does not end: viewers that know
    its length take `closing` for its data.
    """

    closing: bytes
    unmatched_restores: int
    max_depth: int
    ends_in_image: bool = False

    @property
    def saves(self) -> int:
        """How many q have to come before the content; 0 if it already nests as deep as allowed, so that no q fits."""
        wanted = 1 + self.unmatched_restores
        return wanted if self.max_depth + wanted <= DEEPEST_NESTING else 0

    @property
    def needs_no_more_than_q(self) -> bool:
        """Whether q before the content and Q after it isolate it from what follows."""
        return self.saves == 1 and not self.closing.strip()


def balance_of(content: bytes) -> Balance:
    """Return what `content`, the decoded content of one page, leaves open. Time and memory are linear in its length.

    Inside an array or a dictionary that does not end no operator counts, as in viewers. Raises RefusedError when more
    is open at once than any page can mean.
    """
    scan = _Scan(content)
    offset: int | None = 0
    while offset is not None:
        offset = scan.run(offset)
    return scan.balance()


class _Scan:
    """One pass over a content stream. Open operators are kept with the offset at which they were opened."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._saves: list[int] = []
        self._marked: list[int] = []
        self._text = -1
        self._nested: list[bytes] = []
        self._surplus = self._deepest = 0
        self._unfinished = b""
        self._ends_in_image = False

    def run(self, start: int) -> int | None:
        """Read tokens up to a string or an image; return the offset after it, or None at the end."""
        for match in _NEXT.finditer(self._content, start):
            word = match.group(1)
            if word in {b"(", b"<"}:
                return self._after_string(word, match.end())
            if word in {b"[", b"<<"}:
                self._nested.append(b"]" if word == b"[" else b">>")
                _limit(len(self._nested))
            elif self._nested:
                if word == self._nested[-1]:
                    self._nested.pop()
            elif word == b"BI":
                return self._after_image(match.end())
            else:
                self._operator(word, match.end())
        return None

    def _operator(self, word: bytes, offset: int) -> None:
        match word:
            case b"q":
                self._saves.append(offset)
                self._deepest = max(self._deepest, _limit(len(self._saves)))
            case b"Q" if self._saves:
                self._saves.pop()
            case b"Q":
                self._surplus += 1
            case b"BT":
                self._text = offset
            case b"ET":
                self._text = -1
            case b"BMC" | b"BDC":
                self._marked.append(offset)
                _limit(len(self._marked))
            case b"EMC" if self._marked:
                self._marked.pop()

    def _after_string(self, opening: bytes, start: int) -> int | None:
        """Return where a nested or malformed string ends; None if it does not end."""
        if opening == b"<":
            end = self._content.find(b">", start)
            self._unfinished = b">" if end < 0 else b""
            return end + 1 or None
        depth = 1
        for token in _IN_STRING.finditer(self._content, start):
            depth = _limit(depth + (token.group() == b"(") - (token.group() == b")"))
            if depth == 0:
                return token.end()
        self._unfinished = b")" * depth
        return None

    def _after_image(self, start: int) -> int | None:
        """Return where an inline image ends: at the first EI that text follows, or else at the first; None without."""
        data = _DATA.search(self._content, start)
        if data is not None and data.end() + _least_bytes(self._content[start : data.start()]) < len(self._content):
            first = None
            for end in _END_OF_DATA.finditer(self._content, data.end()):
                if _TEXT_FOLLOWS.match(self._content, end.end()):
                    return end.end()
                first = first or end.end()
            if first is not None:
                return first
        self._ends_in_image = True
        self._unfinished = b"EI" if data is not None else b"ID EI"
        return None

    def balance(self) -> Balance:
        """Return the result; what was opened last is closed first."""
        opened = [(offset, b"Q") for offset in self._saves] + [(offset, b"EMC") for offset in self._marked]
        if self._text >= 0:
            opened.append((self._text, b"ET"))
        lines = [
            self._unfinished + b"".join(reversed(self._nested)),
            *(word for _, word in sorted(opened, reverse=True)),
        ]
        return Balance(
            closing=b"\n" + b"\n".join(line for line in lines if line),
            unmatched_restores=self._surplus,
            max_depth=self._deepest,
            ends_in_image=self._ends_in_image,
        )


def _least_bytes(entries: bytes) -> int:
    """Return the least number of bytes of an inline image's data: some viewers count them and do not search for EI."""
    found: dict[bytes, bytes] = dict(_ENTRY.findall(entries))
    if b"F" in found or b"Filter" in found:
        return 0
    width, height, depth = (
        max(int(found.get(key, b"0")) if _SIZE.fullmatch(found.get(key, b"")) else 0 for key in keys)
        for keys in ((b"W", b"Width"), (b"H", b"Height"), (b"BPC", b"BitsPerComponent"))
    )
    space = found.get(b"CS", found.get(b"ColorSpace", b""))
    parts = {b"/RGB": 3, b"/DeviceRGB": 3, b"/CMYK": 4, b"/DeviceCMYK": 4}.get(space, 1)
    return (width * max(depth, 1) * parts + 7) // 8 * height


def _limit(opened: int) -> int:
    if opened > MAX_OPEN:
        raise RefusedError(
            Reason.DAMAGED,
            f"the content of a page opens more than {MAX_OPEN} levels",
            remedy="Re-save it in a PDF editor, and keep the original.",
        )
    return opened
