"""The dates of Retraction Watch's list: the month or the day in front, as the list was saved."""

from functools import lru_cache

from watermark.notice.dates import iso_date
from watermark.runtime.expressions import expression

_DATE = expression(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})(?:[ T].{0,20})?")


MAX_DATES = 10_000
"""How many dates are kept: the records of one list share most of theirs."""


def date_read(text: str, *, day_first: bool = False) -> str:
    """Return the ISO 8601 form of a date in the list, its hour left out; an empty string when it is none.

    `day_first` says how a date is read that can be read in two ways; a number beyond 12 can only be a day.
    """
    text = text.strip()
    if stated := iso_date(text[:10]):
        return stated
    found = _DATE.fullmatch(text)
    if found is None:
        return ""
    month, day, year = int(found[1]), int(found[2]), found[3]
    if month > 12 or (day_first and day <= 12):
        month, day = day, month
    return iso_date(f"{year}-{month:02}-{day:02}")


@lru_cache(maxsize=MAX_DATES)
def _numbers(text: str) -> tuple[int, int]:
    """Return the first two numbers of a date, or zeros where it is none."""
    found = _DATE.fullmatch(text.strip())
    return (int(found[1]), int(found[2])) if found else (0, 0)


def is_day_first(text: str) -> bool:
    """Tell whether the first number of a date can only be its day."""
    first, second = _numbers(text)
    return 12 < first <= 31 and 1 <= second <= 12


def is_month_first(text: str) -> bool:
    """Tell whether the second number of a date can only be its day."""
    first, second = _numbers(text)
    return 1 <= first <= 12 and 12 < second <= 31


def is_ambiguous(text: str) -> bool:
    """Tell whether a date can be read in two ways."""
    first, second = _numbers(text)
    return 1 <= first <= 12 and 1 <= second <= 12 and first != second
