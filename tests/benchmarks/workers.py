"""How much more two workers of a batch do than one, beside what two runs of the limit do more than one.

`python -m tests.benchmarks.workers`, from the root of the repository, prints a table in Markdown. The limit is that of
`tests.benchmarks.limit`; two runs of it share nothing but the machine, so that what they lose is lost to the processor,
its memory and whatever else runs. All take turns, and the median counts: by the clock, which needs an idle machine, and
by the processor, where whatever waits is not seen. `--every 5` takes one real article in five, `--bar 0.95` ends with 1
where two workers gain less than that share, by the clock, of what the two runs gain.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tests.benchmarks.limit import CORPUS, NOTICE, at_the_limit, profile_of
from tests.benchmarks.measuring import Taken, usage_of
from tests.benchmarks.ours import stamped
from watermark.batch.executor import StopRequest, local_pool
from watermark.batch.ledger import Ledger, LedgerEntry
from watermark.batch.manifest import manifest_in
from watermark.batch.runner import BatchObserver, BatchRequest, run_batch
from watermark.models import Proof

WARM = 2
"""The first articles of a worker, which are not counted: it loads its modules for them."""
BAR = 0.95
Rates = tuple[float, float]
"""Articles a second of the clock, and a second of the processor for each worker."""


class _Rate(BatchObserver):
    """Counts what is finished, and the seconds from the last article that is not counted on."""

    def __init__(self, uncounted: int) -> None:
        """Begin to count after so many articles."""
        self._left, self._start = uncounted, 0.0
        self.articles_a_second, self._count = 0.0, 0

    def on_finished(self, entry: LedgerEntry, *, kept: bool) -> None:
        """Count an article."""
        if entry.exit_status or kept:
            raise RuntimeError(f"{entry.article}: {entry.reason}")
        self._left -= 1
        if not self._left:
            self._start = time.perf_counter()
        elif self._left < 0:
            self._count += 1
            self.articles_a_second = self._count / (time.perf_counter() - self._start)


def of_the_batch(sources: Sequence[Path], workers: int) -> Rates:
    """Return the rates of a batch: with its ledger, its queue and its isolated processes."""
    loading = usage_of(lambda: _articles_a_second(sources[:1], workers)).processor
    found: list[float] = []
    taken = usage_of(lambda: found.append(_articles_a_second(sources, workers))).processor
    return found[0], workers * (len(sources) - 1) / (taken - loading)


def _articles_a_second(sources: Sequence[Path], workers: int) -> float:
    with TemporaryDirectory() as name:
        folder = Path(name)
        rows, articles = ["article,notice,force_match"], folder / "articles"
        articles.mkdir()
        shutil.copyfile(NOTICE, folder / NOTICE.name)
        warm = [sources[0]] * (WARM * workers)
        for number, source in enumerate([*warm, *sources]):
            shutil.copyfile(source, articles / f"{number}.pdf")
            rows.append(f"{number}.pdf,{NOTICE.name},a benchmark")
        manifest = folder / "manifest.csv"
        manifest.write_text("\n".join(rows) + "\n", encoding="utf-8")
        out, rate = folder / "out", _Rate(len(warm))
        out.mkdir()
        with manifest_in(manifest, folder) as read, Ledger.opened(folder / "ledger.sqlite", write=True) as ledger:
            batch = BatchRequest(manifest=read, articles=str(articles), out=str(out))
            with local_pool(workers, folder / "scratch") as pool:
                run_batch(batch, ledger, pool, StopRequest(), rate)
        return rate.articles_a_second


def of_the_limit(sources: Sequence[Path], copies: Path, runs: int) -> Rates:
    """Return the rates of so many runs of the limit at the same time, each of all articles."""
    command = [sys.executable, "-m", "tests.benchmarks.workers", "--limit", str(copies), "--files", *map(str, sources)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(runs)]
    seconds = [list(map(float, process.communicate()[0].split())) for process in processes]
    clock, processor = (sum(len(sources) / one for one in several) for several in zip(*seconds, strict=True))
    return clock, processor


def _at_the_limit(sources: Sequence[Path], copies: Path) -> Taken:
    """Return what one run of the limit takes, once its modules are loaded."""
    profiles = [(copies / f"{source.name}.profile").read_text(encoding="ascii") for source in sources]
    at_the_limit(sources[0], copies / sources[0].name, next(filter(None, profiles), ""))

    def run() -> None:
        for source, profile in zip(sources, profiles, strict=True):
            at_the_limit(source, copies / source.name, profile)

    return usage_of(run)


def _stampable(sources: Sequence[Path], copies: Path) -> list[Path]:
    """Return the articles that can be marked; their copies, and by which profile they are validated, are left there."""
    found = []
    for source in sources:
        try:
            stamped(source, copies / source.name, Proof.FULL)
        except RuntimeError:
            continue
        (copies / f"{source.name}.profile").write_text(profile_of(source), encoding="ascii")
        found.append(source)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--every", type=int, default=2, help="take one article in so many")
    parser.add_argument("--times", type=int, default=2, help="how often each article is marked in a round")
    parser.add_argument("--bar", type=float, default=0.0)
    parser.add_argument("--files", nargs="*", type=Path, default=[])
    parser.add_argument("--limit", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    os.environ["WATERMARK_VERAPDF"] = ""
    if asked.limit:
        taken = _at_the_limit(asked.files, asked.limit)
        click.echo(f"{taken.clock} {taken.processor}")
        return
    with TemporaryDirectory() as name:
        copies = Path(name)
        sources = _stampable(asked.files or sorted((CORPUS / "articles").glob("*.pdf"))[:: asked.every], copies)
        work: dict[str, Callable[[], Rates]] = {}
        for count in (1, 2):
            work[f"limit {count}"] = partial(of_the_limit, sources, copies, count)
            work[f"batch {count}"] = partial(of_the_batch, sources * asked.times, count)
        rates: dict[str, list[Rates]] = {key: [] for key in work}
        for _ in range(asked.rounds):
            for key, measure in work.items():
                rates[key].append(measure())
    click.echo(f"{len(sources)} articles, {asked.rounds} rounds, load {os.getloadavg()[0]:.1f} at the end\n")
    click.echo("| articles a second | one | two | two to one |\n|---|---:|---:|---:|")
    shares = []
    for kind, by in enumerate(("clock", "processor")):
        gains = []
        for name, what in (("limit", "the limit, runs"), ("batch", "a batch, workers")):
            one, two = (statistics.median(rate[kind] for rate in rates[f"{name} {count}"]) for count in (1, 2))
            click.echo(f"| {what}, by the {by} | {one:.2f} | {two:.2f} | {two / one:.2f} |")
            gains.append(two / one)
        shares.append(gains[1] / gains[0])
    click.echo(
        f"\nTwo workers gain {shares[0]:.2f} of what two runs of the limit gain by the clock, {shares[1]:.2f} by the "
        f"processor (bar {BAR})."
    )
    raise SystemExit(shares[0] < asked.bar)


if __name__ == "__main__":
    main()
