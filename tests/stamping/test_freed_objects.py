"""What an update freed, and some viewers find all the same, is found in the copy as it was in the original."""

import re
from pathlib import Path
from typing import Any

import pypdf
import pytest

from tests.helpers.build import build
from tests.helpers.mutations import job_of
from watermark.models import Claim, Result, Status
from watermark.pdf.serialization import Raw
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.reproduction import verify_and_reproduce

NUMBER = 50
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>"
INFO = re.compile(rb"/Info (\d+) 0 R")


def freed(data: bytes, number: int, *, defined: bytes = b"") -> bytes:
    """Return a PDF with an update that frees an object; with `defined`, an update before that defines it."""
    start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    trailer = data[data.rindex(b"trailer") + 7 : data.rindex(b"startxref")].strip()
    trailer = re.sub(rb"/Size \d+|/Prev \d+", b"", trailer).removesuffix(b">>")
    entry = b"0000000000 00001 f \n"
    if defined:
        at = len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, defined)
        update = b"xref\n%d 1\n%010d 00000 n \ntrailer\n%b/Size 51/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
        start, data = len(data), data + update % (number, at, trailer, start, len(data))
    update = b"xref\n%d 1\n%btrailer\n%b/Size 51/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    return data + update % (number, entry, trailer, start, len(data))


def marked(folder: Path, data: bytes) -> Path:
    outcome = stamp_outcome(job_of(folder, data), folder / "copy.pdf")
    assert outcome.result is Result.MARKED, outcome.reason
    report = verify_and_reproduce(Path(outcome.copy))
    assert report.passed, report.findings
    assert report.status_of(Claim.REPRODUCED) is Status.OK
    assert Path(outcome.copy).read_bytes().startswith(data)
    return Path(outcome.copy)


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_font_that_was_freed_is_still_named_by_the_page(tmp_path: Path, *, encrypted: bool) -> None:
    options: dict[str, Any] = {"encryption": {"owner": "o", "user": "", "R": 4}} if encrypted else {}
    data = build(pages=1, **options)
    font = data[data.index(b"/F1 <<") + 4 : data.index(b">>", data.index(b"/F1 <<")) + 2]
    named = data.replace(b"/F1 " + font, (b"/F1 %d 0 R" % NUMBER).ljust(len(font) + 4))
    copy = marked(tmp_path, freed(named, NUMBER, defined=FONT))
    page = pypdf.PdfReader(copy).pages[0]
    assert page["/Resources"]["/Font"].raw_get("/F1").idnum == NUMBER  # type: ignore[index]
    assert "This is page 1" in page.extract_text()


def test_content_that_was_freed_is_still_shown_where_it_was(tmp_path: Path) -> None:
    copy = marked(tmp_path, freed(build(pages=2), 4))
    assert "This is page 1" in pypdf.PdfReader(copy).pages[0].extract_text()


@pytest.mark.parametrize("key", ["/Annots", "/Group", "/Resources", "/B"])
def test_whatever_else_a_page_names_that_was_freed_the_copy_is_proved(tmp_path: Path, key: str) -> None:
    data = build(pages=2, page_entries={key: Raw(b"%d 0 R" % NUMBER)})
    marked(tmp_path, freed(data, NUMBER, defined=b"<<>>"))


def test_an_outline_that_was_freed_is_named_as_the_reason_where_a_viewer_loses_it(tmp_path: Path) -> None:
    data = build(pages=2, outlines=True)
    number = re.search(rb"/Outlines (\d+) 0 R", data)
    assert number
    outcome = stamp_outcome(job_of(tmp_path, freed(data, int(number[1]))), tmp_path / "copy.pdf")
    assert outcome.result is Result.REFUSED
    assert "in the original, an object that it needs was freed or is missing" in outcome.reason


def test_document_information_that_was_freed_is_written_again(tmp_path: Path) -> None:
    data = build(pages=1)
    number = INFO.search(data)
    assert number
    outcome = stamp_outcome(job_of(tmp_path, freed(data, int(number[1]))), tmp_path / "copy.pdf")
    assert outcome.result is Result.MARKED, outcome.reason
