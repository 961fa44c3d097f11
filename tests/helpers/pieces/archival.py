"""What makes a tiny file archivable: an ICC profile, an embedded font, an XMP packet."""

import functools
import io
import struct
from pathlib import Path

import font_source_sans_pro
from fontTools import subset
from fontTools.ttLib import TTFont

from tests.helpers.pieces.file import Objects, Stream
from watermark.pdf.serialization import Name, Raw, Ref, Value

SHOWN = "".join(chr(code) for code in range(32, 127))
FONT_NAME = Name("/AAAAAA+SourceSansPro-Regular")

UA_SCHEMA = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


@functools.cache
def icc_profile() -> bytes:
    """An sRGB-like display profile of version 2.1: three primaries, one gamma."""

    def xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))

    gamma = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    name = b"tiny RGB\0"
    described = b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + bytes(4 + 4 + 2 + 1 + 67)
    tags = {
        b"desc": described + bytes(-len(described) % 4),
        b"cprt": b"text\0\0\0\0none\0\0\0\0",
        b"wtpt": xyz(0.9505, 1, 1.089),
        b"rXYZ": xyz(0.4361, 0.2225, 0.0139),
        b"gXYZ": xyz(0.3851, 0.7169, 0.0971),
        b"bXYZ": xyz(0.1431, 0.0606, 0.7141),
        b"rTRC": gamma,
        b"gTRC": gamma,
        b"bTRC": gamma,
    }
    table, body, start = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for tag, data in tags.items():
        table += tag + struct.pack(">II", start + len(body), len(data))
        body += data
    head = struct.pack(">I4sI4s4s4s6H4s", start + len(body), b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ",
                       2020, 1, 1, 0, 0, 0, b"acsp")  # fmt: skip
    head += bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + body


@functools.cache
def _subset() -> tuple[bytes, tuple[int, ...], dict[str, Value]]:
    path = Path(font_source_sans_pro.__file__).parent / "files" / "SourceSansPro-Regular.ttf"
    options = subset.Options(
        layout_features=[], name_IDs=[], hinting=False, notdef_outline=True, recalc_timestamp=False
    )
    options.drop_tables += ["GDEF", "GPOS", "GSUB", "DSIG", "BASE", "STAT"]
    font = TTFont(path, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=SHOWN)
    subsetter.subset(font)
    scale, cmap = 1000 / font["head"].unitsPerEm, font.getBestCmap()
    widths = tuple(round(font["hmtx"][cmap[ord(char)]][0] * scale) for char in SHOWN)
    box = [round(getattr(font["head"], side) * scale) for side in ("xMin", "yMin", "xMax", "yMax")]
    out = io.BytesIO()
    font.save(out, reorderTables=False)
    descriptor: dict[str, Value] = {
        "/Type": Name("/FontDescriptor"), "/FontName": FONT_NAME, "/Flags": 32, "/FontBBox": box, "/ItalicAngle": 0,
        "/Ascent": round(font["hhea"].ascent * scale), "/Descent": round(font["hhea"].descent * scale),
        "/CapHeight": 660, "/StemV": 80,
    }  # fmt: skip
    return out.getvalue(), widths, descriptor


def embedded_font(objects: Objects) -> Ref:
    program, widths, descriptor = _subset()
    file = objects.add(Stream({"/Length1": len(program)}, program, compress=True))
    chars = b"".join(b"<%02X> <%04X>\n" % (ord(char), ord(char)) for char in SHOWN)
    to_unicode = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering "
        b"(UCS) /Supplement 0>> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n1 begincodespacerange\n"
        b"<00> <FF>\nendcodespacerange\n%d beginbfchar\n%sendbfchar\nendcmap end end\n" % (len(SHOWN), chars)
    )
    return objects.add({
        "/Type": Name("/Font"), "/Subtype": Name("/TrueType"), "/BaseFont": FONT_NAME, "/FirstChar": 32,
        "/LastChar": 126, "/Widths": list(widths), "/Encoding": Name("/WinAnsiEncoding"),
        "/FontDescriptor": objects.add({**descriptor, "/FontFile2": file}),
        "/ToUnicode": objects.add(Stream({}, to_unicode, compress=True)),
    })  # fmt: skip


def output_intent(objects: Objects) -> dict[str, Value]:
    profile = objects.add(Stream({"/N": 3}, icc_profile(), compress=True))
    return {
        "/Type": Name("/OutputIntent"), "/S": Name("/GTS_PDFA1"), "/OutputConditionIdentifier": "tiny RGB",
        "/Info": "tiny RGB", "/DestOutputProfile": profile,
    }  # fmt: skip


def xmp_packet(title: str, *, pdfa: str | None = None, ua: bool = False, extra: str = "") -> bytes:
    """A packet that agrees with the document information that `build` writes."""
    levels = ""
    if pdfa:
        levels += f"<pdfaid:part>{pdfa[0]}</pdfaid:part><pdfaid:conformance>{pdfa[1].upper()}</pdfaid:conformance>"
    if ua:
        levels += "<pdfuaid:part>1</pdfuaid:part>"
        extra += UA_SCHEMA
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>2020-01-02T03:04:05Z</xmp:CreateDate><xmp:ModifyDate>2020-01-02T03:04:05Z</xmp:ModifyDate>
<pdf:Producer>tests</pdf:Producer>{levels}
</rdf:Description>{extra}</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()


def default_info(title: str) -> dict[str, Value]:
    moment = Raw(b"(D:20200102030405Z)")
    return {"/Title": title, "/Producer": "tests", "/CreationDate": moment, "/ModDate": moment}
