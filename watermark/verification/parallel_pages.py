"""The pages of a long article, checked by several processes at a time: each takes a range of pages, in order."""

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
OTHER_CHECKS = 0.25
"""How long all checks but those of pages take, as a part of the time of the pages: the first process does them, too."""
SECONDS = 24 * 3600.0
"""The process that waits has a limit of time of its own."""


def page_ranges(page_count: int, jobs: int) -> list[range]:
    """Return the pages, from 1, in as many ranges as processes are to check them; in one range for a short article.

    The first range is the shortest, so that its process has the time for all other checks.
    """
    parts = max(min(jobs, MAX_PROCESSES), 1) if page_count >= MIN_PAGES else 1
    first = round(page_count * ((1 + OTHER_CHECKS) / parts - OTHER_CHECKS)) if parts > 1 else page_count
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
