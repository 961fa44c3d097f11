"""Packets are read in every encoding and wrapper that occurs; what is malformed is refused with its place."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watermark.errors import Reason, RefusedError
from watermark.pdf.xmp import DC, Packet
from watermark.pdf.xmp.packet import MAX_BYTES, PacketError, decoded, read_packet, strip_illegal_xml_chars

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
TITLE = '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:title>'
BODY = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF ' + RDF + '><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/">' + TITLE + "</rdf:Description></rdf:RDF></x:xmpmeta>"
)
BEGIN = "<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>"
END = "<?xpacket end='w'?>"
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]


def title_of(data: bytes) -> str:
    ((language, title),) = Packet.parse(data).alternatives(DC, "title")
    assert language == "x-default"
    return title


@pytest.mark.parametrize("encoding", ENCODINGS)
@settings(deadline=None)
@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")))
def test_a_title_is_read_in_every_encoding_and_written_in_utf_8(encoding: str, text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    written = Packet.parse((BEGIN + BODY.format(escaped) + END).encode(encoding)).serialised()
    assert title_of(written) == text
    assert text.encode() in written or set("&<>") & set(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(BODY, id="no wrapper"),
        pytest.param(BEGIN + BODY, id="no end"),
        pytest.param(BODY + END, id="no beginning"),
        pytest.param("\r\n  " + BEGIN + BODY + END + " " * 2000 + "\n", id="space around and padding"),
        pytest.param(BEGIN + BODY + END + "\0" * 9, id="trailing NULs"),
        pytest.param(BEGIN + BODY + "\0\0", id="NULs and no end"),
        pytest.param('<?xml version="1.0" encoding="UTF-8"?>\n' + BODY, id="declaration"),
        pytest.param('<?xml version="1.0" encoding="UTF-16"?>' + BEGIN + BODY + END, id="declaration before"),
        pytest.param(BEGIN + '\n<?xml version="1.0" encoding="latin1"?>' + BODY + END, id="declaration within"),
        pytest.param("metadata follows: < & " + BEGIN + BODY + END, id="text before"),
        pytest.param(BEGIN + BODY + END + "left & over", id="text after"),
        pytest.param(BEGIN.replace("\ufeff", "\0") + BODY + END, id="mangled byte order mark"),
        pytest.param(BEGIN.replace("?>", " bytes='770' encoding='UTF-16'?>") + BODY + END, id="bytes and encoding"),
        pytest.param(re.sub("</?x:xmpmeta[^>]*>", "", BODY), id="no xmpmeta"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-be"])
def test_every_wrapper_is_read_and_a_sound_one_is_written(text: str, encoding: str) -> None:
    written = Packet.parse(text.format("A title").encode(encoding)).serialised()
    assert title_of(written) == "A title"
    assert written.startswith(b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<')
    assert written.endswith(b'>\n<?xpacket end="w"?>')


def test_a_read_only_packet_stays_read_only() -> None:
    assert Packet.parse((BEGIN + BODY + "<?xpacket end='r'?>").encode()).serialised().endswith(b'<?xpacket end="r"?>')


def test_bytes_that_are_not_utf_8_are_read_as_windows_1252_and_the_others_as_utf_8() -> None:
    data = BODY.encode().replace(b"{}", b"\xe9 \x93 " + "é ß".encode())
    assert title_of(data) == "é “ é ß"


def test_cdata_becomes_text() -> None:
    written = Packet.parse(BODY.format("<![CDATA[a < b & c]]>").encode()).serialised()
    assert title_of(written) == "a < b & c"
    assert b"CDATA" not in written


def test_comments_beside_the_root_stay() -> None:
    written = Packet.parse((BEGIN + "<!-- before -->" + BODY + "<!-- after -->" + END).encode()).serialised()
    assert b"<!-- before --><x:xmpmeta" in written
    assert b"</x:xmpmeta><!-- after -->" in written


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", "XMP packet", "empty"),
        ("just words", "line 1, column 1", "well-formed"),
        (BEGIN + "\n\n<a>\n  <b></a>", "line 4, column 10", "mismatch: b"),
        (BODY.replace("</rdf:Alt>", "", 1), "line 1, column", "mismatch"),
        (BODY.format("&nbsp;"), "line 1, column", "Entity 'nbsp' not defined"),
        (BODY.format("a\0b"), "line 1, column", "Invalid character"),
        ("\n<a/>", "line 2", "0 rdf:RDF"),
        (f"<a>\n<rdf:RDF {RDF}/>\n<rdf:RDF {RDF}/></a>", "line 3", "2 rdf:RDF"),
        (f"<!DOCTYPE a><a><rdf:RDF {RDF}/></a>", "XMP packet", "document type"),
        (f"<!-- <a> --><!DOCTYPE a SYSTEM 'x.dtd'><a><rdf:RDF {RDF}/></a>", "XMP packet", "document type"),
        ("<a>" * 300 + "</a>" * 300, "line 1", "depth"),
    ],
)
def test_a_malformed_packet_is_refused_with_its_place_and_a_remedy(text: str, place: str, words: str) -> None:
    with pytest.raises(RefusedError) as caught:
        Packet.parse(text.encode())
    assert caught.value.code is Reason.DAMAGED
    assert caught.value.place.startswith("XMP packet")
    assert place in caught.value.place
    assert words in caught.value.reason
    assert "metadata editor" in caught.value.remedy


def test_utf_16_that_breaks_off_in_a_pair_is_refused_with_the_byte() -> None:
    with pytest.raises(PacketError, match="UTF-16-BE") as caught:
        decoded(b"\xfe\xff\0a\xd8\x00")
    assert "byte 4" in caught.value.place


def test_an_odd_last_byte_of_utf_16_is_padding() -> None:
    assert title_of((BEGIN + BODY.format("x") + END).encode("utf-16-le") + b"\n") == "x"


def test_no_external_entity_is_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("secret") / "secret.txt"
    secret.write_text("secret")
    text = f'<!DOCTYPE x:xmpmeta [<!ENTITY e SYSTEM "{secret.as_uri()}">]>' + BODY.format("&e;")
    with pytest.raises(PacketError, match="document type"):
        Packet.parse(text.encode())


@pytest.mark.parametrize("use", ["<a>&e11;</a>", '<a b="&e11;"/>'])
def test_a_billion_laughs_end_at_once(use: str) -> None:
    laughs = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "lol"}">' for i in range(12))
    begun = time.monotonic()
    with pytest.raises(PacketError):
        Packet.parse(f"<!DOCTYPE a [{laughs}]>{use}".encode())
    assert time.monotonic() - begun < 1


def test_a_packet_without_bound_is_refused() -> None:
    with pytest.raises(PacketError, match="larger than 32 MB"):
        read_packet(b" " * (MAX_BYTES + 1))


def test_a_million_beginnings_cost_no_more_than_their_length() -> None:
    begun = time.monotonic()
    with pytest.raises(PacketError):
        read_packet(b"<?xpacket begin=" * 200_000)
    assert time.monotonic() - begun < 2


def test_what_xml_has_no_place_for_is_left_out() -> None:
    assert strip_illegal_xml_chars("a\0b\x1bc\ud800d\ufffee\t\n\U0001f600") == "abcde\t\n\U0001f600"
