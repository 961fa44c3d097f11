"""A bar on a terminal's standard error while a command works for more than two seconds: how much is done, how long.

It is drawn by a timer of the system (SIGALRM), because a thread would keep workers from being forks of this process.
"""

import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from watermark.runtime.system import HAS_TIMER, called_regularly

Item = TypeVar("Item")

SECONDS_BEFORE = 2.0
SECONDS_BETWEEN = 0.2
BAR_LENGTH = 24
BLOCK_LENGTH = 6
WITH_A_BAR = frozenset({"batch", "desk"})
"""The commands that show their progress themselves."""
_ERASE = b"\r\x1b[K"
_STDERR = 2


class _Bar:
    """The bar of a command. It is on the screen only inside `shown`, so that nothing else is printed meanwhile."""

    def __init__(self, command: str) -> None:
        """Begin to count the seconds."""
        self._command, self._started = command, time.monotonic()
        self._is_drawn = self._is_shown = False
        self.done = self.total = 0

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show the bar while the `with` statement runs, once the command has worked for two seconds."""
        if self._is_shown:  # by a caller
            yield
            return
        self._is_shown = True
        wait = max(self._started + SECONDS_BEFORE - time.monotonic(), SECONDS_BETWEEN)
        try:
            with called_regularly(self._draw, wait, SECONDS_BETWEEN):
                yield
        finally:
            self._is_shown = False
            if self._is_drawn:
                self._is_drawn = False
                self._write(_ERASE)

    def _draw(self) -> None:
        seconds = time.monotonic() - self._started
        text = f"watermark {self._command} [{self._filled(seconds)}] "
        text += f"{self.done:,} of {self.total:,}, " if self.total else ""
        text += f"{seconds:.0f} s"
        self._write(b"\r" + text[: shutil.get_terminal_size().columns - 1].encode("ascii", "replace") + b"\x1b[K")
        self._is_drawn = True

    def _filled(self, seconds: float) -> str:
        """Return the inside of the bar: the share that is done or, where that is not known, a block that moves."""
        if self.total:
            return ("#" * (BAR_LENGTH * self.done // self.total)).ljust(BAR_LENGTH, ".")
        place = int(seconds / SECONDS_BETWEEN) % (2 * (BAR_LENGTH - BLOCK_LENGTH))
        place = min(place, 2 * (BAR_LENGTH - BLOCK_LENGTH) - place)
        return ("." * place + "#" * BLOCK_LENGTH).ljust(BAR_LENGTH, ".")

    @staticmethod
    def _write(data: bytes) -> None:
        """Write past Python's buffer, which the interrupted code may be writing to."""
        try:
            os.write(_STDERR, data)
        except OSError:  # the terminal is gone: the command itself finds that out
            return


_bars: list[_Bar] = []


def show_bar(arguments: Sequence[str]) -> None:
    """Let `waiting` show a bar, for a command that may have one: at a terminal, and not with --quiet."""
    if not arguments or arguments[0] in WITH_A_BAR or {"-q", "--quiet"}.intersection(arguments):
        return
    if HAS_TIMER and sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        _bars[:] = [_Bar(arguments[0])]


@contextmanager
def waiting() -> Iterator[None]:
    """Show the bar, if there is one, while the `with` statement runs; nothing else may print then."""
    if not _bars:
        yield
        return
    with _bars[0].shown():
        yield


def each(items: Iterable[Item], total: int) -> Iterator[Item]:
    """Yield the items, which the bar counts; it is shown while the next one is awaited.

    With a `total` of 0, the bar does not say how many there are.
    """
    source, done = iter(items), 0
    while True:
        if _bars:
            _bars[0].done, _bars[0].total = min(done, total), total
        with waiting():
            try:
                item = next(source)
            except StopIteration:
                break
        done += 1
        yield item
    if _bars:
        _bars[0].done = _bars[0].total = 0
