"""Words by which publishers mark articles: small, slanted, tiled and in many languages; and words that mark nothing."""

from pathlib import Path

import pytest

from tests.helpers.build import build
from watermark.article.marks.detector import detect_marks
from watermark.article.marks.pdfium_page import PdfiumFile
from watermark.article.marks.phrases import is_line_of_a_mark, may_be_marked, stands_alone

MARKS = (
    *("RETRACTED", "Retracted article", "This article has been withdrawn.", "ARTICLE REMOVED", "TEMPORARILY REMOVED"),
    *("IEEE NOTICE OF VIOLATION", "Editorial expression of concern", "RETRACTED 12 May 2024", "Artículo retirado"),
    *("Este artigo foi retratado", "Cet article a été rétracté", "Articolo ritirato", "È stato ritirato"),
    *(
        "Dieser Artikel wurde zurückgezogen",
        "Ingetrokken artikel",
        "Artykuł został wycofany",
        "Makale geri çekilmiştir",
    ),
    *("Статья отозвана", "Статтю відкликано", "本文已被撤稿", "이 논문은 철회되었습니다", "철회된 논문"),
)
NOT_MARKS = (
    *("Retracted articles in mice", "The claw is retracted by a muscle", "The drug was withdrawn from the market"),
    *("Data were withdrawn on request", "Studie zurückgezogener Artikel", "Un estudio de artículos retirados"),
    *("Статья отозвана не была по решению", "撤稿论文的研究现状与分析", "철회된 논문의 특성에 관한 연구"),
)


@pytest.mark.parametrize("words", MARKS)
def test_the_words_of_a_mark_are_alone_in_their_language(words: str) -> None:
    assert may_be_marked(words)
    assert stands_alone(words)


@pytest.mark.parametrize("words", NOT_MARKS)
def test_the_same_words_in_a_sentence_or_a_title_mark_nothing(words: str) -> None:
    assert not stands_alone(words)
    assert not is_line_of_a_mark(words)


def turned(words: str, points: float, x: float, y: float, *, slope: float = 1.0) -> bytes:
    """Return content that shows words aslant, where a slope of 1 is 45 degrees."""
    across = 1 / (1 + slope * slope) ** 0.5
    up = slope * across
    return f"BT /F1 {points} Tf {across:.4f} {up:.4f} {-up:.4f} {across:.4f} {x} {y} Tm ({words}) Tj ET\n".encode(
        "ascii"
    )


def marked_pages(folder: Path, *pages: bytes) -> list[int]:
    """Return the numbers of the pages that carry a mark in a PDF with this content."""
    body = b"BT /F1 10 Tf 12 TL 60 700 Td " + b"(A line of the article.) Tj T* " * 20 + b"ET\n"
    import pikepdf  # noqa: PLC0415 - each page gets its own content

    path = folder / "pages.pdf"
    path.write_bytes(build(pages=len(pages), resources="own"))
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        for page, content in zip(document.pages, pages, strict=True):
            page.Contents = document.make_stream(body + content)
        document.save(path)
    with PdfiumFile.at(path) as opened:
        return [mark.page_number for mark in detect_marks(opened).marks]


def test_a_small_slanted_word_at_one_place_of_several_pages_is_a_mark(tmp_path: Path) -> None:
    assert marked_pages(tmp_path, *[turned("RETRACTED ARTICLE", 11, 250, 330)] * 3) == [1, 2, 3]


def test_small_slanted_words_in_tiles_over_one_page_are_a_mark(tmp_path: Path) -> None:
    tiles = b"".join(turned("RETRACTED", 9, 80 + 160 * (n % 3), 150 + 180 * (n // 3)) for n in range(9))
    assert marked_pages(tmp_path, b"", tiles, b"") == [2]


def test_one_small_slanted_word_is_the_label_of_an_axis_and_not_a_mark(tmp_path: Path) -> None:
    assert marked_pages(tmp_path, turned("Retracted", 9, 200, 300), b"") == []
    assert marked_pages(tmp_path, turned("Retracted", 9, 200, 300) + turned("Withdrawn", 9, 230, 300), b"") == []


def test_a_slanted_word_at_the_edge_of_the_first_page_is_not_taken_for_a_running_head(tmp_path: Path) -> None:
    assert marked_pages(tmp_path, turned("RETRACTED", 9, 300, 752, slope=0.5), b"") == []
