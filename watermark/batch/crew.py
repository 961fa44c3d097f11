"""Who works: any `concurrent.futures.Executor`, given piece by piece what keeps every worker busy, and no more."""

import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

SECONDS_BETWEEN_LOOKS = 0.2
PIECES_A_WORKER = 2
"""One that is worked on, and one that waits so that no worker does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """An executor and how many pieces it works on at a time. `scratch` is a folder for temporary files of its workers.

    `end` ends at once what is being worked on.
    """

    executor: Executor
    workers: int
    end: Callable[[], None]
    scratch: str = ""


class Stop:
    """Whether the user wants the run to end: asked once, what has begun is finished; asked twice, it ends now."""

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self.times = 0

    @property
    def is_asked(self) -> bool:
        """Whether nothing more shall begin."""
        return self.times > 0

    @property
    def is_now(self) -> bool:
        """Whether what has begun shall end, too."""
        return self.times > 1

    @contextmanager
    def on_signals(self, told: Callable[[int], None]) -> Iterator[None]:
        """Let Ctrl-C and SIGTERM ask, and say to `told` for which time."""

        def ask(_number: int, _frame: FrameType | None) -> None:
            self.times += 1
            told(self.times)

        before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def side_by_side(
    crew: Crew, function: Callable[[Asked], Answer], pieces: Iterable[Asked], stop: Stop
) -> Iterator[tuple[Asked, Future[Answer]]]:
    """Yield each piece of work with its future, done, in the order in which they come back.

    Pieces are taken when a worker has room for one. When the run shall end, those that have not begun are cancelled and
    not yielded; when it shall end now, nothing is yielded any more.
    """
    pieces = iter(pieces)
    flying: dict[Future[Answer], Asked] = {}
    more = True
    while more or flying:
        while more and len(flying) < crew.workers * PIECES_A_WORKER and not stop.is_asked:
            piece = next(pieces, None)
            if piece is None:
                more = False
            else:
                flying[crew.executor.submit(function, piece)] = piece
        if stop.is_asked:
            more = False
            for future in [future for future in flying if future.cancel()]:
                del flying[future]
        if stop.is_now:
            crew.end()
            return
        if flying:
            done, _ = wait(flying, SECONDS_BETWEEN_LOOKS, FIRST_COMPLETED)
            for future in done:
                yield flying.pop(future), future
