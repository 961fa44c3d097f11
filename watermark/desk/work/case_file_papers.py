"""What is written for the case file besides a copy: its certificate, and a letter to the editor."""

from dataclasses import dataclass, replace
from pathlib import Path

from watermark.batch.ledger import LedgerEntry
from watermark.batch.reports.single import entry_of, write_entry_report
from watermark.errors import WatermarkError, only_watermark_errors
from watermark.models import Outcome
from watermark.stamping.certificate import certificate_document, facts_of
from watermark.stamping.certificate.letter import letter_about
from watermark.stamping.plan import StampRequest

CERTIFICATE, LETTER = "certificate.pdf", "letter.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperNames:
    """The names that the user knows: of the article, and of what is saved. The papers name them."""

    article: str
    copy: str
    record: str
    certificate: str


def entry_for(outcome: Outcome, request: StampRequest, names: PaperNames) -> LedgerEntry:
    """Return what a ledger records of an article, with the names that the user knows."""
    entry = entry_of(outcome, request)
    return replace(
        entry,
        row=request.notice.notice.article.doi or names.article,
        article=names.article,
        copy=names.copy if entry.copy else "",
        sidecar=names.record if entry.sidecar else "",
    )


def write_report(entry: LedgerEntry, copy: Path, report: Path, *, password: str) -> None:
    """Write the HTML report on a copy; it links to the copy under the name that the user knows, beside it."""
    with only_watermark_errors(copy):
        write_entry_report(entry, copy, report, folder=report.parent, password=password)


def write_papers(outcome: Outcome, request: StampRequest, copy: Path, names: PaperNames) -> str:
    """Write both papers beside a copy; return why there is no certificate, or "" if there is one."""
    problem, certificate_name = "", names.certificate
    try:
        with only_watermark_errors(copy):
            copy.with_name(CERTIFICATE).write_bytes(_certificate(outcome, request, copy, names.copy))
    except WatermarkError as error:
        problem, certificate_name = error.reason, ""
    letter = letter_about(outcome, request.notice.notice, copy_name=names.copy, certificate_name=certificate_name)
    copy.with_name(LETTER).write_text(letter, encoding="utf-8", errors="backslashreplace", newline="\n")
    return problem


def _certificate(outcome: Outcome, request: StampRequest, copy: Path, copy_name: str) -> bytes:
    """Return the certificate as `stamp` writes it; the copy has another name there than in the private folder."""
    assert outcome.report is not None  # a copy that was marked was verified
    facts = facts_of(
        copy,
        outcome.report,
        at=request.marked_at,
        password=request.password,
        notice=request.notice,
        letterhead=request.letterhead,
    )
    return certificate_document(replace(facts, copy_name=copy_name), font=request.font)
