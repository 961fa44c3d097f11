"""Time of the processor, time of the clock, and memory: of a call, or of a process with all that it starts."""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LONG_SECONDS = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Seconds of the processor, of this process and of those that it started, and seconds of the clock."""

    processor: float
    clock: float


def usage_of(work: Callable[[], object]) -> Taken:
    """Return how long a call took."""
    clock, processor = time.perf_counter(), _processor()
    work()
    return Taken(processor=_processor() - processor, clock=time.perf_counter() - clock)


def nothing() -> None:
    """Do nothing before a piece of work."""


def interleaved(
    work: Mapping[str, Callable[[], object]], rounds: int, before: Callable[[], object] = nothing
) -> dict[str, Taken]:
    """Return the median of what each piece of work took, by turns in every round.

    A first round is not counted, but for what takes so long in it that it is done only once. `before` is called before
    each piece of work, and not counted.
    """

    def taken_by(call: Callable[[], object]) -> Taken:
        before()
        return usage_of(call)

    first = {name: taken_by(call) for name, call in work.items()}  # modules are imported, fonts are read
    all_taken = {name: [taken] if taken.processor > LONG_SECONDS else [] for name, taken in first.items()}
    for _ in range(rounds):
        for name, call in work.items():
            if first[name].processor <= LONG_SECONDS:
                all_taken[name].append(taken_by(call))
    return {name: median(several) for name, several in all_taken.items()}


def median(several: Sequence[Taken]) -> Taken:
    return Taken(
        processor=statistics.median(one.processor for one in several),
        clock=statistics.median(one.clock for one in several),
    )


def peak_megabytes(arguments: Sequence[str]) -> float:
    """Return the most memory that a Python process held which was started with these arguments, and says so itself.

    Nobody else can say it: what the system counts for a process that has ended begins with the memory of its parent.
    """
    done = subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.PIPE)
    return float(done.stdout)


def say_own_peak() -> None:
    """Print the most memory that this process has used, in megabytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    sys.stdout.write(str(next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024))


def _processor() -> float:
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in spent) + _of_running_children()


def _of_running_children() -> float:
    """Return what the processes have taken that this one has started and that have not ended, as Linux counts it."""
    taken = 0.0
    for children in Path("/proc/self/task").glob("*/children"):
        with suppress(FileNotFoundError):  # a thread has ended meanwhile
            for number in children.read_text(encoding="ascii").split():
                for schedule in Path("/proc", number, "task").glob("*/schedstat"):
                    taken += int(schedule.read_text(encoding="ascii").split()[0]) / 1e9
    return taken
