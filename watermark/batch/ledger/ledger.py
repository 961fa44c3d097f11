"""The ledger: each attempt and its result, on the disk before the user is notified."""

import os
import platform
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from watermark.batch.ledger.columns import NAMES, entry_from, stored_text, text_from, values_of
from watermark.batch.ledger.connection import connection, readable
from watermark.batch.ledger.doi_index import DoiIndex
from watermark.batch.ledger.entry import LedgerEntry
from watermark.batch.ledger.lock import SUFFIX, locked
from watermark.errors import FailedError
from watermark.models import plain

NAME = "ledger.sqlite"

_LATEST = """ AND attempt = (SELECT max(attempt) FROM attempt AS other WHERE other."row" = attempt."row" AND ended)"""
_FIRST = """(SELECT min(id) FROM attempt AS other WHERE other."row" = attempt."row")"""


def ledger_files(path: Path) -> tuple[Path, ...]:
    """Return the ledger and the files that SQLite and the lock keep beside it."""
    return tuple(path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm", "-journal", SUFFIX))


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a batch, from its start to its end, across interruptions. Times are UTC."""

    number: int
    marked_at: datetime


class Ledger:
    """All attempts of a catalogue. Readers may come and go while one process writes."""

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        """Take an open database; use `opened`, which closes it."""
        self.path = path
        self._database = database
        self.index = DoiIndex(path, database)
        self._columns = [row["name"] for row in database.execute("PRAGMA table_info(attempt)") if row["name"] in NAMES]

    @classmethod
    @contextmanager
    def opened(cls, path: Path, *, write: bool = False) -> Iterator[Self]:
        """Yield the ledger at `path`, or in the folder `path`. A writer has exclusive access and creates it if needed.

        Raises UsageError if it does not exist or another process writes it; FailedError if it cannot be used.
        """
        path = path / NAME if path.is_dir() else path
        if not write:
            with connection(path, write=False) as database:
                yield cls(path, database)
            return
        with locked(path), connection(path, write=True) as database:
            yield cls(path, database)

    @classmethod
    @contextmanager
    def scratch(cls, path: Path) -> Iterator[Self]:
        """Yield a temporary copy of the ledger at `path`, for a dry run; the ledger itself is only read."""
        path = path / NAME if path.is_dir() else path
        with tempfile.TemporaryDirectory(prefix="watermark-") as folder:
            copy = Path(folder) / NAME
            if path.is_file():
                with connection(path, write=False) as known, closing(sqlite3.connect(copy)) as target:
                    known.backup(target)
            with cls.opened(copy, write=True) as ledger:
                yield ledger

    def entries(self, *, all_attempts: bool = False) -> Iterator[LedgerEntry]:
        """Yield the latest attempt of each row, or all in their order, rows in the order of their first attempt.

        Attempts that have not ended are left out. Raises FailedError when an entry cannot be read.
        """
        query = f"SELECT {self._names()} FROM attempt WHERE ended {'' if all_attempts else _LATEST}"  # noqa: S608 - names of columns
        with readable(self.path):
            for row in self._database.execute(f"{query} ORDER BY {_FIRST}, attempt"):
                yield self._entry(row)

    def latest(self, row: str) -> LedgerEntry | None:
        """Return the latest result of a row, or None if it has none yet."""
        query = f'SELECT {self._names()} FROM attempt WHERE ended AND "row" = ? ORDER BY attempt DESC LIMIT 1'  # noqa: S608 - names of columns
        with readable(self.path):
            found = self._database.execute(query, (stored_text(row),)).fetchone()
        return self._entry(found) if found else None

    def begin_run(self, marked_at: datetime | None, tool: str) -> Run:
        """Return a new run, or the last one if it was interrupted: with its time of marking, unless one is given."""
        now = datetime.now(UTC).replace(microsecond=0)
        with readable(self.path), self._transaction():
            last = self._database.execute("SELECT * FROM run ORDER BY id DESC LIMIT 1").fetchone()
            if last is not None and not last["ended_at"]:
                marked_at = marked_at or datetime.fromisoformat(last["marked_at"])
                self._database.execute(
                    "UPDATE run SET marked_at = ?, host = ?, process = ? WHERE id = ?",
                    (marked_at.isoformat(), platform.node(), os.getpid(), last["id"]),
                )
                return Run(number=last["id"], marked_at=marked_at)
            marked_at = marked_at or now
            number = self._database.execute(
                "INSERT INTO run (started_at, marked_at, tool, host, process) VALUES (?, ?, ?, ?, ?)",
                (now.isoformat(), marked_at.isoformat(), tool, platform.node(), os.getpid()),
            ).lastrowid
        return Run(number=number or 0, marked_at=marked_at)

    def end_run(self, run: Run) -> None:
        """Record that a run has ended."""
        with readable(self.path), self._transaction():
            now = datetime.now(UTC).isoformat()
            self._database.execute("UPDATE run SET ended_at = ? WHERE id = ?", (now, run.number))

    def begin(self, run: Run, row: str, copy: str) -> int:
        """Record a new attempt at a row and the name of its copy before the work begins; return its number."""
        with readable(self.path), self._transaction():
            query = 'SELECT max(attempt) AS number, min(ended) AS ended FROM attempt WHERE "row" = ?'
            last = self._database.execute(query, (stored_text(row),)).fetchone()
            if last["ended"] == 0:  # interrupted: the same attempt again
                query = 'UPDATE attempt SET run = ?, "copy" = ? WHERE "row" = ? AND attempt = ?'
                self._database.execute(query, (run.number, stored_text(copy), stored_text(row), last["number"]))
                return int(last["number"])
            number = (last["number"] or 0) + 1
            query = 'INSERT INTO attempt (run, "row", attempt, "copy") VALUES (?, ?, ?, ?)'
            self._database.execute(query, (run.number, stored_text(row), number, stored_text(copy)))
        return int(number)

    def end(self, run: Run, entry: LedgerEntry) -> None:
        """Record the result of an attempt that was begun."""
        assignments = ", ".join(f'"{name}" = ?' for name in NAMES)
        query = f'UPDATE attempt SET run = ?, ended = 1, {assignments} WHERE "row" = ? AND attempt = ?'  # noqa: S608 - names of columns
        with readable(self.path), self._transaction():
            self._database.execute(query, (run.number, *values_of(entry), stored_text(entry.row), entry.attempt))

    def revoke(self, row: str) -> None:
        """Delete an attempt that was begun and turned out not to be needed."""
        with readable(self.path), self._transaction():
            self._database.execute('DELETE FROM attempt WHERE "row" = ? AND NOT ended', (stored_text(row),))

    def note(self, run: Run, entry: LedgerEntry) -> LedgerEntry:
        """Record the result of a row that needed no worker, and return it with the number of its attempt."""
        names = ", ".join(f'"{name}"' for name in NAMES)
        query = f"INSERT INTO attempt (run, ended, {names}) VALUES (?, 1{', ?' * len(NAMES)})"  # noqa: S608 - names of columns
        row = stored_text(entry.row)
        with readable(self.path), self._transaction():
            self._database.execute('DELETE FROM attempt WHERE "row" = ? AND NOT ended', (row,))
            last = self._database.execute('SELECT max(attempt) FROM attempt WHERE "row" = ?', (row,)).fetchone()
            numbered = replace(entry, attempt=(last[0] or 0) + 1)
            self._database.execute(query, (run.number, *values_of(numbered)))
        return numbered

    def reserve_name(self, name: str, by: str) -> str:
        """Reserve `name` for `by` while this ledger is open; return "", or who has reserved it already."""
        stored = stored_text(name)
        with readable(self.path):
            columns = "(name TEXT PRIMARY KEY, owner TEXT NOT NULL)"
            self._database.execute(f"CREATE TEMP TABLE IF NOT EXISTS reserved {columns}")
            try:
                self._database.execute("INSERT INTO reserved VALUES (?, ?)", (stored, stored_text(by)))
            except sqlite3.IntegrityError:
                owner = self._database.execute("SELECT owner FROM reserved WHERE name = ?", (stored,)).fetchone()[0]
                return text_from(owner)
        return ""

    def previous_owner(self, run: Run, entry: LedgerEntry) -> bool:
        """Tell whether an attempt was made earlier in this run, before it was interrupted."""
        query = 'SELECT run FROM attempt WHERE "row" = ? AND attempt = ?'
        with readable(self.path):
            found = self._database.execute(query, (stored_text(entry.row), entry.attempt)).fetchone()
        return found is not None and found["run"] == run.number

    def owns_copy(self, copy: str) -> bool:
        """Tell whether an attempt of this ledger wrote, or was about to write, the file with this name."""
        with readable(self.path):
            return (
                self._database.execute('SELECT 1 FROM attempt WHERE "copy" = ?', (stored_text(copy),)).fetchone()
                is not None
            )

    def parts_of_copy(self, copy: str) -> list[str]:
        """Return the rows whose latest result is that pages of this copy were marked, and not the whole of it."""
        query = f"""SELECT "row" FROM attempt WHERE "copy" = ? AND marked_pages != '' AND ended {_LATEST} ORDER BY id"""  # noqa: S608 - a constant
        with readable(self.path):
            return [text_from(row["row"]) for row in self._database.execute(query, (stored_text(copy),))]

    def _names(self) -> str:
        return ", ".join(f'"{name}"' for name in self._columns)

    def _entry(self, row: sqlite3.Row) -> LedgerEntry:
        try:
            return entry_from({name: row[name] for name in self._columns})
        except ValueError as error:
            raise FailedError(
                f"cannot read an entry of the ledger ({plain(error)})",
                file=str(self.path),
                place=plain(f"row {text_from(row['row'])}"),
                remedy="Another program changed the ledger. Restore it from a backup, or use a new output folder.",
            ) from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")
