"""Manifests are read as spreadsheets and editors save them, in any usual encoding."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from watermark.batch.manifest import manifest_in, table_file
from watermark.errors import UsageError

TEXT = "article,notice,date\r\nrésumé.pdf,n.md,2024-05-01\r\n\r\n“b”.pdf,n.md,\r\n"
ROWS = [("résumé.pdf", "line 2", "2024-05-01"), ("“b”.pdf", "line 4", "")]


def rows(folder: Path, data: bytes, name: str = "m.csv") -> list[tuple[str, str, str]]:
    (folder / name).write_bytes(data)
    (folder / "n.md").write_text("# [Retraction] An article\n")
    with manifest_in(folder / name) as manifest:
        found = list(manifest.rows())
        assert manifest.count == len(found)
    assert [row.problem for row in found] == [None] * len(found)
    return [(row.article, row.place, row.overrides.date) for row in found]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_manifest_is_read_in_each_encoding_and_with_each_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    assert rows(tmp_path, TEXT.replace(",", separator).encode(encoding)) == ROWS


def test_a_line_that_names_the_separator_is_not_taken_for_the_header(tmp_path: Path) -> None:
    found = rows(tmp_path, b"sep=;\r\n" + TEXT.replace(",", ";").encode())
    assert [row[0] for row in found] == ["résumé.pdf", "“b”.pdf"]
    assert [row[1] for row in found] == ["line 3", "line 5"]


def test_a_manifest_of_which_some_lines_are_utf8_and_some_are_not_is_read(tmp_path: Path) -> None:
    data = "article,notice\né.pdf,n.md\n".encode() + b"\xe9t\xe9\x81.pdf,n.md\n"
    assert [row[0] for row in rows(tmp_path, data)] == ["é.pdf", "été\x81.pdf"]


def workbook(*lines: tuple[object, ...]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book, target = openpyxl.Workbook(), io.BytesIO()
    for line in lines:
        book.active.append(line)
    book.create_sheet("another").append(["not", "a", "manifest"])
    book.save(target)
    return target.getvalue()


def test_the_first_sheet_of_a_workbook_is_a_manifest(tmp_path: Path) -> None:
    data = workbook(
        ("article", "notice", "date", "rebuild"),
        ("résumé.pdf", "n.md", date(2024, 5, 1), False),
        (),
        ("“b”, c.pdf", "n.md", datetime(2024, 5, 2), True),  # noqa: DTZ001 - workbooks know no zone
        (12.0, "n.md", None, None),
    )
    found = rows(tmp_path, data, "m.xlsx")
    assert found == [
        ("résumé.pdf", "line 2", "2024-05-01"),
        ("“b”, c.pdf", "line 4", "2024-05-02"),
        ("12", "line 5", ""),
    ]


def test_a_workbook_that_cannot_be_read_or_is_too_large_is_a_usage_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("openpyxl")
    with zipfile.ZipFile(tmp_path / "document.xlsx", "w") as parts:
        parts.writestr("word/document.xml", "<w/>")
    with (
        pytest.raises(UsageError, match=r"document\.xlsx: the workbook cannot be read"),
        manifest_in(tmp_path / "document.xlsx"),
    ):
        pass
    monkeypatch.setattr(table_file, "MAX_WORKBOOK_BYTES", 1000)
    (tmp_path / "large.xlsx").write_bytes(workbook(("article", "notice")))
    with pytest.raises(UsageError, match="too large"):
        table_file._copy_workbook((tmp_path / "large.xlsx", tmp_path / "copy.csv"))
