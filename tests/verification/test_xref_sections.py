"""The cross-reference section of a revision, read from its bytes, and where it may point."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from pypdf.generic import DictionaryObject

from tests.helpers.evidence import ANNOTS, CATALOG, INFO, Alter, Parts, made, original, resealed
from watermark.errors import FailedError
from watermark.models import Claim
from watermark.verification.fixity import _chain, _misplaced_objects
from watermark.verification.pypdf_document import PypdfDocument
from watermark.verification.verifier import verify_copy
from watermark.verification.xref_sections import Section, SectionEntry, digest_offset, last_section_offset, read_section

ORIGINAL = original(pages=1)
COPY = made(ORIGINAL, pages=1)
ROWS = b"\x01\x00\x09\x00" + b"\x00\x00\x00\x00" + b"\x02\x00\x07\x03"


def xref_stream(entries: bytes, rows: bytes) -> tuple[bytes, int]:
    data = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n"
    head = b"9 0 obj<</Type/XRef/Size 10/Root 1 0 R%b/Length %d>>stream\n" % (entries, len(rows))
    body = head + rows + b"\nendstream\nendobj\n"
    return data + body + b"startxref\n%d\n%%%%EOF\n" % len(data), len(data)


def section_of(data: bytes, place: int | None = None) -> Section:
    start = last_section_offset(data, 0, len(data)) if place is None else place
    return read_section(data, 0, len(data), start, PypdfDocument(COPY, 0, len(COPY)).reader)


def test_a_table_is_read() -> None:
    section = section_of(COPY)
    assert section.number is None
    assert section.entries[0] == SectionEntry(0, 0, 65535)
    assert COPY[section.entries[CATALOG].offset :].startswith(b"1 0 obj")
    assert section.previous == int(re.findall(rb"startxref\s+(\d+)", ORIGINAL)[-1])
    place = digest_offset(COPY, 0, section)
    assert place is not None
    assert re.fullmatch(rb"[0-9a-f]{64}", COPY[place : place + 64])


def test_a_stream_is_read() -> None:
    data, place = xref_stream(b"/W[1 2 1]/Index[1 1 4 2]/Prev 77", ROWS)
    section = section_of(data)
    assert section.number is not None
    assert (section.offset, section.previous) == (place, 77)
    assert section.entries == {1: SectionEntry(1, 9, 0), 4: SectionEntry(0, 0, 0), 5: SectionEntry(2, 7, 3)}


def test_a_type_that_is_left_out_is_an_object_in_use() -> None:
    data, _ = xref_stream(b"/W[0 2 0]/Index[1 1]", b"\x00\x09")
    assert section_of(data).entries == {1: SectionEntry(1, 9, 0)}


def test_each_number_of_a_stream_has_all_of_its_bytes_and_a_range_may_count_nothing() -> None:
    rows = b"\x01\x12\x34\x56\x00\x07" + b"\x02\xff\xff\xff\x01\x00"
    data, _ = xref_stream(b"/W[1 3 2]/Index[8 0 1 2 9 -1]", rows)
    assert section_of(data).entries == {1: SectionEntry(1, 0x123456, 7), 2: SectionEntry(2, 0xFFFFFF, 256)}


def test_an_object_that_a_stream_lists_twice_is_an_error() -> None:
    data, place = xref_stream(b"/W[1 2 1]/Index[1 2 2 1]", ROWS)
    with pytest.raises(FailedError, match="object 2 is listed twice"):
        section_of(data, place)


@pytest.mark.parametrize(
    "entries",
    [b"/W[1 2]", b"/W[0 0 0]", b"/W[1 2 90]", b"/W[1 2 1]/Index[1 9999]", b"/W[1 2 1]/Index[1]", b"/W 3", b""],
)
def test_a_broken_stream_is_an_error_of_ours(entries: bytes) -> None:
    data, place = xref_stream(entries, ROWS)
    with pytest.raises(FailedError, match="cannot be read"):
        section_of(data, place)


@pytest.mark.parametrize(
    "data", [b"xref\n0 1\n00000 65535 f \n", b"xref\n0 0\n", b"xref\n0 0\ntrailer\n(x)", b"nothing"]
)
def test_a_broken_table_is_an_error_of_ours(data: bytes) -> None:
    with pytest.raises(FailedError, match="cannot be read"):
        section_of(data, 0)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"startxref\n7\n", "does not end with"),
        (b"startxref\n7\n%%EOF\n% more", "7 bytes follow"),
        (b"startxref\n7\n%%EOF\n\n", "2 bytes follow"),
        (b"startxref\nx\n%%EOF\n", "1 bytes follow"),
    ],
)
def test_the_end_of_the_file_is_the_end_of_the_revision(data: bytes, words: str) -> None:
    with pytest.raises(FailedError, match=words):
        last_section_offset(data, 0, len(data))


def chained(entry: SectionEntry, number: int = 3, *, previous: int | None = 100) -> str:
    mapped = b"%PDF-1.7\n3 0 obj 7 endobj\n" + b" " * 60 + b"3 0 obj 8 endobj\n"
    reader = SimpleNamespace(_startxref=100)
    evidence = SimpleNamespace(
        mapped=mapped, header=0, base_size_bytes=60, before=SimpleNamespace(numbers={3}, reader=reader), password=None
    )
    section = Section(offset=0, end=9, entries={number: entry}, trailer=DictionaryObject(), previous=previous)
    return " | ".join([*_misplaced_objects(evidence, section), *_chain(evidence, section)])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (SectionEntry(1, 86, 0), ""),
        (SectionEntry(1, 87, 0), "object 3 is not where the cross-reference section says"),
        (SectionEntry(1, 86, 1), "object 3 is not where the cross-reference section says"),
        (SectionEntry(1, 9, 0), "object 3 is taken from another place of the original"),
        (SectionEntry(0, 0, 1), "object 3 is deleted"),
        (SectionEntry(2, 7, 0), "object 3 is taken from an object stream"),
    ],
)
def test_an_entry_points_at_an_object_of_the_revision(entry: SectionEntry, message: str) -> None:
    assert chained(entry) == message


def test_a_damaged_original_is_listed_again() -> None:
    assert chained(SectionEntry(1, 9, 0), previous=None) == ""
    assert "is not where" in chained(SectionEntry(1, 10, 0), previous=None)


def complaint(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return " | ".join(found.message for found in verify_copy(path).failures if found.claim is Claim.FIXITY)


def with_trailer(old: bytes, new: bytes) -> bytes:
    place = COPY.rindex(b"trailer")
    assert old in COPY[place:]
    return resealed(COPY[:place] + COPY[place:].replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"/Info 4 0 R", b"", "the trailer names another Info"),
        (b"/Info 4 0 R", b"/Info 1 0 R", "the trailer names another Info"),
        (b"/Root", b"/XRefStm 9/Root", "a second cross-reference section"),
        (b"/ID[<11", b"/ID[<12", "another first identifier"),
        (b"/Prev ", b"/Prev 20/Was ", "does not go on from the original's"),
    ],
)
def test_the_trailer_continues_the_originals(tmp_path: Path, old: bytes, new: bytes, message: str) -> None:
    assert message in complaint(tmp_path / "copy.pdf", with_trailer(old, new))


def overriding(number: int, body: bytes) -> Alter:
    def finish(parts: Parts) -> None:
        parts.objects[number] = body

    return finish


@pytest.mark.parametrize(
    ("finish", "message"),
    [
        (overriding(ANNOTS, b"[]"), "object 9 (array) has other members"),
        (overriding(ANNOTS, b"[10 0 R 10 0 R]"), "object 9 (array) has other members"),
        (overriding(ANNOTS, b"<<>>"), "object 9 (array) has become another kind of object"),
        (overriding(INFO, b"[]"), "object 4 (dictionary) has become another kind of object"),
    ],
)
def test_what_may_grow_may_not_shrink(tmp_path: Path, finish: Alter, message: str) -> None:
    assert message in complaint(tmp_path / "copy.pdf", made(ORIGINAL, pages=1, finish=finish))
