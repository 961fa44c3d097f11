"""Progress of a batch: a bar at a terminal, plain lines elsewhere, and a line for each article that was not marked."""

import os
import sys
import time
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Self

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from watermark.batch.ledger import LedgerEntry
from watermark.batch.runner import BatchObserver
from watermark.cli import printable
from watermark.cli.output import as_data

SECONDS_BETWEEN_LINES = 10.0
MAX_COUNTS_LENGTH = 60


class BatchProgress(BatchObserver):
    """Shows the progress of a batch, and counts the results."""

    def __init__(self, total: int, *, as_json: bool, quiet: bool) -> None:
        """Print nothing yet. `total` is the number of rows in the manifest."""
        self.total = total
        self.counts: Counter[str] = Counter()
        self.kept = self.unreadable = 0
        self._as_json, self._quiet = as_json, quiet
        self._started = self._last_line_at = time.monotonic()
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty() and not self._quiet:
            columns = (
                *(
                    TextColumn("{task.description}"),
                    BarColumn(),
                    MofNCompleteColumn(),
                    TextColumn("{task.fields[rate]}"),
                ),
                *(TimeRemainingColumn(), TextColumn("{task.fields[counts]}", markup=False)),
            )
            self._bar = Progress(*columns, console=Console(stderr=True, highlight=False))
            self._task = self._bar.add_task("marking", total=self.total, counts="", rate="")
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    @property
    def done(self) -> int:
        """Number of articles with a result."""
        return self.counts.total()

    def say(self, line: str) -> None:
        """Print a line to standard error, above the bar if there is one."""
        if self._bar is not None:
            self._bar.console.print(printable(line), markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(printable(line), err=True)

    def on_scanned(self, count: int) -> None:
        """Show how many PDFs have been searched for a DOI."""
        if self._bar is not None:
            self._bar.update(self._task, description=f"scanning articles ({count:,} PDFs)")
        elif self._is_time():
            self.say(f"scanning articles: {count:,} PDFs so far")

    def on_unreadable(self, path: str, why: str) -> None:
        """Print which PDF could not be searched for a DOI."""
        self.unreadable += 1
        self.say(f"{_near(path)}: could not be searched for a DOI: {why}")

    def on_finished(self, entry: LedgerEntry, *, kept: bool) -> None:
        """Count the result of an article, and print it if the article was not marked."""
        self.counts[entry.result] += 1
        self.kept += kept and not entry.exit_status  # what failed or was not found is not done
        if self._as_json:
            click.echo(as_data(entry))
        elif entry.exit_status:
            self.say(f"{_near(entry.article) or entry.row}: {entry.result}: {entry.reason}. What to do: {entry.remedy}")
        elif entry.result == "planned":
            self._show_plan(entry)
        if self._bar is not None:
            counts = self.in_words()[:MAX_COUNTS_LENGTH]
            rate = f"{self._rate():.1f}/s"
            self._bar.update(self._task, description="marking", completed=self.done, counts=counts, rate=rate)
        elif self._is_time():
            self.say(f"{self.done:,} of {self.total:,}: {self.in_words()}; {self._rate():.1f} per second{self._left()}")

    def in_words(self) -> str:
        """Return the counts of the results, the most frequent first."""
        return ", ".join(f"{count:,} {result}" for result, count in self.counts.most_common())

    def _show_plan(self, entry: LedgerEntry) -> None:
        click.echo(printable(f"{_near(entry.article)}: would be marked for {entry.notice}"))
        for decision in entry.decisions:
            clause = f" [{decision.clause}]" if decision.clause else ""
            click.echo(printable(f"  {decision.name}: {decision.value}, because {decision.reason}{clause}"))

    def _rate(self) -> float:
        return self.done / max(time.monotonic() - self._started, 0.001)

    def _left(self) -> str:
        seconds = max(self.total - self.done, 0) / max(self._rate(), 0.001)
        return f", about {seconds / 60:,.0f} min left" if seconds >= 60 else f", about {seconds:.0f} s left"

    def _is_time(self) -> bool:
        if self._quiet or self._as_json or time.monotonic() - self._last_line_at < SECONDS_BETWEEN_LINES:
            return False
        self._last_line_at = time.monotonic()
        return True


def _near(place: str) -> str:
    """Return a path relative to the current folder, if it is inside."""
    here = f"{Path.cwd()}{os.sep}"
    return place.removeprefix(here)
