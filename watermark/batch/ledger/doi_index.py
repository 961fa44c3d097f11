"""The index of articles by DOI: the DOIs of each PDF, read again only if the file has changed."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from watermark.batch.ledger.columns import stored_text, text_from
from watermark.batch.ledger.connection import readable

COMMIT_EVERY = 200
"""How many PDFs are written to the disk in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifiedPdf:
    """The DOIs of one PDF: `dois` from its metadata, `printed_dois` from page 1 only.

    `stamp` changes when the file may have. `problem` is why the file could not be read.
    """

    path: str
    stamp: str
    sha256: str = ""
    dois: tuple[str, ...] = ()
    printed_dois: tuple[str, ...] = ()
    problem: str = ""


class DoiIndex:
    """The PDFs of one catalogue, in the tables of its ledger."""

    def __init__(self, file: Path, database: sqlite3.Connection) -> None:
        """Take the open database of the ledger in `file`."""
        self._file, self._database = file, database
        self._round = self._written = 0

    def begin(self) -> None:
        """Begin a scan of the catalogue: PDFs that are not seen until `finish` are removed from the index."""
        with readable(self._file):
            last = self._database.execute("SELECT max(seen) FROM found").fetchone()[0]
            self._round = (last or 0) + 1
            self._database.execute("BEGIN")

    def finish(self, *, is_complete: bool) -> None:
        """Commit the scan. If it is complete, remove the PDFs that were not seen."""
        with readable(self._file):
            if is_complete:
                gone = "SELECT path FROM found WHERE seen != ?"
                self._database.execute(f"DELETE FROM found_doi WHERE path IN ({gone})", (self._round,))  # noqa: S608 - a constant
                self._database.execute("DELETE FROM found WHERE seen != ?", (self._round,))
            self._database.execute("COMMIT")

    def known(self, path: str) -> tuple[str, str] | None:
        """Return the stamp and the SHA-256 with which a PDF was last indexed, or None."""
        with readable(self._file):
            found = self._database.execute(
                "SELECT stamp, sha256 FROM found WHERE path = ?", (stored_text(path),)
            ).fetchone()
        return (found["stamp"], found["sha256"]) if found else None

    def seen(self, path: str, stamp: str) -> None:
        """Mark a known, unchanged PDF as seen in this scan."""
        with self._step():
            query = "UPDATE found SET seen = ?, stamp = ? WHERE path = ?"
            self._database.execute(query, (self._round, stamp, stored_text(path)))

    def keep(self, pdf: IdentifiedPdf) -> None:
        """Record the DOIs of a PDF in place of earlier ones."""
        path = stored_text(pdf.path)
        values = (path, pdf.stamp, pdf.sha256, stored_text(pdf.problem), self._round)
        dois = [*((doi, 0) for doi in pdf.dois), *((doi, 1) for doi in pdf.printed_dois)]
        with self._step():
            self._database.execute("DELETE FROM found_doi WHERE path = ?", (path,))
            self._database.execute("INSERT OR REPLACE INTO found VALUES (?, ?, ?, ?, ?)", values)
            self._database.executemany(
                "INSERT OR IGNORE INTO found_doi VALUES (?, ?, ?)",
                [(doi, path, printed) for doi, printed in dois],
            )

    def paths_of(self, doi: str) -> Sequence[str]:
        """Return the PDFs that have a DOI in their metadata; if there are none, those that print it on page 1."""
        query = "SELECT path, is_printed FROM found_doi WHERE doi = ? ORDER BY path"
        with readable(self._file):
            found = self._database.execute(query, (doi,)).fetchall()
        return [text_from(row["path"]) for row in found if not row["is_printed"]] or [
            text_from(row["path"]) for row in found
        ]

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield each PDF that could not be read, with the reason."""
        with readable(self._file):
            for row in self._database.execute("SELECT path, fault FROM found WHERE fault != '' ORDER BY path"):
                yield text_from(row["path"]), text_from(row["fault"])

    @contextmanager
    def _step(self) -> Iterator[None]:
        with readable(self._file):
            yield
            self._written += 1
            if self._written % COMMIT_EVERY == 0:
                self._database.execute("COMMIT")
                self._database.execute("BEGIN")
