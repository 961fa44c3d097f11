"""Properties are found wherever they are, and changed there, never doubled; all other content stays as it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from watermark.pdf.xmp import CITO, CROSSMARK, DC, ST_EVT, XMP, XMP_MM, Namespace, Packet, Property, Schema, declare
from watermark.pdf.xmp.packet import RDF, PacketError, read_packet

OURS = Namespace("https://example.org/ours/", "ours")
SPACES = {
    "rdf": RDF,
    "dc": DC.uri,
    "xmp": XMP.uri,
    "xmpMM": XMP_MM.uri,
    "stEvt": ST_EVT.uri,
    "ours": OURS.uri,
    "ext": "http://www.aiim.org/pdfa/ns/extension/",
    "schema": "http://www.aiim.org/pdfa/ns/schema#",
    "property": "http://www.aiim.org/pdfa/ns/property#",
}
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))
FOREIGN = """
  <rdf:Description rdf:about="uuid:1" xmlns:f="http://foreign.example/" xmlns:xap="http://ns.adobe.com/xap/1.0/"
    f:short="a &lt; b" xap:CreateDate="2001-01-01">
   <!-- a remark --><f:list><rdf:Bag><rdf:li>one</rdf:li><rdf:li rdf:parseType="Resource"><f:deep>2</f:deep></rdf:li>
   </rdf:Bag></f:list><f:linked rdf:resource="http://x.example/"/><f:kept>  spaces  </f:kept>
   <f:literal rdf:parseType="Literal"><b xmlns="">bold</b></f:literal>{}
  </rdf:Description>"""


def packet(*properties: str, before: str = "") -> Packet:
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
    description = (
        f'<rdf:Description rdf:about="" {spaces}>{"".join(properties)}</rdf:Description>' if properties else ""
    )
    return Packet.parse(f'<rdf:RDF xmlns:rdf="{RDF}">{before}{description}</rdf:RDF>'.encode())


def tree(edited: Packet) -> etree._Element:
    return etree.fromstring(edited.serialised())


def count(edited: Packet, path: str) -> int:
    return len(tree(edited).findall(path, SPACES))


def test_a_new_packet_holds_what_is_set() -> None:
    new = Packet.new()
    new.set_text(XMP, "ModifyDate", "2026-01-02")
    again = Packet.parse(new.serialised())
    assert again.text(XMP, "ModifyDate") == "2026-01-02"
    assert again.text(XMP, "MetadataDate") is None


@pytest.mark.parametrize(
    "written",
    [
        "<xmp:ModifyDate>old</xmp:ModifyDate>",
        "<xmp:ModifyDate/>",
        '<xmp:ModifyDate rdf:resource="old"/>',
        '<xmp:ModifyDate rdf:value="old" ours:by="x"/>',
        '<xmp:ModifyDate rdf:parseType="Resource"><rdf:value>old</rdf:value><ours:by>x</ours:by></xmp:ModifyDate>',
        "<xmp:ModifyDate><rdf:Description><rdf:value>old</rdf:value><ours:by>x</ours:by></rdf:Description></xmp:ModifyDate>",
        "<xmp:ModifyDate>o<!-- remark -->ld</xmp:ModifyDate>",
        '<xap:ModifyDate xmlns:xap="http://ns.adobe.com/xap/1.0/">old</xap:ModifyDate>',
    ],
)
def test_a_simple_value_is_changed_where_it_stands(written: str) -> None:
    edited = packet(written)
    assert edited.text(XMP, "ModifyDate") in {"old", ""}
    edited.set_text(XMP, "ModifyDate", "new & <newer>")
    again = Packet.parse(edited.serialised())
    assert again.text(XMP, "ModifyDate") == "new & <newer>"
    assert count(edited, ".//xmp:ModifyDate") == 1
    assert b"old" not in edited.serialised()
    assert (b"by" in edited.serialised()) == ("by" in written)
    assert count(edited, ".//rdf:Description[@rdf:about]") == 1


def test_a_value_that_is_an_attribute_stays_one() -> None:
    edited = packet(before=f'<rdf:Description rdf:about="" xmlns:xap="{XMP.uri}" xap:ModifyDate="old"/>')
    edited.set_text(XMP, "ModifyDate", "new")
    assert b'xap:ModifyDate="new"' in edited.serialised()
    assert count(edited, ".//xmp:ModifyDate") == 0


@pytest.mark.parametrize("about", ['rdf:about="uuid:7"', 'about="uuid:7"'])
def test_a_new_property_is_about_the_same_thing_as_the_others(about: str) -> None:
    edited = packet(before=f'<rdf:Description {about} xmlns:f="urn:f" f:a="1"/>')
    edited.set_text(CITO, "isRetractedBy", "https://doi.org/10.1/x")
    _, ours = tree(edited).findall(".//rdf:Description", SPACES)
    assert ours.get(f"{{{RDF}}}about") == "uuid:7"
    assert ours.nsmap["cito"] == CITO.uri


def test_a_foreign_binding_of_our_prefix_does_no_harm() -> None:
    edited = packet(before='<rdf:Description rdf:about="" xmlns:cito="urn:not-cito" cito:a="1"/>')
    edited.set_text(CITO, "isRetractedBy", "x")
    again = Packet.parse(edited.serialised())
    assert again.text(CITO, "isRetractedBy") == "x"
    assert again.text(Namespace("urn:not-cito", ""), "a") == "1"


def test_a_property_that_appears_twice_is_refused_with_both_places() -> None:
    edited = packet("<xmp:ModifyDate>1</xmp:ModifyDate>\n", "<xmp:ModifyDate>2</xmp:ModifyDate>")
    with pytest.raises(PacketError, match="occurs 2 times") as caught:
        edited.set_text(XMP, "ModifyDate", "3")
    assert caught.value.place == "XMP packet, line 1, line 2"


@pytest.mark.parametrize("again", ["set_text", "text"])
def test_an_attribute_and_an_element_are_the_same_property(again: str) -> None:
    edited = packet(
        "<xmp:ModifyDate>1</xmp:ModifyDate>", before=f'<rdf:Description xmlns:x="{XMP.uri}" x:ModifyDate="0"/>'
    )
    with pytest.raises(PacketError, match="occurs 2 times"):
        getattr(edited, again)(XMP, "ModifyDate", *(["3"] if again == "set_text" else []))


@pytest.mark.parametrize("shape", ["<rdf:Bag><rdf:li>1</rdf:li></rdf:Bag>", "<ours:a>1</ours:a><ours:b>2</ours:b>"])
def test_a_simple_value_never_replaces_a_structure(shape: str) -> None:
    edited = packet(f"<xmp:ModifyDate>{shape}</xmp:ModifyDate>")
    assert edited.text(XMP, "ModifyDate") is None
    with pytest.raises(PacketError, match="ModifyDate is not a simple value"):
        edited.set_text(XMP, "ModifyDate", "new")


def test_every_alternative_is_changed_and_keeps_its_language_and_qualifier() -> None:
    edited = packet(
        '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A</rdf:li><rdf:li xml:lang="de">B</rdf:li>'
        '<rdf:li xml:lang="fr" rdf:parseType="Resource"><rdf:value>C</rdf:value><ours:by>x</ours:by></rdf:li>'
        "</rdf:Alt></dc:title>"
    )
    edited.change_alternatives(DC, "title", lambda title: "+" + title)
    again = Packet.parse(edited.serialised())
    assert again.alternatives(DC, "title") == (("x-default", "+A"), ("de", "+B"), ("fr", "+C"))
    assert count(again, ".//ours:by") == 1


def test_a_title_that_is_not_an_array_is_changed_as_it_is() -> None:
    edited = packet("<dc:title>plain</dc:title>")
    edited.change_alternatives(DC, "title", str.upper)
    assert edited.alternatives(DC, "title") == (("", "PLAIN"),)


def test_changing_what_is_not_there_changes_nothing() -> None:
    edited = packet("<dc:format>application/pdf</dc:format>")
    before = edited.serialised()
    edited.change_alternatives(DC, "title", str.upper)
    assert edited.serialised() == before


@pytest.mark.parametrize("written", ["", "<dc:title/>", "<dc:title>old</dc:title>", "<dc:title><rdf:Alt/></dc:title>"])
def test_a_new_title_is_in_each_language_x_default_first(written: str) -> None:
    edited = packet(written)
    edited.set_lang_alt(DC, "title", "A & B", {"en", "x-default"})
    assert Packet.parse(edited.serialised()).alternatives(DC, "title") == (("x-default", "A & B"), ("en", "A & B"))
    assert count(edited, ".//dc:title") == 1


def test_a_new_title_takes_the_place_of_an_attribute() -> None:
    edited = packet(before=f'<rdf:Description xmlns:dc="{DC.uri}" dc:title=""/>')
    edited.set_lang_alt(DC, "title", "A")
    assert edited.alternatives(DC, "title") == (("x-default", "A"),)


@pytest.mark.parametrize(
    ("written", "events"),
    [
        ("", 1),
        ("<xmpMM:History/>", 1),
        ("<xmpMM:History>\n </xmpMM:History>", 1),
        ("<xmpMM:History><rdf:Seq/></xmpMM:History>", 1),
        ('<xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved"/></rdf:Seq></xmpMM:History>', 2),
        ("<xmpMM:History><rdf:Bag><rdf:li>odd</rdf:li></rdf:Bag></xmpMM:History>", 2),
    ],
)
def test_an_event_is_appended_to_the_history_that_is_there(written: str, events: int) -> None:
    edited = packet(written)
    edited.append_structure(XMP_MM, "History", ST_EVT, {"action": "edited", "when": "2026"})
    assert count(edited, ".//xmpMM:History/*/rdf:li") == events
    last = tree(edited).findall(".//xmpMM:History/*/rdf:li", SPACES)[-1]
    assert last.get(f"{{{RDF}}}parseType") == "Resource"
    assert {etree.QName(child).localname: child.text for child in last} == {"action": "edited", "when": "2026"}


@pytest.mark.parametrize(
    "written", ["<xmpMM:History>words</xmpMM:History>", "<xmpMM:History><ours:a/></xmpMM:History>"]
)
def test_a_history_that_is_not_an_array_is_refused(written: str) -> None:
    with pytest.raises(PacketError, match="History is not an array"):
        packet(written).append_structure(XMP_MM, "History", ST_EVT, {"action": "edited"})


def test_a_history_that_is_an_attribute_is_refused() -> None:
    edited = packet(before=f'<rdf:Description xmlns:m="{XMP_MM.uri}" m:History="x"/>')
    with pytest.raises(PacketError, match="xmpMM:History is a simple value"):
        edited.append_structure(XMP_MM, "History", ST_EVT, {"action": "edited"})


@pytest.mark.parametrize(
    "before",
    [
        f'<rdf:Description xmlns:c="{CROSSMARK.uri}" c:DOI="10.1/x"/>',
        f'<rdf:Description><c:DOI xmlns:c="{CROSSMARK.uri}"/></rdf:Description>',
    ],
)
def test_a_namespace_in_use_is_known_in_either_form(before: str) -> None:
    assert packet(before=before).uses(CROSSMARK)
    assert not packet(before=before).uses(CITO)


ONE = Schema(namespace=OURS, title="Ours", properties=(Property(name="A", value_type="Text", description="a"),))
TWO = Schema(
    namespace=OURS, title="Ours", properties=(*ONE.properties, Property(name="B", value_type="URI", description="b"))
)


def declared(edited: Packet) -> list[str | None]:
    return [name.text for name in tree(edited).findall(".//schema:property/rdf:Seq/rdf:li/property:name", SPACES)]


def test_a_schema_is_declared_once_however_often_it_is_needed() -> None:
    edited = Packet.new()
    for schema in (ONE, ONE, TWO):
        declare(edited, schema)
        edited = Packet.parse(edited.serialised())
    assert declared(edited) == ["A", "B"]
    assert count(edited, ".//ext:schemas/rdf:Bag/rdf:li") == 1


@pytest.mark.parametrize(
    "entry",
    [
        "<rdf:li rdf:parseType='Resource'><schema:namespaceURI>{}</schema:namespaceURI></rdf:li>",
        "<rdf:li schema:namespaceURI='{}'/>",
        "<rdf:li><rdf:Description><schema:namespaceURI>{}</schema:namespaceURI></rdf:Description></rdf:li>",
        "<rdf:li><rdf:Description schema:namespaceURI='{}'><schema:property/></rdf:Description></rdf:li>",
    ],
)
def test_a_schema_is_recognised_by_its_namespace_in_every_form(entry: str) -> None:
    edited = packet(f"<ext:schemas><rdf:Bag>{entry.format(OURS.uri)}</rdf:Bag></ext:schemas>")
    declare(edited, ONE)
    assert declared(edited) == ["A"]
    assert count(edited, ".//ext:schemas/rdf:Bag/rdf:li") == 1


def test_another_schema_is_declared_beside_the_ones_there() -> None:
    edited = packet("<ext:schemas><rdf:Bag><rdf:li schema:namespaceURI='urn:f'/></rdf:Bag></ext:schemas>")
    declare(edited, ONE)
    assert count(edited, ".//ext:schemas/rdf:Bag/rdf:li") == 2


@settings(deadline=None)
@given(title=TEXT, remark=TEXT)
def test_what_is_foreign_is_what_it_was(title: str, remark: str) -> None:
    escaped = remark.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    before = FOREIGN.format(f"<f:remark>{escaped}</f:remark>")
    edited = packet(before=before)
    edited.set_text(XMP, "MetadataDate", "2026")
    edited.set_lang_alt(DC, "title", title)
    edited.append_structure(XMP_MM, "History", ST_EVT, {"action": title})
    declare(edited, TWO)
    assert Packet.parse(edited.serialised()).alternatives(DC, "title") == (("x-default", title),)
    theirs = tree(edited).findall(".//rdf:Description[@rdf:about]", SPACES)[0]
    original = tree(packet(before=before)).findall(".//rdf:Description[@rdf:about]", SPACES)[0]
    assert etree.tostring(theirs, method="c14n", with_tail=False) == etree.tostring(
        original, method="c14n", with_tail=False
    )


def test_equal_packets_give_equal_bytes() -> None:
    def made() -> bytes:
        edited = packet(before=FOREIGN.format(""))
        edited.set_lang_alt(DC, "title", "A", {"fr", "x-default", "de"})
        declare(edited, TWO)
        return edited.serialised()

    assert made() == made()


def test_a_title_of_a_million_characters_is_kept() -> None:
    edited = packet("<dc:title>x</dc:title>")
    edited.set_text(DC, "title", "a" * 1_000_000)
    assert len(Packet.parse(edited.serialised()).text(DC, "title") or "") == 1_000_000


def test_what_is_indented_is_written_without_and_keeps_its_values() -> None:
    said = (
        "<dc:format> </dc:format>\n       <dc:title>\n      <rdf:Alt>\n   <rdf:li xml:lang='x-default'> A  B </rdf:li>"
    )
    written = packet(f"{said}\n     </rdf:Alt>\n    </dc:title>").serialised()
    assert b"\n " not in written
    again = Packet.parse(written)
    assert (again.text(DC, "format"), again.alternatives(DC, "title")) == (" ", (("x-default", " A  B "),))


def test_blanks_in_a_value_that_is_xml_are_kept() -> None:
    said = "<dc:description rdf:parseType='Literal'><a>\n   <b/>\n </a></dc:description>"
    assert b"<a>\n   <b/>\n </a>" in packet(said).serialised()


def test_who_changes_a_packet_changes_nothing_for_who_has_read_it() -> None:
    data = Packet.new().serialised()
    read, _ = read_packet(data)
    before = etree.tostring(read)
    Packet.parse(data).set_text(XMP, "CreatorTool", "changed")
    again, _ = read_packet(data)
    assert again is read
    assert etree.tostring(again) == before
