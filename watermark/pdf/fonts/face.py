"""Open fonts: which characters they have, how wide each glyph is, and how it is drawn."""

import io
import pkgutil
import struct
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, TTLibError
from fontTools.ttLib.tables._g_l_y_f import Glyph

from watermark.errors import UsageError
from watermark.pdf.fonts.font_suggestions import missing_characters, objection_to_embedding
from watermark.pdf.fonts.glyph_limits import MAX_TOTAL_SIZE, require_bounded, require_plain_tables
from watermark.pdf.glyph_sizes import GlyphSizes, TooComplexError, parts_of

LETTERS = "SourceSansPro-Bold.ttf"
NOT_DEFINED = ".notdef"
JOINERS = "\u200c\u200d"
"""Invisible, and a part of the spelling in the scripts of India and in Persian."""
OWN = "SourceSansPro"
"""How the names of the tool's own fonts begin; another edition of the family has other measures, so another name."""
TEXT, ITALIC, BOLD_ITALIC = "SourceSansPro-Regular.ttf", "SourceSansPro-It.ttf", "SourceSansPro-BoldIt.ttf"
MAX_FONT_BYTES = 64 * 1024 * 1024
POSTSCRIPT_NAME, MACINTOSH, ENGLISH_ON_WINDOWS = 6, 1, (3, 0x409)
MAX_NAME_BYTES = 126
"""Of a PostScript name, which has at most 63 characters (OpenType, name)."""
BROKEN = (TTLibError, LookupError, ValueError, TypeError, ArithmeticError, AssertionError, AttributeError)
"""What fontTools raises for a font that is not as the standard says, besides what it lets through from `struct`."""
LIMITS = {
    "head": ("xMin", "yMin", "xMax", "yMax"),
    "hhea": ("advanceWidthMax", "minLeftSideBearing", "minRightSideBearing", "xMaxExtent"),
    "maxp": (
        "maxPoints",
        "maxContours",
        "maxCompositePoints",
        "maxCompositeContours",
        "maxComponentElements",
        "maxComponentDepth",
    ),
}
"""Fields that describe the largest glyph of a font; they hold for a subset, too."""
COLLECTION = b"ttcf"
MAX_COLLECTION = 64
COLLECTION_NAMES = {"zh": "CJKsc", "zh-hant": "CJKtc", "zh-tw": "CJKtc", "zh-hk": "CJKhk", "ja": "CJKjp", "ko": "CJKkr"}
"""Part of the PostScript name of the face for a language, in the collections of Noto and Source Han."""


class FontFace:
    """One open font, or face `number` of a collection. Outlines of other kinds are converted to TrueType when used.

    The font's own units are `units_per_em` to the font size; `per_unit` converts them to thousandths of it.
    """

    def __init__(self, data: bytes, source: str, *, number: int = 0, is_own: bool = False) -> None:
        """Open the font, or raise UsageError if it cannot be used. Outlines of the tool's own fonts are read later."""
        self.data, self.source, self.number, self._is_own = data, source, number, is_own
        self._known_sizes, self._total_size = dict[str, int](), 0
        with self._used():
            font: Any = TTFont(io.BytesIO(data), fontNumber=number, lazy=True)
            if not is_own:
                require_plain_tables(data, font)
            self.is_truetype = "glyf" in font
            if self.is_truetype:  # by number: the names that it has for its glyphs are never needed, and slow to read
                font.setGlyphOrder([NOT_DEFINED, *(f"glyph{number}" for number in range(1, font["maxp"].numGlyphs))])
            self.glyph_names: Mapping[int, str] = font.getBestCmap() or {}
            head = font["head"]
            self.units_per_em: int = head.unitsPerEm
            self.per_unit: float = 1000 / self.units_per_em
            self.box = tuple(side * self.per_unit for side in (head.xMin, head.yMin, head.xMax, head.yMax))
            self.ascent: int = font["hhea"].ascent
            self.descent: int = font["hhea"].descent
            self.objection = "" if is_own else objection_to_embedding(font)
            self.limits = _limits(font) if self.is_truetype else {}
            self._font = font
            self._program: bytes = font.reader["glyf"] if self.is_truetype else b""
            self._glyph_offsets: Any = font["loca"] if self.is_truetype else None
            self.order: Sequence[str] = font.getGlyphOrder()
            self._sizes = GlyphSizes(self._program, self._glyph_offsets or ())
            self._metrics: Mapping[str, tuple[int, int]] = font["hmtx"].metrics
            name = _postscript_name(font)
            self.name = name if is_own or not name.startswith(OWN) else f"Given-{name}"
            self.italic_angle = struct.unpack_from(">i", font.reader["post"], 4)[0] / 65536 if "post" in font else 0.0
            if not is_own:
                _ = self.glyphs

    def lacks(self, text: str) -> str:
        """Return the characters of `text` that the font cannot draw, each once."""
        return "".join(sorted({c for c in text if ord(c) not in self.glyph_names}))

    def glyph(self, character: str) -> str:
        """Return the name of a character's glyph."""
        return self.glyph_names[ord(character)]

    def width(self, text: str) -> float:
        """Return the width of `text` in thousandths of the font size."""
        return sum(self.glyph_width(self.glyph(c)) for c in text)

    def glyph_width(self, glyph: str) -> float:
        """Return the advance width of a glyph, in thousandths of the font size."""
        return float(self._metrics[glyph][0] * self.per_unit)

    def metrics(self, glyph: str) -> tuple[int, int]:
        """Return the advance width and the left side bearing of a glyph, in the font's own units."""
        return self._metrics[glyph]

    def draw(self, glyph: str, pen: object) -> None:
        """Draw a glyph with a pen of fontTools. Raises UsageError for one that cannot be drawn."""
        self.size(glyph)
        with self._used():
            self.glyphs[glyph].draw(pen)

    def size(self, glyph: str) -> int:
        """Return the number of points of a glyph and its parts, or for CFF of the bytes that describe it.

        Raises UsageError for a glyph that is a part of itself, or beyond any use, and when all that were asked for are.
        """
        known = self._known_sizes.get(glyph, 0)
        if known or self._is_own:
            return known
        with self._used():
            if self.is_truetype:
                known = self._sizes.points(self._font.getGlyphID(glyph))
            else:
                known = require_bounded(self.glyphs, glyph)
            self._total_size += known
            if self._total_size > MAX_TOTAL_SIZE:
                raise TooComplexError("its glyphs are too complex")
        self._known_sizes[glyph] = known
        return known

    @lru_cache(maxsize=1024)  # noqa: B019 - faces are few, and live as long as the process
    def outline(self, glyph: str) -> Any:  # noqa: ANN401 - fontTools ships no types
        """Return a glyph without its hinting; a simple one, not a composite, as bytes that are ready to be written."""
        if not self.is_truetype:
            return self._quadratic(glyph)
        parts = self.parts(glyph)
        with self._used():
            outline = Glyph(self._written(glyph))
            outline.trim(remove_hinting=True)
            if parts:
                outline.expand(self._outlines)  # its parts get other numbers
        return outline

    @lru_cache(maxsize=4096)  # noqa: B019 - see above
    def parts(self, glyph: str) -> Sequence[str]:
        """Return the glyphs that a composite glyph is made of; none for a simple one."""
        self.size(glyph)
        with self._used():
            return [self.order[part] for part in parts_of(self._written(glyph))] if self.is_truetype else []

    def _written(self, glyph: str) -> bytes:
        """Return the bytes of a TrueType glyph; a blank has none (OpenType, glyf)."""
        number = self._font.getGlyphID(glyph)
        return self._program[self._glyph_offsets[number] : self._glyph_offsets[number + 1]]

    @cached_property
    def glyphs(self) -> Any:  # noqa: ANN401 - fontTools ships no types
        """The glyph set of the font, for drawing."""
        return self._font.getGlyphSet()

    @cached_property
    def _outlines(self) -> Any:  # noqa: ANN401 - fontTools ships no types
        return self._font["glyf"]

    def _quadratic(self, glyph: str) -> Any:  # noqa: ANN401 - fontTools ships no types
        pen = TTGlyphPen(None)
        self.draw(glyph, Cu2QuPen(pen, self.units_per_em / 1000, reverse_direction=True))
        return pen.glyph()

    @contextmanager
    def _used(self) -> Iterator[None]:
        """Raise UsageError, which names the font, for what fontTools raises in the block."""
        try:
            yield
        except (*BROKEN, RecursionError, struct.error) as error:
            raise UsageError(
                f"the font cannot be used ({error})",
                file=self.source,
                remedy="Use another font file: a .ttf, .otf or .ttc file.",
                code="font",
                argument="font",
            ) from error


def face_for(text: str, own: str, font_path: str = "", *, shaped: bool = False) -> FontFace:
    """Return the font that draws `text`: the one at `font_path` if it has every character, else the tool's `own` one.

    Raises UsageError if neither has all characters, or if the script needs shaping and the text will not be `shaped`.
    """
    hard = "".join(sorted({c for c in text if (_is_control(c) if shaped else _cannot_stand_alone(c))}))
    if hard:
        raise UsageError(
            f"{listed(hard)} cannot be used here: the edge line needs letters that do not join or run from the right",
            remedy="Choose other words for the line, or leave it out.",
            argument="edge_text",
        )
    faces: list[FontFace] = [own_face(own)]
    if font_path:
        faces.insert(0, face_at(font_path))
    for face in faces:
        if not face.lacks(text):
            return face
    missing = faces[0].lacks(text)
    raise missing_characters(listed(missing), missing, place=faces[0].source)


@lru_cache(maxsize=8)
def own_face(name: str) -> FontFace:
    """Return one of the tool's own fonts; each is opened once per process."""
    data = pkgutil.get_data("font_source_sans_pro", f"files/{name}")
    assert data is not None  # it is installed with the tool
    return FontFace(data, name, is_own=True)


@lru_cache(maxsize=4)
def face_at(path: str, language: str = "") -> FontFace:
    """Return the font in a file; of a collection the face for `language`, or else the first.

    Raises UsageError if the file cannot be read, is not a font, is too large, or must not be embedded.
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(MAX_FONT_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = f"the font cannot be read ({getattr(error, 'strerror', None) or error})"
        if isinstance(error, FileNotFoundError):
            reason = "the font does not exist"
        remedy = "Check the name and the folder."
        raise UsageError(reason, file=path, remedy=remedy, code="font", argument="font") from error
    if len(data) > MAX_FONT_BYTES:
        reason, remedy = "the font is larger than 64 MB", "Use a smaller font."
        raise UsageError(reason, file=path, remedy=remedy, code="font", argument="font")
    face = FontFace(data, path, number=_number_in_collection(data, language))
    if face.objection:
        raise UsageError(face.objection, file=path, remedy="Use another font.", code="font", argument="font")
    return face


def _number_in_collection(data: bytes, language: str) -> int:
    """Return the number of the face for a language; 0 for a single font, or if no face is meant for the language."""
    wanted = COLLECTION_NAMES.get(language.lower(), COLLECTION_NAMES.get(language.partition("-")[0].lower()))
    if not wanted or data[:4] != COLLECTION:
        return 0
    try:
        for number in range(min(int.from_bytes(data[8:12], "big"), MAX_COLLECTION)):
            if wanted in _postscript_name(TTFont(io.BytesIO(data), fontNumber=number, lazy=True)):
                return number
    except (TTLibError, KeyError, ValueError, AssertionError, struct.error):
        return 0  # opening the first face tells what is wrong
    return 0


def _postscript_name(font: Any) -> str:  # noqa: ANN401 - fontTools ships no types
    """Return the PostScript name (OpenType name table, ID 6); fontTools' own reader of it loads all of OpenType."""
    table, names = font.reader["name"], {}
    _, count, strings = struct.unpack_from(">HHH", table)
    for record in range(count):
        platform, _, language, kind, length, offset = struct.unpack_from(">6H", table, 6 + 12 * record)
        if kind == POSTSCRIPT_NAME:
            written = table[strings + offset : strings + offset + min(length, MAX_NAME_BYTES)]
            names[platform, language] = written.decode("latin-1" if platform == MACINTOSH else "utf-16-be", "replace")
    name = names.get(ENGLISH_ON_WINDOWS) or names.get((MACINTOSH, 0)) or next(iter(names.values()), "")
    return "".join(c for c in name if c.isascii() and (c.isalnum() or c == "-"))[:60] or "Font"


def is_set_letter_by_letter(text: str) -> bool:
    """Return True if a text runs from left to right in letters that do not change next to each other."""
    return not any(map(_cannot_stand_alone, text))


@lru_cache(maxsize=4096)
def needs_shaping(character: str) -> bool:
    """Return True for combining marks and right-to-left scripts; accents of Latin and Greek need no shaping."""
    is_mark = unicodedata.category(character)[0] == "M" and not 0x0300 <= ord(character) <= 0x036F
    return is_mark or character in JOINERS or unicodedata.bidirectional(character) in {"R", "AL", "AN"}


def _limits(font: Any) -> dict[str, dict[str, int]]:  # noqa: ANN401 - fontTools ships no types
    return {table: {key: getattr(font[table], key) for key in LIMITS[table]} for table in LIMITS}


def _is_control(character: str) -> bool:
    return unicodedata.category(character)[0] == "C" and character not in JOINERS


def _cannot_stand_alone(character: str) -> bool:
    return unicodedata.bidirectional(character) in {"R", "AL", "AN"} or unicodedata.category(character)[0] in "MC"


def listed(characters: str) -> str:
    """Return characters with their code points, the first eight of them, for a message."""
    shown = [f"“{c}” (U+{ord(c):04X})" if c.isprintable() else f"U+{ord(c):04X}" for c in characters[:8]]
    return ", ".join(shown) + (" and more" if len(characters) > 8 else "")
