"""A file that another program cuts short ends no process that does work of its own."""

import mmap
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.build import build
from watermark.errors import FailedError
from watermark.runtime import mapped_files
from watermark.runtime.mapped_files import map_file

only_posix = pytest.mark.skipif(not hasattr(signal, "SIGBUS"), reason="this system has no such signal")
READ = """
import os, sys
from watermark.runtime import mapped_files
if sys.argv[2] == "worker":
    mapped_files.allow_direct_maps()
with open(sys.argv[1], "rb") as file:
    data = mapped_files.map_file(file)
os.truncate(sys.argv[1], 0)
print(len(bytes(data)))
"""
STAMP = """
import os, sys
from pathlib import Path
from watermark.stamping import pipeline
from tests.helpers.mutations import job_of
folder = Path(sys.argv[1])
request = job_of(folder, (folder / "small.pdf").read_bytes())
inspected = pipeline.inspected
def cut_short(*arguments):
    os.truncate(request.article, 100)
    return inspected(*arguments)
pipeline.inspected = cut_short
outcome = pipeline.stamp_outcome(request, folder / "copy.pdf")
print(outcome.result, "|", outcome.reason, "|", outcome.remedy)
"""


def run(code: str, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "WATERMARK_VERAPDF": ""}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False, env=environment
    )


@only_posix
@pytest.mark.parametrize("who", ["caller", "worker"])
def test_only_a_worker_is_ended_by_a_file_that_is_cut_short(tmp_path: Path, who: str) -> None:
    (file := tmp_path / "file").write_bytes(b"x" * 100_000)
    done = run(READ, file, who)
    if who == "worker":
        assert done.returncode == -signal.SIGBUS
    else:
        assert (done.returncode, done.stdout.strip()) == (0, "100000")


@only_posix
@pytest.mark.slow
def test_an_article_that_is_cut_short_while_it_is_stamped_is_an_outcome_in_process_too(tmp_path: Path) -> None:
    (tmp_path / "small.pdf").write_bytes(build(pages=4))
    done = run(STAMP, tmp_path)
    assert done.returncode == 0, done.stderr[-2000:]
    result, reason, remedy = done.stdout.strip().split(" | ")
    assert result in {"failed", "refused", "not verified"}, reason
    assert reason
    assert remedy
    assert not (tmp_path / "copy.pdf").exists()


def test_a_file_that_ends_before_its_size_is_an_error_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path := tmp_path / "file").write_bytes(b"x" * 100)
    sizes = os.stat_result((0o100644, 0, 0, 1, 0, 0, 200, 0, 0, 0))
    with path.open("rb") as file:
        monkeypatch.setattr(mapped_files.os, "fstat", lambda _: sizes)
        with pytest.raises(FailedError, match="cut short while it was read") as caught:
            map_file(file)
    assert "try again" in caught.value.remedy


@pytest.mark.parametrize("access", [mmap.ACCESS_READ, mmap.ACCESS_COPY])
def test_a_map_holds_the_bytes_of_the_file(tmp_path: Path, access: int) -> None:
    (path := tmp_path / "file").write_bytes(data := bytes(range(256)) * 5_000)
    with path.open("rb") as file, map_file(file, access) as mapped:
        path.write_bytes(b"other")
        assert bytes(mapped) == data


def test_an_empty_file_has_no_map(tmp_path: Path) -> None:
    (path := tmp_path / "file").touch()
    with path.open("rb") as file, pytest.raises(ValueError, match="empty"):
        map_file(file)
