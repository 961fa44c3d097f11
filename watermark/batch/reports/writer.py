"""A report from a ledger, in the form that is asked for: it appears whole under its name, or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from watermark.batch.ledger import Ledger, LedgerEntry, ledger_files
from watermark.batch.reports.bagit import fill_bag
from watermark.batch.reports.csv_table import ENCODING, write_table
from watermark.batch.reports.html import write_page
from watermark.batch.reports.jsonl import write_lines
from watermark.batch.reports.premis import write_premis
from watermark.batch.reports.redaction import PathRedactor
from watermark.batch.reports.thumbnail_workers import with_thumbnails
from watermark.batch.reports.thumbnails import LARGE_SIDE_PIXELS, PAIRS_IN_LARGE, SMALL_SIDE_PIXELS
from watermark.batch.storage import is_url
from watermark.errors import UsageError
from watermark.runtime.atomic_files import atomic_file
from watermark.runtime.atomic_folder import new_folder
from watermark.runtime.input_files import require_not_a_pdf, require_not_an_input

MAX_PAGES = 4


class Form(StrEnum):
    """What a report can be: a page for people, a table, lines for programs, and two things for an archive."""

    HTML = "html"
    CSV = "csv"
    JSONL = "jsonl"
    PREMIS = "premis"
    BAG = "bag"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSummary:
    """A report that was written: how many entries are in it, of how many in the ledger."""

    report: str
    count: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRequest:
    """How a report shall be. `pages` is how many pages of each article are shown, or None for as many as are light.

    `password_of` returns what opens the copy of an entry, "" where nobody has told.
    """

    form: Form
    destination: Path
    title: str = ""
    pages: int | None = None
    overwrite: bool = False
    all_attempts: bool = False
    password_of: Callable[[LedgerEntry], str] = field(default=lambda _: "", repr=False)


def write_report(ledger: Ledger, wish: ReportRequest) -> ReportSummary:
    """Leave the report at its destination. Raises UsageError when the name is taken, FailedError when it fails.

    Memory does not grow with the number of entries, but for a bag: its manifests are held.
    """
    if wish.form in {Form.PREMIS, Form.BAG} and wish.all_attempts:
        raise UsageError(
            f"a report in the format {wish.form} covers the current copies, not earlier attempts",
            remedy="Leave the earlier attempts out, or use csv, jsonl or html.",
        )
    folder = ledger.path.absolute().parent
    if wish.destination.exists():
        require_not_an_input(wish.destination, _files_of(ledger, folder))
        require_not_a_pdf(wish.destination)
    of = sum(1 for _ in ledger.entries(all_attempts=wish.all_attempts))
    if wish.form is Form.BAG:
        with new_folder(wish.destination) as bag:
            count = fill_bag(ledger.entries, folder, bag)
    elif wish.form is Form.PREMIS:
        with new_folder(wish.destination) as documents:
            count = write_premis(_shown(ledger, PathRedactor(folder), wish), documents)
    else:
        encoding, newline = (ENCODING, "") if wish.form is Form.CSV else ("utf-8", "\n")
        with atomic_file(wish.destination, overwrite=wish.overwrite, inputs=(ledger.path,)) as new:
            with new.path.open("w", encoding=encoding, newline=newline) as target:
                count = _write(ledger, wish, folder, target)
            new.commit()
    return ReportSummary(report=str(wish.destination), count=count, of=of)


def _files_of(ledger: Ledger, folder: Path) -> Iterator[Path]:
    """Yield the ledger, and every article, copy and record that it names: a report replaces none of them."""
    yield from ledger_files(ledger.path)
    for entry in ledger.entries(all_attempts=True):
        yield from (folder / place for place in (entry.article, entry.copy, entry.sidecar) if place)


def _write(ledger: Ledger, wish: ReportRequest, folder: Path, target: TextIO) -> int:
    shown = PathRedactor(folder)
    if wish.form is not Form.HTML:
        write = write_table if wish.form is Form.CSV else write_lines
        return write(_shown(ledger, shown, wish), target)
    pages, side = _light(ledger, wish)
    here = PathRedactor(wish.destination.absolute().parent)
    entries = ledger.entries(all_attempts=wish.all_attempts)
    return write_page(
        with_thumbnails(entries, folder, pages, longest_side_pixels=side, password_of=wish.password_of),
        target,
        title=wish.title or folder.name,
        shown=shown,
        link=lambda place: here.address(place if is_url(place) or not place else str(folder / place)),
    )


def _shown(ledger: Ledger, shown: PathRedactor, wish: ReportRequest) -> Iterator[LedgerEntry]:
    return (shown.entry(entry) for entry in ledger.entries(all_attempts=wish.all_attempts))


def _light(ledger: Ledger, wish: ReportRequest) -> tuple[int, int]:
    """Return how many pages of each article are shown, and how large, so that the page still opens at once."""
    copies = max(1, sum(1 for entry in ledger.entries(all_attempts=wish.all_attempts) if entry.copy))
    pages = max(1, min(MAX_PAGES, PAIRS_IN_LARGE // copies)) if wish.pages is None else wish.pages
    return pages, LARGE_SIDE_PIXELS if pages * copies <= PAIRS_IN_LARGE else SMALL_SIDE_PIXELS
