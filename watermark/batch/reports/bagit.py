"""A bag for an archive (RFC 8493): the marked copies, the records beside them, their PREMIS and the report."""

import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

import bagit

from watermark._version import __version__
from watermark.batch.ledger import LedgerEntry
from watermark.batch.reports.csv_table import ENCODING, write_table
from watermark.batch.reports.jsonl import write_lines
from watermark.batch.reports.premis import has_premis, place_of, write_premis
from watermark.batch.reports.redaction import PathRedactor
from watermark.batch.storage import is_url, object_at
from watermark.errors import FailedError, NotVerifiedError

DIGESTS = ("sha256", "sha512")
PIECE_BYTES = 1 << 20
Entries = Callable[[], Iterable[LedgerEntry]]


def fill_bag(entries: Entries, folder: Path, bag: Path) -> int:
    """Leave in the empty folder `bag` a bag that validates, and return how many articles are in it.

    Copies with a relative path lie in `folder`. `entries` is asked several times. Each copy is held against its digest
    in the ledger. Raises FailedError when a copy cannot be had, and NotVerifiedError when it is
    not the one that was proved.
    """
    shown = PathRedactor(folder)
    copies = 0
    for entry in filter(has_premis, entries()):
        told = shown.entry(entry)
        _take(folder, entry.copy, bag / "copies" / place_of(told))
        if entry.sidecar:
            record = place_of(told).with_name(PurePosixPath(told.sidecar).name)
            _take(folder, entry.sidecar, bag / "copies" / record)
        copies += 1
    write_premis((shown.entry(entry) for entry in entries()), bag / "premis")
    with (bag / "report.csv").open("w", encoding=ENCODING, newline="") as table:
        write_table((shown.entry(entry) for entry in entries()), table)
    with (bag / "report.jsonl").open("w", encoding="utf-8", newline="\n") as lines:
        write_lines((shown.entry(entry) for entry in entries()), lines)
    _close(bag, (shown.entry(entry) for entry in entries() if has_premis(entry)), copies)
    return copies


def _take(folder: Path, place: str, target: Path) -> None:
    if target.exists():
        raise FailedError("two articles have a file with this name", file=place, remedy="Rename one of them.")
    target.parent.mkdir(parents=True, exist_ok=True)
    if is_url(place):
        _fetch(place, target)
        return
    try:
        source = (folder / place).open("rb")
    except OSError as error:
        raise _gone(place, error.strerror) from error
    with source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy, PIECE_BYTES)


def _fetch(url: str, target: Path) -> None:
    """Leave the object of a cloud store under the target's name."""
    store, key = object_at(url)
    if store.look(key) is None:
        raise _gone(url, "the store has no such object")
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        store.fetched(key, Path(scratch)).replace(target)


def _gone(place: str, why: str | None) -> FailedError:
    return FailedError(
        f"the file is in the ledger, but cannot be read ({why})",
        file=place,
        remedy="Run the batch again to make the missing file, then make the bag.",
    )


def _close(folder: Path, told: Iterable[LedgerEntry], count: int) -> None:
    """Make a bag of the folder, hold the copies against the ledger, and validate all of it again from the disk."""
    about = {
        "External-Description": f"{count} articles marked as retracted, each with the bytes of the original in it",
        "Bag-Software-Agent": f"watermark {__version__}, bagit.py {bagit.VERSION}",
    }
    try:
        bag = bagit.make_bag(str(folder), about, checksums=list(DIGESTS))
        for entry in told:
            place = f"data/copies/{place_of(entry)}"
            if bag.entries[place]["sha256"] != entry.copy_sha256:
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
