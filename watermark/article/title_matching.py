"""Whether two titles are one, word by word: “in rats” and “in mice” are two titles, however alike their letters are."""

import re
import unicodedata
from collections.abc import Sequence
from enum import IntEnum
from functools import cache, lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from watermark.runtime.expressions import expression

SAME_WORD = 85.0
FEWEST_WORDS, FEWEST_LETTERS = 4, 20
MAX_WORDS = 400
MAX_KEPT_LENGTH = 4_000
"""Letters of a title that is remembered: what a file calls its title may be a book."""

_STATE_PREFIX = expression(
    r"^\W*(?:(?:partially )?retracted(?: article)?|withdrawn(?: article)?|expression of concern)"
    r"\s*[:\-\u2013\u2014]\s*",
    re.IGNORECASE,
)
_BEYOND_ASCII = expression(r"[^\x00-\x7f]")
_ASCII_WORD = expression(r"[a-z]+|[0-9]+", re.IGNORECASE)
_SIGN = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_SMALL = frozenset(
    {"a", "an", "the", "of", "in", "on", "and", "for", "to", "de", "la", "le", "el", "et", "und", "der", "die"}
)
_OF_ANOTHER_WORK = frozenset(
    (
        *("reanalysis", "reanalyses", "replication", "revisited", "reconsidered", "revised", "updated", "update"),
        *("corrected", "correction", "corrigendum", "erratum", "addendum", "republished", "republication", "preprint"),
        *("reply", "replies", "response", "responses", "rejoinder", "comment", "comments", "commentary", "discussion"),
        *("protocol", "supplement", "supplementary", "supporting", "appendix", "version", "follow", "followup"),
        *("part", "ii", "iii", "iv", "retraction"),
    )
)
"""Words behind a title that make it the title of another work about the same: a reply, a protocol, a second part."""
_ABOUT_A_WORK = frozenset(("letter", "letters", "editorial", "regarding", "re", "correspondence", "viewpoint"))
"""Words beside a title in the title of a letter or an editorial about it."""
_CONTINUES = frozenset(
    {"in", "of", "for", "by", "with", "among", "at", "from", "on", "during", "after", "under", "without"}
)
_ROMAN = expression(r"[ivx]{1,5}")
_NO_TITLE = expression(
    r"microsoft \w+ - .*|untitled.*|.*\.(?:docx?|tex|dvi|pdf|indd|qxd|rtf|odt|pages|fm|eps)|\S* ?[0-9]+\.\.[0-9]+"
    r"|pii[:\s].*|doi[:\s].*|(?:layout|document|template|title|article|paper|manuscript) ?[0-9]*|[\W\d_]*|\S*[0-9]\S*",
    re.IGNORECASE,
)


class SimilarityLevel(IntEnum):
    """How alike two titles are. ALIKE: one has words after the end of the other, such as a subtitle."""

    OTHER = 0
    ALIKE = 1
    SAME = 2


def is_title(text: str) -> bool:
    """Tell whether metadata hold a title, and not a file's name, a page range or a template's word for it."""
    return not _NO_TITLE.fullmatch(text.strip())


def is_telling(title: str) -> bool:
    """Tell whether a title is long enough to be one article's alone; “Editorial” is not."""
    words = _words(title)
    return len(words) >= FEWEST_WORDS and weight_of("".join(words)) >= FEWEST_LETTERS


def in_latin(letters: str) -> bool:
    """Tell whether most of the letters are Latin ones."""
    return 2 * len(letters.encode("ascii", "ignore")) > len(letters)


def weight_of(letters: str) -> int:
    """Return how much letters tell, in Latin ones: a Chinese, Japanese or Korean sign says as much as three."""
    return len(letters) if letters.isascii() else len(letters) + 2 * len(_expression(_SIGN).findall(letters))


def comparable(title: str) -> str:
    """Return the letters and digits of a title, without case, accents, ligatures, hyphenation or a state prefix."""
    return (_comparable if len(title) <= MAX_KEPT_LENGTH else _comparable.__wrapped__)(title)


@lru_cache(maxsize=512)
def _comparable(title: str) -> str:
    return "".join(c for c in _plain(without_state(title)) if c.isalnum())


def without_state(title: str) -> str:
    """Return a title without the words that say it is retracted: “RETRACTED: …” is the article's own title still."""
    return _STATE_PREFIX.sub("", title)


def compared(wanted: str, found: str) -> SimilarityLevel:
    """Return how alike two titles are.

    Spelling and what extraction loses are passed over: accents, hyphens, ligatures, `&`, small words. A number, a
    single letter or any other word that differs makes another title.
    """
    if comparable(wanted) == comparable(found):
        return SimilarityLevel.SAME
    first, second = _words(without_state(wanted))[:MAX_WORDS], _words(without_state(found))[:MAX_WORDS]
    if not first or not second:
        return SimilarityLevel.OTHER
    likeness = SimilarityLevel.SAME
    for step in Levenshtein.opcodes(first, second):
        left, right = first[step.src_start : step.src_end], second[step.dest_start : step.dest_end]
        if step.tag == "equal" or (step.tag == "replace" and _is_one(left, right)) or {*left, *right} <= _SMALL:
            continue
        is_end = step.src_end == len(first) and step.dest_end == len(second)
        is_whole = is_telling(" ".join(first[: step.src_start])) and not _is_of_another_work(
            left or right, wanted, found
        )
        if is_end and not (left and right) and is_whole:
            likeness = SimilarityLevel.ALIKE
            continue
        return SimilarityLevel.OTHER
    return likeness


def names_another_work_about(wanted: str, found: str) -> bool:
    """Tell whether a title has another one in it and is that of a work about it: a comment, a reply, a second part."""
    known = comparable(wanted)
    if not known or known not in comparable(found) or known == comparable(found):
        return False
    added = set(_words(found)) - set(_words(wanted))
    return not added.isdisjoint(_OF_ANOTHER_WORK | _ABOUT_A_WORK)


def _is_of_another_work(added: Sequence[str], wanted: str, found: str) -> bool:
    """Tell whether the words that one title has more than the other at its end make it the title of another work.

    A subtitle does not. Words that continue the title without a stop do: `…` and `… in Wales`.
    """
    if not _OF_ANOTHER_WORK.isdisjoint(added):
        return True
    longer = max(wanted, found, key=len)
    return (
        added[0] in _CONTINUES
        and re.search(rf"[^\W_],? {added[0]}\b(?!.*\b{added[0]}\b)", longer, re.IGNORECASE) is not None
    )


def _is_one(left: Sequence[str], right: Sequence[str]) -> bool:
    one, other = "".join(left), "".join(right)
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or any(word.isdigit() or _ROMAN.fullmatch(word) for word in (*left, *right)):
        return False
    return fuzz.ratio(one, other) >= SAME_WORD


def _words(title: str) -> list[str]:
    return (_words_of if len(title) <= MAX_KEPT_LENGTH else _words_of.__wrapped__)(title)


@lru_cache(maxsize=512)
def _words_of(title: str) -> list[str]:
    plain = _plain(title.replace("&", " and "))
    if plain.isascii():
        return _ASCII_WORD.findall(plain)
    return _expression(rf"{_SIGN}|(?:(?!{_SIGN})[^\W\d_])+|[0-9]+").findall(plain)


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    """Return an expression with a class of thousands of signs: it takes long to be made, and few titles need it."""
    return re.compile(pattern)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return folded if folded.isascii() else _BEYOND_ASCII.sub(lambda found: _named(found[0]), folded)


def _named(character: str) -> str:
    """Return a Greek letter by its name, as titles in metadata have it; nothing for an accent or a soft hyphen."""
    if unicodedata.combining(character) or character in "\u00ad\u200b\ufffe\ufeff":
        return ""
    if "\u0370" <= character <= "\u03ff" and character.isalpha():
        return unicodedata.name(character, "").rpartition(" ")[2].lower()
    return character
