"""The ends of a very long notice, in which all facts are read, and its middle, of which only words and DOIs are kept.

No notice is nearly so long: the limit keeps the time of a hostile text linear, and short.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from watermark.notice.doi import dois_in
from watermark.notice.model import DoiMention, DoiRole, Notice
from watermark.notice.text_blocks import Block, collapse_whitespace
from watermark.runtime.expressions import expression

MAX_FRONT, MAX_BACK = 120_000, 40_000
"""Characters at the front and at the back in which facts are read."""
MAX_FRONT_LINES, MAX_BACK_LINES = 8_000, 2_000
"""Lines there, empty ones as well: a page may have one letter on each."""
MAX_FRONT_BLOCKS, MAX_BACK_BLOCKS = 1_500, 300
_EMPTY_LINE = expression(r"\n[ \t]*\n")
_MARKER = "\ue001"
NOT_READ = "in the middle of a very long text, whose words are not read"


@dataclass(frozen=True, slots=True)
class Divided:
    """A text in three parts; `middle` is empty for a text that is not too long."""

    front: str
    middle: str = ""
    back: str = ""


def divided(text: str) -> Divided:
    """Return the front, the middle and the back of a text, each of whole lines."""
    front = min(MAX_FRONT, _end_of_lines(text, MAX_FRONT_LINES))
    last = max(len(text) - MAX_BACK, _start_of_lines(text, MAX_BACK_LINES))
    if last <= front:
        return Divided(text)
    cut = text.rfind("\n\n", front // 2, front) + 1 or text.rfind("\n", 0, front) + 1
    cut = cut or text.find("\n") + 1 or len(text)
    back = text.find("\n", max(cut, last)) + 1 or len(text)
    return Divided(text[:cut], text[cut:back], text[back:])


def _end_of_lines(text: str, count: int) -> int:
    """Return where the first lines end, so many or all."""
    end = 0
    for _ in range(count):
        end = text.find("\n", end) + 1
        if not end:
            return len(text)
    return end


def _start_of_lines(text: str, count: int) -> int:
    """Return where the last lines start, so many or all."""
    start = len(text)
    for _ in range(count + 1):
        start = text.rfind("\n", 0, start)
        if start < 0:
            return 0
    return start + 1


def with_middle(parts: Divided, front: Sequence[Block], back: Sequence[Block]) -> list[Block]:
    """Return the blocks of a text from those of its front and back; a paragraph that reaches over a cut is one."""
    words = [collapse_whitespace(part) for part in _EMPTY_LINE.split(parts.middle.strip("\n"))]
    blocks, rest = list(front), list(back)
    if blocks and not (parts.front.endswith("\n\n") or parts.middle.startswith("\n")):
        words[0] = f"{blocks.pop().words} {words[0]}"
    if rest and not (parts.middle.endswith("\n\n") or parts.back.startswith("\n")):
        words[-1] = f"{words[-1]} {rest.pop(0).words}"
    return [*blocks, *(Block(marked_up=part, words=part) for part in words if part), *rest]


def ends_of(found: Sequence[Block]) -> tuple[list[Block], Sequence[Block]]:
    """Return the blocks in which facts are read, with a marker for those in the middle, and the latter."""
    first = _count(found, MAX_FRONT, MAX_FRONT_BLOCKS)
    last = _count(found[max(first, 1) :][::-1], MAX_BACK, MAX_BACK_BLOCKS)
    first = max(first, 1)
    middle = found[first : len(found) - last]
    if not middle:
        return list(found), ()
    return [*found[:first], Block(marked_up=_MARKER, words=_MARKER, is_item=True), *found[len(found) - last :]], middle


def _count(blocks: Sequence[Block], most: int, most_blocks: int) -> int:
    """Return how many of the first blocks have no more than so many characters together."""
    length = 0
    for number, block in enumerate(blocks[:most_blocks]):
        length += len(block.words)
        if length > most:
            return number
    return min(len(blocks), most_blocks)


def completed(notice: Notice, middle: Sequence[Block]) -> Notice:
    """Return the notice that was read from the ends of its blocks, with the words and the DOIs of the middle."""
    words = tuple(block.words for block in middle)
    place = notice.statement.index(_MARKER) if _MARKER in notice.statement else len(notice.statement)
    known = {mention.doi for mention in notice.dois}
    others = dict.fromkeys(doi for block in middle for doi in dois_in(block.words) if doi not in known)
    mentions = (DoiMention(doi=doi, role=DoiRole.UNKNOWN, evidence=NOT_READ) for doi in others)
    return replace(
        notice,
        statement=(*notice.statement[:place], *words, *notice.statement[place + 1 :]),
        dois=(*notice.dois, *mentions),
    )
