"""A notice that is a PDF is read like its text, and attached as it is."""

import io
import re
import time
from pathlib import Path

import pikepdf
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

from watermark.errors import NoticeError
from watermark.notice import Notice, State, read_notice
from watermark.notice.formats.pdf import MAX_BYTES, MAX_PAGES

SAMPLE = Path(__file__).parents[3] / "samples" / "retraction-notice.md"
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12, spaceAfter=8)
HEADING = ParagraphStyle("heading", parent=BODY, fontName="Times-Bold", fontSize=16, leading=19)


def printed(paragraphs: list[str], *, head: str = "", title: str = "") -> bytes:
    """Return the paragraphs as a printer sets them, the first as the title; `head` is on every page."""
    buffer = io.BytesIO()
    document = SimpleDocTemplate(buffer, pagesize=A4, title=title or None)
    story = [Paragraph(paragraphs[0], HEADING), *(Paragraph(words, BODY) for words in paragraphs[1:])]

    def running(canvas: Canvas, _: object) -> None:
        canvas.setFont("Times-Roman", 9)
        canvas.drawString(72, 800, f"{head} {canvas.getPageNumber()}" if head else "")
        canvas.drawString(300, 30, str(canvas.getPageNumber()))

    document.build([part for words in story for part in (words, Spacer(1, 4))], running, running)
    return buffer.getvalue()


def as_html(markdown: str) -> list[str]:
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n|\n(?=- )", markdown.strip())]
    parts = [re.sub(r"<(https?://[^>]+)>", r"\1", part).replace("&", "&amp;") for part in parts]
    parts = [re.sub(r"\*([^*]+)\*", r"<i>\1</i>", part).removeprefix("# ") for part in parts]
    return [part.replace("- ", "\u2022 ", 1) if part.startswith("- ") else part for part in parts]


def read(tmp_path: Path, data: bytes) -> Notice:
    (tmp_path / "n").write_bytes(data)
    given = read_notice(tmp_path / "n")
    assert (given.media_type, given.data, given.name) == ("application/pdf", data, "n")
    return given.notice


def with_xmp(data: bytes, **values: str) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        with pdf.open_metadata() as metadata:
            for name, value in values.items():
                metadata[name.replace("_", ":")] = value
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_the_printed_form_gives_the_facts_of_the_text(tmp_path: Path) -> None:
    text = read_notice(SAMPLE).notice
    notice = read(tmp_path, printed(as_html(SAMPLE.read_text("utf-8"))))
    assert notice.title == text.title
    assert (notice.article.title, notice.article.authors, notice.article.journal) == (
        text.article.title,
        text.article.authors,
        text.article.journal,
    )
    assert (notice.article.year, notice.article.volume, notice.article.pages) == (2020, "13", "877-888")
    assert (notice.state, notice.reasons, notice.policies) == (text.state, text.reasons, text.policies)
    assert (notice.issuers, notice.requested_by) == (text.issuers, text.requested_by)
    assert (notice.stays_online, notice.mark_text) == (True, "Retracted")
    pairs = [(match.figures, match.source_figure, match.source.doi) for match in notice.figure_matches]
    assert pairs == [(match.figures, match.source_figure, match.source.doi) for match in text.figure_matches]
    assert (notice.doi, notice.article.doi, notice.date) == ("", "", "")


STATEMENT = [
    "Mice and sleep [Retraction]",
    "We, the Editor of Dormant Mice, have retracted this article.",
    "Words. " * 9,
]


def test_running_heads_and_page_numbers_are_not_part_of_the_statement(tmp_path: Path) -> None:
    long = [*STATEMENT, *["A sentence about sleep that is as long as others are. " * 12] * 12]
    notice = read(tmp_path, printed(long, head="Dormant Mice 2024:7"))
    assert notice.title == STATEMENT[0]
    assert not any("Dormant Mice 2024" in words for words in notice.statement)
    assert not any(words.isdigit() for words in notice.statement)


def test_the_doi_in_xmp_is_the_notice_s(tmp_path: Path) -> None:
    assert read(tmp_path, with_xmp(printed(STATEMENT), prism_doi="10.5555/NOTE")).doi == "10.5555/note"
    assert read(tmp_path, with_xmp(printed(STATEMENT), dc_identifier="doi:10.5555/NOTE")).doi == "10.5555/note"
    both = with_xmp(printed(STATEMENT), prism_doi="10.5555/a", dc_identifier="doi:10.5555/b")
    assert read(tmp_path, both).doi == ""


def test_a_title_with_a_label_may_be_in_the_metadata_only(tmp_path: Path) -> None:
    data = printed(["Readers asked about the data.", "Words. " * 9], title="Mice and sleep [Retraction]")
    notice = read(tmp_path, data)
    assert (notice.state, notice.article.title) == (State.RETRACTION, "Mice and sleep")


def test_only_the_first_pages_are_read_and_that_is_reported(tmp_path: Path) -> None:
    (tmp_path / "n").write_bytes(printed([*STATEMENT, *["A sentence about sleep. " * 60] * 60]))
    (warning,) = read_notice(tmp_path / "n").warnings
    assert warning.startswith(f"only the first {MAX_PAGES} of ")


def encrypted() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed(STATEMENT))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="x", owner="y"))
    return out.getvalue()


def blank() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (printed(STATEMENT)[:300], "cannot be opened"),
        (encrypted(), "needs a password"),
        (blank(), "no text"),
        (printed(["Mice and sleep", "They slept."]), "cannot tell whether"),
        (b"%PDF-1.7\n" + b" " * MAX_BYTES, "larger than"),
    ],
)
def test_a_pdf_that_is_not_a_notice_is_reported(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(NoticeError, match=words) as caught:
        read(tmp_path, data)
    assert caught.value.remedy
    assert caught.value.file.endswith("n")


def test_broken_metadata_does_not_keep_the_words_from_being_read(tmp_path: Path) -> None:
    data = printed(STATEMENT) + b"<?xpacket begin='' id='x'?><x:bad><?xpacket end='w'?>"
    assert read(tmp_path, data).state is State.RETRACTION


def test_a_file_of_packets_that_never_end_is_read_in_time(tmp_path: Path) -> None:
    data = printed(STATEMENT) + b"<?xpacket begin " * 1_000_000
    start = time.process_time()
    assert read(tmp_path, data).state is State.RETRACTION
    assert time.process_time() - start < 5
