"""Helpers of a team: ended before each test, and one that is ready for the tests that ask for it."""

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from watermark.pdf import parallel_pages
from watermark.runtime.isolation import Helper, limits_for, pool, ready_helpers

SECONDS = 30.0
"""After which what is waited for never happens."""


def wait_until(happens: Callable[[], object]) -> None:
    """Return when something is so that happens in another process."""
    ends_at = time.monotonic() + SECONDS
    while not happens():
        assert time.monotonic() < ends_at, "it did not happen"
        time.sleep(0.005)


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


def wait_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process take no second block of pages before a helper has taken one, however slow that is."""
    is_first, own = parallel_pages._Claims._is_first, Counter[tuple[str, int]]()

    def waiting(claims: parallel_pages._Claims, block_number: int) -> bool:
        share = claims.folder, claims.share
        if own[share]:
            wait_until(lambda: len([*Path(claims.folder).glob(f"{claims.share}-*")]) > own[share])
        is_ours = is_first(claims, block_number)
        own[share] += is_ours
        return is_ours

    monkeypatch.setattr(parallel_pages._Claims, "_is_first", waiting)
