"""Dates as JATS writes them: in parts, in any order, or as `iso-8601-date`."""

import re

from watermark.notice.dates import date_in_words, iso_date
from watermark.notice.xml import Element, attribute, child, children, words_of

_LEAST_WANTED = ("collection", "issue", "preprint", "nihms-submitted", "pmc-release", "received", "accepted")


def date_of(element: Element) -> str:
    """Return the ISO 8601 form of a JATS date, as precise as it is; an empty string when it is none.

    The parts may come in any order, and the month may be a number or a word. `iso-8601-date` and the parts must
    not contradict each other: then the date is not read.
    """
    stated = iso_date(attribute(element, "iso-8601-date")[:10])
    parts = _from_parts(element) or date_in_words(words_of(child(element, "string-date")))
    if stated and parts:
        longer, shorter = sorted((stated, parts), key=len, reverse=True)
        return longer if longer.startswith(shorter) else ""
    return stated or parts


def published(meta: Element) -> str:
    """Return the day on which the record's own article was published: electronically before in print.

    The date of an issue or a collection is taken only when there is no other.
    """
    dates = sorted(children(meta, "pub-date"), key=_rank)
    return next((date for element in dates if (date := date_of(element))), "")


def _rank(element: Element) -> int:
    kind = f"{attribute(element, 'pub-type')} {attribute(element, 'date-type')}".lower()
    if any(word in kind for word in _LEAST_WANTED):
        return 2
    is_electronic = "epub" in kind or attribute(element, "publication-format").lower().startswith(("e", "online"))
    return 0 if is_electronic else 1


def _from_parts(element: Element) -> str:
    year, month, day = (words_of(child(element, part)) for part in ("year", "month", "day"))
    if not re.fullmatch("[0-9]{4}", year):
        return ""
    if not month:
        return iso_date(year)
    if re.fullmatch("[0-9]{1,2}", month):
        written = f"{year}-{int(month):02}"
        if not day:
            return iso_date(written)
        return iso_date(f"{written}-{int(day):02}") if re.fullmatch("[0-9]{1,2}", day) else ""
    return date_in_words(f"{day} {month} {year}" if day else f"{month} {year}")
