"""Damaged files break no invariant; each seed that once did is a test in tests/attacks."""

import os
import subprocess
import sys
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

import pytest

from tests.fuzz.guided import MISSING
from tests.helpers.mutations import corrupted, fuzz, sources
from tests.helpers.resealed_mutations import ACCEPTED, GIVEN, KINDS, Copies, mutant, verdicts
from watermark.models import Claim, Status
from watermark.stamping.reproduction import verify_and_reproduce

DAMAGED_FILES = 40
RESEALED_MUTANTS = 100
QUICK = frozenset({"plain", "AES-256", "linearized"})
REPOSITORY = Path(__file__).resolve().parents[2]


def test_the_same_seed_damages_a_file_in_the_same_way() -> None:
    files = sources()
    assert corrupted(7, files) == corrupted(7, files) != corrupted(8, files)


@pytest.mark.slow
def test_damaged_files_break_no_invariant() -> None:
    found = list(islice(fuzz(120, 1, sources()), DAMAGED_FILES))
    assert len(found) == DAMAGED_FILES  # however slow the machine is, up to two minutes
    assert not [(seed, violations) for seed, _, violations, _ in found if violations]


@pytest.mark.slow
def test_files_that_coverage_leads_to_break_no_invariant_or_the_run_says_what_is_missing(tmp_path: Path) -> None:
    command = [sys.executable, "tests/fuzz/guided.py", "-runs=40", str(tmp_path / "corpus")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(REPOSITORY), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY, env=environment)
    if find_spec("atheris") is None:
        assert (done.returncode, done.stderr) == (2, MISSING)
    else:
        assert done.returncode == 0, done.stderr
        assert "Done 40 runs" in done.stderr


@pytest.mark.parametrize("kind", [one if one in QUICK else pytest.param(one, marks=pytest.mark.slow) for one in KINDS])
def test_a_copy_taken_apart_and_sealed_again_is_what_this_tool_writes(tmp_path: Path, kind: str) -> None:
    copies = Copies(tmp_path, {kind: KINDS[kind]})
    path = tmp_path / "again.pdf"
    path.write_bytes(copies.whole[kind])
    report = verify_and_reproduce(path, given=GIVEN)
    copies.close()
    assert not report.failures
    assert report.status_of(Claim.REPRODUCED) is Status.OK


def test_the_same_seed_mutates_in_the_same_way(tmp_path: Path) -> None:
    honest = Copies(tmp_path, {kind: KINDS[kind] for kind in ("plain", "AES-256")}).revisions
    assert mutant(7, honest) == mutant(7, honest) != mutant(8, honest)


@pytest.mark.slow
def test_no_resealed_mutant_verifies_that_no_marking_writes(tmp_path: Path) -> None:
    found = list(verdicts(1, RESEALED_MUTANTS, tmp_path))
    assert len(found) == RESEALED_MUTANTS
    assert [seed for seed, _, result in found if result == ACCEPTED] == []
