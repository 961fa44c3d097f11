# ruff: noqa: RUF001 - letters of other scripts are meant
"""The date of a notice: that of a labelled line, or of a line of its heading or foot."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from watermark.notice.dates import dates_in, iso_date, month_in, without_dates
from watermark.notice.doi import dois_in
from watermark.notice.extraction import field_names
from watermark.notice.extraction.block_roles import LABEL_AND_STOP, ONLY_A_DOI, THIS_WAS_PUBLISHED
from watermark.notice.extraction.citation_roles import MIN_YEARS_EARLIER
from watermark.notice.extraction.citation_styles import read_styled
from watermark.notice.extraction.field_groups import published_beside_the_article
from watermark.notice.extraction.fields import Fields, fields_in
from watermark.notice.extraction.own_page import is_preprint_page
from watermark.notice.extraction.state_phrases import (
    is_label_in_place,
    is_statement,
    parse_state,
    split_title_label,
)
from watermark.notice.extraction.zones import Zones, is_prose
from watermark.notice.model import Reference
from watermark.notice.text_blocks import Block
from watermark.runtime.expressions import expression

_OWN_DATE = expression(
    r"(?:\b(?:(?:(?<!first )published(?: online)?(?: on)?|publication date|publish date|date of publication|released"
    r"|version of record online|last revised"
    r"|publiée?(?: en ligne)?(?: le)?|mise? en ligne(?: le)?|publicad[oa](?: en línea| online)?(?: el| em)?"
    r"|(?:online )?(?:veröffentlicht|publiziert)(?: am)?|pubblicat[oa](?: online)?(?: il)?"
    r"|opublikowan[oay](?: online)?|опубликован[оаы]?(?: онлайн)?|оприлюднено)"
    r"|(?P<early>first published(?: online)?(?: as 10\.\S{4,80})?(?: on)?|published(?: online)? ahead of print"
    r"|published(?: online)? as 10\.\S{4,80} on|available online|issued|posted|dated|e-?pub(?:lished)?))\b"
    r"|(?<![期早])公[開开]日|发布日期|發布日期|发布时间|出版日期|掲載日|게재일|발행일)"
    r"(?: by (?:[^:]{3,60}:|[^:0-9]{3,40}(?= [0-9A-Z])))?\W{0,3}",
    re.IGNORECASE,
)
"""The label of the day on which a work was published; `early` is one of which a paper may have another one, too."""
_NOT_OWN = expression(r"\b(?:received|accepted|revised|submitted|was|were|is|has|first published)\b", re.IGNORECASE)
_BESIDE_A_DATE = expression(
    r"\([0-9]{1,2} [A-Z][a-z]{2,8} [0-9]{4}\)|\bcite\b|citation|\bvol(?:ume|\.)|\bissue\b|\||\([A-Z][a-z]+ [0-9]{1,2},"
    r" [0-9]{4}\)",
    re.IGNORECASE,
)
_ONLY_FIRST = expression(r"first published [^:|]{4,30}", re.IGNORECASE)
_THIS_AT = expression(
    r"this (?:article|notice|letter|editorial) was (?:first )?published (?:online )?on .{6,60}$", re.IGNORECASE
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
    r"\b[Tt]his (?:article|paper|chapter|publication|preprint|review) (?:was|is|has been)"
    r" (?:retracted|withdrawn|removed)\b"
    r"[^.();]{0,80}(?:\bon |\()(?P<day>[0-9A-Z][^().;]{7,24})"
)
"""A sentence that gives the day of the deed: `This chapter has been removed by the Press (2 September 2021)`."""
_DATED_LABEL = expression(r"(?P<label>[^\W\d_a-z][^.()]{4,60}) \((?P<day>[^()]{8,24})\)[.:] ")
_DECLARED = expression(r"retra|rétra|ritratt|withdr|retir|zurück", re.IGNORECASE)
"""The name of a notice with its day, in front of its sentences: `NOTICE OF RETRACTION (5 October 2021). This …`."""
_VIOLATION = expression(r"notice of violation\b", re.IGNORECASE)
"""The title under which the record of a paper says that it is retracted."""
_FIRST_ON = expression(r"first published on [0-9]{1,2}(?:st|nd|rd|th) ", re.IGNORECASE)
_RETRACTED_ON = expression(
    r"\b(?:article|paper|chapter|publication) (?:was|is|has been) (?:hereby |therefore )?(?:retracted|withdrawn) on ",
    re.IGNORECASE,
)
MAX_SENTENCES = 2_000
_POSTED = expression(r"(?:version [0-9]{1,3} )?posted(?: on)?:? [^:|]{4,30}$", re.IGNORECASE)
_IS_SIGNED = expression(r"\W*(?:signed|signature|on behalf of)\b", re.IGNORECASE)
_JOURNAL_AND_VOLUME = expression(
    r"[^\W\d_a-z][\w .&'-]{3,80}?[ ,]+[0-9]{1,4}(?: ?\([0-9]{1,3}\)[ ,:]{0,2}|, )e?[0-9]{1,7},?"
)
_AHEAD = expression(
    r"\b(?:notice|note|retraction|statement)\b[^.]{0,60} will (?:shortly |soon )?"
    r"(?:appear|be (?:published|printed|included))\b"
    r"|\b(?:(?:notice|note|retraction|statement) has not(?: yet)?|it has not yet) (?:been published|appeared)\b",
    re.IGNORECASE,
)
"""A letter about a notice that is not yet published: the date above it is the letter's."""
_OF_A_LETTER = expression(r"\W*(?:date|sent|datum|gesendet|fecha|data|дата)\b\W*:", re.IGNORECASE)
_LETTERS = expression(r"[^\W\d_]")
_SIGNED = expression(
    r".{0,60}(?:编辑部|编委会|編集部|編集委員会|杂志社|学会|편집위원회|편집부|학회"
    r"|editors?|editorial (?:office|board|team)"
    r"|publisher|redaktion|redakcja|redacción|la rédaction|редакция|redazione|redação)\W*",
    re.IGNORECASE | re.DOTALL,
)
_NAME = expression(r"[^\W\d_a-zа-я][^\d:;()\[\]]{2,90}?[,.]+ *")
_RECORDED = expression(
    r"(?:retract(?:ion|ed)|withdrawal|expression of concern|removal) in\b\W*"
    r"|(?:retraction|expression of concern): (?=[^:]{4,80}\b[12][0-9]{3} )",
    re.IGNORECASE,
)
"""How the record of a paper cites the notice about it."""
_TO_THE_ARTICLE = expression(
    r"(?:retraction|withdrawal|removal|expression of concern)(?: note| notice)? (?:to|of|for)\b", re.IGNORECASE
)
_ON_THE_DAY = expression(r"(?:first )?published(?: online)? on ", re.IGNORECASE)
_SHORT_YEAR = expression(
    r"published(?: online)?:? (?P<day>[0-9]{2})\.(?P<month>[0-9]{2})\.(?P<year>[0-9]{2})(?!\.?[0-9])"
)
_COPYRIGHT = expression(r"[©ª][^.]{0,60}\.?(?: [0-9]{1,6}$)?")
"""The sign and the owner; some fonts give the letter ª for the sign."""
_OF_AUTHORS = expression(
    r"(?:©|copyright)[^.]{0,20}?(?:(?P<before>20[0-9]{2}) the authors?|authors?(?:\(s\))?,? (?P<year>20[0-9]{2}))",
    re.IGNORECASE,
)
_PUBLISHED_BEHIND = frozenset({"公開", "発行", "掲載", "公开", "发布", "发表", "게재", "발행", "공개", "published", "online"})
_PLACE = expression(
    r"(?!(?i:published|received|accepted|revised|online|posted|printed|downloaded|accessed)\b)"
    r"(?:[^\W\d_a-zа-я][\w.&'-]{1,30}(?: (?:of|and|the|de|der|und|et|i) )?[ ,]{0,2}){1,8}",
)
_MAX_SIGNATURE, MAX_DATE_LINE = 120, 80
_VERSION = expression(r"\[version [0-9]", re.IGNORECASE)
_PAGE_BEHIND = expression(r",? pp?\. ?[0-9]{1,6}(?:[-\u2013][0-9]{1,6})?\.?$")


def notice_date(  # noqa: PLR0913, PLR0917 - the facts that were found on the way
    found: Sequence[Block],
    fields: Fields,
    title: str,
    body: Sequence[Block],
    zones: Zones,
    article: Reference,
    notice: str,
) -> str:
    """Return the notice's date: from a labelled line, else from a line of its heading or foot; "" where two differ.

    A day outweighs the month that the journal's own line gives. A date before the article's year is not the notice's,
    and on the article's own page, which has no DOI of a notice (`notice`), only a day that is called the notice's is.
    """
    if recorded := _day_in_record(found) or _first_beside_doi(found, notice) or _below_label(found):
        return recorded
    is_own_page = is_label_in_place(title) and (article.doi or _is_own_page(found))
    if not notice and any(is_preprint_page(block.words) for block in found):
        return fields.value(field_names.DATE) or _day_of_the_deed(found) or _posted(found)
    if not notice and (is_own_page or _VIOLATION.match(title)):
        return fields.value(field_names.DATE) or _day_of_the_deed(found)
    if later := _published_since_signed(found, fields.value(field_names.DATE)):
        return later
    beside = published_beside_the_article(found, notice)
    # on the own page of a version, the day of publication is that of the version
    date = fields.value(field_names.DATE) if is_label_in_place(title) and _VERSION.search(title) else fields.date
    is_later = bool(article.year) and date[:4] >= str((article.year or 0) + MIN_YEARS_EARLIER)
    is_ahead = any(_AHEAD.search(block.words[:MAX_SENTENCES]) for block in body)
    is_of_letter = all(_OF_A_LETTER.match(field.line) for field in fields.found if field.kind == field_names.DATE)
    if is_ahead and is_of_letter and not fields.has(field_names.PUBLISHED):
        return ""
    if date in beside and not fields.has(field_names.DATE) and not is_later:
        date = ""
    below = date if date in _below_the_article(found, article.doi) and not fields.has(field_names.DATE) else ""
    date = "" if below else date
    if date and _is_signature(found, date):
        date, below = fields.value(field_names.PUBLISHED) or _published_since(found, date), date
    own = {day for block in body if (day := _day_of_this(block.words))} if not date else set()
    if len(own) == 1:
        date = own.pop()
    if not date:
        lines = [
            (number, block.words)
            for number, block in enumerate(body)
            if number != zones.references and not _is_of_the_article(number, body, article)
        ]
        dates = {date for _, words in lines for date in _published_dates(words)}
        if len(dates) > 1:
            above = [words for number, words in lines if not _is_below(number, body, article.doi)]
            dates = {date for words in above for date in _published_dates(words)}
        if not dates:
            in_head = zones.first_sentence
            dates = {date for number, words in lines for date in _own_dates(words, in_head=number < in_head)}
        dates |= set(dates_in(title)[:1]) if has_day(title) else set()
        newest = max(dates, default="")[:4]
        dates = {date for date in dates if date[:4] == newest}  # an older one is the article's
        months = {month for number, words in lines[:6] if number < zones.first_sentence for month in _own_month(words)}
        date = dates.pop() if len(dates) == 1 else months.pop() if not dates and len(months) == 1 else ""
        first = _first_published(_head_of(found), signed=below or date)
        date = max(first, date) or below or _at_the_end(found, article.year)
        date = date or _signed_at(found)
    return date if date[:4] >= max(str(article.year or ""), _year_of_copyright(found)) else ""


def _year_of_copyright(found: Sequence[Block]) -> str:
    """Return the year before which no date is the notice's: that before the year of its authors' copyright; or ""."""
    years = {
        int(sign["before"] or sign["year"])
        for block in found
        if len(block.words) < MAX_DEED
        for sign in _OF_AUTHORS.finditer(block.words)
    }
    return str(years.pop() - 1) if len(years) == 1 else ""


def _day_in_record(found: Sequence[Block]) -> str:
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


def _published_since(found: Sequence[Block], signed: str) -> str:
    """Return the day on which a notice that was signed before says that it was published; "" for none and for two."""
    days = {
        day
        for block in found
        for own in _ON_THE_DAY.finditer(block.words[:MAX_SENTENCES])
        for day in dates_in(block.words[own.end() : own.end() + 24])[:1]
    }
    days = {day for day in days if day >= signed and int(day[:4]) <= int(signed[:4]) + 1}
    return days.pop() if len(days) == 1 else ""


def _published_since_signed(found: Sequence[Block], signed: str) -> str:
    """Return the one day of a line `First published 25 February 2021` that is later than a signature; "" for none."""
    days = {day for block in found if _ONLY_FIRST.fullmatch(block.words) for day in dates_in(block.words)}
    return days.pop() if len(days) == 1 and "" < signed < max(days) else ""


def _head_of(found: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks above the first sentence, with the labelled lines."""
    return found[: next((number for number, block in enumerate(found) if is_prose(block)), len(found))]


def _first_published(head: Sequence[Block], *, signed: str) -> str:
    """Return the date of a line `First published May 17, 2022` beside the DOI of the heading; "" for none and two.

    It need not be beside the DOI where the notice was `signed` on an earlier day.
    """
    dates = {
        date
        for block, below in pairwise(head)
        for date in (dates_in(block.words) if _ONLY_FIRST.fullmatch(block.words) else ())
        if ONLY_A_DOI.match(below.words) or (signed and date >= signed) or _FIRST_ON.match(block.words)
    }
    return dates.pop() if len(dates) == 1 else ""


def _first_beside_doi(found: Sequence[Block], notice: str) -> str:
    """Return the date of a line `First published 11 February 2020` beside the notice's own DOI; "" for none and two."""
    dates = {
        date
        for pair in pairwise(found)
        for block, beside in (pair, pair[::-1])
        if _ONLY_FIRST.fullmatch(block.words) and notice and notice in dois_in(beside.words)
        for date in dates_in(block.words)
    }
    return dates.pop() if len(dates) == 1 else ""


def _below_label(found: Sequence[Block]) -> str:
    """Return the day that is printed alone below the name of the notice, as beside it in a page's head; else ""."""
    days = {
        date
        for above, block in pairwise(_head_of(found))
        if len(block.words) < MAX_DATE_LINE
        and parse_state(above.words)
        and not _LETTERS.search(without_dates(block.words))
        for date in dates_in(block.words)
    }
    return days.pop() if len(days) == 1 else ""


def _signed_at(found: Sequence[Block]) -> str:
    """Return the day of the last line, where a place or a publisher stands in front of it: `Warsaw, 30 April 2021`."""
    last = found[-1].words if found else ""
    rest = without_dates(last).strip(" .,")
    is_signed = len(last) < MAX_DATE_LINE and _PLACE.fullmatch(rest) and not split_title_label(last)[1]
    dates = dates_in(last) if is_signed and not is_prose(found[-1]) else ()
    return dates[0] if len(dates) == 1 else ""


def _is_own_page(found: Sequence[Block]) -> bool:
    """Tell whether the one DOI of a text is in its heading: it is the page of the article."""
    dois = {doi for block in found for doi in dois_in(block.words)}
    return len(dois) == 1 and any(dois_in(block.words) for block in _head_of(found))


def _day_of_the_deed(found: Sequence[Block]) -> str:
    """Return the day that a line gives for the retraction itself: `Retraction notice (21 June 2022)`; "" for two."""
    told = {
        day
        for block in found
        if (label := _DATED_LABEL.match(block.words)) and _DECLARED.search(label["label"])
        for day in dates_in(label["day"])
    } | {
        day
        for block in found
        if is_prose(block)
        for deed in _TOLD.finditer(block.words[:MAX_SENTENCES])
        for day in dates_in(deed["day"])
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


def _posted(found: Sequence[Block]) -> str:
    """Return the newest day of a line `Posted May 29, 2020`: of a withdrawn preprint, that is the last version's."""
    return max((date for block in found if _POSTED.match(block.words) for date in dates_in(block.words)), default="")


def _at_the_end(found: Sequence[Block], year: int | None) -> str:
    """Return the date with which one line says that this was first published, in a year after the article's; else ""."""
    last = [block.words for block in found[-MAX_LAST:] if _THIS_AT.match(block.words)]
    first = [block.words for block in found if _ONLY_FIRST.fullmatch(block.words)]
    dates = {date for words in (*last, *first) for date in dates_in(words)}
    return dates.pop() if len(dates) == 1 and year and min(dates)[:4] > str(year) else ""


def _below_the_article(found: Sequence[Block], doi: str) -> frozenset[str]:
    """Return the dates of publication on the line below the article's citation: they are the article's.

    They are not where another DOI is below them.
    """
    return frozenset(
        field.value
        for above, block, below in zip(found, found[1:], [*found[2:], None], strict=False)
        for field in fields_in(block.marked_up)
        if field.kind == field_names.PUBLISHED
        and _cites(above.words, doi)
        and not (below and ONLY_A_DOI.match(below.words))
    )


def _is_below(number: int, body: Sequence[Block], doi: str) -> bool:
    return number > 0 and _cites(body[number - 1].words, doi)


def _cites(words: str, doi: str) -> bool:
    return (
        bool(doi) and doi in dois_in(words) and split_title_label(words)[1] is None and bool(read_styled(words).authors)
    )


def _is_signature(found: Sequence[Block], date: str) -> bool:
    """Tell whether a date is that of a signature: it is on the line below `Signed: …`."""
    return any(
        _IS_SIGNED.match(above.words) and any(field.value == date for field in fields_in(block.marked_up))
        for above, block in pairwise(found)
    )


def has_day(words: str) -> bool:
    """Tell whether words are a citation with a day, as notices have of themselves: `2024 May 4;`."""
    return bool(re.search(r"\b(?:19|20)[0-9]{2} [A-Z][a-z]{2,8}\.? [0-9]{1,2};", words))


def _is_of_the_article(number: int, body: Sequence[Block], article: Reference) -> bool:
    """Tell whether a block is a paragraph, or the citation of the article: its dates are not the notice's."""
    block = body[number]
    doi = article.doi
    if article.volume and re.search(
        rf"\bvol(?:ume|\.)? ?{re.escape(article.volume)}\b", block.words[:600], re.IGNORECASE
    ):
        return True
    announced = number > 0 and body[number - 1].words.rstrip().endswith(":")
    return len(block.words) >= 600 or announced or is_prose(block) or bool(doi and doi in dois_in(block.words))


def _day_of_this(words: str) -> str:
    """Return the date in `This letter was published on June 4, 2020`; an empty string where no sentence says so."""
    if short := _SHORT_YEAR.search(words[:MAX_SENTENCES]):
        return iso_date(f"20{short['year']}-{short['month']}-{short['day']}")
    own = THIS_WAS_PUBLISHED.search(words[:600]) or _RETRACTED_ON.search(words[:MAX_SENTENCES])
    return next(iter(dates_in(words[own.end() : own.end() + 24])), "") if own else ""


def _published_dates(words: str) -> Sequence[str]:
    """Return the dates that a line of the heading or foot calls those of publication."""
    if (days := dates_in(words)) and parse_state(without_dates(words).strip(" |·:–—-\t")) is not None:
        return days[:1]  # `RETRACTION | 1 SEPTEMBER 2016`
    if _says_nothing(words):
        return ()
    labelled = [
        (found["early"] is not None, date)
        for found in _OWN_DATE.finditer(words)
        for date in dates_in(words[found.end() : found.end() + 24])[:1]
    ]
    is_early = all(early for early, _ in labelled)
    return [date for early, date in labelled if is_early or not early]


def _says_nothing(words: str) -> bool:
    """Tell whether no date on a line is the notice's: it is a title, a sentence, or speaks of another date."""
    is_title = split_title_label(words)[1] is not None and not LABEL_AND_STOP.match(words)
    return (
        is_title
        or _TO_THE_ARTICLE.match(words) is not None
        or _ONLY_FIRST.fullmatch(words) is not None
        or is_statement(words)
        or re.match(r"the notice\b", words, re.IGNORECASE) is not None
    )


def _own_dates(words: str, *, in_head: bool) -> Sequence[str]:
    """Return the date on a line of the heading or foot that is the notice's by its place alone."""
    if _says_nothing(words):
        return ()
    dates = dates_in(words)
    if not dates or _NOT_OWN.search(words):
        return ()
    rest = _COPYRIGHT.sub(" ", without_dates(words))
    is_own = (
        dois_in(words)
        or has_day(words)
        or _BESIDE_A_DATE.search(words)
        or not _LETTERS.search(rest)
        or rest.strip(" .,:：()（）|") in _PUBLISHED_BEHIND
        or _JOURNAL_AND_VOLUME.fullmatch(rest.strip(" .,"))
        or (len(words) < _MAX_SIGNATURE and _SIGNED.fullmatch(rest))
        or (in_head and _NAME.fullmatch(f"{rest.rstrip(' :')}, " if rest.endswith(":") else rest.rstrip() + " "))
    )
    return dates[:1] if is_own and len(set(dates)) == 1 else ()


def _own_month(words: str) -> Iterator[str]:
    """Yield the month of the journal's own line in the heading: `Journal of Ponds, May 2024`."""
    month, name = month_in(_PAGE_BEHIND.sub("", words))
    if month and _NAME.fullmatch(f"{name.rstrip()} ") and not dois_in(words):
        yield month
