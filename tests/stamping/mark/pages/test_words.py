"""The line is real text: one run of words, and the words of the article in the order they had."""

import difflib
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from tests.helpers.build import build
from tests.stamping.mark.pages.copies import LINE, copy_of, opened, text_of
from watermark.pdf.geometry import shape_of
from watermark.pdf.page_tree import pages_of
from watermark.pdf.rendering import RenderedDocument
from watermark.stamping.mark import Edge, LinePosition, MarkStyle, choose_position

MODES: tuple[tuple[str, ...], ...] = ((), ("-layout",), ("-raw",))
MOST_PAGES = 6
SAMPLE = (
    "acm-icse-2024.pdf",
    "clinsci-2014.pdf",
    "hindawi-2010.pdf",
    "jose-00034.pdf",
    "plosone-2014.pdf",
    "rescience-3162114.pdf",
    "springer-emse-2020-a2b-invalid.pdf",
    "wiley-spe-2022.pdf",
)


def _font(copy: bytes) -> tuple[pikepdf.Object, bytes]:
    with opened(copy) as document:
        font = document.pages[0].obj.Resources.XObject.RetractionLine.Resources.Font.RetractionFont
        descendant = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        return font.ToUnicode.read_bytes(), descendant.FontDescriptor.FontFile2.read_bytes()


@pytest.mark.parametrize(
    "text", [LINE, "Zurückgezogen: “ja” €", "Отозвана 2024", "Retracted 2024 no-break", "Ανακλήθηκε ½ Ł ő"]
)
def test_the_line_reads_as_it_was_given(text: str) -> None:
    assert text.split() == text_of(copy_of(build(content=b" "), line={"text": text})).split()


@pytest.mark.parametrize("text", [LINE, "Отозвана 2024"])
def test_the_unicode_map_knows_the_used_codes_only_and_no_null(text: str) -> None:
    unicode_map, _ = _font(copy_of(build(), line={"text": text}))
    assert b"> <0000>" not in unicode_map
    assert f"{len(set(text))} beginbfchar".encode() in unicode_map


@pytest.mark.parametrize("text", [LINE, "Отозвана é 2024"])
def test_the_font_holds_no_more_than_the_line_needs(text: str, tmp_path: Path) -> None:
    _, program = _font(copy_of(build(), line={"text": text}))
    (tmp_path / "font.ttf").write_bytes(program)
    font = TTFont(tmp_path / "font.ttf")
    assert set(font.getBestCmap()) == {ord(character) for character in text}
    assert set(font.keys()) == {"GlyphOrder", "head", "hhea", "maxp", "hmtx", "cmap", "loca", "glyf"}
    assert len(program) < 6000


def test_a_small_page_has_the_whole_line_in_two_rows() -> None:
    copy = copy_of(build(media_box=(0, 0, 110, 160), content=b" "))
    assert " ".join(text_of(copy).split()) == LINE


def _words(path: Path, pdftotext: str, mode: tuple[str, ...], pages: int) -> list[list[str]]:
    done = subprocess.run([pdftotext, *mode, "-l", str(pages), str(path), "-"], capture_output=True, check=True)
    return [page.split() for page in done.stdout.decode("utf-8", "replace").split("\f")]


@pytest.mark.corpus
@pytest.mark.parametrize("name", SAMPLE)
def test_a_text_mining_reader_finds_the_articles_words_and_one_run_more(
    name: str, tmp_path: Path, tool: Callable[[str], str], judged: Callable[[Path], None]
) -> None:
    source = Path(__file__).resolve().parents[5] / "shared" / "corpus" / "articles" / name
    judged(source)
    copy = tmp_path / "copy.pdf"
    with RenderedDocument(source) as look, pikepdf.open(source, inherit_page_attributes=False) as document:
        shapes = [shape_of(page.attributes, page.dictionary.get("/UserUnit")) for page in pages_of(document.Root)]
        positions = tuple(
            choose_position(look.pixels(number), shape, LINE, MarkStyle()) for number, shape in enumerate(shapes, 1)
        )
    copy.write_bytes(copy_of(source.read_bytes(), line={"positions": positions}))
    for mode in MODES:
        pages = min(len(positions), MOST_PAGES)
        before, after = (_words(path, tool("pdftotext"), mode, pages) for path in (source, copy))
        for old, new in zip(before[:pages], after[:pages], strict=True):
            steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
            ((kind, _, _, start, end),) = [step for step in steps if step[0] != "equal"]
            assert kind == "insert"
            assert new[start:end] == LINE.split()


@pytest.mark.parametrize("edge", list(Edge))
def test_the_line_is_in_every_readers_text_at_every_edge(
    edge: Edge, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    path = tmp_path / "copy.pdf"
    path.write_bytes(copy_of(build(), line={"positions": (LinePosition(edge),)}))
    for mode in MODES:
        (words, _) = _words(path, tool("pdftotext"), mode, 1)
        assert LINE in " ".join(words)
