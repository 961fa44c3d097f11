"""Where the title line of a notice ends: a citation or a sentence prints the title again, on one line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watermark.notice.extraction.broken_dois import JOINED
from watermark.notice.extraction.state_phrases import parse_state, split_title_label
from watermark.notice.extraction.zones import is_head_line
from watermark.notice.text_blocks import Block
from watermark.runtime.expressions import expression

_WITHIN = expression(r"[\s:,;(/\u2010-\u2015*_'\u2019-]{1,6}$")
_END = expression(r"[ ]?(?:[.,]?[”\"»\u2019'“]|\.(?:\s|$)|,? ?[\[【(])")
_PLACE_AND_SENTENCE = expression(
    r"\s{0,9}[^:]{4,60}: [^:.0-9]{3,80} [0-9]{1,5}, ?[A-Za-z]{0,3}[0-9]{1,7}(?:[\u2013-][0-9]{1,7})? ?\("
    r"(?:19|20)[0-9]{2}\)[.;,]? ?(?:(?:https?://\S{4,20}/|doi:? ?)?10\.[0-9]{4,9}/\S{1,80})? (?=[A-Z“])"
)
"""A label and the article's place in front of the first sentence: `Retraction Note: Ponds 18, 12 (2018) A reader`."""
MIN_HALF, MAX_LABEL, MAX_RECORD = 40, 120, 240
MAX_LINES, MAX_TITLES, MAX_TEXT, MAX_LETTERS = 6, 8, 60_000, 600
MIN_LETTERS = 20
MAX_PLACES = 6


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters and digits of a text in lower case, each with its place in the text."""

    text: str
    letters: str
    places: Sequence[int]

    @classmethod
    def of(cls, text: str) -> "_Letters":
        kept = [(letter, n) for n, one in enumerate(text) if one.isalnum() and len(letter := one.casefold()) == 1]
        return cls(text, "".join(letter for letter, _ in kept), [n for _, n in kept])

    def found(self, words: str) -> Iterator[int]:
        """Yield the positions among the letters at which words are printed."""
        at = self.letters.find(words)
        for _ in range(MAX_PLACES):
            if at < 0:
                return
            yield at
            at = self.letters.find(words, at + 1)

    def behind(self, at: int) -> str:
        """Return what is printed behind the letter in front of a position, up to the letter at it, and no more."""
        end = self.places[at] if at < len(self.places) else len(self.text)
        return self.text[self.places[at - 1] + 1 : end]


def with_title_as_repeated(text: str) -> str:
    """Return a text in which each title line with a label ends where the title ends that is printed again elsewhere.

    The lines of the title are marked as one; an empty line separates it from what follows.
    """
    if len(text) > MAX_TEXT:
        return text
    lines = list(_with_ends(text.split("\n")))
    text = "\n".join(lines)
    labelled = [n for n, line in enumerate(lines) if _is_title(line)][:MAX_TITLES]
    if not labelled:
        return text
    known = _Letters.of(text)
    for n in reversed(labelled):
        last, is_end = _last_line(lines, n, known)
        for place in range(n, last):
            lines[place] = lines[place].rstrip()
            lines[place] += "" if lines[place].endswith(("-", "\u2010", JOINED)) else JOINED
        if is_end:
            lines.insert(last + 1, "")
    return "\n".join(lines)


def _with_ends(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines, with the one above a label at the end as its first half, and a journal separate from a sentence.

    The halves of a title are a paragraph: `Ponds and the` above `lakes of Åland [Retraction]`.
    """
    for number, line in enumerate(lines):
        above, below = (lines[n].strip() if 0 <= n < len(lines) else "" for n in (number - 1, number + 1))
        is_half = (
            below.endswith("]")
            and len(line) > MIN_HALF
            and not above
            and not line.rstrip().endswith((".", ":", ";", "]"))
            and split_title_label(below)[1] is not None
            and parse_state(below.strip("[]")) is None
            and split_title_label(line)[1] is None
            and not is_head_line(Block(marked_up=line, words=line.strip()))
        )
        if is_half:
            yield f"{line.rstrip()}{JOINED}"
        elif (
            "10." in line[:MAX_RECORD]
            and ": " in line[:MAX_LABEL]
            and split_title_label(line[:MAX_LABEL].strip())[1] is not None
            and (placed := _PLACE_AND_SENTENCE.match(line))
        ):
            yield from (line[: placed.end()].rstrip(), "", line[placed.end() :])
        else:
            yield line


def _is_title(line: str) -> bool:
    about, state = split_title_label(line.strip())
    is_at_the_end = bool(about) and _letters(line).endswith(_letters(about))
    return state is not None and is_at_the_end and parse_state(line) is None


def _last_line(lines: Sequence[str], first: int, known: _Letters) -> tuple[int, bool]:
    """Return the last line of a title that is printed again, and whether what is printed behind it there proves it."""
    title = _letters(split_title_label(lines[first].strip())[0])
    last, is_end = first, _ends(title, known)
    for number in range(first + 1, min(first + MAX_LINES, len(lines))):
        more = _letters(lines[number])
        if not more or not title or len(title) + len(more) > MAX_LETTERS or not _continues(title, more, known):
            break
        title, last = title + more, number
        is_end = _ends(title, known)
    return last, is_end and len(title) >= MIN_LETTERS and last + 1 < len(lines) and bool(lines[last + 1].strip())


def _continues(title: str, more: str, known: _Letters) -> bool:
    """Tell whether a title and the next line are printed as one elsewhere, on one line and in one sentence."""
    behind = (known.behind(at + len(title)) for at in known.found(title + more))
    return any("\n" not in one and _WITHIN.match(one) is not None for one in behind)


def _ends(title: str, known: _Letters) -> bool:
    """Tell whether a title ends with a stop or a quotation mark elsewhere."""
    behind = [known.behind(at + len(title)) for at in known.found(title)] if title else []
    return any(_END.match(one) for one in behind)


def _letters(words: str) -> str:
    return _Letters.of(words).letters
