"""A Word document is read by its paragraphs, and an archive that is a trap costs nothing."""

import io
import struct
import time
import zipfile
from pathlib import Path

import pytest

from watermark.errors import NoticeError
from watermark.notice import NoticeFile, State, read_notice

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="'
    'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/></Relationships>'
)
TITLE = "Retraction: Newts of the northern ponds"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    return f"<w:p><w:pPr>{style}</w:pPr>{''.join(runs)}</w:p>"


CITATION = paragraph(
    run("Ode A, Poe B. "), run("J ", "<w:i/>"), run("Ponds.", "<w:i/>"), run(" 2018;7:1-9. doi: 10.5555/pond.1")
)
SAYING = paragraph(run("The Editor of J Ponds retracts this article because of image duplication."))
HEADING = paragraph(run(TITLE), style='<w:pStyle w:val="Title"/>')


def document(*parts: str, namespace: str = W) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document {namespace}><w:body>{"".join(parts)}</w:body></w:document>'
    )


def archive(
    body: str | bytes = "",
    *,
    target: str = "word/document.xml",
    more: dict[str, str | bytes] | None = None,
    compression: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", compression) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("_rels/.rels", RELATIONS.format(target))
        made.writestr(target.lstrip("/"), body or document(HEADING, CITATION, SAYING))
        for name, data in (more or {}).items():
            made.writestr(name, data)
    return held.getvalue()


def read(tmp_path: Path, data: bytes) -> NoticeFile:
    path = tmp_path / "n.docx"
    path.write_bytes(data)
    return read_notice(path)


@pytest.mark.parametrize(
    "data",
    [
        archive(),
        archive(target="/word/document2.xml"),
        archive(compression=zipfile.ZIP_STORED),
        archive(document(HEADING, CITATION, SAYING).encode("utf-16")
                .replace("UTF-8".encode("utf-16-le"), "UTF-16".encode("utf-16-le"))),
        archive(document(HEADING, CITATION, paragraph(run("The Editor of J Ponds retracts "), "<w:ins>", run("this"),
                         "</w:ins>", run(" article because of image duplication.")))),
        archive(document(HEADING, CITATION, paragraph(run("The Editor of J Ponds retracts this article because of image"
                         " duplication."), "<w:del>", run("WITHDRAWN"), "</w:del>"))),
        archive(document(HEADING, CITATION, SAYING, paragraph(run("Withdrawn", "<w:vanish/>")))),
        archive(document(f"<w:tbl><w:tr><w:tc>{HEADING}{CITATION}{SAYING}</w:tc></w:tr></w:tbl>")),
        archive(document(f"<w:sdt><w:sdtContent>{HEADING}</w:sdtContent></w:sdt>", CITATION, SAYING)),
        archive(more={"word/media/big.png": b"\0" * 30_000_000}),
        archive(more={f"word/media/{number}.png": b"x" for number in range(500)}),
    ],
)  # fmt: skip
def test_the_paragraphs_are_the_notice(tmp_path: Path, data: bytes) -> None:
    given = read(tmp_path, data)
    notice = given.notice
    assert (notice.state, notice.article.doi, notice.article.title) == (
        State.RETRACTION,
        "10.5555/pond.1",
        "Newts of the northern ponds",
    )
    assert (notice.article.journal, notice.reasons) == ("J Ponds", ("image duplication",))
    assert "thdrawn" not in " ".join(notice.statement).lower().replace("wi", "")
    assert given.data == data
    assert given.media_type.endswith("wordprocessingml.document")


def with_flag(data: bytes, flag: int) -> bytes:
    """Set a flag of the first header of each entry, as an encrypted archive has it."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = changed.find(signature)
        while position >= 0:
            (value,) = struct.unpack_from("<H", changed, position + offset)
            struct.pack_into("<H", changed, position + offset, value | flag)
            position = changed.find(signature, position + 4)
    return bytes(changed)


def with_directory_size(data: bytes, size: int) -> bytes:
    changed = bytearray(data)
    struct.pack_into("<I", changed, changed.rfind(b"PK\x05\x06") + 12, size)
    return bytes(changed)


BOMB = document("<w:p/>") + " " * 9_000_000


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (archive(BOMB), "unfolds to more than"),
        (archive(document(paragraph(run("Retraction: " + "x" * 2_000_000)))), "larger than|cannot be read"),
        (archive(document(paragraph(run("Newts live in ponds.")))), "Newts live in ponds|state|cannot"),
        (archive(document()), "has no text"),
        (archive("<w:document " + W + "/>"), "has no body"),
        (archive('<!DOCTYPE x [<!ENTITY a "b">]>' + "<x>&a;</x>"), "declares entities"),
        (archive(document("<w:p>" * 1000)), "cannot be read"),
        (archive(document(paragraph(run("\x01")))), "cannot be read"),
        (archive(target="xl/workbook.xml"), "an Excel workbook, not a Word document"),
        (archive().replace(b"document.xml", b"documents.xm"), "not a Word document|damaged"),
        (archive(target="ppt/presentation.xml"), "PowerPoint"),
        (archive(more={"content.xml": "<x/>"}), "OpenDocument"),
        (archive()[:200], "damaged"),
        (b"PK\x03\x04" + b"\0" * 500, "damaged"),
        (with_flag(archive(), 1), "password"),
        (with_directory_size(archive(), 50_000_000), "lists more files"),
        (archive(compression=zipfile.ZIP_BZIP2), "compressed in a way"),
        (archive().replace(b"PK\x01\x02", b"PK\x01\x09"), "damaged"),
    ],
)
def test_a_trap_or_another_archive_is_reported_quickly(tmp_path: Path, data: bytes, words: str) -> None:
    start = time.process_time()
    with pytest.raises(NoticeError, match=words) as caught:
        read(tmp_path, data)
    assert caught.value.remedy
    assert time.process_time() - start < 2


def test_bytes_that_are_changed_anywhere_never_end_in_another_error(tmp_path: Path) -> None:
    data = archive()
    for position in range(0, len(data), 7):
        changed = bytearray(data)
        changed[position] ^= 0x55
        try:
            read(tmp_path, bytes(changed))
        except NoticeError as error:
            assert error.remedy  # noqa: PT017 - most changes are found, and some do no harm
