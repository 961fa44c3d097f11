# ruff: noqa: RUF001 - letters of other scripts are meant
"""The date of a notice: that of a labelled line, or of a line of its heading or foot."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from watermark.notice.dates import dates_in, iso_date, month_in, without_dates
from watermark.notice.doi import dois_in
from watermark.notice.extraction import field_names
from watermark.notice.extraction.article_numbers import has_volume_and_pages
from watermark.notice.extraction.block_roles import LABEL_AND_STOP, ONLY_A_DOI
from watermark.notice.extraction.citation_roles import MIN_YEARS_EARLIER
from watermark.notice.extraction.citation_styles import read_styled
from watermark.notice.extraction.dated_lines import THIS_WAS_PUBLISHED, has_day
from watermark.notice.extraction.field_groups import published_beside_the_article
from watermark.notice.extraction.fields import Fields, fields_in
from watermark.notice.extraction.own_page import is_preprint_page
from watermark.notice.extraction.single_days import (
    LETTERS,
    MAX_SENTENCES,
    ONLY_FIRST,
    at_the_end,
    below_label,
    day_in_record,
    day_of_the_deed,
    first_beside_doi,
    first_published,
    head_of,
    posted,
    published_since,
    published_since_signed,
    signed_at,
    told_in,
    year_of_copyright,
)
from watermark.notice.extraction.state_phrases import (
    is_label_in_place,
    is_statement,
    names_its_article,
    parse_state,
    split_title_label,
)
from watermark.notice.extraction.zones import Zones, is_prose
from watermark.notice.model import Reference
from watermark.notice.text_blocks import Block
from watermark.runtime.expressions import expression

_OWN_DATE = expression(
    r"(?:\b(?:(?:(?<!first )published(?: online)?(?:,? (?:as |in )?(?:[a-z]{2,5} )?(?:papers? in press|early view"
    r"|(?:final|electronic|print|online) (?:form|version|edition)))?(?: on)?|(?:^|(?<=[;,|] ))online(?=:? [0-9])"
    r"|publication date|publish date|date of publication|released"
    r"|version of record online|last revised|publication in this collection"
    r"|publica(?:ção nesta coleção|ción en esta colección)"
    r"|publiée?(?: en ligne)?(?: le)?|mise? en ligne(?: le)?|publicad[oa](?: en línea| online)?(?: el| em)?"
    r"|(?:online )?(?:veröffentlicht|publiziert|erschienen)(?: am)?|pubblicat[oa](?: online)?(?: il)?"
    r"|opublikowan[oay](?: online)?|опубликован[оаы]?(?: онлайн)?|оприлюднено)"
    r"|(?P<early>first published(?: online)?(?: as 10\.\S{4,80})?(?: on)?|published(?: online)? ahead of print"
    r"|published(?: online)? as 10\.\S{4,80} on"
    r"|advance (?:access|online) (?:publication|published)(?: date)?|available(?: online)?(?: on)?"
    r"|pre-?published(?: online)?|issued|posted(?: online)?(?: on)?|dated"
    r"|e-?pub(?:lished)?))\b"
    r"|(?<![期早])公[開开]日|发布日期|發布日期|发布时间|出版日期|掲載日|게재일|발행일)"
    r"(?: by (?:[^:]{3,60}:|[^:0-9]{3,40}(?= [0-9A-Z])))?\W{0,3}",
    re.IGNORECASE,
)
"""The label of the day on which a work was published; `early` is one of which a paper may have another one, too."""
_NOT_OWN = expression(r"\b(?:received|accepted|revised|submitted|was|were|is|has|first published)\b", re.IGNORECASE)
_BESIDE_A_DATE = expression(
    r"\([0-9]{1,2} [A-Z][a-z]{2,8} [0-9]{4}\)|\bcite\b|citation|\bvol(?:ume|\.| [0-9])|\bissue\b|[|•·]"
    r"|\([A-Z][a-z]+ [0-9]{1,2}, [0-9]{4}\)",
    re.IGNORECASE,
)
_VIOLATION = expression(r"notice of violation\b", re.IGNORECASE)
"""The title under which the record of a paper says that it is retracted."""
_WAS_OUT = expression(r",(?: which was)? (?:first |originally )?published[^.;:()]{4,60},(?= (?:was|is|has been) )")
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
_SIGNED = expression(
    r".{0,60}(?:编辑部|编委会|编辑委员会|編輯部|編輯委員會|出版社|編集部|編集委員会|杂志社|雜誌社|学会|學會"
    r"|편집위원회|편집부|학회"
    r"|editors?|editorial (?:office|board|team)"
    r"|publisher|redaktion|redakcja|redacción|la rédaction|редакция|redazione|redação)\W*",
    re.IGNORECASE | re.DOTALL,
)
_NAME = expression(r"[^\W\d_a-zа-я][^\d:;()\[\]]{2,90}?[,.]+ *")
_SHORT_YEAR = expression(
    r"published(?: online)?:? (?P<day>[0-9]{2})\.(?P<month>[0-9]{2})\.(?P<year>[0-9]{2})(?!\.?[0-9])"
)
_COPYRIGHT = expression(r"[©ª][^.]{0,60}\.?(?: [0-9]{1,6}$)?")
"""The sign and the owner; some fonts give the letter ª for the sign."""
_PUBLISHED_BEHIND = frozenset(
    {"公開", "発行", "掲載", "公开", "发布", "发表", "게재", "발행", "공개", "published", "online"}
)
_MAX_SIGNATURE = 120
_VERSION = expression(r"\[version [0-9]", re.IGNORECASE)
_PUBLISHED_IN = expression(
    r"\W{0,3}(?:published(?: online)?(?: in)?|publicad[oa](?: en| em)?|publiée? en|pubblicat[oa] (?:in|a)"
    r"|(?:veröffentlicht|erschienen) im|opublikowano w|опубликовано в)\W{0,3}[^\W\d_]{3,12}\.?,? (?:de |del )?"
    r"[12][0-9]{3}\W*",
    re.IGNORECASE,
)
"""A line that gives the month of publication: `Publicado en abril de 2019`."""
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
    certain = day_in_record(found) or first_beside_doi(found, notice) or below_label(found)
    if certain or (not notice and _is_of_article(found, title, article)):
        return certain or _on_own_page(found, fields)
    if later := published_since_signed(found, fields.value(field_names.DATE)):
        return later
    if _is_ahead(body, fields):
        return ""
    beside = published_beside_the_article(found, notice)
    # on the own page of a version, the day of publication is that of the version
    date = fields.value(field_names.DATE) if is_label_in_place(title) and _VERSION.search(title) else fields.date
    is_later = bool(article.year) and date[:4] >= str((article.year or 0) + MIN_YEARS_EARLIER)
    if date in beside and not fields.has(field_names.DATE) and not is_later:
        date = ""
    below = date if date in _below_the_article(found, article.doi) and not fields.has(field_names.DATE) else ""
    date = "" if below else date
    if date and _is_signature(found, date):
        date, below = fields.value(field_names.PUBLISHED) or published_since(found, date), date
    is_open = not date or _is_of_letter(fields)
    own = {day for block in found if (day := _day_of_this(block.words))} if is_open else set()
    date = own.pop() if len(own) == 1 else date
    if not date:
        date = _in_lines(body, title, zones, article)
        first = first_published(head_of(found), signed=below or date)
        date = max(first, date) or below or at_the_end(found, article.year) or signed_at(found)
    return date if date[:4] >= max(str(article.year or ""), year_of_copyright(found)) else ""


def _is_of_article(found: Sequence[Block], title: str, article: Reference) -> bool:
    """Tell whether a page is the article's own, where a day of publication is the article's."""
    is_own_page = is_label_in_place(title) and (article.doi or _is_own_page(found))
    return bool(is_own_page or is_preprint_page(found) or _VIOLATION.match(title))


def _on_own_page(found: Sequence[Block], fields: Fields) -> str:
    """Return the day that the article's own page calls that of the deed; a withdrawn preprint is posted on that day."""
    called = fields.value(field_names.DATE) or day_of_the_deed(found)
    return called or (posted(found) if is_preprint_page(found) else "")


def _is_ahead(body: Sequence[Block], fields: Fields) -> bool:
    """Tell whether a letter announces a notice that is not published yet: its day is the letter's."""
    return _is_of_letter(fields) and any(_AHEAD.search(block.words[:MAX_SENTENCES]) for block in body)


def _is_of_letter(fields: Fields) -> bool:
    """Tell whether the labelled lines give no day but that of a letter."""
    is_of_letter = all(_OF_A_LETTER.match(field.line) for field in fields.found if field.kind == field_names.DATE)
    return is_of_letter and not fields.has(field_names.PUBLISHED)


def _in_lines(body: Sequence[Block], title: str, zones: Zones, article: Reference) -> str:
    """Return the one day of the newest year that lines without a label give, else the one month; else ""."""
    lines = [
        (number, block.words)
        for number, block in enumerate(body)
        if number != zones.references and not _is_of_the_article(number, body, article)
    ]
    dates = {date for _, words in lines for date in _published_dates(words)}
    if not dates:
        in_head = zones.first_sentence
        dates = {date for number, words in lines for date in _own_dates(words, in_head=number < in_head)}
    dates |= set(dates_in(title)[:1]) if has_day(title) else set()
    newest = max(dates, default="")[:4]
    dates = {date for date in dates if date[:4] == newest}  # an older one is the article's
    dates -= {date[:7] for date in dates if len(date) > 7}  # the month of the issue in which that day is
    if dates:
        return dates.pop() if len(dates) == 1 else ""
    months = {month for number, words in lines[:6] if number < zones.first_sentence for month in _own_month(words)}
    months |= {month_in(words.rstrip(" ."))[0] for _, words in lines if _PUBLISHED_IN.fullmatch(words)} - {""}
    return months.pop() if len(months) == 1 else ""


def _is_own_page(found: Sequence[Block]) -> bool:
    """Tell whether the one DOI of a text is in its heading: it is the page of the article."""
    dois = {doi for block in found for doi in dois_in(block.words)}
    return len(dois) == 1 and any(dois_in(block.words) for block in head_of(found))


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


def _is_of_the_article(number: int, body: Sequence[Block], article: Reference) -> bool:
    """Tell whether a block is a paragraph, or the citation of the article: its dates are not the notice's."""
    block = body[number]
    doi = article.doi
    if article.volume and re.search(
        rf"\bvol(?:ume|\.)? ?{re.escape(article.volume)}\b", block.words[:600], re.IGNORECASE
    ):
        return True
    announced = number > 0 and body[number - 1].words.rstrip().endswith(":")
    if len(block.words) >= 600 or announced or is_prose(block) or bool(doi and doi in dois_in(block.words)):
        return True
    return bool(dates_in(block.words)) and not dois_in(block.words) and has_volume_and_pages(block.words)


def _day_of_this(words: str) -> str:
    """Return the date in `This letter was published on June 4, 2020`; an empty string where no sentence says so."""
    if short := _SHORT_YEAR.search(words[:MAX_SENTENCES]):
        return iso_date(f"20{short['year']}-{short['month']}-{short['day']}")
    if own := THIS_WAS_PUBLISHED.search(words[:600]):
        return next(iter(dates_in(words[own.end() : own.end() + 24])), "")
    return told_in(_WAS_OUT.sub("", words))


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
        or names_its_article(words)
        or ONLY_FIRST.fullmatch(words) is not None
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
        or not LETTERS.search(rest)
        or rest.strip(" .,:：()（）|") in _PUBLISHED_BEHIND
        or _JOURNAL_AND_VOLUME.fullmatch(rest.strip(" .,"))
        or (len(words) < _MAX_SIGNATURE and _SIGNED.fullmatch(rest))
        or (in_head and _NAME.fullmatch(f"{rest.rstrip(' :')}, " if rest.endswith(":") else rest.rstrip() + " "))
    )
    return dates[:1] if is_own and len(set(dates)) == 1 else ()


def _own_month(words: str) -> Iterator[str]:
    """Yield the month of the journal's own line in the heading: `Journal of Ponds, May 2024`."""
    month, name = month_in(_PAGE_BEHIND.sub("", words).rstrip(")"))
    name = f"{name[:-1].rstrip()}," if name.endswith("(") and words.endswith(")") else name
    if month and _NAME.fullmatch(f"{name.rstrip()} ") and not dois_in(words):
        yield month
