"""Forgeries of a marked copy: what an attacker changes in a draft before it gets the right digests."""

import hashlib
import html
import io
import json
import re
import uuid
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

from fontTools.ttLib import TTFont

from tests.helpers.tampered_copies import Tamper
from watermark.pdf.fonts.embedding import glyph_order, program_of
from watermark.pdf.fonts.face import TEXT, own_face
from watermark.pdf.object_draft import Dictionary, ObjectDraft
from watermark.pdf.serialization import Name, Raw, Ref, Value
from watermark.receipt import Receipt
from watermark.stamping.mark.outlines import letters

SCRIPT: Dictionary = {"/S": Name("/JavaScript"), "/JS": b"app.alert(1)"}
ELSEWHERE = "https://elsewhere.example/"
RECEIPT = re.compile(r"(<rwm:Receipt>)(.*?)(</rwm:Receipt>)", re.DOTALL)
IDENTIFIER = re.compile(r"<xmpMM:InstanceID>uuid:([0-9a-f-]+)<")


def entries_of(draft: ObjectDraft, **wanted: str) -> list[tuple[Ref, Dictionary]]:
    """Return the drafted dictionaries whose entries have these names as their values, in their order."""
    found = sorted(
        ((ref, stored) for ref, stored in draft._changed.items() if isinstance(stored, dict)), key=lambda one: one[0]
    )
    return [
        (ref, stored)
        for ref, stored in found
        if all(str(stored.get(f"/{key}")) == value for key, value in wanted.items())
    ]


def data_of(draft: ObjectDraft, ref: Ref) -> bytes:
    data = draft._streams[ref]
    return zlib.decompress(data) if "/Filter" in draft.change(ref) else data


def rewrite(draft: ObjectDraft, ref: Ref, change: Callable[[bytes], bytes]) -> None:
    """Let a drafted stream hold something else; nothing else of it changes."""
    before = data_of(draft, ref)
    after = change(before)
    assert after != before
    is_deflated = "/Filter" in draft.change(ref)
    draft._streams[ref] = zlib.compress(after) if is_deflated else after


def form(draft: ObjectDraft, name: str) -> Ref:
    """Return the form that pages of the article name so."""
    for _, page in entries_of(draft, Type="/Page"):
        forms = draft.copy_dict(draft.copy_dict(page.get("/Resources")).get("/XObject"))
        if isinstance(found := forms.get(name), Ref):
            return found
    raise AssertionError(name)


def article_page(draft: ObjectDraft) -> Dictionary:
    return next(
        page
        for _, page in entries_of(draft, Type="/Page")
        if "/RetractionMark" in draft.copy_dict(draft.copy_dict(page.get("/Resources")).get("/XObject"))
    )


def catalog(draft: ObjectDraft) -> Dictionary:
    return (
        draft.change(draft.catalog_ref) if hasattr(draft, "catalog_ref") else entries_of(draft, Type="/Catalog")[0][1]
    )


def packet(draft: ObjectDraft) -> Ref:
    return next(ref for ref, data in draft._streams.items() if b"rwm:Receipt" in data)


def packet_with(old: str, new: str) -> Tamper:
    """Rewrite the XMP packet; `old` is a regular expression."""

    def tamper(draft: ObjectDraft) -> None:
        rewrite(draft, packet(draft), lambda data: re.sub(old, new, data.decode(), count=1, flags=re.DOTALL).encode())

    return tamper


def with_its_identifier(text: str) -> str:
    """Return a packet with the identifier that follows from its receipt, as a forger can compute it."""
    receipt, identifier = RECEIPT.search(text), IDENTIFIER.search(text)
    assert receipt is not None
    assert identifier is not None
    return text.replace(identifier[1], str(uuid.uuid5(uuid.NAMESPACE_URL, html.unescape(receipt[2]))))


def receipt_with(**changes: Any) -> Tamper:  # noqa: ANN401 - whatever the field holds
    """Rewrite the receipt, and the properties that repeat it."""

    def tamper(draft: ObjectDraft) -> None:
        def change(data: bytes) -> bytes:
            text = data.decode()
            found = RECEIPT.search(text)
            assert found is not None
            old = Receipt.from_json(html.unescape(found[2]))
            new = replace(old, **changes)
            text = RECEIPT.sub(lambda match: match[1] + escape(new.to_json()) + match[3], text)
            for name, value in new.properties().items():
                before = old.properties()[name]
                if value != before:
                    text = text.replace(f"<rwm:{name}>{escape(before)}<", f"<rwm:{name}>{escape(value)}<")
            return with_its_identifier(text).encode()

        rewrite(draft, packet(draft), change)

    return tamper


def all_of(*tampers: Tamper) -> Tamper:
    def tamper(draft: ObjectDraft) -> None:
        for one in tampers:
            one(draft)

    return tamper


# ------------------------------------------------------------------------------------------------ the mark, the line


def another_word(text: str) -> Tamper:
    path = letters(text).path

    def tamper(draft: ObjectDraft) -> None:
        rewrite(
            draft,
            form(draft, "/RetractionMark"),
            lambda data: re.sub(rb"-?\d+ -?\d+ m\n.*h", path, data, flags=re.DOTALL),
        )

    return tamper


def outlines_with(old: bytes, new: bytes) -> Tamper:
    def tamper(draft: ObjectDraft) -> None:
        rewrite(draft, form(draft, "/RetractionMark"), lambda data: re.sub(old, new, data, count=1, flags=re.DOTALL))

    return tamper


def line_with(old: bytes, new: bytes) -> Tamper:
    def tamper(draft: ObjectDraft) -> None:
        rewrite(draft, form(draft, "/RetractionLine"), lambda data: re.sub(old, new, data, count=1, flags=re.DOTALL))

    return tamper


def other_glyphs(draft: ObjectDraft) -> None:
    """Let each letter of the line be drawn as another one: what is copied from the page stays as it was."""
    face = own_face(TEXT)
    for _, descriptor in entries_of(draft, Type="/FontDescriptor"):
        if "Retraction" in str(descriptor) or "SourceSans" in str(descriptor.get("/FontName")):
            characters = tuple(map(chr, range(32, 127)))
            program = program_of(face, glyph_order(face, map(face.glyph, characters)), characters)
            turned = _turned(program)
            descriptor["/FontFile2"] = draft.add_stream({"/Length1": len(turned)}, turned)
            return
    raise AssertionError


def _turned(program: bytes) -> bytes:
    font = TTFont(io.BytesIO(program))
    table = font["cmap"].tables
    for one in table:
        codes = sorted(one.cmap)
        one.cmap = {code: one.cmap[codes[(at + 7) % len(codes)]] for at, code in enumerate(codes)}
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def space_of(written: bytes) -> Tamper:
    def tamper(draft: ObjectDraft) -> None:
        for ref, stored in list(draft._changed.items()):
            if isinstance(stored, Raw) and bytes(stored).startswith(b"[/CalRGB"):
                draft._changed[ref] = Raw(written)
                return
        raise AssertionError

    return tamper


# ------------------------------------------------------------------------------------------------ objects


def stray(value: Value) -> Tamper:
    return lambda draft: void(draft.add(value))


def void(_: object) -> None:
    """Return nothing."""


def entry(key: str, value: Value, **wanted: str) -> Tamper:
    """Give an entry to the first drafted dictionary whose entries have these names."""

    def tamper(draft: ObjectDraft) -> None:
        entries_of(draft, **wanted)[0][1][key] = value

    return tamper


def form_entry(key: str, value: Value, name: str = "/RetractionMark") -> Tamper:
    def tamper(draft: ObjectDraft) -> None:
        draft.change(form(draft, name))[key] = value

    return tamper


def resource(category: str, name: str, value: Value) -> Tamper:
    def tamper(draft: ObjectDraft) -> None:
        page = article_page(draft)
        resources = draft.copy_dict(page["/Resources"])
        resources[category] = {**draft.copy_dict(resources.get(category)), name: value}
        page["/Resources"] = resources

    return tamper


def annotation(value: Dictionary) -> Tamper:
    def tamper(draft: ObjectDraft) -> None:
        page = article_page(draft)
        page["/Annots"] = [*draft.copy_array(page.get("/Annots")), draft.add(value)]

    return tamper


# ------------------------------------------------------------------------------------------------ files


def file_entry(kind: str, key: str, value: Value) -> Tamper:
    """Give an entry to the specification of the file with this name."""

    def tamper(draft: ObjectDraft) -> None:
        draft.change(specification(draft, kind))[key] = value

    return tamper


def specification(draft: ObjectDraft, name: str) -> Ref:
    for ref, stored in entries_of(draft, Type="/Filespec"):
        if str(stored.get("/F")) == name:
            return ref
    raise AssertionError(name)


def stream_entry(name: str, key: str, value: Value) -> Tamper:
    def tamper(draft: ObjectDraft) -> None:
        streams = draft.copy_dict(draft.change(specification(draft, name))["/EF"])
        draft.change(streams["/F"])[key] = value

    return tamper


def record_with(**changes: object) -> Tamper:
    """Rewrite the record, and the digest and the size that the receipt names."""

    def tamper(draft: ObjectDraft) -> None:
        ref = draft.copy_dict(draft.change(specification(draft, "retraction.json"))["/EF"])["/F"]
        assert isinstance(ref, Ref)
        record = {**json.loads(data_of(draft, ref)), **changes}
        file_with("retraction.json", json.dumps(record).encode())(draft)

    return tamper


def file_with(name: str, data: bytes) -> Tamper:
    """Put other data into a file, and their digest and size into the receipt."""

    def tamper(draft: ObjectDraft) -> None:
        ref = draft.copy_dict(draft.change(specification(draft, name))["/EF"])["/F"]
        assert isinstance(ref, Ref)
        rewrite(draft, ref, lambda _: data)
        found = RECEIPT.search(data_of(draft, packet(draft)).decode())
        assert found is not None
        receipt = Receipt.from_json(html.unescape(found[2]))
        digest = hashlib.sha256(data).hexdigest()
        files = tuple(
            replace(one, sha256=digest, size_bytes=len(data)) if one.name == name else one for one in receipt.files
        )
        receipt_with(files=files)(draft)

    return tamper


def renamed(name: str, new: str) -> Tamper:
    """Give a file another name, in the receipt, too."""

    def tamper(draft: ObjectDraft) -> None:
        entries = draft.change(specification(draft, name))
        entries["/F"] = entries["/UF"] = new
        for _, stored in entries_of(draft):
            if isinstance(names := stored.get("/Names"), list):
                stored["/Names"] = [new.encode() if one == name.encode() or str(one) == name else one for one in names]
        found = RECEIPT.search(data_of(draft, packet(draft)).decode())
        assert found is not None
        receipt = Receipt.from_json(html.unescape(found[2]))
        files = tuple(replace(one, name=new) if one.name == name else one for one in receipt.files)
        receipt_with(files=files)(draft)

    return tamper


# ------------------------------------------------------------------------------------------------ tags, notice pages


def element_with(key: str, value: Value) -> Tamper:
    return entry(key, value, Type="/StructElem", S="/Link")


def claims_content(draft: ObjectDraft) -> None:
    entries_of(draft, Type="/StructElem", S="/P")[0][1]["/K"] = [0]


def notice_page(draft: ObjectDraft) -> Dictionary:
    return next(
        page
        for _, page in entries_of(draft, Type="/Page")
        if "/RetractionMark" not in draft.copy_dict(draft.copy_dict(page.get("/Resources")).get("/XObject"))
    )


def notice_page_entry(key: str, value: Value) -> Tamper:
    def tamper(draft: ObjectDraft) -> None:
        notice_page(draft)[key] = value

    return tamper


def notice_annotation(value: Dictionary) -> Tamper:
    def tamper(draft: ObjectDraft) -> None:
        page = notice_page(draft)
        page["/Annots"] = [*draft.copy_array(page.get("/Annots")), draft.add(value)]

    return tamper


def notice_content(draft: ObjectDraft) -> None:
    notice_page(draft)["/Contents"] = draft.add_stream({}, b"1 g 0 0 595 842 re f 0 g 72 700 300 20 re f")


def more_notice_pages(draft: ObjectDraft) -> None:
    page = dict(notice_page(draft))
    page.pop("/StructParents", None)
    tree = entries_of(draft, Type="/Pages")[0][1]
    kids = draft.copy_array(tree["/Kids"])
    tree["/Kids"] = [draft.add(page), *kids]
    tree["/Count"] = len(kids) + 1
