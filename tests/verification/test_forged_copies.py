"""No forged copy verifies, whatever digests were recomputed; the same copy unforged does."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import forgeries as forge
from tests.helpers.forgeries import SCRIPT
from tests.helpers.tampered_copies import Tamper, honest, stamped
from watermark.models import Claim
from watermark.notice import State
from watermark.pdf.serialization import Name
from watermark.verification.receipt_wording import OVERSTATED
from watermark.verification.verifier import verify_copy

KINDS: dict[str, dict[str, Any]] = {
    "plain": {"pages": 2, "text": "Words of page {number}.", "xmp": True},
    "tagged": {"pages": 2, "tagged": True, "links": True},
    "PDF/A-3b": {"pages": 2, "pdfa": "3b"},
    "encrypted": {"pages": 2, "encryption": {"owner": "", "user": "", "R": 6}},
    "notice in front": {"pages": 2, "notice_page": "front"},
}
WITH_NOTICE = {"notice in front"}
BOX = [0, 0, 595, 842]

FORGERIES: dict[str, tuple[Tamper, Claim]] = {
    "another word": (forge.another_word("Peer reviewed"), Claim.MARKED),
    "two letters changed places": (forge.another_word("Retarcted"), Claim.MARKED),
    "a word of two letters fewer": (forge.another_word("Retract"), Claim.MARKED),
    "a speck in a box of moves": (
        forge.outlines_with(rb"-?\d+ -?\d+ m\n.*h", rb"-2119 -344 m\n2119 308 m\n-40 -40 80 80 re"),
        Claim.MARKED,
    ),
    "a bar through the letters": (forge.outlines_with(rb"\nf", rb"\n-2000 -40 4000 60 re\nf"), Claim.MARKED),
    "other glyphs for the letters of the line": (forge.other_glyphs, Claim.MARKED),
    "a line without a place": (forge.line_with(rb" Tm ", rb" Tm 1 0 0 1 900 900 Tm "), Claim.MARKED),
    "a line of no width": (forge.line_with(rb"100 Tz", rb"1 Tz"), Claim.MARKED),
    "a line that is clipped": (forge.line_with(rb"0 Tr", rb"7 Tr"), Claim.MARKED),
    "a line drawn twice": (forge.line_with(rb"(<[0-9A-F]+> Tj)", rb"\1 \1 \1"), Claim.MARKED),
    "colours of a strange gamma": (
        forge.space_of(b"[/CalRGB<</WhitePoint[.9505 1 1.089]/Gamma[60 60 60]>>]"),
        Claim.FIXITY,
    ),
    "colours of another matrix": (
        forge.space_of(
            b"[/CalRGB<</WhitePoint[.9505 1 1.089]/Gamma[1 1 1]/Matrix[.2 .1 .01 .01 .01 .01 .01 .01 .01]>>]"
        ),
        Claim.FIXITY,
    ),
    "colours in Lab": (
        forge.space_of(b"[/Lab<</WhitePoint[.9505 1 1.089]/Range[-100 100 -100 100]>>]"),
        Claim.FIXITY,
    ),
    "grey of a strange gamma": (
        forge.space_of(b"[/CalGray<</WhitePoint[.9505 1 1.089]/Gamma 60>>]"),
        Claim.FIXITY,
    ),
    "colours of the device": (forge.space_of(b"[/DeviceRGB]"), Claim.FIXITY),
    "a script that nothing leads to": (forge.stray(SCRIPT), Claim.FIXITY),
    "a picture that nothing leads to": (forge.stray({"/Subtype": Name("/Image")}), Claim.FIXITY),
    "a form with private data": (forge.form_entry("/PieceInfo", {}), Claim.FIXITY),
    "a form with metadata": (forge.form_entry("/Metadata", {}), Claim.FIXITY),
    "a line with a reference": (forge.form_entry("/Ref", {}, "/RetractionLine"), Claim.FIXITY),
    "a font under a name of ours": (forge.resource("/Font", "/RetractionX", {}), Claim.FIXITY),
    "a form under a name of ours": (forge.resource("/XObject", "/RetractionEvil", {}), Claim.FIXITY),
    "a font that encodes otherwise": (
        forge.entry("/Encoding", {"/Differences": [32, Name("/a")]}, Type="/Font"),
        Claim.MARKED,
    ),
    "a link that acts of itself": (forge.entry("/AA", {"/E": SCRIPT}, Type="/Annot", Subtype="/Link"), Claim.FIXITY),
    "a link with a face": (forge.entry("/AP", {"/N": {}}, Type="/Annot", Subtype="/Link"), Claim.FIXITY),
    "a form field": (
        forge.annotation({"/Type": Name("/Annot"), "/Subtype": Name("/Widget"), "/Rect": BOX, "/F": 4}),
        Claim.FIXITY,
    ),
    "a link over the page": (
        forge.annotation(
            {
                "/Type": Name("/Annot"),
                "/Subtype": Name("/Link"),
                "/Rect": BOX,
                "/F": 4,
                "/Border": [0, 0, 0],
                "/A": {"/S": Name("/URI"), "/URI": b"https://elsewhere.example/"},
            }
        ),
        Claim.STRUCTURE,
    ),
    "a link elsewhere in the receipt, too": (
        forge.receipt_with(line_link=forge.ELSEWHERE, notice_link=forge.ELSEWHERE),
        Claim.DESCRIBED,
    ),
    "a prefix of no state": (forge.receipt_with(title_prefix="Editors' choice: "), Claim.DESCRIBED),
    "a prefix of another state": (forge.receipt_with(title_prefix="WITHDRAWN: "), Claim.DESCRIBED),
    "a state that is not marked": (forge.receipt_with(state=State.REINSTATEMENT), Claim.DESCRIBED),
    "another notice in the receipt": (forge.receipt_with(notice_digest="0" * 64), Claim.ATTACHED),
    "another number of pages in the receipt": (forge.receipt_with(page_count=9), Claim.STRUCTURE),
    "another word in the receipt": (forge.receipt_with(mark_text="Read me"), Claim.MARKED),
    "no word in the receipt": (forge.receipt_with(mark_text=""), Claim.MARKED),
    "a second title": (
        forge.packet_with("<dc:title>", "<dc:title>Another</dc:title><dc:title>"),
        Claim.DESCRIBED,
    ),
    "an abstract": (
        forge.packet_with("<dc:title>", "<dc:description>Sound</dc:description><dc:title>"),
        Claim.DESCRIBED,
    ),
    "a second event": (
        forge.packet_with(
            r"</rdf:Seq>\s*</xmpMM:History>",
            '<rdf:li rdf:parseType="Resource"><stEvt:action>reinstated</stEvt:action></rdf:li>'
            "</rdf:Seq></xmpMM:History>",
        ),
        Claim.DESCRIBED,
    ),
    "an event with more to say": (
        forge.packet_with("<stEvt:action>", "<stEvt:changed>/</stEvt:changed><stEvt:action>"),
        Claim.DESCRIBED,
    ),
    "metadata with a layer": (forge.entry("/OC", {}, Type="/Metadata"), Claim.FIXITY),
    "a record of a reinstatement": (forge.record_with(state="reinstatement"), Claim.ATTACHED),
    "a record of another original": (
        forge.record_with(original={"sha256": "0" * 64, "size_bytes": 1, "pages": 2}),
        Claim.ATTACHED,
    ),
    "a record of another notice": (forge.record_with(notice={"state": "retraction"}), Claim.ATTACHED),
    "a record of another match": (forge.record_with(match={"result": "match"}), Claim.ATTACHED),
    "a record of another time": (forge.record_with(marked_at="2020-01-01T00:00:00Z"), Claim.ATTACHED),
    "a record that is none": (forge.file_with("retraction.json", b"[]"), Claim.ATTACHED),
    "a notice that is a program by its name": (forge.renamed("notice.txt", "notice.pdf.exe"), Claim.ATTACHED),
    "a record under another name": (forge.renamed("retraction.json", "data.json"), Claim.ATTACHED),
    "a notice document that is no PDF": (forge.file_with("retraction-notice.pdf", b"MZ"), Claim.ATTACHED),
    "a notice of another type": (
        forge.stream_entry("notice.txt", "/Subtype", Name("/application/x-msdownload")),
        Claim.ATTACHED,
    ),
    "a file with a thumbnail": (forge.file_entry("notice.txt", "/Thumb", {}), Claim.FIXITY),
    "a file with further files": (forge.file_entry("notice.txt", "/RF", {"/F": []}), Claim.FIXITY),
    "a file described as something else": (forge.file_entry("notice.txt", "/Desc", "Approval"), Claim.ATTACHED),
    "a file that is the source": (
        forge.file_entry("notice.txt", "/AFRelationship", Name("/Source")),
        Claim.ATTACHED,
    ),
    "an embedded file with a script": (forge.stream_entry("notice.txt", "/AA", SCRIPT), Claim.FIXITY),
}
OF_TAGS: dict[str, tuple[Tamper, Claim]] = {
    "an element that claims content of the article": (forge.claims_content, Claim.FIXITY),
    "an element with other words": (forge.element_with("/ActualText", "Approved"), Claim.FIXITY),
    "an element with a description": (forge.element_with("/Alt", "Approved"), Claim.FIXITY),
    "an element with an expansion": (forge.element_with("/E", "Approved"), Claim.FIXITY),
    "an element of a strange role": (forge.element_with("/S", Name("/Form")), Claim.FIXITY),
}
OF_NOTICE_PAGES: dict[str, tuple[Tamper, Claim]] = {
    "a script when the page opens": (forge.notice_page_entry("/AA", {"/O": SCRIPT}), Claim.FIXITY),
    "a page that turns itself": (forge.notice_page_entry("/Dur", 1), Claim.FIXITY),
    "another content": (forge.notice_content, Claim.FIXITY),
    "one page more": (forge.more_notice_pages, Claim.FIXITY),
    "a link that starts a program": (
        forge.notice_annotation(
            {
                "/Type": Name("/Annot"),
                "/Subtype": Name("/Link"),
                "/Rect": BOX,
                "/A": {"/S": Name("/Launch"), "/F": b"x.exe"},
            }
        ),
        Claim.FIXITY,
    ),
    "a link with a script": (
        forge.notice_annotation(
            {
                "/Type": Name("/Annot"),
                "/Subtype": Name("/Link"),
                "/Rect": BOX,
                "/A": {"/S": Name("/URI"), "/URI": b"javascript:alert(1)"},
            }
        ),
        Claim.FIXITY,
    ),
    "a form field on the notice": (
        forge.notice_annotation(
            {"/Type": Name("/Annot"), "/Subtype": Name("/Widget"), "/FT": Name("/Tx"), "/T": b"pw", "/Rect": BOX}
        ),
        Claim.FIXITY,
    ),
    "a film": (
        forge.notice_annotation({"/Type": Name("/Annot"), "/Subtype": Name("/RichMedia"), "/Rect": BOX}),
        Claim.FIXITY,
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_copy_that_is_not_forged_verifies(tmp_path: Path, kind: str) -> None:
    report = verify_copy(stamped(tmp_path, honest, **KINDS[kind]))
    assert report.failures == ()
    assert report.passed


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_copy_does_not_verify(tmp_path: Path, kind: str, forgery: str) -> None:
    tamper, claim = FORGERIES[forgery]
    report = verify_copy(stamped(tmp_path, tamper, **KINDS[kind]))
    assert claim in {finding.claim for finding in report.failures}


@pytest.mark.parametrize("forgery", OF_TAGS)
def test_a_copy_with_forged_tags_does_not_verify(tmp_path: Path, forgery: str) -> None:
    tamper, claim = OF_TAGS[forgery]
    report = verify_copy(stamped(tmp_path, tamper, **KINDS["tagged"]))
    assert claim in {finding.claim for finding in report.failures}


@pytest.mark.parametrize("forgery", OF_NOTICE_PAGES)
def test_a_copy_with_forged_notice_pages_does_not_verify(tmp_path: Path, forgery: str) -> None:
    tamper, claim = OF_NOTICE_PAGES[forgery]
    report = verify_copy(stamped(tmp_path, tamper, **KINDS["notice in front"]))
    assert claim in {finding.claim for finding in report.failures}


def stating(key: str, value: str) -> Tamper:
    """Let the receipt state another contrast, with the identifier that follows from it."""

    def change(data: bytes) -> bytes:
        text = re.sub(rf'("{key}": ?)"[0-9.]+"', rf'\1"{value}"', data.decode())
        return forge.with_its_identifier(text).encode()

    return lambda draft: forge.rewrite(draft, forge.packet(draft), change)


@pytest.mark.parametrize(
    ("key", "value", "is_found"),
    [
        ("median", "21.00", True),
        ("nine_of_ten", "2.00", True),
        ("line", "12.00", True),
        ("line", "best", True),
        ("median", "1.49", False),
        ("line", "6.30", False),
    ],
)
def test_a_receipt_cannot_state_a_contrast_that_a_page_does_not_have(
    tmp_path: Path, key: str, value: str, *, is_found: bool
) -> None:
    failures = verify_copy(stamped(tmp_path, stating(key, value), **KINDS["plain"])).failures
    assert {finding.code for finding in failures} == ({OVERSTATED} if is_found else set())
