"""A hostile font, in Python: each is refused with its name and the reason, before a glyph of it is drawn."""

import io
import struct
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from fontTools.cffLib import SubrsIndex
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.psCharStrings import T2CharString
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphComponent

from tests.attacks.given_bombs import NOTICE, font, own_bytes, with_table
from tests.helpers.build import build
from watermark import stamp
from watermark.errors import UsageError
from watermark.pdf.fonts.embedding import glyph_order, program_of
from watermark.pdf.fonts.face import LETTERS, face_at
from watermark.stamping.mark.outlines import letters
from watermark.verification.freetype_text import UnknownFontError, extent

WORD = "RETRACTED"
MAX_SECONDS = 5
"""Of processor time, on any machine: without the limits, each takes hours, or all memory."""


def composed(chain: str, parts: int) -> Callable[[TTFont], None]:
    """Return a change that makes each letter of `chain` of so many of the next one."""

    def change(made: TTFont) -> None:
        for one, following in pairwise(made.getBestCmap()[ord(letter)] for letter in chain):
            glyph = made["glyf"][one]
            glyph.numberOfContours, glyph.components = -1, []
            for _ in range(parts):
                part = GlyphComponent()
                part.glyphName, part.x, part.y, part.flags = following, 1, 1, 4
                glyph.components.append(part)

    return change


def blank_at_the_end(made: TTFont) -> None:
    """Compose letters of letters, the last of blanks: there is no point in any of them."""
    composed("RETACDabcdefg ", 60)(made)


def with_offsets(change: Callable[[list[int]], list[int]]) -> bytes:
    """Return a font that says that its glyphs begin elsewhere in their table."""
    made = TTFont(io.BytesIO(own_bytes()))
    offsets = change(list(made["loca"]))
    form = ">%dI" if made["head"].indexToLocFormat else ">%dH"
    scale = 1 if made["head"].indexToLocFormat else 2
    return with_table("loca", struct.pack(form % len(offsets), *(offset // scale for offset in offsets)))()


def with_subroutines(*programs: list[object], seac: bool = False) -> bytes:
    """Return a CFF font, each letter of which calls subroutine 0 of these."""
    names = [".notdef", *sorted(set(WORD) - {"D"}), "D"]
    call = T2CharString(program=[-107, "callsubr", "endchar"])
    drawn = dict.fromkeys(names, call)
    if seac:  # an accented letter of accented letters
        drawn = dict.fromkeys(names, T2CharString(program=[0, 0, ord("R"), ord("R"), "endchar"]))
    builder = FontBuilder(1000, isTTF=False)
    builder.font.recalcBBoxes = False
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(name): name for name in names[1:]})
    builder.setupCFF("Hostile", {}, drawn, {})
    private = builder.font["CFF "].cff.topDictIndex[0].Private
    private.Subrs = SubrsIndex()
    for program in programs:
        private.Subrs.append(T2CharString(program=program))
    for one in drawn.values():
        one.private, one.globalSubrs = private, []
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Hostile", "styleName": "Bold"})
    builder.setupOS2()
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def packed_for_the_web() -> bytes:
    """Return a WOFF font with a table that unpacks to 16 MB."""
    packer = zlib.compressobj(9)
    blanks = packer.compress(bytes(1 << 24)) + packer.flush()
    table = struct.pack(">4sIIII", b"cmap", 64, len(blanks), 1 << 24, 0)
    head = struct.pack(">4sIIHHIHHIIIII", b"wOFF", 0x10000, 64 + len(blanks), 1, 0, 1 << 24, 1, 0, 0, 0, 0, 0, 0)
    return head + table + blanks


def groups(form: int, count: int) -> bytes:
    """Return a map of characters that lists all of them in each of its groups."""
    listed = struct.pack(">III", 0, 0x10FFFF, 1) * count
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + struct.pack(">HHIII", form, 0, 16 + len(listed), 0, count) + listed


def segments(count: int) -> bytes:
    whole = struct.pack(f">{count}H", *[0xFFFF] * count), struct.pack(f">{count}H", *[0] * count)
    body = struct.pack(">HHHH", 2 * count, 0, 0, 0) + whole[0] + b"\0\0" + whole[1] * 3
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + struct.pack(">HHH", 4, 0xFFFF, 0) + body


def maps(count: int) -> bytes:
    return struct.pack(">HH", 0, count) + struct.pack(">HHI", 3, 1, 4) * count


def many_points(made: TTFont) -> None:
    """Compose a letter of as many letters as have more points than are drawn."""
    composed("RE", 3_000)(made)


FONTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "circular": (lambda: font(composed("RER", 1)), "is a part of itself"),
    "its own part": (lambda: font(composed("RR", 1)), "is a part of itself"),
    "nested": (lambda: font(composed("RETACDabcdefg", 30)), "more than 32,767 points"),
    "nested blanks": (lambda: font(blank_at_the_end), "more than 32,767 points"),
    "deep": (lambda: font(composed("RETACDabcdefghijklmnop", 1)), "more than 16 deep"),
    "many points": (lambda: font(many_points), "more than 32,767 points"),
    "cut short": (with_table("glyf", b"\x7f\xff" * 900_000), "ends too early"),
    "overlapping": (lambda: with_offsets(lambda one: [0, one[-1]] * (len(one) // 2)), "overlap"),
    "groups": (with_table("cmap", groups(12, 2_000)), "more of them than there are"),
    "groups of one": (with_table("cmap", groups(13, 2_000)), "more of them than there are"),
    "segments": (with_table("cmap", segments(8_000)), "more of them than there are"),
    "maps": (with_table("cmap", maps(60_000)), "60,000 maps of characters"),
    "subroutine in itself": (lambda: with_subroutines([-107, "callsubr", "return"]), "calls itself"),
    "nested subroutines": (
        lambda: with_subroutines(*([one - 107, "callsubr"] * 60 + ["return"] for one in range(1, 9)), ["return"]),
        "longer than 500,000 bytes",
    ),
    "accents of accents": (lambda: with_subroutines(seac=True), "parts of parts"),
    "web": (packed_for_the_web, "not a TrueType or OpenType font"),
}  # fmt: skip


def hostile_font(folder: Path, name: str) -> Path:
    path = folder / "hostile.ttf"
    path.write_bytes(FONTS[name][0]())
    return path


@pytest.mark.parametrize("name", FONTS)
def test_a_hostile_font_is_refused_with_its_name_and_the_reason_before_a_glyph_is_drawn(
    tmp_path: Path, name: str
) -> None:
    path, reason = hostile_font(tmp_path, name), FONTS[name][1]
    began = process_time()
    with pytest.raises(UsageError) as raised:
        letters(WORD, str(path))
    assert process_time() - began < MAX_SECONDS
    assert reason in raised.value.reason
    assert raised.value.file == str(path)
    assert "Use another font" in raised.value.remedy


@pytest.mark.parametrize("given", ["option", "profile"])
def test_an_article_is_not_marked_with_a_hostile_font_of_an_option_or_of_a_profile(tmp_path: Path, given: str) -> None:
    font_path = hostile_font(tmp_path, "nested blanks")
    (tmp_path / "article.pdf").write_bytes(build(text="Words of an article."))
    (tmp_path / "notice.md").write_text(NOTICE)
    (tmp_path / "house.toml").write_text('font = "hostile.ttf"\n')
    options = {"font": font_path} if given == "option" else {"profile": tmp_path / "house.toml"}
    with pytest.raises(UsageError) as raised:
        stamp(tmp_path / "article.pdf", tmp_path / "notice.md", tmp_path / "copy.pdf", force_match="a test", **options)
    assert raised.value.reason.startswith(f"the font {font_path.name} cannot be used (")
    assert "32,767 points" in raised.value.reason
    assert not (tmp_path / "copy.pdf").exists()


@pytest.mark.parametrize("name", ["circular", "nested blanks"])
def test_a_notice_is_not_set_in_a_hostile_font(tmp_path: Path, name: str) -> None:
    face = face_at(str(hostile_font(tmp_path, name)))
    with pytest.raises(UsageError, match="the font cannot be used"):
        program_of(face, glyph_order(face, [face.glyph("R")]), ())


@pytest.mark.parametrize("name", ["circular", "nested blanks"])
def test_the_verifier_draws_nothing_from_a_hostile_font(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownFontError, match="the font cannot be used"):
        extent(WORD, LETTERS, hostile_font(tmp_path, name))


def test_words_of_many_ornate_letters_are_refused_before_they_are_drawn(tmp_path: Path) -> None:
    path = tmp_path / "ornate.ttf"
    path.write_bytes(font(composed("RE", 1_500)))
    assert letters("R", str(path)).path
    with pytest.raises(UsageError, match="more than 500,000 points"):
        letters("R" * 50, str(path))


def test_honest_parts_of_parts_are_drawn_as_before(tmp_path: Path) -> None:
    path = tmp_path / "deep.ttf"
    path.write_bytes(font(composed("RETA", 2)))
    face = face_at(str(path))
    assert face.size(face.glyph("R")) == 1 + 2 * face.size(face.glyph("E"))
    assert letters("R", str(path)).path.count(b"h") == 8 * letters("A", str(path)).path.count(b"h")
    assert extent("R", LETTERS, path)
