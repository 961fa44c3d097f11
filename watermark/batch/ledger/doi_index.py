"""The index of articles by DOI: what each PDF says of itself, read again only when the file has changed."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from watermark.batch.ledger.connection import readable

AT_ONCE = 200
"""So many PDFs are put on the disk together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifiedPdf:
    """What one PDF says of itself. `dois` are those of its metadata, `printed_dois` only stand on page 1.

    `stamp` changes when the file may have. `fault` is why nothing could be read.
    """

    path: str
    stamp: str
    sha256: str = ""
    dois: tuple[str, ...] = ()
    printed_dois: tuple[str, ...] = ()
    fault: str = ""


class DoiIndex:
    """The PDFs of one catalogue, in the tables of its ledger."""

    def __init__(self, file: Path, database: sqlite3.Connection) -> None:
        """Take the open database of the ledger in `file`."""
        self._file, self._database = file, database
        self._round = self._written = 0

    def begin(self) -> None:
        """Begin to look through the catalogue: what is not seen until `finish` is there no more."""
        with readable(self._file):
            last = self._database.execute("SELECT max(seen) FROM found").fetchone()[0]
            self._round = (last or 0) + 1
            self._database.execute("BEGIN")

    def finish(self, *, is_complete: bool) -> None:
        """Keep what was seen; forget the PDFs that were not, where all were looked for."""
        with readable(self._file):
            if is_complete:
                gone = "SELECT path FROM found WHERE seen != ?"
                self._database.execute(f"DELETE FROM found_doi WHERE path IN ({gone})", (self._round,))  # noqa: S608 - a constant
                self._database.execute("DELETE FROM found WHERE seen != ?", (self._round,))
            self._database.execute("COMMIT")

    def known(self, path: str) -> tuple[str, str] | None:
        """Return the stamp and the SHA-256 under which a PDF was last looked at, or None."""
        with readable(self._file):
            found = self._database.execute("SELECT stamp, sha256 FROM found WHERE path = ?", (path,)).fetchone()
        return (found["stamp"], found["sha256"]) if found else None

    def seen(self, path: str, stamp: str) -> None:
        """Keep that a known PDF is still there and is what it was."""
        with self._step():
            self._database.execute("UPDATE found SET seen = ?, stamp = ? WHERE path = ?", (self._round, stamp, path))

    def keep(self, glance: IdentifiedPdf) -> None:
        """Keep what a PDF says of itself, in place of what it said before."""
        values = (glance.path, glance.stamp, glance.sha256, glance.fault, self._round)
        dois = [*((doi, 0) for doi in glance.dois), *((doi, 1) for doi in glance.printed_dois)]
        with self._step():
            self._database.execute("DELETE FROM found_doi WHERE path = ?", (glance.path,))
            self._database.execute("INSERT OR REPLACE INTO found VALUES (?, ?, ?, ?, ?)", values)
            self._database.executemany(
                "INSERT OR IGNORE INTO found_doi VALUES (?, ?, ?)",
                [(doi, glance.path, printed) for doi, printed in dois],
            )

    def paths_of(self, doi: str) -> Sequence[str]:
        """Return the PDFs that have a DOI in their metadata; where there is none, those that print it on page 1."""
        query = "SELECT path, is_printed FROM found_doi WHERE doi = ? ORDER BY path"
        with readable(self._file):
            found = self._database.execute(query, (doi,)).fetchall()
        return [row["path"] for row in found if not row["is_printed"]] or [row["path"] for row in found]

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield each PDF that could not be read, with the reason."""
        with readable(self._file):
            for row in self._database.execute("SELECT path, fault FROM found WHERE fault != '' ORDER BY path"):
                yield row["path"], row["fault"]

    @contextmanager
    def _step(self) -> Iterator[None]:
        with readable(self._file):
            yield
            self._written += 1
            if self._written % AT_ONCE == 0:
                self._database.execute("COMMIT")
                self._database.execute("BEGIN")
