"""A revision changes what it says and nothing else: proved with readers that did not write it."""

import hashlib
import io
import re
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.helpers.build import build
from watermark.errors import FailedError
from watermark.pdf.file_structure import FileFrame, TailError, XrefKind, XrefTail, read_frame, read_tail
from watermark.pdf.incremental_update import (
    IncrementalUpdate,
    XrefEntry,
    build_update,
    revision_bytes,
    trailer_entries,
    with_self_digest,
)
from watermark.pdf.object_draft import ObjectDraft, first_free_number
from watermark.pdf.serialization import Name, Ref, Value

Tool = Callable[[str], str]

ANY_FILE = [
    {},
    {"xref": "stream"},
    {"xref": "stream", "object_streams": True, "pages": 3},
    {"xref": "hybrid"},
    {"xref": "hybrid", "object_streams": True},
    {"gap": 2},
    {"generation": 3},
    {"revisions": 2},
    {"revisions": 2, "xref": "stream", "object_streams": True},
    {"eof_newline": False},
    {"eof_newline": False, "xref": "stream"},
    {"junk_before": b"junk\n"},
    {"junk_before": b"junk", "xref": "stream"},
    {"junk_after": b"\0trash"},
    {"space_before_xref": b"\n \n"},
    {"linearized": True},
    {"size": 3},
    {"info": None, "identifier": False},
    {"info_direct": True},
]
BROKEN_FILE = [
    {"startxref": 7},
    {"startxref": 7, "xref": "stream"},
    {"startxref": 7, "xref": "stream", "object_streams": True, "pages": 3},
    {"startxref": 7, "gap": 3, "eof_newline": False},
    {"startxref": 7, "generation": 2},
    {"startxref": 7, "junk_before": b"junk\n"},
]


def _marked(data: bytes, info: Ref | None = None) -> IncrementalUpdate:
    """Append a new stream, and a new entry of the catalog that refers to it."""
    with pikepdf.open(io.BytesIO(data), inherit_page_attributes=False) as document:
        draft = ObjectDraft(document, first_free_number(document))
        draft.change(document.Root)["/Mark"] = draft.add_stream({"/Note": "(mark)"}, b"marked \r")
        return build_update(draft, _base(data), hashlib.sha256(data), info)


def _base(data: bytes) -> FileFrame:
    try:
        return read_tail(data)
    except TailError:
        return read_frame(data)


def _is_marked_for_every_reader(copy: bytes, pages: int, path: Path, pdftotext: str) -> None:
    with pikepdf.open(io.BytesIO(copy)) as document:
        assert document.Root.Mark.read_bytes() == b"marked \r"
        assert len(document.pages) == pages
        assert not any("reconstruct" in warning for warning in document.get_warnings())
    reader = pypdf.PdfReader(io.BytesIO(copy))
    mark = reader.trailer["/Root"]["/Mark"]
    assert (mark.get_data(), mark["/Note"], len(reader.pages)) == (b"marked \r", "(mark)", pages)
    document = pypdfium2.PdfDocument(copy)
    assert "page 1 of" in document[0].get_textpage().get_text_range()
    document.close()
    path.write_bytes(copy)
    shown = subprocess.run([pdftotext, path, "-"], capture_output=True, check=True)
    assert b"page 1 of" in shown.stdout
    assert not shown.stderr


def _complaints(data: bytes, path: Path, qpdf: str) -> list[str]:
    """What qpdf says of a file, without places."""
    path.write_bytes(data)
    checked = subprocess.run([qpdf, "--check", path], capture_output=True, text=True, check=False)
    return sorted(re.sub(r"\d+", "N", line) for line in checked.stderr.splitlines() if "WARNING" in line)


@pytest.mark.parametrize("recipe", ANY_FILE, ids=str)
def test_the_copy_begins_with_the_original_and_opens_everywhere(
    recipe: dict[str, object], tmp_path: Path, tool: Tool
) -> None:
    data = build(**recipe)
    copy = data + _marked(data).data
    assert copy.startswith(data)
    _is_marked_for_every_reader(copy, recipe.get("pages", 1), tmp_path / "copy.pdf", tool("pdftotext"))
    complaints = _complaints(data, tmp_path / "original.pdf", tool("qpdf"))
    assert set(_complaints(copy, tmp_path / "copy.pdf", tool("qpdf"))) <= set(complaints)


@pytest.mark.parametrize("recipe", BROKEN_FILE, ids=str)
def test_a_file_with_a_broken_startxref_is_healed(recipe: dict[str, object], tmp_path: Path, tool: Tool) -> None:
    data = build(**recipe)
    assert _complaints(data, tmp_path / "original.pdf", tool("qpdf"))
    copy = data + _marked(data).data
    _is_marked_for_every_reader(copy, recipe.get("pages", 1), tmp_path / "copy.pdf", tool("pdftotext"))
    assert not _complaints(copy, tmp_path / "copy.pdf", tool("qpdf"))
    assert b"/Prev" not in _marked(data).data


def test_a_healed_file_gets_a_stream_only_for_objects_in_object_streams() -> None:
    assert b"trailer" in _marked(build(startxref=7)).data
    assert b"/XRef" in _marked(build(startxref=7, xref="stream", object_streams=True)).data


@pytest.mark.parametrize("kind", list(XrefKind))
def test_the_kind_of_the_section_is_kept_and_the_hybrid_reference_is_not(kind: XrefKind) -> None:
    data = build(xref=kind.value)
    copy = data + _marked(data).data
    tail = read_tail(copy)
    assert tail.kind is (XrefKind.STREAM if kind is XrefKind.STREAM else XrefKind.TABLE)
    assert b"/XRefStm" not in copy[len(data) :]
    assert b"/Prev %d" % read_tail(data).startxref in copy[len(data) :]


@pytest.mark.parametrize("recipe", ANY_FILE, ids=str)
def test_every_offset_leads_from_the_header_to_its_object(recipe: dict[str, object]) -> None:
    data = build(**recipe)
    revision = _marked(data)
    copy = data + revision.data
    start = read_frame(data).header_offset
    with pikepdf.open(io.BytesIO(copy)) as document:
        table = document.get_xref_table()
    written = re.findall(rb"^([0-9]+) ([0-9]+) obj$", revision.data, re.MULTILINE)
    assert written
    for ref in [(int(number), int(generation)) for number, generation in written]:
        place = start + table[ref].offset
        assert place >= len(data)
        assert re.match(rb"%d %d obj\n" % ref, copy[place : place + 30])
        assert copy[place - 1 : place] in {b"\n", b"\r"}


@pytest.mark.parametrize("recipe", ANY_FILE + BROKEN_FILE, ids=str)
def test_the_self_digest_is_that_of_the_whole_copy_with_zeros_in_its_place(recipe: dict[str, object]) -> None:
    data = build(**recipe)
    revision = _marked(data)
    copy = data + revision.data
    place = len(data) + revision.self_digest_offset
    digits = copy[place : place + 64]
    assert hashlib.sha256(copy[:place] + b"0" * 64 + copy[place + 64 :]).hexdigest().upper().encode() == digits
    reader = pypdf.PdfReader(io.BytesIO(copy))
    assert reader.trailer["/ID"][1].original_bytes.hex().upper().encode() == digits


def test_the_first_identifier_is_kept_or_made_from_the_original() -> None:
    data = build()
    assert b"/ID [<0123456789ABCDEF0123456789ABCDEF> <" in _marked(data).data
    data = build(identifier=False)
    assert b"/ID [<%b> <" % hashlib.sha256(data).hexdigest()[:32].upper().encode() in _marked(data).data


def test_an_encrypted_file_without_an_identifier_keeps_an_empty_one() -> None:
    data = build()
    with pikepdf.open(io.BytesIO(build(identifier=False, catalog={"/Mark": 1}))) as document:
        document.trailer["/Encrypt"] = pikepdf.Dictionary()
        revision = build_update(ObjectDraft(document, 9), read_tail(data), hashlib.sha256(data))
    assert b"/ID [<> <" in revision.data


def test_the_trailer_takes_over_what_is_not_of_one_section() -> None:
    data = build(xref="stream").replace(b"/Type /XRef", b"/DocChecksum /AB/Type /XRef")
    with pikepdf.open(io.BytesIO(data)) as document:
        entries = trailer_entries(document.trailer)
    assert set(entries) == {"/Root", "/Info", "/DocChecksum"}
    assert b"/Info 77 0 R" in _marked(build(), info=Ref(77)).data


def test_the_same_draft_gives_the_same_bytes() -> None:
    data = build(xref="stream", pages=3)
    assert _marked(data) == _marked(data)


def test_a_copy_can_be_marked_again() -> None:
    data = build(xref="stream")
    copy = data + _marked(data).data
    again = copy + _marked(copy).data
    reader = pypdf.PdfReader(io.BytesIO(again))
    assert reader.trailer["/Root"]["/Mark"].get_data() == b"marked \r"
    assert reader.trailer["/ID"][0] == pypdf.PdfReader(io.BytesIO(data)).trailer["/ID"][0]


def _tail(length: int, kind: XrefKind) -> XrefTail:
    return XrefTail(
        length=length,
        header_offset=0,
        ends_with_newline=True,
        linearized=False,
        startxref=9,
        kind=kind,
        size=5,
    )


def test_an_offset_beyond_ten_digits_is_an_error_in_a_table_and_fits_a_stream() -> None:
    objects = [(Ref(5), b"null")]
    arguments = {"identifier": b"", "first_free": 6}
    revision = revision_bytes(_tail(9_999_999_999, XrefKind.TABLE), objects, {}, **arguments)
    assert b"\n9999999999 00000 n \n" in revision.data
    with pytest.raises(FailedError, match="larger than its cross-reference table"):
        revision_bytes(_tail(10_000_000_000, XrefKind.TABLE), objects, {}, **arguments)
    revision = revision_bytes(_tail(10_000_000_000, XrefKind.STREAM), objects, {}, **arguments)
    assert b"/W [1 5 1]" in revision.data


def test_consecutive_numbers_share_a_subsection_and_generations_are_kept() -> None:
    objects = [(Ref(3, 2), b"null"), (Ref(4), b"null"), (Ref(7, 65535), b"null")]
    data = revision_bytes(_tail(100, XrefKind.TABLE), objects, {}, identifier=b"", first_free=8).data
    section = data[data.index(b"xref\n") : data.index(b"trailer")]
    assert re.fullmatch(rb"xref\n3 2\n0000000100 00002 n \n\d{10} 00000 n \n7 1\n\d{10} 65535 n \n", section), section
    assert b"/Size 8" in data


def test_a_complete_section_lists_free_numbers_up_to_a_limit() -> None:
    arguments = {"identifier": b"", "first_free": 1}
    frame = _tail(100, XrefKind.TABLE)
    data = revision_bytes(frame, [], {}, recovered={2: XrefEntry(1, 15, 1)}, **arguments).data
    assert b"0 3\n0000000000 65535 f \n0000000000 65535 f \n0000000015 00001 n \n" in data
    data = revision_bytes(frame, [], {}, recovered={8_000_000: XrefEntry(1, 15, 0)}, **arguments).data
    assert len(data) < 1000


def test_the_self_digest_reads_the_original_once() -> None:
    revision = revision_bytes(_tail(100, XrefKind.TABLE), [], {}, identifier=b"\0" * 32, first_free=5)
    original = hashlib.sha256(b"the original")
    done = with_self_digest(revision, original)
    expected = hashlib.sha256(b"the original" + revision.data).hexdigest().upper().encode()
    assert done.data[done.self_digest_offset : done.self_digest_offset + 64] == expected
    assert done.size_bytes == revision.size_bytes
    assert b"<%b>" % (b"0" * 64) in done.data  # the first identifier, though it looks like an empty self digest
    assert original.digest() == hashlib.sha256(b"the original").digest()


_scalars = st.one_of(
    st.booleans(),
    st.integers(-(2**31), 2**31),
    st.decimals(-1000, 1000, places=7),
    st.binary(max_size=20),
    st.text(st.characters(min_codepoint=1, max_codepoint=0xFFFF, exclude_categories=["Cs"]), min_size=1).map(
        lambda text: Name("/" + text)
    ),
)
_values = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["/A", "/B b", "/C#"]), inner),
    max_leaves=8,
)
_recipes = st.fixed_dictionaries(
    {},
    optional={
        "xref": st.sampled_from(["table", "stream", "hybrid"]),
        "object_streams": st.booleans(),
        "pages": st.integers(1, 3),
        "gap": st.integers(0, 2),
        "generation": st.integers(0, 2),
        "revisions": st.integers(0, 2),
        "eof_newline": st.booleans(),
        "junk_before": st.sampled_from([b"", b"junk"]),
        "size": st.none() | st.integers(1, 40),
        "startxref": st.none() | st.just(7),
    },
)


def _plain(value: object) -> object:
    """Any reader's value, and the drafted one, in one form."""
    plain: object = value
    if isinstance(value, pypdf.generic.PdfObject):
        value = value.get_object()
    if isinstance(value, pikepdf.Dictionary | dict):
        plain = {str(key): _plain(item) for key, item in value.items()}
    elif isinstance(value, pikepdf.Array | list):
        plain = [_plain(item) for item in value]
    elif isinstance(value, pikepdf.String):
        plain = bytes(value)
    elif isinstance(value, pypdf.generic.TextStringObject | pypdf.generic.ByteStringObject):
        plain = value.original_bytes
    elif isinstance(value, pypdf.generic.BooleanObject):
        plain = value.value
    elif isinstance(value, pikepdf.Name | str):
        plain = str(value)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        plain = round(float(value), 7)
    return plain


@settings(max_examples=25, deadline=None)
@given(recipe=_recipes, values=st.lists(_values, min_size=1, max_size=4), content=st.binary(max_size=60))
def test_every_object_is_read_back_as_it_was_drafted(
    recipe: dict[str, object], values: list[Value], content: bytes
) -> None:
    hidden_catalog = recipe.get("xref") == "hybrid" and recipe.get("object_streams")
    assume(not (hidden_catalog and recipe.get("startxref")))  # no reader recovers that
    data = build(**recipe)
    with pikepdf.open(io.BytesIO(data), inherit_page_attributes=False) as document:
        before = document.check_pdf_syntax()
        draft = ObjectDraft(document, first_free_number(document))
        refs = [draft.add(value) for value in values]
        stream = draft.add_stream({"/Values": refs}, content, compress=bool(len(content) % 2))
        draft.change(document.Root)["/Drafted"] = stream
        revision = build_update(draft, _base(data), hashlib.sha256(data))
    copy = data + revision.data
    with pikepdf.open(io.BytesIO(copy)) as document:
        assert len(document.check_pdf_syntax()) <= len(before)
        assert document.Root.Drafted.read_bytes() == content
        assert [_plain(value) for value in document.Root.Drafted["/Values"]] == [_plain(value) for value in values]
    from_header = copy[read_frame(data).header_offset :]  # pypdf takes every offset from the first byte
    drafted = pypdf.PdfReader(io.BytesIO(from_header)).trailer["/Root"]["/Drafted"]
    assert drafted.get_data() == content
    assert [_plain(value) for value in drafted["/Values"]] == [_plain(value) for value in values]


@pytest.mark.corpus("articles", "structure")
def test_a_real_file_opens_with_as_many_pages_as_before(shared_pdf: Path) -> None:
    data = shared_pdf.read_bytes()
    copy = data + _marked(data).data
    with pikepdf.open(shared_pdf) as before, pikepdf.open(io.BytesIO(copy)) as after:
        pages = len(before.pages)
        assert len(after.pages) == pages
        assert after.Root.Mark.read_bytes() == b"marked \r"
    assert len(pypdf.PdfReader(io.BytesIO(copy)).pages) == pages
    document = pypdfium2.PdfDocument(copy)
    assert len(document) == pages
    document.close()
