"""What a worker does with one article; the work is done in an isolated process."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from watermark.batch.ledger import LedgerEntry
from watermark.batch.manifest.decisions import in_column
from watermark.batch.storage import Store, digest_of, local_file, store_at
from watermark.batch.task import Task
from watermark.batch.wrong_article import own_title
from watermark.errors import FailedError, UsageError, WatermarkError
from watermark.models import Outcome, Result
from watermark.notice import NoticeFile, read_notice, with_overrides
from watermark.runtime.atomic_files import RECORD_SUFFIX
from watermark.runtime.isolation import run_isolated
from watermark.stamping.pipeline import plan_outcome, stamp_outcome
from watermark.stamping.plan import StampRequest, selection_of
from watermark.stamping.plan.model import TOOL
from watermark.stamping.unmarked_outcomes import RESULTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One mark of several in one file: `source` is what earlier marks left, and the marked copy is left at `target`."""

    source: Path
    target: Path


def run_task(task: Task) -> LedgerEntry:
    """Return the ledger entry of an article: the earlier one if it is still valid, else a new one. Never raises."""
    return timed_entry(task, partial(_entry, task))


def _entry(task: Task) -> LedgerEntry:
    entry = still_valid(task)
    if entry is not None:
        return entry
    with scratch_folder(task) as folder:
        return mark_isolated(task, folder)


def mark_isolated(task: Task, folder: Path, step: Step | None = None) -> LedgerEntry:
    """Return the entry of an article that is marked in a separate process within the task's limits.

    Without `step`, the copy is published. Raises WatermarkError; a crash is one failed attempt.
    """
    file = step.source if step else local_file(task.articles, task.article)
    limits = task.options.limits_for(task.size_bytes, file)
    return run_isolated(_marked, (task, folder, step), limits, scratch=folder)


def timed_entry(task: Task, work: Callable[[], LedgerEntry]) -> LedgerEntry:
    """Return the entry that `work` returns, or that of its error; a new one gets the time that it took."""
    started, clock = datetime.now(UTC), time.monotonic()
    try:
        entry = work()
        if entry.attempt != task.attempt:  # an earlier one
            return entry
    except WatermarkError as error:
        entry = failed_entry(task, error)
    if entry.reason and task.overrides.part:  # which of the articles in the file it is about
        entry = replace(entry, reason=f"{task.overrides.part}: {entry.reason}")
    return replace(entry, started_at=started, seconds=round(time.monotonic() - clock, 3))


def failed_entry(task: Task, error: WatermarkError) -> LedgerEntry:
    """Return the entry of an article that was not marked because of an error."""
    return replace(
        task.new_entry(),
        result=RESULTS.get(error.exit_status, Result.FAILED).value,
        exit_status=error.exit_status,
        reason=f"{error.place}: {error.reason}" if error.place else error.reason,
        remedy=_remedy(task, error.remedy, error.argument),
    )


def _remedy(task: Task, remedy: str, argument: str) -> str:
    """Return a remedy as it helps here: with the column of the manifest that it is about, if that has columns."""
    return remedy if isinstance(task.notice, NoticeFile) else in_column(remedy, argument)


def still_valid(task: Task) -> LedgerEntry | None:
    """Return the earlier entry if article and copy are unchanged, else None. Files with the same ETag are not read.

    Unchanged means byte for byte as when the copy was verified: by the ETag of the store if it gives one, else by
    digest.
    """
    known, out, articles = task.known, store_at(task.out), store_at(task.articles)
    if known is None or known.copy not in {"", out.name(task.copy)}:
        return None
    if known.copy:
        etag = _same(out, task.copy, known.copy_size_bytes, known.copy_etag, known.copy_sha256)
        if etag is None:
            return None
        known = replace(known, copy_etag=etag)
    if known.sidecar and out.look(_beside(task.copy, known.sidecar)) is None:
        return None
    etag = _same(articles, task.article, known.article_size_bytes, known.article_etag, known.article_sha256)
    return None if etag is None else replace(known, article_etag=etag)


def _same(store: Store, key: str, size_bytes: int, etag: str, sha256: str) -> str | None:
    """Return the ETag of a file ("" if it has none) if the file is unchanged since its digest was taken; else None."""
    stored = store.look(key)
    if stored is None:
        return None
    if etag and (stored.etag, stored.size_bytes) == (etag, size_bytes):
        return etag
    return stored.etag if store.digest(key) == sha256 else None


def _marked(arguments: tuple[Task, Path, Step | None]) -> LedgerEntry:
    """Mark one article and return its entry; runs in the isolated process."""
    task, scratch, step = arguments
    if task.tool != TOOL:
        raise FailedError(
            f"this worker runs another release of this tool ({TOOL}) than the batch ({task.tool})",
            remedy="Install the same release on every machine.",
        )
    tempfile.tempdir = str(scratch)  # what is written there is deleted with the folder
    articles = store_at(task.articles)
    stored = articles.look(task.article)  # before it is read: a file that is replaced later has another ETag
    article = step.source if step else articles.fetched(task.article, scratch)
    entry = replace(
        task.new_entry(),
        article_size_bytes=article.stat().st_size if article.is_file() else 0,
        article_etag=stored.etag if stored else "",
    )
    try:
        notice = _notice(task, scratch)
        entry = _with_notice(entry, notice)
        request = _request(task, article, notice)
        outcome, copy_etag = _outcome(task, request, scratch, step)
        title = own_title(article, outcome.code, password=task.password)
        entry = replace(_with_outcome(entry, outcome, task, article), copy_etag=copy_etag, pdf_title=title)
    except WatermarkError as error:
        failed = failed_entry(task, error)
        kept = ("result", "exit_status", "reason", "remedy")
        entry = replace(entry, **{name: getattr(failed, name) for name in kept})
    if not entry.article_sha256 and article.is_file():
        entry = replace(entry, article_sha256=digest_of(article))
    return entry


def _outcome(task: Task, request: StampRequest, scratch: Path, step: Step | None) -> tuple[Outcome, str]:
    """Return the outcome and the ETag of the copy, "" where it was not published."""
    if task.only_plan:
        return plan_outcome(request), ""
    if step is not None:
        return stamp_outcome(request, step.target), ""
    return _saved(task, request, scratch)


def _saved(task: Task, request: StampRequest, scratch: Path) -> tuple[Outcome, str]:
    """Return the outcome and the ETag of the copy. The copy and its record are published together, or neither is."""
    out = store_at(task.out)
    if out.look(task.copy) is not None and not task.may_replace:
        return _saved_before(task, request, scratch)
    path = out.staging_path(task.copy, scratch)
    outcome = stamp_outcome(request, path, overwrite=task.may_replace)
    if not outcome.copy:
        return outcome, ""
    if outcome.sidecar:
        out.publish(record_key(task.copy), Path(outcome.sidecar))
    stored = out.publish(task.copy, path)
    return outcome, stored.etag if stored else ""


def _saved_before(task: Task, request: StampRequest, scratch: Path) -> tuple[Outcome, str]:
    """Return the outcome if the existing file is this copy: a worker saved it and was lost before it could report.

    The cluster then gives the article to another worker, and the same input gives the same bytes. Raises UsageError
    for any other file.
    """
    out = store_at(task.out)
    (folder := scratch / "again").mkdir()
    outcome = stamp_outcome(request, path := folder / Path(task.copy).name)
    if not outcome.copy or digest_of(path) != out.digest(task.copy):
        raise name_taken(task)
    stored = out.look(task.copy)
    return outcome, stored.etag if stored else ""


def name_taken(task: Task) -> UsageError:
    """Return the error that another file has the name of the copy."""
    return UsageError(
        "a file with the name of the copy exists, and no batch of this ledger wrote it",
        file=store_at(task.out).name(task.copy),
        remedy="Move that file, or choose another output folder.",
    )


def _notice(task: Task, scratch: Path) -> NoticeFile:
    """Return the notice of the manifest's row, with the overrides of that row."""
    overrides = task.overrides
    given = task.notice
    if not isinstance(given, NoticeFile):
        path = scratch / "the notice"
        path.write_bytes(given.data)
        try:
            given = replace(read_notice(path, state=overrides.state, article_doi=overrides.doi), name=given.name)
        except WatermarkError as error:
            error.file, error.place = "", ", ".join(filter(None, (f"the notice {task.notice.name}", error.place)))
            raise
    notice = with_overrides(
        given.notice,
        article_doi=overrides.doi,
        notice_doi=overrides.notice_doi,
        date=overrides.date,
        url=overrides.url,
        state=overrides.state,
    )
    return replace(given, notice=notice)


def _request(task: Task, article: Path, notice: NoticeFile) -> StampRequest:
    overrides = task.overrides
    request = StampRequest(
        article=article,
        notice=notice,
        marked_at=task.marked_at,
        text=overrides.text or task.options.text,
        match_override_reason=overrides.force_match,
        over_existing_mark=overrides.over_existing_mark,
        allow_signed=overrides.despite_signature,
        to_pdfa=overrides.to_pdfa,
        rebuild=overrides.rebuild,
        proof=task.options.proof,
        asks_verapdf=task.options.validate,
        password=task.password,
        seal=task.options.seal,
        pages=selection_of(overrides.pages or None, overrides.printed_pages or None),
    )
    return task.profile.apply_to(request)


def _with_notice(entry: LedgerEntry, file: NoticeFile) -> LedgerEntry:
    notice = file.notice
    return replace(
        entry,
        title=notice.article.title,
        article_doi=notice.article.doi,
        notice_digest=notice.digest,
        notice_link=notice.link,
        state=notice.state.value,
        notes=file.warnings,
    )


def _with_outcome(entry: LedgerEntry, outcome: Outcome, task: Task, article: Path) -> LedgerEntry:
    out = store_at(task.out)
    receipt, copy = outcome.receipt, Path(outcome.copy)

    def with_name(message: str) -> str:
        return message.replace(str(article), entry.article)

    return replace(
        entry,
        result=outcome.result.value,
        exit_status=outcome.exit_status,
        reason=with_name(outcome.reason),
        remedy=_remedy(task, with_name(outcome.remedy), outcome.argument),
        article_sha256=receipt.original_sha256 if receipt and outcome.copy else "",
        page_count=receipt.page_count if receipt else 0,
        marked_pages=str(receipt.pages or "") if receipt else "",
        copy=out.name(task.copy) if outcome.copy else "",
        copy_sha256=digest_of(copy) if outcome.copy else "",
        copy_size_bytes=copy.stat().st_size if outcome.copy else 0,
        sidecar=out.name(record_key(task.copy)) if outcome.sidecar else "",
        findings=outcome.report.findings if outcome.report is not None else (),
        decisions=outcome.decisions,
        notes=(*entry.notes, *map(with_name, outcome.notes)),
    )


def record_key(copy: str, number: int = 0) -> str:
    """Return the key of the record next to a copy; with `number`, that of the record of an earlier mark in it."""
    return f"{copy.removesuffix('.pdf')}{f'.{number}' if number else ''}{RECORD_SUFFIX}"


def _beside(copy: str, sidecar: str) -> str:
    """Return the key of a file, of which the ledger has the path or the URL, next to a copy."""
    folder, slash, _ = copy.rpartition("/")
    return f"{folder}{slash}{Path(sidecar).name}"


@contextmanager
def scratch_folder(task: Task) -> Iterator[Path]:
    """Yield an empty folder for temporary files, deleted even if the process that uses it is killed."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="watermark-", dir=task.scratch or None)
    except OSError as error:
        raise FailedError(
            f"cannot create a folder for temporary files ({error.strerror})",
            remedy="Free some space on the disk, or set TMPDIR.",
        ) from error
    with folder as path:
        yield Path(path)
