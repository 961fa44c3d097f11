"""Limits of what fontTools reads: tables that say more than they hold, and CFF outlines of nested subroutines.

The glyphs of TrueType fonts are measured by `watermark.pdf.glyph_sizes`.
"""

import struct
from itertools import pairwise
from typing import Any

import numpy as np
from fontTools.misc.psCharStrings import T2OutlineExtractor
from fontTools.pens.basePen import NullPen

from watermark.pdf.glyph_sizes import MAX_POINTS, SIGNATURES, TooComplexError

MAX_NESTED_SUBROUTINES = 10
"""Of subroutines (Adobe Technical Note 5177, appendix B)."""
MAX_OUTLINE_BYTES = 500_000
"""Of the outline of one glyph, with all of its subroutines."""
MAX_TOTAL_SIZE = 50_000_000
"""Of all glyphs that are used: points, or the bytes that describe them. All of Noto Serif CJK have 24 million."""
MAX_CHARACTER_MAPS = 64
CHARACTERS = 0x110000
"""As many as Unicode has room for."""
SEGMENTS, GROUPS = 4, frozenset({12, 13})


def require_plain_tables(data: bytes, font: Any) -> None:  # noqa: ANN401 - fontTools ships no types
    """Raise TooComplexError if a table of an open font says more than its bytes can hold, such as a map of characters.

    fontTools copies what overlaps, so that a file of some kilobytes would take all memory.
    """
    if data[:4] not in SIGNATURES:
        raise TooComplexError("it is not a TrueType or OpenType font")
    if "VARC" in font:
        raise TooComplexError("its glyphs are made of variable glyphs")
    if "glyf" in font and any(start > end for start, end in pairwise(font["loca"])):
        raise TooComplexError("its glyphs overlap in the file")
    table = font.reader["cmap"]
    _, count = struct.unpack_from(">HH", table)
    if count > MAX_CHARACTER_MAPS:
        raise TooComplexError(f"it has {count:,} maps of characters, more than {MAX_CHARACTER_MAPS}")
    for number in range(count):
        (offset,) = struct.unpack_from(">I", table, 4 + 8 * number + 4)
        if _characters(table[offset:]) > CHARACTERS + MAX_POINTS:
            raise TooComplexError("a map of its characters has more of them than there are")


def _characters(table: bytes) -> int:
    """Return how many characters a map lists, in formats that name the first and the last of some (OpenType, cmap)."""
    (form,) = struct.unpack_from(">H", table)
    if form == SEGMENTS:
        (twice,) = struct.unpack_from(">H", table, 6)
        ends = np.frombuffer(table, ">u2", twice // 2, 14).astype(np.int64)
        starts = np.frombuffer(table, ">u2", twice // 2, 16 + twice).astype(np.int64)
        return int(np.maximum(ends - starts + 1, 0).sum())
    if form in GROUPS:
        (groups,) = struct.unpack_from(">I", table, 12)
        found = np.frombuffer(table, ">u4", 3 * groups, 16).reshape(-1, 3).astype(np.int64)
        return int(np.maximum(found[:, 1] - found[:, 0] + 1, 0).sum())
    return 0


def require_bounded(glyphs: Any, glyph: str) -> int:  # noqa: ANN401 - fontTools ships no types
    """Return how many bytes describe a CFF glyph with its subroutines. Raises TooComplexError for too many.

    An accented glyph may be made of two others, which are not accented themselves (Technical Note 5177, appendix C).
    """
    size, parts = _bounded(glyphs, glyph)
    for part in parts:
        of_part, further = _bounded(glyphs, part)
        if further:
            raise TooComplexError(f"its glyph {glyph} has parts of parts")
        size += of_part
    return size


def _bounded(glyphs: Any, glyph: str) -> tuple[int, list[str]]:  # noqa: ANN401 - see above
    outline, parts = glyphs.charStrings[glyph], _Parts()
    private = outline.private
    reader = _BoundedReader(
        parts,
        getattr(private, "Subrs", []),
        outline.globalSubrs,
        private.nominalWidthX,
        private.defaultWidthX,
        private,
        glyphs.blender,
    )
    reader.glyph = glyph
    reader.execute(outline)
    return reader.size, parts.names


class _Parts(NullPen):  # type: ignore[misc] # fontTools ships no types
    """A pen that draws nothing, and notes the glyphs that a glyph is made of."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def addComponent(self, glyphName: str, transformation: object) -> None:  # noqa: N802, N803 - as in the base class
        del transformation
        self.names.append(glyphName)


class _BoundedReader(T2OutlineExtractor):  # type: ignore[misc] # fontTools ships no types
    """Reads an outline with its subroutines, and raises TooComplexError when it has read enough."""

    glyph, size = "", 0

    def execute(self, charString: Any, **options: Any) -> None:  # noqa: ANN401, N803 - as in the base class
        self.size += 1 + len(charString.bytecode or ()) + len(charString.program or ())
        if len(self.callingStack) > MAX_NESTED_SUBROUTINES:
            raise TooComplexError(f"the outline of its glyph {self.glyph} calls itself, or is nested too deeply")
        if self.size > MAX_OUTLINE_BYTES:
            raise TooComplexError(f"the outline of its glyph {self.glyph} is longer than {MAX_OUTLINE_BYTES:,} bytes")
        super().execute(charString, **options)
