"""The copy of a PDF/A-1 article and the record beside it are saved both, or neither: whatever breaks off."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.build import build
from tests.helpers.mutations import job_of
from watermark.models import Outcome, Result
from watermark.stamping.pipeline import stamp_outcome

RECORD = "copy.retraction.json"


def stamped(folder: Path, *, overwrite: bool = False) -> Outcome:
    return stamp_outcome(job_of(folder, build(pdfa="1b")), folder / "copy.pdf", overwrite=overwrite)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("failing", [0, 1], ids=["the record", "the copy"])
def test_where_one_cannot_get_its_name_neither_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    linked, calls = os.link, list[str]()

    def full(source: Path, target: Path) -> None:
        calls.append(Path(target).name)
        if len(calls) - 1 == failing:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        linked(source, target)

    monkeypatch.setattr(os, "link", full)
    outcome = stamped(tmp_path)
    assert calls == [RECORD, "copy.pdf"][: failing + 1]
    assert (outcome.result, outcome.exit_status) == (Result.FAILED, 4)
    assert "No space left" in outcome.reason
    assert names(tmp_path) == ["article.pdf"]


def test_a_disk_without_room_for_the_record_gets_no_copy(tmp_path: Path) -> None:
    """From the moment that the record is written no file may grow as large as that."""
    outcome = stamped(tmp_path)
    record = Path(outcome.sidecar).read_bytes()
    for path in (Path(outcome.copy), Path(outcome.sidecar)):
        path.unlink()
    work = (
        "import resource, sys\nfrom pathlib import Path\nimport tests.stamping.test_sidecar as one\n"
        "import watermark.runtime.atomic_files as save\nwhole = save.AtomicFile.write_whole\n"
        "def little(self, data):\n"
        f"    resource.setrlimit(resource.RLIMIT_FSIZE, ({len(record) - 1}, -1))\n"
        "    whole(self, data)\n"
        "save.AtomicFile.write_whole = little\n"
        "print(one.stamped(Path(sys.argv[1])).reason)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", work, tmp_path], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout == f"{RECORD}: cannot write the file (File too large)\n"
    assert names(tmp_path) == ["article.pdf"]


def test_a_record_of_another_person_is_replaced_with_overwrite_only(tmp_path: Path) -> None:
    (tmp_path / RECORD).write_text("mine")
    outcome = stamped(tmp_path)
    assert (outcome.exit_status, names(tmp_path)) == (2, ["article.pdf", RECORD])
    assert (tmp_path / RECORD).read_text() == "mine"
    outcome = stamped(tmp_path, overwrite=True)
    assert outcome.result is Result.MARKED
    assert '"retraction"' in (tmp_path / RECORD).read_text(encoding="utf-8")
    assert names(tmp_path) == ["article.pdf", "copy.pdf", RECORD]
