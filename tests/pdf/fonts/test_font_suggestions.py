"""Where a font lacks characters, the message names fonts that have them, and none is used that was not given."""

import io
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from watermark.errors import UsageError
from watermark.pdf.fonts import font_suggestions
from watermark.pdf.fonts.face import TEXT, FontFace, face_at, face_for, own_face
from watermark.pdf.fonts.font_stack import FontStack
from watermark.pdf.fonts.font_suggestions import fonts_with, missing_characters

HAN = "\u7684"
HEBREW = "\u05d0"


def font(characters: str, *, fs_type: int = 0, version: int = 4) -> bytes:
    """Return a TrueType font with a square for each character, and with these rights of embedding."""
    names = {ord(character): f"u{ord(character):04X}" for character in characters}
    order = [".notdef", *names.values()]
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for point in ((0, 500), (500, 500), (500, 0)):
        pen.lineTo(point)
    pen.closePath()
    glyph = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf(dict.fromkeys(order, glyph))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular", "psName": "Squares-Regular"})
    builder.setupOS2(sTypoAscender=800, fsType=fs_type, version=version)
    builder.setupPost()
    data = io.BytesIO()
    builder.save(data)
    return data.getvalue()


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system with one folder of fonts, which is empty."""
    monkeypatch.setattr(font_suggestions, "FOLDERS", (str(tmp_path / "fonts"),))
    (tmp_path / "fonts").mkdir()
    fonts_with.cache_clear()
    yield tmp_path / "fonts"
    fonts_with.cache_clear()


def test_the_message_names_a_font_for_the_script_and_those_on_this_system(system: Path) -> None:
    (system / "deep").mkdir()
    (system / "deep" / "Squares-Regular.ttf").write_bytes(font(HAN))
    (system / "Other-Regular.ttf").write_bytes(font(HEBREW))
    with pytest.raises(UsageError, match="U\\+7684") as caught:
        FontStack((own_face(TEXT),)).require(HAN)
    assert "Noto Sans CJK" in caught.value.remedy
    assert str(system / "deep" / "Squares-Regular.ttf") in caught.value.remedy
    assert "Other" not in caught.value.remedy
    with pytest.raises(UsageError, match="U\\+7684") as caught:
        face_for(HAN, TEXT)
    assert "Squares-Regular.ttf" in caught.value.remedy


def test_a_font_of_the_system_is_never_used_by_itself(system: Path) -> None:
    (system / "Squares-Regular.ttf").write_bytes(font(HAN))
    with pytest.raises(UsageError):
        face_for(HAN, TEXT)
    assert face_for(HAN, TEXT, str(system / "Squares-Regular.ttf")).source.endswith("Squares-Regular.ttf")


def test_a_given_font_is_chosen_and_the_own_font_draws_only_what_it_lacks(system: Path) -> None:
    path = system / "Letters.ttf"
    path.write_bytes(font("Retracd"))
    assert face_for("Retracted", TEXT, str(path)).source == str(path)
    assert face_for("Withdrawn", TEXT, str(path)).source == TEXT
    with pytest.raises(UsageError, match=r"the font has no .*U\+7684") as caught:
        face_for(f"Retracted {HAN}", TEXT, str(path))
    assert caught.value.place == str(path)


def test_another_edition_of_the_built_in_font_has_a_name_of_its_own() -> None:
    data = font("R").replace("Squares-Regular".encode("utf-16-be"), "SourceSansPro-R".encode("utf-16-be"))
    assert FontFace(data, "given.ttf").name == "Given-SourceSansPro-R"
    assert own_face(TEXT).name == "SourceSansPro-Regular"


def test_a_font_that_may_not_be_embedded_or_cannot_be_read_is_not_named(system: Path) -> None:
    (system / "Restricted-Regular.ttf").write_bytes(font(HEBREW, fs_type=2))
    (system / "Broken-Regular.ttf").write_bytes(b"\0\1\0\0 nothing")
    (system / "Fifo.ttf").mkdir()
    assert fonts_with(HEBREW) == ()
    assert missing_characters("x", HEBREW, place="y").remedy.endswith("For example: Noto Sans Hebrew.")


def test_the_search_ends_after_three_fonts_and_after_its_time(system: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        (system / f"Squares{number}.ttf").write_bytes(font(HEBREW))
    assert len(fonts_with(HEBREW)) == 3
    fonts_with.cache_clear()
    monkeypatch.setattr(font_suggestions, "MAX_SECONDS", -1.0)
    assert fonts_with(HEBREW) == ()
    fonts_with.cache_clear()
    monkeypatch.setattr(font_suggestions, "MAX_SECONDS", 60.0)
    monkeypatch.setattr(font_suggestions, "MAX_FILES", 1)
    assert len(list(font_suggestions._installed())) == 6
    monkeypatch.setattr(font_suggestions, "MAX_FOLDERS", 0)
    (system / "second").mkdir()
    (system / "second" / "Squares.ttf").write_bytes(font(HEBREW))
    assert len(list(font_suggestions._installed())) == 6


def test_a_path_in_the_home_folder_does_not_show_whose_it_is(system: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (system / "Squares.ttf").write_bytes(font(HEBREW))
    monkeypatch.setattr(Path, "home", lambda: system.parent)
    assert fonts_with(HEBREW) == ("~/fonts/Squares.ttf",)


@pytest.mark.parametrize(
    ("fs_type", "version", "reason"),
    [
        (0x0000, 4, ""),
        (0x0004, 4, ""),
        (0x0008, 4, ""),
        (0x0002, 4, "does not allow embedding"),
        (0x0002, 0, "does not allow embedding"),
        (0x0100, 4, "embedding of only a part"),
        (0x0108, 4, "embedding of only a part"),
        (0x0200, 4, "embedding of its outlines"),
        (0x0100, 1, ""),
    ],
)
def test_the_rights_of_embedding_are_heeded(tmp_path: Path, fs_type: int, version: int, reason: str) -> None:
    path = tmp_path / "Squares.ttf"
    path.write_bytes(font(HEBREW, fs_type=fs_type, version=version))
    if not reason:
        assert face_at(str(path)).lacks(HEBREW) == ""
        return
    with pytest.raises(UsageError, match=reason) as caught:
        face_at(str(path))
    assert caught.value.argument == "font"
