"""What the verifier alone finds in a copy that is drawn and read as it should be, and that no marking writes so."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import forgeries as forge
from tests.helpers.build import build
from tests.helpers.resealed_copies import Recorder
from tests.helpers.tampered_copies import Tamper, stamped
from watermark.models import Proof
from watermark.pdf.object_draft import ObjectDraft
from watermark.pdf.serialization import Name, Raw, Ref, tokens
from watermark.verification.verifier import verify_copy

PLAIN: dict[str, Any] = {"text": "Words."}
TAGGED: dict[str, Any] = {"tagged": True}
FRONT: dict[str, Any] = {"tagged": True, "notice_page": "front"}
LINKED: dict[str, Any] = {"text": "Words.", "xmp": True, "links": True}
BARE: dict[str, Any] = {"pdfa": "1b"}
"""A copy that may hold no file: its notice pages are all that there is of the notice document."""
BACK: dict[str, Any] = {"notice_page": "back"}


def stream_with(holds: bytes, old: bytes, new: bytes) -> Tamper:
    """Rewrite the last of the drafted streams that hold these bytes: a file inside is drafted after the pages."""

    def tamper(draft: ObjectDraft) -> None:
        found = [ref for ref in draft._streams if holds in forge.data_of(draft, ref) and ref in draft._changed]
        forge.rewrite(draft, found[0], lambda data: re.sub(old, new, data, count=1, flags=re.DOTALL))

    return tamper


def font_with(change: Callable[[bytes], bytes], *, of_notice: bool = False) -> Tamper:
    """Rewrite a drafted font program: that of the line, or the last one of the notice pages."""

    def tamper(draft: ObjectDraft) -> None:
        fonts = [one for _, one in forge.entries_of(draft, Type="/FontDescriptor")]
        forge.rewrite(draft, fonts[-1 if of_notice else 0]["/FontFile2"], change)

    return tamper


def without_an_element(draft: ObjectDraft) -> None:
    """Let an element of the notice lead to nothing."""
    ref, _ = forge.entries_of(draft, Type="/StructElem", S="/TH")[0]
    draft._changed[ref] = Raw(b"null")


def without_an_element_of_the_line(draft: ObjectDraft) -> None:
    """Leave out the element that the line of a tagged article has."""
    ref, _ = forge.entries_of(draft, Type="/StructElem", S="/Link")[0]
    del draft._changed[ref]


def without(key: str, **wanted: str) -> Tamper:
    """Leave an entry out of the first drafted dictionary of a kind."""

    def tamper(draft: ObjectDraft) -> None:
        _, entries = forge.entries_of(draft, **wanted)[0]
        del entries[key]

    return tamper


def file_without(key: str) -> Tamper:
    """Leave an entry out of the parameters of an embedded file."""

    def tamper(draft: ObjectDraft) -> None:
        _, entries = forge.entries_of(draft, Type="/EmbeddedFile")[0]
        entries["/Params"] = {name: value for name, value in draft.copy_dict(entries["/Params"]).items() if name != key}

    return tamper


def state_without_opacity(draft: ObjectDraft) -> None:
    """Leave the opacity of strokes out of the graphics state of the line."""
    resources = draft.change(forge.form(draft, "/RetractionLine"))["/Resources"]
    assert isinstance(resources, dict)
    resources["/ExtGState"] = {"/RetractionState": Raw(b"<</Type/ExtGState/ca 1/BM/Normal/SMask/None>>")}


def longer_link(draft: ObjectDraft) -> None:
    """Write a position of the link with more digits than a marking does."""
    _, entries = next(one for one in forge.entries_of(draft, Subtype="/Link"))
    written = entries["/Rect"]
    assert isinstance(written, Raw)
    entries["/Rect"] = Raw(re.sub(rb"(\.\d+)\]", rb"\g<1>001]", written))


def descriptor_and_more(draft: ObjectDraft) -> None:
    """Write another value after a dictionary, in the same object."""
    ref, entries = forge.entries_of(draft, Type="/FontDescriptor")[0]
    draft._changed[ref] = Raw(tokens(entries) + b" null")


def notice_without_content(draft: ObjectDraft) -> None:
    """Make an array of what a page of the notice paints."""
    ref = next(one for one in draft._streams if b"/Text0 24 Tf" in forge.data_of(draft, one))
    draft.replace(ref, [])


def associated_again(draft: ObjectDraft) -> None:
    """Associate the first file with the document once more."""
    catalog = forge.catalog(draft)
    files = tokens(catalog["/AF"])
    first = re.search(rb"\d+ 0 R", files)
    assert first is not None
    catalog["/AF"] = Raw(files.removesuffix(b"]") + b" " + first[0] + b"]")


def named_again(draft: ObjectDraft) -> None:
    """List an object of the article among the embedded files."""
    for entries in [value for value in draft._changed.values() if isinstance(value, dict)]:
        if b"retraction" in (names := tokens(entries.get("/Names", Raw(b"")))):
            entries["/Names"] = Raw(b"[(a) 3 0 R " + names.removeprefix(b"["))
            return
    raise AssertionError


def entry_with(old: bytes, new: bytes, **wanted: str) -> Tamper:
    """Rewrite the tokens of the first drafted dictionary of a kind that holds `old`, a regular expression."""

    def tamper(draft: ObjectDraft) -> None:
        for ref, entries in forge.entries_of(draft, **wanted):
            written = tokens(entries)
            if ref not in draft._streams and re.search(old, written):
                draft._changed[ref] = Raw(re.sub(old, new, written, count=1))
                return
        raise AssertionError

    return tamper


def parent_key(draft: ObjectDraft) -> None:
    """Write another key for the link in the parent tree, and a link that has the old one."""
    for ref, value in draft._changed.items():
        if isinstance(value, dict) and b"/Nums" in (written := tokens(value)):
            draft._changed[ref] = Raw(re.sub(rb"(\] |R )1 (\d+ 0 R)", rb"\g<1>921 \2", written))
            return
    raise AssertionError


def state_of_another_opacity(draft: ObjectDraft) -> None:
    """Paint the mark a little less translucent than the receipt says."""
    form = draft.change(forge.form(draft, "/RetractionMark"))
    form["/Resources"] = Raw(re.sub(rb"(/ca 0?\.22)", rb"\g<1>7", tokens(form["/Resources"])))


def length_of_the_font_of_the_notice(draft: ObjectDraft) -> None:
    """Say another length of the program of a font of the notice."""
    program = forge.entries_of(draft, Type="/FontDescriptor")[-1][1]["/FontFile2"]
    assert isinstance(program, Ref)
    draft.change(program)["/Length1"] = 3220


def space_of_the_notice(draft: ObjectDraft) -> None:
    """Paint the pages of the notice in another colour space."""
    for ref, value in reversed(draft._changed.items()):
        if b"/CalRGB" in (written := tokens(value)) and not isinstance(value, dict):
            draft._changed[ref] = Raw(written.replace(b"/CalRGB", b"/X"))
            return
    raise AssertionError


def flipped(data: bytes) -> bytes:
    """Change one byte of the outlines of a font."""
    at = data.index(b"glyf")
    offset = int.from_bytes(data[at + 8 : at + 12], "big")
    return data[: offset + 40] + bytes([data[offset + 40] ^ 2]) + data[offset + 41 :]


FORGED: dict[str, tuple[dict[str, Any], Tamper, str]] = {
    "a point of a letter": (PLAIN, forge.outlines_with(rb" 96 c", b" 97 c"), "outlines are not those"),
    "a byte of the font": (PLAIN, font_with(flipped), "checksums"),
    "the box of the line": (PLAIN, forge.form_entry("/BBox", [-500, -3.2, 500, 8.4], "/RetractionLine"), "its box"),
    "an operand more": (PLAIN, forge.line_with(rb"/RetractionFont", b"/X /RetractionFont"), "operator Tf with 3"),
    "another white space": (PLAIN, forge.line_with(rb" Tf ", b" Tf\t"), "not an operator"),
    "the language tag": (TAGGED, forge.line_with(rb"/Lang", b"/Form"), "text with a tag"),
    "the language": (TAGGED, forge.line_with(rb"\(en\)", b"(eo)"), "the language “eo”, which the receipt does not"),
    "a choice": (PLAIN, forge.packet_with('"contrast":', '"cont rast":'), "holds the choice “cont rast”"),
    "a contrast": (PLAIN, forge.packet_with('"median":', '"medium":'), "holds the choice “medium”"),
    "a comment": (PLAIN, stream_with(b"/RetractionMark Do", rb" q ", b" %x\nq "), "a comment"),
    "a comment in the packet": (PLAIN, forge.packet_with("<dc:title>", "<!-- Approved --><dc:title>"), "holds <!--"),
    "what the packet is about": (PLAIN, forge.packet_with('about=""', 'about="x"'), "describes x, which"),
    "plain characters in the packet": (PLAIN, forge.packet_with(r"RETRACTED", "<![CDATA[RETRACTED]]>"), "CDATA"),
    "a file that is associated twice": (PLAIN, associated_again, "is associated with the document twice"),
    "another name for an object": (PLAIN, named_again, "the copy lists a among its files"),
    "a font that is bold": (PLAIN, forge.entry("/Flags", 262144, Type="/FontDescriptor"), "other flags"),
    "the wrapper of the packet": (PLAIN, forge.packet_with('begin="', 'begin="x'), "begin and end as a marking"),
    "a prefix": (PLAIN, forge.packet_with("<rdf:RDF ", '<rdf:RDF xmlns:e="http://e.example/" '), "declares e for"),
    "what the history says": (PLAIN, forge.packet_with("put on every", "put on each"), "does not describe this"),
    "how the history is written": (PLAIN, forge.packet_with("<stEvt:when>", "!<stEvt:when>"), "not one that a marking"),
    "the identifier": (PLAIN, forge.packet_with("uuid:.", "uuid:x"), "does not follow from its receipt"),
    "the evidence": (PLAIN, forge.receipt_with(match_evidence=("it is surely this one",)), "another match than"),
    "an operator of the notice": (BACK, stream_with(b"/Text0 24 Tf", rb"/TextRGB", b"/TextRGX"), "its content is not"),
    "a font of the notice": (BACK, font_with(flipped, of_notice=True), "other data than in the notice document"),
    "a number without its zero": (PLAIN, stream_with(b"/RetractionMark Do", rb" q 0\.", b" q ."), "the number ."),
    "a zero too many": (PLAIN, stream_with(b"/RetractionMark Do", rb"(\.\d+) ", rb"\g<1>0 "), "the number 0."),
    "the text of the link": (LINKED, forge.entry("/Contents", "Click here", Subtype="/Link"), "the text of a link"),
    "a file without a date": (PLAIN, file_without("/CreationDate"), "CreationDate is not its own"),
    "a file without a checksum": (PLAIN, file_without("/CheckSum"), "CheckSum is not its own"),
    "a file that is not described": (PLAIN, without("/Desc", Type="/Filespec"), "has no /Desc"),
    "a font without flags": (PLAIN, without("/Flags", Type="/FontDescriptor"), "a font descriptor without /Flags"),
    "a state without an opacity": (PLAIN, state_without_opacity, "its /Resources is not as a marking writes it"),
    "a step between outlines": (PLAIN, forge.outlines_with(rb" l\n", b" l\nq "), "written as letters are"),
    "digits of a link": (LINKED, longer_link, "its /Rect is not as a marking writes it"),
    "two values in an object": (PLAIN, descriptor_and_more, "not valid PDF syntax"),
    "a schema": ({"pdfa": "3b"}, forge.packet_with("What was done", "What was made"), "the extension schemas declare"),
    "a name of a bare notice": (BARE, stream_with(b"/Text0 24 Tf", rb"/TextRGB cs", b"/X cs"), "resources do not have"),
    "an operator of a bare notice": (BARE, stream_with(b"/Text0 24 Tf", rb"BT", b"BI"), "the operator BI"),
    "a font of a bare notice": (BARE, font_with(flipped, of_notice=True), "the notice pages: a font program"),
    "the content of a bare notice": (BARE, notice_without_content, "the content of the notice pages is a"),
    "the page of the link": (LINKED, forge.entry("/P", Ref(1), Subtype="/Link"), "names another page as its own"),
    "a page of another generation": (LINKED, entry_with(rb"/P (\d+) 0 R", rb"/P \1 1 R", Subtype="/Link"), "leads"),
    "the place of the link": (LINKED, entry_with(rb"\[(\d+\.\d+) (\d+)", rb"[\1 77\2", Subtype="/Link"), "not over"),
    "a width of no character": (PLAIN, entry_with(rb" 0 0 0 ", rb" 0 540 0 ", Type="/Font"), "widths of characters"),
    "the type of a descriptor": (PLAIN, without("/Type", Type="/FontDescriptor"), "without /Type"),
    "the opacity": (PLAIN, state_of_another_opacity, "which the receipt does not record"),
    "an empty entry": (PLAIN, forge.entry("/Lang", None, Type="/Filespec"), "without a value"),
    "an entry of a tree": (PLAIN, entry_with(rb"^<<(/Names ?\[\()", rb"<</AA<<>>\1"), "it has /AA, which no"),
    "words in the history": (PLAIN, forge.packet_with("(<xmpMM:History>)", r"\1MM:History"), "has words beside its"),
    "the time in Info": (PLAIN, without("/ModDate", Producer="tests"), "ModDate in Info is missing"),
    "a key of the parent tree": (TAGGED, parent_key, "the tags have a key 921"),
    "the next key": (TAGGED, without("/ParentTreeNextKey", Type="/StructTreeRoot"), "the next key of the tags"),
    "a link without a key": (TAGGED, without("/StructParent", Subtype="/Link"), "does not lead to its element"),
    "the parent of an element": (TAGGED, forge.element_with("/P", Ref(3)), "names another one as its parent"),
    "the page of an element": (TAGGED, without("/Pg", Type="/StructElem", S="/P"), "not on the page of what it holds"),
    "the language of an element": (TAGGED, without("/Lang", Type="/StructElem", S="/P"), "has no language"),
    "the length of a font": (BARE, length_of_the_font_of_the_notice, "the notice pages: a font program of another len"),
    "the space of a bare notice": (BARE, space_of_the_notice, "a colour space of the notice pages"),
    "the colour of a bare notice": (BARE, stream_with(b"/Text0 24 Tf", rb"\.1 \.1 \.1", b"1 1 1"), "paint in a colour"),
    "the letters of a bare notice": (BARE, stream_with(b"<0003> <0070>", rb"0070", b"0074"), "as another letter"),
    "a link of a bare notice": (BARE, entry_with(rb"notice\)", rb"other)", S="/URI"), "leads to"),
    "an element of the line": (TAGGED, without_an_element_of_the_line, "which the copy does not have"),
    "an element of the notice": (FRONT, without_an_element, "tags of the notice"),
}  # fmt: skip


@pytest.mark.parametrize("forgery", FORGED)
def test_what_no_marking_writes_is_found_though_it_looks_the_same(tmp_path: Path, forgery: str) -> None:
    article, tamper, message = FORGED[forgery]
    copy = stamped(tmp_path, tamper, **article)
    failures = verify_copy(copy).failures
    assert any(message in one.message for one in failures), failures


@pytest.mark.parametrize(
    "article", [PLAIN, TAGGED, FRONT, BACK, BARE, LINKED], ids=["plain", "tagged", "front", "back", "bare", "linked"]
)
def test_the_same_copies_with_nothing_changed_verify(tmp_path: Path, article: dict[str, Any]) -> None:
    assert verify_copy(stamped(tmp_path, **article), asks_verapdf=False).passed


@pytest.mark.parametrize("more", [-1, 2])
def test_a_stream_of_another_length_than_it_says_is_found(tmp_path: Path, more: int) -> None:
    copy = tmp_path / "copy.pdf"
    with ExitStack() as stack:
        revision = Recorder(tmp_path, stack).revision(build(**PLAIN))
        objects = dict(revision.objects)
        number, body = next(one for one in objects.items() if b"/RetractionMark Do" in (one[1].data or b""))
        length = int(re.findall(rb"/Length (\d+)", body.head)[0])
        head = body.head.replace(b"/Length %d" % length, b"/Length %d" % (length + more))
        copy.write_bytes(revision.sealed({**objects, number: replace(body, head=head)}))
    failures = verify_copy(copy, proof=Proof.STRUCTURE).failures
    assert any("not valid PDF syntax" in one.message for one in failures), failures


def test_an_identifier_that_is_an_attribute_in_the_packet_follows_from_the_receipt_too(tmp_path: Path) -> None:
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmpMM:InstanceID="uuid:1"/>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
    assert verify_copy(stamped(tmp_path, xmp=packet.encode())).passed


@pytest.mark.parametrize("kind", ["table", "stream"])
def test_a_reference_of_the_original_to_a_missing_object_is_not_reported_as_a_forgery(
    tmp_path: Path, kind: str
) -> None:
    entries = {"/PieceInfo": Ref(77), "/Group": {"/S": Name("/Transparency"), "/CS": Ref(78)}}
    copy = stamped(tmp_path, page_entries=entries, xref=kind, object_streams=kind == "stream", links=True)
    assert not [one for one in verify_copy(copy).failures if "does not have" in one.message]
