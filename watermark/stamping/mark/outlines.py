"""The letters of the mark as outlines: paths need no font in the copy and never tear extracted text."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen

from watermark.errors import UsageError
from watermark.pdf.fonts.face import LETTERS, FontFace, face_for, is_set_letter_by_letter
from watermark.pdf.fonts.shaping import shaped

MAX_TEXT_LENGTH = 200
MAX_SIZE = 500_000
"""Of all letters of the mark: points, or the bytes that describe them. Ornate letters have 1,000 each."""
Point: TypeAlias = tuple[float, float]
OutlineSegment: TypeAlias = tuple[str, tuple[Point, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordOutlines:
    """Outlines in thousandths of the font size, around the origin: `width` and `height` are those of the ink.

    `path` holds path construction operators only (ISO 32000-2 8.5.2); the caller chooses `f` or `S`.
    """

    text: str
    path: bytes
    width: float
    height: float


@lru_cache(maxsize=16)
def letters(text: str, font_path: str = "") -> WordOutlines:
    """Return the outlines of `text`, centred on the origin. Raises UsageError for what the font cannot draw."""
    text = unicodedata.normalize("NFC", text).strip()
    if not text or len(text) > MAX_TEXT_LENGTH:
        raise UsageError(
            f"the mark has {len(text)} characters", remedy=f"Give the mark 1 to {MAX_TEXT_LENGTH} characters."
        )
    drawn = _drawn(text, font_path)
    points = [point for _, corners in drawn for point in corners]
    if not points:
        raise UsageError("the mark is blank", remedy="Give the mark some letters.")
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    bottom, top = min(y for _, y in points), max(y for _, y in points)
    middle = ((left + right) / 2, (bottom + top) / 2)
    path = b"\n".join(_operator(name, corners, middle) for name, corners in drawn)
    return WordOutlines(text=text, path=path, width=right - left, height=top - bottom)


def _drawn(text: str, font_path: str) -> list[OutlineSegment]:
    is_shaped = not is_set_letter_by_letter(text)
    face = face_for(text, LETTERS, font_path, shaped=is_shaped)
    placed = tuple(shaped(text, face) if is_shaped else _in_a_row(text, face))
    if sum(face.size(glyph) for glyph, _, _ in placed) > MAX_SIZE:
        raise UsageError(
            f"the letters of the mark have more than {MAX_SIZE:,} points in this font",
            file=face.source,
            remedy="Use a font with simpler letters, or fewer words.",
            code="font",
            argument="font",
        )
    pen = _Pen(face.glyphs)
    for glyph, x, y in placed:
        face.draw(glyph, TransformPen(pen, (face.per_unit, 0, 0, face.per_unit, x, y)))
    return pen.steps


def _in_a_row(text: str, face: FontFace) -> Iterator[tuple[str, float, float]]:
    reached = 0.0
    for character in text:
        yield face.glyph(character), reached, 0.0
        reached += face.width(character)


def _operator(name: str, corners: tuple[Point, ...], middle: Point) -> bytes:
    whole = [f"{round(x - middle[0])} {round(y - middle[1])}" for x, y in corners]
    return " ".join([*whole, name]).encode("ascii")


class _Pen(BasePen):  # type: ignore[misc] # fontTools ships no types
    """Notes path construction operators; the base class turns quadratic curves into cubic ones."""

    def __init__(self, glyphs: object) -> None:
        super().__init__(glyphs)
        self.steps: list[OutlineSegment] = []

    def _moveTo(self, to: Point) -> None:  # noqa: N802 - the name in the base class
        self.steps.append(("m", (to,)))

    def _lineTo(self, to: Point) -> None:  # noqa: N802 - the name in the base class
        self.steps.append(("l", (to,)))

    def _curveToOne(self, first: Point, second: Point, to: Point) -> None:  # noqa: N802 - the name in the base class
        self.steps.append(("c", (first, second, to)))

    def _closePath(self) -> None:  # noqa: N802 - the name in the base class
        self.steps.append(("h", ()))

    def _endPath(self) -> None:  # noqa: N802 - the name in the base class
        self.steps.append(("h", ()))
