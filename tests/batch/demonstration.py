"""What a whole catalogue shows: made, marked uninterrupted, killed and run again, timed, and marked elsewhere.

`python tests/batch/demonstration.py FOLDER --articles 2000 --corpus REAL_ARTICLES` takes most of an hour, prints what
it sees of each claim, and ends with 1 when one does not hold. `--only killed,speed` shows some of it. The corpus may be
left out: then every article is a generated one.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.batch.catalogue import Catalogue, attempts_in, digests, made, opened, results
from tests.batch.running import LIMIT, Taken, batch, command, environment, killed_after, on_a_small_disk, usage_of
from tests.batch.servers import BUCKET, dask_cluster, fetched, in_s3, s3_server
from tests.helpers.browser import Page, chromium
from watermark.batch.ledger import NAME, Ledger

LONG_LIMIT = ("--timeout", "60")
"""For catalogues in which nothing is large."""
KILLS = 10
FLAT_KILOBYTES = 4000
SPEED = 1.7
SPEED_RUNS = 3
SECONDS_TO_OPEN = 2.0
FEW = 360


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A catalogue in its folder, and the real articles that it is made from."""

    folder: Path
    catalogue: Catalogue
    corpus: Path | None

    @property
    def uninterrupted(self) -> Path:
        """The copies of the run that nothing disturbed."""
        return self.folder / "uninterrupted"

    def fresh(self, name: str) -> Path:
        """Return a place in the folder where nothing is any more."""
        shutil.rmtree(self.folder / name, ignore_errors=True)
        return self.folder / name

    @property
    def few(self) -> Catalogue:
        """A catalogue of a few articles without a large one."""
        folder = self.folder / "few"
        return opened(folder) if folder.is_dir() else made(folder, FEW, big_bytes=0, corpus=self.corpus)


def outcomes(shown: Shown) -> bool:
    """Every row comes to what it has to."""
    began = time.monotonic()
    batch(shown.catalogue, shown.fresh("uninterrupted"), *LONG_LIMIT)
    found = results(shown.uninterrupted)
    _say(f"{len(found):,} rows in {time.monotonic() - began:,.0f} s")
    came_to = Counter((_kind(row), *result) for row, result in found.items())
    for (kind, result, status), count in sorted(came_to.items()):
        _say(f"{count:5,} {kind}: {result} ({status})")
    with Ledger.opened(shown.uninterrupted) as ledger:
        for entry in ledger.entries():
            if _kind(entry.row) in {"big", "hangs", "aborts"}:
                size = f"{entry.article_size_bytes:,} bytes, " if entry.article_size_bytes else ""
                _say(f"{_kind(entry.row)}: {size}{entry.seconds:.0f} s{entry.reason and f', {entry.reason}'}")
    return found == shown.catalogue.expected and _parts(shown.uninterrupted) == 0


def killed(shown: Shown) -> bool:
    """Killed at random moments and run again, it ends in the same ledger and the same bytes, and nothing twice."""
    out, chance, written = shown.fresh("killed"), random.Random(7), {}  # noqa: S311 - moments, no secrets
    for number in range(1, KILLS + 1):
        seconds = chance.uniform(5, max(10, len(shown.catalogue.expected) / 30))
        if killed_after(command(shown.catalogue, out, *LONG_LIMIT), seconds):
            _say(f"it had ended before kill {number}: a larger catalogue bears more")
            break
        with Ledger.opened(out) as ledger:
            now = {entry.copy: _written(entry.copy) for entry in ledger.entries() if entry.copy}
            twice = sum(now[copy] != when for copy, when in written.items())
            _say(f"kill {number} after {seconds:.1f} s: {len(now):,} copies, {twice} of them written twice")
        if twice:
            return False
        written = now
    batch(shown.catalogue, out, *LONG_LIMIT)
    same = attempts_in(out, str(out)) == attempts_in(shown.uninterrupted, str(shown.uninterrupted))
    once = all(_written(copy) == when for copy, when in written.items())
    equal = digests(out) == digests(shown.uninterrupted)
    _say(f"same ledger: {same}, same bytes: {equal}, nothing twice: {once}, left over: {_parts(out)}")
    return same and equal and once and not _parts(out)


def speed(shown: Shown) -> bool:
    """Two workers are at least 1.7 times as fast as one: the median of three pairs of runs."""
    times = []
    for number in range(SPEED_RUNS):
        took = {}
        for jobs in ("1", "2"):
            began, before = time.monotonic(), os.times()
            own = _taken(shown.few, shown.fresh(f"few-{jobs}-{number}"), "-j", jobs)
            took[jobs], after = time.monotonic() - began, os.times()
            busy = after.children_user + after.children_system - before.children_user - before.children_system
            _say(f"{jobs} workers: {took[jobs]:.1f} s, of which the processors worked {busy:.1f} s,")
            _say(f"  {own.seconds:.1f} s of that for the process that hands out the work")
        times.append(took["1"] / took["2"])
        _say(f"two workers are {times[-1]:.2f} times as fast as one")
    return sorted(times)[SPEED_RUNS // 2] >= SPEED


def memory(shown: Shown) -> bool:
    """The memory of the process that hands out the work does not grow with the number of articles."""
    peaks = []
    for count in (100, 1000):
        catalogue = made(shown.fresh(f"of-{count}"), count, big_bytes=0)
        own = _taken(catalogue, shown.fresh(f"of-{count}-out"), "--proof", "structure")
        peaks.append(own.kilobytes)
        _say(f"{count:,} articles: {own.kilobytes:,} kB at most, and {own.seconds / count * 1000:.1f} ms for each")
    return peaks[1] - peaks[0] < FLAT_KILOBYTES


def cluster(shown: Shown) -> bool:
    """A Dask cluster of separate processes gives the same ledger, though one of its workers is killed."""
    out = shown.fresh("cluster")
    with dask_cluster(3, shown.folder) as (address, workers):
        arguments = command(shown.catalogue, out, *LONG_LIMIT, "--cluster", address, "--json")
        with subprocess.Popen(
            arguments, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            assert process.stdout is not None
            for number, _ in enumerate(process.stdout, start=1):
                if number == len(shown.catalogue.expected) // 3:
                    workers[0].kill()
                    _say(f"one of three workers was killed after {number:,} rows")
    same = attempts_in(out, str(out)) == attempts_in(shown.uninterrupted, str(shown.uninterrupted))
    equal = digests(out) == digests(shown.uninterrupted)
    _say(f"same ledger: {same}, same bytes: {equal}, left over: {_parts(out)}")
    return same and equal and not _parts(out)


def cloud(shown: Shown) -> bool:
    """A cloud store in and out gives the same bytes, and run again, fetches only what has failed."""
    with s3_server(shown.folder) as env:
        in_s3(env, "fs.put(args[0], args[1], recursive=True)", str(shown.catalogue.articles), f"{BUCKET}/articles")
        ledger, got = shown.fresh("cloud") / NAME, shown.fresh("got")
        articles, out = f"s3://{BUCKET}/articles", f"s3://{BUCKET}/out"
        given = ("--ledger", str(ledger), *LONG_LIMIT)
        batch(shown.catalogue, out, *given, articles=articles, env=env)
        expected = results(ledger) == shown.catalogue.expected
        in_s3(env, "fs.get(args[0], args[1], recursive=True)", f"{BUCKET}/out", str(got))
        fetched(shown.folder)
        batch(shown.catalogue, out, *given, articles=articles, env=env)
        again = {Path(name).name for name in fetched(shown.folder)}
    equal = digests(got) == digests(shown.uninterrupted)
    failed = {Path(row).name for row, result in shown.catalogue.expected.items() if result[0] == "failed"}
    _say(f"same bytes: {equal}, right outcomes: {expected}; the second time fetched: {', '.join(sorted(again))}")
    return equal and expected and again == failed


def disk(shown: Shown) -> bool:
    """A disk that fills up is a clear failure with no partial file, and with more room the run ends as any other."""
    whole, out, kept = (shown.fresh(f"on-a-{size}-disk") for size in ("large", "small", "larger"))
    batch(shown.few, whole, *LIMIT)
    room = sum(path.stat().st_size for path in whole.rglob("*.pdf")) // 2048
    run = on_a_small_disk(command(shown.few, out, *LIMIT), out, kept, kilobytes=room)
    first, _, second = run.stdout.partition("more room\n")
    reason = next((line for line in run.stderr.splitlines() if "full" in line), "nobody said that the disk is full")
    _say(f"on a disk of {room:,} kB: {first.strip()}, {reason}")
    equal = digests(kept) == digests(whole)
    _say(f"with more room: {second.strip()}, same bytes: {equal}, left over: {_parts(kept)}")
    clear = first == "status 4\n" and "disk is full" in reason and "Free some space" in reason
    return clear and second == "status 4\n" and equal and not _parts(kept)


def report(shown: Shown) -> bool:
    """The HTML report opens in under two seconds, and shows every article also without JavaScript."""
    began, path = time.monotonic(), shown.folder / "report.html"
    arguments = [sys.executable, "-m", "watermark", "report", str(shown.uninterrupted), "-o", str(path), "--overwrite"]
    subprocess.run(arguments, check=True, capture_output=True)
    _say(f"written in {time.monotonic() - began:,.0f} s: {path.stat().st_size / 1e6:,.0f} MB")
    program, count = shutil.which("chromium") or "chromium", len(shown.catalogue.expected)
    seconds, clock = [], []
    for scripts in (True, True, True, False):
        with chromium(program) as page:
            page.size(1280, 900)
            began = time.monotonic()
            page.open(path, scripts=scripts)
            clock.append(time.monotonic() - began)
            seconds.append(page.busy_seconds())
            items = page.run("document.querySelectorAll('.item').length")
            errors = [*page.errors, *(url for url in page.requests if not url.startswith(("file:", "data:")))]
            seen = "" if scripts else f", {len(page.shown()):,} of them to be seen, {_pictures(page):,} pictures"
            with_or_without = "with" if scripts else "without"
            _say(f"{with_or_without} JavaScript: loaded after {clock[-1]:.2f} s, of which the page worked")
            _say(f"  {seconds[-1]:.2f} s: {items:,} articles{seen}; errors and requests: {len(errors)}")
            if items != count or errors or not (scripts or len(page.shown()) == count):
                return False
    return sorted(clock[:3])[1] < SECONDS_TO_OPEN


SHOWS: dict[str, Callable[[Shown], bool]] = {
    show.__name__: show for show in (outcomes, report, killed, speed, memory, cluster, cloud, disk)
}


def _pictures(page: Page) -> int:
    return int(page.run("document.querySelectorAll('.item img').length"))


def _kind(row: str) -> str:
    return Path(row).stem.partition("-")[2]


def _taken(catalogue: Catalogue, out: Path, *options: str) -> Taken:
    """Return what a run's own process takes; there nothing hangs or aborts."""
    env = environment({"PYTHONPATH": ""})
    with subprocess.Popen(
        command(catalogue, out, "-q", *options),
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        return usage_of(process)


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
