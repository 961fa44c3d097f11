"""A font with two Chinese characters, made on the spot."""

from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


def _box(width: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 1500), (width, 1500), (width, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


@pytest.fixture
def cjk_font(tmp_path: Path) -> str:
    builder = FontBuilder(unitsPerEm=2048, isTTF=True)
    builder.setupGlyphOrder([".notdef", "space", "che", "gao"])
    builder.setupCharacterMap({0x20: "space", 0x64A4: "che", 0x7A3F: "gao"})
    builder.setupGlyf({".notdef": _box(900), "space": TTGlyphPen(None).glyph(), "che": _box(1900), "gao": _box(1800)})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "space", "che", "gao"), (2048, 100)))
    builder.setupHorizontalHeader(ascent=1800, descent=-248)
    builder.setupNameTable({"familyName": "Two Characters", "styleName": "Regular", "psName": "TwoCharacters"})
    builder.setupOS2()
    builder.setupPost()
    path = tmp_path / "two.ttf"
    builder.save(path)
    return str(path)
