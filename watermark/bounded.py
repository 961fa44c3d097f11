"""One article in a process of its own, with a deadline and a limit of memory: a hang or a crash costs one file."""

import os
import signal
import tempfile
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from tempfile import TemporaryDirectory

from watermark.errors import FailedError
from watermark.outcome import Outcome
from watermark.plan import Job
from watermark.save import forget_candidates
from watermark.stamp import outcome_of, planned
from watermark.unmarked import unmarked

try:
    import resource
except ImportError:  # there is none on Windows: the deadline holds there, too
    resource = None  # type: ignore[assignment]

MEMORY_BYTES = 4 << 30
MAPS_OF_A_FILE = 8
SECONDS_TO_END = 3.0


def outcome_within(job: Job, destination: Path, seconds: float, *, overwrite: bool = False) -> Outcome:
    """Return what came of one article within `seconds`; no error leaves, and no process or temporary file stays.

    The work is done in a new process, which takes about a second more. It may use 4 GiB of memory, and room for the
    maps of the article. A process that crashed or took too long counts as failed.
    """
    return _within(job, seconds, destination, overwrite=overwrite)


def planned_within(job: Job, seconds: float) -> Outcome:
    """Return what would be done to one article, as `outcome_within` returns what came of it; nothing is written."""
    return _within(job, seconds, None, overwrite=False)


def _within(job: Job, seconds: float, destination: Path | None, *, overwrite: bool) -> Outcome:
    spawn = get_context("spawn")
    here, there = spawn.Pipe(duplex=False)
    with TemporaryDirectory(prefix="watermark-") as folder:  # for all that the process puts aside
        arguments = (there, folder, job, destination, overwrite)
        process = spawn.Process(target=_work, args=arguments, daemon=True)
        process.start()
        there.close()
        try:
            return _received(here, process, job, seconds)
        finally:
            _ended(process)
            here.close()
            if destination is not None:
                forget_candidates(destination, process.pid or 0)


def _received(here: Connection, process: SpawnProcess, job: Job, seconds: float) -> Outcome:
    try:
        if here.poll(seconds):
            outcome: Outcome = here.recv()
            return outcome
        reason = f"it took longer than {seconds:g} seconds"
        remedy = "Give it more time with --timeout, or look at the file in a PDF editor: it may be hostile."
    except EOFError:
        process.join(SECONDS_TO_END)
        reason = f"the process that marked it ended without a word ({_how(process.exitcode)})"
        remedy = "Look at the file in a PDF editor: it may be hostile. Please report it if it is not."
    return unmarked(job, FailedError(reason, file=str(job.article), remedy=remedy))


def _how(exit_code: int | None) -> str:
    if exit_code is None or exit_code >= 0:
        return f"exit status {exit_code}"
    return signal.strsignal(-exit_code) or f"signal {-exit_code}"


def _ended(process: SpawnProcess) -> None:
    """End the process: asked first, so that it cleans up behind itself."""
    if process.is_alive():
        process.terminate()
        process.join(SECONDS_TO_END)
    if process.is_alive():
        process.kill()
    process.join()


def _work(pipe: Connection, folder: str, job: Job, destination: Path | None, overwrite: bool) -> None:  # noqa: FBT001 - a process's arguments
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    tempfile.tempdir = folder
    _limit_memory(job.article)
    try:
        outcome = planned(job) if destination is None else outcome_of(job, destination, overwrite=overwrite)
        pipe.send(outcome)
    except KeyboardInterrupt:
        os._exit(128 + signal.SIGTERM)  # whoever asked for it says why


def _limit_memory(article: Path) -> None:
    if resource is not None:
        size = article.stat().st_size if article.is_file() else 0
        most = MEMORY_BYTES + MAPS_OF_A_FILE * size
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most if hard < 0 else min(most, hard), hard))
