"""What a worker does with one article. `run_task` is what an executor is given; the work is done apart."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from watermark.batch.ledger import LedgerEntry
from watermark.batch.storage import Store, digest_of, store_at
from watermark.batch.task import Task
from watermark.errors import FailedError, UsageError, WatermarkError
from watermark.models import Outcome, Result
from watermark.notice import NoticeFile, read_notice, with_overrides
from watermark.runtime.isolation import run_isolated
from watermark.stamping.pipeline import plan_outcome, stamp_outcome
from watermark.stamping.plan import StampRequest
from watermark.stamping.plan.planner import TOOL
from watermark.stamping.refusals import RESULTS
from watermark.verification.conformance.verapdf import VARIABLE

_VERAPDF = os.environ.get(VARIABLE)


def run_task(task: Task) -> LedgerEntry:
    """Return what came of an article, or what is known of it where that still holds; no error leaves.

    The work is done in a process of its own, within the task's limits: what it does not survive is one failed attempt.
    """
    started, clock = datetime.now(UTC), time.monotonic()
    try:
        held = _held(task)
        if held is not None:
            return held
        with _scratch(task) as folder:
            entry = run_isolated(_marked, (task, folder), task.limits, scratch=folder)
    except WatermarkError as error:
        entry = failed_entry(task, error)
    return replace(entry, started_at=started, seconds=round(time.monotonic() - clock, 3))


def failed_entry(task: Task, error: WatermarkError) -> LedgerEntry:
    """Return the entry of an article that an error kept from being marked."""
    return replace(
        task.new_entry(),
        result=RESULTS.get(error.exit_status, Result.FAILED).value,
        exit_status=error.exit_status,
        reason=f"{error.place}: {error.reason}" if error.place else error.reason,
        remedy=error.remedy,
    )


def _held(task: Task) -> LedgerEntry | None:
    """Return what is known of the article where it still holds, or None; nothing is read whose etag is the same.

    The article and its copy are byte for byte what they were when the copy was verified: by the store's word where it
    has given one, else by their digests.
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
    """Return the etag of a file, "" where it has none, if it is what it was when its digest was taken; else None."""
    held = store.look(key)
    if held is None:
        return None
    if etag and (held.etag, held.size_bytes) == (etag, size_bytes):
        return etag
    return held.etag if store.digest(key) == sha256 else None


def _marked(given: tuple[Task, Path]) -> LedgerEntry:
    """Return what came of one article, in the process that does it."""
    task, scratch = given
    if task.tool != TOOL:
        raise FailedError(
            f"this worker runs another release of this tool ({TOOL}) than the batch ({task.tool})",
            remedy="Install the same release on every machine.",
        )
    _ask_verapdf(yes=task.options.validate)
    tempfile.tempdir = str(scratch)  # whatever is laid there goes with the folder
    articles = store_at(task.articles)
    held = articles.look(task.article)  # before it is read: what comes later gets another etag
    article = articles.fetched(task.article, scratch)
    entry = replace(
        task.new_entry(),
        article_size_bytes=article.stat().st_size if article.is_file() else 0,
        article_etag=held.etag if held else "",
    )
    try:
        notice = _notice(task, scratch)
        entry = _with_notice(entry, notice)
        job = _job(task, article, notice)
        outcome, copy_etag = (plan_outcome(job), "") if task.only_plan else _saved(task, job, scratch)
        entry = replace(_with_outcome(entry, outcome, task, scratch), copy_etag=copy_etag)
    except WatermarkError as error:
        failed = failed_entry(task, error)
        kept = ("result", "exit_status", "reason", "remedy")
        entry = replace(entry, **{name: getattr(failed, name) for name in kept})
    if not entry.article_sha256 and article.is_file():
        entry = replace(entry, article_sha256=digest_of(article))
    return entry


def _saved(task: Task, job: StampRequest, scratch: Path) -> tuple[Outcome, str]:
    """Return the outcome, and the copy's etag; the copy and its record are under their names, or nothing new is."""
    out = store_at(task.out)
    if out.look(task.copy) is not None and not task.may_replace:
        return _saved_before(task, job, scratch)
    path = out.staging_path(task.copy, scratch)
    outcome = stamp_outcome(job, path, overwrite=task.may_replace)
    if not outcome.copy:
        return outcome, ""
    if outcome.sidecar:
        out.publish(_beside(task.copy, outcome.sidecar), Path(outcome.sidecar))
    held = out.publish(task.copy, path)
    return outcome, held.etag if held else ""


def _saved_before(task: Task, job: StampRequest, scratch: Path) -> tuple[Outcome, str]:
    """Return the outcome where what is there is this very copy: a worker saved it, and was lost before it could say so.

    A cluster then gives the article to another worker, and equal input gives equal bytes. Raises UsageError for what
    somebody else has put there.
    """
    out = store_at(task.out)
    (folder := scratch / "again").mkdir()
    outcome = stamp_outcome(job, path := folder / Path(task.copy).name)
    if not outcome.copy or digest_of(path) != out.digest(task.copy):
        raise UsageError(
            "the name of the copy is taken by a file that no batch of this ledger wrote",
            file=out.name(task.copy),
            remedy="Move that file, or choose another folder with --out.",
        )
    held = out.look(task.copy)
    return outcome, held.etag if held else ""


def _notice(task: Task, scratch: Path) -> NoticeFile:
    """Return the notice as the manifest has it, with what that says over it."""
    said = task.overrides
    given = task.notice
    if not isinstance(given, NoticeFile):
        path = scratch / "the notice"
        path.write_bytes(given.data)
        try:
            given = replace(read_notice(path, state=said.state, article_doi=said.doi), name=given.name)
        except WatermarkError as error:
            error.file, error.place = "", ", ".join(filter(None, (f"the notice {task.notice.name}", error.place)))
            raise
    notice = with_overrides(
        given.notice, article_doi=said.doi, notice_doi=said.notice_doi, date=said.date, url=said.url, state=said.state
    )
    return replace(given, notice=notice)


def _job(task: Task, article: Path, notice: NoticeFile) -> StampRequest:
    said = task.overrides
    job = StampRequest(
        article=article,
        notice=notice,
        marked_at=task.marked_at,
        text=said.text or task.options.text,
        match_override_reason=said.force_match,
        allow_signed=said.despite_signature,
        to_pdfa=said.to_pdfa,
        rebuild=said.rebuild,
        proof=task.options.proof,
        password=task.password,
    )
    return task.house.apply_to(job)


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


def _with_outcome(entry: LedgerEntry, outcome: Outcome, task: Task, scratch: Path) -> LedgerEntry:
    out = store_at(task.out)
    receipt, copy = outcome.receipt, Path(outcome.copy)

    def told(words: str) -> str:
        return words.replace(f"{scratch}/{Path(task.article).name}", entry.article)

    return replace(
        entry,
        result=outcome.result.value,
        exit_status=outcome.exit_status,
        reason=told(outcome.reason),
        remedy=told(outcome.remedy),
        article_sha256=receipt.original_sha256 if receipt and outcome.copy else "",
        page_count=receipt.page_count if receipt else 0,
        copy=out.name(task.copy) if outcome.copy else "",
        copy_sha256=digest_of(copy) if outcome.copy else "",
        copy_size_bytes=copy.stat().st_size if outcome.copy else 0,
        sidecar=out.name(_beside(task.copy, outcome.sidecar)) if outcome.sidecar else "",
        findings=outcome.report.findings if outcome.report is not None else (),
        decisions=outcome.decisions,
        notes=(*entry.notes, *map(told, outcome.notes)),
    )


def _beside(copy: str, sidecar: str) -> str:
    """Return the key of the record that lies beside a copy."""
    folder = copy.rpartition("/")[0]
    name = sidecar.rpartition("/")[2]
    return f"{folder}/{name}" if folder else name


def _ask_verapdf(*, yes: bool) -> None:
    """Let veraPDF be asked, as the environment has it, or not at all: it takes seconds for each article."""
    if not yes:
        os.environ[VARIABLE] = ""
    elif _VERAPDF is None:
        os.environ.pop(VARIABLE, None)
    else:
        os.environ[VARIABLE] = _VERAPDF


@contextmanager
def _scratch(task: Task) -> Iterator[Path]:
    """Yield an empty folder for temporary files, made here: it goes although the process that fills it is killed."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="watermark-", dir=task.scratch or None)
    except OSError as error:
        raise FailedError(
            f"there is no space for temporary files ({error.strerror})",
            remedy="Free some space on the disk, or set TMPDIR.",
        ) from error
    with folder as path:
        yield Path(path)
