"""The pages of a long article, read by several processes at a time: each takes a range of pages, in order."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from watermark.runtime.isolation import limits_for, run_isolated

Argument = TypeVar("Argument")
Result = TypeVar("Result")

MIN_PAGES = 64
"""Of a shorter article, a second process would not be ready before the first is done."""
MAX_PROCESSES = 4
"""The memory of all processes counts for the limit of the article."""
SECONDS = 24 * 3600.0
"""The process that waits has a limit of time of its own."""


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
    with ThreadPoolExecutor(len(arguments), thread_name_prefix="pages") as threads:
        yield threads.map(lambda argument: run_isolated(function, argument, limits), arguments)
