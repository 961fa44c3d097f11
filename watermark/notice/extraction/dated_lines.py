"""The lines of a notice that give a day which may be that of its publication."""

import re
from collections.abc import Iterator, Sequence

from watermark.notice.dates import dates_in, without_dates
from watermark.notice.doi import dois_in
from watermark.notice.extraction import field_names
from watermark.notice.extraction.fields import fields_in
from watermark.notice.extraction.state_phrases import split_title_label
from watermark.notice.extraction.zones import is_prose
from watermark.notice.text_blocks import Block
from watermark.runtime.expressions import expression

_PUBLISHED_ON = expression(
    r"\b(?:(?:article )?published(?: online)?(?: on| by [^:0-9]{3,60}:)?|publish date|issued|posted)(?!\w)\W{0,3}"
    r"(?=[0-9A-Z])",
    re.IGNORECASE,
)
THIS_WAS_PUBLISHED = expression(
    r"(?:\b(?:this|the (?:following|attached|enclosed|present|accompanying)) (?:letter|notice|retraction(?: notice)?"
    r"|note|statement|(?:editorial )?expression of concern|withdrawal) (?:was|has been) (?:first )?"
    r"|^(?:(?:retraction|withdrawal|removal)(?: (?:notice|note|statement))?|notice) (?:first )?)"
    r"(?:published|posted)(?: online)?(?: on)?(?: |: ?)(?=[0-9A-Z])",
    re.IGNORECASE,
)
MAX_DATED, MAX_DATE, MAX_BESIDE = 240, 40, 160
_TYPE_OF_NOTICE = expression(
    r"(?:(?:article|document|publication|content|paper|item) )?type\W{1,3}(?:(?:erratum|published erratum)\W{1,3})?"
    r"(?:retraction|withdrawal|expression of concern)(?: (?:note|notice))?\W*",
    re.IGNORECASE,
)
OF_THE_ORIGINAL = expression(r"\boriginal (?:article|paper|publication)\b", re.IGNORECASE)
_CITED_WITH_DAY = expression(
    r"\b(?:19|20)[0-9]{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? [0-9]{1,2};"
)
COPYRIGHT_YEAR = expression(r"(?:©|\(c\)|\bcopyright\b)[^.]{0,20}?(?P<year>(?:19|20)[0-9]{2})(?![0-9])", re.IGNORECASE)


def own_year(found: Sequence[Block]) -> int:
    """Return the year of the newest day or copyright that a notice gives for itself; 0 where it gives none."""
    years = [date[:4] for date in own_dates(found)]
    years += [sign["year"] for block in found for sign in COPYRIGHT_YEAR.finditer(block.words[:MAX_DATED])]
    return int(max(years, default="0"))


def own_dates(found: Sequence[Block]) -> tuple[str, ...]:
    """Return the days that the labelled lines, the lines with a DOI and the lines that are a date alone give."""
    return (*_published(found), *_beside_dois(found), *_alone(found))


def has_day(words: str) -> bool:
    """Tell whether words are a citation with a day, as notices have of themselves: `2024 May 4;`."""
    return _CITED_WITH_DAY.search(words) is not None


def is_dated_as_published(block: Block) -> bool:
    """Tell whether a line that is not a sentence gives the day of publication: `Lakes 5 | Published: 3 July 2014`."""
    own = _PUBLISHED_ON.search(block.words[:MAX_DATED])
    is_dated = own is not None and bool(dates_in(block.words[own.end() : own.end() + 24]))
    return is_dated and not is_prose(block) and not dois_in(block.words)


def is_beside_publication(beside: Sequence[Block]) -> bool:
    """Tell whether one of the lines beside a line gives the whole day of publication, or the type of a notice."""
    return any(is_typed_as_notice(one.words) for one in beside) or any(
        field.kind == field_names.PUBLISHED and len(field.value) == 10
        for one in beside
        for field in fields_in(one.marked_up)
    )


def is_typed_as_notice(words: str) -> bool:
    """Tell whether a line calls what has the DOI beside it a notice: `Article type: Retraction`."""
    return "ype" in words and _TYPE_OF_NOTICE.fullmatch(words) is not None


def dates_beside(beside: Sequence[Block]) -> list[str]:
    """Return the dates on the lines beside a line, without those of the original article."""
    return [date for one in beside if OF_THE_ORIGINAL.search(one.words) is None for date in dates_in(one.words)]


def is_beside_a_date(beside: Sequence[Block]) -> bool:
    """Tell whether one of the lines beside a line gives a date of its own, and none of them describes the article."""
    beside = [one for one in beside if OF_THE_ORIGINAL.search(one.words) is None]
    kinds = {field.kind for one in beside for field in fields_in(one.marked_up)}
    is_typed = any(is_typed_as_notice(one.words) for one in beside)
    if is_typed or kinds & {field_names.PUBLISHED, field_names.DATE}:
        return True
    is_dated = any(
        dates_in(one.words) and len(one.words) < MAX_BESIDE and not is_prose(one) and not dois_in(one.words)
        for one in beside
    )
    return is_dated and not kinds & {field_names.TITLE, field_names.AUTHORS}


def _published(found: Sequence[Block]) -> Iterator[str]:
    """Yield the whole dates of the lines that are labelled as dates, and those that a line calls its publication's."""
    for block in found:
        if len(block.words) < MAX_DATED and (own := _PUBLISHED_ON.search(block.words)) and _may_be_own(block):
            yield from dates_in(block.words[own.end() : own.end() + 24])[:1]
        for field in fields_in(block.marked_up):
            if field.kind in {field_names.PUBLISHED, field_names.DATE} and len(field.value) == 10:
                yield field.value


def _may_be_own(block: Block) -> bool:
    return not is_prose(block) and OF_THE_ORIGINAL.search(block.words) is None


def _beside_dois(found: Sequence[Block]) -> Iterator[str]:
    """Yield the dates of the lines with a DOI that are neither a sentence nor a citation with a label."""
    for block in found:
        words = block.words
        if len(words) < MAX_DATED and dois_in(words) and split_title_label(words)[1] is None and not is_prose(block):
            yield from dates_in(words)


def _alone(found: Sequence[Block]) -> Iterator[str]:
    """Yield the dates that are a line of their own."""
    for block in found:
        if len(block.words) < MAX_DATE and not re.search(r"[^\W\d_]", without_dates(block.words)):
            yield from dates_in(block.words)
