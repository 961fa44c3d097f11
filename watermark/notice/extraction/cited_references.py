"""The list of references of a notice, and which of them is the article."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from watermark.notice.doi import dois_in
from watermark.notice.extraction.citation_roles import is_of_another_publication, tells_of_a_duplicate
from watermark.notice.extraction.citation_styles import read_styled
from watermark.notice.extraction.doi_roles import numbered_references
from watermark.notice.extraction.state_phrases import split_title_label
from watermark.notice.text_blocks import Block, letters
from watermark.runtime.expressions import expression

MAX_BLOCKS, MIN_REFERENCE = 5_000, 60
_YEAR = expression(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
WORK = r"(?:article|paper|manuscript|chapter|publication|study|report|letter|review|work)"
QUOTE = r"[“\"«„][^“”\"«»„]{3,600}?[”\"»“]"
_NUMBERED = expression(
    rf"\b(?:this|the|our|above|published|following|retract(?:s|ed|ing)? the) (?:\w+ ){{0,4}}?{WORK}(?: (?:titled"
    rf"|entitled|called))?,?"
    rf"(?: {QUOTE},?)?(?: by (?:[^.\[\]()]|(?<=\b[A-Z])\.|(?<=\bet al)\.){{3,120}}?)?,? ?"
    rf"(?:[\[(]|\(?[Rr]ef(?:erence|s?\.)? ?\[?)(?P<number>[0-9]{{1,2}})"
    r"(?![0-9])[\])]?"
    rf"|\bretract(?:s|ed|ing)? (?:the|this|our) (?:\w+ ){{0,2}}{WORK}\.(?P<raised>[0-9]{{1,2}})(?=\s|$)",
    re.IGNORECASE,
)
_QUOTED_NUMBER = expression(
    rf"(?P<title>{QUOTE})(?P<by>,? by [^.;0-9“”\"]{{3,120}}[^\W\d_]\.?)?(?:,? ?[\[(](?P<number>[0-9]{{1,2}})[\])]"
    r"|(?(by)|,? ?)(?P<raised>[0-9]{1,2}|[¹²³⁴⁵⁶⁷⁸⁹])(?![\w.]))"
)
SOURCE_BEFORE = expression(
    r"\b(?:copied|taken|plagiari|overlap|similar|identical|duplicat|same|another|other|previous|reuse|re-use|match"
    r"|cited)\w*[^.]{0,60}$",
    re.IGNORECASE,
)
_RETRACTED_NUMBER = expression(r"\b(?:retract|withdr|concern)[^.]{0,200}\[([0-9]{1,2})\]\.?", re.IGNORECASE)
_NAME_OF_A_NOTICE = expression(
    r"\b(?:expression of concern|correct(?:ion|ed)|corrigendum|erratum|retraction|comment)\b", re.IGNORECASE
)
_ITEM = expression(
    r"(?:\[(?P<a>[0-9]{1,3})\]\.?|\(?(?P<b>[0-9]{1,3})[.)])\s+(?=\S)"
    r"|(?P<c>[0-9]{1,3})\s+(?=[^\W\d_a-z][\w'\u2019-]+ [A-Z]{1,3}\b)"
)


def references_in(blocks: Sequence[Block]) -> dict[int, str]:
    """Return the references by their numbers; in a list without numbers they count from 1."""
    listed: list[tuple[int, str]] = []
    has_numbers = any(block.is_item or _ITEM.match(block.words) for block in blocks)
    for block in blocks:
        found = _ITEM.match(block.words)
        if not (block.is_item or found or (not has_numbers and _is_unnumbered(block))):
            continue
        number = int(found["a"] or found["b"] or found["c"]) if found else block.number
        listed.append((number, block.words[found.end() :] if found else block.words))
    return numbered_references(listed)


def _is_unnumbered(block: Block) -> bool:
    """Tell whether a line of the list without a number is a reference: it has authors and a year, or year and DOI."""
    cited = read_styled(block.words)
    is_dated = _YEAR.search(re.sub(r"10\.[0-9]{4,9}/\S+", " ", block.words)) and MIN_REFERENCE < len(block.words) < 800
    is_cited = bool(cited.authors and cited.year) or (is_dated and len(dois_in(block.words)) == 1)
    return bool(is_cited) and split_title_label(block.words)[1] is None


def article_number(title: str, body: Sequence[Block], references: Mapping[int, str]) -> int:
    """Return the number of the reference that is the article: by how the notice calls it, else by its title; or 0."""
    numbers = _called_numbers(title, body)
    if numbers:
        number = numbers.pop()
        return number if not numbers and number in references else 0
    same = number_by_title(title, references)
    cited = {int(found[1]) for block in body for found in _RETRACTED_NUMBER.finditer(block.words)}
    return same if same in cited or list(references) == [1] else 0


def _called_numbers(title: str, body: Sequence[Block]) -> set[int]:
    """Return the numbers of the references that the sentences call the article."""
    numbers: set[int] = set()
    for block in body if len(body) <= MAX_BLOCKS else ():
        for pattern in (_NUMBERED, _QUOTED_NUMBER):
            for found in pattern.finditer(block.words):
                is_other = SOURCE_BEFORE.search(block.words[max(0, found.start() - 90) : found.start()])
                is_title = pattern is _NUMBERED or (title and letters(title) in letters(found["title"]))
                if is_title and not is_other:
                    numbers.add(_number(found))
    return numbers


def may_be_a_duplicate(title: str, number: int, words: str, found: Sequence[Block], body: Sequence[Block]) -> bool:
    """Tell whether the reference with the article's title may be another work: the article's twin, or a notice.

    It may be one where the notice never cites its number, and where it calls other references its article.
    """
    if split_title_label(words)[1] is not None or is_of_another_publication(words) or len(dois_in(words)) != 1:
        return True
    if tells_of_a_duplicate(block.words for block in found):
        return True
    called = re.compile(rf"[\[(]{number}[\])]|(?<=[a-z”\"\u2019)\],;:.]){number}(?=[\s,.;]|$)")
    places = [
        block.words[max(0, place.start() - 120) : place.start()]
        for block in body
        for place in called.finditer(block.words)
    ]
    return not places or bool(_called_numbers(title, body)) or any(map(SOURCE_BEFORE.search, places))


def _number(found: re.Match[str]) -> int:
    groups = found.groupdict()
    return int(
        unicodedata.digit(groups["raised"])
        if (groups.get("raised") or "0") in "¹²³⁴⁵⁶⁷⁸⁹"
        else groups["number"] or groups["raised"]
    )


def number_by_title(title: str, references: Mapping[int, str], *, takes_earlier: bool = False) -> int:
    """Return the number of the one reference that has the article's title; 0 for none, and for two.

    With `takes_earlier`, the earlier one of two is it: the other one is the article in its new form.
    """
    wanted = letters(title)
    same = [number for number, words in references.items() if len(wanted) >= 15 and wanted in letters(words)]
    if len(same) > 1:  # an expression of concern, a correction, or the notice itself has the title in its own
        same = [number for number in same if not _NAME_OF_A_NOTICE.search(references[number])]
    if len(same) == 2 and takes_earlier:
        years = {year: number for number in same if (year := read_styled(references[number]).year)}
        same = [years[min(years)]] if len(years) == 2 else same
    is_half = takes_earlier and same and same != [1] and 1 not in references  # the earlier one was not recognised
    return same[0] if len(same) == 1 and not is_half else 0
