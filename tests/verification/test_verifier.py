"""A proof by structure: what it proves without drawing a page, and what it leaves open."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.helpers.tampered_copies import complaints, stamped
from tests.stamping.test_pipeline import request_for
from tests.verification.test_attacks import closing, remade
from watermark.models import Claim, Proof, Result, Status
from watermark.pdf.object_draft import ObjectDraft
from watermark.stamping.pipeline import stamp_outcome
from watermark.verification.evidence import Evidence
from watermark.verification.page_view import PageView
from watermark.verification.verifier import verify_copy

SEEN = {Claim.VISIBLE, Claim.TEXT}
SHAPES: list[dict[str, Any]] = [
    {},
    *({"rotate": degrees} for degrees in (90, 180, 270, -90, 450)),
    {"crop_box": [50, 60, 400, 700]},
    {"media_box": [-100, -200, 300, 400], "rotate": 90},
    {"media_box": [595, 842, 0, 0]},
]


def test_no_page_is_drawn_and_what_is_seen_is_left_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = stamped(tmp_path, pages=3)
    monkeypatch.setattr(pypdfium2.PdfPage, "render", None)
    monkeypatch.setattr(pypdfium2.PdfPage, "get_textpage", None)
    verdict = verify_copy(copy, proof=Proof.STRUCTURE)
    assert {claim for claim in verdict.claims if verdict.status_of(claim) is not Status.OK} == SEEN
    assert {verdict.status_of(claim) for claim in SEEN} == {Status.NOT_CHECKED}
    assert verdict.status is Status.NOT_CHECKED
    assert not verdict.passed


def test_what_claims_to_be_archivable_is_left_open(tmp_path: Path) -> None:
    copy = stamped(tmp_path, pdfa="2b", xmp=True)
    assert verify_copy(copy).status_of(Claim.ARCHIVABLE) is Status.OK
    assert verify_copy(copy, proof=Proof.STRUCTURE).status_of(Claim.ARCHIVABLE) is Status.NOT_CHECKED


def test_a_level_is_not_raised_on_a_proof_by_structure(tmp_path: Path) -> None:
    asked = request_for(tmp_path, pdfa="2b")
    raised = replace(asked, to_pdfa="3b")
    assert stamp_outcome(raised, tmp_path / "full.pdf").result is Result.MARKED
    assert stamp_outcome(replace(raised, proof=Proof.STRUCTURE), tmp_path / "copy.pdf").result is Result.REFUSED
    assert not (tmp_path / "copy.pdf").exists()


def test_a_mark_is_missed_where_it_was_taken_away(tmp_path: Path) -> None:
    def unpainted(draft: ObjectDraft) -> None:
        remade(draft, closing(draft, 2)[1], rb"/RetractionMark Do", b"")

    verdict = verify_copy(stamped(tmp_path, unpainted, pages=3), proof=Proof.STRUCTURE)
    assert "page 2: the mark is missing" in complaints(verdict, Claim.MARKED)


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        (b"-0.6 0 0 -0.6 300 400", "upside down"),
        (b"-0.6 0 0 0.6 300 400", "upside down"),
        (b"0.6 0 0 -0.6 300 400", "mirrored"),
        (b"0.1 0 0 0.1 9000 400", "extends beyond"),
        (b"0 0 0 0 300 400", "no size"),
    ],
)
@pytest.mark.parametrize("proof", Proof)
def test_a_mark_in_the_wrong_place_is_found_by_either_proof(
    tmp_path: Path, matrix: bytes, message: str, proof: Proof
) -> None:
    def turned(draft: ObjectDraft) -> None:
        remade(draft, closing(draft, 1)[1], rb"q [-\d. ]+ cm /RetractionMark", b"q " + matrix + b" cm /RetractionMark")

    verdict = verify_copy(stamped(tmp_path, turned), proof=proof)
    assert message in complaints(verdict, Claim.MARKED)


@pytest.mark.parametrize("shape", SHAPES)
def test_boxes_say_where_the_mark_is_as_pdfium_does(tmp_path: Path, shape: dict[str, Any]) -> None:
    points = [(120.0, 130.0), (200.0, 130.0), (200.0, 300.0)]
    with Evidence(stamped(tmp_path, **shape)) as evidence:
        seen, (width, height) = PageView(evidence, 1).displayed(points)
        reckoned, (across, down) = PageView(evidence, 1, drawn=False).displayed(points)
        for (x, y), (u, v) in zip(seen, reckoned, strict=True):
            assert x / width == pytest.approx(u / across, abs=0.01)
            assert y / height == pytest.approx(v / down, abs=0.01)
        assert verify_copy(evidence.path, proof=Proof.STRUCTURE).status_of(Claim.MARKED) is Status.OK


def test_a_stamp_proved_by_structure_has_the_same_bytes(tmp_path: Path) -> None:
    asked = request_for(tmp_path, pages=2)
    outcomes = [stamp_outcome(replace(asked, proof=proof), tmp_path / f"{proof.value}.pdf") for proof in Proof]
    full, structure = (Path(outcome.copy).read_bytes() for outcome in outcomes)
    assert full == structure
    assert [outcome.report.passed for outcome in outcomes if outcome.report is not None] == [True, False]
