"""What the numbers of a notice tell of its DOIs: those of a citation in its title, and those in the DOIs themselves.

`Retraction: “Ponds” [Lakes 105, 122403 (2014)]`: a line with the same volume and page, and a DOI that ends with that
number, are the article's.
"""

import re
from collections.abc import Iterable, Sequence

from watermark.notice.dates import dates_in
from watermark.notice.doi import dois_in
from watermark.notice.extraction.role_cues import names_another_work
from watermark.notice.extraction.state_phrases import split_title_label
from watermark.notice.text_blocks import Block, letters
from watermark.runtime.expressions import expression

_AT_THE_END = expression(r"[(\[](?P<cited>(?:[^()\[\]]|\([^()]{1,20}\)){6,160})[)\]]\W*$")
_BEHIND_AUTHORS = expression(
    r"\bet al\. .{12,}[.?!] (?P<cited>[^\W\d_a-z][\w &.-]{2,80} (?:19|20)[0-9]{2}, [0-9]{1,4}, [0-9]{1,6})$"
)
_NOTE_ON_TITLE = expression(r"(?:publisher|editor)['\u2019]s note\s?: ?[“\"]", re.IGNORECASE)
_PLACE = (
    r"(?:[0-9]{1,4}(?: ?\([0-9]{1,4}\))?[,:] ?(?:Article )?[A-Za-z]{0,4}[0-9][0-9\u2010-\u2013-]{0,20},?"
    r" \((?:19|20)[0-9]{2}\)"
    r"|\((?:19|20)[0-9]{2}\) [0-9]{1,4}(?: ?\([0-9]{1,4}\))?[,:] ?[A-Za-z]{0,4}[0-9][0-9\u2010-\u2013-]{0,20}"
    r"|(?:19|20)[0-9]{2}[;,:] ?[0-9]{1,4}(?: ?\([0-9]{1,4}\))?[,:] ?[A-Za-z]{0,4}[0-9][0-9\u2010-\u2013-]{0,20})"
)
_BEHIND_LABEL = expression(
    r"(?:(?:editorial )?(?P<concern>expression of concern)|partial retraction|retraction|withdrawal|removal)"
    rf"(?P<note> note)?(?: notice)?(?P<to> (?:to|of|for|on))?\s?: ?(?-i:[^\W\d_a-z])[^:;“”\"0-9]{{2,90}},? {_PLACE}"
    r"(?=[.,;]?\s?(?:$|https?:|doi\b|10\.))",
    re.IGNORECASE,
)
"""The place of the article behind a label, without its title: `Retraction Note: Pond Biol 19, 530 (2019)`."""
_PLACE_AND_DOI = expression(
    r"[^\W\d_a-z][^:;“”\"0-9]{2,90} [0-9]{1,4}(?: ?\([0-9]{1,4}\))?: ?e?[0-9]{1,6}"
    r"(?P<range>[\u2010-\u2013-][0-9]{1,6})?, (?P<year>(?:19|20)[0-9]{2});"
    r" ?(?:DOI|doi|https?:)\S{0,3} ?\S{0,20}10\.[0-9]{4,9}/\S+"
)
"""How one publisher cites the article below the title of a notice: `Pond Rep 45: 3-9, 2021; DOI: 10.5555/p`."""
_AFTER_ITS_PUBLICATION = expression(
    r"(?:following|after|subsequent(?:ly)? to|since) (?:(?:the )?(?:\w+ )?publication of )?"
    r"(?:this|the above(?:[- ]\w+)?) (?:article|paper|study)\b",
    re.IGNORECASE,
)
_PLACE_AT_THE_END = expression(
    r"[.!] (?P<journal>[^\W\d_a-z][^.:;“”\"0-9]{3,90}) [0-9]{1,4}: ?[0-9]{1,6}[\u2010-\u2013-][0-9]{1,6},"
    r" (?:19|20)[0-9]{2}; ?(?:DOI|doi):? ?\S{0,20}10\.[0-9]{4,9}/\S+$"
)
_NAMED_AS_NOTICE = expression(
    r"\(?(?:19|20)[0-9]{2}\)?[,.]? [“\"]?(?:statement of |notice of )?(?:retraction|withdrawal|expression of concern)"
    r"(?: (?:notice|note|statement))?[,.:”\"]",
    re.IGNORECASE,
)
"""The year and the name of a notice, with which its own citation begins."""
_NAMED_BY_YEAR = expression(
    r"(?:retraction|withdrawal|expression of concern)(?: notice| note)? (?:of|for|to):? [^()]{3,160}"
    r"\((?:19|20)[0-9]{2}[a-z]?\)\.? \((?:19|20)[0-9]{2}\)[.,]",
    re.IGNORECASE,
)
"""The years of article and notice in the citation of a notice: `Retraction of Roe (2009). (2012). J Ponds, 3, 4.`."""
_IN_SENTENCE = expression(
    r"\b(?:above|following|this) (?:article|paper)\b[^;]{0,300}\bvolume (?P<volume>[0-9]{1,4})\b[^.;]{0,40}"
    r"\bp(?:p\.|ages?) ?(?P<page>[0-9]{1,6})",
    re.IGNORECASE,
)
VOLUME_OF_ARTICLE = expression(r"\bVOLUME [0-9]{1,4} \((?:19|20)[0-9]{2}\) PAGES? ")
"""The volume of the article, which one publisher prints above a DOI that may be the notice's or the article's."""
_VOLUME = expression(
    r"\bvol(?:ume|umen|\.)? ?(?P<named>[0-9]{1,4})\b(?!\.[0-9])"
    r"|\b(?:19|20)[0-9]{2}(?: [A-Z][a-z]{2,8}\.?(?: [0-9]{1,2})?)? ?; ?(?P<behind>[0-9]{1,4})\b",
    re.IGNORECASE,
)
_PAGES_BEHIND = expression(
    r"[^;“”\"]{0,50}?(?<![\w-])(?P<first>[0-9]{1,6})[\u2010-\u2014-](?P<last>[0-9]{1,6})(?![\w-])", re.IGNORECASE
)
_CAPITALISED = r"[^\W\d_a-z][\w&-]{0,20}"
_NAME_AT_END = expression(rf"{_CAPITALISED}(?:(?:\. ?| ){_CAPITALISED}){{0,5}}\.? ?$")
"""Up to six words of a name, the last of them at the end."""
_PAGES = expression(r"(?<![\w/.-])(?P<first>[0-9]{1,6})\s?[\u2010-\u2014\u2212-]\s?(?P<last>[0-9]{1,6})(?![0-9/-])")
MIN_PAGES, MAX_PAGES = 3, 200
"""How many pages an article has: a notice has one or two, and more are no pages."""
MAX_SENTENCE, MAX_HEAD, MAX_PLACE = 1_000, 20, 300
_MARK = r"(?:ret|retr|retract|retraction|retracted|eoc|withdrawal|notice|rein|reinstatement)[0-9]?"
_ONLY_A_MARK = expression(rf"[\W_]?{_MARK}", re.IGNORECASE)
_ENDS_WITH_MARK = expression(rf"[\W_]{_MARK}$", re.IGNORECASE)
"""The mark of a notice at the end of its DOI: `….5005/retraction`."""
_NUMBER = expression(r"(?<![\w./])[a-z]{0,4}(?P<digits>[0-9]{1,9})(?![\w/])", re.IGNORECASE)
_YEAR = expression(r"(?:19|20)[0-9]{2}")
_YEAR_AT_THE_END = expression(r"[0-9]{5}-(?P<year>[0-9]{2})$")
MIN_NUMBERS, MIN_DIGITS = 2, 5
"""The least count of numbers that are a citation, and of digits in a number that names one article of a journal."""


def numbers_in_title(title: str) -> tuple[str, ...]:
    """Return the volume and the pages of the citation in brackets that ends a title; none where it has no such end."""
    cited = _AT_THE_END.search(title[-400:]) or _BEHIND_AUTHORS.search(title[-400:])
    numbers = tuple(number for number in numbers_in(cited["cited"]) if not _YEAR.fullmatch(number)) if cited else ()
    is_telling = len(numbers) >= MIN_NUMBERS or any(len(number) >= MIN_DIGITS for number in numbers)
    return numbers if is_telling else ()


def numbers_of_article(title: str, found: Sequence[Block]) -> tuple[str, ...]:
    """Return the numbers of the citation in a title, or of the volume and pages that a sentence gives the article."""
    labelled = (
        block.words
        for block in found[:MAX_HEAD]
        if split_title_label(block.words)[1] is not None or _NOTE_ON_TITLE.match(block.words)
    )
    cited = next(filter(None, map(numbers_in_title, (title, *labelled))), ())
    if cited:
        return cited
    sentences = (_IN_SENTENCE.search(block.words[:MAX_SENTENCE]) for block in found)
    return next(((sentence["volume"], sentence["page"]) for sentence in sentences if sentence), ())


def has_numbers(words: str, numbers: Sequence[str]) -> bool:
    """Tell whether words have all of these numbers: they cite what the title cites."""
    return bool(numbers) and set(numbers) <= set(numbers_in(words))


def has_other_numbers(doi: str, words: str, numbers: Sequence[str]) -> bool:
    """Tell whether words cite another page than these numbers: of their volume, or one with which the DOI ends, too."""
    cited = numbers_in(words)
    others = sorted(set(cited) - set(numbers))
    if not numbers or has_numbers(words, numbers) or ends_with_number(doi, numbers):
        return False
    is_in_volume = numbers[0] in cited and any(len(number) >= MIN_DIGITS for number in others)
    return is_in_volume or any(ends_with_number(doi, (number,)) for number in others)


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
        len(marked) > len(bare) and marked.startswith(bare) and _ONLY_A_MARK.fullmatch(marked[len(bare) :]) is not None
    )


def is_marked(doi: str) -> bool:
    """Tell whether a DOI ends with the mark of a notice: it is not the article's."""
    return _ENDS_WITH_MARK.search(doi) is not None


def is_place_behind_label(words: str) -> bool:
    """Tell whether a line begins with the label of a notice and a place in the journal, of whichever of the two."""
    return len(words) < MAX_SENTENCE and _BEHIND_LABEL.match(words) is not None


def is_cited_behind_label(words: str, own_year: int) -> bool:
    """Tell whether a line begins with the label of a notice and the place of its article in the journal, without title.

    `own_year` is that of the notice, 0 where it is not known. Without `to` the place may be that of the notice itself,
    where it is not of an earlier year.
    """
    found = _BEHIND_LABEL.match(words) if is_place_behind_label(words) else None
    if found is None or found["to"]:
        return found is not None
    years = [int(year) for year in _YEAR.findall(found[0])]
    return max(years, default=0) < own_year if own_year else bool(found["note"] or found["concern"])


def is_above_its_story(words: str, below: str, own_year: int) -> bool:
    """Tell whether a line is the article's place with its DOI, and the text below begins `After this paper had been …`.

    The year of the notice (`own_year`, 0 for none) is not beside the article, unless the pages are those of an article.
    """
    found = _PLACE_AND_DOI.fullmatch(words) if _AFTER_ITS_PUBLICATION.match(below) else None
    return found is not None and (found["range"] is not None or int(found["year"]) != own_year)


def ends_with_its_place(words: str) -> bool:
    """Tell whether a paragraph ends with the article's place in the journal whose editor retracts it, and its DOI."""
    found = _PLACE_AT_THE_END.search(words, max(0, len(words) - MAX_PLACE)) if len(dois_in(words)) == 1 else None
    before = words[: found.start() + 1].replace("of the ", "of ") if found else ""
    is_named = found is not None and f"ditor of {found['journal']} " in before
    return is_named and not names_another_work(re.split(r"[.!?] ", before)[-1])


def is_published_before(words: str, dates: Sequence[str]) -> bool:
    """Tell whether a line gives one day of publication, and the newest of these dates is a year or more later."""
    days = dates_in(words) if "ublished" in words else ()
    newest = max(dates, default="")
    return len(days) == 1 and len(newest) == len(days[0]) and f"{int(days[0][:4]) + 1}{days[0][4:]}" <= newest


def is_cited_as_notice(words: str) -> bool:
    """Tell whether a line begins with the year and the name of a notice: `(2015), “Retraction notice”, Ponds, …`."""
    return _NAMED_AS_NOTICE.match(words) is not None


def is_cited_by_years(words: str) -> bool:
    """Tell whether a line cites a notice that names its article by the year: `Retraction of Roe (2009). (2012). …`."""
    return _NAMED_BY_YEAR.match(words) is not None


def has_volume(words: str) -> bool:
    """Tell whether words have the volume of a journal."""
    return _VOLUME.search(words) is not None


def has_volume_and_pages(words: str) -> bool:
    """Tell whether words have a volume and behind it the pages of an article."""
    volume = _VOLUME.search(words[:MAX_SENTENCE])
    pages = _PAGES_BEHIND.match(words, volume.end()) if volume else None
    return pages is not None and _count_of(pages) >= MIN_PAGES


def has_pages(words: str) -> bool:
    """Tell whether words have the first and the last page of an article."""
    return any(MIN_PAGES <= _count_of(pages) <= MAX_PAGES for pages in _PAGES.finditer(words))


def _count_of(pages: re.Match[str]) -> int:
    """Return the count of pages from the first to the last, which may be shortened: `243-52`."""
    first, last = pages["first"], pages["last"]
    return int(first[: max(0, len(first) - len(last))] + last) - int(first) + 1


def is_place_of_notice(lines: Sequence[str], texts: Iterable[str]) -> bool:
    """Tell whether the first of the lines with a volume has a later one than the article that a text cites with pages.

    The article is in the same journal: its name is in front of both volumes, or the citation begins with the volume.
    """
    volumes = ((line, [int(one["named"] or one["behind"]) for one in _VOLUME.finditer(line)]) for line in lines)
    place, own = next((one for one in volumes if one[1]), ("", []))
    for words in texts:
        if words == place:
            continue
        cited = _VOLUME.search(words[:MAX_SENTENCE])
        if cited is None or not _PAGES_BEHIND.match(words, cited.end()):
            continue
        before = words[: cited.start()].rstrip(" .,;:(")
        name = _NAME_AT_END.search(before)
        is_same = not before or (name is not None and letters(name[0]) in letters(" ".join(lines)))
        is_another = not is_same or names_another_work(re.split(r"[.!?] ", before)[-1])
        if is_another or not has_volume_and_pages(words) or has_volume_and_pages(place):
            return False
        return len(set(own)) == 1 and own[0] > int(cited["named"] or cited["behind"])
    return False


def numbers_in(words: str) -> list[str]:
    """Return the numbers in words, without the letters in front of them."""
    return [found["digits"] for found in _NUMBER.finditer(words)]
