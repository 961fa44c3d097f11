"""The tool's own manifest: each line is read as written, and no name in it leads anywhere else."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watermark.batch.manifest import GivenNotice, ManifestRow, manifest_in
from watermark.errors import UsageError, WatermarkError
from watermark.notice import State
from watermark.runtime.safe_paths import resolve_within, safe_relative_path

HEADER = (
    "article,notice,doi,notice_doi,date,state,text,despite_signature,notice_page,force_match,password_file"
    ",over_existing_mark\n"
)


def rows(folder: Path, text: str | bytes) -> list[ManifestRow]:
    manifest = folder / "manifest.csv"
    manifest.write_bytes(text if isinstance(text, bytes) else text.encode())
    (folder / "n.md").write_text("# [Retraction] An article\n")
    (folder / "secret").write_text("pass word\r\n")
    with manifest_in(manifest) as read:
        found = list(read.rows())
        assert read.count == len(found)
    return found


def test_every_column_is_read(tmp_path: Path) -> None:
    line = "a/b.pdf,n.md,10.1/X,10.1/n,2024-05-01,Expression of Concern,Word,YES,back,a reason,secret,no clean file\n"
    (row,) = rows(tmp_path, "\ufeff" + HEADER + line)
    assert (row.name, row.place, row.article, row.problem) == ("a/b.pdf", "line 2", "a/b.pdf", None)
    assert row.notice == GivenNotice(name="n.md", data=(tmp_path / "n.md").read_bytes())
    overrides = row.overrides
    assert (overrides.doi, overrides.notice_doi, overrides.date, overrides.text) == (
        "10.1/X",
        "10.1/n",
        "2024-05-01",
        "Word",
    )
    assert overrides.state is State.EXPRESSION_OF_CONCERN
    assert (overrides.despite_signature, overrides.notice_page, overrides.force_match) == (True, "back", "a reason")
    assert overrides.over_existing_mark == "no clean file"
    assert row.password == "pass word"  # noqa: S105 - the test's own
    assert "pass word" not in repr(row)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_spreadsheets_save_is_read(tmp_path: Path, delimiter: str, newline: str) -> None:
    lines = ["Article,Notice,DOI", 'a.pdf,n.md,"10.1/x"', ",,", ",n.md,10.1/y"]
    found = rows(tmp_path, newline.join(lines).replace(",", delimiter))
    assert [(row.name, row.article, row.overrides.doi) for row in found] == [
        ("a.pdf", "a.pdf", "10.1/x"),
        ("10.1/y", "", "10.1/y"),
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (",n.md,", "the row names no article"),
        (",n.md,not a doi", "the row names no article"),
        ("a.pdf,,", "the row names no notice"),
        ("a.pdf,absent.md,", "(No such file or directory)"),
        ("a.pdf,../n.md,", "points outside the folder"),
        ("a.pdf,/etc/passwd,", "is an absolute path"),
        ("a.pdf,C:\\n.md,", "is an absolute path"),
        ("a.pdf,link/passwd,", "is a link that leads out of its folder"),
        ("a.pdf,loop,", "leads"),
        ("a.pdf,pipe,", "“pipe” is not a file"),
        ("a.pdf,.,", "is empty"),
        ("a.pdf,n\x1b[2J.md,", "(No such file or directory)"),
        ("a\0.pdf,n.md,", "null character"),
        ("C:/a.pdf,n.md,", "is an absolute path"),
        ("..\\a.pdf,n.md,", "points outside the folder"),
        ("../a.pdf,n.md,", "points outside the folder"),
    ],
)
def test_a_line_that_cannot_be_followed_says_why_and_stops_no_other(tmp_path: Path, line: str, words: str) -> None:
    (tmp_path / "link").symlink_to("/etc")
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    bad, good = rows(tmp_path, f"article,notice,doi\n{line}\nb.pdf,n.md,\n")
    assert isinstance(bad.problem, WatermarkError)
    assert words in str(bad.problem)
    assert "line 2" in bad.problem.place
    assert good.problem is None


@pytest.mark.parametrize(
    ("column", "value"), [("state", "sad"), ("despite_signature", "maybe"), ("notice_page", "middle")]
)
def test_a_value_that_means_nothing_is_a_fault_of_its_line(tmp_path: Path, column: str, value: str) -> None:
    (row,) = rows(tmp_path, f"article,notice,{column}\na.pdf,n.md,{value}\n")
    assert f"“{value}” is not a valid value for the column “{column}”" in str(row.problem)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,2\n", "not a manifest"),
        ("", "not a manifest"),
        ("article,notice,colour\n", "line 1: there is no column “colour”"),
        ("article,notice,notice\n", "line 1: the column “notice” appears twice"),
        ("article,notice\na.pdf,n.md\nb.pdf,n.md,more\n", "line 3: this line has 3 values; the header has 2 columns"),
        ('article,notice\na.pdf,"n.md\n', "line 3: the manifest cannot be read (unexpected end of data)"),
        ("article;notice\n".encode("utf-16") + b"a", "it is not UTF-16"),
        ("article,notice\n" + "a" * 200_000 + ",n.md\n", "field larger than field limit"),
    ],
)
def test_a_file_that_is_not_a_manifest_is_refused_whole_before_anything_begins(
    tmp_path: Path, text: str | bytes, words: str
) -> None:
    with pytest.raises(UsageError) as caught:
        rows(tmp_path, text)
    assert words in str(caught.value)
    assert "manifest.csv" in str(caught.value)


@given(st.text())
def test_no_name_points_outside_of_its_folder(tmp_path_factory: pytest.TempPathFactory, written: str) -> None:
    root = tmp_path_factory.getbasetemp()
    try:
        path = resolve_within(root, written)
    except UsageError:
        return
    assert path.resolve().is_relative_to(root.resolve())
    assert path.resolve() != root.resolve()
    assert "\0" not in safe_relative_path(written)


def test_a_manifest_that_names_no_article_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="the manifest names no article"):
        rows(tmp_path, "article,notice\n")


def test_a_doi_that_is_not_valid_is_named(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "doi,notice\nnonsense,n.md\n")
    assert row.problem is not None
    assert row.problem.reason == "the row names no article: “nonsense” is not a valid DOI"


def test_a_value_too_many_is_explained_by_the_separator(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="contains the separator: a comma or a semicolon"):
        rows(tmp_path, "article;notice\na.pdf;n.md;x\n")
