"""Work on files in worker processes, awaited: as many at a time as there are cores."""

import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import anyio
import anyio.to_thread

from watermark.runtime.isolation import limits_for, run_isolated
from watermark.runtime.system import usable_cores

Argument = TypeVar("Argument")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A function, its argument, and a folder for the temporary files of the worker."""

    function: Callable[[Any], Any]
    argument: Any
    scratch: Path


class Workers:
    """Runs functions in worker processes, whose temporary files are in folders below one private folder."""

    def __init__(self, folder: Path) -> None:
        """Use a private folder. The processes are started when they are needed."""
        self._folder = folder
        self._limiter = anyio.CapacityLimiter(usable_cores())

    async def run(
        self, function: Callable[[Argument], Result], argument: Argument, files: Iterable[Path] = ()
    ) -> Result:
        """Return what the function returns in another process, under limits that go with the size of the `files`.

        Raises what the function raises, and WorkerTerminatedError.
        """
        work: Callable[[], Result] = partial(self._run, function, argument, tuple(files))
        return await anyio.to_thread.run_sync(work, limiter=self._limiter)

    def _run(self, function: Callable[[Any], Any], argument: object, files: tuple[Path, ...]) -> Any:  # noqa: ANN401 - what the function returns
        scratch = Path(tempfile.mkdtemp(prefix="work-", dir=self._folder))
        try:
            task = _Task(function=function, argument=argument, scratch=scratch)
            return run_isolated(_work, task, limits_for(files), scratch=scratch)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def _work(task: _Task) -> object:
    """Call the function in the worker, with a folder of its own for temporary files."""
    tempfile.tempdir = str(task.scratch)
    try:
        return task.function(task.argument)
    finally:
        tempfile.tempdir = None
