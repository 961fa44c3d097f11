"""The font of the line: a subset with only the glyphs that are used (ISO 32000-2 9.6.3, 9.7)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from watermark.pdf.fonts.face import FontFace
from watermark.pdf.fonts.subset import glyph_order, program_of
from watermark.pdf.object_draft import Dictionary, ObjectDraft
from watermark.pdf.serialization import Name, Ref

CAP_HEIGHT = 660
STEM_WIDTH = 80
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeface:
    """An embedded font, and the code that it has for each character."""

    ref: Ref
    codes: Mapping[str, bytes]

    def string(self, text: str) -> bytes:
        """Return `text` as a string token in the font's codes."""
        return b"<" + b"".join(self.codes[c] for c in text).hex().upper().encode("ascii") + b">"


def embed(draft: ObjectDraft, face: FontFace, text: str, *, pdfa_part: int) -> Typeface:
    """Enter a font for the characters of `text` and return it.

    A simple font where WinAnsiEncoding has them all, which is smaller; else a composite one. The bytes are the same
    each time. CIDSet is written for PDF/A-1, which asks for it (ISO 19005-1 6.3.5), and left out in PDF/A-4, whose base
    deprecates it.
    """
    characters = sorted(set(text))
    if all(_in_winansi(c) for c in characters):
        return _simple(draft, face, characters)
    return _composite(draft, face, characters, cid_set=pdfa_part != 4)


def _in_winansi(character: str) -> bool:
    return character not in _NOT_ITSELF_IN_WINANSI and len(character.encode("cp1252", "ignore")) == 1


def _simple(draft: ObjectDraft, face: FontFace, characters: Sequence[str]) -> Typeface:
    codes = {c: c.encode("cp1252") for c in characters}
    widths = {codes[c][0]: round(face.width(c)) for c in characters}
    first, last = min(widths), max(widths)
    name, descriptor = _described(draft, face, program_of(face, glyph_order(face, characters), tuple(characters)))
    font: Dictionary = {
        "/Type": Name("/Font"),
        "/Subtype": Name("/TrueType"),
        "/BaseFont": name,
        "/Encoding": Name("/WinAnsiEncoding"),
        "/FirstChar": first,
        "/LastChar": last,
        "/Widths": [widths.get(code, 0) for code in range(first, last + 1)],
        "/FontDescriptor": draft.add({**descriptor, "/Flags": 32}),
        "/ToUnicode": draft.add_stream({}, _to_unicode(codes)),
    }
    return Typeface(ref=draft.add(font), codes=codes)


def _composite(draft: ObjectDraft, face: FontFace, characters: Sequence[str], *, cid_set: bool) -> Typeface:
    order = glyph_order(face, characters)
    codes = {c: order.index(face.glyph(c)).to_bytes(2, "big") for c in characters}
    name, descriptor = _described(draft, face, program_of(face, order, tuple(characters)))
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
        "/ToUnicode": draft.add_stream({}, _to_unicode(codes)),
    }
    return Typeface(ref=draft.add(font), codes=codes)


def _described(draft: ObjectDraft, face: FontFace, program: bytes) -> tuple[Name, Dictionary]:
    """Return the name with its subset tag (ISO 32000-2 9.9.2), taken from the bytes, and the font descriptor."""
    digest = hashlib.sha256(program).digest()
    name = Name("/" + "".join(chr(65 + byte % 26) for byte in digest[:6]) + "+" + face.name)
    return name, {
        "/Type": Name("/FontDescriptor"),
        "/FontName": name,
        "/FontBBox": [round(side) for side in face.box],
        "/ItalicAngle": 0,
        "/Ascent": round(face.ascent * face.per_unit),
        "/Descent": round(face.descent * face.per_unit),
        "/CapHeight": CAP_HEIGHT,
        "/StemV": STEM_WIDTH,
        "/FontFile2": draft.add_stream({"/Length1": len(program)}, program),
    }


def _to_unicode(codes: Mapping[str, bytes]) -> bytes:
    """Return the map from codes to Unicode for the codes that are used, and no other (ISO 32000-2 9.10.3)."""
    size = len(next(iter(codes.values())))
    entries = sorted((code, c) for c, code in codes.items())
    blocks = []
    for start in range(0, len(entries), 100):
        block = entries[start : start + 100]
        lines = "".join(f"<{code.hex()}> <{c.encode('utf-16-be').hex()}>\n" for code, c in block)
        blocks.append(f"{len(block)} beginbfchar\n{lines}endbfchar\n")
    return _TO_UNICODE.format(low="00" * size, high="ff" * size, blocks="".join(blocks)).encode("ascii")
