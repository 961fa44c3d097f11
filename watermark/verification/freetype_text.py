"""Text drawn by FreeType from the font that the copy should use, to compare with the ink of the copy.

The marking draws its letters with fontTools. Here Pillow (FreeType) draws them, so that a fault of one is seen by the
other.
"""

import io
import pkgutil
import struct
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import freetype
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from watermark.models import plain
from watermark.pdf.glyph_sizes import SIGNATURES, GlyphSizes, TooComplexError

Ink = NDArray[np.float32]
Row: TypeAlias = tuple[str, float, float]
"""A text, with where its baseline begins."""
Cell: TypeAlias = tuple[str, int, int]
"""A letter, with its first column and the one after its last."""

BOLD = "SourceSansPro-Bold.ttf"
REGULAR = "SourceSansPro-Regular.ttf"
UNITS_PER_EM = 1000
LARGEST_EM_PIXELS, SMALLEST_EM_PIXELS = 48, 12
MAX_ROW_PIXELS = 1400
SUPERSAMPLING = 4
MAX_CHARACTERS = 400
NEIGHBOUR_SHARE = 0.008
"""Of a square as large as the font size, the ink that the edge of a neighbour may bring."""
MAX_FONT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Lettering:
    """Where each character of a text is, in thousandths of the font size: its left edge and its advance width."""

    text: str
    starts: tuple[float, ...]
    widths: tuple[float, ...]


class UnknownFontError(ValueError):
    """The package's font does not have these characters, and the font that was used is not at hand."""


def needs_other_font(text: str, name: str) -> bool:
    """Return whether the package's font `name` cannot draw `text` letter by letter."""
    return any(not _has(name, character) or _is_shaped(character) for character in text)


@lru_cache(maxsize=64)
def lettering(text: str, name: str, font: Path | None = None) -> Lettering:
    """Return where each character of `text` is when set from left to right. Raises UnknownFontError."""
    text = unicodedata.normalize("NFC", text)
    if len(text) > MAX_CHARACTERS or any(map(_is_shaped, text)):
        raise UnknownFontError("text that is not set letter by letter")
    source = source_of(text, name, font)
    measure = _face(source, UNITS_PER_EM)
    widths = tuple(float(measure.getlength(character)) for character in text)
    starts = tuple(sum(widths[:index]) for index in range(len(widths)))
    return Lettering(text, starts, widths)


def em_pixels(width: float) -> int:
    """Return the font size in pixels for drawings to compare, of a row as wide as `width` thousandths of it."""
    return max(SMALLEST_EM_PIXELS, min(LARGEST_EM_PIXELS, int(MAX_ROW_PIXELS * UNITS_PER_EM / max(width, 1.0))))


@lru_cache(maxsize=64)
def drawn(rows: tuple[Row, ...], name: str, em: int, shape: tuple[int, int], font: Path | None = None) -> Ink:
    """Return the ink of rows of text, 0 to 1, at `em` pixels to the font size, in a picture of (rows, columns).

    Raises UnknownFontError.
    """
    size, (height, width) = em * SUPERSAMPLING, shape
    picture = Image.new("L", (width * SUPERSAMPLING, height * SUPERSAMPLING))
    pen = ImageDraw.Draw(picture)
    for text, left, baseline in rows:
        placed = lettering(text, name, font)
        face = _face(source_of(placed.text, name, font), size)
        for character, start in zip(placed.text, placed.starts, strict=True):
            position = left * SUPERSAMPLING + start * size / UNITS_PER_EM, baseline * SUPERSAMPLING
            pen.text(position, character, fill=255, font=face, anchor="ls")
    pixels = np.asarray(picture, np.float32) / 255
    ink: Ink = pixels.reshape(height, SUPERSAMPLING, width, SUPERSAMPLING).mean(axis=(1, 3), dtype=np.float32)
    ink.setflags(write=False)
    return ink


@lru_cache(maxsize=64)
def extent(text: str, name: str, font: Path | None = None) -> tuple[float, float, float]:
    """Return where the ink of `text` begins and ends, and how far down it reaches, in thousandths of the font size.

    All are measured from its origin on the baseline. Raises UnknownFontError.
    """
    placed = lettering(text, name, font)
    face = _face(source_of(placed.text, name, font), UNITS_PER_EM)
    lefts, rights, bottoms = list[float](), list[float](), list[float]()
    for character, start in zip(placed.text, placed.starts, strict=True):
        mask, (right, down) = face.getmask2(character, mode="L", anchor="ls")
        box = mask.getbbox()
        if box is not None:
            lefts.append(start + right + box[0])
            rights.append(start + right + box[2])
            bottoms.append(float(-down - box[3]))
    return min(lefts, default=0.0), max(rights, default=0.0), min(bottoms, default=0.0)


def differences(expected: Ink, found: Ink, cells: Sequence[Cell], em: int, share: float) -> Iterator[str]:
    """Yield what in `found` is not the ink of `expected`: two drawings of one size, at `em` pixels to the font size.

    Of the ink of each letter, `share` may differ. What is drawn outside all cells counts, too.
    """
    stray = NEIGHBOUR_SHARE * em * em
    off = np.abs(expected - found)
    outside = np.ones(expected.shape[1], np.bool_)
    wrong: list[str] = []
    for letter, left, right in cells:
        outside[left:right] = False
        if float(off[:, left:right].sum()) > share * float(expected[:, left:right].sum()) + stray:
            wrong.append(letter)
    if wrong:
        yield f"“{plain(''.join(wrong), 40)}” is drawn as something else"
    if float(off[:, outside].sum()) > stray:
        yield "more is drawn than its letters"


def source_of(text: str, name: str, font: Path | None) -> "str | Path":
    """Return the font that draws `text` in a marking: the given one if it has every character, else the package's own.

    Raises UnknownFontError if neither has, or if the given one cannot be used.
    """
    if font is not None and all(_is_in(font, character) for character in text):
        _require_bounded(font, text)
        return font
    if all(_has(name, character) for character in text):
        return name
    raise UnknownFontError("the font that was used is not at hand")


@lru_cache(maxsize=16)
def _face(source: "str | Path", size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(font_data(source)), size, layout_engine=ImageFont.Layout.BASIC)


def font_data(source: "str | Path") -> bytes:
    """Return the bytes of a font: a file, or one of the package's by its name. Raises OSError for another file."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            given = file.read(MAX_FONT_BYTES)
        if given[:4] not in SIGNATURES:
            raise OSError("not a TrueType or OpenType font")
        return given
    data = pkgutil.get_data("font_source_sans_pro", f"files/{source}")
    assert data is not None  # it is installed with the package
    return data


@lru_cache(maxsize=2048)
def _has(name: str, character: str) -> bool:
    """Return whether the package's font has a glyph for a character: FreeType draws one and the same for all others."""
    if character.isspace():
        return character in {" ", "\xa0"}
    mask = _face(name, LARGEST_EM_PIXELS).getmask(character)
    missing = _face(name, LARGEST_EM_PIXELS).getmask("\uffff")
    return (mask.size, bytes(mask)) != (missing.size, bytes(missing))


@lru_cache(maxsize=2048)
def _is_in(font: Path, character: str) -> bool:
    """Return whether the first font of a file has a character; a file that is not a font has none."""
    try:
        return bool(_opened(font).get_char_index(character))
    except (freetype.FT_Exception, OSError):
        return False


@lru_cache(maxsize=4)
def _opened(font: Path) -> freetype.Face:
    return freetype.Face(io.BytesIO(font_data(font)))


@lru_cache(maxsize=64)
def _require_bounded(font: Path, text: str) -> None:
    """Return if a font describes letters with as much as they need: FreeType takes memory for parts without a limit."""
    try:
        sizes = GlyphSizes.of_file(font_data(font))
        for character in sorted(set(text)) if sizes else ():
            sizes.points(_opened(font).get_char_index(character))
    except (TooComplexError, struct.error) as error:
        raise UnknownFontError(f"the font cannot be used ({error})") from error


def _is_shaped(character: str) -> bool:
    """Return whether a character is not set on its own: it changes beside others, or runs from right to left."""
    return unicodedata.bidirectional(character) in {"R", "AL", "AN"} or unicodedata.category(character)[0] in "MC"
