"""Large articles: memory does not grow with the file, nor the time of a page with their number."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.build import build

resource = pytest.importorskip("resource")
GIGABYTE = 1 << 30
MOST_RESIDENT_KIB = 250 << 10
MOST_KIB_A_PAGE = 21
WORK = """
import sys
from pathlib import Path
from tests.helpers.mutations import job_of
from watermark.stamping.pipeline import stamp_outcome
import dataclasses, json, re, resource
folder = Path(sys.argv[1])
(folder / "small").mkdir(exist_ok=True)
job = dataclasses.replace(job_of(folder / "small", b""), article=folder / "article.pdf")
outcome = stamp_outcome(job, folder / "copy.pdf")
usage = resource.getrusage(resource.RUSAGE_SELF)
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())
seconds = usage.ru_utime + usage.ru_stime
status = outcome.report.status if outcome.report is not None else ""
print(json.dumps({"result": outcome.result, "status": status, "resident": int(peak[1]), "seconds": seconds}))
"""
only_linux = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="resident memory is read from /proc")


def marked(folder: Path) -> dict[str, float]:
    """Return what marking the article in the folder took, in a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "WATERMARK_VERAPDF": ""}
    command = [sys.executable, "-c", WORK, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    assert (measured["result"], measured["status"]) == ("marked", "ok"), measured
    return measured


def seconds_of(*command: str | Path) -> float:
    """Return the processor time that a command takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def with_hole(path: Path, size: int) -> None:
    """Write an article that holds a stream of `size` zeros, which take no room on most disks."""
    small = build(pages=4, text="Words on page {number}.", catalog={"/Hole": None}, gap=1)
    head, tail = small[: small.rindex(b"xref\n0")], small[small.rindex(b"xref\n0") :]
    place = len(head)
    with path.open("wb") as file:
        file.write(head + b"2 0 obj\n<</Length %d>>stream\n" % size)
        file.seek(size, os.SEEK_CUR)
        file.write(b"\nendstream\nendobj\n")
        section = file.tell()
        rows = tail.split(b"\n")
        rows[4] = b"%010d 00000 n " % place
        file.write(b"\n".join(rows).replace(b"startxref\n%d" % place, b"startxref\n%d" % section))


ROUNDS = 5
"""What else the machine does only adds to a time: the least times are compared, in as few rounds as that needs."""


@only_linux
@pytest.mark.slow
def test_a_gigabyte_takes_little_memory_and_not_twice_the_time_of_copying_and_hashing_it(tmp_path: Path) -> None:
    article = tmp_path / "article.pdf"
    with_hole(article, GIGABYTE)
    assert article.stat().st_size > GIGABYTE
    ours, plain = [], []
    for _ in range(ROUNDS):
        measured = marked(tmp_path)
        (tmp_path / "copy.pdf").unlink()
        assert measured["resident"] < MOST_RESIDENT_KIB, measured
        ours.append(measured["seconds"])
        copying = seconds_of("cp", "--sparse=never", article, tmp_path / "plain")
        plain.append(copying + seconds_of("sha256sum", tmp_path / "plain"))
        if min(ours) < 2 * min(plain):
            break
    assert min(ours) < 2 * min(plain), (ours, plain)


@only_linux
@pytest.mark.slow
def test_the_time_of_a_page_does_not_grow_with_their_number_and_each_takes_little_memory(tmp_path: Path) -> None:
    seconds, resident = {}, {}
    for pages in (1, 500, 3000):
        folder = tmp_path / str(pages)
        folder.mkdir()
        (folder / "article.pdf").write_bytes(build(pages=pages))
        measured = marked(folder)
        seconds[pages], resident[pages] = measured["seconds"], measured["resident"]
    few, many = ((seconds[pages] - seconds[1]) / pages for pages in (500, 3000))
    assert many < 1.5 * few, seconds
    assert (resident[3000] - resident[500]) / 2500 < MOST_KIB_A_PAGE, resident
