"""Who works: any `concurrent.futures.Executor`, given piece by piece what keeps every worker busy, and no more."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from watermark.errors import FailedError, UsageError
from watermark.runtime.isolation import accept_work, terminate_all
from watermark.runtime.system import handling_requests_to_end, usable_cores

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

SECONDS_BETWEEN_LOOKS = 0.2
PIECES_A_WORKER = 2
"""One that is worked on, and one that waits so that no worker does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerPool:
    """An executor and how many pieces it works on at a time. `scratch` is a folder for temporary files of its workers.

    `end` ends at once what is being worked on.
    """

    executor: Executor
    workers: int
    end: Callable[[], None]
    scratch: str = ""


class StopRequest:
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

        def ask() -> None:
            self.times += 1
            told(self.times)

        with handling_requests_to_end(ask):
            yield


def map_bounded(
    crew: WorkerPool, function: Callable[[Asked], Answer], pieces: Iterable[Asked], stop: StopRequest
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


SECONDS_TO_CONNECT = 30


@contextmanager
def local_crew(jobs: int, scratch: Path | None) -> Iterator[WorkerPool]:
    """Yield a crew of `jobs` processes of this machine. `scratch` is a folder that only this crew uses, or None.

    The folder is emptied first: a run that was killed may have left something in it.
    Each thread waits for a process of its own, so that one that crashes or hangs takes no other with it.
    """
    if scratch is not None:
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
    threads = ThreadPoolExecutor(jobs, thread_name_prefix="worker")
    try:
        yield WorkerPool(executor=threads, workers=jobs, end=terminate_all, scratch=str(scratch or ""))
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        terminate_all()
        threads.shutdown(wait=True)
        accept_work()  # for who works apart next
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def cluster_crew(address: str) -> Iterator[WorkerPool]:
    """Yield the workers of the Dask cluster whose scheduler is at `address`.

    Raises UsageError when Dask is not installed, FailedError when nobody answers there or nobody works for it.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError(
            "--cluster needs a library that is not installed (distributed)",
            place="--cluster",
            remedy="Install it: pip install 'retraction-watermark[cluster]'.",
        ) from error
    try:
        client: Any = Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call,unused-ignore]
    except (OSError, ValueError, TimeoutError) as error:
        raise FailedError(
            f"no scheduler answers at this address ({error})",
            file=address,
            remedy="Start one with `dask scheduler`, and use its address, such as tcp://host:8786.",
        ) from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise FailedError(
                "the cluster has no workers", file=address, remedy="Start some with `dask worker ADDRESS`."
            )
        yield WorkerPool(executor=client.get_executor(), workers=threads, end=client.close)


def all_cores() -> int:
    """Return how many cores this process may use."""
    return usable_cores()
