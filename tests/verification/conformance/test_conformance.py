"""What the validator says of the original and of the copy, and what follows from it."""

from collections import OrderedDict
from pathlib import Path
from types import SimpleNamespace

import page as page_validation
import pytest

from tests.helpers.evidence import Parts, made, original
from watermark.models import Claim, Status, VerificationReport
from watermark.verification.conformance.page_validation import MOST_KEPT, judged
from watermark.verification.declared_conformance import conformance_of
from watermark.verification.verifier import verify_copy

PDFA_2B = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"


def validator(monkeypatch: pytest.MonkeyPatch, original_size: int, *answers: object) -> None:
    """Let the validator give its first answer for the original and its second for the copy."""

    def validate(data: memoryview, *, profile: str) -> object:
        assert profile == "2b"
        answer = answers[int(len(data) > original_size)]
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, tuple)
        failures = [SimpleNamespace(rule_id=rule, message=f"about {rule}") for rule in answer]
        return SimpleNamespace(failures=failures, is_compliant=not failures)

    monkeypatch.setattr(page_validation, "validate_pdf_bytes", validate)
    monkeypatch.setattr("watermark.verification.conformance.page_validation._kept", OrderedDict())


@pytest.mark.parametrize(
    ("before", "after", "status", "message"),
    [
        ((), (), Status.OK, "the copy is valid PDF/A-2b, as the original is"),
        (("A", "B"), ("B",), Status.OK, "breaks no rule of PDF/A-2b but the original's 2"),
        ((), ("A",), Status.FAILED, "breaks 1 rules of PDF/A-2b that the original kept: A (about A)"),
        (("A",), ("A", "B"), Status.FAILED, "B (about B)"),
        (page_validation.ParseError("odd"), (), Status.NOT_CHECKED, "cannot judge the original"),
        ((), page_validation.ParseError("odd"), Status.FAILED, "cannot read the copy"),
        (page_validation.SafetyLimitError("large"), (), Status.NOT_CHECKED, "cannot judge the original"),
        ((), page_validation.SafetyLimitError("large"), Status.NOT_CHECKED, "too large"),
    ],
)
def test_the_copy_keeps_what_the_original_claims(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, before: object, after: object, status: Status, message: str
) -> None:
    size = len(original(pages=1, said=PDFA_2B))
    validator(monkeypatch, size, before, after)
    verdict = report_on(tmp_path, PDFA_2B, PDFA_2B)
    assert verdict.status_of(Claim.ARCHIVABLE) is status
    assert message in " ".join(found.message for found in verdict.findings if found.claim is Claim.ARCHIVABLE)


def report_on(tmp_path: Path, before: str, after: str) -> VerificationReport:
    def alter(parts: Parts) -> None:
        parts.said = after

    path = tmp_path / "copy.pdf"
    path.write_bytes(made(original(pages=1, said=before), pages=1, alter=alter))
    return verify_copy(path)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (PDFA_2B, "", "the original claims PDF/A-2b; the copy claims no archival level"),
        ("", PDFA_2B, "the original claims no archival level; the copy claims PDF/A-2b"),
        (PDFA_2B, PDFA_2B.replace("2", "3"), "the original claims PDF/A-2b; the copy claims PDF/A-3b"),
    ],
)
def test_another_claim_is_named(tmp_path: Path, before: str, after: str, message: str) -> None:
    verdict = report_on(tmp_path, before, after)
    assert verdict.status_of(Claim.ARCHIVABLE) is Status.FAILED
    assert any(message in found.message for found in verdict.failures)


@pytest.mark.parametrize(
    ("claim", "name"),
    [
        ("<pdfaid:part>4</pdfaid:part>", "PDF/A-4"),
        ("<pdfaid:part>4</pdfaid:part><pdfaid:conformance>F</pdfaid:conformance>", "PDF/A-4f"),
        ("<pdfuaid:part>2</pdfuaid:part>", "PDF/UA-2"),
        ("<pdfaid:part>2</pdfaid:part>", "PDF/A-2"),
    ],
)
def test_what_no_validator_here_knows_is_not_checked(tmp_path: Path, claim: str, name: str) -> None:
    verdict = report_on(tmp_path, claim, claim)
    assert verdict.status_of(Claim.ARCHIVABLE) is Status.NOT_CHECKED
    assert any(f"no validator on this machine checks {name}:" in found.message for found in verdict.findings)
    assert not verdict.passed


def test_the_real_validator_is_asked(tmp_path: Path) -> None:
    verdict = report_on(tmp_path, PDFA_2B, PDFA_2B)
    found = [finding for finding in verdict.findings if finding.claim is Claim.ARCHIVABLE]
    assert [finding.status for finding in found] != [Status.NOT_CHECKED]
    assert "PDF/A-2b" in found[0].message


@pytest.mark.parametrize(
    ("form", "claim"),
    [
        ("<d {ns} p:part='2' p:conformance='u'/>", "PDF/A-2u"),
        ("<d {ns}><p:part> 1 </p:part><p:conformance>A</p:conformance></d>", "PDF/A-1a"),
        ("<d {ns}/><d {ns}><p:part>3</p:part></d>", "PDF/A-3"),
        ("", "no archival level"),
    ],
)
def test_a_claim_is_read_in_every_form(form: str, claim: str) -> None:
    space = 'xmlns:p="http://www.aiim.org/pdfa/ns/id/"'
    inner = form.format(ns=space).replace("<d ", "<rdf:Description ").replace("</d>", "</rdf:Description>")
    packet = f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{inner}</rdf:RDF>'
    assert str(conformance_of(packet.encode())) == claim


def test_a_file_without_a_packet_claims_nothing() -> None:
    assert conformance_of(b" \0\n").profiles == ()


def test_the_same_bytes_are_validated_once_for_each_profile_and_an_error_is_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[bytes, str]] = []

    def validate(data: memoryview, *, profile: str) -> object:
        asked.append((bytes(data), profile))
        if len(asked) == 1:
            raise MemoryError
        return SimpleNamespace(failures=[], is_compliant=True)

    monkeypatch.setattr(page_validation, "validate_pdf_bytes", validate)
    monkeypatch.setattr("watermark.verification.conformance.page_validation._kept", OrderedDict())
    with pytest.raises(MemoryError):
        judged(b"original, copy", 8, "2b")
    for end, profile in [(8, "2b"), (8, "2b"), (8, "ua1"), (14, "2b"), (14, "2b"), (8, "2b")]:
        judged(b"original, copy", end, profile)
    assert asked[1:] == [(b"original", "2b"), (b"original", "ua1"), (b"original, copy", "2b")]


def test_only_the_latest_verdicts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    validator(monkeypatch, 100, ())
    kept: OrderedDict[object, object] = OrderedDict()
    monkeypatch.setattr("watermark.verification.conformance.page_validation._kept", kept)
    for length in range(3 * MOST_KEPT):
        judged(b"x" * length, length, "2b")
    assert len(kept) == MOST_KEPT
