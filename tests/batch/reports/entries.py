"""Entries as a ledger keeps them: one in words, and those of articles that were really marked."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.helpers.build import build
from watermark.batch.ledger import Ledger, LedgerEntry
from watermark.models import ALWAYS_CHECKED, Finding, Outcome, Status
from watermark.notice import Notice, NoticeFile, Reference, State
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.plan import StampRequest

DOI = "10.5555/article"
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
WELL = tuple(Finding(claim=claim, status=Status.OK, message=f"{claim.value} holds") for claim in ALWAYS_CHECKED)
A_MARKED_ONE = LedgerEntry(
    row="10.5555/a",
    attempt=1,
    result="marked",
    exit_status=0,
    article="articles/a.pdf",
    article_sha256=hashlib.sha256(b"a").hexdigest(),
    article_size_bytes=1000,
    article_doi="10.5555/a",
    title="A study",
    page_count=2,
    notice="notice.md",
    notice_link="https://doi.org/10.5555/n",
    state="retraction",
    copy="articles/a.retracted.pdf",
    copy_sha256=hashlib.sha256(b"b").hexdigest(),
    copy_size_bytes=1300,
    findings=WELL,
    started_at=AT,
    seconds=1.25,
    tool="watermark 0.1.0",
)


def entry(**values: Any) -> LedgerEntry:  # noqa: ANN401 - the entry knows the type of each
    return replace(A_MARKED_ONE, **values)


def refused(**values: Any) -> LedgerEntry:  # noqa: ANN401 - the entry knows the type of each
    """Return the entry of an article that was not marked."""
    given: Mapping[str, Any] = {
        "result": "refused",
        "exit_status": 3,
        "reason": "the PDF is digitally signed",
        "remedy": "Mark an unsigned version.",
        "copy": "",
        "copy_sha256": "",
        "copy_size_bytes": 0,
        "findings": (),
    }
    return entry(**{**given, **values})


def marked(
    folder: Path,
    name: str = "a",
    *,
    title: str = "A study of cells",
    notice_page: str = "auto",
    rebuild: bool = False,
    password: str = "",
    **peculiarities: object,
) -> LedgerEntry:
    """Return the entry of an article that was built, marked and verified in `folder`."""
    article, copy = folder / f"{name}.pdf", folder / f"{name}.retracted.pdf"
    article.write_bytes(build(**{"pages": 2, "info": {"/Title": title, "/doi": DOI}, **peculiarities}))  # type: ignore[arg-type]
    notice = Notice(state=State.RETRACTION, title=title, article=Reference(title=title, doi=DOI), doi="10.5555/n")
    given = NoticeFile(notice=notice, data=b"The notice.", name="notice.txt", media_type="text/plain")
    job = StampRequest(
        article=article, notice=given, marked_at=AT, notice_page=notice_page, rebuild=rebuild, password=password
    )
    outcome = stamp_outcome(job, copy)
    assert outcome.exit_status == 0, outcome.reason
    return entry_of(outcome, title)


def entry_of(outcome: Outcome, title: str) -> LedgerEntry:
    """Return the entry of an article that was marked."""
    copy = Path(outcome.copy)
    receipt, verdict = outcome.receipt, outcome.report
    assert receipt is not None
    assert verdict is not None
    return entry(
        row=copy.name,
        article=outcome.article,
        article_sha256=receipt.original_sha256,
        article_size_bytes=receipt.original_size_bytes,
        title=title,
        page_count=receipt.page_count,
        copy=outcome.copy,
        copy_sha256=hashlib.sha256(copy.read_bytes()).hexdigest(),
        copy_size_bytes=copy.stat().st_size,
        sidecar=outcome.sidecar,
        findings=verdict.findings,
        decisions=outcome.decisions,
        notes=outcome.notes,
        tool=receipt.tool,
    )


def ledger_of(place: Path, *entries: LedgerEntry) -> Path:
    """Leave a ledger with these entries in a folder, or in a file, and return its path."""
    with Ledger.opened(place, write=True) as ledger:
        run = ledger.begin_run(AT, "watermark 0.1.0")
        for one in entries:
            attempt = ledger.begin(run, one.row, one.copy)
            ledger.end(run, replace(one, attempt=attempt))
        ledger.end_run(run)
        return ledger.path


def unfinished(ledger: Ledger) -> list[tuple[str, str]]:
    """Return the row and the copy of each attempt that was begun and has not ended."""
    found = ledger._database.execute('SELECT "row", "copy" FROM attempt WHERE NOT ended').fetchall()
    return [(row["row"], row["copy"]) for row in found]
