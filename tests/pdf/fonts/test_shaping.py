"""Letters that join are joined, and are in the order in which they are read."""

import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from watermark.errors import UsageError
from watermark.pdf.fonts.face import LETTERS, FontFace, own_face
from watermark.pdf.fonts.shaping import shaped
from watermark.stamping.mark import letters

ARABIC = Path("/usr/share/fonts/opentype/fonts-hosny-amiri/Amiri-Bold.ttf")
WORD = "مسحوب"


@pytest.fixture
def arabic() -> FontFace:
    if not ARABIC.is_file():
        pytest.skip(f"no font at {ARABIC}")
    return FontFace(ARABIC.read_bytes(), str(ARABIC))


def test_arabic_letters_take_their_joined_forms_from_the_right(arabic: FontFace) -> None:
    names = dict(zip(arabic.order, TTFont(ARABIC).getGlyphOrder(), strict=True))
    glyphs = [names[glyph] for glyph, _, _ in shaped(WORD, arabic)]
    alone = [names[arabic.glyph(character)] for character in WORD]
    assert not set(glyphs) & set(alone[:1])  # the first letter is not its form alone
    places = [x for _, x, _ in shaped(WORD, arabic)]
    assert places == sorted(places)
    assert glyphs[-1].startswith(alone[0].split(".")[0][:7])  # and is at the right


def test_a_mark_in_arabic_is_drawn(arabic: FontFace) -> None:
    drawn = letters(WORD, arabic.source)
    assert drawn.width > drawn.height > 0


def test_without_the_library_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uharfbuzz", None)
    with pytest.raises(UsageError, match=r"retraction-watermark\[scripts\]"):
        list(shaped(WORD, own_face(LETTERS)))


def test_a_font_without_the_script_is_refused() -> None:
    with pytest.raises(UsageError, match="Choose a font that has these characters") as caught:
        letters(WORD)
    assert caught.value.argument == "font"
