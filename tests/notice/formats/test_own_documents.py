"""What the tool writes about a notice gives the same notice when it is read back, and names an index as its source."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import page as page_validation
import pikepdf
import pytest

import watermark
from watermark.notice import FigureMatch, Notice, Reference, State, read_notice
from watermark.notice.formats.reading import Reading
from watermark.stamping.notice_document import CopyFacts, notice_document

SAMPLES = Path(__file__).parents[3] / "samples"
AT = datetime(2026, 1, 2, tzinfo=UTC)
PUBMED = (
    "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><DateRevised><Year>2024</Year><Month>6</Month>"
    "<Day>1</Day></DateRevised><Article><ArticleTitle>miR-31 Modulates Liver Cancer.</ArticleTitle></Article>"
    '<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>J Ponds. 2024 May 4;13:e99. '
    "doi: 10.5555/n1.</RefSource></CommentsCorrections></CommentsCorrectionsList></MedlineCitation></PubmedArticle>"
    "</PubmedArticleSet>"
)
NOTICES = (
    Notice(state=State.RETRACTION, article=Reference(title="Newts", doi="10.5555/pond.1"), doi="10.5555/n1"),
    Notice(state=State.WITHDRAWAL, article=Reference(title="Newts — “ponds” & <men>"), statement=("It is withdrawn.",)),
    Notice(
        state=State.PARTIAL_RETRACTION,
        article=Reference(title=("A very long title " * 20).strip(), doi="10.5555/a-long-doi-over-lines." + "x" * 90),
        title="Partial retraction",
        date="2024-05",
        reasons=("error", "image duplication"),
        statement=("One paragraph.", "Another one."),
        figure_matches=(
            FigureMatch(figures=("3A",), source_figure="2A", source=Reference(doi="10.5555/other", year=2018)),
        ),
        language="pt-BR",
    ),
    Notice(state=State.EXPRESSION_OF_CONCERN, article=Reference(), url="https://example.org/n"),
)  # fmt: skip


@pytest.mark.parametrize("notice", NOTICES)
def test_the_typeset_document_gives_the_notice_that_it_was_made_from(tmp_path: Path, notice: Notice) -> None:
    path = tmp_path / "n.pdf"
    path.write_bytes(notice_document(notice, facts=None, marked_at=AT))
    assert read_notice(path).notice == notice


def test_a_notice_of_any_length_keeps_its_level_and_is_read_back(tmp_path: Path) -> None:
    notice = replace(NOTICES[0], statement=("\u64a4\u7a3f https://example.org/" + "x" * 9000, "word " * 8000))
    path = tmp_path / "n.pdf"
    font = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
    if not font.is_file():
        pytest.skip(f"no font at {font}")
    path.write_bytes(notice_document(notice, facts=None, marked_at=AT, font=font))
    assert not page_validation.validate_pdf_bytes(path.read_bytes(), profile="2b").failures
    with pikepdf.open(path) as pdf:
        assert {"/RetractionNotice", "/RetractionNotice1"} <= set(pdf.docinfo.keys())
    assert read_notice(path).notice.article == notice.article
    assert [" ".join(text.split()) for text in read_notice(path).notice.statement] == [
        " ".join(text.split()) for text in notice.statement
    ]


def test_the_typeset_document_of_an_index_record_says_so_and_is_read_back_as_one(tmp_path: Path) -> None:
    facts = CopyFacts(original_sha256="0" * 64, original_size_bytes=1, tool="x", source="PubMed, 2024-06-01")
    path = tmp_path / "n.pdf"
    path.write_bytes(notice_document(NOTICES[0], facts=facts, marked_at=AT))
    read = read_notice(path)
    assert (read.notice, read.dated_source) == (NOTICES[0], "PubMed, 2024-06-01")
    path.write_bytes(notice_document(NOTICES[0], facts=replace(facts, source=""), marked_at=AT))
    assert read_notice(path).source == ""


@pytest.mark.parametrize(
    "change",
    [
        {"article": {"title": "Newts", "doi": "10.5555/victim"}},
        {"article": {"title": "Toads of the southern ponds"}},
        {"doi": "10.5555/other"},
        {"state": "gone"},
        {"unknown": 1},
    ],
)
def test_hidden_data_that_the_pages_do_not_show_do_not_count(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "n.pdf"
    path.write_bytes(notice_document(NOTICES[0], facts=None, marked_at=AT))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        values = json.loads(str(pdf.docinfo["/RetractionNotice"]))
        values["notice"] |= change
        pdf.docinfo["/RetractionNotice"] = json.dumps(values)
        pdf.save(path)
    notice = read_notice(path).notice
    assert (notice.state, notice.article.doi) != ("gone", "10.5555/victim")
    assert notice.article.doi in {"", "10.5555/pond.1"}
    assert notice.doi in {"", "10.5555/n1"}


def attached(copy: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    with pikepdf.open(copy) as pdf:
        for name, file in pdf.attachments.items():
            path = folder / name
            path.write_bytes(file.get_file().read_bytes())
            yield file.description, path


def test_the_files_in_a_copy_give_the_same_notice(tmp_path: Path) -> None:
    notice = SAMPLES / "retraction-notice.md"
    watermark.stamp(SAMPLES / "article.pdf", notice, tmp_path / "copy.pdf", at=AT)
    files = dict(attached(tmp_path / "copy.pdf", tmp_path))
    expected = read_notice(notice).notice
    assert len(files) == 3
    for path in files.values():
        read = read_notice(path)
        assert (read.notice, read.source) == (expected, "")


def test_a_copy_that_rests_on_an_index_record_names_it_everywhere(tmp_path: Path) -> None:
    (tmp_path / "pubmed.xml").write_text(PUBMED)
    copy = tmp_path / "copy.pdf"
    watermark.stamp(SAMPLES / "article.pdf", tmp_path / "pubmed.xml", copy, at=AT, force_match="a test")
    files = dict(attached(copy, tmp_path))
    said = "Retraction record of PubMed, 2024-06-01; not the publisher's own notice"
    assert said in files
    assert not [description for description in files if "publisher gave" in description]
    record = json.loads((tmp_path / "retraction.json").read_bytes())
    assert record["notice_source"] == {"name": "PubMed", "date": "2024-06-01"}
    for path in files.values():
        assert read_notice(path).dated_source == "PubMed, 2024-06-01"
    assert watermark.verify(copy).passed


def test_a_notice_of_a_publisher_is_described_as_one() -> None:
    file = Reading(notice=NOTICES[0]).as_file(b"", "n", "text/plain")
    assert file.description == "Retraction notice as the publisher gave it"
    assert file.dated_source == ""
