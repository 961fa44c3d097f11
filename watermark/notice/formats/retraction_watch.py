"""Retraction Watch's list, as CSV: one row or seventy thousand.

The file has its traps, and each is expected: a byte order mark or Windows-1252, line breaks inside quotes, a comma
at the end of the header, lists that end in `;`, reasons that begin with `+`, DOIs that are `unavailable`, PubMed IDs
that are `0`. Dates are written with the month in front (`8/16/2023 0:00`). A spreadsheet may have rewritten some or all
of them with the day in front (`31/12/2020`). A date that can be read in two ways (`1/2/2020`) is read as the other date
of its record is; else so that the retraction follows the article; else with the month in front, unless most records
have the day there. Where such a choice was made, a warning says so.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, TextIO

from watermark.errors import NoticeError
from watermark.notice.decoding import is_utf8
from watermark.notice.doi import normalised_doi
from watermark.notice.extraction.state_phrases import parse_state
from watermark.notice.formats.reading import Reading
from watermark.notice.formats.watch_dates import date_read, is_ambiguous, is_day_first, is_month_first
from watermark.notice.model import Notice, Reference
from watermark.notice.precedence import ambiguous_article_error, notice_in_effect
from watermark.notice.text_blocks import collapse_whitespace, printable, safe_excerpt

MAX_BYTES = 500_000_000
MEDIA_TYPE = "text/csv"
SOURCE = "Retraction Watch"

_COLUMNS = (
    *("recordid", "title", "journal", "author", "retractiondate", "retractiondoi"),
    *("originalpaperdate", "originalpaperdoi", "retractionnature", "reason"),
)
_PMID_COLUMN = "originalpaperpubmedid"
"""A column that lists may lack."""
_NOT_CP1252 = b"\x81\x8d\x8f\x90\x9d"
_DOWNLOAD = "Download the list again, and do not save it from a spreadsheet."
_BOM = b"\xef\xbb\xbf"


class RetractionWatchRow(NamedTuple):
    """One record, its values as written."""

    record_id: str
    title: str
    journal: str
    author: str
    retraction_date: str
    retraction_doi: str
    original_date: str
    original_doi: str
    nature: str
    reason: str
    original_pmid: str = ""

    @property
    def pmid(self) -> str:
        """The PubMed ID of the article, or ""."""
        found = self.original_pmid.strip().removesuffix(".0")
        return found if found.isdecimal() and found.strip("0") and len(found) < 10 else ""

    @property
    def dates(self) -> tuple[str, str]:
        """The dates of the retraction and of the article, as written."""
        return self.retraction_date, self.original_date


def every_notice(path: Path) -> Iterator[tuple[str, str, Notice | NoticeError]]:
    """Yield the article's DOI and PubMed ID (or "") and what its record says, or why it cannot be read.

    The list is not kept. The file is read twice: whether most of its dates have the day in front is known at its end.
    Records with too few values or too many come last, as one error without a DOI. Raises NoticeError when it is no
    list.
    """
    with table_in(path) as table:
        for _ in table.records():
            pass
    day_first = table.day_first
    with table_in(path) as table:
        for _, row in table.records():
            try:
                notice = _notice(row, day_first=_reads_day_first(row, by_default=day_first))
            except NoticeError as error:
                yield normalised_doi(row.original_doi), row.pmid, error
            else:
                yield notice.article.doi, row.pmid, notice
    if table.unreadable:
        yield "", "", NoticeError("records cannot be read", file=str(path), place=table.places, remedy=_DOWNLOAD)


def select_row(path: Path, article_doi: str = "") -> Reading:
    """Return the notice that the list has for an article, or that its one record is, read without the list in memory.

    Its data are the header and the records about the article, as CSV in UTF-8.

    Raises NoticeError, with the file's name, when there are several articles and none is chosen, when the list does
    not know the article, when a record's nature is unknown, and when it is no list.
    """
    wanted = normalised_doi(article_doi)
    kept: list[list[str]] = []
    kept_doi = ""
    dois: dict[str, None] = {}
    without_doi = 0
    with table_in(path) as table:
        for values, row in table.records():
            doi = normalised_doi(row.original_doi)
            dois.update({doi: None} if doi else {})
            without_doi += not doi
            if not kept or doi == (wanted or kept_doi):
                kept_doi = doi if not kept else kept_doi
                kept.append(values)
        if not kept:
            raise NoticeError("the list has no record that can be read", place=table.places, remedy=_DOWNLOAD)
        if wanted in dois:
            kept = [values for values in kept if normalised_doi(table.row(values).original_doi) == wanted]
        elif len(dois) + without_doi > 1 or (wanted and dois):
            raise ambiguous_article_error(dois, len(dois) + without_doi, wanted)
        return table.picked(kept)


def select_rows(path: Path, is_wanted: Callable[[str, str, str], bool]) -> Reading:
    """Return the notice in effect of the records whose article's DOI, PubMed ID and title are the wanted ones.

    Raises NoticeError, with the file's name, when there is none, and as `select_row` does.
    """
    with table_in(path) as table:
        kept = [
            values
            for values, row in table.records()
            if is_wanted(normalised_doi(row.original_doi), row.pmid, _words(row.title))
        ]
        if not kept:
            raise NoticeError("the list has no record of this article", remedy=_DOWNLOAD)
        return table.picked(kept)


class Table:
    """The records of an open file, one at a time, and what was seen on the way."""

    def __init__(self, stream: TextIO) -> None:
        first = stream.readline().removeprefix(_BOM.decode("cp1252"))
        delimiter = max(",;\t", key=first.count)
        self.header = next(csv.reader([first], delimiter=delimiter), [])
        self.count = 0
        self.unreadable: list[int] = []
        self.day_first_count = 0
        self._month_first_count = 0
        self._reader = csv.reader(stream, delimiter=delimiter)
        self._names = [re.sub(r"[\s_]", "", name).lower() for name in self.header]
        self._named = max((place for place, name in enumerate(self._names, 1) if name), default=0)

    @property
    def day_first(self) -> bool:
        """Whether most records have the day in front of the month; known once all of them were read."""
        return self.day_first_count > self._month_first_count and self.day_first_count * 2 >= self.count

    @property
    def places(self) -> str:
        """The lines of the records that cannot be read, as text; an empty string if all can be read."""
        shown = ", ".join(map(str, self.unreadable[:5]))
        return f"line {shown}{', …' if len(self.unreadable) > 5 else ''}" if shown else ""

    def records(self) -> Iterator[tuple[list[str], RetractionWatchRow]]:
        """Yield the values of each record and what they mean; one of another length is noted as unreadable."""
        _ = self._pick
        try:
            for values in self._reader:
                if not values:
                    continue
                if len(values) < self._named or any(values[self._named :]):
                    self.unreadable.append(self._reader.line_num + 1)
                    continue
                self.count += 1
                row = self.row(values)
                self.day_first_count += is_day_first(row.retraction_date) or is_day_first(row.original_date)
                self._month_first_count += is_month_first(row.retraction_date) or is_month_first(row.original_date)
                yield values, row
        except csv.Error as error:
            raise NoticeError(
                f"the list cannot be read: {safe_excerpt(str(error))}",
                place=f"line {self._reader.line_num + 1}",
                remedy=f"A quotation mark may be open. {_DOWNLOAD}",
            ) from error

    def row(self, values: Sequence[str]) -> RetractionWatchRow:
        """Return what the values of a record mean. Raises NoticeError when the list lacks a column."""
        return RetractionWatchRow(*self._pick(values))

    def picked(self, records: Sequence[Sequence[str]]) -> Reading:
        """Return the notice in effect, of records about one article, once the whole list has been read.

        Raises NoticeError when a nature is not known, and when the dates do not show which notice came last.
        """
        rows = [self.row(values) for values in records]
        notice, *others = self._in_effect(rows)
        text = io.StringIO()
        csv.writer(text).writerows([self.header, *records])
        warnings = [f"skipped records that cannot be read: {self.places}"] if self.unreadable else []
        doubtful = [date for row in rows for date in row.dates if others and is_ambiguous(date)]
        if doubtful:
            warnings.append(
                f"dates that can be read in two ways, such as “{safe_excerpt(doubtful[0])}”, were read with the"
                f" {'day' if _reads_day_first(rows[0], by_default=self.day_first) else 'month'} in front:"
                f" {self.day_first_count:,} of {self.count:,} records of the list have the day there"
            )
        return Reading(notice=notice, source=SOURCE, data=text.getvalue().encode("utf-8"), warnings=tuple(warnings))

    def _in_effect(self, rows: Sequence[RetractionWatchRow]) -> list[Notice]:
        """Return the notice in effect; a second one where dates of the list can be read in another way.

        Raises NoticeError when the two readings do not agree on the state of the article.
        """
        orders = [_reads_day_first(row, by_default=self.day_first) for row in rows]
        notice = notice_in_effect([_notice(row, day_first=order) for row, order in zip(rows, orders, strict=True)])
        if not self.day_first_count:
            return [notice]
        other = notice_in_effect([_notice(row, day_first=not order) for row, order in zip(rows, orders, strict=True)])
        if other.state is not notice.state:
            raise NoticeError(
                f"the dates do not show which came last, {notice.state.value} or {other.state.value}: some dates of"
                " the list have the day in front and others the month",
                remedy=_DOWNLOAD,
            )
        return [notice, other]

    @cached_property
    def _pick(self) -> Callable[[Sequence[str]], tuple[str, ...]]:
        """Return what picks the values of the known columns; NoticeError is raised when one is missing."""
        for name in _COLUMNS:
            if self._names.count(name) != 1:
                how = "twice" if name in self._names else "missing"
                raise NoticeError(
                    f"the column {name} of Retraction Watch's list is {how}", place="line 1", remedy=_DOWNLOAD
                )
        names = (*_COLUMNS, _PMID_COLUMN) if self._names.count(_PMID_COLUMN) == 1 else _COLUMNS
        return itemgetter(*map(self._names.index, names))


@contextmanager
def table_in(path: Path) -> Iterator[Table]:
    """Open the list; an error inside gets the file's name."""
    try:
        with path.open(encoding=_encoding(path), newline="") as stream:
            yield Table(stream)
    except NoticeError as error:
        error.file = str(path)
        raise
    except (OSError, ValueError) as error:
        raise NoticeError(
            f"the list cannot be read: {getattr(error, 'strerror', None) or 'the file name is not valid'}",
            file=str(path),
            remedy="Check its name and permissions.",
        ) from error


def _encoding(path: Path) -> str:
    """Return UTF-8 when the whole file is, else Windows-1252, or Latin-1 where a byte is no letter of that."""
    if path.stat().st_size > MAX_BYTES:
        raise NoticeError(f"the list is larger than {MAX_BYTES} bytes", remedy=_DOWNLOAD)
    if is_utf8(path):
        return "utf-8-sig"
    with path.open("rb") as file:
        is_latin = any(chunk.translate(None, _NOT_CP1252) != chunk for chunk in iter(lambda: file.read(1 << 20), b""))
    return "latin-1" if is_latin else "cp1252"


def _notice(row: RetractionWatchRow, *, day_first: bool) -> Notice:
    state = parse_state(row.nature)
    if state is None:
        raise NoticeError(
            f"“{safe_excerpt(row.nature)}” is not a known nature of a retraction",
            place=f"record {safe_excerpt(row.record_id)}",
            remedy="Use one of: Retraction, Expression of concern, Correction, Reinstatement.",
        )
    year = date_read(row.original_date, day_first=day_first)[:4]
    return Notice(
        state=state,
        article=Reference(
            authors=_items(row.author),
            title=_words(row.title),
            journal=_words(row.journal),
            year=int(year) if year else None,
            doi=(doi := normalised_doi(row.original_doi)),
            citation=f"PMID: {row.pmid}" if row.pmid and not doi else "",
        ),
        doi=normalised_doi(row.retraction_doi),
        date=date_read(row.retraction_date, day_first=day_first),
        reasons=tuple(
            collapse_whitespace(reason.removeprefix("+")) for reason in _items(row.reason) if reason.strip("+ ")
        ),
    )


def _reads_day_first(row: RetractionWatchRow, *, by_default: bool) -> bool:
    """Tell how the dates of a record are read that can be read in two ways."""
    if any(map(is_day_first, row.dates)) != any(map(is_month_first, row.dates)):
        return any(map(is_day_first, row.dates))
    retracted, published = ([date_read(date, day_first=order) for order in (False, True)] for date in row.dates)
    follows = [bool(after and before) and after >= before for after, before in zip(retracted, published, strict=True)]
    if all(retracted) and all(published) and follows[0] != follows[1]:
        return follows[1]
    return by_default


def _items(text: str) -> tuple[str, ...]:
    return tuple(item for part in text.split(";") if (item := _words(part)))


def _words(text: str) -> str:
    return collapse_whitespace(printable(text))
