"""What a page's content leaves open, counted by the verifier itself: the writer has a scanner of its own.

Readers differ in inline images alone: some look for `EI`, others count the bytes of its data. The content
is counted in each way (ISO 32000-2 7.8.2, 8.9.7, 14.6).
"""

import re
import zlib
from dataclasses import dataclass, field
from enum import Enum

MAX_OPEN = 100_000
MAX_LEVELS = 28
"""The most levels of q that a reader has to bear (ISO 32000-1 annex C)."""
_WS = rb"\0\t\n\f\r "
_REGULAR = rb"[^" + _WS + rb"()<>\[\]{}/%]"
_WORD = rb"(?<!" + _REGULAR + rb")(?:q|Q|BT|ET|BMC|BDC|EMC|BI)(?!" + _REGULAR + rb")"
_TEXT = rb"\((?:(?>[^()\\]|\\.))*+\)"
_HEX = rb"<[^<>]*+>"
_NAME = rb"/" + _REGULAR + rb"*+"
_STEP = re.compile(
    rb"(?:(?>[^qQBE()<>\[\]/%]++|" + _NAME + rb"|%[^\r\n]*+|" + _TEXT + rb"|" + _HEX
    + rb"|\[(?:(?>[^()<>\[\]%]++|" + _TEXT + rb"|" + _HEX + rb"))*+\]"
    + rb"|(?!" + _WORD + rb")[qQBE]))*+(" + _WORD + rb"|<<|>>|[()<>\[\]]|\Z)",
    re.DOTALL,
)  # fmt: skip
_PARENTHESIS = re.compile(rb"\\.|[()]", re.DOTALL)
_DATA = re.compile(rb"(?<!" + _REGULAR + rb")ID(?:\r\n|[" + _WS + rb"]|(?=[/<(\[]))", re.DOTALL)
_END = re.compile(rb"(?<=[" + _WS + rb">])EI(?!" + _REGULAR + rb")")
_PRINTABLE = re.compile(rb"[\t\n\f\r -~]{15}|[\t\n\f\r -~]*\Z")
_ENTRY = re.compile(rb"/([A-Za-z]+)[" + _WS + rb"]*(\[[^\]]*\]|/?" + _REGULAR + rb"+)")
_LAYER = re.compile(rb"(/(?:O|#4[Ff])(?:C|#43))[" + _WS + rb"]*(?:/" + _REGULAR + rb"*|<<[^<>]*>>)[" + _WS + rb"]*\Z")
LAYER_TAIL_BYTES = 400
COMPONENTS = {b"/RGB": 3, b"/DeviceRGB": 3, b"/CalRGB": 3, b"/CMYK": 4, b"/DeviceCMYK": 4}
FLATE, HEX, BASE85, JPEG = (
    {b"/Fl", b"/FlateDecode"},
    {b"/AHx", b"/ASCIIHexDecode"},
    {b"/A85", b"/ASCII85Decode"},
    {b"/DCT", b"/DCTDecode"},
)


class ImageEnd(Enum):
    """Where readers take an inline image to end."""

    FIRST = "the first EI"
    FIRST_BEFORE_TEXT = "the first EI that text follows"
    COUNTED = "the first EI after as many bytes as the image has"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """What content leaves open: `closers` close it, the last opened first. `surplus` is the Q that no q answers.

    `deepest` is the most q that were open at once; `layers` how many layers (`/OC`) are still open.
    """

    closers: tuple[bytes, ...]
    surplus: int
    deepest: int
    layers: int
    has_image: bool
    ends_in_image: bool

    @property
    def saves(self) -> int:
        """How many q have to come before the content; 0 if they are more than a reader has to accept."""
        needed = self.surplus + 1
        return needed if self.deepest + needed <= MAX_LEVELS else 0


class TooDeepError(ValueError):
    """More is open at once than any page can mean."""


def leftovers(content: bytes) -> tuple[Leftover, ...]:
    """Return what is left open, in each way in which readers may take it: one where they cannot part.

    Raises TooDeepError.
    """
    first = leftover(content, ImageEnd.FIRST_BEFORE_TEXT)
    if not first.has_image:
        return (first,)
    others = (leftover(content, end) for end in (ImageEnd.FIRST, ImageEnd.COUNTED))
    return tuple(dict.fromkeys((first, *others)))


def leftover(content: bytes, image_end: ImageEnd) -> Leftover:
    """Return what content leaves open where images end so. Raises TooDeepError."""
    counter = _Counter(content, image_end)
    at = 0
    while at >= 0:
        at = counter.step(at)
    return counter.result()


def after_image(content: bytes, start: int) -> int:
    """Return where the inline image ends whose entries begin at `start`: at the first EI that text follows; or -1."""
    return _Counter(content, ImageEnd.FIRST_BEFORE_TEXT).image(start)


@dataclass
class _Counter:
    content: bytes
    image_end: ImageEnd
    stack: list[bytes] = field(default_factory=list)
    brackets: list[bytes] = field(default_factory=list)
    token: bytes = b""
    text: int = -1
    saves: int = 0
    deepest: int = 0
    surplus: int = 0
    has_image: bool = False
    ends_in_image: bool = False

    def step(self, at: int) -> int:
        """Take tokens from here on; return where to go on, or -1 at the end."""
        for match in _STEP.finditer(self.content, at):
            word = match[1]
            if word == b"BI" and not self.brackets:
                return self.image(match.end())
            if word in {b"(", b"<"}:
                return self._unfinished(word, match.end())
            self._take(word, match.start(1))
            if len(self.stack) + len(self.brackets) > MAX_OPEN:
                raise TooDeepError
        return -1

    def _take(self, word: bytes, at: int) -> None:
        if word in {b"[", b"<<"}:
            self.brackets.append(b"]" if word == b"[" else b">>")
        elif self.brackets:
            if word == self.brackets[-1]:
                self.brackets.pop()
        elif word == b"q":
            self.stack.append(b"Q")
            self.saves += 1
            self.deepest = max(self.deepest, self.saves)
        elif word == b"Q":
            self.surplus += not self._close(b"Q")
            self.saves = max(self.saves - 1, 0)
        elif word == b"BT":
            self._close(b"ET")
            self.stack.append(b"ET")
        elif word in {b"BMC", b"BDC"}:
            is_layer = word == b"BDC" and _LAYER.search(self.content[max(at - LAYER_TAIL_BYTES, 0) : at])
            self.stack.append(b"EMC/OC" if is_layer else b"EMC")
        elif word in {b"ET", b"EMC"}:
            self._close(word)

    def _close(self, word: bytes) -> bool:
        """Close what was opened last of a kind."""
        for index in range(len(self.stack) - 1, -1, -1):
            if self.stack[index].startswith(word):
                del self.stack[index]
                return True
        return False

    def _unfinished(self, opening: bytes, at: int) -> int:
        """Return where a string ends that holds others, or is not written as strings are; -1 where it does not end."""
        if opening == b"<":
            end = self.content.find(b">", at)
            self.token = b">" if end < 0 else b""
            return end + 1 if end >= 0 else -1
        depth = 1
        for match in _PARENTHESIS.finditer(self.content, at):
            depth += {b"(": 1, b")": -1}.get(match[0], 0)
            if depth > MAX_OPEN:
                raise TooDeepError
            if not depth:
                return match.end()
        self.token = b")" * depth
        return -1

    def image(self, at: int) -> int:
        """Return where the inline image ends whose entries begin here; -1 where it does not end."""
        self.has_image = True
        data = _DATA.search(self.content, at)
        if data is None:
            self.ends_in_image, self.token = True, b"ID EI"
            return -1
        counted = _end_of_data(self.content, self.content[at : data.start()], data.end())
        if counted > len(self.content):
            self.ends_in_image, self.token = True, b"EI"
            return -1
        start = counted if self.image_end is ImageEnd.COUNTED else data.end()
        first = -1
        for match in _END.finditer(self.content, max(start, data.end() - 1)):
            if self.image_end is not ImageEnd.FIRST_BEFORE_TEXT or _PRINTABLE.match(self.content, match.end()):
                return match.end()
            first = match.end() if first < 0 else first
        if first < 0:
            self.ends_in_image, self.token = True, b"EI"
        return first

    def result(self) -> Leftover:
        words = [word.removesuffix(b"/OC") for word in reversed(self.stack)]
        first = self.token + b"".join(reversed(self.brackets))
        return Leftover(
            closers=(*first.split(), *words),
            surplus=self.surplus,
            deepest=self.deepest,
            layers=self.stack.count(b"EMC/OC"),
            has_image=self.has_image,
            ends_in_image=self.ends_in_image,
        )


def _end_of_data(content: bytes, entries: bytes, start: int) -> int:
    """Return where the data of an inline image end for a reader that decodes or counts them."""
    found: dict[bytes, bytes] = dict(_ENTRY.findall(entries))
    filters = (found.get(b"F") or found.get(b"Filter") or b"").strip(b"[] ").split()
    if filters:
        return _end_of_coded(content, filters[0], start)
    width, height, bits = (
        int(value) if value.isdigit() and len(value) < 9 else 0
        for value in (
            found.get(b"W", found.get(b"Width", b"")),
            found.get(b"H", found.get(b"Height", b"")),
            found.get(b"BPC", found.get(b"BitsPerComponent", b"1")),
        )
    )
    parts = COMPONENTS.get(found.get(b"CS", found.get(b"ColorSpace", b"")), 1)
    return start + (width * bits * parts + 7) // 8 * height


def _end_of_coded(content: bytes, name: bytes, start: int) -> int:
    """Return where coded data end, by their own mark; `start` where they have none that is known here."""
    if name in FLATE:
        inflate = zlib.decompressobj()
        try:
            inflate.decompress(content[start:], 1 << 24)
        except zlib.error:
            return start
        return len(content) - len(inflate.unused_data) if inflate.eof else start
    marks = {**dict.fromkeys(HEX, b">"), **dict.fromkeys(BASE85, b"~>"), **dict.fromkeys(JPEG, b"\xff\xd9")}
    end = content.find(marks[name], start) if name in marks else -1
    return end + len(marks[name]) if end >= 0 else start
