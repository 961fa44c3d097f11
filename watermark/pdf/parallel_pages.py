"""The pages of a long article, read by several processes at a time: each takes a range of pages, in order."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Generic, TypeVar

from watermark.runtime.isolation import limits_for, run_isolated

Argument = TypeVar("Argument")
Result = TypeVar("Result")

MIN_PAGES = 64
"""Of a shorter article, a second process would not be ready before the first is done."""
MAX_PROCESSES = 4
"""The memory of all processes counts for the limit of the article."""
SECONDS = 24 * 3600.0
"""The process that waits has a limit of time of its own."""
_loading: set[threading.Event] = set()
"""Of processes that load their modules: each is set when that is done."""


def page_ranges(page_count: int, jobs: int, other_work: float = 0.0) -> list[range]:
    """Return the pages, from 1, in as many ranges as processes are to read them; in one range for a short article.

    `other_work` is what the first process does besides, as a part of the time of all pages: its range is shorter.
    """
    parts = max(min(jobs, MAX_PROCESSES), 1) if page_count >= MIN_PAGES else 1
    first = round(page_count * ((1 + other_work) / parts - other_work)) if parts > 1 else page_count
    others = [first + (page_count - first) * part // max(parts - 1, 1) for part in range(parts)]
    return [range(1 + start, 1 + end) for start, end in pairwise([0, *others])]


@contextmanager
def in_processes(
    function: Callable[[Argument], Result], arguments: Sequence[Argument], file: Path
) -> Iterator[Iterator[Result]]:
    """Call `function` with each argument in a process of its own, all at the same time; yield the results in order.

    `file` is what they read: their memory is limited by its size. A process that crashes raises
    WorkerTerminatedError where its result is taken.
    """
    if not arguments:
        yield iter(())
        return
    limits = limits_for([file], seconds=SECONDS)

    def result(argument: Argument) -> Result:
        for loaded in tuple(_loading):  # the process that loads its modules is one that can be used
            loaded.wait()
        return run_isolated(function, argument, limits)

    with ThreadPoolExecutor(len(arguments), thread_name_prefix="pages") as threads:
        yield threads.map(result, arguments)


class SharedPages(Generic[Result]):
    """Pages that this process takes one after the other from the front, and another one from the back.

    The other process takes half of what is left when it has loaded its modules: none where that takes too long.
    """

    def __init__(self, page_numbers: Sequence[int]) -> None:
        """Share these pages."""
        self._page_numbers, self._next, self._end = page_numbers, 0, len(page_numbers)
        self._lock = threading.Lock()
        self._elsewhere: Future[Result] | None = None

    def __iter__(self) -> Iterator[int]:
        """Yield the pages that are left for this process."""
        while True:
            with self._lock:
                if self._next >= self._end:
                    return
                self._next += 1
                page_number = self._page_numbers[self._next - 1]
            yield page_number

    def share(self, function: Callable[[tuple[int, ...]], Result], file: Path) -> None:
        """Let another process call `function`, which is pickled, with half of the pages. `file` is what it reads."""
        _loading.add(loaded := threading.Event())
        threading.Thread(target=self._have_done, args=(function, file, loaded), name="pages", daemon=True).start()

    def results(self) -> tuple[Result, ...]:
        """Return what the other process found out, if it took pages. Raises what it raised."""
        with self._lock:
            self._end = min(self._end, self._next)  # it is too late for it now
            elsewhere = self._elsewhere
        return (elsewhere.result(),) if elsewhere is not None else ()

    def _have_done(self, function: Callable[[tuple[int, ...]], Result], file: Path, loaded: threading.Event) -> None:
        limits = limits_for([file], seconds=SECONDS)
        try:
            run_isolated(_load, function, limits)
        except Exception:  # noqa: BLE001 - this process reads all pages, and a task that fails there fails here
            return
        finally:
            _loading.discard(loaded)
            loaded.set()
        if taken := self._taken():
            page_numbers, future = taken
            try:
                future.set_result(run_isolated(function, page_numbers, limits))
            except BaseException as error:  # noqa: BLE001 - raised where the result is asked for
                future.set_exception(error)

    def _taken(self) -> tuple[tuple[int, ...], "Future[Result]"] | None:
        with self._lock:
            start = self._end - (self._end - self._next) // 2
            page_numbers = tuple(self._page_numbers[start : self._end])
            if not page_numbers:
                return None
            self._end, self._elsewhere = start, Future()
            return page_numbers, self._elsewhere


def _load(_function: object) -> None:
    """Do nothing: the function's module is loaded when it is unpickled."""
