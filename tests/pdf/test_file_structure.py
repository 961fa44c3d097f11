"""The end of a file is read from its bytes, whatever a repairing reader would make of it."""

import contextlib
import mmap
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.build import build
from watermark.errors import Reason, RefusedError, WatermarkError
from watermark.pdf.file_structure import TailError, XrefKind, is_one_based, read_frame, read_tail, zero_based


@pytest.mark.parametrize("kind", list(XrefKind))
@pytest.mark.parametrize("junk", [b"", b"junk before\n"])
def test_the_kind_and_the_place_of_the_newest_section_are_found(kind: XrefKind, junk: bytes) -> None:
    data = build(xref=kind.value, junk_before=junk, revisions=2)
    tail = read_tail(data)
    assert tail.kind is (XrefKind.TABLE if kind is XrefKind.HYBRID else kind)  # the last revision is a plain table
    assert tail.header_offset == len(junk)
    assert tail.startxref == int(re.findall(rb"startxref\n(\d+)", data)[-1])
    assert read_tail(build(xref=kind.value)).kind is kind


def test_size_and_last_newline_are_as_written() -> None:
    tail = read_tail(build(size=77))
    assert (tail.size, tail.ends_with_newline) == (77, True)
    assert not read_tail(build(eof_newline=False)).ends_with_newline
    assert read_tail(build(eof_newline=False, junk_after=b"\r")).ends_with_newline


@pytest.mark.parametrize("space", [b"\n", b"\r\n \0\t", b"% a comment\n"])
def test_space_before_the_section_is_skipped(space: bytes) -> None:
    data = build(space_before_xref=space)
    start = read_tail(data).startxref
    assert data[start : start + 5] == b"xref\n"
    data = build(space_before_xref=space, xref="stream")
    assert re.match(rb"\d+ 0 obj\n<</Type /XRef", data[read_tail(data).startxref :])


def test_trash_after_the_end_is_passed_over() -> None:
    assert read_tail(build(junk_after=b"\0" * 5000)).kind is XrefKind.TABLE


def test_a_file_is_linearized_only_while_it_is_as_long_as_it_says() -> None:
    data = build(linearized=True)
    assert read_tail(data).linearized
    assert not read_tail(data + b"\n").linearized
    assert not read_tail(build()).linearized


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (build(startxref=7), "does not point at"),
        (build(startxref=10**9), "behind its end"),
        (build(junk_after=b"\0" * 9000), "no startxref"),
        (build().replace(b"trailer", b"tra"), "no trailer"),
        (build().replace(b"trailer\n<<", b"trailer\n"), "not a dictionary"),
        (build().replace(b"/Size 6", b"/Seize 6"), "number of objects"),
        (build().replace(b"/Size 6", b"/Size 60000000000"), "number of objects"),
        (build(xref="stream").replace(b"/XRef", b"/ZRef"), "not a cross-reference stream"),
        (re.sub(rb"(?s)>>\nstartxref", b"\nstartxref", build()), "does not end"),
        (build().replace(b"/ID [", b"/ID [("), "string that does not end"),
    ],
)
def test_a_tail_that_leads_nowhere_is_an_error_and_not_a_guess(data: bytes, words: str) -> None:
    with pytest.raises(TailError, match=words):
        read_tail(data)


def test_a_file_without_a_header_is_refused() -> None:
    with pytest.raises(RefusedError) as refusal:
        read_frame(b"<html>%PDF" + b" " * 2000 + b"%PDF-1.4")
    assert refusal.value.code is Reason.NOT_A_PDF


def test_trailer_values_of_every_type_are_passed_over() -> None:
    odd = rb"/A[/Size 1]/B<</Size 2>>/C(/Size 3 \)( nested ) /Size 4)/D<2F>/E/Size/F true %/Size 5" + b"\n/G 1 0 R"
    data = build().replace(b"<</Size 6", b"<<" + odd + b"/Size  6 ")
    assert read_tail(data).size == 6


def test_a_mapped_file_gives_the_same_answers(tmp_path: Path) -> None:
    data = build(xref="stream", junk_before=b"x")
    path = tmp_path / "mapped.pdf"
    path.write_bytes(data)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        assert read_tail(mapped) == read_tail(data)


@given(data=st.binary(max_size=300), cut=st.integers(0, 400), start=st.integers(0, 900))
def test_damage_gives_a_tail_or_an_error_with_a_remedy(data: bytes, cut: int, start: int) -> None:
    whole = build(revisions=1)
    damaged = whole[: len(whole) - cut] + data + b"\nstartxref\n%d\n%%%%EOF" % start
    with contextlib.suppress(WatermarkError):
        assert read_tail(damaged).startxref <= len(damaged)


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n \n"])
def test_a_file_may_end_with_the_number_of_its_startxref(end: bytes) -> None:
    data = build()
    cut = data[: data.rindex(b"\n%%EOF")] + end
    assert read_tail(cut).startxref == read_tail(data).startxref


def test_a_table_that_counts_from_1_is_known_and_put_right_in_its_place() -> None:
    data = build()
    start = data.rindex(b"xref\n0 ") + len(b"xref\n")
    counted = data[:start] + b"1" + data[start + 1 :]
    assert not is_one_based(data)
    assert is_one_based(counted)
    assert zero_based(counted) == data
    assert zero_based(data) == data
    assert not is_one_based(counted.replace(b" 65535 f", b" 00000 f"))
    assert not is_one_based(b"%PDF-1.7")
