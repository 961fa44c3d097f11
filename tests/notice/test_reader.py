"""A notice is read from a file of any form, and a file that is none is refused in plain words."""

import os
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from watermark.errors import NoticeError, UsageError
from watermark.notice import Notice, Reference, State, from_text, read_notice, to_json, with_overrides
from watermark.notice.formats.json_values import MAX_BYTES

PAGE = "Café and “sleep” [Retraction]\n\nOde A. *Mice.* 2021;7:12.\n"
YAML = "# a comment\n---\nstate: retraction\narticle:\n  title: Mice\n"


def saved(folder: Path, data: bytes | str, name: str = "notice") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        (PAGE, "text/markdown"),
        (PAGE.replace("*", ""), "text/plain"),
        (YAML, "application/yaml"),
        ('"state": retraction\narticle: {}\n', "application/yaml"),
        ('\n {"state": "retraction", "article": {}}', "application/json"),
        ("[Retraction] Mice\n", "text/plain"),
        ("Retraction: Mice\n\nWe have retracted the following\narticle: Mice.\n", "text/plain"),
    ],
)
@pytest.mark.parametrize("name", ["notice", "notice.json", "notice.yaml", "notice.pdf", "notice.md"])
def test_the_form_is_known_by_the_content_not_by_the_name(
    tmp_path: Path, text: str, media_type: str, name: str
) -> None:
    path = saved(tmp_path, text, name)
    read = read_notice(path)
    assert (read.media_type, read.name, read.data) == (media_type, name, text.encode())
    assert read.notice.state is State.RETRACTION
    assert read.warnings == ()


def test_what_was_read_cannot_be_changed(tmp_path: Path) -> None:
    read = read_notice(saved(tmp_path, PAGE))
    with pytest.raises(FrozenInstanceError):
        read.name = "x"  # type: ignore[misc]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_files_are_read_without_a_word(tmp_path: Path, encoding: str) -> None:
    read = read_notice(saved(tmp_path, PAGE.encode(encoding)))
    assert read.notice == from_text(PAGE)
    assert read.warnings == ()


@pytest.mark.parametrize("data", [PAGE.encode("cp1252"), PAGE.replace("“", '"').replace("”", '"').encode("latin-1")])
def test_older_encodings_are_read_and_said(tmp_path: Path, data: bytes) -> None:
    read = read_notice(saved(tmp_path, data))
    assert read.notice.article.title.startswith("Café and ")
    assert "Windows-1252" in read.warnings[0]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\t", "empty"),
        (b"%PDF-1.7\n", "PDF of the notice cannot be opened"),
        (b"junk\n%PDF-1.7\n" + PAGE.encode(), "PDF of the notice cannot be opened"),
        (b"PK\x03\x04" + PAGE.encode(), "Word"),
        (b"{\\rtf1 Mice}", "Rich Text"),
        (b"Mice [Retraction]\0" + PAGE.encode(), "binary"),
        (bytes(range(1, 9)) * 100, "binary"),
        (b"<?xml version='1.0'?><article/>", "no <front>"),
        (b"<?xml version='1.0'?><svg/>", "neither JATS"),
        (b"<p>Mice [Retraction]</p>", "neither JATS"),
        (b" <!DOCTYPE html><html></html>", "web page (HTML)"),
        (b"Mice\n" * (MAX_BYTES // 5 + 1), "larger than"),
    ],
)
def test_another_kind_of_file_is_refused_with_a_remedy(tmp_path: Path, data: bytes, words: str) -> None:
    path = saved(tmp_path, data)
    with pytest.raises(NoticeError) as caught:
        read_notice(path)
    assert words in caught.value.reason
    assert caught.value.file == str(path)
    assert "text" in caught.value.remedy


def test_a_folder_a_pipe_a_device_and_nothing_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, words in (
        (tmp_path, "folder"),
        (tmp_path / "pipe", "pipe"),
        (Path("/dev/zero"), "device"),
        (tmp_path / "absent", "the file does not exist"),
        (Path("a\0b"), "cannot be read"),
        (tmp_path / ("x" * 300), "cannot be read"),
    ):
        with pytest.raises(NoticeError) as caught:
            read_notice(path)
        assert words in caught.value.reason
        assert caught.value.file == str(path)


def test_the_state_may_be_given_where_a_text_does_not_tell_it(tmp_path: Path) -> None:
    path = saved(tmp_path, PAGE.replace(" [Retraction]", ""))
    with pytest.raises(NoticeError, match="cannot tell whether"):
        read_notice(path)
    assert read_notice(path, state=State.WITHDRAWAL).notice.state is State.WITHDRAWAL


def test_an_error_inside_the_file_names_the_file_and_the_line(tmp_path: Path) -> None:
    path = saved(tmp_path, YAML + "titel: x\n")
    with pytest.raises(NoticeError) as caught:
        read_notice(path)
    assert str(caught.value).startswith(f"{path}: line 6: `titel`")


def test_the_json_form_of_a_text_is_read_as_the_same_notice(tmp_path: Path) -> None:
    notice = read_notice(saved(tmp_path, PAGE)).notice
    assert read_notice(saved(tmp_path, to_json(notice), "again")).notice == notice


NOTICE = Notice(state=State.RETRACTION, doi="10.5555/old", article=Reference(title="Mice", doi="10.5555/mice"))


def test_what_is_given_takes_precedence_over_what_the_notice_says() -> None:
    changed = with_overrides(
        NOTICE,
        article_doi="https://doi.org/10.5555/A",
        notice_doi="doi:10.5555/B",
        date="2024-05-01",
        url="https://example.org/n",
        state=State.WITHDRAWAL,
    )
    assert changed == Notice(
        state=State.WITHDRAWAL,
        article=Reference(title="Mice", doi="10.5555/a"),
        doi="10.5555/b",
        date="2024-05-01",
        url="https://example.org/n",
    )


def test_what_is_not_given_stays() -> None:
    assert with_overrides(NOTICE) == NOTICE


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("article_doi", "unavailable"),
        ("notice_doi", "10.5555"),
        ("date", "01/05/2024"),
        ("date", "2024-13-01"),
        ("url", "ftp://example.org"),
        ("url", "https://example.org/a b"),
        ("date", "a\x1b[31m"),
    ],
)
def test_what_is_given_wrongly_is_a_usage_error(given: str, value: str) -> None:
    with pytest.raises(UsageError) as caught:
        with_overrides(NOTICE, **{given: value})  # type: ignore[arg-type]
    assert caught.value.exit_status == 2
    assert "\x1b" not in str(caught.value)
