"""A publisher's name, logo and colour on the notice document, the paper, lists and italics, and equal bytes."""

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import page as page_validation
import pikepdf
import pypdf
import pytest
from PIL import Image

from tests.helpers.tag_check import faults_in_tags
from tests.stamping.notice_document.notices import FACTS, FULL, MARKED_AT
from watermark.notice import FigureMatch, NoticeFile, Reference, from_text
from watermark.notice.statement_markup import statement_markup
from watermark.pdf.geometry import paper_like
from watermark.stamping.notice_document import Letterhead, Logo, notice_document

MARKDOWN = """# An article [Retraction]

We retract the article in *Imagin Sci*, with **regret**.

- Figure 1 shows *A. thaliana*.
- Figure 2 shows [the same](https://example.org/a).

The *end.
"""
BLUE = (0.0, 0.25, 0.5)
SCRIPT = """
import hashlib, sys
from tests.stamping.notice_document.test_letterhead import typeset
sys.stdout.write(hashlib.sha256(typeset()).hexdigest())
"""


def logo(mode: str = "RGB") -> Logo:
    picture = Image.new(mode, (90, 30), "blue").convert("RGB")
    return Logo(width=90, height=30, pixels=picture.tobytes())


def typeset(**options: object) -> bytes:
    file = markdown_file()
    letterhead = Letterhead(name="Example Press", logo=logo(), colour_rgb=BLUE)
    given = {"facts": FACTS, "marked_at": MARKED_AT, "letterhead": letterhead, "markup": statement_markup(file)}
    return notice_document(file.notice, **{**given, **options})  # type: ignore[arg-type]


def markdown_file() -> NoticeFile:
    notice = from_text(MARKDOWN)
    return NoticeFile(notice=notice, data=MARKDOWN.encode(), name="n.md", media_type="text/markdown")


def words_in(data: bytes) -> str:
    return pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()


def test_a_notice_with_a_letterhead_lists_and_italics_is_valid_at_every_level() -> None:
    data = typeset()
    for profile in ("2b", "ua1"):
        assert not page_validation.validate_pdf_bytes(data, profile=profile).failures
    assert [f.rule_id for f in page_validation.validate_pdf_bytes(data, profile="2a").failures] == [
        "PDFA2A-ID-CONFORMANCE-001"
    ]
    assert faults_in_tags(data) == []


def test_the_publishers_name_is_text_its_logo_an_artifact_and_its_colour_that_of_the_headings() -> None:
    data = typeset()
    page = pypdf.PdfReader(io.BytesIO(data)).pages[0]
    assert page.extract_text().startswith("Example Press")
    content = page.get_contents().get_data().decode()
    assert ".25 .5 sc" in content
    before = content[: content.index(" Do")]
    assert before.rindex("/Artifact BMC") > before.rindex("EMC")


def test_items_are_tagged_as_a_list_with_their_bullets() -> None:
    with pikepdf.open(io.BytesIO(typeset())) as pdf:
        elements = [kid for kid in pdf.Root.StructTreeRoot.K.K if kid.S == "/L"]
        assert len(elements) == 1
        assert [[str(part.S) for part in item.K] for item in elements[0].K] == [["/Lbl", "/LBody"]] * 2
        assert elements[0].A.ListNumbering == "/Disc"


def test_italics_and_bold_are_set_in_fonts_of_their_own() -> None:
    fonts = {
        str(font["/BaseFont"]).partition("+")[2]
        for font in pypdf.PdfReader(io.BytesIO(typeset())).pages[0]["/Resources"]["/Font"].values()
    }
    assert {"SourceSansPro-It", "SourceSansPro-Bold", "SourceSansPro-Regular"} <= fonts


def test_a_letter_that_the_italic_font_lacks_is_that_of_the_regular_font() -> None:
    text = "# An article [Retraction]\n\nWe retract the article on *TGF-\u03b21* and ***\u03b1-synuclein***.\n"
    file = NoticeFile(notice=from_text(text), data=text.encode(), name="n.md", media_type="text/markdown")
    data = notice_document(file.notice, facts=None, marked_at=MARKED_AT, markup=statement_markup(file))
    assert "TGF-\u03b21 and \u03b1-synuclein" in words_in(data)
    assert not page_validation.validate_pdf_bytes(data, profile="2b").failures


def test_the_words_are_the_same_with_markup_and_without() -> None:
    marked, plain = map(words_in, (typeset(), typeset(markup=())))
    assert "".join(marked.replace("\u2022", "").split()) == "".join(plain.split())


def test_markup_that_is_not_clear_stays_text() -> None:
    assert "The *end." in words_in(typeset())


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (595, 842, (595.28, 841.89)),
        (612, 792, (612, 792)),
        (792, 612, (612, 792)),
        (420, 595, (595.28, 841.89)),
    ],
)
def test_the_paper_is_the_one_that_is_closer_in_shape(
    width: float, height: float, expected: tuple[float, float]
) -> None:
    assert paper_like(width, height) == expected


def test_a_page_without_a_size_gets_paper_all_the_same() -> None:
    assert paper_like(0, 0) in {(595.28, 841.89), (612, 792)}


def test_the_pages_have_the_size_of_the_paper() -> None:
    page = pypdf.PdfReader(io.BytesIO(typeset(paper=(612.0, 792.0)))).pages[0]
    assert tuple(page.mediabox) == (0, 0, 612, 792)


def test_another_process_with_another_hash_seed_on_another_day_gives_the_same_bytes() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path.cwd()), "TZ": zone, "SOURCE_DATE_EPOCH": seed},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(found) == 1


def test_reportlab_is_loaded_only_when_a_document_is_made() -> None:
    code = "import sys, watermark.stamping.pipeline; sys.exit('reportlab.pdfgen' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("count", [400, pytest.param(2_000, marks=pytest.mark.slow)])
def test_many_matches_and_many_paragraphs_take_bounded_time(count: int) -> None:
    match = FigureMatch(figures=("1A",), source_figure="2", source=Reference(title="Another article"))
    notice = replace(FULL, figure_matches=(match,) * count, statement=("A short paragraph.",) * count)
    data = notice_document(notice, facts=FACTS, marked_at=MARKED_AT)
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) > count / 40
