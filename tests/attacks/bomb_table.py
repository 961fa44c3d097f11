"""Try bombs with commands, and print a table: `python -m tests.attacks.bomb_table --bombs content,dashes`.

Each row is a file, a command, its exit status, the most resident memory over all of its processes, its seconds, and the
first line of what it prints. The exit status is 1 if a command passes a limit, prints a traceback or says nothing. All
files with all commands take about an hour: `--part 1/9` takes every ninth. With `--in-copies`, the objects of
each bomb are appended to an honest copy of a harmless article.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from tests.attacks import bombs
from tests.attacks.bombs import BOMBS
from tests.attacks.given_bombs import GIVEN_BOMBS
from tests.helpers.tampered_copies import NOTICE_FILE
from watermark import stamp
from watermark.errors import WatermarkError
from watermark.models import Proof
from watermark.runtime.isolation.limits import MAX_SECONDS, SECONDS
from watermark.runtime.isolation.memory_use import resident_bytes

REPOSITORY = Path(__file__).parents[2]
MOST_BYTES = 1 << 30
"""Of memory, over all processes of a command."""
NOTICE = "# An article [Retraction]\n\nThe article https://doi.org/10.5555/article has been retracted.\n"
MESSAGE_LENGTH = 110
LONGEST = MAX_SECONDS + 60
"""A command that uses all of its own time is given some more, to stop its worker and to say so."""
READS_A_COPY = ("verify", "check", "restore", "inspect", "notice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a command did with a file."""

    status: int | None
    """None if it did not end within the longest limit, and was killed."""
    message: str
    most_bytes: int
    seconds: float

    @property
    def is_bounded(self) -> bool:
        """Whether it ended with a documented status, in a gigabyte; unless all is well, with a message, in words."""
        is_plain = (bool(self.message.strip()) or self.status == 0) and "Traceback" not in self.message
        return self.status in range(7) and is_plain and self.most_bytes < MOST_BYTES


def commands(folder: Path) -> dict[str, list[list[object]]]:
    """Return the arguments of each command that reads a PDF; the last ones in a list are measured."""
    bomb, notice, listed, out = folder / "articles/bomb.pdf", folder / "notice.md", folder / "list.csv", folder / "out"
    given = ("--notice", notice, "--force-match", "a test")
    places = ("--articles", bomb.parent, "--notices", folder, "--out", out, "--jobs", "1")
    batch: list[object] = ["batch", folder / "manifest.csv", *places]
    hook = ["retracted-are-marked", "--retractions", listed, bomb]
    return {
        "inspect": [["inspect", bomb]],
        "stamp": [["stamp", bomb, *given, "-o", folder / "copy.pdf"]],
        "preview": [["preview", bomb, *given, "-o", folder / "page.png"]],
        "verify": [["verify", bomb]],
        "notice": [["notice", bomb]],
        "check": [["check", bomb, "--retractions", listed]],
        "check --thorough": [["check", bomb, "--retractions", listed, "--thorough"]],
        "restore": [["restore", bomb, "-o", folder / "restored.pdf"]],
        "batch": [batch],
        "report": [batch, ["report", out, "-o", folder / "report.html"]],
        "report --to certificate": [batch, ["report", out, "--to", "certificate", "-o", folder / "certificates"]],
        "mark-retracted": [["mark-retracted", bomb, "--retractions", listed]],
        "hook": [hook],
    }


def write_beside(folder: Path) -> None:
    """Write the harmless notice, list and manifest that the commands read."""
    (folder / "articles").mkdir()
    (folder / "notice.md").write_text(NOTICE)
    (folder / "list.csv").write_text("doi,state,date\n10.5555/article,retraction,2024-05-01\n")
    (folder / "manifest.csv").write_text("article,notice,force_match\nbomb.pdf,notice.md,a test\n")


def run(arguments: list[object], folder: Path, longest: float = LONGEST) -> Run:
    """Run one command on the command line, and return what it did. It is killed after `longest` seconds."""
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "WATERMARK_VERAPDF": "", "HOME": str(folder)}
    module = "watermark.hook" if arguments[0] == "retracted-are-marked" else "watermark"
    call = [sys.executable, "-m", module, *map(str, arguments)]
    most, started = 0, time.monotonic()
    with tempfile.TemporaryFile() as printed:
        with subprocess.Popen(call, env=environment, cwd=folder, stdout=printed, stderr=printed) as process:
            while process.poll() is None and time.monotonic() < started + longest:
                most = max(most, resident_bytes(process.pid))
                time.sleep(0.02)
            status, seconds = process.poll(), time.monotonic() - started
            process.kill()
        printed.seek(0)
        message = printed.read().decode("utf-8", "replace")
    return Run(status=status, message=message, most_bytes=most, seconds=seconds)


def run_all(calls: list[list[object]], folder: Path) -> Run:
    """Run commands one after the other, and return what the last one did. A batch that ran is not run again."""
    for call in calls[:-1]:
        if call[0] != "batch" or not (folder / "out").exists():
            run(call, folder)
    return run(calls[-1], folder)


def in_a_copy(bomb: str, folder: Path) -> bytes:
    """Return an honest copy of a harmless article with the objects of a bomb in a revision behind the marking.

    A bomb that is no revision of a harmless article is marked as it is. Raises WatermarkError if that
    is refused.
    """
    append, article, copy = bombs.with_objects, folder / "article.pdf", folder / "marked.pdf"

    def marked(data: bytes) -> bytes:
        article.write_bytes(data)
        stamp(article, NOTICE_FILE, copy, force_match="a test", proof=Proof.STRUCTURE, overwrite=True, timeout=SECONDS)
        return copy.read_bytes()

    with patch.object(bombs, "with_objects", lambda data, objects: append(marked(data), objects)):
        data = BOMBS[bomb]()
    return data if data.startswith(copy.read_bytes() if copy.exists() else b"-") else marked(data)


def rows(names: list[str], wanted: list[str], *, is_in_a_copy: bool) -> Iterator[tuple[str, str, Run]]:
    """Yield the file, the command and what it did."""
    for name in names:
        with tempfile.TemporaryDirectory(prefix="bombs-") as scratch:
            folder = Path(scratch)
            if name in GIVEN_BOMBS:
                for command, calls in GIVEN_BOMBS[name](folder).items():
                    yield name, command, run_all(calls, folder)
                continue
            write_beside(folder)
            try:
                data = in_a_copy(name, folder) if is_in_a_copy else BOMBS[name]()
            except WatermarkError as error:
                sys.stdout.write(f"{name}: not marked ({error.reason})\n")
                continue
            for command, calls in commands(folder).items():
                if command in wanted:
                    (folder / "articles" / "bomb.pdf").write_bytes(data)  # mark-retracted replaces it
                    yield name, command, run_all(calls, folder)


def main() -> int:
    """Print the table."""
    everything, every_command = [*BOMBS, *GIVEN_BOMBS], list(commands(Path()))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bombs", default="", help="names of files, separated by commas; all by default")
    parser.add_argument("--commands", default="", help="names of commands, separated by commas; all by default")
    parser.add_argument("--part", default="1/1", help="which part of the files, such as 2/4")
    parser.add_argument("--in-copies", action="store_true", help="append each bomb to an honest copy")
    options = parser.parse_args()
    part, parts = map(int, options.part.split("/"))
    names = options.bombs.split(",") if options.bombs else list(BOMBS) if options.in_copies else everything
    default = READS_A_COPY if options.in_copies else every_command
    wanted = options.commands.split(",") if options.commands else list(default)
    is_bounded, most, longest = True, 0, 0.0
    for name, command, done in rows(names[part - 1 :: parts], wanted, is_in_a_copy=options.in_copies):
        most, longest = max(most, done.most_bytes), max(longest, done.seconds)
        is_bounded = is_bounded and done.is_bounded
        verdict = "" if done.is_bounded else "NOT BOUNDED "
        line = next((one.strip() for one in done.message.splitlines() if one.strip()), "")[:MESSAGE_LENGTH]
        sys.stdout.write(
            f"{name:22} {command:24} {done.status!s:>4} {done.most_bytes >> 20:5} MB {done.seconds:6.1f} s "
            f"{verdict}{line}\n"
        )
        sys.stdout.flush()
    sys.stdout.write(f"most memory: {most >> 20} MB; longest: {longest:.1f} s\n")
    return 0 if is_bounded else 1


if __name__ == "__main__":
    sys.exit(main())
