"""Text in several fonts: the first that has a character draws it, and letters that join are shaped."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from watermark.pdf.fonts import face as own
from watermark.pdf.fonts.directions import displayed_runs
from watermark.pdf.fonts.face import FontFace, face_at, listed, needs_shaping, own_face
from watermark.pdf.fonts.font_suggestions import missing_characters
from watermark.pdf.fonts.shaping import PlacedGlyph, placed_glyphs
from watermark.pdf.serialization import number

WEIGHTS = (own.TEXT, own.LETTERS, own.ITALIC, own.BOLD_ITALIC)
MAX_KNOWN = 8192
"""Characters of which a font stack remembers the glyphs, and words whose widths are remembered."""
LONGEST_KNOWN_WORD = 32
"""Longer ones are measured each time: they are rare, and would take memory."""


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Glyphs of one font, from left to right; `is_shaped` if the line is not just one glyph after the other."""

    face: FontFace
    glyphs: tuple[PlacedGlyph, ...]
    is_shaped: bool

    def shown(self, codes: Sequence[str], size: float) -> str:
        """Return the operators that show the glyphs, with `codes` in hexadecimal, at a font size in points."""
        if not self.is_shaped:
            return f"<{''.join(codes)}> Tj"
        parts = []
        for glyph, code in zip(self.glyphs, codes, strict=True):
            after = round(self.face.glyph_width(glyph.name)) + glyph.x_offset - glyph.advance
            shown = f"[{-round(glyph.x_offset)} <{code}> {round(after)}] TJ"
            rise = number(glyph.y_offset * size / 1000).decode("ascii")
            parts.append(f"{rise} Ts {shown} 0 Ts" if glyph.y_offset else shown)
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class FontStack:
    """Fonts in the order of preference. Widths are in thousandths of the font size, rounded as a PDF has them."""

    faces: tuple[FontFace, ...]

    @property
    def line_height(self) -> float:
        """The height of a line in the first font, as a share of the font size."""
        first = self.faces[0]
        return (first.ascent - first.descent) * first.per_unit / 1000

    def lacks(self, text: str) -> str:
        """Return the characters of `text` that no font has, each once."""
        lacking = set(text)
        for face in self.faces:
            lacking = {c for c in lacking if ord(c) not in face.glyph_names}
        return "".join(sorted(lacking))

    def require(self, text: str) -> None:
        """Raise UsageError if no font has one of the characters, or if HarfBuzz is needed and not installed."""
        if missing := self.lacks(text):
            raise missing_characters(listed(missing), missing, place=self.faces[0].source)
        for character in sorted(filter(needs_shaping, set(text))):
            placed_glyphs(character, self._face_of(character))
            break

    def width(self, text: str) -> float:
        """Return the width of `text` in thousandths of the font size."""
        return widths_of(self)[text]

    def runs(self, text: str, *, from_right: bool) -> tuple[GlyphRun, ...]:
        """Return the runs of a line in the order of their display; `from_right` is the direction of the paragraph."""
        if from_right:
            return _shaped_runs(self, text, from_right)
        plain = _plain_glyphs(self)
        try:
            glyphs = [plain[character] for character in text]
        except KeyError:
            return _shaped_runs(self, text, from_right)
        return tuple(
            GlyphRun(face, tuple([glyph for _, glyph in group]), is_shaped=False)
            for face, group in groupby(glyphs, itemgetter(0))
        )

    def _face_of(self, character: str) -> FontFace:
        return next((face for face in self.faces if ord(character) in face.glyph_names), self.faces[0])


@dataclass(frozen=True, slots=True)
class FontFamily:
    """Four font stacks: regular, bold, italic, and bold italic."""

    stacks: tuple[FontStack, ...]

    @property
    def regular(self) -> FontStack:
        """The stack for ordinary text."""
        return self.stacks[0]

    def of(self, *, bold: bool, italic: bool) -> FontStack:
        """Return the stack for a weight and a slope."""
        return self.stacks[bold + 2 * italic]


def font_family(font: Path | None, language: str) -> FontFamily:
    """Return the fonts of a document: the font in a file if one is given, and Source Sans Pro for what it lacks.

    A font file has one weight, so nothing that it draws is bold or italic. Letters that the bold or the italic font
    lacks, such as Greek ones in italics, are those of the regular font. Raises UsageError if the font cannot be used.
    """
    given = (face_at(str(font), language),) if font else ()
    weights = [tuple(dict.fromkeys((own_face(name), own_face(own.TEXT)))) for name in WEIGHTS]
    return FontFamily(tuple(FontStack((*given, *faces)) for faces in weights))


@lru_cache(maxsize=8192)
def _plain_glyph(face: FontFace, character: str) -> PlacedGlyph:
    glyph = face.glyph(character)
    return PlacedGlyph(glyph, round(face.glyph_width(glyph)), 0, 0, character)


class _Glyphs(dict[str, tuple[FontFace, PlacedGlyph]]):
    """The font and the glyph of each character that is set by itself; the others raise KeyError."""

    def __init__(self, stack: FontStack) -> None:
        super().__init__()
        self._stack = stack

    def __missing__(self, character: str) -> tuple[FontFace, PlacedGlyph]:
        if needs_shaping(character):
            raise KeyError(character)
        face = self._stack._face_of(character)  # noqa: SLF001 - a part of the stack
        if len(self) >= MAX_KNOWN:
            self.clear()
        self[character] = face, _plain_glyph(face, character)
        return self[character]


_plain_glyphs = lru_cache(maxsize=8)(_Glyphs)
"""The glyphs of a font stack, which are found once."""


def _measured(stack: FontStack, text: str) -> float:
    plain = _plain_glyphs(stack)
    try:
        return sum([plain[c][1].advance for c in text])
    except KeyError:
        runs = stack.runs(text, from_right=False)
        return sum(glyph.advance for run in runs for glyph in run.glyphs)


class _Widths(dict[str, float]):
    """The width of each word: the labels of a document are the same in each, and are measured for each line."""

    def __init__(self, stack: FontStack) -> None:
        super().__init__()
        self._stack = stack

    def __missing__(self, word: str) -> float:
        width = _measured(self._stack, word)
        if len(word) <= LONGEST_KNOWN_WORD:
            if len(self) >= MAX_KNOWN:
                self.clear()
            self[word] = width
        return width


widths_of = lru_cache(maxsize=8)(_Widths)
"""The widths of words in a font stack, in thousandths of the font size; `FontStack.width` looks them up."""


@lru_cache(maxsize=4096)
def _shaped_runs(stack: FontStack, text: str, from_right: bool) -> tuple[GlyphRun, ...]:  # noqa: FBT001 - a key
    runs: list[GlyphRun] = []
    for characters, is_from_right in displayed_runs(text, from_right=from_right):
        parts = list(_by_face(stack, characters))
        for face, part in reversed(parts) if is_from_right else parts:
            if is_from_right or any(map(needs_shaping, part)):
                glyphs = tuple(placed_glyphs(part, face, from_right=is_from_right))
                runs.append(GlyphRun(face, glyphs, is_shaped=True))
            else:
                runs.append(GlyphRun(face, tuple(_plain_glyph(face, c) for c in part), is_shaped=True))
    return tuple(runs)


def _by_face(stack: FontStack, text: str) -> Iterator[tuple[FontFace, str]]:
    """Yield the parts of a run that one font draws; spaces and marks stay with the letter before them."""
    part, face = "", stack.faces[0]
    for character in text:
        follows = bool(part) and (character == " " or unicodedata.category(character)[0] == "M")
        own = face if follows and ord(character) in face.glyph_names else stack._face_of(character)  # noqa: SLF001 - of this module
        if own is not face and part:
            yield face, part
            part = ""
        part, face = part + character, own
    if part:
        yield face, part
