"""How many points the glyphs of a TrueType font have, measured before one is drawn.

Glyphs can be made of glyphs (OpenType, glyf), so that a few bytes describe an outline without end, or one of billions
of points. Each glyph is measured once, from those that it is made of.
"""

import struct
from collections.abc import Iterator, Sequence
from typing import Self

MAX_POINTS = 32_767
"""Of a glyph with all of its parts, each of which counts for at least one. FreeType draws no more."""
MAX_DEPTH = 16
"""Of glyphs in glyphs (OpenType, maxp, maxComponentDepth)."""
SIGNATURES = frozenset({b"\0\1\0\0", b"true", b"OTTO", b"ttcf"})
"""How TrueType, OpenType and collections begin. What is packed as for the web may unpack to any size."""
COLLECTION = b"ttcf"
WORD_ARGUMENTS, SCALE, MORE_PARTS, TWO_SCALES, MATRIX = 0x1, 0x8, 0x20, 0x40, 0x80
"""Flags of a part of a glyph (OpenType, glyf)."""
_PARTS_BEGIN = 10
_OFFSET_FORMAT = 50
"""Where the head table says whether offsets of glyphs have four bytes, or two with half of the offset."""


class TooComplexError(ValueError):
    """A font that describes more than any text needs; the message says what, after "the font cannot be used"."""


class GlyphSizes:
    """How many points each TrueType glyph has, with all of its parts."""

    def __init__(self, program: bytes, offsets: Sequence[int]) -> None:
        """Measure the glyphs in the table `program`, where `offsets` says that each begins."""
        self._program, self._offsets = program, offsets
        self._known: dict[int, tuple[int, int]] = {}

    @classmethod
    def of_file(cls, data: bytes) -> Self:
        """Return the sizes of the glyphs of the first font in a file; a font of another kind has no glyphs here.

        Raises struct.error for a file that ends too early.
        """
        begin = struct.unpack_from(">I", data, 12)[0] if data[:4] == COLLECTION else 0
        (count,) = struct.unpack_from(">H", data, begin + 4)
        tables = {}
        for number in range(count):
            tag, _, offset, length = struct.unpack_from(">4sIII", data, begin + 12 + 16 * number)
            tables[tag] = data[offset : offset + length] if tag in {b"glyf", b"head", b"loca"} else b""
        program, places = tables.get(b"glyf", b""), tables.get(b"loca", b"")
        if not program:
            return cls(b"", ())
        is_long = struct.unpack_from(">h", tables.get(b"head", b""), _OFFSET_FORMAT)[0]
        size = 4 if is_long else 2
        offsets = struct.unpack(
            f">{len(places) // size}{'I' if is_long else 'H'}", places[: len(places) // size * size]
        )
        return cls(program, offsets if is_long else [2 * offset for offset in offsets])

    def __bool__(self) -> bool:
        """Return whether the font has TrueType glyphs."""
        return len(self._offsets) > 0

    def points(self, number: int) -> int:
        """Return the number of points of a glyph. Raises TooComplexError for one that cannot be drawn."""
        return self._measured(number, ())[0]

    def _measured(self, number: int, above: tuple[int, ...]) -> tuple[int, int]:
        """Return the points of a glyph, and how many glyphs deep it is; it is a part of those `above`."""
        if number in above:
            raise TooComplexError(f"its glyph {number} is a part of itself")
        known = self._known.get(number)
        if known is None and len(above) <= MAX_DEPTH:
            known = self._known[number] = self._measure(number, above)
        if known is None or len(above) + known[1] > MAX_DEPTH:
            raise TooComplexError(f"its glyph {(*above, number)[0]} has parts of parts, more than {MAX_DEPTH} deep")
        return known

    def _measure(self, number: int, above: tuple[int, ...]) -> tuple[int, int]:
        if not 0 <= number < len(self._offsets) - 1:
            raise TooComplexError(f"a glyph has the part {number}, which the font does not have")
        written = self._program[self._offsets[number] : self._offsets[number + 1]]
        points, depth = 1, 0
        try:
            points = max(points, _own_points(written))
            for part in parts_of(written):
                of_part, depth_of_part = self._measured(part, (*above, number))
                points, depth = points + of_part, max(depth, depth_of_part + 1)
                if points > MAX_POINTS:
                    break
        except struct.error as error:
            raise TooComplexError(f"its glyph {number} ends too early") from error
        if points > MAX_POINTS:
            raise TooComplexError(f"its glyph {number} has more than {MAX_POINTS:,} points")
        return points, depth


def _own_points(written: bytes) -> int:
    """Return how many points a simple glyph has, or contours if those are more; 0 for a blank and a composite one."""
    contours = struct.unpack_from(">h", written)[0] if written else 0
    if contours <= 0:
        return 0
    return max(contours, 1 + int(struct.unpack_from(">H", written, _PARTS_BEGIN + 2 * (contours - 1))[0]))


def parts_of(written: bytes) -> Iterator[int]:
    """Yield the numbers of the glyphs that a TrueType glyph is made of; none for a simple one (OpenType, glyf)."""
    if len(written) < _PARTS_BEGIN or struct.unpack_from(">h", written)[0] >= 0:
        return
    at, flags = _PARTS_BEGIN, MORE_PARTS
    while flags & MORE_PARTS:
        flags, part = struct.unpack_from(">HH", written, at)
        yield part
        at += 8 if flags & WORD_ARGUMENTS else 6
        at += 2 if flags & SCALE else 4 if flags & TWO_SCALES else 8 if flags & MATRIX else 0
