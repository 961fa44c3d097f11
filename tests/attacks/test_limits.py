"""What no article has is refused, with the number that is too large, in bounded time and memory."""

import time
import zlib
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject, PdfObject

from tests.helpers.build import build
from tests.helpers.mutations import stamped
from watermark import verify
from watermark.errors import FailedError
from watermark.models import Result
from watermark.pdf import object_draft, page_tree
from watermark.pdf.bounded_inflate import MAX_CONTENT_BYTES
from watermark.pdf.serialization import Raw

MEGABYTE = b"\0" * (1 << 20)


def deflated(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(MEGABYTE) for _ in range(megabytes)) + packer.flush()


def refused(folder: Path, data: bytes) -> str:
    outcome = stamped(folder, data)
    assert (outcome.result, outcome.exit_status) == (Result.REFUSED, 3), outcome.reason
    assert outcome.remedy
    assert not (folder / "copy.pdf").exists()
    return outcome.reason


def test_more_pages_than_any_article_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_tree, "MAX_PAGES", 3)
    (tmp_path / "few").mkdir()
    assert stamped(tmp_path / "few", build(pages=3)).result is Result.MARKED
    assert refused(tmp_path, build(pages=4)) == "the PDF is too large to be a single article: more than 3 pages"


def test_a_deep_page_tree_is_refused(tmp_path: Path) -> None:
    depth = 600
    data = build(pages=1)
    nodes = b"".join(
        b"%d 0 obj<</Type/Pages/Count 1/Kids[%d 0 R]>>endobj\n" % (100 + n, 101 + n if n < depth else 3)
        for n in range(depth + 1)
    )
    data = data.replace(b"/Kids [3 0 R]", b"/Kids [100 0 R]").replace(b"xref\n0", nodes + b"xref\n0", 1)
    assert "too deeply nested" in refused(tmp_path, data)


def test_a_page_tree_with_too_many_kids_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_tree, "MAX_KIDS", 5)
    assert "its page tree has more than 5 kids" in refused(tmp_path, build(pages=6))


def test_numbers_of_objects_that_leave_no_room_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(object_draft, "MAX_NUMBER", 1_000_005)
    assert "an object of the number" in refused(tmp_path, build(pages=2))


def test_a_catalog_is_looked_for_in_a_few_objects_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For an object that is not at its offset, pypdf searches the whole file."""
    head, wrong = b"%PDF-1.7\n1 0 obj\n<</Type /Other>>\nendobj\n", b"0000000020 00000 n \n"
    count, searches = 900, list[int]()
    table = b"xref\n0 %d\n0000000000 65535 f \n0000000009 00000 n \n" % count + wrong * (count - 2)
    end = b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, len(head))
    (tmp_path / "a.pdf").write_bytes(head + table + end)
    read = PdfReader.get_object

    def counted(reader: PdfReader, found: int | IndirectObject) -> PdfObject | None:
        searches.append(1)
        return read(reader, found)

    monkeypatch.setattr(PdfReader, "get_object", counted)
    with pytest.raises(FailedError):
        verify(tmp_path / "a.pdf")
    assert len(searches) < 100


@pytest.mark.parametrize("twice", [False, True])
def test_metadata_that_inflate_without_end_are_refused_before_anybody_inflates_them(
    tmp_path: Path, *, twice: bool
) -> None:
    bomb = zlib.compress(deflated(64), 9) if twice else deflated(64)
    filters = b"[/FlateDecode/FlateDecode]" if twice else b"/FlateDecode"
    data = build(xmp=b"<placeholder/>")
    data = data.replace(b"<</Type /Metadata/Subtype /XML/Length 14>>\nstream\r\n<placeholder/>", b"%BOMB%")
    assert b"%BOMB%" in data
    head = b"<</Type/Metadata/Subtype/XML/Filter%b/Length %d>>stream\n" % (filters, len(bomb))
    start = time.process_time()
    assert "XMP metadata that inflate to more than 32 MB" in refused(tmp_path, data.replace(b"%BOMB%", head + bomb))
    assert time.process_time() - start < 5


def test_content_beyond_the_limit_is_not_inflated_and_the_page_is_marked(tmp_path: Path) -> None:
    bomb = deflated((MAX_CONTENT_BYTES >> 20) + 16)
    data = build(content=bomb, content_entries={"/Filter": Raw(b"/FlateDecode")})
    outcome = stamped(tmp_path, data)
    assert outcome.result is Result.MARKED, outcome.reason
    assert outcome.notes == ("the content of the page becomes a form XObject, and the mark follows it on page 1",)
