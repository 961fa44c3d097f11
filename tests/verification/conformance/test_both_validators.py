"""What we make is valid by the reference validator too, and it misses what page-validation does not look at."""

import io
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import page as page_validation
import pikepdf
import pytest

from tests.helpers.archival_copies import NOTICE, stamped
from tests.helpers.build import build
from tests.helpers.tag_check import faults_in_tags
from tests.stamping.plan.test_conformance_safeguards import CYRILLIC, ORIGINALS, accessible_in_its_elements
from watermark.models import Claim, Result, Status
from watermark.pdf.xmp import Packet
from watermark.stamping.notice_document import CopyFacts, notice_document
from watermark.verification.conformance import verapdf
from watermark.verification.conformance.comparison import ValidationResult

Tool = Callable[[str], str]
CLAIM_OF_LEVEL = {"ISO 19005-2:2011 6.6.4-2", "ISO 19005-2:2011 6.6.4-3"}
"""The notice says that it is 2b, so that every validator takes it inside a PDF/A-2; by all else it is 2a."""


def broken(tool: Tool, paths: Iterable[Path]) -> dict[str, set[str]]:
    """Return the rules that each file breaks by veraPDF, by its own claims; one start for all."""
    answer = verapdf.asked(tool("verapdf"), list(paths))
    assert not answer.fault, answer.fault
    found: dict[str, set[str]] = {}
    for name, profiles in answer.files.items():
        judged = [verdict for verdict in profiles.values() if isinstance(verdict, ValidationResult)]
        assert judged
        assert len(judged) == len(profiles)
        found[name] = {rule for verdict in judged for rule in verdict.broken}
    return found


@pytest.mark.slow
def test_every_kind_of_original_stays_valid_by_the_reference_validator(tmp_path: Path, tool: Tool) -> None:
    paths = []
    for number, (level, original) in enumerate(ORIGINALS.items()):
        for line in ("", CYRILLIC):
            folder = tmp_path / f"{number}{'c' if line else ''}"
            folder.mkdir()
            outcome = stamped(folder, original(), line=line)
            assert outcome.result is Result.MARKED, (level, outcome.reason)
            paths += [folder / "article.pdf", folder / "copy.pdf"]
    assert broken(tool, paths) == {str(path): set() for path in paths}


@pytest.mark.slow
def test_a_new_title_says_its_language_beside_the_default(tmp_path: Path, tool: Tool) -> None:
    """ISO 14289-1 7.2: the rule that the default alone breaks where the document names no language."""
    with pikepdf.open(io.BytesIO(accessible_in_its_elements())) as document:
        packet = document.Root.Metadata.read_bytes()
        start, end = packet.index(b"<dc:title>"), packet.index(b"</dc:title>") + len(b"</dc:title>")
        document.Root.Metadata.write(packet[:start] + packet[end:])
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    lacks_a_title = {"ISO 14289-1:2014 7.1-9"}
    breaks_a_new_rule = {"ISO 14289-1:2014 7.2-33"}
    with_default_only, whole = tmp_path / "default", tmp_path / "whole"
    with_default_only.mkdir()
    whole.mkdir()
    assert stamped(whole, out.getvalue()).result is Result.MARKED
    with pytest.MonkeyPatch.context() as patch:
        set_all = Packet.set_lang_alt
        patch.setattr(Packet, "set_lang_alt", lambda *values: set_all(*values[:-1], {"x-default"}))
        assert stamped(with_default_only, out.getvalue()).result is Result.MARKED
    said = broken(tool, [whole / "article.pdf", whole / "copy.pdf", with_default_only / "copy.pdf"])
    assert list(said.values()) == [lacks_a_title, set(), breaks_a_new_rule]


def test_the_verdict_names_both_validators(tmp_path: Path, tool: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(verapdf.VARIABLE, tool("verapdf"))
    outcome = stamped(tmp_path, build(pdfa="2b"))
    assert outcome.report is not None
    assert outcome.report.status_of(Claim.ARCHIVABLE) is Status.OK
    said = [found.message for found in outcome.report.findings if found.claim is Claim.ARCHIVABLE]
    assert [message.split()[0].rstrip(":") for message in said] == ["page-validation", "veraPDF"]
    assert all("the copy is valid PDF/A-2b" in message for message in said)


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    facts = CopyFacts(original_sha256="0" * 64, original_size_bytes=1, tool="watermark")
    path = tmp_path / "notice.pdf"
    path.write_bytes(notice_document(NOTICE.notice, facts=facts, marked_at=datetime(2026, 1, 2, tzinfo=UTC)))
    return path


@pytest.mark.parametrize("profile", ["2b", "ua1"])
def test_the_typeset_notice_is_valid(profile: str, notice: Path) -> None:
    assert not page_validation.validate_pdf(str(notice), profile=profile).failures


@pytest.mark.slow
def test_the_typeset_notice_is_valid_by_the_reference_validator(
    notice: Path, tool: Tool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert broken(tool, [notice]) == {str(notice): set()}
    monkeypatch.setattr(verapdf, "OPTIONS", [option if option != "0" else "2a" for option in verapdf.OPTIONS])
    assert broken(tool, [notice])[str(notice)] <= CLAIM_OF_LEVEL


def test_a_screen_reader_gets_the_statement_and_the_link(tmp_path: Path) -> None:
    assert stamped(tmp_path, build(pdfua=True, tagged=True, pages=3)).result is Result.MARKED
    data = (tmp_path / "copy.pdf").read_bytes()
    assert faults_in_tags(data) == []
    with pikepdf.open(io.BytesIO(data)) as document:
        said = [element for element in _elements(document.Root.StructTreeRoot) if element.get("/Lang") == "en"]
        (paragraph,) = (element for element in said if element.S == "/P")
        inside, *others = (element for element in said if element.S == "/Link")
        assert inside.P.objgen == paragraph.objgen
        assert len(others) == 2
        mcid, reference = inside.K
        assert reference.Type == "/OBJR"
        assert reference.Obj.Subtype == "/Link"
        assert reference.Obj.A.URI == "https://doi.org/10.5555/notice"
        assert f"/Link<</MCID {mcid}>> BDC".encode() in document.pages[0].Contents[-1].read_bytes()


def _elements(node: pikepdf.Object) -> Iterable[pikepdf.Object]:
    kids = node.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)
