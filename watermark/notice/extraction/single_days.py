# ruff: noqa: RUF001 - letters of other scripts are meant
"""The days that one line of a notice gives for its publication or for the deed: beside its DOI, or below its name.

Each function looks for one kind of line, and returns an empty string where none is there, or where two differ.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from watermark.notice.dates import dates_in, month_in, without_dates
from watermark.notice.doi import dois_in
from watermark.notice.extraction.block_roles import ONLY_A_DOI
from watermark.notice.extraction.dated_lines import has_day
from watermark.notice.extraction.state_phrases import parse_state, split_title_label
from watermark.notice.extraction.zones import is_office, is_one_person, is_prose
from watermark.notice.text_blocks import Block
from watermark.runtime.expressions import expression

ONLY_FIRST = expression(r"first published [^:|]{4,30}", re.IGNORECASE)
_THIS_AT = expression(
    r"this (?:article|notice|letter|(?P<editorial>editorial)) was (?:first )?published (?:online )?on .{6,60}$",
    re.IGNORECASE,
)
"""The line in the foot of a notice that dates the notice itself."""
MAX_LAST, MAX_DEED = 6, 200
_DEED = expression(
    r"(?:\b(?:retract(?:ion|ed)|withdraw(?:al|n)|notice|last revised|version published)\b(?: \w+){0,2}?\W{1,3}(?:on )?"
    r"|\b(?:retirado el|retratado em|ritrattato il|rétracté le|zurückgezogen am) )"
    r"(?=[0-9]|[A-Z][a-z]{2,8}\.? [0-9])",
    re.IGNORECASE,
)
_TOLD = expression(
    r"\b(?:[Tt]his|[Tt]he) (?:\w+ )?(?:article|paper|chapter|publication|preprint|review)"
    r"(?: [“\"«][^“”\"«»]{3,400}[”\"»],?| \[[0-9]{1,2}\])?"
    r" (?:was|is|has been) (?:hereby |therefore )?"
    r"(?:retracted|withdrawn|removed)\b"
    r"[^.();]{0,80}?(?:\b(?:on|as of|effective|with effect from) |\()(?P<day>[0-9A-Z][^().;]{7,24})"
    r"|^(?P<stamped>[0-9]{1,2} [A-Z][a-z]{2,8} [0-9]{4}|[A-Z][a-z]{2,8} [0-9]{1,2}, [0-9]{4}|[0-9]{4}(?:-[0-9]{2}){2})"
    r"\s?[:\u2013\u2014-] (?:The|This) (?:article|paper|chapter|publication|preprint|review)\b[^.;]{0,400}"
    r" (?:was|is|has been) (?:retracted|withdrawn|removed)\b"
)
"""A sentence that gives the day of the deed: `This chapter has been removed by the Press (2 September 2021)`."""
_DATED_LABEL = expression(r"(?P<label>[^\W\d_a-z][^.()]{4,60}) \((?P<day>[^()]{8,24})\)[.:] ")
"""The name of a notice with its day, in front of its sentences: `NOTICE OF RETRACTION (5 October 2021). This …`."""
_DECLARED = expression(r"retra|rétra|ritratt|withdr|retir|zurück", re.IGNORECASE)
_FIRST_ON = expression(r"first published on [0-9]{1,2}(?:st|nd|rd|th) ", re.IGNORECASE)
_POSTED = expression(r"(?:version [0-9]{1,3} )?posted(?: on)?:? [^:|]{4,30}$", re.IGNORECASE)
LETTERS = expression(r"[^\W\d_]")
_RECORDED = expression(
    r"(?:retract(?:ion|ed)|withdrawal|expression of concern|removal) in\b\W*"
    r"|(?:retraction|expression of concern): (?=[^:]{4,80}\b[12][0-9]{3} )",
    re.IGNORECASE,
)
"""How the record of a paper cites the notice about it."""
_ON_THE_DAY = expression(r"(?:first )?published(?: online)? on ", re.IGNORECASE)
_OF_AUTHORS = expression(
    r"(?:©|copyright)[^.]{0,20}?(?:(?P<before>20[0-9]{2}) the authors?|authors?(?:\(s\))?,? (?P<year>20[0-9]{2}))",
    re.IGNORECASE,
)
_NAME = r"[^\W\d_a-zа-я][\w.&'-]{1,30}"
_PLACE = expression(
    r"(?!(?i:published|received|accepted|revised|online|posted|printed|downloaded|accessed)\b)"
    rf"{_NAME}(?:(?: (?:of|and|the|de|der|und|et|i) |[ ,]{{1,2}}){_NAME}){{0,7}}[ ,]{{0,2}}"
)
MAX_SENTENCES, MAX_DATE_LINE = 2_000, 80


def year_of_copyright(found: Sequence[Block]) -> str:
    """Return the year before which no date is the notice's: that before the year of its authors' copyright; or ""."""
    years = {
        int(sign["before"] or sign["year"])
        for block in found
        if len(block.words) < MAX_DEED
        for sign in _OF_AUTHORS.finditer(block.words)
    }
    return str(years.pop() - 1) if len(years) == 1 else ""


def day_in_record(found: Sequence[Block]) -> str:
    """Return the day of the notice that a record of a database cites: `Retraction in: J Ponds. 2022 Feb 15;`.

    It is the one day of the line that begins so, or of the next line; "" for none and for two.
    """
    days: set[str] = set()
    for block, below in zip(found, (*found[1:], None), strict=False):
        label = _RECORDED.match(block.words)
        words = block.words[label.end() :] if label else ""
        words = words if words or below is None else below.words
        if label and has_day(words):
            days.update(dates_in(words)[:1])
    return days.pop() if len(days) == 1 else ""


def published_since(found: Sequence[Block], signed: str) -> str:
    """Return the day on which a notice that was signed before says that it was published; "" for none and for two."""
    days = {
        day
        for block in found
        for own in _ON_THE_DAY.finditer(block.words[:MAX_SENTENCES])
        for day in dates_in(block.words[own.end() : own.end() + 24])[:1]
    }
    days = {day for day in days if day >= signed and int(day[:4]) <= int(signed[:4]) + 1}
    return days.pop() if len(days) == 1 else ""


def published_since_signed(found: Sequence[Block], signed: str) -> str:
    """Return the one day of a line `First published 25 February 2021` that is later than a signature; "" for none."""
    days = {day for block in found if ONLY_FIRST.fullmatch(block.words) for day in dates_in(block.words)}
    return days.pop() if len(days) == 1 and "" < signed < max(days) else ""


def head_of(found: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks above the first sentence, with the labelled lines."""
    return found[: next((number for number, block in enumerate(found) if is_prose(block)), len(found))]


def first_published(head: Sequence[Block], *, signed: str) -> str:
    """Return the date of a line `First published May 17, 2022` beside the DOI of the heading; "" for none and two.

    It need not be beside the DOI where the notice was `signed` on an earlier day.
    """
    dates = {
        date
        for block, below in pairwise(head)
        for date in (dates_in(block.words) if ONLY_FIRST.fullmatch(block.words) else ())
        if ONLY_A_DOI.match(below.words) or (signed and date >= signed) or _FIRST_ON.match(block.words)
    }
    return dates.pop() if len(dates) == 1 else ""


def first_beside_doi(found: Sequence[Block], notice: str) -> str:
    """Return the date of a line `First published 11 February 2020` beside the notice's own DOI; "" for none and two."""
    dates = {
        date
        for pair in pairwise(found)
        for block, beside in (pair, pair[::-1])
        if ONLY_FIRST.fullmatch(block.words) and notice and notice in dois_in(beside.words)
        for date in dates_in(block.words)
    }
    return dates.pop() if len(dates) == 1 else ""


def below_label(found: Sequence[Block]) -> str:
    """Return the day that is printed alone below the name of the notice, as beside it in a page's head; else ""."""
    days = {
        date
        for above, block in pairwise(head_of(found))
        if len(block.words) < MAX_DATE_LINE
        and parse_state(above.words)
        and not LETTERS.search(without_dates(block.words))
        for date in dates_in(block.words)
    }
    return days.pop() if len(days) == 1 else ""


def signed_at(found: Sequence[Block]) -> str:
    """Return the day of the last line, where a place or a publisher is in front of it: `Warsaw, 30 April 2021`.

    Lines of the editors may be below it; with them, there may be a month in place of the day.
    """
    signed = list(found[-MAX_LAST:])
    while len(signed) > 1 and (is_office(signed[-1].words) or is_one_person(signed[-1].words)):
        signed.pop()
    last = signed[-1].words if signed else ""
    month, place = month_in(last.rstrip(" .")) if len(signed) < len(found[-MAX_LAST:]) else ("", "")
    days = dates_in(last)
    dates = days or ((month,) if month else ())
    rest = (without_dates(last) if days else place).strip(" .,")
    is_signed = len(last) < MAX_DATE_LINE and _PLACE.fullmatch(rest) and not split_title_label(last)[1]
    return dates[0] if len(dates) == 1 and is_signed and not is_prose(signed[-1]) else ""


def day_of_the_deed(found: Sequence[Block]) -> str:
    """Return the day that a line gives for the retraction itself: `Retraction notice (21 June 2022)`; "" for two."""
    told = {day for block in found if is_prose(block) and (day := told_in(block.words))} | {
        day
        for block in found
        if (label := _DATED_LABEL.match(block.words)) and _DECLARED.search(label["label"])
        for day in dates_in(label["day"])
    }
    if len(told) == 1:
        return told.pop()
    lines = [block.words for block in found if not is_prose(block) and len(block.words) < MAX_DEED]
    dates = {date for words in lines if has_day(words) for date in dates_in(words)[:1]}
    dates |= {
        date
        for words in lines
        for deed in _DEED.finditer(words)
        for date in dates_in(words[deed.end() : deed.end() + 30])[:1]
    }
    return dates.pop() if len(dates) == 1 else ""


def told_in(words: str) -> str:
    """Return the day on which sentences say that the article was retracted; an empty string for none and for two."""
    deeds = _TOLD.finditer(words[:MAX_SENTENCES])
    days = {day for deed in deeds for day in dates_in(deed["day"] or deed["stamped"])}
    return days.pop() if len(days) == 1 else ""


def posted(found: Sequence[Block]) -> str:
    """Return the newest day of a line `Posted May 29, 2020`: of a withdrawn preprint, that is the last version's."""
    return max((date for block in found if _POSTED.match(block.words) for date in dates_in(block.words)), default="")


def at_the_end(found: Sequence[Block], year: int | None) -> str:
    """Return the day on which one line says that this was first published, in a year after the article's; else ""."""
    last = [block.words for block in found[-MAX_LAST:] if _THIS_AT.match(block.words)]
    first = [block.words for block in found if ONLY_FIRST.fullmatch(block.words)]
    dates = {date for words in (*last, *first) for date in dates_in(words)}
    is_later = bool(year) and min(dates, default="")[:4] > str(year)
    return dates.pop() if len(dates) == 1 and (is_later or _is_editorial(found, max(dates))) else ""


def _is_editorial(found: Sequence[Block], day: str) -> bool:
    """Tell whether a concern or a retraction is printed as an editorial, of the newest of the days that it names."""
    is_named = any(block.words.casefold() == "editorial" for block in head_of(found))
    is_dated = any((own := _THIS_AT.match(block.words)) and own["editorial"] for block in found[-MAX_LAST:])
    return is_named and is_dated and day == max(date for block in found for date in dates_in(block.words))
