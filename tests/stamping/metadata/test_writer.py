"""The metadata say that the article is retracted, in XMP and Info in step, and say all they said before."""

import hashlib
import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.helpers.build import build
from tests.helpers.pieces.archival import xmp_packet
from tests.stamping.metadata.described import NOTICE, described, info_of, packet_of, plan_for, xmp_of
from watermark.errors import Reason, RefusedError
from watermark.notice import State
from watermark.pdf.file_structure import read_tail
from watermark.pdf.incremental_update import build_update
from watermark.pdf.object_draft import ObjectDraft, first_free_number
from watermark.pdf.serialization import Name, Raw
from watermark.pdf.xmp import CITO, CROSSMARK, DC, PDFX, XMP, XMP_MM
from watermark.pdf.xmp.packet import RDF
from watermark.receipt import receipt_in

LATER = datetime(2026, 2, 3, tzinfo=UTC)


def with_packet(*properties: str, title: str = "An article", **peculiarities: object) -> bytes:
    packet = xmp_packet(title, extra="".join(properties))
    return build(xmp=packet, **peculiarities)


def description(properties: str) -> str:
    spaces = f'xmlns:crossmark="{CROSSMARK.uri}" xmlns:pdfx="{PDFX.uri}"'
    return f'<rdf:Description rdf:about="" {spaces}>{properties}</rdf:Description>'


def titles(copy: bytes) -> dict[str, str]:
    return dict(xmp_of(copy).alternatives(DC, "title"))


def test_xmp_and_info_say_retracted_in_step() -> None:
    original = build(xmp=True)
    copy = described(original)
    packet, info = xmp_of(copy), info_of(copy)
    assert copy.startswith(original)
    assert titles(copy) == {"x-default": "RETRACTED: An article"}
    assert info["/Title"] == "RETRACTED: An article"
    assert packet.text(XMP, "ModifyDate") == packet.text(XMP, "MetadataDate") == "2026-01-02T03:04:05Z"
    assert info["/ModDate"] == "D:20260102030405Z"
    assert packet.text(CITO, "isRetractedBy") == "https://doi.org/10.5555/notice"
    assert receipt_in(packet_of(copy)) == plan_for(original).receipt


def test_what_is_not_ours_stays_as_it_was() -> None:
    foreign = '<rdf:Description rdf:about="" xmlns:f="urn:f" f:a="1"><f:b>&lt;2&gt;</f:b><!-- 3 --></rdf:Description>'
    original = with_packet(foreign, info={"/Title": "T", "/Author": "A. Ünal", "/Odd": Raw(b"[1 (x)]")})
    copy = described(original)
    before, after = (etree.fromstring(packet_of(data)).findall(f".//{{{RDF}}}Description") for data in (original, copy))
    assert etree.tostring(after[1], method="c14n") == etree.tostring(before[1], method="c14n")
    ours = {DC("title"), XMP("ModifyDate")}
    for old, new in zip(before[0], after[0], strict=True):
        assert old.tag in ours or etree.tostring(old, method="c14n") == etree.tostring(new, method="c14n")
    with pikepdf.open(io.BytesIO(copy)) as document:
        assert str(document.docinfo["/Author"]) == "A. Ünal"
        assert document.docinfo["/Odd"] == pikepdf.Array([1, pikepdf.String("x")])


def test_only_the_metadata_and_the_information_are_revised() -> None:
    original = build(xmp=True)
    copy = described(original)
    assert len(re.findall(rb"\d+ \d+ obj", copy[len(original) :])) == 2
    with pikepdf.open(io.BytesIO(original)) as before, pikepdf.open(io.BytesIO(copy)) as after:
        assert before.Root.Metadata.objgen == after.Root.Metadata.objgen
        assert before.docinfo.objgen == after.docinfo.objgen


def test_the_packet_is_never_compressed_whatever_it_was() -> None:
    original = build(xmp=True)
    with pikepdf.open(io.BytesIO(original)) as document:
        draft = ObjectDraft(document, first_free_number(document))
        draft.replace_stream(document.Root.Metadata, {"/Kept": 7}, packet_of(original), compress=True)
        packed = original + build_update(draft, read_tail(original), hashlib.sha256(original)).data
    copy = described(packed)
    with pikepdf.open(io.BytesIO(packed)) as before, pikepdf.open(io.BytesIO(copy)) as after:
        assert "/Filter" in before.Root.Metadata
        assert "/Filter" not in after.Root.Metadata
        assert [after.Root.Metadata[key] for key in ("/Type", "/Subtype", "/Kept")] == ["/Metadata", "/XML", 7]
    assert "RETRACTED: An article" in titles(copy).values()


def test_the_same_input_gives_the_same_bytes() -> None:
    original = build(xmp=True)
    assert described(original) == described(original)


def test_the_instance_follows_from_the_receipt() -> None:
    original = build(xmp=True)
    instances = {
        xmp_of(described(original, plan_for(original, at=at))).text(XMP_MM, "InstanceID") for at in (LATER, LATER)
    }
    instances.add(xmp_of(described(original)).text(XMP_MM, "InstanceID"))
    assert len(instances) == 2
    assert all(re.fullmatch(r"uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f-]{21}", instance or "") for instance in instances)


def test_the_history_names_the_tool_and_nothing_that_pdfa_does_not_know() -> None:
    root = etree.fromstring(packet_of(described(build(xmp=True))))
    (event,) = root.findall(f".//{XMP_MM('History')}/{{{RDF}}}Seq/{{{RDF}}}li")
    fields = {etree.QName(field).localname: field.text for field in event}
    assert set(fields) == {"action", "instanceID", "parameters", "softwareAgent", "when"}
    assert fields["softwareAgent"] == "watermark 0.1.0"
    assert "Retracted" in (fields["parameters"] or "")


# the title


@settings(deadline=None)
@given(
    title=st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), min_size=1
    )
)
def test_any_title_in_info_comes_through(title: str) -> None:
    original = build(info={"/Title": title})
    copy = described(original)
    if title.strip():
        assert info_of(copy)["/Title"].endswith(title)
        assert titles(copy)["x-default"].endswith(title)
    assert info_of(copy)["/Title"].startswith("RETRACTED: ")


def test_a_title_with_markup_is_text() -> None:
    title = "<i>p</i> < 0.05 & \"q\" ]]> <script>alert('x')</script>"
    copy = described(build(info={"/Title": title}))
    assert titles(copy) == {"x-default": f"RETRACTED: {title}"}
    assert b"<script>" not in packet_of(copy)


def test_a_title_of_a_megabyte_is_kept() -> None:
    copy = described(build(info={"/Title": "x" * 1_000_000}))
    assert len(info_of(copy)["/Title"]) == len(titles(copy)["x-default"]) == 1_000_011


def test_every_language_gets_the_prefix() -> None:
    packet = xmp_packet("One").replace(
        b"</rdf:Alt>", b'<rdf:li xml:lang="fr">Deux</rdf:li><rdf:li xml:lang="de"/></rdf:Alt>'
    )
    assert titles(described(build(xmp=packet))) == {"x-default": "RETRACTED: One", "fr": "RETRACTED: Deux", "de": ""}


@pytest.mark.parametrize("title", ["RETRACTED: An article", "Retracted: An article", " RETRACTED:An article"])
def test_a_title_that_says_so_already_stays(title: str) -> None:
    copy = described(with_packet(title=title, info={"/Title": title}))
    assert titles(copy) == {"x-default": title}
    assert info_of(copy)["/Title"] == title


def test_titles_that_differ_are_prefixed_each_for_itself() -> None:
    copy = described(with_packet(title="In XMP", info={"/Title": "In Info"}))
    assert titles(copy) == {"x-default": "RETRACTED: In XMP"}
    assert info_of(copy)["/Title"] == "RETRACTED: In Info"


def test_a_place_without_a_title_takes_the_other_one() -> None:
    no_info = described(with_packet(title="In XMP", info={"/Author": "A"}))
    assert info_of(no_info)["/Title"] == "RETRACTED: In XMP"
    no_xmp = described(build(info={"/Title": "In Info"}))
    assert titles(no_xmp) == {"x-default": "RETRACTED: In Info"}


@pytest.mark.parametrize("info", [None, {"/Title": ""}, {"/Title": " "}, {"/Title": Name("/NoText")}, {"/Author": "A"}])
def test_without_any_title_the_one_in_the_notice_stands(info: dict[str, object] | None) -> None:
    copy = described(with_packet(title=" ", info=info))
    assert titles(copy) == {"x-default": "RETRACTED: The title in the notice"}
    assert info_of(copy)["/Title"] == "RETRACTED: The title in the notice"


def test_where_no_title_is_known_none_is_invented() -> None:
    original = build(info=None)
    notice = replace(NOTICE, article=replace(NOTICE.article, title=""))
    copy = described(original, plan_for(original, notice=notice))
    assert titles(copy) == {}
    with pikepdf.open(io.BytesIO(copy)) as document:
        assert "/Info" not in document.trailer


def test_a_language_escape_in_info_stays_there_and_does_not_reach_xmp() -> None:
    title = b"\xfe\xff\x00\x1b\x00e\x00n\x00\x1b\x00A"
    copy = described(build(info={"/Title": title}))
    assert info_of(copy)["/Title"] == "RETRACTED: \x1ben\x1bA"
    assert titles(copy) == {"x-default": "RETRACTED: A"}


@pytest.mark.parametrize(
    "title", [b"\xfe\xff\xd8\x00\x00A", b"\xfe\xff\x00A\x00", b"\xef\xbb\xbfA\xff", b"A\x00\x1b\x9f"]
)
def test_a_broken_title_string_is_prefixed_all_the_same(title: bytes) -> None:
    copy = described(build(info={"/Title": title}))
    assert info_of(copy)["/Title"].startswith("RETRACTED: ")
    assert "A" in titles(copy)["x-default"]


def test_in_pdf_ua_a_new_title_names_its_language() -> None:
    original = build(info=None)
    copy = described(original, plan_for(original, pdfua=True, notice=replace(NOTICE, language="pt")))
    assert list(titles(copy)) == ["x-default", "pt"]


# the document information


def test_information_that_is_direct_in_the_trailer_becomes_an_object() -> None:
    copy = described(build(info_direct=True, xmp=True))
    with pikepdf.open(io.BytesIO(copy)) as document:
        assert document.trailer.Info.is_indirect
    assert info_of(copy)["/Title"] == "RETRACTED: An article"
    assert info_of(copy)["/Producer"] == "tests"


def test_where_it_must_not_be_written_only_a_time_that_is_there_changes() -> None:
    original = build(xmp=True)
    info = info_of(described(original, plan_for(original, pdfa_part=4, write_info=False)))
    assert info == {**info_of(original), "/ModDate": "D:20260102030405Z"}


@pytest.mark.parametrize("info", [None, {"/Author": "A"}])
def test_where_it_must_not_be_written_nothing_is_entered(info: dict[str, object] | None) -> None:
    original = build(xmp=True, info=info)
    copy = described(original, plan_for(original, pdfa_part=4, write_info=False))
    assert info_of(copy) == info_of(original)
    assert len(re.findall(rb"\d+ \d+ obj", copy[len(original) :])) == 1


# the notice


@pytest.mark.parametrize("state", [State.EXPRESSION_OF_CONCERN, State.PARTIAL_RETRACTION])
def test_what_is_not_wholly_retracted_is_not_called_retracted(state: State) -> None:
    original = build(xmp=True)
    copy = described(original, plan_for(original, notice=replace(NOTICE, state=state)))
    assert xmp_of(copy).text(CITO, "isRetractedBy") is None
    assert receipt_in(packet_of(copy)) is not None


def test_without_a_link_none_is_written() -> None:
    original = build(xmp=True)
    copy = described(original, plan_for(original, notice=replace(NOTICE, doi="")))
    assert b"isRetractedBy" not in packet_of(copy)
    assert b"NoticeLink" not in packet_of(copy)


def test_a_crossmark_that_is_there_gets_the_date_of_the_notice_wherever_it_stands() -> None:
    crossmark = description(
        "<crossmark:DOI>10.1/x</crossmark:DOI><crossmark:MajorVersionDate>2010-04-23</crossmark:MajorVersionDate>"
        "<pdfx:CrossmarkMajorVersionDate>2010-04-23</pdfx:CrossmarkMajorVersionDate>"
    )
    copy = described(with_packet(crossmark, info={"/CrossmarkMajorVersionDate": "2010-04-23"}))
    packet = xmp_of(copy)
    assert packet.text(CROSSMARK, "MajorVersionDate") == packet.text(PDFX, "CrossmarkMajorVersionDate") == "2025-05-01"
    assert info_of(copy)["/CrossmarkMajorVersionDate"] == "2025-05-01"


def test_where_the_information_must_not_be_written_its_crossmark_stays() -> None:
    crossmark = description("<crossmark:MajorVersionDate>2010-04-23</crossmark:MajorVersionDate>")
    original = with_packet(crossmark, info={"/CrossmarkMajorVersionDate": "2010-04-23"})
    copy = described(original, plan_for(original, pdfa_part=4, write_info=False))
    assert info_of(copy) == {"/CrossmarkMajorVersionDate": "2010-04-23"}


@pytest.mark.parametrize("date", ["", "in May", "2025-05-01; DROP"])
def test_a_crossmark_keeps_its_date_when_the_notice_has_none(date: str) -> None:
    original = with_packet(description("<crossmark:MajorVersionDate>2010-04-23</crossmark:MajorVersionDate>"))
    copy = described(original, plan_for(original, notice=replace(NOTICE, date=date)))
    assert xmp_of(copy).text(CROSSMARK, "MajorVersionDate") == "2010-04-23"


def test_no_crossmark_comes_to_be() -> None:
    assert not xmp_of(described(build(xmp=True))).uses(CROSSMARK)


# again, and at the edge


def test_a_second_marking_doubles_nothing_and_keeps_the_history() -> None:
    original = build(pdfa="2b")
    first = described(original, plan_for(original, pdfa_part=2))
    link_gone = replace(NOTICE, doi="")
    second = described(first, plan_for(first, at=LATER, pdfa_part=2, notice=link_gone))
    root = etree.fromstring(packet_of(second))
    names = [child.tag for holder in root.iter(f"{{{RDF}}}Description") for child in holder]
    assert len(names) == len(set(names))
    assert titles(second) == {"x-default": "RETRACTED: An article"}
    assert len(root.findall(f".//{XMP_MM('History')}/{{{RDF}}}Seq/{{{RDF}}}li")) == 2
    assert receipt_in(packet_of(second)) == plan_for(first, at=LATER, notice=link_gone).receipt
    assert packet_of(second).count(b"<pdfaSchema:namespaceURI>https://purl.org") == 1


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16", "utf-32-be"])
def test_a_packet_in_another_encoding_becomes_utf_8(encoding: str) -> None:
    packet = xmp_packet("Grüße").decode().encode(encoding)
    assert "RETRACTED: Grüße".encode() in packet_of(described(build(xmp=packet)))


@pytest.mark.parametrize("xref", ["table", "stream", "hybrid"])
def test_every_kind_of_file_is_described(xref: str) -> None:
    assert titles(described(build(xref=xref, xmp=True))) == {"x-default": "RETRACTED: An article"}


def test_a_file_without_a_packet_gets_one_that_says_only_ours() -> None:
    copy = described(build(info={"/Title": "T", "/Author": "A", "/Producer": "P"}))
    packet = etree.fromstring(packet_of(copy))
    prefixes = {etree.QName(child).namespace for child in packet.find(f".//{{{RDF}}}Description")}
    assert b"<pdf:Producer>" not in packet_of(copy)
    assert b"pdfaExtension" not in packet_of(copy)
    assert len(prefixes) == 5


def test_metadata_that_is_not_a_stream_makes_room_for_a_packet() -> None:
    original = build(catalog={"/Metadata": {"/Type": Name("/Metadata")}})
    assert titles(described(original)) == {"x-default": "RETRACTED: An article"}


@pytest.mark.parametrize(
    ("packet", "place"),
    [
        (b"<rdf:RDF", "XMP packet, line 1, column"),
        (b"<?xpacket begin='' id=''?>\n<a>\n<b></a>", "XMP packet, line 3, column"),
        (
            xmp_packet("x").replace(b"<pdf:P", b"<dc:title>2</dc:title>\n<pdf:P"),
            "XMP packet, line",
        ),
        (b'<!DOCTYPE a [<!ENTITY e "x">]><a b="&e;"/>', "XMP packet"),
    ],
)
def test_a_malformed_packet_is_refused_with_its_place_and_never_repaired(packet: bytes, place: str) -> None:
    with pytest.raises(RefusedError, match="metadata editor") as caught:
        described(build(xmp=packet))
    assert caught.value.code is Reason.DAMAGED
    assert caught.value.place.startswith(place)


def test_a_packet_that_cannot_be_decoded_is_refused_with_its_object() -> None:
    original = build(xmp=True).replace(b"/Subtype /XML", b"/Subtype /XML/Filter /FlateDecode")
    assert b"/FlateDecode" in original
    with pytest.raises(RefusedError, match="cannot be decoded") as caught:
        described(original)
    assert re.fullmatch(r"object \d+", caught.value.place)
