"""Embedded fonts: a subset with only the glyphs that are used (ISO 32000-2 9.6.3, 9.7, 9.9).

Outlines are read once per process.
"""

import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from fontTools.fontBuilder import FontBuilder

from watermark.pdf.fonts.face import NOT_DEFINED, FontFace
from watermark.pdf.object_draft import Dictionary
from watermark.pdf.serialization import Name, Ref, Value


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


CAP_HEIGHT = 660
STEM_WIDTH = 80
NO_TEXT = "\u200b"
"""The text of a glyph whose characters another glyph accounts for: each needs a mapping (ISO 19005-2 6.2.11.7)."""
_NOT_ITSELF_IN_WINANSI = frozenset("\xa0\xad")
_TO_UNICODE = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def
/CMapName/Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<{low}> <{high}>
endcodespacerange
{blocks}endcmap
CMapName currentdict/CMap defineresource pop
end
end
"""


class ObjectSink(Protocol):
    """What takes the objects of a font: an update of a PDF, or a new one."""

    def add(self, value: Value) -> Ref:
        """Enter an indirect object and return its reference."""

    def add_stream(self, dictionary: Mapping[str, Value], data: bytes) -> Ref:
        """Enter a stream and return its reference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeface:
    """An embedded font, and its code for each character or glyph that the caller asked for."""

    ref: Ref
    codes: Mapping[str, bytes]

    def string(self, text: str) -> bytes:
        """Return `text` as a string token in the font's codes."""
        return b"<" + b"".join(self.codes[c] for c in text).hex().upper().encode("ascii") + b">"


def embed(draft: ObjectSink, face: FontFace, text: str, *, pdfa_part: int) -> Typeface:
    """Enter a font for the characters of `text` and return it.

    It is a simple font if WinAnsiEncoding has all characters, which is smaller; otherwise a composite one. Equal input
    gives equal bytes. CIDSet is written because PDF/A-1 requires it (ISO 19005-1 6.3.5), but not in PDF/A-4, whose base
    standard deprecates it.
    """
    characters = sorted(set(text))
    if all(_in_winansi(c) for c in characters):
        return _simple(draft, face, characters)
    return _composite(draft, face, characters, cid_set=pdfa_part != 4)


def _in_winansi(character: str) -> bool:
    return character not in _NOT_ITSELF_IN_WINANSI and len(character.encode("cp1252", "ignore")) == 1


def _simple(draft: ObjectSink, face: FontFace, characters: Sequence[str]) -> Typeface:
    codes = {c: c.encode("cp1252") for c in characters}
    widths = {codes[c][0]: round(face.width(c)) for c in characters}
    first, last = min(widths), max(widths)
    name, descriptor = _described(
        draft, face, program_of(face, glyph_order(face, map(face.glyph, characters)), tuple(characters))
    )
    font: Dictionary = {
        "/Type": Name("/Font"),
        "/Subtype": Name("/TrueType"),
        "/BaseFont": name,
        "/Encoding": Name("/WinAnsiEncoding"),
        "/FirstChar": first,
        "/LastChar": last,
        "/Widths": [widths.get(code, 0) for code in range(first, last + 1)],
        "/FontDescriptor": draft.add({**descriptor, "/Flags": 32}),
        "/ToUnicode": draft.add_stream({}, _to_unicode({code: c for c, code in codes.items()})),
    }
    return Typeface(ref=draft.add(font), codes=codes)


def _composite(draft: ObjectSink, face: FontFace, characters: Sequence[str], *, cid_set: bool) -> Typeface:
    order = glyph_order(face, map(face.glyph, characters))
    codes = {c: order.index(face.glyph(c)).to_bytes(2, "big") for c in characters}
    program = program_of(face, order, tuple(characters))
    texts = {code: c for c, code in codes.items()}
    return Typeface(ref=_composite_font(draft, face, order, program, texts, cid_set=cid_set), codes=codes)


def embed_glyphs(draft: ObjectSink, face: FontFace, texts: Mapping[str, str]) -> Typeface:
    """Enter a composite font for glyphs, each with the text that it represents; codes are by glyph name.

    The code of the first glyph is 1, that of the next 2, and so on.

    It has the CIDSet that PDF/A-1 requires and that later parts allow if it is complete (ISO 19005-2 6.2.11.4.2).
    """
    order = glyph_order(face, texts)
    codes = {glyph: number.to_bytes(2, "big") for number, glyph in enumerate(order)}
    unicode = {codes[glyph]: text or NO_TEXT for glyph, text in texts.items()}
    ref = _composite_font(draft, face, order, program_of(face, order, ()), unicode, cid_set=True)
    return Typeface(ref=ref, codes=codes)


def _composite_font(  # noqa: PLR0913 - the parts of one font
    draft: ObjectSink,
    face: FontFace,
    order: Sequence[str],
    program: bytes,
    texts: Mapping[bytes, str],
    *,
    cid_set: bool,
) -> Ref:
    name, descriptor = _described(draft, face, program)
    descriptor["/Flags"] = 4
    if cid_set:
        bits = "1" * len(order)
        bits += "0" * (-len(bits) % 8)
        descriptor["/CIDSet"] = draft.add_stream({}, int(bits, 2).to_bytes(len(bits) // 8, "big"))
    descendant: Dictionary = {
        "/Type": Name("/Font"),
        "/Subtype": Name("/CIDFontType2"),
        "/BaseFont": name,
        "/CIDSystemInfo": {"/Registry": "Adobe", "/Ordering": "Identity", "/Supplement": 0},
        "/CIDToGIDMap": Name("/Identity"),
        "/W": [0, [round(face.glyph_width(glyph)) for glyph in order]],
        "/FontDescriptor": draft.add(descriptor),
    }
    font: Dictionary = {
        "/Type": Name("/Font"),
        "/Subtype": Name("/Type0"),
        "/BaseFont": name,
        "/Encoding": Name("/Identity-H"),
        "/DescendantFonts": [draft.add(descendant)],
        "/ToUnicode": draft.add_stream({}, _to_unicode(texts)),
    }
    return draft.add(font)


def _described(draft: ObjectSink, face: FontFace, program: bytes) -> tuple[Name, Dictionary]:
    """Return the name with a subset tag made from the bytes (ISO 32000-2 9.9.2), and the font descriptor."""
    digest = hashlib.sha256(program).digest()
    name = Name("/" + "".join(chr(65 + byte % 26) for byte in digest[:6]) + "+" + face.name)
    return name, {
        "/Type": Name("/FontDescriptor"),
        "/FontName": name,
        "/FontBBox": [round(side) for side in face.box],
        "/ItalicAngle": round(face.italic_angle),
        "/Ascent": round(face.ascent * face.per_unit),
        "/Descent": round(face.descent * face.per_unit),
        "/CapHeight": CAP_HEIGHT,
        "/StemV": STEM_WIDTH,
        "/FontFile2": draft.add_stream({"/Length1": len(program)}, program),
    }


def _to_unicode(texts: Mapping[bytes, str]) -> bytes:
    """Return the map to Unicode of the codes that are used, and of no others (ISO 32000-2 9.10.3)."""
    size = len(next(iter(texts), b"  "))
    entries = sorted(texts.items())
    blocks = []
    for start in range(0, len(entries), 100):
        block = entries[start : start + 100]
        lines = "".join(f"<{code.hex()}> <{text.encode('utf-16-be').hex()}>\n" for code, text in block)
        blocks.append(f"{len(block)} beginbfchar\n{lines}endbfchar\n")
    return _TO_UNICODE.format(low="00" * size, high="ff" * size, blocks="".join(blocks)).encode("ascii")
