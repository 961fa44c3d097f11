"""An object that is read in one pass is the object that pypdf reads; what is not plain is left to pypdf."""

import gc
import io
import random
from typing import Any

import pypdf
import pytest
from pypdf.generic import IndirectObject, NameObject, PdfObject, read_object

from tests.helpers.build import build
from watermark.verification import plain_objects
from watermark.verification.plain_objects import read_plain
from watermark.verification.reader_patches import patched_readers

PIECES = [
    *(b"/Name /N /#41 /A#20B /a.b-c_d /\xe9 / /Length /Type /x{ ".split(b" ")),
    *(b"0 7 -12 +3 1.5 -.5 5. 00012 123456789 1234567890 1.123456789 --1 1-2 . +".split(b" ")),
    *(b"1 0 R;12 3 R;1  0 R;1 0 Rx;0 65535 R;12345678 0 R;1 0  R;1\n0 R".split(b";")),
    *(b"(text);();(a\\)b);(a(b)c);(\xfe\xff\x00a);(two\nlines);(\xef\xbb\xbfx);(\x80\x9f);(open".split(b";")),
    *(b"<>;<41>;<4>;<FEFF0041>;<4 1>;<zz>;<41".split(b";")),
    *(b"true false null nullx truefalse obj endobj stream R".split(b" ")),
    *(b"<< >> [ ] << [ >> ] { } ( % < >".split(b" ")),
    b"% comment\n",
]
SPACES = [b" ", b"\n", b"\r\n", b"", b"\0", b"\x0b", b"  ", b"\t"]
PLAIN = [
    b"<< /Type /Page /Kids [1 0 R 2 0 R] /MediaBox [0 0 595.3 842] /Tagged true /Title (An article) /ID <00ff> >>",
    b"[/A /B null 1 -2 +3 .5 [[]] << /K << /L [] >> >>]",
    b"<</A/B/C(d)/E<41>/F[1 0 R]>>",
]
LEFT = [
    b"12 ",
    b"1  0 R ",
    b" << /A 1 >>",
    b"<< /A 1 /A 2 >>",
    b"<< /A 1 % comment\n >>",
    b"<< /Length 3 >>\nstream\nabc\nendstream",
    b"<< /A 1 >> stream\n",
    b"[(a\\)b)]",
    b"[ /A#42 ]",
    b"[" * 30 + b"]" * 30,
    b"<< /A 1 ]",
    b"[ 1 >>",
    b"<< 1 2 >>",
    b"[ 12345678901234567890 ]",
    b"[1 0  R]",
]


@pytest.fixture(scope="module")
def reader() -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(build()))


def like(value: object) -> object:
    """Return all that can be told of an object of pypdf."""
    if isinstance(value, IndirectObject):
        return type(value), value.idnum, value.generation, id(value.pdf)
    own = sorted((name, repr(one)) for name, one in getattr(value, "__dict__", {}).items())
    if isinstance(value, dict):
        return type(value), own, [(like(key), like(dict.__getitem__(value, key))) for key in dict.keys(value)]
    if isinstance(value, list):
        return type(value), own, [like(one) for one in list.__iter__(value)]
    return type(value), own, repr(value)


def outcome(read: Any, data: bytes, reader: pypdf.PdfReader) -> object:  # noqa: ANN401 - one of two functions
    """Return the object and where it ends, or the error."""
    stream = io.BytesIO(data)
    try:
        found: PdfObject = read(stream, reader)
    except Exception as error:  # noqa: BLE001 - whatever pypdf raises
        return type(error), str(error)
    return like(found), stream.tell()


@pytest.mark.parametrize("is_strict", [False, True])
@pytest.mark.parametrize("data", [*PLAIN, *LEFT, b""])
def test_both_read_the_same(reader: pypdf.PdfReader, data: bytes, *, is_strict: bool) -> None:
    reader.strict = is_strict
    with patched_readers():
        assert outcome(read_plain, data, reader) == outcome(read_object, data, reader)


@pytest.mark.parametrize("data", PLAIN)
def test_what_is_plain_is_not_left_to_pypdf(
    reader: pypdf.PdfReader, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    monkeypatch.setattr(plain_objects, "read_object", None)
    assert read_plain(io.BytesIO(data), reader) is not None


@pytest.mark.parametrize("data", LEFT)
def test_what_is_not_plain_is_left_to_pypdf(
    reader: pypdf.PdfReader, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    monkeypatch.setattr(plain_objects, "read_object", lambda *_: NameObject("/Left"))
    assert read_plain(io.BytesIO(data), reader) == "/Left"


@pytest.mark.parametrize("seed", range(4))
def test_both_read_the_same_of_pieces_in_any_order(reader: pypdf.PdfReader, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    reader.strict = bool(seed % 2)
    with patched_readers():
        for _ in range(400):
            count = chance.choice([1, 2, 4, 8, 16])
            inner = b"".join(chance.choice(PIECES) + chance.choice(SPACES) for _ in range(count))
            data = chance.choice([b"%s", b"[%s]", b"<< /K %s >>", b"<<%s>>", b"[ << /A [%s] >> ] "]) % inner
            assert outcome(read_plain, data, reader) == outcome(read_object, data, reader), data


def test_pypdf_is_as_it_was_when_no_verification_runs() -> None:
    with patched_readers():
        assert pypdf._reader.read_object is read_plain
    assert pypdf._reader.read_object is read_object


@pytest.mark.parametrize("data", [*PLAIN, *LEFT])
def test_the_bytes_of_the_file_are_freed_without_the_collector_of_cyclic_garbage(
    reader: pypdf.PdfReader, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    """A command collects cyclic garbage so rarely that a long article would need gigabytes."""
    monkeypatch.setattr(plain_objects, "read_object", lambda *_: NameObject("/Left"))
    gc.collect()
    gc.disable()
    try:
        read_plain(io.BytesIO(data), reader)
        kept = [one for one in gc.get_objects() if isinstance(one, plain_objects._Plain)]
    finally:
        gc.enable()
    assert kept == []
