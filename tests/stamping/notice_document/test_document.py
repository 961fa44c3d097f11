"""The typeset notice: valid, accessible, small, complete, and nothing but what the notice says."""

import io
import re
from dataclasses import replace
from pathlib import Path

import page as page_validation
import pikepdf
import pypdf
import pytest

from tests.helpers.tag_check import faults_in_tags
from tests.stamping.notice_document.notices import BARE, CASES, FACTS, FULL, MARKED_AT
from watermark.notice import Notice, Reference, State
from watermark.pdf import new_objects
from watermark.stamping.notice_document import notice_document

LARGEST = 25_000


def typeset(notice: Notice) -> bytes:
    return notice_document(notice, facts=FACTS, marked_at=MARKED_AT)


def text_of(data: bytes) -> str:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    return re.sub(r"\s+", " ", " ".join(pages))


@pytest.mark.parametrize("notice", CASES.values(), ids=list(CASES))
def test_every_notice_becomes_a_valid_accessible_small_document_of_the_same_bytes(notice: Notice) -> None:
    data = typeset(notice)
    for profile in ("2b", "ua1"):
        assert not page_validation.validate_pdf_bytes(data, profile=profile).failures
    assert faults_in_tags(data) == []
    assert len(data) <= LARGEST
    assert typeset(notice) == data


@pytest.mark.parametrize("notice", CASES.values(), ids=list(CASES))
def test_every_rule_of_level_a_holds_but_for_the_claim(notice: Notice) -> None:
    failures = page_validation.validate_pdf_bytes(typeset(notice), profile="2a").failures
    assert [failure.rule_id for failure in failures] == ["PDFA2A-ID-CONFORMANCE-001"]


def test_all_that_the_notice_says_is_on_the_page() -> None:
    text = text_of(typeset(FULL))
    for words in (
        "Retraction notice",
        "A kinase that was not there",
        "Doe J, Roe R",
        "J Imagin Biol. 2020;13(4):877-888.",
        "https://doi.org/10.5555/article.1",
        "https://doi.org/10.5555/notice.1",
        "2024-05-01",
        "Editor; Publisher",
        "Image duplication",
        "Following publication, the editors were told",
        "3A, 5E",
        "RETRACTED: Blots of another kind",
        "COPE guidelines",
        FACTS.original_sha256,
        "1,234,567 bytes",
        "2026-01-02",
    ):
        assert words in text


def test_no_shell_command_is_on_the_page() -> None:
    text = text_of(typeset(FULL))
    assert "watermark verify" not in text
    assert "watermark restore" not in text


def test_nothing_is_invented_where_the_notice_says_nothing() -> None:
    data = notice_document(BARE, facts=None, marked_at=MARKED_AT)
    assert text_of(data).strip() == "Withdrawal notice Withdrawal notice, page 1 of 1"


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_heading(state: State) -> None:
    assert text_of(typeset(replace(BARE, state=state))).strip()


def test_every_doi_and_address_is_a_link_in_ascii() -> None:
    odd = replace(FULL, doi="10.1002/(SICI)1097<1::AID-X1>3.0.CO;2-é", statement=("See (https://example.org/a).",))
    reader = pypdf.PdfReader(io.BytesIO(typeset(odd)))
    addresses = {link.get_object()["/A"]["/URI"] for page in reader.pages for link in page.get("/Annots", [])}
    assert addresses == {
        "https://doi.org/10.5555/article.1",
        "https://doi.org/10.1002/(SICI)1097%3C1::AID-X1%3E3.0.CO;2-%C3%A9",
        "https://example.org/a",
        "https://doi.org/10.5555/source.1",
    }


def test_an_address_that_points_outside_of_the_web_is_not_a_link() -> None:
    data = typeset(replace(BARE, url="javascript:alert(1)", statement=("file:///etc/passwd",)))
    assert all("/Annots" not in page for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def test_markup_in_a_title_is_only_words() -> None:
    title = "<script>&amp;]]></rdf:li> (x) \\ \x00\x1b[31m\u202e end"
    data = typeset(replace(FULL, article=replace(FULL.article, title=title)))
    assert "<script>&amp;]]></rdf:li> (x) \\ [31m end" in text_of(data)
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Retraction notice: <script>&amp;]]></rdf:li> (x) \\ [31m end"


def test_labels_say_that_they_are_english_in_a_notice_that_is_not() -> None:
    with pikepdf.open(io.BytesIO(typeset(CASES["other scripts"]))) as pdf:
        assert pdf.Root.Lang == "el"
        heading, title, *_ = pdf.Root.StructTreeRoot.K.K
        assert heading.Lang == "en"
        assert "/Lang" not in title


@pytest.mark.parametrize("language", ["", "el GR", "(x", "e"])
def test_a_language_that_is_not_a_tag_counts_as_english(language: str) -> None:
    with pikepdf.open(io.BytesIO(typeset(replace(FULL, language=language)))) as pdf:
        assert pdf.Root.Lang == "en"


def test_the_heads_of_a_table_are_repeated_on_the_next_page_for_the_eye_only() -> None:
    data = typeset(CASES["many matches"])
    texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    assert all("Figure in this article" in text for text in texts[:2])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        heads = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH"]
        assert sum(1 for head in heads if head.A.Scope == "/Column") == 3


def test_what_heads_something_is_on_the_page_of_what_it_heads() -> None:
    for lines in range(32, 60, 3):
        notice = replace(FULL, statement=("A line of the statement.",) * lines)
        for page in pypdf.PdfReader(io.BytesIO(typeset(notice))).pages:
            last = page.extract_text().splitlines()[-2]
            assert last.strip() not in {"Statement", "Figures that match other articles", "About this copy"}, lines


def test_no_line_of_a_paragraph_is_alone_on_a_page() -> None:
    for words in range(240, 420, 8):
        data = typeset(replace(FULL, statement=(" ".join(["statement"] * words),)))
        overleaf = pypdf.PdfReader(io.BytesIO(data)).pages[1].extract_text().splitlines()
        assert sum(line.startswith("statement") for line in overleaf) != 1, words


def test_a_link_says_its_language_itself() -> None:
    with pikepdf.open(io.BytesIO(typeset(CASES["other scripts"]))) as pdf:
        links = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Link"]
        assert links
        assert all(link.Lang == "en" for link in links)


def test_no_stream_ends_in_what_could_be_a_line_end(monkeypatch: pytest.MonkeyPatch) -> None:
    saved = new_objects._saved

    def unlucky(pdf: pikepdf.Pdf, *, packed: bool) -> bytes:
        return b"data\r\nendstream" if packed else saved(pdf, packed=packed)

    monkeypatch.setattr(new_objects, "_saved", unlucky)
    data = typeset(FULL)
    assert b"\r\nendstream" not in data
    assert not page_validation.validate_pdf_bytes(data, profile="2b").failures


def test_a_reference_without_a_title_is_cited_as_it_stands() -> None:
    cited = Reference(
        citation="Poe E. Blots. Imagin Sci. 2018. https://doi.org/10.5555/Source.1", doi="10.5555/source.1"
    )
    notice = replace(FULL, figure_matches=(replace(FULL.figure_matches[0], source=cited),))
    assert text_of(typeset(notice)).lower().count("10.5555/source.1") == 1


def test_a_long_statement_is_set_in_bounded_time() -> None:
    data = typeset(replace(FULL, statement=("word " * 40_000,)))
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) > 30
    assert faults_in_tags(data) == []


def test_the_time_of_marking_is_the_only_clock(tmp_path: Path) -> None:
    data = typeset(FULL)
    (tmp_path / "notice.pdf").write_bytes(data)
    assert b"<xmp:CreateDate>2026-01-02T03:04:05Z</xmp:CreateDate>" in data
    with pikepdf.open(tmp_path / "notice.pdf") as pdf:
        assert set(pdf.docinfo.keys()) == {"/RetractionNotice"}
