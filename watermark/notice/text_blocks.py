"""The text of a notice as blocks of plain words: Markdown marks taken away, wrapped lines joined."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from watermark.runtime.expressions import expression
from watermark.runtime.text_safety import one_line

_NEWLINES = expression(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNPRINTABLE = expression(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_INVISIBLE = expression(r"[\u00ad\u200b\u2060\ufeff]")
_EMPHASIS = expression(r"(?<![\w*])(\*{1,3}|_{1,3})(?=[^\s*_])([^*_]{1,2000}?)(?<=\S)\1(?![\w*])")
_LINK = expression(r"!?\[([^\[\]]{1,500})\]\((https?://[^\s]{1,500}?)\)(?![^\s.,;:)\]])")
_AUTOLINK = expression(r"<(https?://[^\s<>]{1,500})>")
_ESCAPE = expression(r"\\([!-/:-@\[-`{-~])")
_RULE = expression(r"([-=*_])(?: ?\1){2,}")
_HEADING = expression(r"#{1,6}\s+(.*?)(?:\s#+)?")
_BULLET = expression(r"[-*+•‣◦·\u2013]\s+(?=\S)")
_NUMBERED = expression(r"(?:\(?[0-9]{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")
_SENTENCE_END = expression(
    r"(?<!\bDrs\.)(?<!\bDr\.)(?<!\bProf\.)(?<!\b[Ff]ig\.)(?<!\b[Ff]igs\.)(?<!\bSuppl\.)(?<=[.!?])[”\"\u2019)]?\s+(?=[A-Z“\"(])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A title, paragraph or list item on one line: `marked_up` as written, `words` without Markdown marks.

    `number` is the printed number of a list item; 0 for other items and blocks.
    """

    marked_up: str
    words: str
    is_heading: bool = False
    is_item: bool = False
    number: int = 0


def plain(text: str) -> str:
    """Return `text` on one line, without Markdown's emphasis, links and escapes; a link's address stays."""
    text = _with_addresses(text)
    for _ in range(3):
        text, count = _EMPHASIS.subn(r"\2", text)
        if not count:
            break
    return collapse_whitespace(_ESCAPE.sub(r"\1", text))


def _with_addresses(text: str) -> str:
    """Return `text` with the address of each link written out."""
    text = _LINK.sub(lambda link: link[2] if link[1] in link[2] else f"{link[1]} ({link[2]})", text)
    return _AUTOLINK.sub(r"\1", text)


def emphasis_in(block: Block) -> list[tuple[int, int, Literal["italic", "bold"]]]:
    """Return the emphasised parts of a block's words, with start, end and kind; none if its marks are not clear."""
    parts = list(_emphasised(_with_addresses(block.marked_up), "", 0))
    if "".join(words for words, _ in parts) != block.words:
        return []
    found: list[tuple[int, int, Literal["italic", "bold"]]] = []
    start = 0
    for words, marks in parts:
        end = start + len(words)
        if len(marks) % 2:
            found.append((start, end, "italic"))
        if len(marks) > 1:
            found.append((start, end, "bold"))
        start = end
    return found


def _emphasised(text: str, marks: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text without its marks, each with the marks around it, three levels deep."""
    end = 0
    for found in _EMPHASIS.finditer(text) if depth < 3 else ():
        yield _ESCAPE.sub(r"\1", text[end : found.start()]), marks
        yield from _emphasised(found[2], (marks + found[1])[:3], depth + 1)
        end = found.end()
    yield _ESCAPE.sub(r"\1", text[end:]), marks


def collapse_whitespace(text: str) -> str:
    """Return `text` with each run of white space made one space, and none at the ends."""
    return " ".join(text.split())


def letters(text: str) -> str:
    """Return the letters and digits of a text in lower case: equal for two prints of one title."""
    return "".join(character for character in text.casefold() if character.isalnum())


def listed(text: str) -> tuple[str, ...]:
    """Return the words or names of a list with semicolons between them, as the tables of this package are written."""
    return tuple(words for part in text.split(";") if (words := collapse_whitespace(part)))


def safe_excerpt(text: str) -> str:
    """Return at most 60 characters of text from a file, safe to print in a message."""
    text = collapse_whitespace(text)
    return one_line(text if len(text) <= 60 else f"{text[:57]}...")


def sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph, as far as stops and capitals show them."""
    return [part for part in _SENTENCE_END.split(text) if part]


def has_markdown(text: str) -> bool:
    """Return whether `text` carries Markdown: a heading, emphasis or a link."""
    return bool(
        re.search(r"^#{1,6}\s", text, re.MULTILINE) or any(p.search(text) for p in (_EMPHASIS, _LINK, _AUTOLINK))
    )


def printable(text: str) -> str:
    """Return `text` with line feeds for every kind of newline, and spaces for what neither printer nor XML takes."""
    return _UNPRINTABLE.sub(" ", _INVISIBLE.sub("", _NEWLINES.sub("\n", text)))


def is_printable(text: str) -> bool:
    """Return whether `text` has no control character and no half of a surrogate pair (XML 1.0 2.2)."""
    return not _UNPRINTABLE.search(text)


def _is_open(lines: list[str]) -> bool:
    """Tell whether the last of the lines leaves a bracket open: a plus or a dash below it marks no item."""
    return bool(lines) and lines[-1].rfind("(") > lines[-1].rfind(")")


def blocks(text: str, *, stands_alone: Callable[[str], bool], ends_block: Callable[[str, int], bool]) -> list[Block]:
    """Return the blocks of a text in order; an empty line, a heading, a list item and a rule part them.

    `stands_alone` tells of a line that is a block by itself; `ends_block`, given a line and the number of blocks
    before its own, of a line after which a new block begins although no empty line follows. Time is linear in the
    length of the text.
    """
    found: list[Block] = []
    lines: list[str] = []
    is_item = False
    number = 0

    def flush() -> None:
        nonlocal is_item, number
        if joined := collapse_whitespace(" ".join(lines)):
            found.append(Block(marked_up=joined, words=plain(joined), is_item=is_item, number=number))
        lines.clear()
        is_item, number = False, 0

    for raw in printable(text).split("\n"):
        line = raw.strip().removeprefix("> ")
        if not line or _RULE.fullmatch(line):
            flush()
        elif heading := _HEADING.fullmatch(line):
            flush()
            if title := collapse_whitespace(heading[1]):
                found.append(Block(marked_up=title, words=plain(title), is_heading=True))
        elif marker := (not _is_open(lines) and _BULLET.match(line)) or (
            _NUMBERED.match(line) if is_item or not lines else None
        ):
            flush()
            is_item = True
            digits = re.sub(r"[^0-9]", "", marker[0])
            number = int(digits) if digits else 0
            lines.append(line[marker.end() :])
        elif stands_alone(line):
            flush()
            found.append(Block(marked_up=collapse_whitespace(line), words=plain(line)))
        else:
            lines.append(line)
            if ends_block(line, len(found)):
                flush()
    flush()
    return found
