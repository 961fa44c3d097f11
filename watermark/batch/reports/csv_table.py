"""Write entries as CSV for spreadsheets: one line for each, a column for each claim, and no cell that is a formula."""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from watermark.batch.ledger import LedgerEntry
from watermark.batch.reports.redaction import ReportedEntry
from watermark.models import ALWAYS_CHECKED, Finding, Status, VerificationReport
from watermark.receipt import format_utc

ENCODING = "utf-8-sig"  # without a byte order mark, spreadsheets assume the code page of the machine
MAX_CELL_LENGTH = 32_000  # spreadsheets hold 32,767 characters in a cell
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - wide forms are formulas, too

_AFTER_SEPARATOR = re.compile(r"([;|\t\r\n\"] {0,99})(?=[=+\-@＝＋－＠])")  # noqa: RUF001 - see above


def write_table(entries: Iterable[LedgerEntry], target: TextIO) -> None:
    """Write a header and a line for each entry to `target`, opened with `newline=""`."""
    table = csv.writer(target)
    table.writerow(COLUMNS)
    for entry in entries:
        table.writerow([safe(value) for value in _row(entry)])


def safe(value: object) -> str:
    """Return the text of a cell, with an apostrophe before anything that a spreadsheet would run as a formula.

    That includes formulas inside the cell: many spreadsheets use a semicolon as the separator, and quotation marks do
    not protect the text after one.
    """
    text = "" if value is None else str(value)
    if not isinstance(value, (int, float)):
        if text.lstrip(" \xa0").startswith(_FORMULA):
            text = f"'{text}"
        text = _AFTER_SEPARATOR.sub(r"\1'", text)
    return text if len(text) <= MAX_CELL_LENGTH else text[: MAX_CELL_LENGTH - 1] + "…"


def _row(entry: LedgerEntry) -> Iterator[object]:
    yield from (entry.row, entry.attempt, entry.result, entry.exit_status, entry.reason, entry.remedy)
    yield from (entry.title, entry.article_doi, entry.state, entry.notice, entry.notice_link)
    yield from (entry.article, entry.article_sha256, entry.article_size_bytes or "", entry.page_count or "")
    yield from (entry.copy, entry.copy_sha256, entry.copy_size_bytes or "", entry.sidecar)
    report = VerificationReport(findings=entry.findings)
    yield from (report.status_of(claim).value if entry.findings else "" for claim in ALWAYS_CHECKED)
    yield "\n".join(in_words(finding) for finding in entry.findings if finding.status is not Status.OK)
    yield "\n".join(entry.notes)
    yield from (format_utc(entry.started_at), round(entry.seconds, 3), entry.tool)
    if isinstance(entry, ReportedEntry):
        yield from (entry.article_uri, entry.copy_uri, entry.marked_pages)


def in_words(finding: Finding) -> str:
    """Return a finding as one line of text."""
    page = f"page {finding.page_number}: " if finding.page_number else ""
    return f"{finding.claim.value} {finding.status.value}: {page}{finding.message}"


COLUMNS = (
    *("row", "attempt", "result", "exit status", "reason", "what to do"),
    *("title", "DOI", "state", "notice", "notice link"),
    *("article", "article SHA-256", "article bytes", "pages"),
    *("copy", "copy SHA-256", "copy bytes", "record file"),
    *(claim.value for claim in ALWAYS_CHECKED),
    *("findings", "notes", "started at", "seconds", "tool"),
    *("article URI", "copy URI", "marked pages"),
)
