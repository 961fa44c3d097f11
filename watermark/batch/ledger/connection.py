"""Open the SQLite file of a ledger for one writer or any number of readers, and check or create its schema."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from watermark.batch.ledger.columns import declared
from watermark.errors import FailedError, UsageError

APPLICATION = 0x52574D4C
"""“RWML”: identifies the file as a ledger (SQLite's application_id)."""
VERSION = 1
LOCK_TIMEOUT_SECONDS = 30.0
MAX_VALUE_BYTES = 64 << 20
"""Of one value; the findings and decisions on one article are far below."""

_TABLES = """
CREATE TABLE run (
    id INTEGER PRIMARY KEY, started_at TEXT NOT NULL, ended_at TEXT NOT NULL DEFAULT '', marked_at TEXT NOT NULL,
    tool TEXT NOT NULL, host TEXT NOT NULL, process INTEGER NOT NULL
);
CREATE TABLE attempt (
    id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run, ended INTEGER NOT NULL DEFAULT 0, {columns},
    UNIQUE ("row", attempt)
);
CREATE INDEX attempt_by_copy ON attempt ("copy");
CREATE TABLE found (
    path TEXT PRIMARY KEY, stamp TEXT NOT NULL, sha256 TEXT NOT NULL, fault TEXT NOT NULL, seen INTEGER NOT NULL
);
CREATE TABLE found_doi (
    doi TEXT NOT NULL, path TEXT NOT NULL, is_printed INTEGER NOT NULL, PRIMARY KEY (doi, path)
) WITHOUT ROWID;
CREATE INDEX found_doi_by_path ON found_doi (path);
"""


@contextmanager
def connection(path: Path, *, write: bool) -> Iterator[sqlite3.Connection]:
    """Yield the ledger's database, of this version. A writer creates it if it does not exist.

    Each commit is written to the disk. Raises UsageError if there is no file, FailedError if it is not a ledger.
    """
    if not write and not path.is_file():
        raise UsageError("the ledger does not exist", file=str(path), remedy="Use the ledger that a batch wrote.")
    with readable(path), closing(_opened(path, write=write)) as database:
        database.row_factory = sqlite3.Row
        database.execute("PRAGMA trusted_schema = OFF")
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)
        _check(database, path, write=write)
        if write:
            database.execute("PRAGMA journal_mode = WAL")  # readers and the writer do not wait for each other
        yield database


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn an error of SQLite into a FailedError with the name of the file and a remedy."""
    try:
        yield
    except sqlite3.Error as error:
        full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        raise FailedError(
            f"cannot {'write' if full else 'use'} the ledger ({error})",
            file=str(path),
            remedy="Free some space, then run the same command again; finished articles are kept."
            if full
            else "Check the file and its permissions. It must be a ledger of this tool, on a local disk.",
        ) from error


def _opened(path: Path, *, write: bool) -> sqlite3.Connection:
    if write:
        database = sqlite3.connect(path, isolation_level=None, timeout=LOCK_TIMEOUT_SECONDS)
        database.execute("PRAGMA synchronous = FULL")
        return database
    name = path.resolve().as_uri()
    try:
        # a connection without write access cannot remove the files that SQLite creates next to a WAL database
        database = sqlite3.connect(f"{name}?mode=rw", uri=True, isolation_level=None, timeout=LOCK_TIMEOUT_SECONDS)
        database.execute("PRAGMA query_only = ON")
        database.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError:
        if path.with_name(f"{path.name}-wal").exists():
            raise
        # on a read-only medium, where no other process can write either
        database = sqlite3.connect(f"{name}?mode=ro&immutable=1", uri=True, isolation_level=None)
    return database


def _check(database: sqlite3.Connection, path: Path, *, write: bool) -> None:
    application = database.execute("PRAGMA application_id").fetchone()[0]
    version = database.execute("PRAGMA user_version").fetchone()[0]
    is_empty = not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if is_empty and write and (application, version) in {(0, 0), (APPLICATION, VERSION)}:
        _create(database)
    elif application != APPLICATION or is_empty:
        raise FailedError("not a ledger of this tool", file=str(path), remedy="Use the ledger that a batch wrote.")
    elif not _is_plain(database):
        raise FailedError(
            "the ledger has views or computed columns, which this tool never writes",
            file=str(path),
            remedy="Use the ledger that a batch wrote.",
        )
    elif version > VERSION:
        raise FailedError(
            f"a newer release wrote the ledger (schema {version}; this release knows {VERSION})",
            file=str(path),
            remedy="Use the newer release, or a new output folder.",
        )
    elif write:
        _add_columns(database)


def _is_plain(database: sqlite3.Connection) -> bool:
    """Return whether there are only tables with stored values: a view, for one, can have rows without end."""
    names: list[str] = []
    for kind, name, statement in database.execute("SELECT type, name, sql FROM sqlite_master").fetchall():
        if kind not in {"table", "index"} or str(statement).lstrip().upper().startswith("CREATE VIRTUAL"):
            return False
        names += [name] if kind == "table" else []
    hidden = "SELECT count(*) FROM pragma_table_xinfo(?) WHERE hidden"
    return not any(database.execute(hidden, (name,)).fetchone()[0] for name in names)


def _create(database: sqlite3.Connection) -> None:
    columns = ", ".join(f'"{name}" {kind}' for name, kind in declared().items())
    script = _TABLES.format(columns=columns)
    database.executescript(
        f"BEGIN; {script} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
    )


def _add_columns(database: sqlite3.Connection) -> None:
    """Add the columns that this release has and the release that wrote the ledger had not."""
    known = {row["name"] for row in database.execute("PRAGMA table_info(attempt)")}
    for name, kind in declared().items():
        if name not in known:
            database.execute(f'ALTER TABLE attempt ADD COLUMN "{name}" {kind}')
