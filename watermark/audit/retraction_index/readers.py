"""Read a list of retractions record by record: this tool's CSV, Retraction Watch's, Crossref's JSON, PubMed's NBIB."""

import csv
import io
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from watermark.article.identifiers import pmid_named
from watermark.audit.retraction_index import nbib_list
from watermark.audit.retraction_index.record import Form, RetractionRecord
from watermark.errors import NoticeError, NoticeFileError
from watermark.notice import Notice, NoticeFile, normalised_doi, read_notice, to_json, with_overrides
from watermark.notice.dates import iso_date
from watermark.notice.decoding import decoded, is_watch
from watermark.notice.extraction.state_phrases import parse_state
from watermark.notice.formats.json_lists import MAX_LINE_BYTES, part_at, parts_of
from watermark.notice.formats.json_records import read_json, readings_in, unknown_in
from watermark.notice.formats.retraction_watch import every_notice, select_rows
from watermark.notice.text_blocks import collapse_whitespace, printable, safe_excerpt
from watermark.runtime.safe_paths import resolve_within

MAX_BYTES = 500_000_000
MAX_VALUE_LENGTH = 1000
HEAD_BYTES = 4096
MAX_AUTHORS = 200
COLUMNS = ("doi", "pmid", "state", "date", "notice", "notice_doi", "title")
_KNOWN_FORMATS = (
    "Use Retraction Watch's CSV, Crossref records as one JSON object per line, or a CSV with the columns doi or pmid,"
    " state and date, or doi and notice."
)


def every_listing(path: Path) -> Iterator[RetractionRecord]:
    """Yield the records of the list at `path`, one at a time; the content shows the format.

    A record that is not valid has a `problem`, and an empty DOI if that is unknown, too. Raises NoticeError, with the
    file's name, if the file is not a list.
    """
    try:
        head = _head(path)
        if is_watch(head):
            yield from _of_watch(path)
        elif nbib_list.is_pubmed(head):
            yield from _of_pubmed(path)
        elif head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
            yield from _of_crossref(path)
        else:
            yield from _of_own(path)
    except NoticeError as error:
        error.file = error.file or str(path)
        raise


def notice_file(path: Path, listing: RetractionRecord) -> NoticeFile:
    """Return the notice of a record of the list at `path`: the file that it names, or the record itself.

    Raises NoticeError if it cannot be read, and UsageError if the name leads out of the folder of the list.
    """
    if listing.notice:
        file = read_notice(resolve_within(path.parent, listing.notice), state=listing.state, article_doi=listing.doi)
        return replace(file, notice=with_overrides(file.notice, article_doi=listing.doi))
    if listing.form is Form.PUBMED:
        return nbib_list.notice_of(path, listing)
    if listing.start_byte >= 0:
        text = decoded(part_at(path, listing.start_byte))[0]
        return read_json(text, listing.doi).as_file(text.encode("utf-8"), "crossref.json", "application/json")
    if listing.form is Form.WATCH and not listing.doi:
        row = select_rows(
            path, lambda doi, pmid, title: not doi and (pmid, _short(title)) == (listing.pmid, listing.title)
        )
        return row.as_file(b"", path.name, "text/csv")
    if listing.form is Form.WATCH:
        return read_notice(path, article_doi=listing.doi)
    assert listing.state is not None  # a record without one names a notice, or has a problem
    notice = Notice(
        state=listing.state,
        article=listing.article,
        doi=listing.notice_doi,
        date=listing.date,
    )
    data = to_json(notice).encode("utf-8")
    source = f"the list {safe_excerpt(path.name)}"
    return NoticeFile(notice=notice, data=data, name="notice.json", media_type="application/json", source=source)


def _head(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise NoticeError("the retraction list is not a regular file", remedy=_KNOWN_FORMATS)
        if status.st_size > MAX_BYTES:
            raise NoticeError(f"the list is larger than {MAX_BYTES:,} bytes", remedy="Use only the part that you need.")
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except OSError as error:
        raise NoticeFileError(
            f"cannot read the retraction list: {error.strerror}", remedy="Check its name and permissions."
        ) from error


def _of_watch(path: Path) -> Iterator[RetractionRecord]:
    for doi, pmid, result in every_notice(path):
        yield (_problem(result, doi) if isinstance(result, NoticeError) else _of_watch_row(result, pmid))


def _of_watch_row(notice: Notice, pmid: str) -> RetractionRecord:
    authors = tuple(_short(name) for name in notice.article.authors[:MAX_AUTHORS])
    return replace(_listing(notice, Form.WATCH), pmid=pmid, authors=authors, year=notice.article.year or 0)


def _of_crossref(path: Path) -> Iterator[RetractionRecord]:
    """Yield each record, one per line, or from an array or response that is read as a whole."""
    for part in parts_of(path):
        if part.is_line and not part.data.endswith((b"\n", b"}", b"]")):
            raise NoticeError(
                f"the line is longer than {MAX_LINE_BYTES:,} bytes", place=part.place, remedy=_KNOWN_FORMATS
            )
        try:
            text = part.data.decode("utf-8", "replace").lstrip("\ufeff")
            for reading, _ in readings_in(text):
                listing = _listing(reading.notice, Form.CROSSREF, part.start_byte)
                yield replace(listing, pmid=reading.article_pmid or listing.pmid)
            if unknown := unknown_in(text):
                raise unknown
        except NoticeError as error:
            error.place = part.place or error.place
            yield _problem(error)


def _of_pubmed(path: Path) -> Iterator[RetractionRecord]:
    for start_byte, result in nbib_list.every_reading(path):
        if isinstance(result, NoticeError):
            yield _problem(result)
        else:
            listing = _listing(result.notice, Form.PUBMED, start_byte)
            yield replace(listing, pmid=result.article_pmid or listing.pmid)


def _of_own(path: Path) -> Iterator[RetractionRecord]:
    try:
        text, _ = decoded(path.read_bytes())
    except NoticeError as error:  # its remedy is about a notice
        raise NoticeError(error.reason, remedy=_KNOWN_FORMATS) from error
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        header = [collapse_whitespace(printable(name)).lower() for name in next(reader, [])]
        _check_header(header)
        positions = {name: header.index(name) for name in COLUMNS if name in header}
        for values in reader:
            if any(value.strip() for value in values):
                cells = {name: values[at].strip() if at < len(values) else "" for name, at in positions.items()}
                yield _of_row(dict.fromkeys(COLUMNS, "") | cells, f"line {reader.line_num}")
    except csv.Error as error:
        raise NoticeError(
            f"the list cannot be read: {safe_excerpt(str(error))}",
            place=f"line {reader.line_num}",
            remedy="A quotation mark may be missing.",
        ) from error


def _check_header(header: list[str]) -> None:
    twice = next((name for name in COLUMNS if header.count(name) > 1), "")
    if twice:
        raise NoticeError(f"the column “{twice}” appears twice", place="line 1", remedy="Remove one of them.")
    if not {"doi", "pmid"}.intersection(header) or not {"state", "notice"}.intersection(header):
        raise NoticeError("not a retraction list in a known format", place="line 1", remedy=_KNOWN_FORMATS)


def _of_row(cells: dict[str, str], place: str) -> RetractionRecord:
    """Return the record in a line. If it names a notice and no state, the state is read from the notice."""
    doi, state, date = normalised_doi(cells["doi"]), parse_state(cells["state"]), iso_date(cells["date"])
    pmid = pmid_named(f"PMID: {cells['pmid']}") if cells["pmid"].isdecimal() else ""
    problems = [f"“{safe_excerpt(cells['doi'])}” is not a valid DOI"] if not doi and (cells["doi"] or not pmid) else []
    if cells["pmid"].strip("0") and not pmid:
        problems.append(f"“{safe_excerpt(cells['pmid'])}” is not a valid PubMed ID")
    if state is None and (cells["state"] or not cells["notice"]):
        problems.append(f"“{safe_excerpt(cells['state'])}” is not a valid state")
    if cells["date"] and not date:
        problems.append(f"“{safe_excerpt(cells['date'])}” is not a valid date")
    if problems:
        return _problem(NoticeError("; ".join(problems), place=place, remedy=""), doi)
    return RetractionRecord(
        doi=doi,
        pmid=pmid,
        state=state,
        date=date,
        notice_doi=normalised_doi(cells["notice_doi"]),
        title=_short(cells["title"]),
        notice=cells["notice"][:MAX_VALUE_LENGTH],
    )


def _listing(notice: Notice, form: Form, start_byte: int = -1) -> RetractionRecord:
    return RetractionRecord(
        doi=notice.article.doi,
        pmid=pmid_named(notice.article.citation),
        form=form,
        state=notice.state,
        notice_doi=notice.doi,
        date=notice.date,
        title=_short(notice.article.title),
        start_byte=start_byte,
    )


def _problem(error: NoticeError, doi: str = "") -> RetractionRecord:
    return RetractionRecord(doi=doi, problem=_short(f"{error.place}: {error.reason}" if error.place else error.reason))


def _short(text: str) -> str:
    return collapse_whitespace(printable(text))[:MAX_VALUE_LENGTH]
