"""What the numbers of a notice tell of its DOIs: those of a citation in its title, and those in the DOIs themselves.

`Retraction: “Ponds” [Lakes 105, 122403 (2014)]`: a line with the same volume and page, and a DOI that ends with that
number, are the article's.
"""

import re
from collections.abc import Sequence

from watermark.notice.extraction.state_phrases import split_title_label
from watermark.notice.text_blocks import Block
from watermark.runtime.expressions import expression

_AT_THE_END = expression(r"[(\[](?P<cited>(?:[^()\[\]]|\([^()]{1,20}\)){6,160})[)\]]\W*$")
_BEHIND_AUTHORS = expression(
    r"\bet al\. .{12,}[.?!] (?P<cited>[^\W\d_a-z][\w &.-]{2,80} (?:19|20)[0-9]{2}, [0-9]{1,4}, [0-9]{1,6})$"
)
_IN_SENTENCE = expression(
    r"\b(?:above|following|this) (?:article|paper)\b[^;]{0,300}\bvolume (?P<volume>[0-9]{1,4})\b[^.;]{0,40}"
    r"\bp(?:p\.|ages?) ?(?P<page>[0-9]{1,6})",
    re.IGNORECASE,
)
MAX_SENTENCE, MAX_HEAD = 1_000, 20
_OF_A_NOTICE = expression(
    r"[\W_]?(?:ret|retr|retract|retraction|retracted|eoc|withdrawal|notice|rein|reinstatement)[0-9]?", re.IGNORECASE
)
_NUMBER = expression(r"(?<![\w./])[a-z]{0,4}(?P<digits>[0-9]{1,9})(?![\w/])", re.IGNORECASE)
_YEAR = expression(r"(?:19|20)[0-9]{2}")
_YEAR_AT_THE_END = expression(r"[0-9]{5}-(?P<year>[0-9]{2})$")
MIN_NUMBERS, MIN_DIGITS = 2, 5
"""The least count of numbers that are a citation, and of digits in a number that names one article of a journal."""


def numbers_in_title(title: str) -> tuple[str, ...]:
    """Return the volume and the pages of the citation in brackets that ends a title; none where it has no such end."""
    cited = _AT_THE_END.search(title[-400:]) or _BEHIND_AUTHORS.search(title[-400:])
    numbers = tuple(number for number in _numbers(cited["cited"]) if not _YEAR.fullmatch(number)) if cited else ()
    is_telling = len(numbers) >= MIN_NUMBERS or any(len(number) >= MIN_DIGITS for number in numbers)
    return numbers if is_telling else ()


def numbers_of_article(title: str, found: Sequence[Block]) -> tuple[str, ...]:
    """Return the numbers of the citation in a title, or of the volume and pages that a sentence gives the article."""
    labelled = (block.words for block in found[:MAX_HEAD] if split_title_label(block.words)[1] is not None)
    cited = next(filter(None, map(numbers_in_title, (title, *labelled))), ())
    if cited:
        return cited
    sentences = (_IN_SENTENCE.search(block.words[:MAX_SENTENCE]) for block in found)
    return next(((sentence["volume"], sentence["page"]) for sentence in sentences if sentence), ())


def has_numbers(words: str, numbers: Sequence[str]) -> bool:
    """Tell whether words have all of these numbers: they cite what the title cites."""
    return bool(numbers) and set(numbers) <= set(_numbers(words))


def ends_with_number(doi: str, numbers: Sequence[str]) -> bool:
    """Tell whether a DOI ends with one of these numbers, as journals without pages give each article one."""
    end = re.split(r"[^0-9a-z]", doi)[-1].lstrip("abcdefghijklmnopqrstuvwxyz")
    is_number = len(end) >= MIN_DIGITS and end in numbers
    return is_number or (len(numbers) == MIN_NUMBERS and _joins(end, *numbers))


def _joins(end: str, volume: str, number: str) -> bool:
    """Tell whether the end of a DOI is volume, issue and number in one: `13153346` for volume 13 and number 3346."""
    return len(end) == len(volume) + 6 and end.startswith(volume) and end.endswith(number.zfill(4))


def _order_of(doi: str) -> tuple[tuple[str, int], ...]:
    """Return what DOIs of one journal are sorted by: their letters as they are, and their numbers by value."""
    return tuple(
        (part, 0) if not part.isdigit() else ("", int(part)) for part in re.split(r"([0-9]{1,18})", doi) if part
    )


def is_numbered_before(doi: str, other: str) -> bool:
    """Tell whether two DOIs are built alike, and the first number in which they differ is smaller in `doi`.

    Journals number what they publish, or write the year into the DOI: an article is before its notice.
    """
    years = [found["year"] for one in (doi, other) if (found := _YEAR_AT_THE_END.search(one))]
    if len(years) == 2 and years[0] != years[1]:
        return years[0] < years[1]
    first, second = _order_of(doi), _order_of(other)
    pair = next((pair for pair in zip(first, second, strict=False) if pair[0] != pair[1]), None)
    is_alike = len(first) == len(second) and all(one[0] == two[0] for one, two in zip(first, second, strict=True))
    return is_alike and pair is not None and pair[0] < pair[1]


def is_suffixed(doi: str, other: str) -> bool:
    """Tell whether a DOI is another one with a mark of a notice behind it: `….5005/retraction`."""
    marked, bare = (re.sub(r"[-_]", "", one) for one in (doi, other))
    return (
        len(marked) > len(bare) and marked.startswith(bare) and _OF_A_NOTICE.fullmatch(marked[len(bare) :]) is not None
    )


def _numbers(words: str) -> list[str]:
    return [found["digits"] for found in _NUMBER.finditer(words)]
