# ruff: noqa: RUF001 - months in other scripts
"""Dates as notices print them, as ISO 8601. A date that can be read in two ways is not read."""

import re
from datetime import date
from functools import lru_cache

from watermark.notice.remembered import remembered
from watermark.runtime.expressions import expression

_YEAR = r"((?:1[6-9]|20)[0-9]{2})(?![0-9])"
_ISO = expression(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_NAME = r"[^\W\d_]{3,12}"
_DAY_FIRST = expression(
    rf"(?<![\w.])([0-9]{{1,2}})(?:st|nd|rd|th|er|\.|º|o)?[ /-](?:de |d[’'])?({_NAME})\.?,?[ /-](?:de "
    rf"|del )?{_YEAR}(?:"
    rf" ?(?:г\.|года|r\.))?",
    re.IGNORECASE,
)
_MONTH_FIRST = expression(rf"({_NAME})\.? ([0-9]{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}", re.IGNORECASE)
_YEAR_FIRST = expression(rf"(?<![\w.]){_YEAR},? \(?({_NAME})\.? ([0-9]{{1,2}})\b\)?", re.IGNORECASE)
_MONTH_ONLY = expression(rf"({_NAME})\.?,? (?:de )?{_YEAR}", re.IGNORECASE)
_MONTH_AT_THE_END = expression(rf"{_MONTH_ONLY.pattern}$", re.IGNORECASE)
_DOTTED = expression(r"(?<![0-9.])([0-9]{1,2})\.([0-9]{1,2})\.((?:19|20)[0-9]{2})(?![0-9.]?[0-9])")
"""Day, month and year with stops between them: no country writes the month first so."""
_YEAR_IN_FRONT = expression(r"(?<![0-9./-])((?:19|20)[0-9]{2})[./-]([0-9]{1,2})[./-]([0-9]{1,2})(?![0-9./-]?[0-9])")
_IN_DIGITS = expression(r"(?<![0-9./-])([0-9]{1,2})[/-]([0-9]{1,2})[/-]((?:19|20)[0-9]{2})(?![0-9./-]?[0-9])")
_EAST_ASIAN = expression(r"([0-9]{4}) ?[年년] ?([0-9]{1,2}) ?[月월](?: ?([0-9]{1,2}) ?[日일])?")
_ANY_YEAR = expression(r"(?:1[6-9]|2[0-9])[0-9]{2}")
_IN_TEXT = expression(
    "|".join(
        f"(?:{pattern.pattern})"
        for pattern in (
            expression(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b"),
            _DAY_FIRST,
            _MONTH_FIRST,
            _YEAR_FIRST,
            _EAST_ASIAN,
            _DOTTED,
            _YEAR_IN_FRONT,
            _IN_DIGITS,
        )
    ),
    re.IGNORECASE,
)
_MONTHS = tuple(
    tuple(names.split())
    for names in (
        "january januar jänner enero janvier gennaio janeiro stycznia styczeń января январь січня",
        "february februar febrero février febbraio fevereiro lutego luty февраля февраль лютого",
        "march märz marzo mars março marca marzec марта березня",
        "april abril avril aprile kwietnia kwiecień апреля апрель квітня",
        "may mai mayo maggio maio maja мая май травня",
        "june juni junio juin giugno junho czerwca czerwiec июня июнь червня",
        "july juli julio juillet luglio julho lipca lipiec июля июль липня",
        "august agosto août sierpnia sierpień августа серпня",
        "september sept septiembre setiembre septembre settembre setembro września wrzesień сентября сентябрь вересня",
        "october oktober octubre octobre ottobre outubro października октября октябрь жовтня",
        "november noviembre novembre novembro listopada ноября ноябрь листопада",
        "december dezember diciembre décembre dicembre dezembro grudnia grudzień декабря декабрь грудня",
    )
)


def iso_date(text: str) -> str:
    """Return `text` when it is an ISO 8601 date (`2024-05-01`, `2024-05` or `2024`), else an empty string."""
    found = _ISO.fullmatch(text)
    if found is None:
        return ""
    year, month, day = (int(part or 1) for part in found.groups())
    return text if _exists(year, month, day) else ""


def date_in_words(text: str) -> str:
    """Return the ISO 8601 form of `5 May 2024`, `May 5, 2024`, `2024 May 5`, `May 2024` or an ISO date, else "".

    Months may be in any of eight European languages, and dates in Chinese, Japanese or Korean form. `05/06/2024` is
    not read: it is one day in Europe and another in America; `02/24/2024` can be one day only.
    """
    text = " ".join(text.split()).rstrip(".").removesuffix(" г").removesuffix(" r")
    if iso := iso_date(text):
        return iso
    for pattern, (year, month, day) in ((_DAY_FIRST, (3, 2, 1)), (_MONTH_FIRST, (3, 1, 2)), (_YEAR_FIRST, (1, 2, 3))):
        if found := pattern.fullmatch(text):
            return _written(found[year], found[month], found[day])
    for pattern, (year, month, day) in ((_DOTTED, (3, 2, 1)), (_YEAR_IN_FRONT, (1, 2, 3)), (_EAST_ASIAN, (1, 2, 3))):
        if found := pattern.fullmatch(text):
            return iso_date("-".join(part.zfill(2) for part in (found[year], found[month], found[day]) if part))
    if found := _IN_DIGITS.fullmatch(text):
        return _of_digits(int(found[1]), int(found[2]), found[3])
    if found := _MONTH_ONLY.fullmatch(text):
        return _written(found[2], found[1], "1")[:7]
    return ""


@remembered
def dates_in(text: str) -> tuple[str, ...]:
    """Return the whole dates that a line contains, in their order, as ISO 8601."""
    if not _ANY_YEAR.search(text):  # as in most lines: the expression for all forms takes far longer to say so
        return ()
    dates = (date_in_words(found[0]) for found in _IN_TEXT.finditer(text))
    return tuple(found for found in dates if found)


def month_in(text: str) -> tuple[str, str]:
    """Return the month at the end of a line and what is printed before it; two empty strings where none ends it."""
    found = _MONTH_AT_THE_END.search(text[-40:])
    month = date_in_words(found[0]) if found else ""
    return (month, text[: len(text) - len(found[0])]) if found and len(month) == 7 else ("", "")


def without_dates(text: str) -> str:
    """Return a line without its whole dates."""
    return _IN_TEXT.sub(" ", text)


def _written(year: str, month_name: str, day: str) -> str:
    month = _month(month_name.lower())
    return f"{year}-{month:02}-{int(day):02}" if month and _exists(int(year), month, int(day)) else ""


def _of_digits(first: int, second: int, year: str) -> str:
    """Return the date of two numbers and a year; an empty string where either number may be the month."""
    if first == second or (first > 12) is not (second > 12):
        month, day = sorted((first, second))
        return iso_date(f"{year}-{month:02}-{day:02}")
    return ""


@lru_cache(maxsize=1000)
def _month(name: str) -> int:
    """Return the number of the one month that the name begins; 0 for none, and for several."""
    months = [number for number, names in enumerate(_MONTHS, 1) if any(known.startswith(name) for known in names)]
    return months[0] if len(months) == 1 else 0


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return year >= 1600
