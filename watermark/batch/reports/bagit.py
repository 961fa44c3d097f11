"""Make a BagIt bag (RFC 8493) of the marked copies, their records, their PREMIS documents and the report."""

import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

import bagit

from watermark._version import __version__
from watermark.batch.ledger import LedgerEntry
from watermark.batch.reports.csv_table import ENCODING, write_table
from watermark.batch.reports.jsonl import write_lines
from watermark.batch.reports.premis import has_premis, path_in_bag, write_premis
from watermark.batch.reports.redaction import PathRedactor
from watermark.batch.storage import is_url, object_at
from watermark.errors import FailedError, NotVerifiedError
from watermark.models import plural
from watermark.runtime.chunks import CHUNK_BYTES

DIGESTS = ("sha256", "sha512")
Entries = Callable[[], Iterable[LedgerEntry]]


def fill_bag(entries: Entries, folder: Path, bag: Path) -> int:
    """Fill the empty folder `bag` with a bag, validate it, and return the number of articles in it.

    Copies with a relative path are in `folder`. `entries` is called several times. Each copy is compared with its
    digest in the ledger. Raises FailedError if a copy cannot be read, and NotVerifiedError if it is not the copy that
    was verified.
    """
    redactor = PathRedactor(folder)
    copies, taken = 0, set[tuple[str, str]]()
    for entry in filter(has_premis, entries()):
        redacted = redactor.entry(entry)
        if (entry.copy, entry.copy_sha256) not in taken:  # one copy may have the marks of several articles
            _take(folder, entry.copy, bag / "copies" / path_in_bag(redacted))
            taken.add((entry.copy, entry.copy_sha256))
        if entry.sidecar:
            record = path_in_bag(redacted).with_name(PurePosixPath(redacted.sidecar).name)
            _take(folder, entry.sidecar, bag / "copies" / record)
        copies += 1
    write_premis((redactor.entry(entry) for entry in entries()), bag / "premis")
    with (bag / "report.csv").open("w", encoding=ENCODING, newline="") as table:
        write_table((redactor.entry(entry) for entry in entries()), table)
    with (bag / "report.jsonl").open("w", encoding="utf-8", newline="\n") as lines:
        write_lines((redactor.entry(entry) for entry in entries()), lines)
    _close(bag, (redactor.entry(entry) for entry in entries() if has_premis(entry)), copies)
    return copies


def _take(folder: Path, location: str, target: Path) -> None:
    if target.exists():
        raise FailedError("two articles have a file with this name", file=location, remedy="Rename one of them.")
    target.parent.mkdir(parents=True, exist_ok=True)
    if is_url(location):
        _fetch(location, target)
        return
    try:
        source = (folder / location).open("rb")
    except OSError as error:
        raise _missing(location, error.strerror) from error
    with source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy, CHUNK_BYTES)


def _fetch(url: str, target: Path) -> None:
    """Download an object of a cloud store to the target path."""
    store, key = object_at(url)
    if store.look(key) is None:
        raise _missing(url, "the store has no such object")
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        store.fetched(key, Path(scratch)).replace(target)


def _missing(location: str, why: str | None) -> FailedError:
    return FailedError(
        f"the file is in the ledger, but cannot be read ({why})",
        file=location,
        remedy="Run the batch again to make the missing file, then make the bag.",
    )


def _close(folder: Path, redacted: Iterable[LedgerEntry], count: int) -> None:
    """Make a bag of the folder, compare the copies with the ledger, and validate the whole bag from the disk."""
    articles = plural(count, "article")
    about = {
        "External-Description": f"{articles} marked as retracted; each copy contains the original unchanged",
        "Bag-Software-Agent": f"watermark {__version__}, bagit.py {bagit.VERSION}",
    }
    try:
        bag = bagit.make_bag(str(folder), about, checksums=list(DIGESTS))
        for entry in redacted:
            path = f"data/copies/{path_in_bag(entry)}"
            if bag.entries[path]["sha256"] != entry.copy_sha256:
                raise NotVerifiedError(
                    "not the copy that was verified: its SHA-256 differs from the ledger",
                    file=entry.copy,
                    remedy="Run the batch again to make it again, then make the bag.",
                )
        bag.validate()
    except bagit.BagError as error:
        raise FailedError(
            f"cannot write the bag ({error})", remedy="Check the disk. No partial files remain."
        ) from error
