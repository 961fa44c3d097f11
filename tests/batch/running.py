"""The command `watermark batch` as a person runs it, in a process of its own."""

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.batch.catalogue import HOSTILE, Catalogue
from watermark.batch.executor import StopRequest, WorkerPool
from watermark.batch.ledger import Ledger, LedgerEntry
from watermark.batch.manifest import Manifest, manifest_in
from watermark.batch.runner import BatchObserver, BatchRequest, run_batch
from watermark.batch.task import BatchOptions
from watermark.runtime.isolation import terminate_all

AT = "2024-05-01T12:00:00Z"
SECONDS_FOR_ALL = 3000
LIMIT = ("--timeout", "20")
"""Soon enough for what hangs, and more than any other article of a small catalogue takes."""


def command(catalogue: Catalogue, out: Path | str, *options: str, articles: str = "") -> list[str]:
    """Return the arguments that mark a catalogue."""
    places = ["--articles", articles or str(catalogue.articles), "--out", str(out), "--at", AT]
    return [sys.executable, "-m", "watermark", "batch", str(catalogue.manifest), *places, *options]


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment in which `hangs.pdf` hangs and `aborts.pdf` aborts."""
    paths = os.pathsep.join(filter(None, [str(HOSTILE), os.environ.get("PYTHONPATH", "")]))
    return os.environ | {"PYTHONPATH": paths} | dict(more or {})


def batch(
    catalogue: Catalogue, out: Path | str, *options: str, articles: str = "", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Return what the command ended with and said."""
    arguments = command(catalogue, out, *options, articles=articles)
    return subprocess.run(
        arguments, capture_output=True, text=True, check=False, env=environment(env), timeout=SECONDS_FOR_ALL
    )


def killed_after(arguments: list[str], seconds: float) -> bool:
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


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What a process itself has taken, without those that worked for it."""

    kilobytes: int
    seconds: float


def usage_of(process: "subprocess.Popen[str]") -> Taken:
    """Return the peak of a process's own memory, and its own processor time, when it has ended, as Linux has them."""
    kilobytes, ticks, folder = 0, 0, Path(f"/proc/{process.pid}")
    while process.poll() is None:
        try:
            peak, fields = (folder / "status").read_text().split("VmHWM:"), (folder / "stat").read_text().split(")")[1]
        except OSError:
            break
        kilobytes = max(kilobytes, int(peak[1].split()[0]) if len(peak) > 1 else 0)
        ticks = max(ticks, sum(map(int, fields.split()[11:13])))
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
    process.wait()
    return Taken(kilobytes=kilobytes, seconds=ticks / os.sysconf("SC_CLK_TCK"))


_FULL = """
mount -t tmpfs -o size={kilobytes}k none {out} || exit 99
{batch}; echo "status $?"
find {out} -type f -name '*.part' -print
echo "more room"
mount -o remount,size={more}k {out}
{batch} >/dev/null 2>&1; echo "status $?"
cp -a {out}/. {kept}
"""


def on_a_small_disk(arguments: list[str], out: Path, kept: Path, *, kilobytes: int) -> subprocess.CompletedProcess[str]:
    """Run a command whose folder `out` is a disk that fills up, and again when that has room; what is there is `kept`.

    It prints how the first run ended and what it left half written, then “more room”, and how the second run ended.
    The exit status is 1 or 99 where this machine makes no disk for us.
    """
    for folder in (out, kept):
        folder.mkdir()
    line = shlex.join(arguments)
    script = _FULL.format(kilobytes=kilobytes, more=1 << 20, out=out, kept=kept, batch=line)
    alone = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--user", "--map-root-user"]
    return subprocess.run([*alone, "sh", "-c", script], capture_output=True, text=True, check=False, env=environment())


class Heard(BatchObserver):
    """Keeps what it hears."""

    def __init__(self) -> None:
        self.entries: list[LedgerEntry] = []
        self.kept: list[str] = []
        self.unreadable: list[str] = []

    def on_unreadable(self, path: str, why: str) -> None:
        """Keep which PDF could not be looked into."""
        self.unreadable.append(f"{Path(path).name}: {why}")

    def on_finished(self, entry: LedgerEntry, *, kept: bool) -> None:
        """Keep the outcome of an article."""
        self.entries.append(entry)
        if kept:
            self.kept.append(entry.row)


def here(manifest: Path, articles: Path | str, out: Path | str, **asked: Any) -> Heard:  # noqa: ANN401 - as `BatchRequest` has them
    """Mark a catalogue from this process, whose workers stay for the next time."""
    folder, heard = Path(asked.pop("ledger", out)), Heard()
    folder.mkdir(parents=True, exist_ok=True)
    with manifest_in(manifest) as read, Ledger.opened(folder, write=True) as ledger:
        run(read, articles, out, ledger, heard, **asked)
    return heard


def run(
    read: Manifest,
    articles: Path | str,
    out: Path | str,
    ledger: Ledger,
    heard: Heard,
    *,
    seconds: float = 60,
    **asked: Any,  # noqa: ANN401 - as `BatchRequest` has them
) -> int:
    """Do what is asked for with the workers of this process."""
    asking = BatchRequest(
        manifest=read,
        articles=str(articles),
        out=str(out),
        marked_at=datetime.fromisoformat(AT),
        options=BatchOptions(seconds=seconds),
        **asked,
    )
    with ThreadPoolExecutor(2) as threads:
        return run_batch(
            asking, ledger, WorkerPool(executor=threads, workers=2, end=terminate_all), StopRequest(), heard
        )
