import importlib.resources
import io
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from watermark.errors import UsageError
from watermark.pdf.fonts.face import LETTERS
from watermark.stamping.mark import letters

OPERATOR = re.compile(rb"(-?\d+ -?\d+ [ml]|(-?\d+ -?\d+ ){3}c|h)\Z")


def test_the_outline_holds_path_operators_with_whole_numbers_only() -> None:
    lines = letters("Retracted").path.split(b"\n")
    assert all(OPERATOR.match(line) for line in lines)
    assert lines[0].endswith(b"m")
    assert lines[-1] == b"h"


def test_the_outline_is_small_enough_to_travel_in_every_copy() -> None:
    assert len(letters("Retracted").path) < 6000


def test_the_ink_is_centred_on_the_origin_and_as_large_as_said() -> None:
    drawn = letters("Expression of concern")
    numbers = [int(token) for token in drawn.path.split() if token not in {b"m", b"l", b"c", b"h"}]
    xs, ys = numbers[::2], numbers[1::2]
    assert max(xs) - min(xs) == pytest.approx(drawn.width, abs=2)
    assert max(ys) - min(ys) == pytest.approx(drawn.height, abs=2)
    assert abs(max(xs) + min(xs)) <= 2
    assert abs(max(ys) + min(ys)) <= 2


@pytest.mark.parametrize("word", ["Zurückgezogen", "Artículo retractado", "Article rétracté", "Отозвана", "Ανακλήθηκε"])
def test_the_words_of_european_languages_need_no_other_font(word: str) -> None:
    assert letters(word).width > 1000


def test_a_composed_and_a_decomposed_accent_draw_the_same_letters() -> None:
    assert letters("re\u0301tracte\u0301").path == letters("rétracté").path


def test_characters_without_a_glyph_are_named_with_the_way_out() -> None:
    with pytest.raises(UsageError) as caught:
        letters("撤稿")
    assert "撤" in caught.value.reason
    assert "U+7A3F" in caught.value.reason
    assert caught.value.code == caught.value.argument == "font"


@pytest.mark.parametrize("text", ["مسحوب", "נמשך", "a\nb", "soft\u00adhyphen", "बंद"])
def test_what_cannot_be_set_letter_by_letter_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        letters(text)


@pytest.mark.parametrize("text", ["", "   ", "x" * 201])
def test_a_mark_without_letters_or_without_end_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        letters(text)


def test_a_file_that_is_not_a_font_is_a_usage_error(tmp_path: Path) -> None:
    path = tmp_path / "font.ttf"
    for data in (b"", b"not a font", b"\x00\x01\x00\x00" + b"\xff" * 40):
        path.write_bytes(data)
        with pytest.raises(UsageError):
            letters("撤稿", str(path))
    with pytest.raises(UsageError):
        letters("撤稿", str(tmp_path / "absent.ttf"))


def test_a_font_with_the_missing_characters_is_taken(cjk_font: str) -> None:
    assert letters("撤稿", cjk_font).width > 1000


def test_a_font_whose_licence_forbids_it_is_not_embedded(tmp_path: Path) -> None:
    font = TTFont(io.BytesIO((importlib.resources.files("font_source_sans_pro") / "files" / LETTERS).read_bytes()))
    font["OS/2"].fsType = 2
    for table in font["cmap"].tables:
        table.cmap[ord("撤")] = "A"
    font.save(tmp_path / "mine.ttf")
    with pytest.raises(UsageError, match="licence"):
        letters("撤", str(tmp_path / "mine.ttf"))
