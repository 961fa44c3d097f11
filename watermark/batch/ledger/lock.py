"""Never two writers: whoever writes a ledger holds a lock beside it, which ends with the process, however it ends."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from watermark.errors import FailedError, UsageError

SUFFIX = ".lock"


@contextmanager
def locked(ledger: Path) -> Iterator[None]:
    """Hold the lock of a ledger. Raises UsageError when another process has it, FailedError when it cannot be made.

    The lock is an empty SQLite database with an open transaction: the system lets go of it when the process is gone.
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
            if "locked" not in str(error):
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
