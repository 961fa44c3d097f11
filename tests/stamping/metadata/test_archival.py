"""A valid PDF/A or PDF/UA file stays valid at its level, and an invalid one breaks no further rule."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import page as page_validation
import pikepdf
import pytest

from tests.helpers.build import build
from tests.helpers.pieces.archival import xmp_packet
from tests.stamping.metadata.described import NOTICE, described, packet_of, plan_for
from watermark.notice import State
from watermark.pdf.xmp.packet import PacketError
from watermark.receipt import receipt_in
from watermark.stamping.metadata import extension_schemas, writer
from watermark.stamping.plan import Plan
from watermark.verification.declared_conformance import conformance_of

PROFILES = {profile.value: profile for profile in page_validation.ValidationProfile}
BUILT = ["1b", "2b", "2u", "3b"]
LATER = datetime(2026, 2, 3, tzinfo=UTC)
CROSSMARK = (
    '<rdf:Description rdf:about="" xmlns:f="http://crossref.org/crossmark/1.0/"><f:MajorVersionDate>2010-04-23'
    "</f:MajorVersionDate></rdf:Description>"
)


def failures(data: bytes, profile: str) -> set[str]:
    report = page_validation.validate_pdf_bytes(data, profile=PROFILES[profile])
    return {failure.rule_id for failure in report.failures}


def plan_at(original: bytes, **values: object) -> Plan:
    claims = conformance_of(packet_of(original))
    part = int(claims.pdfa_part or 0)
    return plan_for(original, pdfa_part=part, pdfua=bool(claims.pdfua_part), write_info=part != 4, **values)


@pytest.mark.parametrize("level", BUILT)
@pytest.mark.parametrize(
    "peculiarities",
    [
        pytest.param({}, id="information"),
        pytest.param({"info": None}, id="no information"),
        pytest.param({"info": {"/Producer": "tests"}}, id="no title in the information"),
        pytest.param({"info_direct": True}, id="direct information"),
        pytest.param({"title": "R&amp;D"}, id="title with markup"),
    ],
)
def test_a_valid_file_stays_valid(level: str, peculiarities: dict[str, object]) -> None:
    if "title" in peculiarities:
        peculiarities = {**peculiarities, "info": {"/Title": "R&D", "/Producer": "tests"}}
    original = build(pdfa=level, **peculiarities)
    assert failures(original, level) == set()
    once = described(original, plan_at(original))
    assert failures(once, level) == set()
    assert failures(described(once, plan_at(once, at=LATER)), level) == set()


@pytest.mark.parametrize("level", BUILT)
@pytest.mark.parametrize("state", [State.EXPRESSION_OF_CONCERN, State.WITHDRAWAL])
def test_every_state_is_valid(level: str, state: State) -> None:
    original = build(pdfa=level)
    assert failures(described(original, plan_at(original, notice=replace(NOTICE, state=state))), level) == set()


@pytest.mark.parametrize("level", BUILT)
def test_a_title_without_x_default_agrees_with_the_new_one_in_the_information(level: str) -> None:
    packet = xmp_packet("An article", pdfa=level).replace(b'xml:lang="x-default"', b'xml:lang="en"')
    original = build(pdfa=level, xmp=packet, info={"/Producer": "tests"})
    assert failures(original, level) == set()
    assert failures(described(original, plan_at(original)), level) == set()


@pytest.mark.parametrize("level", BUILT)
def test_a_crossmark_is_declared_when_it_is_changed(level: str) -> None:
    original = build(pdfa=level, xmp=xmp_packet("An article", pdfa=level, extra=CROSSMARK))
    assert failures(original, level)
    assert failures(described(original, plan_at(original)), level) == set()


@pytest.mark.parametrize("level", BUILT)
def test_without_the_declarations_it_would_not_be_valid(level: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "schemas_of", lambda packet: extension_schemas.schemas_of(packet)[1:])
    original = build(pdfa=level)
    assert failures(described(original, plan_at(original)), level)


def test_an_accessible_file_stays_accessible() -> None:
    original = build(pdfua=True, tagged=True)
    assert failures(original, "ua1") == set()
    assert failures(described(original, plan_at(original)), "ua1") == set()


@pytest.mark.corpus(
    *("pdfa", "pdfua", "articles"),
    *(f"verapdf/{level}" for level in ("1a", "1b", "2a", "2b", "2u", "4", "4e", "4f", "ua1", "ua2")),
)
def test_a_shared_file_keeps_its_level(shared_pdf: Path) -> None:
    original = shared_pdf.read_bytes()
    if b"/ByteRange" in original:
        pytest.skip("it is signed: no revision at all may follow")
    try:
        plan = plan_at(original)
        profiles = set(conformance_of(packet_of(original)).profiles) & set(PROFILES)
        before = {profile: failures(original, profile) for profile in profiles}
    except (PacketError, pikepdf.PdfError, page_validation.ParseError) as error:
        pytest.skip(f"what it claims cannot be read: {error}")
    copy = described(original, plan)
    assert receipt_in(packet_of(copy)) == plan.receipt
    for profile in profiles:
        assert failures(copy, profile) <= before[profile]
