"""Lists of retractions, grouped by the article's DOI: Retraction Watch's CSV, and Crossref's records as JSON lines.

A list may have several lines for one article. The records are kept in a temporary database on the disk, so
that seventy thousand take no more memory than one.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from watermark.batch.manifest.row import ManifestRow, Overrides
from watermark.errors import NoticeError
from watermark.models import plural
from watermark.notice import NoticeFile, normalised_doi
from watermark.notice.formats.json_lists import JsonPart, parts_of
from watermark.notice.formats.json_records import read_json, readings_in
from watermark.notice.formats.retraction_watch import MEDIA_TYPE, table_in

MAX_PROBLEMS = 1000


class Grouped:
    """The records of a list by DOI, in the order in which the articles first appear, and the unreadable lines."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Create the table in an empty database."""
        self._database = database
        self.warnings: list[str] = []
        self.problems: list[tuple[str, NoticeError]] = []
        self._notice_of: Callable[[str, Sequence[str]], NoticeFile] | None = None
        database.execute("CREATE TABLE record (number INTEGER PRIMARY KEY, doi TEXT NOT NULL, data TEXT NOT NULL)")
        database.execute("CREATE INDEX by_doi ON record (doi)")

    @property
    def count(self) -> int:
        """How many rows there will be."""
        return len(self.problems) + int(self._database.execute("SELECT count(DISTINCT doi) FROM record").fetchone()[0])

    def rows(self) -> Iterator[ManifestRow]:
        """Yield a row for each article, with the notice in effect, and one for each unreadable line."""
        for place, problem in self.problems:
            yield ManifestRow(name=place, place=place, is_listed=True, problem=problem)
        query = "SELECT doi FROM record GROUP BY doi ORDER BY min(number)"
        for (doi,) in self._database.execute(query):
            records = self._database.execute("SELECT data FROM record WHERE doi = ? ORDER BY number", (doi,))
            yield self._row(doi, [data for (data,) in records])

    def _row(self, doi: str, records: Sequence[str]) -> ManifestRow:
        assert self._notice_of is not None
        try:
            notice = self._notice_of(doi, records)
        except NoticeError as error:
            return ManifestRow(name=doi, place=doi, is_listed=True, problem=error)
        return ManifestRow(name=doi, place=doi, is_listed=True, notice=notice, overrides=Overrides(doi=doi))

    def read_watch(self, path: Path) -> None:
        """Read Retraction Watch's list. Raises NoticeError, with the file's name, if it is another format."""
        without_doi = 0
        with table_in(path) as table:
            for values, row in table.records():
                doi = normalised_doi(row.original_doi)
                without_doi += not doi
                if doi:
                    self._keep(doi, json.dumps(values))
        if without_doi:
            self.warnings.append(f"skipped {plural(without_doi, 'record')} without a DOI of the article")
        if table.unreadable:
            self.warnings.append(
                f"skipped {plural(len(table.unreadable), 'record')} that cannot be read: {table.places}"
            )

        def notice_of(_doi: str, records: Sequence[str]) -> NoticeFile:
            picked = table.picked([json.loads(record) for record in records])
            return picked.as_file(b"", "retraction-watch.csv", MEDIA_TYPE)

        self._notice_of = notice_of

    def read_crossref(self, path: Path) -> None:
        """Read Crossref's records, one JSON object on each line. Raises NoticeError if most are not."""
        for part in parts_of(path):
            try:
                self._keep_part(part)
            except NoticeError as error:
                error.place = part.place or error.place
                self.problems.append((part.place or "the list", error))
            if len(self.problems) > MAX_PROBLEMS:
                first, problem = self.problems[0]
                raise NoticeError(
                    f"more than {MAX_PROBLEMS:,} lines are not Crossref records; the first: {problem.reason}",
                    file=str(path),
                    place=first,
                    remedy="Write one JSON record per line.",
                )

        def notice_of(doi: str, records: Sequence[str]) -> NoticeFile:
            text = records[0] if len(records) == 1 else f'{{"items": [{", ".join(records)}]}}'
            reading = replace(read_json(text, doi), data=None)
            return reading.as_file(text.encode("utf-8"), "crossref.json", "application/json")

        self._notice_of = notice_of

    def _keep_part(self, part: JsonPart) -> None:
        try:
            text = part.data.decode("utf-8-sig").strip()
        except UnicodeDecodeError as error:
            raise NoticeError("the record is not UTF-8", remedy="Download it again.") from error
        kept = dict[tuple[str, int], str]()
        for reading, work in readings_in(text):
            key = (reading.notice.article.doi, id(work))
            kept[key] = text if part.is_line else json.dumps(work, ensure_ascii=False)
        if any(not doi for doi, _ in kept):
            raise NoticeError(
                "the record contains no DOI of the article", remedy="Ask for the deposit to be corrected."
            )
        for (doi, _), data in kept.items():
            self._keep(doi, data)

    def _keep(self, doi: str, data: str) -> None:
        self._database.execute("INSERT INTO record (doi, data) VALUES (?, ?)", (doi, data))


@contextmanager
def grouped() -> Iterator[Grouped]:
    """Yield an empty group of records; its temporary file is deleted afterwards."""
    with closing(sqlite3.connect("")) as database:
        yield Grouped(database)
