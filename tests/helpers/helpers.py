"""Helpers of a team: ended before each test, and one that is ready for the tests that ask for it."""

from pathlib import Path

from watermark.pdf import parallel_pages
from watermark.runtime.isolation import Helper, limits_for, pool, ready_helpers


def end_all() -> None:
    """End all helpers that are free, and begin to count the pages that were read without any."""
    parallel_pages._Unread.pages = 0
    if ready_helpers():
        helpers = [one for one in pool._idle if one.is_helper]
        for one in helpers:
            pool._idle.remove(one)
            one.close()


def start(file: Path, count: int = 1) -> None:
    """Start helpers, and return when they are ready."""
    helpers = [Helper(limits_for([file], seconds=600), parallel_pages._load) for _ in range(count)]
    for one in helpers:
        one.ask(parallel_pages._load, None).result()
    for one in helpers:
        one.close(parallel_pages._leave)
    assert ready_helpers() == count
