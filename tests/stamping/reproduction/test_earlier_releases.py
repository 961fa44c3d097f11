"""Copies that release 0.1.0 wrote are recognised and restored, and are never called verified."""

import hashlib
from pathlib import Path

import pytest

from watermark.article.inspection import inspect_file
from watermark.models import Claim, Status
from watermark.stamping.reproduction import verify_and_reproduce
from watermark.stamping.restore import restore_original

COPIES = sorted(Path(__file__).with_name("copies").glob("*-0.1.0.pdf"))


@pytest.mark.parametrize("copy", COPIES, ids=lambda path: path.stem)
def test_a_copy_of_the_first_release_is_recognised(copy: Path) -> None:
    receipt = inspect_file(copy).receipt
    assert receipt is not None
    assert (receipt.tool, receipt.format, receipt.mark_text) == ("watermark 0.1.0", 0, "Retracted")


@pytest.mark.parametrize("copy", COPIES, ids=lambda path: path.stem)
def test_the_original_in_a_copy_of_the_first_release_is_restored(copy: Path, tmp_path: Path) -> None:
    restored = restore_original(copy, tmp_path / "original.pdf")
    data = (tmp_path / "original.pdf").read_bytes()
    assert hashlib.sha256(data).hexdigest() == restored.receipt.original_sha256
    assert copy.read_bytes().startswith(data)


@pytest.mark.parametrize("copy", COPIES, ids=lambda path: path.stem)
def test_a_copy_of_the_first_release_is_not_reproduced(copy: Path) -> None:
    report = verify_and_reproduce(copy)
    assert not report.passed
    assert report.failures or report.status_of(Claim.REPRODUCED) is Status.NOT_CHECKED


def test_there_is_a_copy_of_the_first_release() -> None:
    assert len(COPIES) == 2
