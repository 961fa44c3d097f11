"""Work on files in worker processes, awaited: as many at a time as there are cores."""

import shutil
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TypeVar

import anyio
import anyio.to_thread

from watermark.runtime.isolation import limits_for, run_isolated
from watermark.runtime.system import usable_cores

Result = TypeVar("Result")


class Workers:
    """Runs functions in worker processes, whose temporary files are in folders below one private folder."""

    def __init__(self, folder: Path) -> None:
        """Use a private folder. The processes are started when they are needed."""
        self._folder = folder
        self._limiter = anyio.CapacityLimiter(usable_cores())

    async def run(self, function: Callable[[], Result], files: Iterable[Path] = ()) -> Result:
        """Return what the function returns in another process, under limits that go with the size of the `files`.

        The function is a `partial` with its arguments, which are pickled. Raises what it raises, and
        WorkerTerminatedError.
        """
        return await anyio.to_thread.run_sync(partial(self._run, function, tuple(files)), limiter=self._limiter)

    def _run(self, function: Callable[[], Result], files: tuple[Path, ...]) -> Result:
        scratch = Path(tempfile.mkdtemp(prefix="work-", dir=self._folder))
        try:
            return run_isolated(_work, (function, scratch), limits_for(files), scratch=scratch)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def _work(task: tuple[Callable[[], Result], Path]) -> Result:
    """Call the function in the worker, with a folder of its own for temporary files."""
    function, scratch = task
    tempfile.tempdir = str(scratch)
    try:
        return function()
    finally:
        tempfile.tempdir = None
