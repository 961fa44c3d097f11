"""Articles that other programs wrote in odd ways are marked, and what is odd in them stays as it was."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from tests.helpers import tampered_copies
from tests.helpers.build import build
from tests.helpers.pieces.archival import xmp_packet
from tests.stamping.test_pipeline import TITLE, given, request_for, stamped
from watermark.article import identify
from watermark.models import Claim, Result
from watermark.notice import State
from watermark.pdf.serialization import Name, Raw
from watermark.pdf.xmp.packet import read_packet
from watermark.stamping.mark.pages import form_xobjects
from watermark.stamping.metadata import title_prefix
from watermark.stamping.pipeline import plan_outcome, stamp_outcome
from watermark.stamping.plan import IsolationMethod, planner
from watermark.verification import pypdf_document
from watermark.verification.verifier import verify_copy

ARTICLE = {"pages": 2, "text": [TITLE, "Page two."], "info": {"/Title": TITLE}}
UTF_16 = "RETRACTED: ".encode("utf-16-be")


def info_title(path: str) -> bytes:
    with pikepdf.open(path) as copy:
        return bytes(copy.trailer["/Info"]["/Title"])


@pytest.mark.parametrize(
    ("title", "prefixed"),
    [
        (b"<FEFF004600>", b"\xfe\xff" + UTF_16 + b"\0F\0"),
        (b"<FEFF0046D800>", b"\xfe\xff" + UTF_16 + b"\0F\xd8\0"),
        (b"<FFFE4600>", b"\xff\xfe" + "RETRACTED: ".encode("utf-16-le") + b"F\0"),
        (b"<EFBBBF46C3A9>", b"\xef\xbb\xbfRETRACTED: F\xc3\xa9"),
        (b"<EFBBBF46FF>", b"\xfe\xff" + UTF_16 + b"\0F\xff\xfd"),
        (b"(Field\\177study)", b"RETRACTED: Field\x7fstudy"),
        (b"<46C3A9>", b"RETRACTED: F\xc3\xa9"),
        (b"<4618199FAD>", b"RETRACTED: F\x18\x19\x9f\xad"),
    ],
)
def test_a_title_keeps_its_bytes_behind_the_prefix_however_readers_decode_them(
    tmp_path: Path, title: bytes, prefixed: bytes
) -> None:
    outcome = stamped(
        replace(request_for(tmp_path, **ARTICLE | {"info": {"/Title": Raw(title)}}), match_override_reason="x")
    )
    assert info_title(outcome.copy) == prefixed


def test_a_title_that_is_a_name_is_ignored(tmp_path: Path) -> None:
    outcome = stamped(
        replace(request_for(tmp_path, **ARTICLE | {"info": {"/Title": Name("/AName")}}), match_override_reason="x")
    )
    assert info_title(outcome.copy) == f"RETRACTED: {TITLE}".encode()


def test_elements_in_a_title_stay_in_it(tmp_path: Path) -> None:
    packet = xmp_packet("x").replace(b">x<", b">A <i>study</i> of mice<", 1)
    with pikepdf.open(stamped(request_for(tmp_path, **ARTICLE, xmp=packet)).copy) as copy:
        assert b">RETRACTED: A <i>study</i> of mice<" in copy.Root.Metadata.read_bytes()


BROKEN = {
    "an ampersand": xmp_packet("Salt & pepper").replace(b"&amp;", b"&"),
    "a control character": xmp_packet("x").replace(b">x<", b">x\x0by<", 1),
    "a namespace that is not declared": xmp_packet("x").replace(b">x<", b">x<foo:bar/><", 1),
    "an end that is missing": xmp_packet("x").split(b"</rdf:RDF>")[0],
    "a title that stands twice": xmp_packet("x").replace(b"<pdf:P", b"<dc:title>2</dc:title><pdf:P"),
    "no rdf:RDF": b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>",
}


@pytest.mark.parametrize("packet", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_packet_is_kept_as_a_file_and_a_new_one_is_written(tmp_path: Path, packet: bytes) -> None:
    info = {"/Title": TITLE, "/Author": "A. Author", "/Subject": "Mice", "/Keywords": "a, b", "/Creator": "TeX"}
    asked = request_for(tmp_path, **ARTICLE | {"info": info}, xmp=packet)
    outcome = stamped(asked)
    assert verify_copy(Path(outcome.copy)).passed
    assert ["original packet is kept" in item.value for item in outcome.decisions if item.name == "XMP metadata"] == [
        True
    ]
    with pikepdf.open(outcome.copy) as copy:
        assert copy.attachments["original-metadata.xml"].get_file().read_bytes() == packet
        written = copy.Root.Metadata.read_bytes()
        read_packet(written)
        for value in (f"RETRACTED: {TITLE}", "A. Author", "Mice", "a, b", "TeX"):
            assert f">{value}<".encode() in written


def test_an_empty_packet_is_written_new(tmp_path: Path) -> None:
    assert stamped(request_for(tmp_path, **ARTICLE, xmp=b" ")).report.passed  # type: ignore[union-attr]


def test_a_broken_packet_of_an_archival_file_is_refused(tmp_path: Path) -> None:
    original = build(pdfa="2b", info={"/Title": TITLE})
    broken = re.sub(rb"</rdf:RDF>", b"</rdf:XXX>", original)
    asked = request_for(tmp_path)
    asked.article.write_bytes(broken)
    outcome = stamp_outcome(asked, tmp_path / "copy.pdf")
    assert (outcome.result, outcome.code) == (Result.REFUSED, "damaged")


def test_the_verifier_objects_to_a_new_packet_where_the_old_one_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planner, "packet_fault", lambda _: "it is said to be broken")
    packet = xmp_packet("x").replace(b"<pdf:P", b"<xmp:Rating>5</xmp:Rating><pdf:P")
    outcome = stamp_outcome(request_for(tmp_path, **ARTICLE, xmp=packet), tmp_path / "c.pdf")
    assert outcome.report is not None
    assert outcome.report.status_of(Claim.DESCRIBED) == "failed"


def test_the_verifier_objects_when_a_broken_packet_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planner, "kept_packet", lambda *_: ())
    asked = request_for(tmp_path, **ARTICLE, xmp=BROKEN["an ampersand"])
    outcome = stamp_outcome(asked, tmp_path / "c.pdf")
    assert outcome.report is not None
    assert outcome.report.status_of(Claim.DESCRIBED) == "not checked"


@pytest.mark.parametrize("name", ["ModifyDate", "MetadataDate"])
def test_a_time_that_appears_twice_appears_once_afterwards(tmp_path: Path, name: str) -> None:
    twice = f"<xmp:{name}>2020-01-01</xmp:{name}><xmp:{name}>2021-01-01</xmp:{name}>".encode()
    packet = re.sub(rb"<xmp:%b>.*?</xmp:%b>" % (name.encode(), name.encode()), b"", xmp_packet("x"))
    packet = packet.replace(b"<pdf:P", twice + b"<pdf:P", 1)
    with pikepdf.open(stamped(request_for(tmp_path, **ARTICLE, xmp=packet)).copy) as copy:
        assert copy.Root.Metadata.read_bytes().count(f"<xmp:{name}>".encode()) == 1


RIGHTS = {
    "/Type": Name("/Sig"),
    "/Filter": Name("/Adobe.PPKLite"),
    "/SubFilter": Name("/adbe.pkcs7.detached"),
    "/ByteRange": [0, 100, 300, 200],
    "/Contents": Raw(b"<" + b"30" * 64 + b">"),
    "/Reference": [
        {
            "/Type": Name("/SigRef"),
            "/TransformMethod": Name("/UR3"),
            "/TransformParams": {
                "/Document": [Name("/FullSave")],
                "/V": Name("/2.2"),
            },
        }
    ],
}
USAGE_RIGHTS: dict[str, dict[str, object]] = {
    "UR3": {"/UR3": RIGHTS},
    "UR": {"/UR": RIGHTS},
    "both": {"/UR": RIGHTS, "/UR3": RIGHTS},
    "an empty dictionary": {"/UR3": {}},
    "a range behind the end of the file": {"/UR3": {**RIGHTS, "/ByteRange": [0, 10**9, 2 * 10**9, 5]}},
    "a range of the wrong kind": {"/UR3": {**RIGHTS, "/ByteRange": Name("/x")}},
    "no contents": {"/UR3": {"/Type": Name("/Sig"), "/Reference": [None, 7]}},
    "a string": {"/UR3": "rights"},
    "an entry of no known name": {"/UR3": RIGHTS, "/XX": RIGHTS},
    "the words of a certification in it": {"/UR3": {**RIGHTS, "/Reference": [{"/TransformMethod": Name("/DocMDP")}]}},
}
OTHER_FILES: dict[str, dict[str, object]] = {
    "as a table": {},
    "as a stream": {"xref": "stream", "object_streams": True},
    "after updates": {"revisions": 2},
    "with a form": {"form_field": True},
    "encrypted with AES-256": {"encryption": {"owner": "o", "user": "", "R": 6}},
    "encrypted with AES-128": {"encryption": {"owner": "o", "user": "", "R": 4}},
    "encrypted with RC4": {"encryption": {"owner": "o", "user": "", "R": 3, "metadata": False, "aes": False}},
}


def _perms_of(path: Path | str) -> object:
    with pikepdf.open(path) as document:
        return document.Root.Perms.unparse(resolved=True)


@pytest.mark.parametrize("perms", USAGE_RIGHTS.values(), ids=USAGE_RIGHTS.keys())
def test_usage_rights_are_not_a_signature_and_what_is_lost_is_reported(
    tmp_path: Path, perms: dict[str, object]
) -> None:
    asked = request_for(tmp_path, **ARTICLE, catalog={"/Perms": perms})
    outcome = stamped(asked)
    assert ["Adobe Reader" in item.value for item in outcome.decisions if item.name == "usage rights"] == [True]
    assert _perms_of(outcome.copy) == _perms_of(asked.article)


@pytest.mark.parametrize("peculiarities", OTHER_FILES.values(), ids=OTHER_FILES.keys())
def test_usage_rights_are_found_in_every_kind_of_file(tmp_path: Path, peculiarities: dict[str, object]) -> None:
    asked = request_for(tmp_path, **ARTICLE, catalog={"/Perms": {"/UR3": RIGHTS}}, **peculiarities)
    with pikepdf.open(asked.article, allow_overwriting_input=True) as document:
        if not peculiarities:  # references from reference to reference
            document.Root.Perms.UR3 = document.make_indirect(document.Root.Perms.UR3)
            document.Root.Perms = document.make_indirect(document.Root.Perms)
            document.save(asked.article)
    outcome = stamped(replace(asked, match_override_reason="x"))
    assert [item.name for item in outcome.decisions if item.name == "usage rights"]
    assert _perms_of(outcome.copy) == _perms_of(asked.article)


@pytest.mark.parametrize("perms", [{}, {"/UR3": None}, {"/UR3": Raw(b"4000 0 R")}, None, [], "UR3"])
def test_permissions_without_usage_rights_are_none(tmp_path: Path, perms: object) -> None:
    outcome = stamped(request_for(tmp_path, **ARTICLE, catalog={"/Perms": perms}))
    assert not [item for item in outcome.decisions if item.name == "usage rights"]


@pytest.mark.parametrize("key", ["/UR3", "/UR"])
def test_usage_rights_beside_a_certification_are_refused(tmp_path: Path, key: str) -> None:
    asked = request_for(tmp_path, **ARTICLE, catalog={"/Perms": {key: RIGHTS, "/DocMDP": RIGHTS}})
    assert stamp_outcome(asked, tmp_path / "copy.pdf").code == "signed"
    outcome = stamped(replace(asked, allow_signed=True))
    assert {item.name for item in outcome.decisions} >= {"usage rights", "signature"}


@pytest.mark.parametrize(("level", "code"), [("1b", ""), ("2b", "not-kept-archivable"), ("3b", "not-kept-archivable")])
def test_usage_rights_are_refused_where_the_archival_level_allows_no_change_behind_them(
    tmp_path: Path, level: str, code: str
) -> None:
    asked = request_for(tmp_path, pdfa=level, catalog={"/Perms": {"/UR3": RIGHTS}})
    assert stamp_outcome(asked, tmp_path / "copy.pdf").code == code


def test_usage_rights_beside_a_signature_are_refused(tmp_path: Path) -> None:
    asked = request_for(tmp_path, **ARTICLE, signed=True)
    assert stamp_outcome(asked, tmp_path / "copy.pdf").code == "signed"


@pytest.mark.parametrize("form", [[], [None], Raw(b"null")])
def test_a_form_with_an_empty_xfa_entry_is_not_an_xfa_form(tmp_path: Path, form: object) -> None:
    stamped(request_for(tmp_path, **ARTICLE, catalog={"/AcroForm": {"/XFA": form, "/Fields": []}}))


def test_an_object_that_was_freed_counts_as_absent_for_both_readers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = request_for(tmp_path, **ARTICLE, resources="shared", resource_entries={"/Pattern": {}})
    data = asked.article.read_bytes()
    with pikepdf.open(io.BytesIO(data)) as document:
        number = document.pages[0].obj.Resources.objgen[0]
        size, root = int(document.trailer.Size), document.Root.objgen[0]
    start = int(data.rsplit(b"startxref", 1)[1].split()[0])
    more = b"xref\n%d 1\n0000000000 00001 f \ntrailer\n<</Size %d/Root %d 0 R/Prev %d>>\n" % (number, size, root, start)
    asked.article.write_bytes(data + more + b"startxref\n%d\n%%%%EOF\n" % len(data))
    assert stamp_outcome(replace(asked, match_override_reason="x"), tmp_path / "copy.pdf").result is Result.MARKED
    monkeypatch.setattr(pypdf_document, "_forget_freed_objects", lambda _: None)
    assert not verify_copy(tmp_path / "copy.pdf").passed


DESTINATIONS = {
    "an outline": {"/Outlines": {"/First": {"/Title": "x", "/Dest": [1, Name("/Fit")]}}},
    "an opening action": {"/OpenAction": {"/S": Name("/GoTo"), "/D": [1, Name("/XYZ"), 0, 0, 0]}},
    "a named destination": {"/Dests": {"/here": [1, Name("/FitH"), 700]}},
    "a name tree": {"/Names": {"/Dests": {"/Names": ["here", {"/D": [0, Name("/FitBV"), 1]}]}}},
}


def _without_info_in_the_last_trailer(path: Path) -> None:
    data = path.read_bytes()
    with pikepdf.open(path) as document:
        size, root = document.trailer["/Size"], document.Root.objgen[0]
    start = int(data.rsplit(b"startxref", 1)[1].split()[0])
    more = b"xref\n0 0\ntrailer\n<</Size %d/Root %d 0 R/Prev %d>>\n" % (size, root, start)
    path.write_bytes(data + more + b"startxref\n%d\n%%%%EOF\n" % len(data))


@pytest.mark.parametrize("title", [b"(Microsoft Word - ms01.doc)", b"(RETRACTED: An older title)", b"( )"])
def test_a_title_that_only_an_older_trailer_names_is_ignored(tmp_path: Path, title: bytes) -> None:
    asked = replace(request_for(tmp_path, **ARTICLE | {"info": {"/Title": Raw(title)}}), match_override_reason="x")
    _without_info_in_the_last_trailer(asked.article)
    assert info_title(stamped(asked).copy) == f"RETRACTED: {TITLE}".encode()


def test_the_verifier_objects_to_any_other_title_where_the_last_trailer_names_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = replace(
        request_for(tmp_path, **ARTICLE | {"info": {"/Title": "An older title"}}), match_override_reason="x"
    )
    _without_info_in_the_last_trailer(asked.article)
    monkeypatch.setattr(title_prefix.Info, "set_title", lambda info, _: info._changes.update({"/Title": TITLE}))
    outcome = stamp_outcome(asked, tmp_path / "copy.pdf")
    assert "the title in Info is not" in outcome.reason


@pytest.mark.parametrize("catalog", DESTINATIONS.values(), ids=DESTINATIONS.keys())
def test_a_notice_page_in_front_is_refused_where_destinations_count_pages(
    tmp_path: Path, catalog: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = replace(request_for(tmp_path, **ARTICLE, catalog=catalog), notice_page="front")
    for outcome in (stamp_outcome(asked, tmp_path / "copy.pdf"), plan_outcome(asked)):
        assert "links to a page by number" in outcome.reason
    stamped(replace(asked, notice_page="back"), "back.pdf")
    monkeypatch.setattr("watermark.stamping.pipeline.refuse_numbered_destinations", lambda *_: None)
    outcome = stamp_outcome(asked, tmp_path / "copy.pdf")
    assert outcome.report is not None
    assert outcome.report.status_of(Claim.STRUCTURE) == "failed"


def test_a_page_number_in_another_file_does_not_keep_the_notice_from_the_front(tmp_path: Path) -> None:
    action = {"/S": Name("/GoToR"), "/F": "other.pdf", "/D": [1, Name("/Fit")]}
    catalog = {"/Outlines": {"/First": {"/Title": "x", "/A": action}}}
    stamped(replace(request_for(tmp_path, **ARTICLE, catalog=catalog), notice_page="front"))


NOT_UTF_8 = Raw(b"(\xef\xbb\xbfA\xff)")
"""A string that says UTF-8, and is not."""
NOT_UTF_8_NAME = Raw(b"/#DCbung")
LINK = {"/Type": Name("/Annot"), "/Subtype": Name("/Link"), "/Rect": [50, 20, 150, 30]}
WITH_ODD_TEXTS: dict[str, dict[str, object]] = {
    "the address of a link": {"page_entries": {"/Annots": [LINK | {"/A": {"/S": Name("/URI"), "/URI": NOT_UTF_8}}]}},
    "the key of a file": {"catalog": {"/Names": {"/EmbeddedFiles": {"/Names": [NOT_UTF_8, {"/F": "a"}]}}}},
    "the name of a file": {"catalog": {"/Names": {"/EmbeddedFiles": {"/Names": ["a", {"/UF": NOT_UTF_8}]}}}},
    "a page label": {"pdfa": "1b", "catalog": {"/PageLabels": {"/Nums": [0, {"/S": Name("/D"), "/P": NOT_UTF_8}]}}},
    "a language": {"catalog": {"/Lang": NOT_UTF_8}},
    "a blend mode": {
        "page_entries": {"/Group": {"/S": Name("/Transparency"), "/CS": Name("/DeviceCMYK")}},
        "resource_entries": {"/ExtGState": {"/Own": {"/BM": NOT_UTF_8_NAME}}},
    },
}


@pytest.mark.parametrize("odd", WITH_ODD_TEXTS.values(), ids=WITH_ODD_TEXTS.keys())
def test_a_text_or_name_that_is_not_the_utf_8_that_it_says_is_no_damage(tmp_path: Path, odd: dict[str, object]) -> None:
    asked = request_for(tmp_path, **ARTICLE | odd)
    assert identify(asked.article).titles
    stamped(asked)


def test_a_structure_whose_one_element_has_a_role_that_is_not_utf_8_is_tagged(tmp_path: Path) -> None:
    asked = request_for(tmp_path, **ARTICLE, tagged=True)
    data = asked.article.read_bytes()
    assert data.count(b"/Document") == 1
    asked.article.write_bytes(data.replace(b"/Document", b"/#DCbung "))
    stamped(asked)


KNOCKOUT = {"/Group": {"/S": Name("/Transparency"), "/CS": Name("/DeviceRGB"), "/I": True, "/K": True}}


def test_the_mark_takes_no_part_in_a_knockout_group(tmp_path: Path) -> None:
    asked = request_for(tmp_path, **ARTICLE, page_entries=KNOCKOUT)
    outcome = stamped(asked)
    assert ["knockout" in item.reason for item in outcome.decisions if item.name in {"content", "mark"}] == [True, True]
    assert outcome.receipt is not None
    assert outcome.receipt.stroke_points  # opaque outlines: some viewers draw annotations inside the group, too
    with pikepdf.open(outcome.copy) as copy:
        assert [page.obj.Annots[-1].Subtype for page in copy.pages] == ["/Watermark", "/Watermark"]


def test_the_verifier_objects_to_a_mark_in_a_knockout_group(tmp_path: Path) -> None:
    copy = tampered_copies.stamped(tmp_path, methods={1: IsolationMethod.WRAP}, page_entries=KNOCKOUT)
    assert "knockout group" in tampered_copies.complaints(verify_copy(copy), Claim.MARKED)


@pytest.mark.parametrize(("version", "named"), [("1.3", "1.4"), ("1.4", None), ("1.5", None)])
def test_layers_without_a_configuration_are_kept_from_a_version_that_requires_one(
    tmp_path: Path, version: str, named: str | None
) -> None:
    layers = {"/OCProperties": {"/OCGs": []}}
    outcome = stamped(request_for(tmp_path, **ARTICLE, catalog=layers, version=version))
    with pikepdf.open(outcome.copy) as copy:
        assert copy.Root.get("/Version") == (named and f"/{named}")


@pytest.mark.parametrize("space", ["/DeviceGray", "/DeviceCMYK"])
def test_a_page_keeps_its_colours_where_its_group_has_others(tmp_path: Path, space: str) -> None:
    group = {"/Group": {"/S": Name("/Transparency"), "/CS": Name(space)}}
    outcome = stamped(request_for(tmp_path, **ARTICLE, page_entries=group))
    assert outcome.receipt is not None
    assert outcome.receipt.stroke_points  # opaque: Ghostscript uses the group only where something is translucent
    assert any("would change the colours of page" in item.reason for item in outcome.decisions)


@pytest.mark.parametrize("end", ["mice-", "mice\xad"])
def test_no_reader_joins_a_word_with_the_line_where_the_text_ends_in_a_hyphen(tmp_path: Path, end: str) -> None:
    import pypdfium2  # noqa: PLC0415 - what it makes of the text is what is asked

    outcome = stamped(request_for(tmp_path, **ARTICLE | {"text": [f"{TITLE} in {end}", "Page two."]}))
    text = pypdfium2.PdfDocument(outcome.copy)[0].get_textpage().get_text_range()
    assert "\ufffe" not in text
    assert "mice" in text


def test_the_line_begins_with_a_space_for_the_sake_of_hyphens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2  # noqa: PLC0415 - as above

    monkeypatch.setattr(form_xobjects, "BEFORE", "")
    outcome = stamped(request_for(tmp_path, **ARTICLE | {"text": [f"{TITLE} in mice-", "Page two."]}))
    assert "\ufffe" in pypdfium2.PdfDocument(outcome.copy)[0].get_textpage().get_text_range()


def test_every_state_can_be_read_behind_a_title_in_utf_16(tmp_path: Path) -> None:
    title = Raw(b"<FEFF00460046>")
    asked = request_for(tmp_path, **ARTICLE | {"info": {"/Title": title}})
    asked = replace(asked, notice=given(State.EXPRESSION_OF_CONCERN), match_override_reason="x")
    assert info_title(stamped(asked).copy) == b"\xfe\xff" + "EXPRESSION OF CONCERN: FF".encode("utf-16-be")


def with_field(kind: bytes, rectangle: tuple[int, int, int, int]) -> bytes:
    """Return an article of one page with a form field that has a white appearance over a part of it."""
    with pikepdf.open(io.BytesIO(build(**ARTICLE | {"pages": 1}))) as document:
        left, bottom, right, top = rectangle
        painted = b"1 g 0 0 %d %d re f" % (right - left, top - bottom)
        face = document.make_stream(painted)
        face.Type, face.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        face.BBox = pikepdf.Array([0, 0, right - left, top - bottom])
        field = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name(f"/{kind.decode()}"),
                Ff=65536 if kind == b"Btn" else 4096,
                T="field",
                F=4,
                Rect=pikepdf.Array(rectangle),
                AP=pikepdf.Dictionary(N=face),
            )
        )
        document.pages[0].obj.Annots = pikepdf.Array([field])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", [b"Btn", b"Tx"])
@pytest.mark.parametrize("rectangle", [(0, 0, 612, 792), (60, 100, 560, 700)])
def test_a_form_field_that_covers_the_mark_is_found(
    tmp_path: Path, kind: bytes, rectangle: tuple[int, int, int, int]
) -> None:
    asked = request_for(tmp_path)
    asked.article.write_bytes(with_field(kind, rectangle))
    outcome = stamp_outcome(asked, tmp_path / "copy.pdf")
    assert (outcome.result, outcome.code) == (Result.REFUSED, "cannot-be-proved")
    assert "the mark is hidden" in outcome.reason
    assert "form field" in outcome.remedy


@pytest.mark.parametrize("kind", [b"Btn", b"Tx"])
def test_a_form_field_beside_the_mark_does_not_matter(tmp_path: Path, kind: bytes) -> None:
    asked = request_for(tmp_path)
    asked.article.write_bytes(with_field(kind, (60, 60, 260, 90)))
    stamped(asked)


def test_a_page_too_long_and_narrow_to_be_judged_is_refused_with_the_reason(tmp_path: Path) -> None:
    asked = request_for(tmp_path, pages=1, media_box=(0, 0, 14400, 20))
    outcome = stamp_outcome(asked, tmp_path / "copy.pdf")
    assert outcome.result is Result.MARKED or "too long and narrow" in outcome.reason


@pytest.mark.parametrize(("kept_bytes", "reader"), [(200, "qpdf"), (600, "PDFium")])
def test_an_original_that_a_reader_cannot_open_is_damaged_and_no_copy_is_blamed(
    tmp_path: Path, kept_bytes: int, reader: str
) -> None:
    asked = request_for(tmp_path)
    asked.article.write_bytes(build(pages=2)[:kept_bytes])
    outcome = stamp_outcome(asked, tmp_path / "copy.pdf")
    assert (outcome.result, outcome.code) == (Result.REFUSED, "damaged")
    assert outcome.reason.startswith(f"the PDF is damaged: {reader} cannot open it")


def _with_a_file_described_in_the_tree(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        file = pdf.make_stream(b"1;2;3", Type=pikepdf.Name.EmbeddedFile)
        specification = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="a.csv", EF=pikepdf.Dictionary(F=file))
        tree = pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a.csv"), specification]))
        pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=tree)
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def test_a_file_that_the_tree_of_names_describes_in_itself_is_kept_as_it_is(tmp_path: Path) -> None:
    asked = request_for(tmp_path, **ARTICLE)
    article = Path(asked.article)
    article.write_bytes(_with_a_file_described_in_the_tree(article.read_bytes()))
    outcome = stamped(asked)
    assert outcome.result is Result.MARKED, outcome.reason
    copy = Path(outcome.copy)
    data = copy.read_bytes()
    start = len(article.read_bytes())
    assert b"a.csv" in data[start:]
    copy.write_bytes(
        data[:start] + re.sub(rb"/F ?\(a\.csv", lambda found: found[0].replace(b"a.", b"b."), data[start:])
    )
    assert copy.read_bytes() != data
    found = [finding.message for finding in verify_copy(copy).failures]
    assert any("described inside the tree of names is not the original's" in message for message in found), found
