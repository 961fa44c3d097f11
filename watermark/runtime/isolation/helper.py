"""A worker that does one part of a larger task after the other, and may keep between them what it has read."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from watermark.runtime.isolation.limits import Limits
from watermark.runtime.isolation.pool import give_back, idle_helpers, take
from watermark.runtime.isolation.process import Process

Argument = TypeVar("Argument")
Result = TypeVar("Result")

_leaving: "list[tuple[Future[None], Future[None]]]" = []
"""Of helpers that are closed: one is done when the worker has loaded its modules, and one when it is free."""


def ready_helpers() -> int:
    """Return how many workers are free that have helped before: their modules are loaded."""
    for loaded, left in tuple(_leaving):
        if loaded.done():  # one that still loads is not waited for
            left.exception()
            with suppress(ValueError):  # another thread was faster
                _leaving.remove((loaded, left))
    return idle_helpers()


class Helper:
    """A worker process that only its owner asks, until it is closed. It loads its modules meanwhile."""

    def __init__(self, limits: Limits, load: Callable[[None], object]) -> None:
        """Take a worker that is free, or start one. `load` is called in it first: its module is loaded by that."""
        self._limits = limits
        self._process: Process | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="helper")
        self._loaded = self._thread.submit(self._begin, load)

    def ask(self, function: Callable[[Argument], Result], argument: Argument) -> "Future[Result]":
        """Have `function` called after what was asked before. It and the argument are pickled.

        The result may be WorkerTerminatedError, or what the function raises.
        """
        return self._thread.submit(self._call, function, argument)

    def close(self, leave: Callable[[None], object]) -> None:
        """Have `leave` called last, and give the worker back, both by a thread that is not waited for."""
        _leaving.append((self._loaded, self._thread.submit(self._end, leave)))
        self._thread.shutdown(wait=False)

    def _begin(self, load: Callable[[None], object]) -> None:
        self._process = take(is_helper=True)
        self._call(load, None)

    def _call(self, function: Callable[[Argument], Result], argument: Argument) -> Result:
        if self._process is None:
            self._loaded.result()  # raises why it could not be started
        assert self._process is not None
        return self._process.call(function, argument, self._limits)

    def _end(self, leave: Callable[[None], object]) -> None:
        if self._process is None:
            return
        if not self._process.is_spent:
            with suppress(Exception):  # a worker that has crashed has left everything
                self._call(leave, None)
        give_back(self._process)
