"""Whatever a page's content leaves behind, the mark looks the same, and the page as it did."""

import io
import zlib
from collections.abc import Callable, Iterator

import numpy as np
import pikepdf
import pytest

from tests.helpers.build import build
from tests.stamping.mark.pages.copies import LINE, changed, copy_of, imprinted, opened, seen, text_of
from watermark.pdf.bounded_inflate import MAX_CODED_BYTES
from watermark.pdf.content_balance import DEEPEST_NESTING, Balance
from watermark.pdf.serialization import Name
from watermark.pdf.streams import decoded
from watermark.stamping.mark.pages.content_wrapping import wrapping_for
from watermark.stamping.plan import IsolationMethod

LEFT_BEHIND = {
    "nothing": b"",
    "an open q with a scaled matrix": b"q .1 0 0 .1 5 5 cm",
    "many open q": b"q q q 0 1 0 rg .5 0 0 .5 0 0 cm q",
    "a changed base matrix": b"1 0 0 -1 0 792 cm",
    "a clip": b"0 0 5 5 re W n",
    "a clip not yet used": b"0 0 5 5 re W",
    "a text object": b"BT /F1 12 Tf 50 50 Td 3 Tr",
    "a text rendering mode": b"BT /F1 12 Tf 3 Tr 40 Tz 9 Tc ET",
    "marked content": b"/Span BMC /P <</MCID 7>> BDC",
    "marked content in a text object": b"q BT /Span BMC",
    "a line width and dashes": b"30 w [1 9] 0 d 2 J",
    "colours": b"0 1 0 rg 0 1 0 RG",
    "a comment": b"% no end of line",
    "a blend mode, a soft mask and no opacity": b"/Odd gs",
    "one Q too many": b"q Q Q",
    "three Q too many": b"Q Q Q 0 1 0 rg",
}
CLOSED = {1: IsolationMethod.CLOSED}
ODD = {"/ExtGState": {"/Odd": {"/BM": Name("/Multiply"), "/ca": 0.0, "/CA": 0.0, "/SMask": Name("/None")}}}


@pytest.mark.parametrize("stroke", [False, True])
@pytest.mark.parametrize("content", LEFT_BEHIND.values(), ids=LEFT_BEHIND.keys())
def test_the_mark_looks_the_same_whatever_the_content_leaves_behind(content: bytes, *, stroke: bool) -> None:
    expected = seen(copy_of(build(content=b" "), outline_only=stroke))
    copy = copy_of(build(content=content, resource_entries=ODD), outline_only=stroke, methods=CLOSED)
    assert np.abs(seen(copy) - expected).max() <= 8
    assert LINE in " ".join(text_of(copy).split())


@pytest.mark.parametrize("content", LEFT_BEHIND.values(), ids=LEFT_BEHIND.keys())
def test_the_page_itself_looks_as_before(content: bytes) -> None:
    drawing = b"0 0 1 rg 20 20 60 60 re f " + content
    original = build(content=drawing, resource_entries=ODD)
    corner = changed(original, copy_of(original, methods=CLOSED))[700:, :100]
    assert not corner.any()


def test_surplus_restores_are_reported_and_have_as_many_saves_before_them() -> None:
    copy, done = imprinted(build(content=b"Q Q 0 0 9 9 re f"), methods=CLOSED)
    assert "restores more" in done[0].note
    with opened(copy) as after:
        assert after.pages[0].obj.Contents[0].read_bytes().split() == [b"q"] * 3


def test_content_that_nests_as_deep_as_is_allowed_gets_no_level_more() -> None:
    content = b"q " * 28 + b"0 0 9 9 re f " + b"Q " * 28
    copy, done = imprinted(build(content=content), methods=CLOSED)
    assert "no level was added" in done[0].note
    assert done[0].note
    assert changed(build(content=content), copy).mean() > 0.02
    with opened(copy) as after:
        assert len(after.pages[0].obj.Contents) == 2


@pytest.mark.parametrize(("deepest", "surplus", "saves"), [(27, 0, 1), (28, 0, 0), (26, 1, 2), (27, 1, 0)])
def test_no_level_goes_beyond_the_limit(deepest: int, surplus: int, saves: int) -> None:
    wrapping = wrapping_for(Balance(closing=b"\n", unmatched_restores=surplus, max_depth=deepest))
    assert wrapping.saves == saves
    assert deepest + wrapping.saves <= DEEPEST_NESTING


@pytest.mark.parametrize("methods", [{}, CLOSED])
def test_content_that_cannot_be_decoded_is_wrapped(methods: dict[int, IsolationMethod]) -> None:
    original = build(content=b"whatever", content_entries={"/Filter": Name("/NoSuchDecode")})
    assert changed(original, copy_of(original, methods=methods)).mean() > 0.02


Filters = pikepdf.Name | pikepdf.Array
Making = Callable[..., pikepdf.Stream]


@pytest.fixture
def stream() -> Iterator[Making]:
    """Makes streams that live as long as the test."""
    with pikepdf.new() as document:

        def make(data: bytes, filters: Filters | None = None) -> pikepdf.Stream:
            made = document.make_stream(b"")
            made.write(data, filter=filters)
            return made

        yield make


@pytest.mark.parametrize("damage", [b"\0\0\0\0", b""])
def test_damaged_deflate_data_is_read_up_to_the_damage(damage: bytes, stream: Making) -> None:
    content = b"q .1 0 0 .1 0 0 cm " + bytes(np.random.default_rng(1).integers(65, 91, 4000, np.uint8))
    torn = zlib.compress(content)[:-4] + damage
    assert decoded(stream(torn, pikepdf.Name("/FlateDecode")), 1 << 20) == content


def test_a_page_with_damaged_content_is_marked_as_a_viewer_shows_it() -> None:
    packed = zlib.compress(b"q .1 0 0 .1 0 0 cm 0 1 0 rg 0 0 99 99 re f")[:-4] + b"\0\0\0\0"
    original = build(content=packed, content_entries={"/Filter": Name("/FlateDecode")})
    expected = copy_of(build(content=b"0 1 0 rg 0 0 9.9 9.9 re f"))
    assert np.abs(seen(copy_of(original, methods=CLOSED)) - seen(expected)).max() <= 8


def test_a_stream_that_unpacks_without_end_is_given_up(stream: Making) -> None:
    packed = zlib.compress(b" " * 5_000_000)
    assert decoded(stream(packed, pikepdf.Name("/FlateDecode")), 1_000_000) is None


def test_filters_that_could_unpack_without_a_limit_are_not_tried(stream: Making) -> None:
    twice = pikepdf.Array([pikepdf.Name("/FlateDecode"), pikepdf.Name("/FlateDecode")])
    assert decoded(stream(b"", twice), 1 << 20) is None
    long = b"00" * MAX_CODED_BYTES
    assert decoded(stream(long, pikepdf.Name("/ASCIIHexDecode")), 1 << 30) is None


def test_data_in_another_file_is_never_read(stream: Making) -> None:
    data = stream(b"q")
    data.stream_dict.F = pikepdf.String("/etc/hostname")
    assert decoded(data, 1 << 20) is None


@pytest.mark.parametrize("filter_name", ["/ASCIIHexDecode", "/AHx"])
def test_content_in_a_text_filter_is_read(filter_name: str, stream: Making) -> None:
    assert decoded(stream(b"71 20 51>", pikepdf.Name(filter_name)), 1 << 20) == b"q Q"


def test_an_encrypted_page_is_read_and_marked_in_the_draft() -> None:
    original = build(content=b"q .1 0 0 .1 0 0 cm", encryption={"owner": "", "user": "", "R": 6})
    with pikepdf.open(io.BytesIO(original), inherit_page_attributes=False) as document:
        contents = document.pages[0].obj.Contents
        assert decoded(contents, 1 << 20) == b"q .1 0 0 .1 0 0 cm"
