"""How the form with the edge line is written: its operators in their one order, and its one embedded font."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from pypdf.generic import DictionaryObject, StreamObject

from watermark.verification.pypdf_document import dictionary, items, resolved

Token: TypeAlias = bytes

ORDER = re.compile(rb"(?P<tag>BDC )?gs BT Tr Tc Tw Tz Ts cs sc Tf(?: Tm Tj){1,2} ET(?(tag) EMC)")
PLAIN = {b"Tr": b"0", b"Tc": b"0", b"Tw": b"0", b"Tz": b"100", b"Ts": b"0"}
"""Text state operators with the only operand that the line has: the default of each (ISO 32000-2 9.3)."""
LANGUAGE_TAG = re.compile(rb"/Span << /Lang \(([A-Za-z0-9-]{1,35})\) >>")
"""How the form says the language of its words, where the tag around the form does not."""
CODES = re.compile(rb"<(?:[0-9A-F]{2})*>")
UPRIGHT = (b"1", b"0", b"0", b"1")
SIMPLE_KEYS = frozenset(
    [
        "/Type",
        "/Subtype",
        "/BaseFont",
        "/Encoding",
        "/FirstChar",
        "/LastChar",
        "/Widths",
        "/FontDescriptor",
        "/ToUnicode",
    ]
)
COMPOSITE_KEYS = frozenset(["/Type", "/Subtype", "/BaseFont", "/Encoding", "/DescendantFonts", "/ToUnicode"])
DESCENDANT_KEYS = frozenset(
    ["/Type", "/Subtype", "/BaseFont", "/CIDSystemInfo", "/CIDToGIDMap", "/W", "/DW", "/FontDescriptor"]
)
DESCRIPTOR_KEYS = frozenset(
    [
        "/Type",
        "/FontName",
        "/FontBBox",
        "/ItalicAngle",
        "/Ascent",
        "/Descent",
        "/CapHeight",
        "/StemV",
        "/FontFile2",
        "/Flags",
        "/CIDSet",
    ]
)
OWN_FONT = "SourceSansPro-Regular"
OWN_METRICS = {
    "/FontBBox": [-454, -292, 2159, 968],
    "/ItalicAngle": 0,
    "/Ascent": 984,
    "/Descent": -273,
    "/CapHeight": 660,
    "/StemV": 80,
}
"""What the descriptor of the package's own font says."""
COLLECTION = {"/Registry": "Adobe", "/Ordering": "Identity", "/Supplement": "0"}
ALL_METRICS = {"/CapHeight": 660, "/StemV": 80}
"""What the descriptor of every font says."""
FLAGS = (4, 32)
"""Symbolic, or not (ISO 32000-2 9.8.2): nothing else is said of a font, such as that it is bold or hidden."""
CHARACTER_MAP = re.compile(
    rb"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    rb"/CIDSystemInfo<</Registry\(Adobe\)/Ordering\(UCS\)/Supplement 0>>def\n"
    rb"/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
    rb"1 begincodespacerange\n<(?:00)+> <(?:ff)+>\nendcodespacerange\n"
    rb"(?:\d{1,3} beginbfchar\n(?:<(?:[0-9a-f]{2}){1,2}> <(?:[0-9a-f]{4}){1,2}>\n){1,100}endbfchar\n)*"
    rb"endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n"
)
"""The map from codes to characters, as this tool writes it (ISO 32000-2 9.10.3)."""
_PAIR = re.compile(rb"<([0-9a-f]+)> <([0-9a-f]+)>\n(?!endcodespace)")
WHOLE_SUM = 0xB1B0AFBA
"""The sum of all 32-bit numbers of a font whose table `head` has the right checksum (OpenType 1.9, head)."""
PROGRAM_KEYS = frozenset({"/Length", "/Length1", "/Filter", "/DecodeParms"})


@dataclass(frozen=True, slots=True)
class Operation:
    """One operator with its operands."""

    operator: bytes
    operands: tuple[Token, ...]


def line_steps_differ(steps: tuple[Operation, ...]) -> Iterator[str]:
    """Yield what is drawn in another way than lines are."""
    if not ORDER.fullmatch(b" ".join(step.operator for step in steps)):
        yield "a line that is not written as lines are"
        return
    for step in steps:
        wanted = PLAIN.get(step.operator)
        if wanted is not None and step.operands != (wanted,):
            yield "text that is not seen" if step.operator == b"Tr" else "text that is spaced in a way of its own"
        if step.operator == b"BDC" and not LANGUAGE_TAG.fullmatch(b" ".join(step.operands)):
            yield "text with a tag that no marking writes"
        if step.operator == b"Tm" and (len(step.operands) != 6 or step.operands[:4] != UPRIGHT):
            yield "text with a matrix of its own"
        if step.operator == b"Tj" and not (len(step.operands) == 1 and CODES.fullmatch(step.operands[0])):
            yield "text that is not in the codes of its font"
        if step.operator == b"Tf" and (len(step.operands) != 2 or not step.operands[1].isdigit()):
            yield "text of no size"


def language_of(steps: tuple[Operation, ...]) -> str:
    """Return the language that the tag in the form gives, or "" where it gives none."""
    tags = (LANGUAGE_TAG.fullmatch(b" ".join(step.operands)) for step in steps if step.operator == b"BDC")
    return next((tag[1].decode() for tag in tags if tag), "")


def line_rows(steps: tuple[Operation, ...], bytes_a_code: int) -> tuple[tuple[tuple[int, float, float], ...], float]:
    """Return for each row how many codes it has and where it begins, and the font size."""
    rows, size, at = [], 1.0, (0.0, 0.0)
    for step in steps:
        if step.operator == b"Tf":
            size = max(float(step.operands[1]), 1.0)
        elif step.operator == b"Tm":
            at = float(step.operands[4]), float(step.operands[5])
        elif step.operator == b"Tj":
            digits = len(re.findall(rb"[0-9A-Fa-f]", step.operands[0]))
            rows.append((digits // (2 * bytes_a_code), *at))
    return tuple(rows), size


def font_differs(font: DictionaryObject) -> Iterator[str]:
    """Yield how a font is not one that this tool embeds: a TrueType program, with nothing that replaces a glyph."""
    if font.get("/Subtype") == "/Type0":
        descendants = items(font.get("/DescendantFonts"))
        below = dictionary(descendants[0]) if len(descendants) == 1 else DictionaryObject()
        yield from _keys_differ("a font", font, COMPOSITE_KEYS)
        yield from _keys_differ("a font", below, DESCENDANT_KEYS, frozenset({"/DW"}))
        is_plain = (
            font.get("/Encoding") == "/Identity-H"
            and below.get("/Subtype") == "/CIDFontType2"
            and below.get("/CIDToGIDMap") == "/Identity"
        )
    else:
        below = font
        yield from _keys_differ("a font", font, SIMPLE_KEYS)
        is_plain = font.get("/Subtype") == "/TrueType" and font.get("/Encoding") == "/WinAnsiEncoding"
    descriptor = dictionary(below.get("/FontDescriptor"))
    program = resolved(descriptor.get("/FontFile2"))
    yield from _keys_differ("a font descriptor", descriptor, DESCRIPTOR_KEYS, frozenset({"/CIDSet"}))
    if not is_plain or not isinstance(program, StreamObject):
        yield "a font that is not embedded as this tool embeds fonts"
        return
    yield from _keys_differ("a font program", program, PROGRAM_KEYS, PROGRAM_KEYS - {"/Length1"})
    if str(resolved(program.get("/Length1"))) != str(len(program.get_data())):
        yield "a font program of another length than it says"
    yield from checksums_differ(program.get_data())
    yield from font_parts_differ(font, below, descriptor)


def font_parts_differ(font: DictionaryObject, below: DictionaryObject, descriptor: DictionaryObject) -> Iterator[str]:
    """Yield where the character map, the measures or the list of glyphs of a font are not as this tool writes them."""
    characters = resolved(font.get("/ToUnicode"))
    if not isinstance(characters, StreamObject) or not CHARACTER_MAP.fullmatch(characters.get_data()):
        yield "a font whose characters are not mapped as this tool maps them"
    else:
        yield from codes_differ(characters.get_data(), is_winansi=font.get("/Encoding") == "/WinAnsiEncoding")
    yield from _types_differ(font, below, descriptor)
    yield from _widths_differ(font, characters)
    yield from _metrics_differ(below, descriptor)


def _types_differ(font: DictionaryObject, below: DictionaryObject, descriptor: DictionaryObject) -> Iterator[str]:
    """Yield which part of a font does not say what it is, or names another collection of characters."""
    if {font.get("/Type"), below.get("/Type")} != {"/Font"} or descriptor.get("/Type") != "/FontDescriptor":
        yield "a font or its descriptor of another type"
    collection = dictionary(below.get("/CIDSystemInfo"))
    if "/CIDSystemInfo" in below and {key: str(resolved(collection.get(key))) for key in collection} != COLLECTION:
        yield "a font for another collection of characters"


def _widths_differ(font: DictionaryObject, characters: object) -> Iterator[str]:
    """Yield that a simple font has widths of other codes than those of its characters."""
    if "/Widths" not in font or not isinstance(characters, StreamObject):
        return
    codes = {int(code, 16) for code, _ in _PAIR.findall(characters.get_data())}
    widths = [str(resolved(one)) for one in items(font.get("/Widths"))]
    first, last = (str(resolved(font.get(key))) for key in ("/FirstChar", "/LastChar"))
    is_whole = codes and (str(min(codes)), str(max(codes)), len(widths)) == (first, last, max(codes) - min(codes) + 1)
    if not is_whole or any(width != "0" and code not in codes for code, width in enumerate(widths, min(codes))):
        yield "a font with widths of characters that it does not have"


def codes_differ(characters: bytes, *, is_winansi: bool) -> Iterator[str]:
    """Yield where a code has two characters, or another one than its encoding gives it."""
    pairs = [(int(code, 16), value) for code, value in _PAIR.findall(characters)]
    if any(one >= other for (one, _), (other, _) in pairwise(pairs)):
        yield "a font whose character codes are not in order"
    for code, value in pairs if is_winansi else ():
        if bytes((code,)).decode("cp1252", "replace") != bytes.fromhex(value.decode("ascii")).decode(
            "utf-16-be", "replace"
        ):
            yield "a font that maps a code to another character than its encoding"
            return


def _metrics_differ(font: DictionaryObject, descriptor: DictionaryObject) -> Iterator[str]:
    """Yield where the package's own font says other measures of itself, or a list of glyphs that it has not."""
    name = str(descriptor.get("/FontName"))
    if name != str(font.get("/BaseFont")):
        yield "a font with two names"
    if descriptor.get("/Flags") not in FLAGS:
        yield "a font with other flags than a marking writes"
    measures = OWN_METRICS if name.partition("+")[2] == OWN_FONT else ALL_METRICS
    for key, expected in measures.items():
        found = [float(str(resolved(one))) for one in items(descriptor.get(key))] or descriptor.get(key)
        if found != expected:
            yield f"a font with another {key[1:]} than its own"
    glyphs = resolved(descriptor.get("/CIDSet"))
    if isinstance(glyphs, StreamObject):
        widths = items(items(font.get("/W"))[1]) if len(items(font.get("/W"))) > 1 else []
        bits = "1" * len(widths) + "0" * (-len(widths) % 8)
        if glyphs.get_data() != bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)):
            yield "a font with a list of other glyphs"


def _keys_differ(
    what: str, found: DictionaryObject, known: frozenset[str], optional: frozenset[str] = frozenset()
) -> Iterator[str]:
    """Yield which entries no marking writes, and which of those that it always writes are missing."""
    yield from (f"{what} with {key}" for key in sorted(found.keys() - known))
    yield from (f"{what} without {key}" for key in sorted(known - optional - found.keys()))


def checksums_differ(program: bytes) -> Iterator[str]:
    """Yield that a table of a TrueType font is not what its checksum says (OpenType 1.9, organization of a font)."""
    count = int.from_bytes(program[4:6], "big")
    for start in range(12, 12 + 16 * count, 16):
        tag, checksum, offset, length = (
            struct.unpack_from(">4s3I", program, start) if start + 16 <= len(program) else (b"", 0, 0, 0)
        )
        table = program[offset : offset + length]
        if tag == b"head":
            table = table[:8] + b"\0\0\0\0" + table[12:]
        if len(table) != length or _sum_of(table) != checksum:
            yield "a font program that is not what its checksums say"
            return
    if count and (_sum_of(program) != WHOLE_SUM):
        yield "a font program that is not what its checksums say"


def _sum_of(data: bytes) -> int:
    padded = data + b"\0" * (-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
