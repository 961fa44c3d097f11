"""Bombs that are no articles: notices, lists, fonts, keys, profiles, configurations, ledgers, records.

Each recipe writes its file into a folder, and returns the commands that read it.
"""

import io
import pkgutil
import sqlite3
import struct
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphComponent

from tests.helpers.build import build
from watermark.batch.ledger.columns import declared
from watermark.batch.ledger.connection import APPLICATION, VERSION
from watermark.pdf.fonts.face import TEXT

Calls = dict[str, list[list[object]]]

NOTICE = "# An article [Retraction]\n\nThe article https://doi.org/10.5555/article has been retracted.\n"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKED = "http://schemas.openxmlformats.org/package/2006/relationships"
MEGABYTE = b" " * (1 << 20)


def packed(parts: dict[str, bytes | int]) -> bytes:
    """Return a ZIP file of these parts. A part that is a number has so many megabytes of blanks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            with archive.open(name, "w") as file:
                for chunk in [part] if isinstance(part, bytes) else [MEGABYTE] * part:
                    file.write(chunk)
    return out.getvalue()


def word(document: bytes | int) -> bytes:
    kinds = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    relations = f'<Relationships xmlns="{PACKED}"><Relationship Id="a" Type="{RELATED}/officeDocument" '
    relations += 'Target="word/document.xml"/></Relationships>'
    parts = {"[Content_Types].xml": kinds, "_rels/.rels": relations.encode(), "word/document.xml": document}
    return packed(parts)


def word_of(text: str) -> bytes:
    return word(f"<w:document {WORD}><w:body>{text}</w:body></w:document>".encode())


def workbook(sheet: bytes | int, strings: bytes = b"") -> bytes:
    kinds = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName='
        '"/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/sharedStrings.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    book = f'<workbook {SHEET} xmlns:r="{RELATED}"><sheets><sheet name="a" sheetId="1" r:id="a"/></sheets></workbook>'
    first = f'<Relationships xmlns="{PACKED}"><Relationship Id="a" Type="{RELATED}/officeDocument" Target='
    second = f'<Relationships xmlns="{PACKED}"><Relationship Id="a" Type="{RELATED}/worksheet" Target='
    return packed({
        "[Content_Types].xml": kinds.encode(),
        "_rels/.rels": f'{first}"xl/workbook.xml"/></Relationships>'.encode(),
        "xl/workbook.xml": book.encode(),
        "xl/_rels/workbook.xml.rels": f'{second}"worksheets/a.xml"/></Relationships>'.encode(),
        "xl/worksheets/a.xml": sheet,
        "xl/sharedStrings.xml": strings or f"<sst {SHEET}/>".encode(),
    })  # fmt: skip


def rows(inner: str) -> bytes:
    return f"<worksheet {SHEET}><sheetData>{inner}</sheetData></worksheet>".encode()


def article(folder: Path) -> Path:
    """Write a harmless article into the folder of the articles, which the outputs have to be outside of."""
    path = folder / "articles" / "article.pdf"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(build(text="Words of an article.", xmp=True))
    return path


def batch(folder: Path, listed: Path, *options: str) -> list[object]:
    places = ("--articles", folder / "articles", "--notices", folder, "--out", folder / "out")
    return ["batch", listed, *places, "--jobs", "1", *options]


def notice_bomb(name: str, data: Callable[[], bytes]) -> Callable[[Path], Calls]:
    """Return a recipe for a hostile notice, with each command that reads one."""

    def calls(folder: Path) -> Calls:
        notice, pdf = folder / name, article(folder)
        notice.write_bytes(data())
        (folder / "manifest.csv").write_text(f"article,notice,force_match\narticle.pdf,{name},a test\n")
        (folder / "honest.md").write_text(NOTICE)
        copy = folder / "copy.pdf"
        marked = ["stamp", pdf, "--notice", folder / "honest.md", "--force-match", "a test", "-o", copy]
        given = ("--notice", notice, "--force-match", "a test")
        return {
            "notice": [["notice", notice]],
            "stamp": [["stamp", pdf, *given, "-o", folder / "other.pdf"]],
            "preview": [["preview", pdf, *given, "-o", folder / "page.png"]],
            "batch": [batch(folder, folder / "manifest.csv")],
            "report": [["report", folder / "out", "-o", folder / "report.html"]],
            "verify --notice": [marked, ["verify", copy, "--notice", notice]],
            "restore --notice": [["restore", copy, "--notice", notice, "-o", folder / "restored.pdf"]],
        }

    return calls


def list_bomb(name: str, data: Callable[[], bytes]) -> Callable[[Path], Calls]:
    """Return a recipe for a hostile list of retractions or manifest, with each command that reads one."""

    def calls(folder: Path) -> Calls:
        listed, pdf = folder / name, article(folder)
        listed.write_bytes(data())
        return {
            "check --retractions": [["check", pdf, "--retractions", listed]],
            "mark-retracted": [["mark-retracted", pdf, "--retractions", listed]],
            "hook": [["retracted-are-marked", "--retractions", listed, pdf]],
            "batch": [batch(folder, listed)],
        }

    return calls


def stamp_bomb(*options: str, **files: Callable[[], bytes]) -> Callable[[Path], Calls]:
    """Return a recipe for hostile files that a marking is given; `options` name them."""

    def calls(folder: Path) -> Calls:
        for name, data in files.items():
            (folder / name.replace("_", ".")).write_bytes(data())
        (folder / "notice.md").write_text(NOTICE)
        copy, given = folder / "copy.pdf", ("--notice", folder / "notice.md", "--force-match", "a test")
        pdf = article(folder)
        (folder / "manifest.csv").write_text("article,notice,force_match\narticle.pdf,notice.md,a test\n")
        (folder / "list.csv").write_text("doi,state,date\n10.5555/article,retraction,2024-05-01\n")
        found: Calls = {"stamp": [["stamp", pdf, *given, "-o", copy, *options]]}
        found["batch"] = [batch(folder, folder / "manifest.csv", *options)]
        found["verify"] = [["stamp", pdf, *given, "-o", copy], ["verify", copy]]
        if "--font" in options:
            found["verify"] = [["stamp", pdf, *given, "-o", copy], ["verify", copy, *options]]
        found["check"] = [["check", pdf, "--retractions", folder / "list.csv"]]
        return found

    return calls


def own_bytes() -> bytes:
    data = pkgutil.get_data("font_source_sans_pro", f"files/{TEXT}")
    assert data is not None
    return data


def font(change: Callable[[TTFont], None]) -> bytes:
    made = TTFont(io.BytesIO(own_bytes()), recalcBBoxes=False)
    change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def composed_of_each_other(made: TTFont) -> None:
    """Let the glyphs of a font be composed of the next one ten times, as deep as there are letters."""
    letters = [made.getBestCmap()[ord(one)] for one in "RetractdByhinofsul"]
    table = made["glyf"]
    for one, following in pairwise(letters):
        glyph = table[one]
        glyph.numberOfContours, glyph.components = -1, []
        for _ in range(30):
            part = GlyphComponent()
            part.glyphName, part.x, part.y, part.flags = following, 1, 1, 4
            glyph.components.append(part)


def with_table(tag: str, data: bytes) -> Callable[[], bytes]:
    """Return a font in which one table has these bytes, though its own checks would not write them."""

    def made() -> bytes:
        whole = own_bytes()
        count = struct.unpack(">H", whole[4:6])[0]
        for index in range(count):
            at = 12 + 16 * index
            if whole[at : at + 4].decode() == tag:
                return whole[: at + 8] + struct.pack(">II", len(whole), len(data)) + whole[at + 16 :] + data
        raise ValueError(tag)

    return made


def character_groups() -> bytes:
    groups = struct.pack(">III", 0, 0x10FFFF, 1) * 2_000
    table = struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, 2_000) + groups
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + table


def key_of_many_rounds() -> bytes:
    """Return a PKCS#12 file that says that its password is hashed two thousand million times."""
    pytest.importorskip("pyhanko", reason="the extra seal is not installed")
    from asn1crypto import pkcs12  # noqa: PLC0415 - an extra

    from tests.helpers.certificates import self_signed  # noqa: PLC0415 - an extra

    with tempfile.TemporaryDirectory() as folder:
        made = pkcs12.Pfx.load(self_signed().save(Path(folder, "key.p12"), password="a").read_bytes())  # noqa: S106
    made["mac_data"]["iterations"] = 2_147_483_647
    written: bytes = made.dump(force=True)
    return written


def endless_ledger() -> bytes:
    """Return a ledger whose table is a view without end."""
    names = ", ".join(f'x as "{name}"' for name in ("id", "run", "ended", *declared()))
    view = "create view attempt as with recursive n(x) as (select 1 union all select x + 1 from n) select %s from n"
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"pragma application_id = {APPLICATION}")
        database.execute(f"pragma user_version = {VERSION}")
        database.execute("create table run (id, started_at, ended_at, marked_at, tool, host, process)")
        database.execute(view % names)
        return database.serialize()


def ledger_bomb(data: Callable[[], bytes]) -> Callable[[Path], Calls]:
    def calls(folder: Path) -> Calls:
        (folder / "ledger.sqlite").write_bytes(data())
        return {"report": [["report", folder / "ledger.sqlite", "-o", folder / "report.html"]]}

    return calls


def page(inner: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>Retraction: A</title></head><body>{inner}</body></html>".encode()


def jats(inner: str, before: str = "") -> bytes:
    return f'<?xml version="1.0"?>{before}<article article-type="retraction"><front>{inner}</front></article>'.encode()


DEFINED = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
ENTITIES = f"<!DOCTYPE x [<!ENTITY a0 'ha'>{DEFINED}]>"
NAMESPACES = " ".join(f'xmlns:a{n}="u{n}" a{n}:b="c"' for n in range(30_000))
ANCHORS = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))

GIVEN_BOMBS: dict[str, Callable[[Path], Calls]] = {
    "word-blanks": notice_bomb("notice.docx", lambda: word(700)),
    "word-deep": notice_bomb("notice.docx", lambda: word_of("<w:tbl>" * 99_999 + "</w:tbl>" * 99_999)),
    "word-runs": notice_bomb("notice.docx", lambda: word_of("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 200_000)),
    "page-deep": notice_bomb("notice.html", lambda: page("<div>" * 150_000 + "a")),
    "page-wide": notice_bomb("notice.html", lambda: page("<b>a<i>b" * 90_000)),
    "page-meta": notice_bomb("notice.html", lambda: page("<meta name=citation_doi content=10.5555/a>" * 22_000)),
    "medline": notice_bomb(
        "notice.nbib", lambda: b"PMID- 1\nTI  - A\n" + b"RIN - J. 2024;1:1. doi: 10.5555/a\n" * 50_000
    ),
    "medline-line": notice_bomb("notice.nbib", lambda: b"PMID- 1\nTI  - A\n" + b"      a\n" * 120_000),
    "record-deep": notice_bomb("notice.json", lambda: b'{"a":' * 300_000),
    "record-number": notice_bomb("notice.json", lambda: b'{"message":{"DOI":' + b"9" * 900_000 + b"}}"),
    "tagged-entities": notice_bomb("notice.xml", lambda: jats("&a11;", ENTITIES)),
    "tagged-deep": notice_bomb("notice.xml", lambda: jats("<p>" * 150_000 + "</p>" * 150_000)),
    "tagged-names": notice_bomb("notice.xml", lambda: jats(f"<p {NAMESPACES}/>")),
    "anchors": notice_bomb("notice.yaml", f"state: retraction\n{ANCHORS}".encode),
    "merges": notice_bomb("notice.yaml", lambda: b"a: &a {b: c}\n" + b"<<: *a\n" * 100_000),
    "bibtex": notice_bomb("notice.bib", lambda: b"@article{a, title={" + b"{" * 400_000),
    "research-info": notice_bomb("notice.ris", lambda: b"TY  - JOUR\n" + b"AU  - A, B\n" * 90_000),
    "lines-one": list_bomb("list.jsonl", lambda: b'{"DOI":"10.5555/a","title":["' + b"a" * 60_000_000 + b'"]}\n'),
    "lines-deep": list_bomb("list.jsonl", lambda: (b"[" * 90_000 + b"\n") * 300),
    "lines-many": list_bomb("list.jsonl", lambda: b'{"DOI":"10.5555/a"}\n' * 1_000_000),
    "list-columns": list_bomb("list.csv", lambda: b"doi,state," + b"a," * 5_000_000 + b"\n"),
    "list-quote": list_bomb("list.csv", lambda: b'doi,state\n"' + b"a\n" * 20_000_000),
    "sheet-blanks": list_bomb("list.xlsx", lambda: workbook(900)),
    "sheet-far": list_bomb(
        "list.xlsx", lambda: workbook(rows('<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>'))
    ),
    "sheet-rows": list_bomb("list.xlsx", lambda: workbook(rows('<row><c r="XFD1" t="n"><v>1</v></c></row>' * 50_000))),
    "sheet-strings": list_bomb(
        "list.xlsx", lambda: workbook(rows(""), f"<sst {SHEET}>{'<si><t/></si>' * 4_000_000}</sst>".encode())
    ),
    "font-parts": stamp_bomb("--font", "font.ttf", font_ttf=lambda: font(composed_of_each_other)),
    "font-groups": stamp_bomb("--font", "font.ttf", font_ttf=with_table("cmap", character_groups())),
    "font-points": stamp_bomb("--font", "font.ttf", font_ttf=with_table("glyf", b"\x7f\xff" * 900_000)),
    "font-rules": stamp_bomb(
        "--font", "font.ttf", font_ttf=with_table("GSUB", b"\0\1\0\0" + b"\0\x0a" * 3 + b"\xff" * 900_000)
    ),
    "profile-keys": stamp_bomb(
        "--profile", "house.toml", house_toml=lambda: b"".join(b"words.a%d.b.c.d = 1\n" % n for n in range(4_000))
    ),
    "profile-number": stamp_bomb("--profile", "house.toml", house_toml=lambda: b"opacity = " + b"9" * 90_000),
    "configuration": stamp_bomb(watermark_toml=lambda: b"retractions = " + b"[" * 400_000),
    "configuration-keys": stamp_bomb(
        watermark_toml=lambda: b"".join(b"%ba%d = 1\n" % (b"a." * 100, n) for n in range(4_000))
    ),
    "key": stamp_bomb(
        *("--seal", "key.p12", "--seal-password-file", "password.txt"),
        key_p12=key_of_many_rounds,
        password_txt=lambda: b"a",
    ),
    "ledger": ledger_bomb(endless_ledger),
}
