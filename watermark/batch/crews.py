"""The two crews there are: processes of this machine, and the workers of a Dask cluster."""

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from watermark.batch.crew import Crew
from watermark.errors import FailedError, UsageError
from watermark.runtime.isolation import end_all, reopen

SECONDS_TO_CONNECT = 30


@contextmanager
def local_crew(jobs: int, scratch: Path | None) -> Iterator[Crew]:
    """Yield a crew of `jobs` processes of this machine. `scratch` is a folder that only this crew uses, or None.

    The folder is emptied first: a run that was killed may have left something in it.
    Each thread waits for a process of its own, so that one that crashes or hangs takes no other with it.
    """
    if scratch is not None:
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
    threads = ThreadPoolExecutor(jobs, thread_name_prefix="worker")
    try:
        yield Crew(executor=threads, workers=jobs, end=end_all, scratch=str(scratch or ""))
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        end_all()
        threads.shutdown(wait=True)
        reopen()  # for who works apart next
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def cluster_crew(address: str) -> Iterator[Crew]:
    """Yield the workers of the Dask cluster whose scheduler is at `address`.

    Raises UsageError when Dask is not installed, FailedError when nobody answers there or nobody works for it.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError(
            "a cluster needs a library that is not installed (distributed)",
            place="--cluster",
            remedy="Install it: pip install 'retraction-watermark[cluster]'.",
        ) from error
    try:
        client: Any = Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call,unused-ignore]
    except (OSError, ValueError, TimeoutError) as error:
        raise FailedError(
            f"there is no scheduler that answers ({error})",
            file=address,
            remedy="Start one with `dask scheduler`, and give its address, such as tcp://host:8786.",
        ) from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise FailedError(
                "the cluster has no workers", file=address, remedy="Start some with `dask worker ADDRESS`."
            )
        yield Crew(executor=client.get_executor(), workers=threads, end=client.close)


def all_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
