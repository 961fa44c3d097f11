"""The HTML report on one article that was stamped without a batch."""

from dataclasses import replace
from pathlib import Path

from watermark.batch.ledger import LedgerEntry
from watermark.batch.reports.html import write_page
from watermark.batch.reports.redaction import PathRedactor
from watermark.batch.reports.thumbnails import LARGE_SIDE_PIXELS, Pictures, draw_pairs, pages_to_show
from watermark.batch.reports.writer import MAX_PAGES
from watermark.batch.storage import digest_of
from watermark.batch.wrong_article import own_title
from watermark.errors import WatermarkError
from watermark.models import Outcome
from watermark.runtime.atomic_files import atomic_file
from watermark.stamping.plan import StampRequest
from watermark.stamping.plan.model import TOOL


def write_single_report(outcome: Outcome, request: StampRequest, destination: Path, *, overwrite: bool) -> None:
    """Write the page about one article to `destination`, also if it was refused: the page says what to do.

    Raises what `atomic_file` raises.
    """
    entry, copy = entry_of(outcome, request), Path(outcome.copy)
    inputs = (*request.protected, *([copy] if outcome.copy else []))
    with atomic_file(destination, overwrite=overwrite, inputs=inputs) as new:
        write_entry_report(entry, copy, new.path, folder=destination.absolute().parent, password=request.password)
        new.commit()


def write_entry_report(entry: LedgerEntry, copy: Path, path: Path, *, folder: Path, password: str) -> None:
    """Write the page about one entry to `path`, with pictures of the file `copy`.

    A link on the page is relative to `folder`, and leads to the copy under its name in the entry.
    """
    redactor = PathRedactor(folder)
    title = entry.pdf_title or entry.title or Path(entry.article).name
    pictures = _pictures(copy, entry, password)
    with path.open("w", encoding="utf-8", newline="\n") as target:
        write_page([(entry, pictures)], target, title=title, redactor=redactor, link=redactor.address)


def entry_of(outcome: Outcome, request: StampRequest) -> LedgerEntry:
    """Return what a batch would have recorded of this article; times are those of the marking."""
    notice, receipt = request.notice.notice, outcome.receipt
    article = str(request.article.absolute())
    entry = LedgerEntry(
        row=notice.article.doi or request.article.name,
        attempt=1,
        result=outcome.result.value,
        exit_status=outcome.exit_status,
        reason=outcome.reason,
        remedy=outcome.remedy,
        article=article,
        article_sha256=receipt.original_sha256 if receipt else "",
        article_size_bytes=receipt.original_size_bytes if receipt else 0,
        article_doi=notice.article.doi,
        title=notice.article.title,
        pdf_title=own_title(request.article, outcome.code, password=request.password),
        page_count=receipt.page_count if receipt else 0,
        marked_pages=str(receipt.pages or "") if receipt else "",
        notice=request.notice.name,
        notice_digest=notice.digest,
        notice_link=notice.link,
        state=notice.state.value,
        findings=outcome.report.findings if outcome.report is not None else (),
        decisions=outcome.decisions,
        notes=(*request.notice.warnings, *outcome.notes),
        started_at=request.marked_at,
        seconds=0.0,
        tool=TOOL,
    )
    if not outcome.copy:
        return entry
    copy = Path(outcome.copy).absolute()
    sidecar = str(Path(outcome.sidecar).absolute()) if outcome.sidecar else ""
    return replace(
        entry, copy=str(copy), copy_sha256=digest_of(copy), copy_size_bytes=copy.stat().st_size, sidecar=sidecar
    )


def _pictures(copy: Path, entry: LedgerEntry, password: str) -> Pictures:
    try:
        pages = pages_to_show(entry, MAX_PAGES)
        pairs = draw_pairs(copy, pages, LARGE_SIDE_PIXELS, password=password) if pages else ()
    except WatermarkError as error:
        return Pictures(why_not=f"{error.reason[:1].upper()}{error.reason[1:]}.")
    return Pictures(pairs=pairs)
