"""An index of a list of retractions, created once: looking up one of seventy thousand records takes milliseconds.

The index is an SQLite file in the user's cache folder, named for the digest of the list and never changed: any number
of processes can read it, and two that create it at the same time write the same content.
"""

import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from watermark.audit.retraction_index.cache import cache_folder, changed, digest_of, prune, put, stamp_of, touched
from watermark.audit.retraction_index.record import Form, RetractionRecord
from watermark.errors import NoticeError
from watermark.notice import Notice, State
from watermark.runtime.file_system import sync_file

if TYPE_CHECKING:
    from watermark.notice import NoticeFile

VERSION = 5
APPLICATION = 0x52574D49
SUFFIX = f".v{VERSION}.sqlite"
MAX_RECORDS = 5_000_000
KNOWN_FORMATS = "Use Retraction Watch's CSV, Crossref's records, or a CSV with the columns doi or pmid, state and date."
MAX_OF_ONE_ARTICLE = 1000
SHORTEST_TITLE = 25
"""Letters and digits that a title needs to identify an article: “Introduction” is the title of many."""

_COLUMNS = "doi, pmid, form, state, notice_doi, date, title, notice, start_byte, problem, authors, year"
_TABLES = f"""
CREATE TABLE record (doi TEXT NOT NULL, pmid TEXT NOT NULL, form TEXT NOT NULL, state TEXT NOT NULL,
    notice_doi TEXT NOT NULL, date TEXT NOT NULL, title TEXT NOT NULL, notice TEXT NOT NULL, start_byte INTEGER NOT
    NULL, problem TEXT NOT NULL, authors TEXT NOT NULL, year INTEGER NOT NULL, key TEXT NOT NULL);
PRAGMA application_id = {APPLICATION};
"""
_INDEXES = f"""
CREATE INDEX by_doi ON record (doi) WHERE doi <> '';
CREATE INDEX by_pmid ON record (pmid) WHERE pmid <> '';
CREATE INDEX by_notice ON record (notice_doi) WHERE notice_doi <> '';
CREATE INDEX by_title ON record (key) WHERE key <> '';
CREATE INDEX by_problem ON record (problem) WHERE problem <> '';
PRAGMA user_version = {VERSION};
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexFile:
    """An index on disk: the path of the list, and the SQLite file. It can be pickled."""

    path: Path
    file: Path


def index_of(path: Path) -> IndexFile:
    """Return the index of the list at `path`, building it if needed. Raises NoticeError for an invalid list.

    An index that cannot be read, for example after a crash of the machine, is built again.
    """
    folder = cache_folder()
    stamp = stamp_of(path)
    file = folder / f"{digest_of(path, folder)}{SUFFIX}"
    database = _usable(file)
    if database is None:
        put(file, lambda new: _create(path, new))
        if stamp_of(path) != stamp:
            file.unlink(missing_ok=True)
            raise changed(path)
        prune(folder, SUFFIX)
    else:
        database.close()
        touched(file)
    return IndexFile(path=path, file=file)


class RetractionIndex:
    """One list of retractions, open for look-ups."""

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        """Take the open index of the list at `path`; use `opened`, which opens it."""
        self.path = path
        self._database = database

    @classmethod
    @contextmanager
    def opened(cls, index: IndexFile) -> Iterator[Self]:
        """Yield an index, open for reading. Raises NoticeError if it has been deleted."""
        database = _usable(index.file)
        if database is None:
            raise NoticeError(
                "the index of the list is missing", file=str(index.path), remedy="Run the same command again."
            )
        with closing(database):
            yield cls(index.path, database)

    @property
    def problems(self) -> tuple[int, str]:
        """How many records are not valid, and the problem of the first."""
        row = self._database.execute("SELECT count(*), min(problem) FROM record WHERE problem <> ''").fetchone()
        return int(row[0]), row[1] or ""

    def about(self, doi: str) -> tuple[RetractionRecord, ...]:
        """Return every record about the article of a DOI, in the order of the list."""
        return self._select("doi = ? AND doi <> ''", doi)

    def with_pmid(self, pmid: str) -> tuple[RetractionRecord, ...]:
        """Return every record about the article of a PubMed ID, in the order of the list."""
        return self._select("pmid = ? AND pmid <> ''", pmid)

    def titled(self, title: str) -> tuple[RetractionRecord, ...]:
        """Return every record about an article of this title, whatever its case and accents; none for a short one."""
        return self._select("key = ? AND key <> ''", title_key(title))

    def announced_by(self, notice_doi: str) -> tuple[RetractionRecord, ...]:
        """Return every record whose notice has this DOI."""
        return self._select("notice_doi = ? AND notice_doi <> ''", notice_doi)

    def notice_of(self, listing: RetractionRecord) -> Notice:
        """Return the notice in a record. Raises NoticeError if the record is not valid."""
        if listing.problem:
            raise NoticeError(
                listing.problem, file=str(self.path), place=listing.doi, remedy="Check the record in the list."
            )
        if listing.state is None:
            return self.notice_file_of(listing).notice
        return Notice(
            state=listing.state,
            article=listing.article,
            doi=listing.notice_doi,
            date=listing.date,
        )

    def notice_as_for_marking(self, listing: RetractionRecord) -> Notice:
        """Return the notice that the article of a record would be marked with; raises what `notice_file_of` does.

        For a record of Retraction Watch, the index has all that identifies the article, so the list is not read.
        """
        is_apart = bool(listing.notice) or listing.start_byte >= 0
        return self.notice_file_of(listing).notice if is_apart else self.notice_of(listing)

    def notice_file_of(self, listing: RetractionRecord) -> "NoticeFile":
        """Return the notice of a record as a file: the file that it names, or the record itself.

        Raises NoticeError, or UsageError if it names a file outside the folder of the list.
        """
        from watermark.audit.retraction_index.readers import notice_file  # noqa: PLC0415 - the readers are for one article only

        return notice_file(self.path, listing)

    def _select(self, where: str, value: str) -> tuple[RetractionRecord, ...]:
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM record WHERE {where} ORDER BY rowid LIMIT ?",  # noqa: S608 - constants only
            (value, MAX_OF_ONE_ARTICLE),
        )
        return tuple(
            RetractionRecord(
                doi=doi,
                pmid=pmid,
                form=Form(form),
                state=State(state) if state else None,
                notice_doi=notice_doi,
                date=date,
                title=title,
                notice=notice,
                start_byte=start_byte,
                problem=problem,
                authors=tuple(authors.split("\n")) if authors else (),
                year=year,
            )
            for doi, pmid, form, state, notice_doi, date, title, notice, start_byte, problem, authors, year in rows
        )


def title_key(title: str) -> str:
    """Return the letters and digits of a title without case and accents, or "" if they are too few."""
    plain = unicodedata.normalize("NFKD", title).casefold()
    key = "".join(character for character in plain if character.isalnum())
    return key if len(key) >= SHORTEST_TITLE else ""


def _usable(file: Path) -> sqlite3.Connection | None:
    """Return the index in a file, open for reading; None if there is none, or it is of another version."""
    if not file.is_file():
        return None
    database = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        version = database.execute("PRAGMA user_version").fetchone()[0]
        application = database.execute("PRAGMA application_id").fetchone()[0]
        database.execute("SELECT count(*) FROM record WHERE problem <> ''").fetchone()
    except sqlite3.DatabaseError:
        version = application = None
    if (version, application) == (VERSION, APPLICATION):
        return database
    database.close()
    return None


def _create(path: Path, file: Path) -> None:
    """Write the index of a list. The version is set last, so that an incomplete index is not used."""
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES} BEGIN;")
        database.executemany(f"INSERT INTO record VALUES ({', '.join('?' * 13)})", _rows(path))  # noqa: S608 - placeholders only
        database.execute("COMMIT")
        understood, first = database.execute("SELECT sum(problem = ''), min(problem) FROM record").fetchone()
        if understood == 0:
            raise NoticeError(
                f"no record in the list is valid; the first problem: {first}", file=str(path), remedy=KNOWN_FORMATS
            )
        database.executescript(_INDEXES)
    with file.open("r+b") as written:
        sync_file(written)


def _rows(path: Path) -> Iterator[tuple[str | int, ...]]:
    from watermark.audit.retraction_index.readers import every_listing  # noqa: PLC0415 - the readers are for a new list only

    for number, one in enumerate(every_listing(path)):
        if number >= MAX_RECORDS:
            raise NoticeError(
                f"the list has more than {MAX_RECORDS:,} records",
                file=str(path),
                remedy="Use only the part that you need.",
            )
        state = one.state.value if one.state else ""
        values = (
            one.doi,
            one.pmid,
            one.form.value,
            state,
            one.notice_doi,
            one.date,
            one.title,
            one.notice,
            one.start_byte,
            one.problem,
            "\n".join(one.authors),
            one.year,
        )
        yield (*values, title_key(one.title))
