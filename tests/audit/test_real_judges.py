"""The programs that archives check files with pass real copies, and object to damage in one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from tests.helpers.build import build
from tests.stamping.test_pipeline import request_for, stamped
from watermark.audit.judges import JUDGES, judged, require_judges, variable_of
from watermark.models import Status

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def judges(tool: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Return the names of all judges, of which each is installed."""
    for name, judge in JUDGES.items():
        monkeypatch.setenv(variable_of(name), tool(judge.program))
    return require_judges(",".join(JUDGES))


@pytest.mark.parametrize(
    "peculiarities",
    [{}, {"pdfa": "1b"}, {"pdfa": "2b"}, {"pdfua": 1}],
    ids=["plain", "PDF/A-1b", "PDF/A-2b", "PDF/UA-1"],
)
def test_five_programs_find_nothing_that_a_copy_has_lost(
    tmp_path: Path, judges: tuple[str, ...], peculiarities: dict[str, object]
) -> None:
    request = replace(request_for(tmp_path, **peculiarities), match_override_reason="a test")
    copy = Path(stamped(request).copy)
    found = {one.judge: one for one in judged(judges, request.article, copy, claims_level=bool(peculiarities))}
    assert len(found) == 5
    assert [one for one in found.values() if one.status is not Status.OK] == []


def _without_end(original: Path) -> bytes:
    return original.read_bytes()[:-60] + b"startxref\n99999999\n%%EOF\n"


def _saved(original: Path, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(original) as document:
        change(document)
        document.save(original.with_name("spoilt.pdf"))
    return original.with_name("spoilt.pdf").read_bytes()


def _without_metadata(original: Path) -> bytes:
    return _saved(original, lambda document: document.Root.__delitem__("/Metadata"))


def _with_an_invalid_name(original: Path) -> bytes:
    return _saved(original, lambda document: document.Root.__setitem__("/PageMode", pikepdf.Name.Bogus))


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("jhove", _without_end),
        ("pdfcpu", _with_an_invalid_name),
        ("qpdf", _without_end),
        ("siegfried", _without_metadata),
        ("verapdf", _without_metadata),
    ],
)
def test_each_program_objects_to_what_is_damaged_in_a_copy(
    tmp_path: Path, name: str, spoil: Callable[[Path], bytes]
) -> None:
    original, copy = tmp_path / "original.pdf", tmp_path / "copy.pdf"
    original.write_bytes(build(pdfa="2b"))
    copy.write_bytes(spoil(original))
    (judgement,) = judged([name], original, copy, claims_level=True)
    assert judgement.status is Status.FAILED, judgement.message
