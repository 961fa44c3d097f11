"""Font subsets with only the glyphs that are used (ISO 32000-2 9.9). Outlines are read once per process."""

import io
from collections.abc import Iterable
from functools import lru_cache

from fontTools.fontBuilder import FontBuilder

from watermark.pdf.fonts.face import NOT_DEFINED, FontFace


def glyph_order(face: FontFace, glyphs: Iterable[str]) -> tuple[str, ...]:
    """Return the glyphs that a subset needs: not-defined first, the parts of composite glyphs last."""
    order = dict.fromkeys([NOT_DEFINED, *glyphs])
    waiting = list(order)
    while waiting:
        parts = face.parts(waiting.pop())
        waiting.extend(part for part in parts if part not in order)
        order |= dict.fromkeys(parts)
    return tuple(order)


@lru_cache(maxsize=16)
def program_of(face: FontFace, order: tuple[str, ...], characters: tuple[str, ...]) -> bytes:
    """Return a TrueType program with the glyphs of `order`, without hints; equal input gives equal bytes.

    Its character map has `characters`; a composite font needs none.
    """
    builder = FontBuilder(unitsPerEm=face.units_per_em, isTTF=True)
    builder.font.recalcTimestamp = False
    builder.font.recalcBBoxes = not face.is_truetype  # converted outlines are measured here
    builder.updateHead(created=0, modified=0)  # else the builder takes the time from the clock
    builder.setupGlyphOrder(list(order))
    builder.setupCharacterMap({ord(c): face.glyph(c) for c in characters})
    builder.setupGlyf({}, calcGlyphBounds=False)
    builder.font["glyf"].glyphs = {glyph: face.outline(glyph) for glyph in order}
    builder.setupHorizontalMetrics({glyph: face.metrics(glyph) for glyph in order})
    builder.setupHorizontalHeader(ascent=face.ascent, descent=face.descent)
    builder.setupMaxp()
    for table, limits in face.limits.items():
        for key, value in limits.items():
            setattr(builder.font[table], key, value)
    program = io.BytesIO()
    builder.font.save(program, reorderTables=False)
    return program.getvalue()
