"""The processes that work for this one: as many as threads ask at the same time, each used again."""

import atexit
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from watermark.runtime.isolation.limits import Limits
from watermark.runtime.isolation.process import Process, WorkerTerminatedError

Argument = TypeVar("Argument")
Result = TypeVar("Result")

_lock = threading.Lock()
_idle: list[Process] = []
_busy: set[Process] = set()
_closed = threading.Event()


def run_isolated(
    function: Callable[[Argument], Result], argument: Argument, limits: Limits, *, scratch: Path | None = None
) -> Result:
    """Return what `function` returns in a process of its own. Both it and the argument are pickled.

    `scratch` is a folder of this piece of work alone, which the caller removes; where the caller is killed, the other
    process does.

    Raises WorkerTerminatedError when it takes too long, crashes, or is ended by `terminate_all`; and what the function
    raises.
    """
    process = take()
    try:
        return process.call(function, argument, limits, scratch)
    finally:
        give_back(process)


def idle_helpers() -> int:
    """Return how many workers are free that have helped before: their modules are loaded."""
    with _lock:
        return sum(process.is_helper for process in _idle)


def terminate_all() -> None:
    """End every process at once; work that is going on ends with WorkerTerminatedError, and none begins any more."""
    _closed.set()
    with _lock:
        endings = [*(process.close for process in _idle), *(process.end for process in _busy)]
        _idle.clear()
    threads = [threading.Thread(target=end) for end in endings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def accept_work() -> None:
    """Let work begin again after `terminate_all`."""
    _closed.clear()


def take(*, is_helper: bool = False) -> Process:
    """Return a worker for one piece of work: a free one of the same kind, else a new one. It has to be given back.

    Raises WorkerTerminatedError where the run is being ended.
    """
    if _closed.is_set():
        raise WorkerTerminatedError("it was not begun: the run is being ended", remedy="Run the same command again.")
    with _lock:
        return _taken(is_helper=is_helper) or _in_use(Process(is_helper=is_helper))


def take_helper() -> Process | None:
    """Return a worker that is free and has helped before, so that its modules are loaded; None where there is none."""
    with _lock:
        return None if _closed.is_set() else _taken(is_helper=True)


def _taken(*, is_helper: bool) -> Process | None:
    process = next((one for one in reversed(_idle) if one.is_helper is is_helper), None)
    if process is None:
        return None
    _idle.remove(process)
    return _in_use(process)


def _in_use(process: Process) -> Process:
    process.uses += 1
    _busy.add(process)
    return process


def give_back(process: Process) -> None:
    """Keep a worker for other work, or end it: it may be too large by now, or have been used often enough."""
    with _lock:
        _busy.discard(process)
        if not (process.is_spent or _closed.is_set()):
            _idle.append(process)
            return
    process.close()


def _forget_all() -> None:
    """Forget, in a fork of this process, the processes of its parent, and a lock that the parent holds."""
    global _lock  # noqa: PLW0603 - a lock cannot be unlocked by a thread that the fork does not have
    _lock = threading.Lock()
    _idle.clear()
    _busy.clear()
    _closed.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)


@atexit.register
def _at_exit() -> None:
    for process in _idle:
        process.close()
