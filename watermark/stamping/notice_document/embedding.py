"""A cut-down font as the objects of a PDF: a composite font with two-byte codes (ISO 32000-2 9.7)."""

import zlib
from functools import lru_cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from watermark.stamping.notice_document.fonts import FontFace

MAX_BLOCK_LENGTH = 100
SYMBOLIC = 4

_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
%s
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def embedded(pdf: pikepdf.Pdf, face: FontFace) -> Dictionary:
    """Enter the font and return its dictionary.

    It has the CIDSet that PDF/A-1 asks for and that parts 2 and 3 allow when it is complete (ISO 19005-2 6.2.11.4.2).
    """
    count = len(face.advances)
    bits = (1 << count) - 1 << (-count % 8)
    program = deflated(pdf, face.program)
    program.Length1 = _packed(face.program)[1]
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/" + face.name),
        Flags=SYMBOLIC,
        FontBBox=Array(face.box),
        ItalicAngle=0,
        Ascent=face.ascent,
        Descent=face.descent,
        CapHeight=face.cap_height,
        StemV=140 if face.bold else 80,
        FontFile2=program,
        CIDSet=Stream(pdf, bits.to_bytes((count + 7) // 8, "big")),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/" + face.name),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        CIDToGIDMap=Name.Identity,
        W=Array([0, Array([round(advance * 1000) for advance in face.advances])]),
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/" + face.name),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=deflated(pdf, _to_unicode(face)),
    )
    return pdf.make_indirect(font)


def deflated(pdf: pikepdf.Pdf, data: bytes) -> Stream:
    """Enter a stream of `data`, with a newline after it when it would end in CR once it is deflated.

    Some readers take such a CR for a part of the line end that follows. It is the last byte of a sum over all bytes, so
    another level of compression would not change it.
    """
    return Stream(pdf, _packed(data)[0], Filter=Name.FlateDecode)


@lru_cache(maxsize=16)
def _packed(data: bytes) -> tuple[bytes, int]:
    """Return data deflated, and the length that they have inside; fonts are the same in one notice after the other."""
    packed = zlib.compress(data, 9)
    if not packed.endswith(b"\r"):
        return packed, len(data)
    return zlib.compress(data + b"\n", 9), len(data) + 1


def _to_unicode(face: FontFace) -> bytes:
    characters: dict[int, str] = {}
    for character, glyph in sorted(face.glyphs.items()):
        characters.setdefault(glyph, character)
    lines = [
        f"<{glyph:04X}> <{characters[glyph].encode('utf-16-be').hex().upper()}>".encode("ascii")
        for glyph in sorted(characters)
    ]
    blocks = [lines[start : start + MAX_BLOCK_LENGTH] for start in range(0, len(lines), MAX_BLOCK_LENGTH)]
    return _TO_UNICODE % b"\n".join(
        b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks
    )
