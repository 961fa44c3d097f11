"""A marked copy that another program has saved again is recognised, with the program and with what was added."""

import io
import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.attacks.bombs import with_objects
from tests.audit.conftest import DOI, Ask, article, listed
from tests.helpers.build import build
from tests.helpers.certificates import PASSWORD, self_signed
from tests.helpers.tampered_copies import stamped
from watermark import SealOptions, stamp
from watermark.audit.classification import AuditResult, Classification
from watermark.audit.rewritten_copies import rewritten_copy_at
from watermark.audit.surviving_marks import is_our_edge_line, sets_our_font
from watermark.cli import main
from watermark.pdf.serialization import Raw

PAGES = 3
NOT_UTF_8 = Raw(b"/#CB#CE#CC#E5")
Tool = Callable[[str], str]
Rewrite = Callable[[Path, Path, Path], list[str] | None]


def test_a_font_whose_name_is_not_utf_8_is_none_of_ours() -> None:
    with pikepdf.open(io.BytesIO(build(resource_entries={"/Font": {"/Own": {"/BaseFont": NOT_UTF_8}}}))) as document:
        assert not sets_our_font(document.pages[0])


def page_of(path: Path, words: str) -> Path:
    canvas = Canvas(str(path))
    canvas.drawString(100, 20, words)
    canvas.save()
    return path


def with_pikepdf(copy: Path, out: Path, _: Path) -> None:
    with pikepdf.open(copy) as document:
        document.save(out)


def with_pikepdf_and_a_cover(copy: Path, out: Path, cover: Path) -> None:
    with pikepdf.open(copy) as document, pikepdf.open(cover) as front:
        document.pages.insert(0, front.pages[0])
        document.save(out)


def with_pikepdf_and_a_stamp(copy: Path, out: Path, cover: Path) -> None:
    with pikepdf.open(copy) as document, pikepdf.open(cover) as stamp:
        for page in document.pages:
            page.add_overlay(stamp.pages[0])
        document.save(out)


def with_pypdf(copy: Path, out: Path, _: Path) -> None:
    pypdf.PdfWriter(clone_from=copy).write(out)


def with_pypdf_and_a_cover(copy: Path, out: Path, cover: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.append(cover)
    writer.append(copy)
    writer.write(out)


def appended_with_pypdf(copy: Path, out: Path, _: Path) -> None:
    writer = pypdf.PdfWriter(copy, incremental=True)
    writer.add_metadata({"/Repository": "example.org"})
    writer.write(out)


def with_pypdf_and_a_stamp(copy: Path, out: Path, cover: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=copy)
    for page in writer.pages:
        page.merge_page(pypdf.PdfReader(cover).pages[0])
    writer.write(out)


def with_gs_after_a_stamp(copy: Path, out: Path, cover: Path) -> list[str]:
    between = out.with_name("between.pdf")
    with_pikepdf_and_a_stamp(copy, between, cover)
    return [*GS, f"-sOutputFile={out}", str(between)]


GS = ["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite"]
QUIET = ["-q", "-c", "disable"]
FRONT = "1 page in front"
STAMP = f"text or drawings on {PAGES} marked pages"
WAYS: dict[str, tuple[Rewrite, str, str]] = {
    "pikepdf": (with_pikepdf, "qpdf or pikepdf", ""),
    "pikepdf, cover": (with_pikepdf_and_a_cover, "qpdf or pikepdf", FRONT),
    "pikepdf, stamp": (with_pikepdf_and_a_stamp, "qpdf or pikepdf", STAMP),
    "pypdf": (with_pypdf, "pypdf", ""),
    "pypdf, cover": (with_pypdf_and_a_cover, "pypdf", FRONT),
    "pypdf, stamp": (with_pypdf_and_a_stamp, "pypdf", STAMP),
    "pypdf, appended": (appended_with_pypdf, "", ""),
    "qpdf": (lambda copy, out, _: ["qpdf", copy, out], "qpdf or pikepdf", ""),
    "qpdf, linearized": (lambda copy, out, _: ["qpdf", "--linearize", copy, out], "qpdf or pikepdf", ""),
    "qpdf, packed": (lambda copy, out, _: ["qpdf", "--object-streams=generate", copy, out], "qpdf or pikepdf", ""),
    "qpdf, cover": (
        lambda copy, out, cover: ["qpdf", "--empty", "--pages", cover, copy, "--", out],
        "qpdf or pikepdf",
        FRONT,
    ),
    "qpdf, stamp": (
        lambda copy, out, cover: ["qpdf", copy, "--overlay", cover, "--repeat=1", "--", out],
        "qpdf or pikepdf",
        STAMP,
    ),
    "gs, stamp": (with_gs_after_a_stamp, "GPL Ghostscript", STAMP),
    "cairo": (lambda copy, out, _: ["pdftocairo", "-pdf", copy, out], "cairo", ""),
    "gs": (lambda copy, out, _: [*GS, f"-sOutputFile={out}", copy], "GPL Ghostscript", ""),
    "gs, cover": (lambda copy, out, cover: [*GS, f"-sOutputFile={out}", cover, copy], "GPL Ghostscript", FRONT),
    "mutool": (lambda copy, out, _: ["mutool", "clean", copy, out], "MuPDF", ""),
    "mutool, packed": (lambda copy, out, _: ["mutool", "clean", "-ggggz", copy, out], "MuPDF", ""),
    "mutool, cover": (lambda copy, out, cover: ["mutool", "merge", "-o", out, cover, copy], "MuPDF", FRONT),
    "pdfcpu": (lambda copy, out, _: ["pdfcpu", "optimize", *QUIET, copy, out], "pdfcpu", ""),
    "pdfcpu, cover": (lambda copy, out, cover: ["pdfcpu", "merge", *QUIET, out, cover, copy], "pdfcpu", FRONT),
    "pdfcpu, stamp": (
        lambda copy, out, _: ["pdfcpu", "stamp", "add", *QUIET, "-mode", "text", "--", "x", "scale:.3", copy, out],
        "pdfcpu",
        STAMP,
    ),
    "pdftk": (lambda copy, out, _: ["pdftk", copy, "output", out], "pdftk", ""),
    "pdftk, cover": (lambda copy, out, cover: ["pdftk", cover, copy, "cat", "output", out], "pdftk", FRONT),
    "pdftk, stamp": (lambda copy, out, cover: ["pdftk", copy, "stamp", cover, "output", out], "pdftk", STAMP),
}  # fmt: skip
SLOW = pytest.mark.slow
"""A virtual machine is started for pdftk."""


@pytest.fixture(
    scope="module", params=[pytest.param(one, marks=SLOW if one.startswith("pdftk") else ()) for one in WAYS]
)
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stamped(tmp_path_factory.mktemp("marked"), pages=PAGES, xmp=True, text="Words of the article")


@pytest.fixture(scope="module")
def saved_again() -> dict[str, tuple[Path, AuditResult]]:
    """Return what was made of the copy so far, in which way, and what the check says of it."""
    return {}


@pytest.fixture
def rewritten(  # noqa: PLR0917 - fixtures
    tmp_path: Path, way: str, copy: Path, saved_again: dict[str, tuple[Path, AuditResult]], tool: Tool, ask: Ask
) -> tuple[Path, AuditResult]:
    """A marked copy, saved again in one of the ways, and what the check says of it."""
    if way not in saved_again:
        out = tmp_path / "rewritten.pdf"
        command = WAYS[way][0](copy, out, page_of(tmp_path / "cover.pdf", "Downloaded from repository.example.org"))
        if command:
            subprocess.run([tool(str(command[0])), *command[1:]], check=True, capture_output=True)
        saved_again[way] = out, ask(out)
    return saved_again[way]


def test_a_copy_that_was_saved_again_is_distinguished(rewritten: tuple[Path, AuditResult], way: str) -> None:
    _, program, addition = WAYS[way]
    _, found = rewritten
    assert (found.kind, found.needs_attention) == (Classification.REWRITTEN, True)
    assert found.rewritten_by.startswith(program)
    assert found.additions == ((addition,) if addition else ())
    page_count = PAGES + (addition == FRONT)
    assert f"{PAGES} of {page_count} pages still carry the mark" in found.reason
    assert ("restore" in found.remedy) == (way == "pypdf, appended")


def test_verify_says_the_same_and_does_not_blame_the_original(
    rewritten: tuple[Path, AuditResult], capsys: pytest.CaptureFixture[str]
) -> None:
    path, found = rewritten
    with pytest.raises(SystemExit) as ended:
        main(["verify", str(path)])
    assert ended.value.code == 5
    printed = capsys.readouterr().out
    assert f"marked by this tool, then rewritten {found.reason}\n" in printed
    assert "What to do: " in printed
    assert "the original is damaged" not in printed
    assert printed.endswith("verdict: FAILED verification\n")


@pytest.mark.parametrize(
    ("rewrite", "seal_now"),
    [(with_pikepdf, "its seal no longer counts"), (appended_with_pypdf, "its seal covers only what was there before")],
)
def test_a_sealed_copy_that_was_saved_again_is_distinguished_and_its_seal_is_named(
    tmp_path: Path, ask: Ask, rewrite: Rewrite, seal_now: str
) -> None:
    pytest.importorskip("pyhanko", reason="the extra seal is not installed")
    sealed, out = tmp_path / "sealed.pdf", tmp_path / "rewritten.pdf"
    notice = tmp_path / "notice.md"
    notice.write_text(f"# Retraction\n\nThe article https://doi.org/{DOI} has been retracted.\n\nDate: 2024-05-01\n")
    seal = SealOptions(key=str(self_signed().save(tmp_path / "key.p12")), password=PASSWORD)
    stamp(article(tmp_path / "article.pdf"), notice, sealed, seal=seal)
    rewrite(sealed, out, out)
    found = ask(out)
    assert found.kind is Classification.REWRITTEN
    assert seal_now in found.reason
    assert f"{found.page_count} of {found.page_count} pages still carry the mark" in found.reason


def test_verify_says_it_as_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "rewritten.pdf"
    with_pikepdf(stamped(tmp_path, pages=2, xmp=True), out, out)
    with pytest.raises(SystemExit):
        main(["verify", "--json", str(out)])
    data = json.loads(capsys.readouterr().out)
    assert data["rewritten"]["marked_pages"] == [1, 2]
    assert data["rewritten"]["program"] == "qpdf or pikepdf"


def test_a_page_that_lost_its_mark_is_counted(tmp_path: Path) -> None:
    copy, out = stamped(tmp_path, pages=3, xmp=True), tmp_path / "rewritten.pdf"
    with pikepdf.open(copy) as document:
        del document.pages[1].obj.Resources.XObject["/RetractionMark"]
        document.save(out)
    found = rewritten_copy_at(out)
    assert found
    assert found.marked_pages == (1, 3)
    assert "2 of 3 pages still carry the mark" in found.reason


def test_an_intact_copy_and_an_unmarked_article_are_not_rewritten(tmp_path: Path) -> None:
    assert rewritten_copy_at(stamped(tmp_path, pages=2, xmp=True)) is None
    assert rewritten_copy_at(article(tmp_path / "unmarked.pdf")) is None
    assert rewritten_copy_at(tmp_path / "missing.pdf") is None


def test_a_copy_with_wrong_bytes_in_their_places_is_damaged_and_not_rewritten(tmp_path: Path) -> None:
    copy = stamped(tmp_path, pages=2, xmp=True)
    data = bytearray(copy.read_bytes())
    data[data.index(b"BT")] ^= 1
    copy.write_bytes(data)
    assert rewritten_copy_at(copy) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Retracted. The notice is attached to this file.", True),
        ("Retracted 2024-05-01. Notice: https://doi.org/10.5555/notice", True),
        ("Artículo retractado. La nota está al final de este archivo.", True),
        ("Retracted", False),
        ("Retracted article. See the publisher's notice.", False),
    ],
)
def test_an_edge_line_is_known_by_its_whole_sentence(words: str, expected: bool) -> None:  # noqa: FBT001 - a case of the table
    assert is_our_edge_line(words) is expected


def test_a_publishers_mark_in_the_same_font_is_not_ours(tmp_path: Path, ask: Ask) -> None:
    """The words have to be the edge line's, too."""
    from tests.helpers.foreign_marks import marked  # noqa: PLC0415 - for this test only

    copy = tmp_path / "copy.pdf"
    marked(article(tmp_path / "article.pdf"), copy, "text_diagonal")
    with pikepdf.open(copy, allow_overwriting_input=True) as document:
        for page in document.pages:
            for font in page.Resources.Font.values():
                font.BaseFont = pikepdf.Name("/ABCDEF+SourceSansPro-Regular")
        document.save(copy)
    assert ask(copy).kind is Classification.OTHERS_ALL
    assert listed(tmp_path).exists()


@pytest.mark.slow
def test_the_time_for_an_unmarked_file_does_not_grow_with_the_pages_that_it_lists(tmp_path: Path) -> None:
    def seconds(pages: int) -> float:
        kids = {2: b"<</Type/Pages/Kids[%b]/Count %d>>" % (b"3 0 R " * pages, pages)}
        path = tmp_path / f"{pages}.pdf"
        path.write_bytes(with_objects(build(text="Words."), kids))
        started = time.process_time()
        assert rewritten_copy_at(path) is None
        return time.process_time() - started

    few = min(seconds(5_000) for _ in range(3))
    assert min(seconds(40_000) for _ in range(2)) < 4 * few
