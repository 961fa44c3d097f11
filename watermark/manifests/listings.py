"""A list of retractions, record by record: an own CSV, Retraction Watch's CSV, or Crossref's JSON."""

import csv
import itertools
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from watermark.errors import NoticeError
from watermark.manifests.listing import Listing
from watermark.notice import Notice, normalised_doi
from watermark.notice.crossref import every_notice as every_notice_of_crossref
from watermark.notice.dates import iso_date
from watermark.notice.decoding import decoded
from watermark.notice.prose import printable, quoted, squash
from watermark.notice.watch import every_notice as every_notice_of_watch
from watermark.notice.watch import is_watch
from watermark.notice.wording import state_named

MAX_BYTES = 500_000_000
LONGEST_LINE = 1_000_000
LONGEST_VALUE = 1000
HEAD_BYTES = 4096
NEEDED = ("doi", "state", "date")
KNOWN = (*NEEDED, "article", "notice", "notice_doi", "title")
_FORMS = "Give Retraction Watch's CSV, Crossref records as one JSON object a line, or a CSV with doi, state and date."


def every_listing(path: Path) -> Iterator[Listing]:
    """Yield the records of the list at `path`, one at a time, whatever its form; the form is told by the content.

    A record that cannot be understood comes with a `problem`, and an empty DOI where that is not known, either.
    Raises NoticeError, with the file's name, when the file is no list.
    """
    try:
        head = _head(path)
        if is_watch(head):
            yield from _of_watch(path)
        elif head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
            yield from _of_crossref(path)
        else:
            yield from _of_own(path)
    except NoticeError as error:
        error.file = error.file or str(path)
        raise


def crossref_record(path: Path, start_byte: int) -> str:
    """Return the record that begins at `start_byte` of a list of Crossref's JSON."""
    with path.open("rb") as file:
        file.seek(start_byte)
        return decoded(_line(file, 0) if start_byte else file.read(LONGEST_LINE))[0]


def _head(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise NoticeError("the list of retractions is not an ordinary file", remedy=_FORMS)
        if status.st_size > MAX_BYTES:
            raise NoticeError(f"the list is larger than {MAX_BYTES:,} bytes", remedy="Give the part that is needed.")
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except OSError as error:
        raise NoticeError(
            f"the list of retractions cannot be read: {error.strerror}", remedy="Look at its name and its permissions."
        ) from error


def _of_watch(path: Path) -> Iterator[Listing]:
    for doi, said in every_notice_of_watch(path):
        yield _problem(said, doi) if isinstance(said, NoticeError) else _listing(said)


def _of_crossref(path: Path) -> Iterator[Listing]:
    """Yield what each line says; a file that is one response, laid out over several lines, is read as a whole."""
    with path.open("rb") as file:
        first = _line(file, 1)
        if not first.rstrip().endswith((b"}", b"]")):
            yield from _of_record(decoded(first + file.read(LONGEST_LINE))[0], 1, 0)
            return
        start, line = 0, first
        for number in itertools.count(1):
            if not line:
                return
            if line.strip():
                yield from _of_record(line.decode("utf-8", "replace").lstrip("\ufeff"), number, start)
            start += len(line)
            line = _line(file, number + 1)


def _of_record(text: str, line_number: int, start_byte: int) -> Iterator[Listing]:
    try:
        for notice in every_notice_of_crossref(text):
            yield _listing(notice, start_byte)
    except NoticeError as error:
        error.place = f"line {line_number}" + (f", {error.place}" if error.place else "")
        yield _problem(error)


def _line(file: BinaryIO, number: int) -> bytes:
    line = file.readline(LONGEST_LINE + 1)
    if len(line) > LONGEST_LINE:
        raise NoticeError(f"the line is longer than {LONGEST_LINE:,} bytes", place=f"line {number}", remedy=_FORMS)
    return line


def _of_own(path: Path) -> Iterator[Listing]:
    text, _ = decoded(path.read_bytes())
    reader = csv.reader(text.splitlines(keepends=True))
    try:
        header = [squash(printable(name)).lower() for name in next(reader, [])]
        missing = [name for name in NEEDED if header.count(name) != 1]
        if missing:
            raise NoticeError(f"the list has no single column {' and '.join(missing)}", place="line 1", remedy=_FORMS)
        places = {name: header.index(name) for name in KNOWN if name in header}
        for values in reader:
            if any(value.strip() for value in values):
                yield _of_row({name: values[at] if at < len(values) else "" for name, at in places.items()}, reader)
    except csv.Error as error:
        raise NoticeError(
            f"the list cannot be read: {quoted(str(error))}",
            place=f"line {reader.line_num}",
            remedy="A quotation mark may be open.",
        ) from error


def _of_row(row: dict[str, str], reader: "csv._reader") -> Listing:
    doi, state, date = normalised_doi(row["doi"]), state_named(row["state"]), iso_date(row["date"].strip())
    faults = [
        f"“{quoted(row[name])}” is no {what}"
        for name, what, value in (("doi", "DOI", doi), ("state", "state of an article", state), ("date", "date", date))
        if value in {"", None} and (row[name].strip() or name != "date")
    ]
    if faults:
        return _problem(NoticeError("; ".join(faults), place=f"line {reader.line_num}", remedy=""), doi)
    return Listing(
        doi=doi,
        state=state,
        date=date,
        notice_doi=normalised_doi(row.get("notice_doi", "")),
        title=_short(row.get("title", "")),
        notice=row.get("notice", "").strip(),
    )


def _listing(notice: Notice, start_byte: int = -1) -> Listing:
    return Listing(
        doi=notice.article.doi,
        state=notice.state,
        notice_doi=notice.doi,
        date=notice.date,
        title=_short(notice.article.title),
        start_byte=start_byte,
    )


def _problem(error: NoticeError, doi: str = "") -> Listing:
    return Listing(doi=doi, problem=_short(f"{error.place}: {error.reason}" if error.place else error.reason))


def _short(text: str) -> str:
    return squash(printable(text))[:LONGEST_VALUE]
