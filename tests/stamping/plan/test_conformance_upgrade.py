"""A higher part of PDF/A, when asked for: what it brings, what is refused, and what the witness lets pass."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pytest

from tests.conftest import SHARED
from tests.helpers.archival_copies import objections, stamped
from tests.helpers.build import build
from tests.helpers.pieces.archival import xmp_packet
from tests.stamping.plan.test_conformance_safeguards import grey_only
from watermark.models import Claim, Outcome, Result, Status
from watermark.receipt import Receipt, receipt_in
from watermark.stamping.metadata import writer
from watermark.stamping.restore import restore_original
from watermark.verification.conformance import verapdf
from watermark.verification.conformance.comparison import ValidationUnavailable
from watermark.verification.declared_conformance import conformance_of
from watermark.verification.verifier import verify_copy

Tool = Callable[[str], str]
NOTICE_AND_RECORD = ["notice.txt", "retraction-notice.pdf", "retraction.json"]
LINE_ELEMENTS = b"<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
LINE_ATTRIBUTES = b'<rdf:Description rdf:about="" pdfaid:part="1" pdfaid:conformance="B"/>'


def packet_of(path: Path) -> bytes:
    with pikepdf.open(path) as document:
        return document.Root.Metadata.read_bytes()


def claim_of(path: Path) -> str:
    return str(conformance_of(packet_of(path)))


def mark_of(outcome: Outcome) -> str:
    return next(decision.value for decision in outcome.decisions if decision.name == "mark")


def claims_in_attributes() -> bytes:
    """A PDF/A-1b that says so in attributes of a description of their own."""
    packet = xmp_packet("An article", pdfa="1b")
    assert LINE_ELEMENTS in packet
    return build(
        pdfa="1b",
        xmp=packet.replace(LINE_ELEMENTS, b"").replace(
            b"</rdf:RDF>",
            LINE_ATTRIBUTES.replace(b" pdfaid", b' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid', 1)
            + b"</rdf:RDF>",
        ),
    )


def invalid() -> bytes:
    return build(pdfa="1b").replace(b"/DestOutputProfile", b"/UnknownButNoProfi")


@pytest.mark.parametrize(
    ("old", "new", "files", "pages"),
    [
        ("1b", "2b", ["retraction-notice.pdf"], 2),
        ("1b", "3b", NOTICE_AND_RECORD, 2),
        ("2b", "3b", NOTICE_AND_RECORD, 2),
        ("2u", "3u", NOTICE_AND_RECORD, 2),
        ("2u", "3b", NOTICE_AND_RECORD, 2),
    ],
)
def test_a_raised_copy_is_valid_and_has_what_its_level_allows(
    old: str, new: str, files: list[str], pages: int, tmp_path: Path
) -> None:
    original = build(pdfa=old, pages=pages)
    outcome = stamped(tmp_path, original, to_pdfa=new)
    assert outcome.result is Result.MARKED, outcome.reason
    copy = tmp_path / "copy.pdf"
    assert page_validation.validate_pdf(str(copy), profile=new).is_compliant
    assert claim_of(copy) == f"PDF/A-{new}"
    assert copy.read_bytes().startswith(original)
    with pikepdf.open(copy) as document:
        assert sorted(document.attachments) == files
        assert len(document.pages) == pages
    assert mark_of(outcome) == "translucent letters"
    assert bool(outcome.sidecar) is (new[0] == "2")
    (decision,) = (found for found in outcome.decisions if found.name == "conformance")
    assert (decision.value, decision.reason) == (f"PDF/A-{old} -> PDF/A-{new}", "it was requested")
    assert decision.clause == f"ISO 19005-{new[0]} 5"
    assert outcome.receipt is not None
    assert outcome.receipt.conformance == new
    verdict = verify_copy(copy)
    assert [found.message for found in verdict.findings if found.claim is Claim.ARCHIVABLE] == [
        f"page-validation: the original is valid PDF/A-{old}, and the copy is valid PDF/A-{new}"
    ]
    assert verdict.passed


def test_a_claim_in_attributes_is_raised_where_it_stands(tmp_path: Path) -> None:
    assert stamped(tmp_path, claims_in_attributes(), to_pdfa="3b").result is Result.MARKED
    packet = packet_of(tmp_path / "copy.pdf")
    assert claim_of(tmp_path / "copy.pdf") == "PDF/A-3b"
    assert b'pdfaid:part="3"' in packet
    assert packet.count(b"pdfaid:part") == 1


def test_a_raised_file_without_an_output_intent_gets_outlined_letters(tmp_path: Path) -> None:
    outcome = stamped(tmp_path, grey_only(), to_pdfa="3b")
    assert outcome.result is Result.MARKED, outcome.reason
    assert mark_of(outcome) == "outlined letters"


def test_a_file_that_is_not_asked_to_rise_keeps_its_level(tmp_path: Path) -> None:
    outcome = stamped(tmp_path, build(pdfa="1b"))
    assert claim_of(tmp_path / "copy.pdf") == "PDF/A-1b"
    assert "conformance" not in {decision.name for decision in outcome.decisions}


@pytest.mark.parametrize(
    ("peculiarities", "level", "why"),
    [
        ({}, "3b", "the file is not PDF/A, and this tool does not convert to PDF/A"),
        ({"pdfa": "3b"}, "2b", "it claims PDF/A-3b, and PDF/A-2b is not a higher part"),
        ({"pdfa": "2b"}, "2b", "it claims PDF/A-2b, and PDF/A-2b is not a higher part"),
        ({"pdfa": "1b"}, "2u", "marking cannot add what “u” in PDF/A-2u asks for"),
        ({"pdfa": "1b"}, "3a", "marking cannot add what “a” in PDF/A-3a asks for"),
        ({"xmp": xmp_packet("An article", pdfa="1 ")}, "2b", "it claims PDF/A-1, which is not a conformance level"),
        ({"pdfa": "2u"}, "3a", "marking cannot add what “a” in PDF/A-3a asks for"),
        ({"signed": True, "xmp": xmp_packet("An article", pdfa="1b")}, "2b", "a signature covers the whole file"),
    ],
)
def test_no_other_way_is_gone(peculiarities: dict[str, Any], level: str, why: str, tmp_path: Path) -> None:
    outcome = stamped(tmp_path, build(**peculiarities), to_pdfa=level, allow_signed=True)
    assert (outcome.result, outcome.exit_status) == (Result.REFUSED, 3)
    assert why in outcome.reason
    assert outcome.remedy
    assert not (tmp_path / "copy.pdf").exists()


def test_a_level_to_which_nothing_is_raised_is_a_usage_error(tmp_path: Path) -> None:
    assert stamped(tmp_path, build(pdfa="1b"), to_pdfa="4").exit_status == 2


def test_an_invalid_original_is_kept_as_it_is_but_not_raised(tmp_path: Path) -> None:
    outcome = stamped(tmp_path, invalid(), to_pdfa="2b")
    assert (outcome.result, outcome.exit_status) == (Result.REFUSED, 3)
    assert "the original is not valid PDF/A-1b, so it is not raised: " in outcome.reason
    assert outcome.argument == "to_pdfa"
    assert not (tmp_path / "copy.pdf").exists()
    assert stamped(tmp_path, invalid()).result is Result.MARKED


def test_a_copy_that_is_not_valid_at_the_new_level_is_not_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "schemas_of", lambda _: ())
    outcome = stamped(tmp_path, build(pdfa="1b"), to_pdfa="3b")
    assert (outcome.result, outcome.exit_status) == (Result.REFUSED, 3)
    assert "the copy is not valid PDF/A-3b, so it is not raised: " in outcome.reason
    assert not (tmp_path / "copy.pdf").exists()


def test_a_copy_that_no_validator_judges_is_not_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unjudged = ValidationUnavailable(why="it is too large for the validator")
    monkeypatch.setattr("watermark.verification.conformance.judged_by_page", lambda *_: (unjudged, unjudged))
    outcome = stamped(tmp_path, build(pdfa="1b"), to_pdfa="3b")
    assert outcome.result is Result.REFUSED
    assert "it is too large for the validator" in outcome.reason
    assert not (tmp_path / "copy.pdf").exists()


def test_the_original_comes_back_and_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    original, copies = build(pdfa="1b"), []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        assert stamped(folder, original, to_pdfa="3b").result is Result.MARKED
        copies.append((folder / "copy.pdf").read_bytes())
    assert copies[0] == copies[1]
    restore_original(tmp_path / "first" / "copy.pdf", tmp_path / "restored.pdf")
    assert (tmp_path / "restored.pdf").read_bytes() == original


def test_a_receipt_of_before_says_that_the_claim_was_kept(tmp_path: Path) -> None:
    assert stamped(tmp_path, build(pdfa="1b")).result is Result.MARKED
    receipt = receipt_in(packet_of(tmp_path / "copy.pdf"))
    assert receipt is not None
    line = receipt.to_json()
    assert '"conformance":"",' in line
    assert Receipt.from_json(line.replace('"conformance":"",', "")) == receipt


@pytest.mark.parametrize(
    ("told", "archivable", "described"),
    [
        ("", "the original claims PDF/A-1b; the copy claims PDF/A-3b", "has another value"),
        ("2b", "raises it to PDF/A-2b; the copy claims PDF/A-3b", "is not what the receipt declares"),
        ("3u", "raises PDF/A-1b to PDF/A-3u, which is not higher", "is not what the receipt declares"),
        ("1b", "raises PDF/A-1b to PDF/A-1b, which is not higher", "is not what the receipt declares"),
    ],
)
def test_the_witness_objects_to_a_change_that_the_receipt_does_not_declare(
    told: str, archivable: str, described: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_json = Receipt.to_json
    monkeypatch.setattr(
        Receipt, "to_json", lambda self: to_json(self).replace('"conformance":"3b"', f'"conformance":"{told}"')
    )
    outcome = stamped(tmp_path, build(pdfa="1b"), to_pdfa="3b")
    assert outcome.result is not Result.MARKED
    assert archivable in objections(outcome)
    assert described in objections(outcome, Claim.DESCRIBED)
    assert not (tmp_path / "copy.pdf").exists()


def test_the_witness_objects_to_a_raise_that_is_declared_and_not_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_json = Receipt.to_json
    monkeypatch.setattr(
        Receipt, "to_json", lambda self: to_json(self).replace('"conformance":""', '"conformance":"3b"')
    )
    outcome = stamped(tmp_path, build(pdfa="1b"))
    assert "raises it to PDF/A-3b; the copy claims PDF/A-1b" in objections(outcome)
    assert "is not what the receipt declares" in objections(outcome, Claim.DESCRIBED)


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new"), [("1b", "2b"), ("1b", "3b"), ("2u", "3u")])
def test_the_reference_validator_finds_the_raised_copy_valid_too(
    old: str, new: str, tmp_path: Path, tool: Tool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(verapdf.VARIABLE, tool("verapdf"))
    outcome = stamped(tmp_path, build(pdfa=old), to_pdfa=new)
    assert outcome.result is Result.MARKED, outcome.reason
    assert outcome.report is not None
    assert outcome.report.status_of(Claim.ARCHIVABLE) is Status.OK
    said = [found.message for found in outcome.report.findings if found.claim is Claim.ARCHIVABLE]
    assert [message.split()[0].rstrip(":") for message in said] == ["page-validation", "veraPDF"]
    assert all(f"the copy is valid PDF/A-{new}" in message for message in said)


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.parametrize("level", ["2b", "3b"])
def test_files_of_part_1_are_raised_or_refused_with_the_rule(
    level: str, tmp_path: Path, judged: Callable[[Path], None]
) -> None:
    raised = 0
    paths = sorted((SHARED / "corpus" / "pdfa").glob("a1b-*.pdf"))
    assert paths
    for path in paths:
        folder = tmp_path / path.stem
        folder.mkdir()
        outcome = stamped(folder, path.read_bytes(), to_pdfa=level)
        if outcome.result is Result.MARKED:
            raised += 1
            assert page_validation.validate_pdf(str(folder / "copy.pdf"), profile=level).is_compliant
        else:
            assert outcome.result is Result.REFUSED, (path.name, outcome.reason)
            assert re.search(
                "is not valid PDF/A-|which is not a conformance level|failed verification: as", outcome.reason
            ), (
                path.name,
                outcome.reason,
            )
            assert not (folder / "copy.pdf").exists()
        judged(path)
    assert raised >= len([path for path in paths if "pass" in path.name]) // 2
