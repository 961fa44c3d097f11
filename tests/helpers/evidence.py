"""A marked copy made by hand, object by object, so that each promise can be broken one at a time and sealed again."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from watermark.notice import State
from watermark.pdf.fonts.embedding import _to_unicode, glyph_order, program_of
from watermark.pdf.fonts.face import TEXT as TEXT_FONT
from watermark.pdf.fonts.face import own_face
from watermark.pdf.serialization import tokens
from watermark.receipt import AttachedFile, Receipt
from watermark.stamping.mark.outlines import letters

LINE = "Retracted 2024-05-01. Notice: https://doi.org/10.5555/notice"
LINK = "https://doi.org/10.5555/notice"
MOMENT = "2026-01-02T03:04:05Z"
NOTICE = b"The notice as it was given.\n"
TITLE = "Paper strips and their folds"
TEXT = "Paper strips were folded and let go in turn and the angle was read each time"
BLACK_BOX = "0 g 250 380 40 40 re f"

CATALOG, PAGES, FONT, INFO, METADATA, NAMES, THEIR_FILE, THEIR_SPEC, ANNOTS, THEIR_LINK = range(1, 11)
FIRST_PAGE = 11
"""The objects of the original: pages are 11, 13, 15 and their contents 12, 14, 16."""

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    ' xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" xmlns:cito="http://purl.org/spar/cito/"'
    ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
    ' xmlns:rwm="https://purl.org/retraction-watermark/ns/1.0/"'
)


def stream(dictionary: str, data: bytes) -> bytes:
    return b"<<%b/Length %d>>stream\n%b\r\nendstream" % (dictionary.encode(), len(data), data)


def xmp(title: str, more: str) -> bytes:
    packet = (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {RDF}><rdf:Description rdf:about="" {NAMESPACES}>'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        f"<prism:doi>10.5555/article</prism:doi>{more}</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    return f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n{packet}\n<?xpacket end="w"?>'.encode()


def text_of_page(page_number: int) -> bytes:
    lines = " ".join(f"1 0 0 1 60 {740 - 14 * n} Tm ({TEXT} {page_number} {n}) Tj" for n in range(46))
    return f"{BLACK_BOX} BT /F1 10 Tf {lines} ET".encode()


def original_objects(*, pages: int = 3, rotate: int = 0, said: str = "") -> dict[int, bytes]:
    numbers = [FIRST_PAGE + 2 * n for n in range(pages)]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = {
        CATALOG: b"<</Type/Catalog/Pages 2 0 R/Metadata 5 0 R/Names 6 0 R/Lang(en)>>",
        PAGES: f"<</Type/Pages/Kids[{kids}]/Count {pages}/MediaBox[0 0 595 842]>>".encode(),
        FONT: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        INFO: f"<</Title({TITLE})/Author(A. Author)/ModDate(D:20200101000000Z)>>".encode(),
        METADATA: stream(
            "/Type/Metadata/Subtype/XML", xmp(TITLE, f"<xmp:ModifyDate>2020-01-01</xmp:ModifyDate>{said}")
        ),
        NAMES: b"<</EmbeddedFiles<</Names[(data.csv)8 0 R]>>>>",
        THEIR_FILE: stream("/Type/EmbeddedFile", b"a,b\n1,2\n"),
        THEIR_SPEC: b"<</Type/Filespec/F(data.csv)/UF(data.csv)/EF<</F 7 0 R>>>>",
        ANNOTS: b"[10 0 R]",
        THEIR_LINK: b"<</Type/Annot/Subtype/Link/Rect[60 60 200 74]/Border[0 0 0]/A<</S/URI/URI(https://doi.org/10.1/x)>>>>",
    }
    for page_number, number in enumerate(numbers, 1):
        annots = "/Annots 9 0 R" if page_number == 1 else ""
        turned = f"/Rotate {rotate}" if rotate else ""
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>>>/Contents {number + 1} 0 R{annots}{turned}>>"
        ).encode()
        objects[number + 1] = stream("", text_of_page(page_number))
    return objects


def original(*, pages: int = 3, rotate: int = 0, said: str = "") -> bytes:
    objects = original_objects(pages=pages, rotate=rotate, said=said)
    trailer = f"/Size {max(objects) + 1}/Root 1 0 R/Info 4 0 R/ID[<{'11' * 16}><{'22' * 16}>]"
    return revision(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", objects, trailer)


def revision(before: bytes, objects: dict[int, bytes], trailer: str) -> bytes:
    """Return `before` with one classic revision after it."""
    out = bytearray(before)
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += f"trailer\n<<{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


WORD = letters("Retracted")
LINK_TEXT = "Retraction notice"
LETTERS = re.sub(
    r"-?\d+",
    lambda found: tokens(round(int(found[0]) * 900 / WORD.width, 3)).decode(),
    " ".join(WORD.path.decode().split()),
)
"""The outlines of the word, 900 units wide."""
MATRIX = b".4124 .2126 .0193 .3576 .7152 .1192 .1805 .0722 .9505"
DIAGONAL = (0.35, 0.49, -0.49, 0.35, 297.5, 421.0)


@dataclass
class Parts:
    """What a copy is made of; a test alters what it likes before `sealed`."""

    before: bytes
    pages: int
    objects: dict[int, bytes] = field(default_factory=dict)
    receipt: dict[str, Any] = field(default_factory=dict)
    title: str = f"RETRACTED: {TITLE}"
    matrix: tuple[float, ...] = DIAGONAL
    fill: str = "f*"
    alpha: float = 0.22
    over: str = ""
    width: float = 2.0
    line: str = LINE
    annots: dict[int, str] = field(default_factory=dict)
    unmarked: tuple[int, ...] = ()
    trailer: str = ""
    said: str = ""
    files: tuple[AttachedFile, ...] = ()
    next_number: int = 0

    def add(self, body: bytes) -> int:
        self.next_number += 1
        self.objects[self.next_number] = body
        return self.next_number

    def content_number(self, page_number: int) -> int:
        return FIRST_PAGE + 2 * (page_number - 1) + 1


Alter = Callable[[Parts], None]


def unchanged(_: Parts) -> None:
    """Leave the parts as they are."""


def made(before: bytes, *, pages: int = 3, alter: Alter = unchanged, finish: Alter = unchanged) -> bytes:
    """Return a conforming copy of `before`, or one that `alter` or, when all is drafted, `finish` has damaged.

    The digests are right in either case.
    """
    size = int(re.findall(rb"/Size (\d+)", before)[-1])
    parts = Parts(before=before, pages=pages, next_number=size - 1)
    parts.files = (
        AttachedFile(
            kind="notice", name="notice.md", sha256=hashlib.sha256(NOTICE).hexdigest(), size_bytes=len(NOTICE)
        ),
    )
    alter(parts)
    _attach(parts)
    _mark(parts)
    _describe(parts)
    finish(parts)
    return sealed(parts)


def sealed(parts: Parts) -> bytes:
    previous = re.findall(rb"startxref\s+(\d+)", parts.before)[-1].decode()
    size = max(parts.objects) + 1
    trailer = f"/Size {size}/Root 1 0 R/Info 4 0 R/Prev {previous}/ID[<{'11' * 16}><{'0' * 64}>]{parts.trailer}"
    return resealed(revision(parts.before, parts.objects, trailer))


def resealed(copy: bytes) -> bytes:
    """Return a copy with the digest in its last trailer made right."""
    place = [match.start(1) for match in re.finditer(rb"/ID\[<[0-9a-f]+><([0-9a-f]{64})>", copy)][-1]
    blank = copy[:place] + b"0" * 64 + copy[place + 64 :]
    return copy[:place] + hashlib.sha256(blank).hexdigest().encode() + copy[place + 64 :]


OPAQUE = "<</Type/ExtGState/ca 1/CA 1/BM/Normal/SMask/None>>"


def line_words(line: str) -> str:
    """Return the operators that draw a line, as this tool writes them."""
    return (
        "/RetractionState gs BT 0 Tr 0 Tc 0 Tw 100 Tz 0 Ts /RetractionRGB cs 0.75 0.1 0.1 sc /RetractionFont 8 Tf"
        f" 1 0 0 1 0 0 Tm <{line.encode('cp1252').hex().upper()}> Tj ET"
    )


def embedded_font(parts: Parts) -> int:
    """Enter the font of the line, with the letters that lines have, and return its number."""
    face, characters = own_face(TEXT_FONT), tuple(map(chr, range(32, 127)))
    program = program_of(face, glyph_order(face, map(face.glyph, characters)), characters)
    widths = " ".join(str(round(face.width(one))) for one in characters)
    file = parts.add(stream(f"/Length1 {len(program)}", program))
    name = "AAAAAA+SourceSansPro-Regular"
    mapped = parts.add(stream("", _to_unicode({bytes([code]): chr(code) for code in range(32, 127)})))
    descriptor = parts.add(
        f"<</Type/FontDescriptor/FontName/{name}/FontBBox[-454 -292 2159 968]/ItalicAngle 0/Ascent 984/Descent -273"
        f"/CapHeight 660/StemV 80/FontFile2 {file} 0 R/Flags 32>>".encode()
    )
    return parts.add(
        f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 126"
        f"/Widths[{widths}]/FontDescriptor {descriptor} 0 R/ToUnicode {mapped} 0 R>>".encode()
    )


def _attach(parts: Parts) -> None:
    checksum = hashlib.md5(NOTICE, usedforsecurity=False).hexdigest()
    times = "/CreationDate(D:20260102030405Z)/ModDate(D:20260102030405Z)"
    parameters = f"/Params<</Size {len(NOTICE)}{times}/CheckSum<{checksum}>>>"
    embedded = parts.add(stream(f"/Type/EmbeddedFile/Subtype/text#2fmarkdown{parameters}", NOTICE))
    spec = parts.add(
        f"<</Type/Filespec/F(notice.md)/UF(notice.md)/AFRelationship/Supplement"
        "/Desc(Retraction notice as the publisher gave it)"
        f"/EF<</F {embedded} 0 R/UF {embedded} 0 R>>>>".encode()
    )
    parts.objects[NAMES] = f"<</EmbeddedFiles<</Names[(data.csv)8 0 R(notice.md){spec} 0 R]>>>>".encode()
    parts.objects[CATALOG] = (
        f"<</Type/Catalog/Pages 2 0 R/Metadata 5 0 R/Names 6 0 R/Lang(en)/AF[{spec} 0 R]>>".encode()
    )


def _mark(parts: Parts) -> None:
    colour = parts.add(b"[/CalRGB<</WhitePoint[.9505 1 1.089]/Gamma[2.2 2.2 2.2]/Matrix[" + MATRIX + b"]>>]")
    state = f"/ExtGState<</RetractionAlpha<</Type/ExtGState/ca {parts.alpha}/CA {parts.alpha}/BM/Normal/SMask/None>>>>"
    spaces = f"/ColorSpace<</RetractionRGB {colour} 0 R>>"
    red = "/RetractionRGB cs 0.75 0.1 0.1 sc /RetractionRGB CS 0.75 0.1 0.1 SC"
    paint = f"/RetractionAlpha gs {red} {LETTERS} {parts.fill}"
    box = "/Type/XObject/Subtype/Form/BBox[-500 -150 500 150]"
    mark = parts.add(stream(f"{box}/Resources<<{spaces}{state}>>", paint.encode()))
    words = line_words(parts.line)
    reach = sum(map(own_face(TEXT_FONT).width, parts.line)) * 8 / 1000 + 1
    fonts = f"/Font<</RetractionFont {embedded_font(parts)} 0 R>>/ExtGState<</RetractionState {OPAQUE}>>"
    line = parts.add(
        stream(f"/Type/XObject/Subtype/Form/BBox[-1 -2.8 {reach:.1f} 6.9]/Resources<<{spaces}{fonts}>>", words.encode())
    )
    opening = parts.add(stream("", b"q\n"))
    numbers = " ".join(f"{value:g}" for value in parts.matrix)
    closing = parts.add(
        stream(
            "",
            f"\nQ\n/Artifact<</Type/Pagination/Subtype/Watermark>>BDC"
            f" q {numbers} cm {parts.width:g} w /RetractionMark Do Q EMC\n"
            f"/Artifact<</Type/Pagination/Subtype/Header/Lang(en)>>BDC q 1 0 0 1 190 815 cm /RetractionLine Do Q EMC"
            f"{parts.over}".encode(),
        )
    )
    for page_number in range(1, parts.pages + 1):
        number = FIRST_PAGE + 2 * (page_number - 1)
        if page_number in parts.unmarked:
            continue
        link = parts.add(
            f"<</Type/Annot/Subtype/Link/Rect[190 812 {190 + reach:.0f} 824]/F 4/Border[0 0 0]/P {number} 0 R"
            f"/Contents({LINK_TEXT})/A<</Type/Action/S/URI/URI({LINK})>>>>".encode()
        )
        annots = parts.annots.get(page_number, "{theirs}{link} 0 R").format(
            theirs="10 0 R " if page_number == 1 else "", link=link
        )
        rotate = re.search(rb"/Rotate \d+", parts.before)
        parts.objects[number] = (
            f"<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>"
            f"/XObject<</RetractionMark {mark} 0 R/RetractionLine {line} 0 R>>>>"
            f"/Contents[{opening} 0 R {number + 1} 0 R {closing} 0 R]/Annots[{annots}]"
            f"{rotate.group().decode() if rotate else ''}>>"
        ).encode()


def _describe(parts: Parts) -> None:
    values: dict[str, Any] = {
        "tool": "watermark 0.1.0",
        "marked_at": MOMENT,
        "original_sha256": hashlib.sha256(parts.before).hexdigest(),
        "original_size_bytes": len(parts.before),
        "page_count": parts.pages,
        "state": State.RETRACTION,
        "notice_digest": "0" * 64,
        "notice_link": LINK,
        "article_doi": "10.5555/article",
        "mark_text": "Retracted",
        "line_text": LINE,
        "line_link": LINK,
        "opacity": 0.22,
        "match": "match",
        "match_evidence": ["XMP prism:doi is 10.5555/article, the DOI in the notice"],
        "despite": [],
        "files": [
            {name: getattr(item, name) for name in ("kind", "name", "sha256", "size_bytes")} for item in parts.files
        ],
        **parts.receipt,
    }
    receipt = Receipt.from_json(json.dumps(values))
    said = "".join(f"<rwm:{name}>{escape(value)}</rwm:{name}>" for name, value in receipt.properties().items())
    more = (
        f"<xmp:ModifyDate>{MOMENT}</xmp:ModifyDate><xmp:MetadataDate>{MOMENT}</xmp:MetadataDate>"
        f"<cito:isRetractedBy>{LINK}</cito:isRetractedBy>{said}"
        f"<rwm:Receipt>{escape(receipt.to_json())}</rwm:Receipt>{parts.said}"
    )
    parts.objects[METADATA] = stream("/Type/Metadata/Subtype/XML", xmp(parts.title, more))
    parts.objects[INFO] = f"<</Title(RETRACTED: {TITLE})/Author(A. Author)/ModDate(D:20260102030405Z)>>".encode()


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
