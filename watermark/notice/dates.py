"""Dates as notices print them, as ISO 8601. A date that can be read in two ways is not read."""

import re
from datetime import date

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.?,? ([0-9]{4})")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_MONTH_ONLY = re.compile(r"([A-Za-z]{3,9})\.?,? ([0-9]{4})")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def iso_date(text: str) -> str:
    """Return `text` when it is an ISO 8601 date (`2024-05-01`, `2024-05` or `2024`), else an empty string."""
    found = _ISO.fullmatch(text)
    if found is None:
        return ""
    year, month, day = (int(part or 1) for part in found.groups())
    return text if _exists(year, month, day) else ""


def date_in_words(text: str) -> str:
    """Return the ISO 8601 form of `5 May 2024`, `May 5, 2024`, `May 2024` or an ISO date, else an empty string.

    `05/06/2024` is not read: it is two different days on two sides of an ocean.
    """
    text = " ".join(text.split()).rstrip(".")
    if iso := iso_date(text):
        return iso
    if found := _DAY_FIRST.fullmatch(text):
        return _written(found[3], found[2], found[1])
    if found := _MONTH_FIRST.fullmatch(text):
        return _written(found[3], found[1], found[2])
    if found := _MONTH_ONLY.fullmatch(text):
        return _written(found[2], found[1], "1")[:7]
    return ""


def _written(year: str, month_name: str, day: str) -> str:
    months = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(month_name.lower())]
    if len(months) != 1 or not _exists(int(year), months[0], int(day)):
        return ""
    return f"{year}-{months[0]:02}-{int(day):02}"


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return year >= 1600
