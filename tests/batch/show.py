"""What a whole catalogue shows: made, marked undisturbed, killed and run again, timed, and marked elsewhere.

`python tests/batch/show.py FOLDER --articles 2000 --corpus REAL_ARTICLES` takes half an hour on two cores, prints what
it sees of each claim, and ends with 1 when one does not hold. `--only killed,speed` shows some of it. The corpus may be
left out: then every article is a generated one.
"""

import argparse
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.batch.catalogue import Catalogue, digests, made, opened, results, said
from tests.batch.running import batch, command, environment, peak_kilobytes
from tests.batch.servers import BUCKET, dask_cluster, in_s3, s3_server
from watermark.ledger import NAME, Ledger

LIMIT = ("--timeout", "60")
KILLS = 10
FLAT_KILOBYTES = 4000
SPEED = 1.7


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A catalogue in its folder, and the real articles that it is made from."""

    folder: Path
    catalogue: Catalogue
    corpus: Path | None

    @property
    def undisturbed(self) -> Path:
        """The copies of the run that nothing disturbed."""
        return self.folder / "undisturbed"


def outcomes(shown: Shown) -> bool:
    """Every row comes to what it has to."""
    began = time.monotonic()
    batch(shown.catalogue, shown.undisturbed, *LIMIT)
    found = results(shown.undisturbed)
    _say(f"{len(found):,} rows in {time.monotonic() - began:,.0f} s: {dict(Counter(r for r, _ in found.values()))}")
    return found == shown.catalogue.expected and _parts(shown.undisturbed) == 0


def killed(shown: Shown) -> bool:
    """Killed at random moments and run again, it ends in the same ledger and the same bytes, and nothing twice."""
    out, chance, written = shown.folder / "killed", random.Random(7), {}  # noqa: S311 - moments, no secrets
    for number in range(1, KILLS + 1):
        seconds = chance.uniform(5, max(10, len(shown.catalogue.expected) / 30))
        if _killed_after(command(shown.catalogue, out, *LIMIT), seconds):
            break
        with Ledger.opened(out) as ledger:
            now = {entry.copy: _written(entry.copy) for entry in ledger.entries() if entry.copy}
            twice = sum(now[copy] != when for copy, when in written.items())
            _say(f"kill {number} after {seconds:.1f} s: {len(now):,} copies, {twice} of them written twice")
        if twice:
            return False
        written = now
    batch(shown.catalogue, out, *LIMIT)
    same = said(out, str(out)) == said(shown.undisturbed, str(shown.undisturbed))
    once = all(_written(copy) == when for copy, when in written.items())
    equal = digests(out) == digests(shown.undisturbed)
    _say(f"same ledger: {same}, same bytes: {equal}, nothing twice: {once}, left over: {_parts(out)}")
    return same and equal and once and not _parts(out)


def speed(shown: Shown) -> bool:
    """Two workers are at least 1.7 times as fast as one."""
    few = made(shown.folder / "few", 120, big_bytes=0, corpus=shown.corpus)
    took = {}
    for jobs in ("1", "2"):
        began, before = time.monotonic(), os.times()
        _peak(few, shown.folder / f"few-{jobs}", "-j", jobs)
        took[jobs], after = time.monotonic() - began, os.times()
        busy = after.children_user + after.children_system - before.children_user - before.children_system
        _say(f"{jobs} workers: {took[jobs]:.1f} s, of which the processors worked {busy:.1f} s")
    _say(f"two workers are {took['1'] / took['2']:.2f} times as fast as one")
    return took["1"] / took["2"] >= SPEED


def memory(shown: Shown) -> bool:
    """The memory of the process that hands out the work does not grow with the number of articles."""
    peaks = []
    for count in (100, 1000):
        catalogue = made(shown.folder / f"of-{count}", count, big_bytes=0)
        peaks.append(_peak(catalogue, shown.folder / f"of-{count}-out", "--proof", "structure"))
        _say(f"{count:,} articles: {peaks[-1]:,} kB at most")
    return peaks[1] - peaks[0] < FLAT_KILOBYTES


def cluster(shown: Shown) -> bool:
    """A Dask cluster of separate processes gives the same ledger, though one of its workers is killed."""
    out = shown.folder / "cluster"
    with dask_cluster(3, shown.folder) as (address, workers):
        arguments = command(shown.catalogue, out, *LIMIT, "--cluster", address, "-q")
        with subprocess.Popen(arguments, env=environment(), stderr=subprocess.DEVNULL) as process:
            time.sleep(30)
            workers[0].kill()
            process.wait()
    same = said(out, str(out)) == said(shown.undisturbed, str(shown.undisturbed))
    equal = digests(out) == digests(shown.undisturbed)
    _say(f"same ledger: {same}, same bytes: {equal}, left over: {_parts(out)}")
    return same and equal and not _parts(out)


def cloud(shown: Shown) -> bool:
    """A cloud store in and out gives the same bytes."""
    with s3_server(shown.folder) as env:
        in_s3(env, "fs.put(args[0], args[1], recursive=True)", str(shown.catalogue.articles), f"{BUCKET}/articles")
        ledger = shown.folder / "cloud" / NAME
        articles, out = f"s3://{BUCKET}/articles", f"s3://{BUCKET}/out"
        batch(shown.catalogue, out, "--ledger", str(ledger), *LIMIT, articles=articles, env=env)
        in_s3(env, "fs.get(args[0], args[1], recursive=True)", f"{BUCKET}/out", str(shown.folder / "got"))
    equal = digests(shown.folder / "got") == digests(shown.undisturbed)
    _say(f"same bytes: {equal}")
    return equal and results(ledger) == shown.catalogue.expected


SHOWS: dict[str, Callable[[Shown], bool]] = {
    show.__name__: show for show in (outcomes, killed, speed, memory, cluster, cloud)
}


def _peak(catalogue: Catalogue, out: Path, *options: str) -> int:
    """Return the peak of the memory of a run's own process; there nothing hangs or aborts."""
    env = environment({"PYTHONPATH": ""})
    with subprocess.Popen(
        command(catalogue, out, "-q", *options),
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        return peak_kilobytes(process)


def _killed_after(arguments: list[str], seconds: float) -> bool:
    """Kill a run after some seconds; return whether it had ended before."""
    with subprocess.Popen(
        arguments, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return False
    return True


def _written(copy: str) -> tuple[int, int]:
    status = Path(copy).stat()
    return status.st_ino, status.st_mtime_ns


def _parts(out: Path) -> int:
    return len(list(out.rglob("*.part")))


def _say(line: str) -> None:
    print(f"  {line}", flush=True)  # noqa: T201 - a script


def main() -> int:
    """Show what is asked for; return 1 when something does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where everything goes; a catalogue that is there is taken")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--big", type=int, default=1 << 30, metavar="BYTES", help="size of the largest")
    parser.add_argument("--corpus", type=Path, help="folder of real articles")
    parser.add_argument("--only", default=",".join(SHOWS))
    asked = parser.parse_args()
    folder = asked.folder / "catalogue"
    catalogue = (
        opened(folder) if folder.is_dir() else made(folder, asked.articles, big_bytes=asked.big, corpus=asked.corpus)
    )
    shown = Shown(folder=asked.folder, catalogue=catalogue, corpus=asked.corpus)
    failed = 0
    for name in asked.only.split(","):
        print(f"{name}: {SHOWS[name].__doc__}", flush=True)  # noqa: T201 - a script
        holds = SHOWS[name](shown)
        failed += not holds
        print(f"{name}: {'holds' if holds else 'DOES NOT HOLD'}", flush=True)  # noqa: T201 - a script
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
