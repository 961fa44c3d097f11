"""Fonts for the notice: cut down to what is used, measured, and embedded the same way each time (ISO 32000-2 9.7)."""

import hashlib
import io
import struct
import unicodedata
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from fontTools.ttLib import TTFont, TTLibError, newTable

from watermark.errors import UsageError
from watermark.pdf.fonts import face as mark_fonts
from watermark.pdf.fonts.subset import glyph_order, program_of

REGULAR, BOLD = mark_fonts.TEXT, mark_fonts.LETTERS
OWN_FONT = "Source Sans Pro"
MAX_FONT_BYTES = 64 * 1024 * 1024
KEPT_TABLES = frozenset({"head", "hhea", "maxp", "hmtx", "loca", "glyf", "cvt ", "fpgm", "prep"})

OpenFont: TypeAlias = Any  # fontTools makes up the attributes of tables as it reads them


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFace:
    """A font cut down to the characters of one document. Widths are parts of the font size; `box` is in thousandths."""

    name: str
    program: bytes
    glyphs: Mapping[str, int] = field(hash=False)
    advances: tuple[float, ...] = field(hash=False)
    widths: Mapping[str, float] = field(hash=False)
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int
    bold: bool

    def width(self, text: str) -> float:
        """Return how far `text` reaches at size 1."""
        return sum(self.widths[c] for c in text)

    def codes(self, text: str) -> bytes:
        """Return `text` as a string token: two bytes a glyph (Identity-H)."""
        numbers = struct.pack(f">{len(text)}H", *map(self.glyphs.__getitem__, text))
        return b"<" + numbers.hex().upper().encode("ascii") + b">"


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """The two weights of a document; with a font of the user's own both are that one."""

    regular: FontFace
    bold: FontFace

    def of(self, *, bold: bool) -> FontFace:
        """Return the face for a weight."""
        return self.bold if bold else self.regular


def faces_for(regular: Iterable[str], bold: Iterable[str], font: Path | None) -> Faces:
    """Return faces that hold the characters given for each weight. Raises UsageError when one is lacking."""
    regular, bold = set(regular), set(bold)
    if font is not None:
        face = _face(_read(font), str(font), regular | bold)
        return Faces(regular=face, bold=face)
    return Faces(regular=_own_face(REGULAR, frozenset(regular)), bold=_own_face(BOLD, frozenset(bold)))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FONT_BYTES + 1)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"the font cannot be read ({error})", file=str(path), remedy="Check the path given with --font."
        ) from error
    if len(data) > MAX_FONT_BYTES:
        raise UsageError("the font is larger than 64 MB", file=str(path), remedy="Give a smaller font with --font.")
    return data


@lru_cache(maxsize=16)
def _own_face(name: str, characters: frozenset[str]) -> FontFace:
    """Return a face of the tool's own font, which is read once a process; notices of one kind have the same letters."""
    whole, ordered = mark_fonts.own_face(name), sorted(characters)
    _refuse_what_cannot_be_set(characters, whole.glyph_names, OWN_FONT)
    order = glyph_order(whole, ordered)
    program = program_of(whole, order, tuple(ordered))
    numbers = {glyph: number for number, glyph in enumerate(order)}
    per_unit = whole.per_unit / 1000
    left, bottom, right, top = (round(side) for side in whole.box)
    return FontFace(
        name=_name(program, is_bold=name == BOLD),
        program=program,
        glyphs={c: numbers[whole.glyph(c)] for c in ordered},
        advances=tuple(round(whole.metrics(glyph)[0] * per_unit, 3) for glyph in order),
        widths={c: round(whole.metrics(whole.glyph(c))[0] * per_unit, 3) for c in ordered},
        box=(left, bottom, right, top),
        ascent=_k(whole.ascent, per_unit),
        descent=_k(whole.descent, per_unit),
        cap_height=_k(whole.cap_height or whole.ascent * 0.7, per_unit),
        bold=name == BOLD,
    )


def _face(data: bytes, place: str, characters: set[str]) -> FontFace:
    try:
        font: OpenFont = TTFont(io.BytesIO(data), fontNumber=0, lazy=True, recalcTimestamp=False)
        known: Mapping[int, str] = font.getBestCmap()
        licence = font["OS/2"].fsType if "OS/2" in font else 0
    except Exception as error:  # fontTools raises errors of many kinds for a damaged font
        raise _unusable(place, error) from error
    if licence & 0x000F == mark_fonts.RESTRICTED_LICENCE:
        raise UsageError(
            "the licence of the font forbids to embed it", file=place, remedy="Give another font with --font."
        )
    if not known:
        raise _unusable(place, TTLibError("it has no Unicode characters"))
    _refuse_what_cannot_be_set(characters, known, place)
    try:
        return _subset(font, sorted(characters))
    except Exception as error:  # see above: tables are read when they are first used
        raise _unusable(place, error) from error


def _unusable(place: str, error: Exception) -> UsageError:
    reason = f"the font cannot be used ({type(error).__name__}: {error})"
    return UsageError(reason, file=place, remedy="Give another file with --font: a .ttf or .otf font.")


def _refuse_what_cannot_be_set(characters: AbstractSet[str], known: Mapping[int, str], place: str) -> None:
    joined = sorted(c for c in characters if _stands_not_alone(c))
    lacking = sorted(c for c in characters if ord(c) not in known)
    if joined:
        raise UsageError(
            f"the notice has letters that this typesetter cannot join or turn: {_named(joined)}",
            remedy="Give the notice as a PDF instead.",
        )
    if lacking:
        raise UsageError(
            f"the font has no {_named(lacking)}", file=place, remedy="Give a font that has them with --font FILE."
        )


def _stands_not_alone(character: str) -> bool:
    """Tell letters of scripts that join, stack or run from right to left; accents of Latin and Greek stand well."""
    is_mark = unicodedata.category(character)[0] == "M" and not 0x0300 <= ord(character) <= 0x036F
    return is_mark or unicodedata.bidirectional(character) in {"R", "AL", "AN"}


def _named(characters: list[str]) -> str:
    shown = ", ".join(f"{c} (U+{ord(c):04X})" for c in characters[:8])
    return shown if len(characters) <= 8 else f"{shown} and {len(characters) - 8} more"


def _subset(font: OpenFont, characters: list[str]) -> FontFace:
    from fontTools import subset  # noqa: PLC0415 - takes long, and only a font of the user's own needs it

    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True, glyph_names=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(c) for c in characters])
    cap_height = getattr(font["OS/2"], "sCapHeight", 0) if "OS/2" in font else 0
    _drop(font, KEPT_TABLES | {"cmap", "post", "CFF ", "CFF2"})
    cutter.subset(font)
    if "glyf" not in font:
        _to_quadratic(font)
    order: list[str] = font.getGlyphOrder()
    numbers = {name: number for number, name in enumerate(order)}
    names: Mapping[int, str] = font.getBestCmap() or {}
    glyphs = {c: numbers[names[ord(c)]] for c in characters}
    per_unit = 1 / font["head"].unitsPerEm
    head, hhea = font["head"], font["hhea"]
    advances = tuple(round(font["hmtx"][name][0] * per_unit, 3) for name in order)
    _drop(font, KEPT_TABLES)
    program = io.BytesIO()
    font.save(program, reorderTables=True)
    return FontFace(
        name=_name(program.getvalue(), is_bold=False),
        program=program.getvalue(),
        glyphs=glyphs,
        advances=advances,
        widths={c: advances[number] for c, number in glyphs.items()},
        box=(_k(head.xMin, per_unit), _k(head.yMin, per_unit), _k(head.xMax, per_unit), _k(head.yMax, per_unit)),
        ascent=_k(hhea.ascent, per_unit),
        descent=_k(hhea.descent, per_unit),
        cap_height=_k(cap_height or hhea.ascent * 0.7, per_unit),
        bold=False,
    )


def _drop(font: OpenFont, kept: frozenset[str]) -> None:
    for table in set(font.keys()) - kept - {"GlyphOrder"}:
        del font[table]


def _k(units: float, per_unit: float) -> int:
    return round(units * per_unit * 1000)


def _name(program: bytes, *, is_bold: bool) -> str:
    """Return the name of a subset, with a tag from its bytes (ISO 32000-2 9.9.2)."""
    tag = "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(program).digest()[:6])
    return tag + ("+NoticeBold" if is_bold else "+Notice")


_LIMITS_OF_INSTRUCTIONS = (
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
)


def _to_quadratic(font: OpenFont) -> None:
    """Turn cubic outlines (.otf) into quadratic ones (.ttf), a thousandth of the size off at most."""
    from fontTools.pens.cu2quPen import Cu2QuPen  # noqa: PLC0415 - as above
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # noqa: PLC0415 - as above

    glyph_set, order = font.getGlyphSet(), font.getGlyphOrder()
    table = newTable("glyf")
    table.glyphs, table.glyphOrder = {}, order
    for name in order:
        pen = TTGlyphPen(None)
        glyph_set[name].draw(Cu2QuPen(pen, font["head"].unitsPerEm / 1000, reverse_direction=True))
        table.glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), table
    font["maxp"].tableVersion = 0x00010000
    for limit in _LIMITS_OF_INSTRUCTIONS:
        setattr(font["maxp"], limit, 0)
    font["maxp"].maxZones = 1
    font["post"].formatType = 3
    font.sfntVersion = "\x00\x01\x00\x00"
