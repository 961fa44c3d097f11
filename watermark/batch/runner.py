"""One run over a manifest: look for the articles, prepare each row, mark side by side, keep what came of it."""

import errno
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from watermark.batch.discovery import index_catalogue
from watermark.batch.executor import StopRequest, WorkerPool, map_bounded
from watermark.batch.ledger import Ledger, LedgerEntry
from watermark.batch.manifest import Manifest, ManifestRow
from watermark.batch.preparation import Preparation, UpToDate
from watermark.batch.storage import Folder, store_at
from watermark.batch.task import BatchOptions, Task
from watermark.batch.worker import failed_entry, run_task
from watermark.errors import NOT_ALL_CHECKED, FailedError, UsageError
from watermark.models import Result, VerificationReport
from watermark.runtime.atomic_files import STALE_TEMP_NAME
from watermark.stamping.plan.planner import TOOL

NO_ROOM = tuple(os.strerror(number) for number in (errno.ENOSPC, errno.EDQUOT))


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRequest:
    """What is asked for. `articles` and `out` are folders or URLs; `marked_at` None is the time of the run's start."""

    manifest: Manifest
    articles: str
    out: str
    options: BatchOptions = field(default_factory=BatchOptions)
    marked_at: datetime | None = None
    resume: bool = True
    only_plan: bool = False


class BatchObserver:
    """Hears what happens; each method may be overridden."""

    def on_scanned(self, count: int) -> None:
        """Hear how many PDFs have been looked at for their DOI."""

    def on_unreadable(self, path: str, why: str) -> None:
        """Hear that the DOI of a PDF could not be read, so that it cannot be found."""

    def on_finished(self, entry: LedgerEntry, *, kept: bool) -> None:
        """Hear what came of an article; `kept` when it was so before, and nothing was done."""


def run_batch(batch: BatchRequest, ledger: Ledger, crew: WorkerPool, stop: StopRequest, watcher: BatchObserver) -> int:
    """Do what is asked for and return the exit status: the highest of all articles.

    1. Take away what a run that was cut off left half done.
    2. Look into every PDF for its DOI, where articles have to be found.
    3. Take row by row from the manifest, and prepare it.
    4. Begin the attempt in the ledger, and hand it to a worker.
    5. End it in the ledger, and then tell.

    Where `stop` was asked, what is left is done by the next run. Raises FailedError when the disk is full or the
    workers are lost; then, too, the next run goes on.
    """
    check_folders(batch)
    run = ledger.begin_run(batch.marked_at, TOOL)
    if not batch.only_plan:
        _clear_up(batch.out)  # 1
    if batch.manifest.by_doi:
        _find(batch, ledger, crew, stop, watcher)  # 2
    preparation = Preparation(
        ledger=ledger,
        run=run,
        articles=batch.articles,
        out=batch.out,
        options=batch.options,
        scratch=crew.scratch,
        resume=batch.resume,
        only_plan=batch.only_plan,
    )
    desk = _BatchCoordinator(preparation, watcher, stop)
    try:
        for task, future in map_bounded(crew, run_task, desk.tasks(batch.manifest.rows()), stop):
            desk.take(task, future)
    except BaseException:
        crew.end()
        raise
    finally:
        if not batch.only_plan:
            _clear_up(batch.out)
    if not stop.is_asked and not batch.only_plan:
        ledger.end_run(run)
    return desk.worst


def _find(batch: BatchRequest, ledger: Ledger, crew: WorkerPool, stop: StopRequest, watcher: BatchObserver) -> None:
    index_catalogue(ledger.index, batch.articles, crew=crew, options=batch.options, stop=stop, told=watcher.on_scanned)
    for path, why in ledger.index.faults():
        watcher.on_unreadable(store_at(batch.articles).name(path), why)


class _BatchCoordinator:
    """Between the manifest, the workers and the ledger: what is begun, and what came of it."""

    def __init__(self, preparation: Preparation, watcher: BatchObserver, stop: StopRequest) -> None:
        """Nothing has come of anything yet."""
        self._preparation, self._watcher, self._stop = preparation, watcher, stop
        self._ledger, self._run = preparation.ledger, preparation.run
        self._writes = not preparation.only_plan
        self._proof = preparation.options.proof
        self.worst = 0

    def tasks(self, rows: Iterable[ManifestRow]) -> Iterator[Task]:
        """Yield what a worker has to do, each begun in the ledger; what needs no worker is settled on the way."""
        for row in rows:
            for prepared in self._preparation.of(row):
                if self._stop.is_asked:
                    return
                if isinstance(prepared, Task):
                    yield self._begun(prepared)
                elif isinstance(prepared, UpToDate):
                    self._tell(prepared.entry, kept=True)
                else:
                    self._tell(self._ledger.note(self._run, prepared) if self._writes else prepared, kept=False)

    def take(self, task: Task, future: "Future[LedgerEntry]") -> None:
        """Keep what came of a task. Raises FailedError when the disk is full, or when the workers are lost."""
        entry = _entry_of(task, future)
        if entry.result == Result.FAILED and any(words in entry.reason for words in NO_ROOM):
            raise FailedError(
                f"the disk is full: {entry.reason}",
                file=entry.article,
                remedy="Free some space, then run the same command again; finished articles are kept.",
            )
        kept = task.known is not None and entry.attempt == task.known.attempt
        if self._writes and kept:
            self._ledger.revoke(entry.row)
            if entry != task.known:  # an etag is new
                self._ledger.end(self._run, entry)
        elif self._writes:
            self._ledger.end(self._run, entry)
        self._tell(entry, kept=kept)

    def _begun(self, task: Task) -> Task:
        if not self._writes:
            return replace(task, attempt=task.known.attempt + 1 if task.known else 1)
        copy = store_at(task.out).name(task.copy)
        return replace(task, attempt=self._ledger.begin(self._run, task.row, copy))

    def _tell(self, entry: LedgerEntry, *, kept: bool) -> None:
        report = VerificationReport(findings=entry.findings)
        is_open = entry.result == Result.MARKED and entry.findings and report.unchecked(self._proof)
        self.worst = max(self.worst, entry.exit_status, NOT_ALL_CHECKED if is_open else 0)
        self._watcher.on_finished(entry, kept=kept)


def _entry_of(task: Task, future: "Future[LedgerEntry]") -> LedgerEntry:
    """Return what came back. A worker that was lost with an article again and again is that article's fault."""
    error = CancelledError() if future.cancelled() else future.exception()
    if error is None:
        return future.result()
    if type(error).__name__ == "KilledWorker":  # of distributed, which need not be installed
        reason, remedy = (
            "every worker that had it was lost",
            "Open the file in a PDF viewer: it may be damaged or malicious.",
        )
        return failed_entry(task, FailedError(reason, remedy=remedy))
    raise FailedError(
        f"the worker processes were lost ({type(error).__name__}: {error})",
        remedy="Check the cluster, if there is one. Then run the same command again; finished articles are kept.",
    ) from error


def _clear_up(out: str) -> None:
    """Leave no temporary file of a process that was killed; the copies are there whole, or not at all.

    The lock of the ledger is held: nobody else writes here.
    """
    store = store_at(out)
    if isinstance(store, Folder):
        for folder, _, names in os.walk(store.root):
            for name in filter(STALE_TEMP_NAME.fullmatch, names):
                Path(folder, name).unlink(missing_ok=True)


def check_folders(batch: BatchRequest) -> None:
    """Raise UsageError where there are no articles, or the copies would lie among them, and be taken for articles."""
    articles, out = store_at(batch.articles), store_at(batch.out)
    if isinstance(articles, Folder) and isinstance(out, Folder):
        if not articles.root.is_dir():
            raise UsageError(
                "the folder does not exist", file=batch.articles, place="--articles", remedy="Check its name."
            )
        is_among = out.root.resolve().is_relative_to(articles.root.resolve())
    else:
        is_among = f"{batch.out.rstrip('/')}/".startswith(f"{batch.articles.rstrip('/')}/")
    if is_among:
        raise UsageError(
            "the output folder is inside the folder of the articles, or the other way round",
            file=batch.out,
            place="--out",
            remedy="Choose an output folder outside the folder of the articles.",
        )
