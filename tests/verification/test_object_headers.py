"""The header of an object is read as pypdf reads it, in one match where it is written plainly."""

import io
import random
from typing import Any

import pypdf
import pytest

from tests.helpers.build import build
from watermark.verification.lazy_object_streams import LazyReader
from watermark.verification.reader_patches import patched_readers

PLAIN = [b"12 0 obj <<>>", b"1 65535 obj[", b"0000012 0 obj\r\n  /A", b"7\n0\nobj\n1"]
LEFT = [
    b" 1 0 obj 1",
    b"1  0 obj 1",
    b"% comment\n1 0 obj 1",
    b"1 0 obx 1",
    b"1 0 obj",
    b"1 0 obj   ",
    b"1 0 obj" + 60 * b" " + b"1",
    b"12345678 0 obj 1",
    b"x 0 obj 1",
    b"1 -1 obj 1",
    b"-1 0 obj 1",
    b"1 x obj 1",
    b"1 0\x0bobj 1",
    b"1",
    b"",
]
PIECES = [b"1", b"12", b"0", b"007", b"12345678", b"obj", b"objx", b"ob", b"%", b"-", b"+", b"<<", b"x", b" ", b" "]
PIECES += [b" ", b"\n", b"\r", b"\0", b"\x0b", b"\xa0", b" obj ", b" 0 obj ", 50 * b" "]


@pytest.fixture(scope="module")
def reader() -> LazyReader:
    return LazyReader(io.BytesIO(build()))


def outcomes(read: Any, data: bytes) -> list[object]:  # noqa: ANN401 - one of two methods
    """Return the numbers and where the value begins, or the error, of data in memory and of a file."""
    found: list[object] = []
    for stream in (io.BytesIO(data), io.BufferedReader(io.BytesIO(data))):
        try:
            found.append((read(stream), stream.tell()))
        except Exception as error:  # noqa: BLE001 - whatever pypdf raises
            found.append((type(error), str(error)))
    return found


@pytest.mark.parametrize("is_strict", [False, True])
@pytest.mark.parametrize("data", [*PLAIN, *LEFT])
def test_both_read_the_same(reader: LazyReader, data: bytes, *, is_strict: bool) -> None:
    reader.strict = is_strict
    with patched_readers():
        assert outcomes(reader.read_object_header, data) == outcomes(super(LazyReader, reader).read_object_header, data)


@pytest.mark.parametrize("data", PLAIN)
def test_a_plain_header_is_not_left_to_pypdf(reader: LazyReader, monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(pypdf.PdfReader, "read_object_header", None)
    assert reader.read_object_header(io.BytesIO(data))


@pytest.mark.parametrize("data", LEFT)
def test_another_header_is_left_to_pypdf(reader: LazyReader, monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(pypdf.PdfReader, "read_object_header", lambda *_: (-1, -1))
    assert reader.read_object_header(io.BytesIO(data)) == (-1, -1)


@pytest.mark.parametrize("seed", range(4))
def test_both_read_the_same_of_pieces_in_any_order(reader: LazyReader, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    reader.strict = bool(seed % 2)
    with patched_readers():
        for _ in range(400):
            data = b"".join(chance.choices(PIECES, k=chance.randint(1, 9)))
            assert outcomes(reader.read_object_header, data) == outcomes(
                super(LazyReader, reader).read_object_header, data
            ), data
