"""What it costs that a command reads strangers' files in a worker process, under limits of time and memory.

`python -m tests.benchmarks.isolation`, from the root of the repository, prints a table in Markdown: each command as it
is run, and in one process without limits, in turns. Medians; at most 80 ms more by the clock are allowed.
"""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tests.benchmarks.articles import SAMPLES
from tests.benchmarks.measuring import interleaved

ROUNDS = 15
ISOLATED = "import runpy; runpy.run_module('watermark', run_name='__main__')"
ALONE = f"from watermark.cli import in_worker_process as i; i.turn_on = lambda: i.load_when_used(i.SHAPING); {ISOLATED}"


def _run(program: str, arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-c", program, *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> None:
    """Measure, and print the table."""
    article, notice = str(SAMPLES / "article.pdf"), str(SAMPLES / "retraction-notice.md")
    with TemporaryDirectory() as folder:
        copy = str(Path(folder) / "copy.pdf")
        commands = {
            "stamp": ("stamp", article, "--notice", notice, "-o", copy, "--overwrite"),
            "verify": ("verify", copy),
            "inspect": ("inspect", article),
            "notice": ("notice", notice),
        }
        click.echo("| command | alone, ms | isolated, ms | more by the clock, ms | more of the processor, ms |")
        click.echo("|---|---:|---:|---:|---:|")
        for name, arguments in commands.items():
            work: dict[str, Callable[[], object]] = {
                "alone": partial(_run, ALONE, arguments),
                "isolated": partial(_run, ISOLATED, arguments),
            }
            taken = interleaved(work, ROUNDS)
            one, two = taken["alone"], taken["isolated"]
            clocks = f"{1000 * one.clock:.0f} | {1000 * two.clock:.0f} | {1000 * (two.clock - one.clock):+.0f}"
            click.echo(f"| `{name}` | {clocks} | {1000 * (two.processor - one.processor):+.0f} |")


if __name__ == "__main__":
    main()
