"""How pyHanko is called: its coroutines run to their end, its log stays quiet, its absence is named."""

import logging
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any, TypeVar

from watermark.errors import UsageError

Answer = TypeVar("Answer")
LOGGERS = ("pyhanko", "pyhanko_certvalidator")


def require_pyhanko() -> None:
    """Return if pyHanko is installed. Raises UsageError if it is not."""
    if missing := [name for name in LOGGERS if find_spec(name) is None]:
        raise UsageError(
            f"a seal needs a library that is not installed ({missing[0]})",
            place="seal",
            remedy="Install it: pip install 'retraction-watermark[seal]'.",
        )


def finished(ask: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
    """Return what a coroutine returns, also where the caller is in an event loop of its own."""
    import asyncio  # noqa: PLC0415 - most articles have no seal
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - the same

    async def awaited() -> Answer:
        return await ask()

    with _quiet(), ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, awaited()).result()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pyHanko from logging: each problem that it reports becomes a finding or an error of this package."""
    before = {name: logging.getLogger(name).level for name in LOGGERS}
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)
