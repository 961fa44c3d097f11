"""The lock of a ledger: one writer at a time. It is released when the process ends, in whatever way."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from watermark.errors import FailedError, UsageError

SUFFIX = ".lock"


@contextmanager
def locked(ledger: Path) -> Iterator[None]:
    """Hold the lock of a ledger. Raises UsageError if another process has it, FailedError if it cannot be created.

    The lock is an empty SQLite database with an open transaction: the system releases it when the process has ended.
    """
    path = ledger.with_name(ledger.name + SUFFIX)
    try:
        lock = sqlite3.connect(path, isolation_level=None, timeout=0)
    except sqlite3.Error as error:
        raise _cannot(path, error) from error
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise _cannot(path, error) from error
            raise UsageError(
                "another batch is using this ledger",
                file=str(ledger),
                remedy="Wait until it ends, or choose another output folder.",
            ) from error
        yield


def _cannot(path: Path, error: sqlite3.Error) -> FailedError:
    return FailedError(
        f"cannot lock the ledger ({error})",
        file=str(path),
        remedy="Check the permissions of the folder and the free space.",
    )
