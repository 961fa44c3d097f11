"""Where wrapping does not keep a page's content and the mark apart, the page is marked in the next way, and proved."""

import io
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdf
import pytest

from tests.helpers.build import build
from tests.helpers.mutations import job_of, stamped
from tests.stamping.mark.pages.copies import changed, seen, text_of
from watermark.models import Outcome, Proof, Result
from watermark.pdf.content_balance import MAX_OPEN
from watermark.pdf.serialization import Name, Raw
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.restore import restore_original
from watermark.verification.object_equality import same
from watermark.verification.verifier import verify_copy

WORDS = b"q BT /F1 12 Tf 72 700 Td (Words of the article) Tj ET Q\n"
IMAGE = b"q 90 0 0 90 72 500 cm BI /W 90 /H 90 /BPC 8 /CS /G "
UNFINISHED = WORDS + IMAGE + b"ID " + b"\x80" * 500
FORMS: dict[str, dict[str, Any]] = {
    "image-without-end": {"content": UNFINISHED},
    "image-without-data": {"content": WORDS + IMAGE},
    "image-cut-in-its-filter": {"content": WORDS + IMAGE + b"/F /Fl ID " + zlib.compress(b"\x80" * 8100)[:-12]},
    "image-over-two-streams": {"content": [WORDS, IMAGE + b"ID xxxx"], "contents": "array"},
    "deflated-stream": {"content": UNFINISHED, "compress": True},
    "surplus-restore-after-a-matrix": {"content": b".5 0 0 .5 100 100 cm Q " + WORDS + b"0 0 300 300 re f"},
    "surplus-restore-after-a-colour": {"content": b"1 0 0 rg Q 0 0 300 300 re f " + WORDS},
    "surplus-restores-twice": {"content": b"0 1 0 rg q 1 0 0 rg Q Q Q 0 0 300 300 re f " + WORDS},
    "shared-content": {"content": UNFINISHED, "contents": "shared", "pages": 3},
    "inherited-resources": {"content": UNFINISHED, "resources": "inherited", "pages": 2},
    "turned-and-cropped": {"content": UNFINISHED, "rotate": 90, "crop_box": (50, 60, 500, 760)},
    "encrypted": {"content": UNFINISHED, "encryption": {"owner": "o", "user": "", "R": 6}},
    "pdfa-3b": {"content": UNFINISHED, "pdfa": "3b"},
    "operator-without-operands": {"content": WORDS + b"w"},
    "operator-with-too-few-operands": {"content": WORDS + b"q q 1 2 3 re f"},
}
ANNOTATIONS: dict[str, dict[str, Any]] = {
    "tagged": {"content": UNFINISHED, "tagged": True},
    "tagged-and-turned": {"content": UNFINISHED, "tagged": True, "rotate": 270, "media_box": (-100, -50, 300, 400)},
    "pdfa-1b": {"content": UNFINISHED, "tagged": True, "pdfa": "1b"},
    "a-member-that-is-no-stream": {"page_entries": {"/Contents": Raw(b"[4 0 R 1 0 R]")}},
    "tagged-and-an-operator-without-operands": {"content": WORDS + b"w", "tagged": True},
    "keyed-to-tags": {"content": UNFINISHED, "page_entries": {"/StructParents": 0}},
}


def marked(folder: Path, **peculiarities: Any) -> tuple[bytes, Outcome]:  # noqa: ANN401 - the recipe knows the types
    original = build(**peculiarities)
    outcome = stamped(folder, original)
    assert outcome.result is Result.MARKED, (outcome.reason, outcome.report)
    assert outcome.report is not None
    assert outcome.report.passed
    return original, outcome


LEAVING: dict[str, bytes] = {
    "saves-and-a-matrix": WORDS + b"q q .1 0 0 .1 5 5 cm",
    "a-clip-under-a-save": WORDS + b"q 0 0 5 5 re W n",
    "a-text-object": WORDS + b"BT /F1 12 Tf 50 50 Td 3 Tr",
    "marked-content": WORDS + b"/Span BMC",
    "an-array": WORDS + b"q BT /F1 9 Tf [(open",
    "a-dictionary": WORDS + b"/P <</MCID 7",
    "a-restore-too-many": WORDS + b"Q",
}


@pytest.mark.parametrize("proof", list(Proof))
@pytest.mark.parametrize("content", LEAVING.values(), ids=LEAVING.keys())
def test_what_content_leaves_open_is_closed_before_the_mark(tmp_path: Path, content: bytes, proof: Proof) -> None:
    (tmp_path / "plain").mkdir()
    plain = stamped(tmp_path / "plain", build(content=WORDS))
    outcome = stamp_outcome(replace(job_of(tmp_path, build(content=content)), proof=proof), tmp_path / "copy.pdf")
    assert outcome.result is Result.MARKED, (outcome.reason, outcome.report)
    assert contents_of(outcome) == ["what the content of the page leaves open is closed before the mark on page 1"]
    difference = np.abs(seen(Path(outcome.copy).read_bytes()) - seen(Path(plain.copy).read_bytes()))
    assert difference.max() <= 8
    assert seen(Path(plain.copy).read_bytes()).min() < 250


@pytest.mark.parametrize("content", [WORDS, b"", WORDS + b"% no end of line", b"q " * 27 + b"Q " * 27])
def test_content_that_leaves_nothing_is_marked_at_once(tmp_path: Path, content: bytes) -> None:
    _, outcome = marked(tmp_path, content=content)
    assert contents_of(outcome) == []


def test_content_that_opens_without_end_is_refused(tmp_path: Path) -> None:
    outcome = stamped(tmp_path, build(content=b"q " * (MAX_OPEN + 1), compress=True))
    assert outcome.result is Result.REFUSED
    assert f"opens more than {MAX_OPEN} levels" in outcome.reason


def contents_of(outcome: Outcome) -> list[str]:
    return [decision.value for decision in outcome.decisions if decision.name == "content"]


@pytest.mark.parametrize("peculiarities", FORMS.values(), ids=FORMS.keys())
def test_content_that_spoils_what_follows_becomes_a_form(tmp_path: Path, peculiarities: dict[str, Any]) -> None:
    original, outcome = marked(tmp_path, **peculiarities)
    assert ["becomes a form XObject" in words for words in contents_of(outcome)] == [True]
    copy = Path(outcome.copy).read_bytes()
    assert copy.startswith(original)
    assert "Words of the article" in text_of(copy)
    assert "Retracted. Notice" in text_of(copy)
    with pikepdf.open(outcome.copy) as after:
        assert all(len(page.obj.Contents.read_bytes()) < 500 for page in after.pages)
    restore_original(Path(outcome.copy), tmp_path / "back.pdf")
    assert (tmp_path / "back.pdf").read_bytes() == original


@pytest.mark.parametrize("peculiarities", ANNOTATIONS.values(), ids=ANNOTATIONS.keys())
def test_where_a_form_would_break_the_tags_the_mark_is_an_annotation(
    tmp_path: Path, peculiarities: dict[str, Any]
) -> None:
    original, outcome = marked(tmp_path, **peculiarities)
    assert ["in a watermark annotation" in words for words in contents_of(outcome)] == [True]
    copy = Path(outcome.copy).read_bytes()
    assert text_of(copy) == text_of(original)
    assert changed(original, copy).mean() > 0.01
    page = pypdf.PdfReader(io.BytesIO(copy)).pages[0]
    mark = page["/Annots"][-1].get_object()
    assert mark["/Subtype"] == ("/Stamp" if "pdfa" in peculiarities else "/Watermark")
    assert mark["/Contents"].startswith("Retracted. Notice: https://")
    before = pypdf.PdfReader(io.BytesIO(original)).pages[0]
    assert same(page.raw_get("/Contents"), before.raw_get("/Contents"))


def test_a_drawing_that_covers_the_page_is_under_the_mark_of_an_annotation(tmp_path: Path) -> None:
    data = build(revisions=1)
    with pikepdf.open(io.BytesIO(data)) as document:
        white = document.make_stream(b"1 1 .8 rg 0 0 612 792 re f", Type=Name("/XObject"))
        white.stream_dict[Name("/Subtype")] = pikepdf.Name("/Form")
        white.stream_dict[Name("/BBox")] = pikepdf.Array([0, 0, 612, 792])
        cover = {"/Type": pikepdf.Name("/Annot"), "/Subtype": pikepdf.Name("/Square"), "/F": 4}
        annotation = document.make_indirect(pikepdf.Dictionary(cover))
        annotation["/Rect"], annotation["/AP"] = pikepdf.Array([0, 0, 612, 792]), pikepdf.Dictionary(N=white)
        document.pages[0].obj["/Annots"] = pikepdf.Array([annotation])
        out = io.BytesIO()
        document.save(out, static_id=True)
    outcome = stamped(tmp_path, out.getvalue())
    assert outcome.result is Result.MARKED, outcome.reason
    assert ["in a watermark annotation" in words for words in contents_of(outcome)] == [True]
    assert outcome.report is not None
    assert outcome.report.passed


def test_only_the_page_that_needs_it_is_marked_in_another_way(tmp_path: Path) -> None:
    good, bad = build(pages=2), build(content=UNFINISHED)
    with pikepdf.open(io.BytesIO(good)) as document, pikepdf.open(io.BytesIO(bad)) as other:
        document.pages.insert(1, other.pages[0])
        out = io.BytesIO()
        document.save(out, static_id=True)
    outcome = stamped(tmp_path, out.getvalue())
    assert outcome.result is Result.MARKED, outcome.reason
    (words,) = contents_of(outcome)
    assert words.endswith("on page 2")
    assert verify_copy(Path(outcome.copy)).passed


def test_tagged_content_that_pdf_ua_ties_to_its_page_is_refused_with_the_reason(tmp_path: Path) -> None:
    outcome = stamped(tmp_path, build(content=UNFINISHED, pdfua=True, tagged=True))
    assert outcome.result is Result.REFUSED, outcome.reason
    assert "page 1: the content ends inside an inline image" in outcome.reason
    assert not (tmp_path / "copy.pdf").exists()


def test_the_same_page_gives_the_same_bytes(tmp_path: Path) -> None:
    copies = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        copies.append(Path(marked(tmp_path / name, content=UNFINISHED)[1].copy).read_bytes())
    assert copies[0] == copies[1]


def test_a_page_that_no_viewer_draws_is_refused_and_named(tmp_path: Path) -> None:
    outcome = stamped(tmp_path, build(kids="null", pages=3))
    assert (outcome.result, outcome.exit_status) == (Result.REFUSED, 3)
    assert "page 2 cannot be rendered" in outcome.reason.partition("in the original, ")[2]
    assert not (tmp_path / "copy.pdf").exists()
