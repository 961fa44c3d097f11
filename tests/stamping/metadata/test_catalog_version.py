"""The copy names a version of PDF that has what was added, and never an earlier one than before."""

from pathlib import Path

import pikepdf
import pytest

from tests.stamping.test_pipeline import request_for, stamped
from watermark.models import Claim
from watermark.pdf.serialization import Name
from watermark.stamping.metadata import writer
from watermark.stamping.pipeline import stamp_outcome


def named_version(path: str) -> str:
    with pikepdf.open(path) as copy:
        return str(copy.Root.get("/Version", ""))


@pytest.mark.parametrize(
    ("header", "catalog", "named"),
    [
        ("1.3", "", "/1.7"),
        ("1.4", "/1.5", "/1.7"),
        ("1.6", "/1.2", "/1.7"),
        ("1.7", "", ""),
        ("1.3", "/1.7", "/1.7"),
        ("2.0", "", ""),
        ("1.4", "/2.0", "/2.0"),
        ("1.4", "/nonsense", "/1.7"),
    ],
)
def test_the_version_is_raised_to_that_of_what_is_added(tmp_path: Path, header: str, catalog: str, named: str) -> None:
    entries = {"catalog": {"/Version": Name(catalog)}} if catalog else {}
    outcome = stamped(request_for(tmp_path, version=header, **entries))
    assert named_version(outcome.copy) == named


def test_the_version_of_a_pdfa_1_file_stays(tmp_path: Path) -> None:
    assert named_version(stamped(request_for(tmp_path, pdfa="1b", version="1.4")).copy) == ""


@pytest.mark.parametrize("version", ["1.2", "1.9", "2.0", "7"])
def test_the_verifier_objects_to_any_version_than_a_raised_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    monkeypatch.setattr(writer, "Name", lambda name: Name(f"/{version}" if name == "/1.7" else name))
    outcome = stamp_outcome(request_for(tmp_path, version="1.4"), tmp_path / "copy.pdf")
    assert outcome.report is not None
    assert ["Version has changed" in item.message for item in outcome.report.failures] == [True]
    assert outcome.report.failures[0].claim is Claim.FIXITY
