"""How long all retractions of the world take on 2, 32 and 1,000 cores, and what breaks first: measured and simulated.

`python -m tests.benchmarks.scale`, from the root of the repository, measures here what an article takes of a worker, of
the ledger, and of Dask's scheduler with 2 to 8 local workers, and prints tables in Markdown. The simulation hands real
articles, chosen by chance, to workers; each waits for its article and its copy to be transferred, and for the one
process that keeps the ledger. `--rest` leaves out Dask, which takes half a minute.
"""

import argparse
import heapq
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tests.batch.servers import dask_cluster
from tests.benchmarks.limit import CORPUS
from tests.benchmarks.measuring import usage_of
from tests.benchmarks.ours import stamped
from watermark.batch.executor import StopRequest, cluster_pool, map_bounded
from watermark.batch.ledger import Ledger, LedgerEntry
from watermark.models import Claim, Finding, Proof, Status
from watermark.stamping.plan.planner import TOOL

RETRACTIONS = 66_600
CORES = (2, 32, 1000)
GETS_A_SECOND, PUTS_A_SECOND = 5_500, 3_500
"""What S3 says that it serves for each prefix of names."""
BYTES_A_SECOND, SECONDS_A_REQUEST = 85e6, 0.05
"""What S3 says that one connection carries, and how long it waits for the first byte."""
REQUESTS_A_COPY = 5
"""Looked at, fetched, looked for, and published in two steps."""
TASKS = 400
ISOLATION_SECONDS = 0.002


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What one article takes: seconds of a core, and bytes that are transferred."""

    seconds: float
    size_bytes: int


def articles(folder: Path, every: int) -> list[Work]:
    """Return what real articles take that are stamped and proved here."""
    found = []
    for source in sorted((CORPUS / "articles").glob("*.pdf"))[::every]:
        copy = folder / "copy.pdf"
        try:
            stamped(source, copy, Proof.FULL)
            seconds = min(usage_of(partial(stamped, source, copy, Proof.FULL)).processor for _ in range(2))
        except RuntimeError:
            continue  # refused, as it has to be
        found.append(Work(seconds=seconds, size_bytes=source.stat().st_size + copy.stat().st_size))
    return found


def of_the_ledger(folder: Path, count: int = 300) -> float:
    """Return the seconds that the ledger takes for an article: an attempt begun and ended, each safe on the disk.

    The median of the clock counts: the time of the processor would leave out the disk.
    """
    finding = Finding(claim=Claim.FIXITY, status=Status.OK, message="the original is the first part of the copy")
    with Ledger.opened(folder / "ledger.sqlite", write=True) as ledger:
        run, taken = ledger.begin_run(None, TOOL), list[float]()
        for number in range(count):
            start = time.perf_counter()
            attempt = ledger.begin(run, f"{number}.pdf", f"/out/{number}.pdf")
            entry = LedgerEntry(
                row=f"{number}.pdf",
                attempt=attempt,
                result="marked",
                exit_status=0,
                findings=(finding,) * 10,
                started_at=datetime.now(UTC),
                seconds=1.0,
                tool=TOOL,
            )
            ledger.end(run, entry)
            taken.append(time.perf_counter() - start)
        return statistics.median(taken)


def of_dask(folder: Path, workers: int) -> float:
    """Return the seconds of the processor that Dask takes of this process for a task, with so many local workers."""
    with dask_cluster(workers, folder) as (address, _), cluster_pool(address) as pool:
        for count in (20, TASKS):
            start = time.process_time()
            for _, future in map_bounded(pool, int, ["1"] * count, StopRequest()):
                future.result()
        return (time.process_time() - start) / TASKS


def simulated(work: Sequence[Work], cores: int, coordinator: float, *, by_store: bool) -> tuple[float, float]:
    """Return the seconds of a run, and the share of them in which the process that keeps the ledger is busy."""
    chance = random.Random(1)  # noqa: S311 - the same each time
    free, coordinator_free = [0.0] * cores, 0.0
    store = REQUESTS_A_COPY * max(1 / GETS_A_SECOND, 1 / PUTS_A_SECOND) if by_store else 0.0
    store_free = 0.0
    for _ in range(RETRACTIONS):
        one, ready = chance.choice(work), heapq.heappop(free)
        coordinator_free = max(coordinator_free, ready) + coordinator
        store_free = max(store_free, coordinator_free) + store
        waits = REQUESTS_A_COPY * SECONDS_A_REQUEST + one.size_bytes / BYTES_A_SECOND if by_store else 0.0
        heapq.heappush(free, max(coordinator_free, store_free) + waits + one.seconds + ISOLATION_SECONDS)
    end = max(free)
    return end, RETRACTIONS * coordinator / end


def table(work: Sequence[Work], ledger: float, dask: dict[int, float]) -> Iterator[str]:
    mean = statistics.mean(one.seconds for one in work)
    yield f"An article takes {mean * 1e3:.0f} ms of a core (mean of {len(work)} real articles), the ledger "
    yield f"{ledger * 1e3:.1f} ms of the one process that keeps it."
    for workers, seconds in dask.items():
        yield f"Dask takes {seconds * 1e3:.1f} ms of that process for a task, with {workers} local workers."
    yield from ("", "| cores | folders | from and to S3 | the ledger's process is busy |", "|---:|---:|---:|---:|")
    coordinator = ledger + max(dask.values(), default=0.0)
    for cores in CORES:
        here, _ = simulated(work, cores, ledger, by_store=False)
        there, busy = simulated(work, cores, coordinator, by_store=True)
        yield f"| {cores:,} | {_in_words(here)} | {_in_words(there)} | {busy:.0%} |"
    yield from ("", f"The ledger's process takes no more than {1 / coordinator:,.0f} articles a second: as much as ")
    yield f"{mean / coordinator:,.0f} cores do. S3 serves {PUTS_A_SECOND / REQUESTS_A_COPY:,.0f} a second for a prefix."


def _in_words(seconds: float) -> str:
    return f"{seconds / 3600:.1f} h" if seconds > 5400 else f"{seconds / 60:.0f} min"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="measure one article in so many")
    parser.add_argument("--rest", action="store_true", help="without Dask")
    asked = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        measure: Callable[[int], float] = partial(of_dask, folder)
        dask = {} if asked.rest else {workers: measure(workers) for workers in (2, 4, 8)}
        for line in table(articles(folder, asked.every), of_the_ledger(folder), dask):
            click.echo(line)


if __name__ == "__main__":
    main()
