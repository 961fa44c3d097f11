"""How long a check takes: `python tests/benchmarks/checking.py PDF FOLDER`.

PDF is one file that is in no list; FOLDER holds the PDFs of a commit. A list of 70,000 records is made for it. Times
are of the processor, of all processes together, as medians; the clock's time of the commit stands beside them, and of
the same commit in a repository, with everything that pre-commit does itself, where it is installed.
"""

import csv
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

HOOK = "retracted-are-marked"
RECORDS = 70_000
RUNS = 7
COLUMNS = (
    *("Record ID", "Title", "Journal", "Author", "RetractionDate", "RetractionDOI"),
    *("OriginalPaperDate", "OriginalPaperDOI", "RetractionNature", "Reason"),
)


def list_at(path: Path) -> Path:
    """Write a list in the form of Retraction Watch's, with invented articles."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for number in range(RECORDS):
            title = f"The role of pathway {number} in the growth of cells of the liver: a study in much older mice"
            dates = f"{number % 12 + 1}/{number % 28 + 1}/2021 0:00", f"{number % 12 + 1}/{number % 28 + 1}/2017 0:00"
            work = f"10.5555/work.{number}"
            table.writerow(
                [
                    number,
                    title,
                    "Mice",
                    "Ann Ode;Ben Poe",
                    dates[0],
                    f"{work}.r",
                    dates[1],
                    work,
                    "Retraction",
                    "+Paper Mill;",
                ]
            )
    return path


def repository_at(folder: Path, commit: list[str], lists: str) -> Path:
    """Make a repository with these PDFs staged and the hook set up, as it is installed for this Python."""
    folder.mkdir()
    for number, name in enumerate(commit):
        shutil.copyfile(name, folder / f"{number}.pdf")
    hook = {"id": HOOK, "name": HOOK, "language": "system", "types": ["pdf"], "require_serial": True}
    hook |= {"entry": f"{sys.executable} -m watermark.hook {HOOK}", "args": [lists]}
    config = {"repos": [{"repo": "local", "hooks": [hook]}]}
    (folder / ".pre-commit-config.yaml").write_text(json.dumps(config), encoding="utf-8")  # JSON is YAML
    subprocess.run(["git", "init", "-q", folder], check=True)
    subprocess.run(["git", "-C", folder, "add", "-A"], check=True)
    return folder


def spent(command: list[str], folder: Path | None = None) -> tuple[float, float]:
    """Run a command; return the seconds that its processes took of the processor, and of the clock."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.perf_counter() - began


def main() -> None:
    """Print the times."""
    pdf, folder = map(Path, sys.argv[1:])
    commit = sorted(map(str, folder.rglob("*.pdf")))
    with tempfile.TemporaryDirectory() as held:
        os.environ["XDG_CACHE_HOME"] = held
        lists = f"--retractions={list_at(Path(held) / 'list.csv')}"
        time.sleep(2.1)  # a file that has just changed is read again each time
        one = [sys.executable, "-m", "watermark", "check", lists, str(pdf)]
        hook = [sys.executable, "-m", "watermark.hook", HOOK, lists]
        sys.stdout.write(f"the index is made: {spent(one)[0]:.2f} s\n")
        nothing = statistics.median(spent([sys.executable, "-c", "import click"])[0] for _ in range(RUNS))
        sys.stdout.write(f"python and click alone: {nothing:.3f} s\n")
        sys.stdout.write(f"one file: {statistics.median(spent(one)[0] for _ in range(RUNS)):.3f} s\n")
        say(f"a commit of {len(commit)} files", [spent([*hook, *commit]) for _ in range(3)])
        if find_spec("pre_commit"):
            repository = repository_at(Path(held) / "repository", commit, lists)
            run = [sys.executable, "-m", "pre_commit", "run", "--all-files"]
            say("the same through pre-commit", [spent(run, repository) for _ in range(3)])


def say(what: str, times: list[tuple[float, float]]) -> None:
    """Print the medians of what was spent."""
    cpu, clock = (statistics.median(column) for column in zip(*times, strict=True))
    sys.stdout.write(f"{what}: {cpu:.1f} s, {clock:.1f} s on the clock\n")


if __name__ == "__main__":
    main()
