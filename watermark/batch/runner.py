"""One run over a manifest: find the articles, prepare each row, mark in parallel, record each result."""

import errno
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from watermark.batch.discovery import index_catalogue
from watermark.batch.executor import StopRequest, WorkerPool, map_bounded
from watermark.batch.ledger import Ledger, LedgerEntry
from watermark.batch.manifest import Manifest, ManifestRow
from watermark.batch.preparation import Preparation, UpToDate
from watermark.batch.storage import Folder, store_at
from watermark.batch.task import BatchOptions, Task
from watermark.batch.volume import run_tasks
from watermark.batch.worker import failed_entry
from watermark.errors import NOT_ALL_CHECKED, FailedError, UsageError, worst_status
from watermark.models import Result, VerificationReport
from watermark.runtime.atomic_files import STALE_TEMP_NAME
from watermark.stamping.plan.model import TOOL

DISK_FULL = tuple(os.strerror(number) for number in (errno.ENOSPC, errno.EDQUOT))


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRequest:
    """What to run. `articles` and `out` are folders or URLs; `marked_at` None is the time of the run's start."""

    manifest: Manifest
    articles: str
    out: str
    options: BatchOptions = field(default_factory=BatchOptions)
    marked_at: datetime | None = None
    resume: bool = True
    only_plan: bool = False


class BatchObserver:
    """Is notified of what happens; each method may be overridden."""

    def on_scanned(self, count: int) -> None:
        """Receive the number of PDFs scanned for their DOI so far."""

    def on_unreadable(self, path: str, why: str) -> None:
        """Receive the path of a PDF that could not be searched for a DOI, and the reason."""

    def on_finished(self, entry: LedgerEntry, *, kept: bool) -> None:
        """Receive the result of an article; `kept` means that an earlier result is still valid."""


def run_batch(batch: BatchRequest, ledger: Ledger, pool: WorkerPool, stop: StopRequest, observer: BatchObserver) -> int:
    """Run the batch and return the exit status: that of the worst article.

    1. Remove the temporary files of a run that was interrupted.
    2. If the manifest gives DOIs without paths, scan every PDF for its DOI.
    3. Take row by row from the manifest, and prepare it; rows that name pages of a file come last, file by file.
    4. Begin the attempt in the ledger, and hand it to a worker, with those of the other rows of the same file.
    5. Record the result in the ledger, then notify the observer.

    After `stop`, the next run does the rest. Raises FailedError if the disk is full or the
    workers are lost; the next run then resumes, too.
    """
    check_folders(batch)
    run = ledger.begin_run(batch.marked_at, TOOL)
    if not batch.only_plan:
        _clear_up(batch.out)  # 1
    if batch.manifest.by_doi:
        _scan(batch, ledger, pool, stop, observer)  # 2
    preparation = Preparation(
        ledger=ledger,
        run=run,
        articles=batch.articles,
        out=batch.out,
        options=batch.options,
        scratch=pool.scratch,
        resume=batch.resume,
        only_plan=batch.only_plan,
        ignores_case=not batch.only_plan and store_at(batch.out).ignores_case(),
    )
    coordinator = _BatchCoordinator(preparation, observer, stop)
    try:
        for tasks, future in map_bounded(pool, run_tasks, coordinator.tasks(batch.manifest.rows()), stop):
            coordinator.take(tasks, future)
    except BaseException:
        pool.end()
        raise
    finally:
        if not batch.only_plan:
            _clear_up(batch.out)
    if not stop.is_asked and not batch.only_plan:
        ledger.end_run(run)
    return coordinator.worst


def _scan(batch: BatchRequest, ledger: Ledger, pool: WorkerPool, stop: StopRequest, observer: BatchObserver) -> None:
    index_catalogue(
        ledger.index, batch.articles, pool=pool, options=batch.options, stop=stop, on_progress=observer.on_scanned
    )
    for path, why in ledger.index.problems():
        observer.on_unreadable(store_at(batch.articles).name(path), why)


class _BatchCoordinator:
    """Between the manifest, the workers and the ledger: attempts begun, and their results."""

    def __init__(self, preparation: Preparation, observer: BatchObserver, stop: StopRequest) -> None:
        """Start with no results."""
        self._preparation, self._observer, self._stop = preparation, observer, stop
        self._ledger, self._run = preparation.ledger, preparation.run
        self._writes = not preparation.only_plan
        self._proof = preparation.options.proof
        self.worst = 0

    def tasks(self, rows: Iterable[ManifestRow]) -> Iterator[tuple[Task, ...]]:
        """Yield what a worker has to do, each begun in the ledger; rows that need no worker are recorded at once."""
        of_rows = (prepared for row in rows for prepared in self._preparation.of(row))
        for prepared in chain(of_rows, self._preparation.volumes()):
            if self._stop.is_asked:
                return
            if isinstance(prepared, tuple):
                yield tuple(map(self._begun, prepared))
            elif isinstance(prepared, UpToDate):
                self._notify(prepared.entry, kept=True)
            else:
                self._notify(self._ledger.note(self._run, prepared) if self._writes else prepared, kept=False)

    def take(self, tasks: tuple[Task, ...], future: "Future[tuple[LedgerEntry, ...]]") -> None:
        """Record the results of tasks. Raises FailedError if the disk is full or the workers are lost."""
        for task, entry in zip(tasks, _entries_of(tasks, future), strict=True):
            self._record(task, entry)

    def _record(self, task: Task, entry: LedgerEntry) -> None:
        if entry.result == Result.FAILED and any(message in entry.reason for message in DISK_FULL):
            raise FailedError(
                f"the disk is full: {entry.reason}",
                file=entry.article,
                remedy="Free some space, then run the same command again; finished articles are kept.",
            )
        kept = task.known is not None and entry.attempt == task.known.attempt
        if self._writes and kept:
            self._ledger.revoke(entry.row)
            if entry != task.known:  # the ETag has changed
                self._ledger.end(self._run, entry)
        elif self._writes:
            self._ledger.end(self._run, entry)
        self._notify(entry, kept=kept)

    def _begun(self, task: Task) -> Task:
        if not self._writes:
            return replace(task, attempt=task.known.attempt + 1 if task.known else 1)
        copy = store_at(task.out).name(task.copy)
        return replace(task, attempt=self._ledger.begin(self._run, task.row, copy))

    def _notify(self, entry: LedgerEntry, *, kept: bool) -> None:
        report = VerificationReport(findings=entry.findings)
        is_open = entry.result == Result.MARKED and entry.findings and report.unchecked(self._proof)
        self.worst = worst_status(self.worst, entry.exit_status, NOT_ALL_CHECKED if is_open else 0)
        self._observer.on_finished(entry, kept=kept)


def _entries_of(tasks: tuple[Task, ...], future: "Future[tuple[LedgerEntry, ...]]") -> tuple[LedgerEntry, ...]:
    """Return the results of tasks. If worker after worker is lost with an article, that article has failed."""
    error = CancelledError() if future.cancelled() else future.exception()
    if error is None:
        return future.result()
    if type(error).__name__ == "KilledWorker":  # of distributed, which need not be installed
        reason, remedy = (
            "every worker process that opened this file crashed",
            "Open the file in a PDF viewer: it may be damaged or malicious.",
        )
        return tuple(failed_entry(task, FailedError(reason, remedy=remedy)) for task in tasks)
    raise FailedError(
        f"the connection to the worker processes was lost ({type(error).__name__}: {error})",
        remedy="Check the cluster, if there is one. Then run the same command again; finished articles are kept.",
    ) from error


def _clear_up(out: str) -> None:
    """Remove the temporary files of processes that were killed. Copies are complete or absent.

    The ledger is locked, so no other process writes here.
    """
    store = store_at(out)
    if isinstance(store, Folder):
        for folder, _, names in os.walk(store.root):
            for name in filter(STALE_TEMP_NAME.fullmatch, names):
                Path(folder, name).unlink(missing_ok=True)


def check_folders(batch: BatchRequest) -> None:
    """Raise UsageError if the folder of articles is missing, or contains the output folder."""
    articles, out = store_at(batch.articles), store_at(batch.out)
    if isinstance(articles, Folder) and isinstance(out, Folder):
        if not articles.root.is_dir():
            raise UsageError("the folder of the articles does not exist", file=batch.articles, remedy="Check its path.")
        is_among = out.root.resolve().is_relative_to(articles.root.resolve())
    else:
        is_among = f"{batch.out.rstrip('/')}/".startswith(f"{batch.articles.rstrip('/')}/")
    if is_among:
        raise UsageError(
            "the output folder is inside the folder of the articles",
            file=batch.out,
            remedy="Choose an output folder outside the folder of the articles.",
        )
