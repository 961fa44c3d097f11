"""Nothing can be put into an object that a marking writes or changes: each entry that viewers act on is tried."""

from pathlib import Path
from typing import Any

import pytest

from tests.helpers import forgeries as forge
from tests.helpers.forgeries import SCRIPT
from tests.helpers.tampered_copies import NOTICE_FILE, Tamper, honest, stamped, stamped_rebuilt
from tests.verification.test_forged_copies import FORGERIES
from watermark.models import Claim, Status
from watermark.pdf.serialization import Name, Value
from watermark.stamping.reproduction import Given, verify_and_reproduce
from watermark.verification.embedded_files import NOTICE_NOT_COMPARED
from watermark.verification.verifier import verify_copy

LINKED: dict[str, Any] = {"pages": 2, "text": "Words of page {number}.", "links": True}
OTHER_KINDS: dict[str, dict[str, Any]] = {
    "PDF/A-2b": LINKED | {"pdfa": "2b"},
    "PDF/A-3b": LINKED | {"pdfa": "3b"},
    "tagged": LINKED | {"tagged": True, "xmp": True},
    "encrypted with AES-256": LINKED | {"xmp": True, "encryption": {"owner": "an owner", "user": "", "R": 6}},
    "encrypted with AES-128": LINKED | {"xmp": True, "encryption": {"owner": "an owner", "user": "", "R": 4}},
    "with a notice page": LINKED | {"xmp": True, "notice_page": "back"},
}
GIVEN = Given(notice=NOTICE_FILE)
PAGE = {"pages": 2, "text": "Words of page {number}.", "xmp": True, "links": True}
OF_PAGES: dict[str, Value] = {
    "/AA": {"/O": SCRIPT},
    "/Trans": {"/S": Name("/Dissolve"), "/D": 9},
    "/Dur": 1,
    "/Thumb": {},
    "/Metadata": {},
    "/PieceInfo": {},
    "/UserUnit": 9,
    "/VP": [{"/BBox": [0, 0, 9, 9]}],
    "/B": [],
    "/PZ": 2,
    "/Tabs": Name("/S"),
    "/TemplateInstantiated": Name("/T"),
    "/PresSteps": {},
    "/SeparationInfo": {},
    "/BoxColorInfo": {},
    "/ArtBox": [0, 0, 9, 9],
    "/StructParents": 77,
    "/OutputIntents": [],
}
OF_CATALOGS: dict[str, Value] = {
    "/OpenAction": SCRIPT,
    "/AA": {"/WC": SCRIPT},
    "/AcroForm": {"/Fields": [], "/NeedAppearances": 1},
    "/Collection": {"/D": b"notice.txt", "/View": Name("/T")},
    "/Threads": [],
    "/SpiderInfo": {},
    "/Legal": {"/Attestation": b"approved"},
    "/Requirements": [],
    "/NeedsRendering": 1,
    "/URI": {"/Base": b"https://elsewhere.example/"},
    "/Lang": "xx",
    "/PageMode": Name("/FullScreen"),
    "/PageLayout": Name("/TwoPageRight"),
    "/ViewerPreferences": {"/HideToolbar": 1},
    "/OCProperties": {"/OCGs": [], "/D": {}},
    "/Perms": {},
    "/DSS": {},
    "/OutputIntents": [],
    "/Extensions": {},
    "/Dests": {},
    "/PieceInfo": {},
    "/StructTreeRoot": {"/Type": Name("/StructTreeRoot")},
}
OF_LINKS: dict[str, Value] = {
    "/F": 2,
    "/PA": SCRIPT,
    "/QuadPoints": [0, 0, 9, 0, 9, 9, 0, 9],
    "/BS": {"/W": 900},
    "/Border": [0, 0, 900],
    "/C": [1, 1, 1],
    "/H": Name("/I"),
    "/Dest": [0, Name("/Fit")],
    "/OC": {},
    "/Popup": {},
    "/AS": Name("/On"),
    "/NM": "x",
}
OF_FORMS: dict[str, Value] = {
    "/Group": {"/S": Name("/Transparency"), "/K": 1},
    "/Matrix": [0, 0, 0, 0, 0, 0],
    "/OC": {},
    "/OPI": {},
    "/StructParents": 5,
    "/LastModified": "D:20200101000000Z",
    "/Measure": {},
    "/PS": {},
    "/Filter": [Name("/FlateDecode"), Name("/FlateDecode")],
    "/F": "elsewhere",
}
IN_PACKETS = {
    "another creator": ("<dc:title>", "<dc:creator><rdf:Seq><rdf:li>X</rdf:li></rdf:Seq></dc:creator><dc:title>"),
    "a claim of conformance": ("<dc:title>", "<pdfaid:part xmlns:pdfaid='http://www.aiim.org/pdfa/ns/id/'>2</pdfaid:part><dc:title>"),
    "an instruction": ("<x:xmpmeta", "<?xml-stylesheet href='https://elsewhere.example/'?><x:xmpmeta"),
    "an identifier": ("<dc:title>", "<prism:doi xmlns:prism='http://prismstandard.org/namespaces/basic/2.0/'>10.5555/x</prism:doi><dc:title>"),
    "rights": ("<dc:title>", "<xmpRights:UsageTerms xmlns:xmpRights='http://ns.adobe.com/xap/1.0/rights/'>x</xmpRights:UsageTerms><dc:title>"),
}  # fmt: skip


ENTRIES: dict[str, Tamper] = {
    **{f"page {key}": forge.entry(key, value, Type="/Page") for key, value in OF_PAGES.items()},
    **{f"catalog {key}": forge.entry(key, value, Type="/Catalog") for key, value in OF_CATALOGS.items()},
    **{f"link {key}": forge.entry(key, value, Type="/Annot", Subtype="/Link") for key, value in OF_LINKS.items()},
    **{f"letters {key}": forge.form_entry(key, value) for key, value in OF_FORMS.items()},
    **{f"line {key}": forge.form_entry(key, value, "/RetractionLine") for key, value in OF_FORMS.items()},
    **{f"packet: {name}": forge.packet_with(*change) for name, change in IN_PACKETS.items()},
}


def test_the_copy_with_nothing_put_in_verifies(tmp_path: Path) -> None:
    assert verify_copy(stamped(tmp_path, honest, **PAGE)).passed


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_that_is_put_in_is_found(tmp_path: Path, entry: str) -> None:
    copy = stamped(tmp_path, ENTRIES[entry], **PAGE)
    assert verify_copy(copy).failures
    assert verify_and_reproduce(copy).failures


@pytest.mark.slow
@pytest.mark.parametrize("kind", OTHER_KINDS)
@pytest.mark.parametrize("forgery", [*FORGERIES, *ENTRIES])
def test_a_forged_copy_of_another_kind_does_not_verify(tmp_path: Path, forgery: str, kind: str) -> None:
    tamper = FORGERIES[forgery][0] if forgery in FORGERIES else ENTRIES[forgery]
    if (forgery, kind) == ("page /Tabs", "tagged"):
        pytest.skip("the pages of a tagged article have this entry")
    try:
        copy = stamped(tmp_path, tamper, **OTHER_KINDS[kind])
    except AssertionError:
        assert kind == "PDF/A-2b"
        pytest.skip("the files that are changed may not be inside a copy of this level")
    if (forgery, kind) == ("another notice in the receipt", "PDF/A-2b"):
        _requires_the_notice(copy)
        return
    assert verify_copy(copy).failures
    assert verify_and_reproduce(copy).failures


def _requires_the_notice(copy: Path) -> None:
    """Assert that a copy that holds no record is not verified without its notice, says why, and fails with it."""
    attached = next(found for found in verify_copy(copy).findings if found.claim is Claim.ATTACHED)
    assert NOTICE_NOT_COMPARED in attached.message
    report = verify_and_reproduce(copy)
    assert not report.passed
    assert report.status_of(Claim.REPRODUCED) is Status.NOT_CHECKED
    assert verify_and_reproduce(copy, given=GIVEN).failures


@pytest.mark.slow
@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_a_copy_of_another_kind_with_nothing_put_in_verifies(tmp_path: Path, kind: str) -> None:
    copy = stamped(tmp_path, **OTHER_KINDS[kind])
    assert verify_copy(copy).passed
    assert verify_and_reproduce(copy, given=GIVEN).passed


@pytest.mark.slow
@pytest.mark.parametrize("is_linear", [False, True], ids=["rebuilt", "linearized"])
@pytest.mark.parametrize("forgery", [*FORGERIES, *ENTRIES])
def test_a_forged_copy_of_a_rebuilt_article_does_not_verify(tmp_path: Path, forgery: str, *, is_linear: bool) -> None:
    tamper = FORGERIES[forgery][0] if forgery in FORGERIES else ENTRIES[forgery]
    if is_linear and "nothing leads to" in forgery:
        pytest.skip("an object that nothing leads to is left out when a file is linearized")
    copy = stamped_rebuilt(tmp_path, tamper, is_linear=is_linear, **PAGE)
    assert verify_and_reproduce(copy).failures


@pytest.mark.slow
@pytest.mark.parametrize("is_linear", [False, True], ids=["rebuilt", "linearized"])
def test_a_rebuilt_copy_with_nothing_put_in_is_written_again(tmp_path: Path, *, is_linear: bool) -> None:
    report = verify_and_reproduce(stamped_rebuilt(tmp_path, is_linear=is_linear, **PAGE))
    assert not report.failures
    assert report.findings[-1].code == "reproduced.same"
