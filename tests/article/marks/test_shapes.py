"""Words that are drawn and not written are read by their shape: framed, hollow, italic, narrow, small, in two lines."""

import numpy as np
import pytest

from tests.helpers.build import build
from watermark.article.marks.shape_lines import Ink, _cells
from watermark.article.marks.template_matching import recognise_word
from watermark.pdf.pdfium.document import PdfiumDocument

UPRIGHT, TURNED = "1 0 0 1", "0.819 0.574 -0.574 0.819"
"""Rows of a matrix: as it is, and turned by 35 degrees."""


def drawn(words: str, *, turn: str = TURNED, text: str = "", frame: str = "", second: str = "", outer: str = "") -> Ink:
    """Return the ink of words in a frame: `text` and `frame` are operators before them."""
    points = 40 if len(words) < 12 else 24
    shown = f"BT /F1 {points} Tf {text} 20 60 Td ({words}) Tj ET"
    below = f"BT /F1 22 Tf 60 28 Td ({second}) Tj ET" if second else ""
    around = f"{frame} 4 w 8 {15 if second else 48} {len(words) * 30} {86 if second else 53} re S" if frame else outer
    content = f"q {turn} 120 120 cm {shown} {below} {around} Q".encode("cp1252")
    with PdfiumDocument(build(content=content)) as document, document.page(1) as page:
        return 1 - page.draw(1.5).min(axis=2) / 255


@pytest.mark.parametrize("turn", [UPRIGHT, TURNED])
@pytest.mark.parametrize("words", ["RETRACTED", "WITHDRAWN", "ARTICLE RETRACTED", "TEMPORARILY REMOVED", "INGETROKKEN"])
def test_a_word_is_read_at_any_angle(words: str, turn: str) -> None:
    found = recognise_word(drawn(words, turn=turn))
    assert found is not None
    assert found.word == words


@pytest.mark.parametrize(
    ("looks", "how"),
    [
        ("hollow", {"text": "1 Tr"}),
        ("narrow", {"text": "62 Tz"}),
        ("wide apart", {"text": "9 Tc"}),
        ("in a darker frame", {"text": "0.6 g", "frame": "0 G"}),
        ("in a frame with a date below", {"frame": "1 0 0 RG", "second": "May 12, 2020"}),
        ("hollow in a frame with a date below", {"text": "1 Tr", "frame": "1 0 0 RG", "second": "14 June 2016"}),
    ],
)
def test_a_stamp_is_read_however_its_letters_look(looks: str, how: dict[str, str]) -> None:
    found = recognise_word(drawn("RETRACTED", **how))
    assert found is not None, looks
    assert found.word == "RETRACTED"


OVAL = "-60 75 m -60 190 360 190 360 75 c 360 -40 -60 -40 -60 75 c S"
DOUBLE = "8 40 284 66 re S -2 30 304 86 re S"


@pytest.mark.parametrize("frame", [OVAL, DOUBLE])
@pytest.mark.parametrize(("words", "is_read"), [("RETRACTED", True), ("REACTIONS", False)])
def test_words_are_read_in_frames_of_any_form(frame: str, words: str, is_read: bool) -> None:  # noqa: FBT001 - a parameter of the test
    found = recognise_word(drawn(words, outer=f"3 w {frame}"))
    assert (found is not None) == is_read
    assert found is None or found.word == words


def test_an_accent_that_is_far_above_its_letter_is_not_missed() -> None:
    found = recognise_word(drawn("RETRACTE", frame="0 G"))
    assert found is not None
    assert found.word == "RÉTRACTÉ"


@pytest.mark.parametrize("lean", ["1 0 0.2 1", "0.7 0 0.3 1"])
def test_italic_and_narrow_italic_letters_are_made_upright(lean: str) -> None:
    found = recognise_word(drawn("RETRACTED", turn=lean))
    assert found is not None
    assert found.word == "RETRACTED"


@pytest.mark.parametrize("how", [{}, {"text": "1 Tr", "frame": "0 G"}])
@pytest.mark.parametrize(
    "words", ["DRAFT", "ACCEPTED MANUSCRIPT", "CONFIDENTIAL", "JOURNAL PRE-PROOF", "RESEARCH ARTICLE", "REDACTED"]
)
def test_other_words_are_not_read_as_a_mark(words: str, how: dict[str, str]) -> None:
    assert recognise_word(drawn(words, **how)) is None


def test_an_empty_shape_and_a_full_one_are_not_words() -> None:
    assert recognise_word(drawn(" ")) is None
    full = drawn("RETRACTED")
    full[:] = 1.0
    assert recognise_word(full) is None


def test_points_are_in_the_cells_whose_edges_they_are_between() -> None:
    chance = np.random.default_rng(5)
    for decimals in (0, 1, 3, 9):
        values = np.round(chance.normal(size=400) * 50, decimals)
        low, high = float(values.min()), float(values.max())
        for count in (1, 7, 48):
            inner = np.linspace(low, high, count + 1)[1:-1]
            assert np.array_equal(_cells(values, low, high, count), inner.searchsorted(values, side="right"))
