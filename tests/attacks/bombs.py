"""Files made to take all memory or all time, each a recipe of a kind; `blanks` and `flate` make them small."""

import struct
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from tests.helpers.build import build
from watermark.pdf.serialization import Raw

SQUARE = b"<</Type/Annot/Subtype/Square/Rect[0 0 9 9]>>"
TILE = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.001/YStep 0.001/Resources<<>>"
SHADED = (
    b"<</S<</ShadingType 1/ColorSpace/DeviceRGB/Domain[0 1 0 1]/Matrix[600 0 0 850 0 0]/Function 90 0 R>>>>"
)  # fmt: skip
CALCULATOR = b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]"
MESH = (
    b"/ShadingType 7/ColorSpace/DeviceRGB/BitsPerCoordinate 8/BitsPerComponent 8/BitsPerFlag 8"
    b"/Decode[0 600 0 850 0 1 0 1 0 1]"
)
TAGGED = {"/StructTreeRoot": Raw(b"90 0 R"), "/MarkInfo": Raw(b"<</Marked true>>")}
LEVELS = b"[" * 400 + b"]" * 400
PACKET = b"/Type/Metadata/Subtype/XML"
ENTITIES = b"<!DOCTYPE x [<!ENTITY a0 'ha'>%b]>" % b"".join(
    b"<!ENTITY a%d '%b'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
)
BIG = struct.pack(">IIIIIIII", 2_000_000_000, 2_000_000_000, 0, 0, 2_000_000_000, 2_000_000_000, 0, 0)
JPX = b"\xff\x4f\xff\x51" + struct.pack(">HH", 49, 0) + BIG + struct.pack(">H", 3) + b"\7\1\1" * 3
JPX_ENTRIES = b"/Type/XObject/Subtype/Image/Width 2000000000/Height 2000000000/Filter/JPXDecode"
JBIG2 = struct.pack(">IBBBIIIIIBH", 0, 48, 0, 1, 19, 2_000_000_000, 2_000_000_000, 0, 0, 0, 0)
JBIG2_ENTRIES = (
    b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode"
)
COMPOSITE = (
    b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 91 0 R/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType2/BaseFont/A/DW 500/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>>>]>>"
)
CHARACTERS = b"1 begincodespacerange <0000> <FFFF> endcodespacerange 100 beginbfrange %bendbfrange endcmap" % (
    b"<0000> <FFFF> <0000> " * 200_000
)
SIMPLE = b"<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 32/LastChar 33/Widths[500 500]/FontDescriptor 91 0 R>>"
DESCRIPTOR = (
    b"<</Type/FontDescriptor/FontName/A/Flags 32/FontBBox[0 0 1 1]/ItalicAngle 0/Ascent 1/Descent 0/CapHeight 1/StemV 1"
    b"/FontFile2 92 0 R>>"
)
TYPE_3 = (
    b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 91 0 R>>/FirstChar 97"
    b"/LastChar 97/Encoding<</Differences[97/a]>>/Widths[1]/Resources<</Font<</X 90 0 R>>>>>>"
)


def blanks(megabytes: int) -> bytes:
    """Return so many megabytes of blanks, deflated: one piece again and again, with the checksum of them all."""
    block, checksum = b" " * (1 << 20), 1
    packer = zlib.compressobj(9, wbits=-15)
    piece = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(megabytes):
        checksum = zlib.adler32(block, checksum)
    return b"\x78\xda" + piece * megabytes + b"\3\0" + checksum.to_bytes(4, "big")


def stream(entries: bytes, data: bytes) -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(data), data)


def flate(entries: bytes, packed: bytes) -> bytes:
    return stream(entries + b"/Filter/FlateDecode", packed)


def form(content: bytes, resources: bytes = b"") -> bytes:
    return stream(b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<<%b>>" % resources, content)


def picture(width: int, height: int) -> bytes:
    return b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceRGB" % (width, height)


def with_objects(data: bytes, objects: Mapping[int, bytes]) -> bytes:
    """Return a file with objects more, in a revision of its own."""
    out, places = bytearray(data), dict[int, int]()
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start, before = len(out), _last_section(data)
    out += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % one for one in places.items())
    out += b"trailer\n<</Size %d/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, before, start)
    return bytes(out)


def with_empty_revisions(data: bytes, count: int) -> bytes:
    out, before = bytearray(data), _last_section(data)
    for _ in range(count):
        start = len(out)
        out += b"xref\n0 0\ntrailer\n<</Size 90/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (before, start)
        before = start
    return bytes(out)


def in_an_object_stream(megabytes: int) -> bytes:
    """Return a file whose catalog is in an object stream that inflates to so much."""
    page_tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    members = b"1 0 2 40 ".ljust(100) + b"<</Type/Catalog/Pages 2 0 R>>".ljust(40) + page_tree
    packer = zlib.compressobj(9)
    packed = packer.compress(members)
    packed += b"".join(packer.compress(b" " * (1 << 20)) for _ in range(megabytes)) + packer.flush()
    bodies = {
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>",
        4: flate(b"/Type/ObjStm/N 2/First 100", packed),
    }
    out, rows = bytearray(b"%PDF-1.7\n"), b"\0" * 6 + b"".join(b"\2\0\0\0\4" + bytes([index]) for index in range(2))
    for number, body in bodies.items():
        rows += b"\1" + len(out).to_bytes(4, "big") + b"\0"
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    rows += b"\1" + start.to_bytes(4, "big") + b"\0"
    section = flate(b"/Type/XRef/Size 6/Root 1 0 R/W[1 4 1]", zlib.compress(rows))
    return bytes(out) + b"5 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (section, start)


def _last_section(data: bytes) -> int:
    return int(data.rsplit(b"startxref", 1)[1].split()[0])


def drawn(content: bytes = b"0 0 9 9 re f", **more: Any) -> bytes:  # noqa: ANN401 - the recipe knows the type of each
    return build(**{"content": content, "xmp": True, **more})


def led_to(category: bytes, content: bytes) -> bytes:
    """Return a file whose page has object 90 as the resource X."""
    return drawn(content, resource_entries={f"/{category.decode()}": Raw(b"<</X 90 0 R>>")})


def pictured(content: bytes = b"/X Do ") -> bytes:
    return led_to(b"XObject", b"q 500 0 0 500 0 0 cm " + content + b"Q")


def typed() -> bytes:
    return led_to(b"Font", b"BT /X 10 Tf 9 9 Td (aaaaaaaa) Tj ET")


def xmp(inner: bytes, before: bytes = b"") -> bytes:
    return (
        b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>%b<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf='
        b'"http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:q="urn:q"><q:x>%b</q:x>'
        b'</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ) % (before, inner)


def catalog(**entries: bytes) -> bytes:
    return drawn(catalog={f"/{key}": Raw(value) for key, value in entries.items()})


def lookup_profile() -> bytes:
    """Return an ICC profile for four inks whose only table claims 255 points a side: 12 GB of numbers."""
    table = b"mft2" + bytes(4) + bytes([4, 3, 255, 0]) + struct.pack(">9i", *((65536, 0, 0, 0) * 2 + (65536,)))
    table += struct.pack(">HH", 4096, 4096) + bytes(4000)
    tags = struct.pack(">I", 1) + b"A2B0" + struct.pack(">II", 144, len(table))
    head = struct.pack(">I4sI4s4s4s", 144 + len(table), b"lcms", 0x02400000, b"prtr", b"CMYK", b"Lab ")
    head += bytes(12) + b"acsp" + bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + tags + table


def with_rows_of_nothing(entries: bytes) -> bytes:
    """Return a file whose cross-reference stream lists two thousand million objects in no bytes at all."""
    data = drawn()
    out = data + b"90 0 obj\n" + flate(b"/Type/XRef/Root 1 0 R" + entries, zlib.compress(b"")) + b"\nendobj\n"
    return out + b"startxref\n%d\n%%%%EOF\n" % len(data)


def masked(content: bytes) -> bytes:
    return drawn(content, resource_entries={"/ExtGState": Raw(b"<</G 90 0 R>>"), "/Pattern": Raw(b"<</X 90 0 R>>")})


BOMBS: dict[str, Callable[[], bytes]] = {
    "content": lambda: drawn(blanks(600), content_entries={"/Filter": Raw(b"/FlateDecode")}),
    "content-twice": lambda: drawn(
        zlib.compress(blanks(2048), 9), content_entries={"/Filter": Raw(b"[/FlateDecode/FlateDecode]")}
    ),
    "form-in-itself": lambda: with_objects(pictured(), {90: form(b"/X Do /X Do", b"/XObject<</X 90 0 R>>")}),
    "forms-of-forms": lambda: with_objects(
        pictured(),
        {
            **{n: form(b"/X Do " * 10, b"/XObject<</X %d 0 R>>" % (n + 1)) for n in range(90, 100)},
            100: form(b"0 0 1 1 re f"),
        },
    ),
    "pages-of-pages": lambda: with_objects(
        drawn(),
        {
            2: b"<</Type/Pages/Kids[%b]/Count 10000000000>>" % (b"90 0 R " * 10),
            **{
                n: b"<</Type/Pages/Kids[%b]/Count 1>>" % (b"%d 0 R " % (n + 1 if n < 98 else 3) * 10)
                for n in range(90, 99)
            },
        },
    ),
    "dashes": lambda: drawn(b"[0.01 0.01] 0 d 1 w -1000000000 0 m 1000000000 842 l S"),
    "box": lambda: drawn(media_box=(0, 0, 1e9, 1e9)),
    "thin-box": lambda: drawn(media_box=(0, 0, 0.001, 1e8)),
    "links": lambda: with_objects(
        drawn(page_entries={"/Annots": Raw(b"[%b]" % (b"90 0 R " * 100_000))}),
        {90: b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://x.y/)>>>>"},
    ),
    "squares": lambda: drawn(page_entries={"/Annots": Raw(b"[%b]" % (SQUARE * 100_000))}),
    "pages-again": lambda: with_objects(drawn(), {2: b"<</Type/Pages/Kids[%b]/Count 50000>>" % (b"3 0 R " * 50_000)}),
    "pages-deep": lambda: with_objects(
        drawn(),
        {2: b"<</Type/Pages/Kids[90 0 R]/Count 1>>"}
        | {n: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 1 if n < 9999 else 3) for n in range(90, 10_000)},
    ),
    "objects": lambda: with_objects(drawn(), dict.fromkeys(range(90, 500_000), b"null")),
    "pattern": lambda: with_objects(
        led_to(b"Pattern", b"/Pattern cs /X scn 0 0 595 842 re f"), {90: stream(TILE, b"1 0 0 rg 0 0 .5 .5 re f")}
    ),
    "image": lambda: with_objects(pictured(), {90: flate(picture(30_000, 30_000), blanks(2575))}),
    "images": lambda: with_objects(pictured(b"/X Do " * 60), {90: flate(picture(6_000, 6_000), blanks(103))}),
    "function": lambda: with_objects(
        drawn(b"/S sh", resource_entries={"/Shading": Raw(SHADED)}),
        {90: stream(CALCULATOR, b"{%b pop pop 0 0 0}" % (b" 2 copy add sin sqrt cos exch pop dup" * 20_000))},
    ),
    "mesh": lambda: with_objects(
        led_to(b"Shading", b"/X sh"), {90: flate(MESH, zlib.compress(bytes(range(256)) * 60_000))}
    ),
    "outlines-in-a-circle": lambda: with_objects(
        catalog(Outlines=b"90 0 R"),
        {90: b"<</First 91 0 R/Last 91 0 R/Count 1>>", 91: b"<</Title(a)/Parent 90 0 R/First 91 0 R/Next 91 0 R>>"},
    ),
    "outlines-of-outlines": lambda: with_objects(
        catalog(Outlines=b"90 0 R"),
        {n: b"<</Title(a)/First %d 0 R/Next %d 0 R>>" % (n + 1, n + 1) for n in range(90, 120)},
    ),
    "outlines-deep": lambda: with_objects(
        catalog(Outlines=b"90 0 R"), {n: b"<</Title(a)/First %d 0 R>>" % (n + 1) for n in range(90, 30_000)}
    ),
    "name-tree": lambda: with_objects(
        catalog(Names=b"<</EmbeddedFiles 90 0 R>>"),
        {n: b"<</Kids[%b]>>" % (b"%d 0 R " % (n + 1) * 10) for n in range(90, 100)} | {100: b"<</Names[(a)4 0 R]>>"},
    ),
    "elements-deep": lambda: with_objects(
        drawn(catalog=TAGGED),
        {90: b"<</Type/StructTreeRoot/K 91 0 R>>"}
        | {n: b"<</S/P/P %d 0 R/K %d 0 R>>" % (n - 1, n + 1 if n < 29_999 else 91) for n in range(91, 30_000)},
    ),
    "elements-of-elements": lambda: with_objects(
        drawn(catalog=TAGGED),
        {90: b"<</Type/StructTreeRoot/K 91 0 R>>"}
        | {n: b"<</S/P/P %d 0 R/K[%b]>>" % (n - 1, b"%d 0 R " % (n + 1) * 10) for n in range(91, 120)},
    ),
    "parents-in-a-circle": lambda: with_objects(
        drawn(catalog=TAGGED),
        {
            90: b"<</Type/StructTreeRoot/K 91 0 R/ParentTree 92 0 R>>",
            91: b"<</S/P/P 90 0 R/K 91 0 R>>",
            92: b"<</Kids[92 0 R 92 0 R 92 0 R]>>",
        },
    ),
    "fields-in-a-circle": lambda: with_objects(
        catalog(AcroForm=b"<</Fields[90 0 R 90 0 R]>>"),
        {90: b"<</FT/Tx/T(a)/Kids[90 0 R 90 0 R 90 0 R]/Parent 90 0 R>>"},
    ),
    "layers": lambda: with_objects(
        catalog(OCProperties=b"<</OCGs[%b]/D<</Order%b>>>>" % (b"90 0 R " * 99_999, LEVELS)),
        {90: b"<</Type/OCG/Name(a)>>"},
    ),
    "labels": lambda: catalog(PageLabels=b"<</Nums[%b]>>" % b"".join(b"%d<</S/r>>" % n for n in range(99_999))),
    "packet": lambda: with_objects(
        with_objects(build(xmp=None), {90: flate(PACKET, blanks(600))}),
        {1: b"<</Type/Catalog/Pages 2 0 R/Metadata 90 0 R>>"},
    ),
    "packet-of-entities": lambda: build(xmp=xmp(b"&a11;", ENTITIES)),
    "packet-deep": lambda: build(xmp=xmp(b"<q:a>" * 99_999 + b"</q:a>" * 99_999)),
    "packet-of-properties": lambda: build(
        xmp=xmp(b"x</q:x>%b<q:x>" % b"".join(b"<q:a%d>x</q:a%d>" % (n, n) for n in range(99_999)))
    ),
    "predictor": lambda: drawn(
        zlib.compress(b"\2" + b" " * 1_000_000),
        content_entries={
            "/Filter": Raw(b"/FlateDecode"),
            "/DecodeParms": Raw(b"<</Predictor 12/Columns 2147483647/Colors 32/BitsPerComponent 16>>"),
        },
    ),
    "filters": lambda: drawn(
        zlib.compress(b" " * 1000), content_entries={"/Filter": Raw(b"[%b]" % (b"/FlateDecode" * 20_000))}
    ),
    "runs": lambda: drawn(
        zlib.compress(b"\x81 " * 8_000_000, 9), content_entries={"/Filter": Raw(b"[/FlateDecode/RunLengthDecode]")}
    ),
    "jpeg-2000": lambda: with_objects(pictured(), {90: stream(JPX_ENTRIES, JPX)}),
    "jbig2": lambda: with_objects(pictured(), {90: stream(JBIG2_ENTRIES, JBIG2)}),
    "profile": lambda: with_objects(
        drawn(b"/C cs .5 sc 0 0 9 9 re f", resource_entries={"/ColorSpace": Raw(b"<</C[/ICCBased 90 0 R]>>")}),
        {90: flate(b"/N 1", blanks(512))},
    ),
    "character-map": lambda: with_objects(typed(), {90: COMPOSITE, 91: flate(b"", zlib.compress(CHARACTERS, 9))}),
    "font-program": lambda: with_objects(
        typed(), {90: SIMPLE, 91: DESCRIPTOR, 92: flate(b"/Length1 536870912", blanks(512))}
    ),
    "type-3": lambda: with_objects(typed(), {90: TYPE_3, 91: stream(b"", b"1 0 d0 BT /X 1 Tf (aaaaaaaa) Tj ET")}),
    "inline-image": lambda: drawn(b"BI /W 60000 /H 60000 /BPC 8 /CS /RGB /F /Fl ID " + blanks(10) + b" EI"),
    "attached": lambda: with_objects(
        catalog(AF=b"[90 0 R]", Names=b"<</EmbeddedFiles<</Names[(a)90 0 R]>>>>"),
        {
            90: b"<</Type/Filespec/F(retraction.json)/UF(retraction.json)/AFRelationship/Data/EF<</F 91 0 R>>>>",
            91: flate(b"/Type/EmbeddedFile", blanks(1500)),
        },
    ),
    "actions-in-a-circle": lambda: with_objects(
        drawn(page_entries={"/Annots": Raw(b"[90 0 R]")}),
        {
            90: b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A 91 0 R>>",
            91: b"<</S/URI/URI(http://x)/Next[91 0 R 91 0 R 91 0 R]>>",
        },
    ),
    "references": lambda: with_objects(
        catalog(Outlines=b"90 0 R", Names=b"90 0 R"),
        {n: b"%d 0 R" % (n + 1 if n < 29_999 else 90) for n in range(90, 30_000)},
    ),
    "revisions": lambda: with_empty_revisions(drawn(), 20_000),
    "object-stream": lambda: in_an_object_stream(600),
    "lookup-profile": lambda: with_objects(
        drawn(b"/C cs .5 .5 .5 .5 sc 0 0 9 9 re f", resource_entries={"/ColorSpace": Raw(b"<</C[/ICCBased 90 0 R]>>")}),
        {90: flate(b"/N 4", zlib.compress(lookup_profile()))},
    ),
    "output-intent": lambda: with_objects(
        catalog(OutputIntents=b"[<</S/GTS_PDFA1/OutputConditionIdentifier(a)/DestOutputProfile 90 0 R>>]"),
        {90: flate(b"/N 4", blanks(900))},
    ),
    "rows-of-nothing": lambda: with_rows_of_nothing(b"/Size 2147483647/W[0 0 0]/Index[0 2147483647]"),
    "rows-again": lambda: with_rows_of_nothing(b"/Size 8000000/W[0 0 0]/Index[%b]" % (b"0 8000000 " * 5_000)),
    "masks-of-masks": lambda: with_objects(
        masked(b"/G gs 0 0 595 842 re f"),
        {
            n: b"<</SMask<</S/Luminosity/G %d 0 R>>>>" % (n + 1)
            if n % 2 == 0
            else stream(
                b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Group<</S/Transparency/CS/DeviceGray>>"
                b"/Resources<</ExtGState<</G %d 0 R>>>>" % (n + 1),
                b"/G gs 0 0 595 842 re f " * 9,
            )
            for n in range(90, 120)
        }
        | {120: b"<<>>"},
    ),
    "patterns-of-patterns": lambda: with_objects(
        masked(b"/Pattern cs /X scn 0 0 595 842 re f"),
        {
            n: stream(
                b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 99 99]/XStep 1/YStep 1"
                b"/Resources<</Pattern<</X %d 0 R>>>>" % (n + 1),
                b"/Pattern cs /X scn 0 0 99 99 re f",
            )
            for n in range(90, 100)
        }
        | {100: stream(TILE, b"0 0 1 1 re f")},
    ),
    "contents-again": lambda: with_objects(
        drawn(content_entries={}, page_entries={"/X": 1}),
        {
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents[%b]>>" % (b"90 0 R " * 200_000),
            90: flate(b"", zlib.compress(b"0 0 1 1 re f " * 20_000)),
        },
    ),
    "letters": lambda: with_objects(
        led_to(b"Font", b"BT /X 1 Tf 9 9 Td " + b"1 0 Td (a) Tj " * 700_000 + b"ET"),
        {90: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"},
    ),
    "samples": lambda: with_objects(
        drawn(b"/S sh", resource_entries={"/Shading": Raw(SHADED)}),
        {90: stream(b"/FunctionType 0/Domain[0 1]/Range[0 1 0 1 0 1]/Size[2147483647]/BitsPerSample 32", b"\0" * 99)},
    ),
    "lzw": lambda: drawn(
        zlib.compress(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01" * 900_000, 9),
        content_entries={"/Filter": Raw(b"[/FlateDecode/LZWDecode]")},
    ),
    "widths": lambda: with_objects(
        typed(),
        {
            90: COMPOSITE.replace(b"/DW 500", b"/DW 500/W[%b]" % (b"0 65535 500 " * 100_000)),
            91: stream(b"", b"begincmap endcmap"),
        },
    ),
    "streams-that-extend": lambda: with_objects(
        drawn(), {n: flate(b"/Type/ObjStm/N 0/First 0/Extends %d 0 R" % (n ^ 1), b"") for n in range(90, 92)}
    ),
    "beads": lambda: with_objects(
        catalog(Threads=b"[90 0 R]"),
        {90: b"<</F 91 0 R>>"} | {n: b"<</T 90 0 R/N %d 0 R/V %d 0 R/P 3 0 R>>" % (n ^ 1, n ^ 1) for n in (92, 91)},
    ),
    "names-deep": lambda: with_objects(
        catalog(Dests=b"90 0 R", Names=b"<</Dests 91 0 R>>"),
        {90: b"<<%b>>" % b"".join(b"/a%d[3 0 R/Fit]" % n for n in range(99_999))}
        | {n: b"<</Kids[%d 0 R]>>" % (n + 1 if n < 29_999 else 91) for n in range(91, 30_000)},
    ),
    "clips": lambda: drawn(b"".join(b"%d 0 m 595 %d l 0 842 l h W n " % (n % 595, n % 842) for n in range(200_000))),
}
