"""A second thread beside the one that asks: for calls into libraries that release Python's lock while they work."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from itertools import count
from queue import PriorityQueue
from threading import Thread
from typing import TypeVar

from watermark.runtime.shared_setting import SharedSetting

Result = TypeVar("Result")
_Task = tuple[int, int, Callable[[], None]]

SECONDS_A_TURN = 0.0001
"""How long Python lets one thread run while another waits; its own 5 ms are longer than most calls of libraries."""
_URGENT, _LAST = 0, 2


class SecondThread:
    """A thread that does one task after the other: urgent ones first, the others in the order in which they came."""

    def __init__(self, name: str) -> None:
        """Start the thread. Raises RuntimeError where the system does not let a process have one more."""
        self._tasks: PriorityQueue[_Task] = PriorityQueue()
        self._order = count()
        self._ends = False
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def soon(self, work: Callable[[], Result], *, urgent: bool = False) -> "Future[Result]":
        """Have `work` done, and return the future of its result."""
        future: Future[Result] = Future()

        def task() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = work()
            except BaseException as error:  # noqa: BLE001 - raised where the result is asked for
                future.set_exception(error)
            else:
                future.set_result(result)

        self._tasks.put((_URGENT if urgent else 1, next(self._order), task))
        return future

    def close(self) -> None:
        """Wait for the task that is being done, and do none after it."""
        self._ends = True
        self._tasks.put((_LAST, next(self._order), lambda: None))
        self._thread.join()

    def _run(self) -> None:
        while not self._ends:
            self._tasks.get()[2]()


def _shorten_turns(restore: ExitStack) -> None:
    """Let threads take turns more often."""
    usual = sys.getswitchinterval()
    restore.callback(sys.setswitchinterval, usual)
    sys.setswitchinterval(min(SECONDS_A_TURN, usual))


_SHORT_TURNS = SharedSetting(_shorten_turns)


@contextmanager
def second_threads(names: tuple[str, ...]) -> Iterator[tuple[SecondThread, ...]]:
    """Yield a thread for each name; none where the system has none to give. They have ended afterwards."""
    with ExitStack() as stack:
        threads: list[SecondThread] = []
        try:
            for name in names:
                threads.append(thread := SecondThread(name))
                stack.callback(thread.close)
        except RuntimeError:
            stack.close()
            threads = []
        if threads:
            stack.enter_context(_SHORT_TURNS.changed())
        yield tuple(threads)


@contextmanager
def second_thread(name: str, jobs: int) -> Iterator[SecondThread | None]:
    """Yield a thread; None with one job, or where the system has none to give. It has ended afterwards."""
    with second_threads((name,) if jobs > 1 else ()) as threads:
        yield threads[0] if threads else None
