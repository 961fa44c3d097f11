"""Warnings of the reading libraries about an odd file do not reach the user's terminal."""

import io
import subprocess
import sys
from pathlib import Path

import pikepdf

from tests.helpers.build import build

WORK = """
import sys
from pathlib import Path
from tests.helpers.mutations import stamped
from watermark.verification.verifier import verify_copy
folder = Path(sys.argv[1])
outcome = stamped(folder, (folder / "odd.pdf").read_bytes())
assert outcome.result == "marked", outcome
assert verify_copy(folder / "copy.pdf").passed
"""


def test_an_outline_that_goes_in_a_circle_is_marked_and_verified_without_a_word(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(build(outlines=True))) as pdf:
        item = pdf.Root.Outlines.First
        item.First = item.Last = item
        pdf.save(tmp_path / "odd.pdf")
    done = subprocess.run(
        [sys.executable, "-c", WORK, tmp_path],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
