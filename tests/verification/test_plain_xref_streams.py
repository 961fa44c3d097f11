"""A cross-reference stream is read a column at a time as pypdf reads it; one that is not plain is left to pypdf."""

import io
import random
from collections.abc import Sequence
from pathlib import Path

import pypdf
import pytest

from tests.helpers.build import build
from watermark.verification.lazy_object_streams import LazyReader
from watermark.verification.pypdf_document import Window
from watermark.verification.reader_patches import patched_readers

PLAIN = [
    (b"[1 2 1]", b"[0 3]", bytes([0, 0, 0, 255, 1, 1, 2, 0, 2, 0, 7, 3])),
    (b"[1 3 2]", b"[5 1 9 1]", bytes([1, 0, 1, 0, 0, 4, 2, 0, 0, 6, 0, 1])),
    (b"[1 2 0]", b"[0 2]", bytes([1, 0, 9, 2, 0, 6])),
    (b"[1 0 1]", b"[1 1]", bytes([2, 3])),
    (b"[1 8 1]", b"[1 1]", bytes([1, 255, 255, 255, 255, 255, 255, 255, 255, 0])),
]
LEFT = [
    (b"[0 2 1]", b"[0 1]", bytes([0, 9, 0])),
    (b"[2 2 1]", b"[0 1]", bytes([0, 1, 0, 9, 0])),
    (b"[1 2]", b"[0 1]", bytes([1, 0, 9])),
    (b"[1 2 1 1]", b"[0 2]", bytes([1, 0, 9, 0, 7, 1, 0, 9, 0, 7])),
    (b"[1 9 1]", b"[0 1]", bytes(11)),
    (b"[1 2 1]", b"[0 1]", bytes([3, 0, 9, 0])),
    (b"[1 2 1]", b"[0 1]", bytes([255, 0, 9, 0])),
    (b"[1 2 1]", b"[0 2]", bytes([1, 0, 9, 0, 1, 0])),
    (b"[1 -1 1]", b"[0 1]", bytes([1, 0])),
    (b"[1 /A 1]", b"[0 1]", bytes([1, 0])),
    (b"[0 0 0]", b"[0 1]", bytes([1, 0])),
]
Section = tuple[bytes, bytes, bytes]


def reader_of(kind: type[pypdf.PdfReader], *, is_strict: bool = False) -> pypdf.PdfReader:
    """Return a reader that has read no section yet."""
    with patched_readers():
        reader = kind(io.BytesIO(build()))
    reader.strict, reader.xref, reader.xref_objStm, reader._xref_stream_entry_count = is_strict, {}, {}, 0
    return reader


def read(reader: pypdf.PdfReader, sections: Sequence[Section]) -> tuple[object, ...]:
    """Return the entries that a reader finds, or the error."""
    try:
        for widths, index, rows in sections:
            entries = b"/Type /XRef /Size 99 /W %b /Index %b /Length %d" % (widths, index, len(rows))
            stream = io.BytesIO(b"1 0 obj <<%b>>\nstream\n%b\nendstream endobj" % (entries, rows))
            stream.seek(1)
            with patched_readers():
                reader._read_pdf15_xref_stream(stream)
    except Exception as error:  # noqa: BLE001 - whatever pypdf raises
        return type(error), str(error)
    return reader.xref, reader.xref_objStm, [list(listed) for listed in (*reader.xref.values(), reader.xref_objStm)]


@pytest.mark.parametrize("is_strict", [False, True])
@pytest.mark.parametrize("section", [*PLAIN, *LEFT])
def test_both_read_the_same(section: Section, *, is_strict: bool) -> None:
    ours, theirs = (reader_of(kind, is_strict=is_strict) for kind in (LazyReader, pypdf.PdfReader))
    assert read(ours, [section]) == read(theirs, [section])


@pytest.mark.parametrize("section", PLAIN)
def test_a_plain_section_is_not_left_to_pypdf(section: Section, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = reader_of(LazyReader)
    monkeypatch.setattr(pypdf.PdfReader, "_read_xref_subsections", None)
    assert not isinstance(read(reader, [section])[0], type)
    assert reader.xref or reader.xref_objStm


def test_entries_that_are_not_plain_are_left_to_pypdf(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[object] = []
    monkeypatch.setattr(pypdf.PdfReader, "_read_xref_subsections", lambda *given: left.append(given))
    for section in LEFT:
        read(reader_of(LazyReader), [section])
    refused_by_pypdf = {b"[1 2]", b"[1 /A 1]"}
    assert len(left) == sum(widths not in refused_by_pypdf for widths, _, _ in LEFT)


@pytest.mark.parametrize("seed", range(4))
def test_both_read_the_same_of_sections_in_any_order(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    for _ in range(60):
        sections = [_section(chance) for _ in range(chance.randint(1, 3))]
        ours, theirs = (reader_of(kind, is_strict=bool(seed % 2)) for kind in (LazyReader, pypdf.PdfReader))
        assert read(ours, sections) == read(theirs, sections), sections


def _section(chance: random.Random) -> Section:
    widths = [chance.choice([1, 1, 1, 0, 2]), chance.choice([1, 2, 3, 0]), chance.choice([0, 1, 1, 2])]
    counts = [chance.randint(0, 4) for _ in range(chance.randint(1, 3))]
    index = b" ".join(b"%d %d" % (chance.randint(0, 6), count) for count in counts)
    rows = b"".join(
        bytes(
            [chance.choice([0, 1, 1, 2, 2, 2, 7 if chance.random() < 0.1 else 1])][: widths[0]] + [0] * (widths[0] - 1)
        )
        + bytes(chance.choice([0, 1, 2, 5]) for _ in range(sum(widths[1:])))
        for _ in range(sum(counts) - (chance.random() < 0.1))
    )
    return b"[%d %d %d]" % tuple(widths), b"[%b]" % index, rows


@pytest.mark.parametrize("end", [b"", b"\nstartxref\n12\n"])
def test_a_part_of_a_file_is_read_whole_in_one_piece(tmp_path: Path, end: bytes) -> None:
    data = bytes(range(256)) * 200 + end
    path = tmp_path / "part"
    path.write_bytes(b"before" + data)
    with io.FileIO(path) as file:
        for source in (file, b"before" + data):
            part = Window(source, 6, 6 + len(data))
            whole = part.readall()
            assert whole == data + (b"\n%%EOF\n" if end else b"")
            assert part.read(1) == b""
            part.seek(1000)
            assert part.readall() == whole[1000:]
