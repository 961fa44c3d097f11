"""Spoiled files come to an outcome by the laws; each seed that once broke one is kept as a test in tests/attacks."""

import os
import subprocess
import sys
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

import pytest

from tests.fuzz.guided import MISSING
from tests.helpers.mutations import fuzz, sources, spoiled

SPOILED_FILES = 40
REPOSITORY = Path(__file__).resolve().parents[2]


def test_the_same_seed_spoils_in_the_same_way() -> None:
    files = sources()
    assert spoiled(7, files) == spoiled(7, files) != spoiled(8, files)


@pytest.mark.slow
def test_spoiled_files_break_no_law() -> None:
    found = list(islice(fuzz(120, 1, sources()), SPOILED_FILES))
    assert len(found) == SPOILED_FILES  # however slow the machine is, up to two minutes
    assert not [(seed, laws) for seed, _, laws, _ in found if laws]


@pytest.mark.slow
def test_what_coverage_leads_to_breaks_no_law_or_says_what_is_missing(tmp_path: Path) -> None:
    command = [sys.executable, "tests/fuzz/guided.py", "-runs=40", str(tmp_path / "corpus")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(REPOSITORY), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY, env=environment)
    if find_spec("atheris") is None:
        assert (done.returncode, done.stderr) == (2, MISSING)
    else:
        assert done.returncode == 0, done.stderr
        assert "Done 40 runs" in done.stderr
