"""Write a report from a ledger in the requested format. It appears complete under its name, or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from watermark.batch.ledger import Ledger, LedgerEntry, ledger_files
from watermark.batch.reports.bagit import fill_bag
from watermark.batch.reports.certificates import write_certificates
from watermark.batch.reports.csv_table import ENCODING, write_table
from watermark.batch.reports.html import write_page
from watermark.batch.reports.jsonl import write_lines
from watermark.batch.reports.premis import write_premis
from watermark.batch.reports.redaction import PathRedactor
from watermark.batch.reports.thumbnail_workers import with_thumbnails
from watermark.batch.reports.thumbnails import LARGE_SIDE_PIXELS, PAIRS_IN_LARGE, SMALL_SIDE_PIXELS
from watermark.batch.storage import is_url
from watermark.errors import UsageError
from watermark.runtime.atomic_files import atomic_file, new_folder
from watermark.runtime.input_files import require_not_a_pdf, require_not_an_input

MAX_PAGES = 4


class Form(StrEnum):
    """The formats of a report: a page for people, a table, lines for programs, two for archives, and certificates."""

    HTML = "html"
    CSV = "csv"
    JSONL = "jsonl"
    PREMIS = "premis"
    BAG = "bag"
    CERTIFICATE = "certificate"


CURRENT_ONLY = frozenset({Form.PREMIS, Form.BAG, Form.CERTIFICATE})
"""The formats about the copies as they are now, not about earlier attempts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSummary:
    """A report that was written: `count` of the `of` entries in the ledger are in it.

    `problems` are sentences about those that should be in it and are not.
    """

    report: str
    count: int
    of: int
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRequest:
    """What to write. `pages` is how many pages of each article are shown; None chooses it by the number of articles.

    `password_of` returns the password of an entry's copy, "" if none is known.
    """

    form: Form
    destination: Path
    title: str = ""
    pages: int | None = None
    overwrite: bool = False
    all_attempts: bool = False
    password_of: Callable[[LedgerEntry], str] = field(default=lambda _: "", repr=False)


def write_report(ledger: Ledger, request: ReportRequest) -> ReportSummary:
    """Write the report to its destination. Raises UsageError if the file exists, FailedError if writing fails.

    Memory does not grow with the number of entries, except for a bag, whose manifests are kept in memory.
    """
    if request.form in CURRENT_ONLY and request.all_attempts:
        raise UsageError(
            f"a report in the format {request.form} covers the current copies, not earlier attempts",
            remedy="Leave the earlier attempts out, or use csv, jsonl or html.",
        )
    folder = ledger.path.absolute().parent
    if request.destination.exists():
        require_not_an_input(request.destination, _files_of(ledger, folder))
        require_not_a_pdf(request.destination)
    problems: tuple[str, ...] = ()
    of = sum(1 for _ in ledger.entries(all_attempts=request.all_attempts))
    if request.form is Form.BAG:
        with new_folder(request.destination) as bag:
            count = fill_bag(ledger.entries, folder, bag)
    elif request.form is Form.PREMIS:
        with new_folder(request.destination) as documents:
            count = write_premis(_redacted(ledger, PathRedactor(folder), request), documents)
    elif request.form is Form.CERTIFICATE:
        with new_folder(request.destination) as certificates:
            count, problems = write_certificates(ledger.entries(), folder, certificates, request.password_of)
    else:
        encoding, newline = (ENCODING, "") if request.form is Form.CSV else ("utf-8", "\n")
        with atomic_file(request.destination, overwrite=request.overwrite, inputs=(ledger.path,)) as new:
            with new.path.open("w", encoding=encoding, newline=newline) as target:
                _write(ledger, request, folder, target)
            new.commit()
        count = of
    return ReportSummary(report=str(request.destination), count=count, of=of, problems=problems)


def _files_of(ledger: Ledger, folder: Path) -> Iterator[Path]:
    """Yield the ledger and every article, copy and record in it: a report must not replace any of them."""
    yield from ledger_files(ledger.path)
    for entry in ledger.entries(all_attempts=True):
        yield from (folder / location for location in (entry.article, entry.copy, entry.sidecar) if location)


def _write(ledger: Ledger, request: ReportRequest, folder: Path, target: TextIO) -> None:
    redactor = PathRedactor(folder)
    if request.form is not Form.HTML:
        write = write_table if request.form is Form.CSV else write_lines
        write(_redacted(ledger, redactor, request), target)
        return
    pages, side = _pages_and_size(ledger, request)
    here = PathRedactor(request.destination.absolute().parent)
    entries = ledger.entries(all_attempts=request.all_attempts)
    write_page(
        with_thumbnails(entries, folder, pages, longest_side_pixels=side, password_of=request.password_of),
        target,
        title=request.title or folder.name,
        redactor=redactor,
        link=lambda copy: here.address(copy if is_url(copy) or not copy else str(folder / copy)),
    )


def _redacted(ledger: Ledger, redactor: PathRedactor, request: ReportRequest) -> Iterator[LedgerEntry]:
    return (redactor.entry(entry) for entry in ledger.entries(all_attempts=request.all_attempts))


def _pages_and_size(ledger: Ledger, request: ReportRequest) -> tuple[int, int]:
    """Return how many pages of each article are shown, and their size in pixels, so that the report opens quickly."""
    copies = max(1, sum(1 for entry in ledger.entries(all_attempts=request.all_attempts) if entry.copy))
    pages = max(1, min(MAX_PAGES, PAIRS_IN_LARGE // copies)) if request.pages is None else request.pages
    return pages, LARGE_SIDE_PIXELS if pages * copies <= PAIRS_IN_LARGE else SMALL_SIDE_PIXELS
