"""Stamp one article in a separate process, with a time limit and a memory limit: a hang or a crash costs one file."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from watermark.models import Outcome
from watermark.runtime.atomic_files import remove_stale_temp_files
from watermark.runtime.isolation import WorkerTerminatedError, limits_for, run_isolated
from watermark.stamping.pipeline import plan_outcome, stamp_outcome
from watermark.stamping.plan import StampRequest
from watermark.stamping.unmarked_outcomes import failed_outcome

PROCESS = "process"


@dataclass(frozen=True, slots=True, kw_only=True)
class IsolatedStamp:
    """The work of the other process. `destination` is None for a plan; `folder` is for temporary files."""

    request: StampRequest
    destination: Path | None
    overwrite: bool
    folder: str


def stamp_isolated(request: StampRequest, destination: Path, seconds: float, *, overwrite: bool = False) -> Outcome:
    """Return the outcome of one article within `seconds`. No error is raised, and no temporary file remains.

    The work runs in a separate process, which takes about a second more the first time. Its memory is
    limited by the size of the article. A process that crashed or took too long counts as failed.
    """
    return _within(request, seconds, destination, overwrite=overwrite)


def plan_isolated(request: StampRequest, seconds: float) -> Outcome:
    """Return the plan for one article, as `stamp_isolated` returns its outcome; nothing is written."""
    return _within(request, seconds, None, overwrite=False)


def work(task: IsolatedStamp) -> Outcome:
    """Run the task in this process, whose number is left in the folder for the parent, which cleans up after it."""
    Path(task.folder, PROCESS).write_text(str(os.getpid()), encoding="ascii")
    tempfile.tempdir = task.folder
    try:
        if task.destination is None:
            return plan_outcome(task.request)
        return stamp_outcome(task.request, task.destination, overwrite=task.overwrite)
    finally:
        tempfile.tempdir = None


def _within(request: StampRequest, seconds: float, destination: Path | None, *, overwrite: bool) -> Outcome:
    limits = limits_for([request.article], seconds=seconds)
    with TemporaryDirectory(prefix="watermark-") as folder:
        try:
            task = IsolatedStamp(request=request, destination=destination, overwrite=overwrite, folder=folder)
            return run_isolated(work, task, limits, scratch=Path(folder))
        except WorkerTerminatedError as error:
            return failed_outcome(request.article, error)
        finally:
            process = Path(folder, PROCESS)
            number = process.read_text(encoding="ascii") if process.is_file() else ""
            if destination is not None and number:  # empty if the process ended while it wrote: it had saved nothing
                remove_stale_temp_files(destination, int(number))
