"""A worker that does one part of a larger task after the other, and may keep between them what it has read."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Lock
from typing import Any, TypeVar

from watermark.runtime.isolation.limits import Limits
from watermark.runtime.isolation.pool import give_back, idle_helpers, take, take_helper
from watermark.runtime.isolation.process import WorkerTerminatedError

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
        """Take a worker that has helped before, or start one, in which `load` is called first: it loads its module."""
        self._limits = limits
        self._process = take_helper()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="helper")
        self._giving, self._waiting = Lock(), 0
        self._loaded: Future[None] = Future()
        if self._process is None:
            self._loaded = self._thread.submit(self._begin, load)
        else:
            self._loaded.set_result(None)

    def ask(self, function: Callable[[Argument], Result], argument: Argument) -> "Future[Result]":
        """Have `function` called after what was asked before. It and the argument are pickled.

        A worker that has loaded its modules is given it at once, so that it need not wait between two tasks; it can
        then not be cancelled. The result may be WorkerTerminatedError, or what the function raises.
        """
        future: Future[Result] = Future()
        with self._giving:
            if self._is_given(function, argument):
                future.set_running_or_notify_cancel()
                self._thread.submit(self._answer, future)
            else:
                self._waiting += 1
                self._thread.submit(self._give_later, future, function, argument)
        return future

    def _is_given(self, function: Callable[[Argument], Result], argument: Argument) -> bool:
        """Return whether the worker has the task now: none waits before it, and the worker can take it."""
        if self._waiting or self._process is None or not self._loaded.done() or self._loaded.exception() is not None:
            return False
        with suppress(WorkerTerminatedError):  # raised in its turn
            self._process.give(function, argument, self._limits)
            return True
        return False

    def _give_later(self, future: "Future[Any]", function: Callable[[Any], Any], argument: object) -> None:
        with self._giving:
            self._waiting -= 1
            if not future.set_running_or_notify_cancel():
                return
            try:
                if self._process is None:
                    self._loaded.result()  # raises why it could not be started
                assert self._process is not None
                self._process.give(function, argument, self._limits)
            except BaseException as error:  # noqa: BLE001 - raised where the result is asked for
                future.set_exception(error)
                return
        self._answer(future)

    def _answer(self, future: "Future[Any]") -> None:
        assert self._process is not None
        try:
            result = self._process.result(self._limits)
        except BaseException as error:  # noqa: BLE001 - see above
            future.set_exception(error)
        else:
            future.set_result(result)

    def close(self, leave: Callable[[None], object]) -> None:
        """Have `leave` called last, and give the worker back, both by a thread that is not waited for."""
        _leaving.append((self._loaded, self._thread.submit(self._end, leave)))
        self._thread.shutdown(wait=False)

    def _begin(self, load: Callable[[None], object]) -> None:
        self._process = take(is_helper=True)
        self._process.call(load, None, self._limits)

    def _end(self, leave: Callable[[None], object]) -> None:
        if self._process is None:
            return
        if not self._process.is_spent:
            with suppress(Exception):  # a worker that has crashed has left everything
                self._process.call(leave, None, self._limits)
        give_back(self._process)
