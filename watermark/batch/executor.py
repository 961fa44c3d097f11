"""A worker pool on any `concurrent.futures.Executor`, with a bounded queue: two tasks for each worker."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from watermark.errors import FailedError, UsageError
from watermark.runtime.isolation import accept_work, terminate_all
from watermark.runtime.system import handling_requests_to_end

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

POLL_SECONDS = 0.2
TASKS_PER_WORKER = 2
"""One in progress and one queued, so that no worker is idle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerPool:
    """An executor and its number of workers. `scratch` is a folder for temporary files of its workers.

    `end` ends the tasks in progress at once.
    """

    executor: Executor
    workers: int
    end: Callable[[], None]
    scratch: str = ""


class StopRequest:
    """Whether the user wants the run to stop: after one request tasks in progress are finished, after two ended."""

    def __init__(self) -> None:
        """Start without a request."""
        self.times = 0

    @property
    def is_asked(self) -> bool:
        """Whether no new task may begin."""
        return self.times > 0

    @property
    def is_now(self) -> bool:
        """Whether tasks in progress have to end, too."""
        return self.times > 1

    @contextmanager
    def on_signals(self, on_request: Callable[[int], None]) -> Iterator[None]:
        """Count Ctrl-C and SIGTERM as requests; `on_request` is called with the count."""

        def ask() -> None:
            self.times += 1
            on_request(self.times)

        with handling_requests_to_end(ask):
            yield


def map_bounded(
    pool: WorkerPool, function: Callable[[Asked], Answer], pieces: Iterable[Asked], stop: StopRequest
) -> Iterator[tuple[Asked, Future[Answer]]]:
    """Yield each piece with its finished future, in the order of completion.

    Pieces are taken when the queue has room. After one stop request, queued pieces are cancelled and not yielded; after
    two, nothing more is yielded.
    """
    pieces = iter(pieces)
    running: dict[Future[Answer], Asked] = {}
    more = True
    while more or running:
        while more and len(running) < pool.workers * TASKS_PER_WORKER and not stop.is_asked:
            piece = next(pieces, None)
            if piece is None:
                more = False
            else:
                running[pool.executor.submit(function, piece)] = piece
        if stop.is_asked:
            more = False
            for future in [future for future in running if future.cancel()]:
                del running[future]
        if stop.is_now:
            pool.end()
            return
        if running:
            done, _ = wait(running, POLL_SECONDS, FIRST_COMPLETED)
            for future in done:
                yield running.pop(future), future


SECONDS_TO_CONNECT = 30


@contextmanager
def local_pool(jobs: int, scratch: Path | None) -> Iterator[WorkerPool]:
    """Yield a pool of `jobs` processes on this machine. `scratch` is a folder that only this pool uses, or None.

    The folder is emptied first: a run that was killed may have left something in it.
    Each thread waits for a separate process, so that a crash or a hang affects only one task.
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
        accept_work()  # isolated work is possible again afterwards
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def cluster_pool(address: str) -> Iterator[WorkerPool]:
    """Yield the workers of the Dask cluster whose scheduler is at `address`.

    Raises UsageError when Dask is not installed, FailedError if no scheduler answers there, or it has no workers.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError(
            "a cluster needs a library that is not installed (distributed)",
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
