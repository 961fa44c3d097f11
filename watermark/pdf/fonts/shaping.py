"""Glyphs of scripts whose letters join, stack or run from right to left, as HarfBuzz places them."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from watermark.errors import UsageError
from watermark.pdf.fonts.face import FontFace

NOT_DEFINED = 0
_FROM_THE_RIGHT = frozenset({"R", "AL"})
_NEUTRAL = frozenset({"WS", "NSM", "BN"})


@dataclass(frozen=True, slots=True)
class PlacedGlyph:
    """A glyph, its advance and its offset in thousandths of the font size, and the characters that it represents.

    `text` is empty for a glyph that an earlier glyph of the same characters accounts for.
    """

    name: str
    advance: float
    x_offset: float
    y_offset: float
    text: str


def shaped(text: str, face: FontFace) -> Iterator[tuple[str, float, float]]:
    """Yield each glyph of a text in one script, with its place in thousandths of the font size, from left to right.

    Raises UsageError if HarfBuzz is not installed, if words of both directions are mixed, or if the font lacks a glyph.
    """
    _refuse_two_directions(text)
    position = 0.0
    for glyph in placed_glyphs(text, face):
        yield glyph.name, position + glyph.x_offset, glyph.y_offset
        position += glyph.advance


def placed_glyphs(text: str, face: FontFace, *, from_right: bool | None = None) -> list[PlacedGlyph]:
    """Return the glyphs of a text in one direction, from left to right; HarfBuzz guesses the direction if it is None.

    Raises UsageError if HarfBuzz is not installed or if the font lacks a glyph.
    """
    harfbuzz = _harfbuzz()
    buffer = harfbuzz.Buffer()
    buffer.add_str(text)
    if from_right is not None:
        buffer.direction = "rtl" if from_right else "ltr"
    buffer.guess_segment_properties()
    font, scale = _harfbuzz_font(face)
    harfbuzz.shape(font, buffer)
    starts = sorted({info.cluster for info in buffer.glyph_infos} | {len(text)})
    clusters = {start: text[start:end] for start, end in pairwise(starts)}
    glyphs = []
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if info.codepoint == NOT_DEFINED:
            raise UsageError(
                "the font has no glyph for a part of the text",
                place=face.source,
                remedy="Use a font that supports this script.",
            )
        glyphs.append(
            PlacedGlyph(
                face.order[info.codepoint],
                position.x_advance * scale,
                position.x_offset * scale,
                position.y_offset * scale,
                clusters.pop(info.cluster, ""),
            )
        )
    return glyphs


@lru_cache(maxsize=8)
def _harfbuzz_font(face: FontFace) -> tuple[Any, float]:
    """Return a face as HarfBuzz reads it, and the factor from its units to thousandths of the font size."""
    harfbuzz = _harfbuzz()
    font = harfbuzz.Font(harfbuzz.Face(face.data, face.number))
    return font, 1000 / font.face.upem


def _harfbuzz() -> Any:  # noqa: ANN401 - it is loaded where it is installed
    try:
        import uharfbuzz  # noqa: PLC0415 - only some scripts need it, and it is an optional dependency
    except ImportError as error:
        raise UsageError(
            "the letters of this script join or stack, and the library that sets them is not installed",
            remedy="Install it: pip install 'retraction-watermark[scripts]'.",
        ) from error
    return uharfbuzz


def _refuse_two_directions(text: str) -> None:
    kinds = {unicodedata.bidirectional(character) for character in text}
    if kinds & _FROM_THE_RIGHT and kinds - _FROM_THE_RIGHT - _NEUTRAL:
        raise UsageError(
            "the mark mixes right-to-left words with numbers or left-to-right words",
            remedy="Use words of one direction in the mark; the edge line shows the date anyway.",
        )
