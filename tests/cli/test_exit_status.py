"""Each way a command can end has its documented exit status, plain words, and leaves nothing behind."""

import gc
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.build import build
from watermark.cli import main
from watermark.cli.common_options import password_in
from watermark.errors import NOT_ALL_CHECKED, worst_status

TITLE = "A Study of Watermarks in Liver Cells"
NOTICE = f"# {TITLE} [Retraction]\n\nWe, the Editor and Publisher, have retracted the following article.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.pdf"
    path.write_bytes(build(pages=2, text=TITLE, info={"/Title": TITLE}))
    return path


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "notice.md"
    path.write_text(NOTICE, encoding="utf-8")
    return path


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_garbage_of_a_process_that_calls_a_command_is_its_own_affair(article: Path) -> None:
    before = gc.get_threshold()
    assert run("inspect", article) == 0
    assert gc.get_threshold() == before


def test_a_command_without_enough_memory_fails_in_plain_words(
    article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_much(*_arguments: object, **_options: object) -> None:
        raise MemoryError

    monkeypatch.setattr("watermark.cli.group.main", too_much)
    assert run("inspect", article) == 4
    message = capsys.readouterr().err
    assert "ran out of memory" in message
    assert "Traceback" not in message


def test_an_unexpected_error_is_a_failure_and_not_a_finding(
    article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        raise TypeError("a\x1bb")

    monkeypatch.setattr("watermark.cli.group.main", broken)
    monkeypatch.delenv("WATERMARK_TRACEBACK", raising=False)
    assert run("inspect", article) == 4
    message = capsys.readouterr().err
    assert message.startswith(
        r"watermark: there was an unexpected error (TypeError: a\x1bb). What to do: Please report"
    )
    assert "Traceback" not in message
    monkeypatch.setenv("WATERMARK_TRACEBACK", "1")
    assert run("inspect", article) == 4
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [("--version",), ("inspect",), ("notice",)])
def test_output_that_cannot_be_written_is_reported_plainly(
    article: Path, notice: Path, arguments: tuple[str, ...]
) -> None:
    files = {"inspect": article, "notice": notice}
    command = [
        sys.executable,
        "-m",
        "watermark",
        *arguments,
        *(str(files[name]) for name in arguments if name in files),
    ]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == 4
    assert ended.stderr.startswith("watermark: cannot write to standard output (No space left on device).")
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (141, "")


def test_done(article: Path, notice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stamp", article, "--notice", notice) == 0
    assert names(article.parent) == ["article.pdf", "article.retracted.pdf", "notice.md"]
    said = capsys.readouterr().out
    assert said.splitlines()[1:] == [
        "verdict: verified: marked with “Retracted” on every page, and nothing else changed"
    ]
    assert run("verify", article.with_suffix(".retracted.pdf"), "--strict") == 0
    assert run("restore", article.with_suffix(".retracted.pdf"), "-o", article.with_name("back.pdf")) == 0
    assert article.with_name("back.pdf").read_bytes() == article.read_bytes()


def test_a_dry_run_prints_the_plan_and_writes_nothing(
    article: Path, notice: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("stamp", article, "--notice", notice, "--dry-run") == 0
    assert "because" in capsys.readouterr().out
    assert names(article.parent) == ["article.pdf", "notice.md"]


def test_already_marked_changes_nothing(article: Path, notice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("stamp", article, "--notice", notice, "-q")
    copy = article.with_suffix(".retracted.pdf")
    before = copy.read_bytes()
    capsys.readouterr()
    assert run("stamp", copy, "--notice", notice, "--json") == 0
    assert json.loads(capsys.readouterr().out)["result"] == "already marked"
    assert copy.read_bytes() == before
    assert names(article.parent) == ["article.pdf", "article.retracted.pdf", "notice.md"]


def test_a_damaged_copy_is_not_called_already_marked(article: Path, notice: Path) -> None:
    run("stamp", article, "--notice", notice, "-q")
    copy = article.with_suffix(".retracted.pdf")
    data = bytearray(copy.read_bytes())
    data[article.stat().st_size + 40] ^= 1
    copy.write_bytes(data)
    assert run("stamp", copy, "--notice", notice) == 5


@pytest.mark.parametrize(
    ("option", "value"),
    [("--colour", "red"), ("--at", "yesterday"), ("--angle", "400"), ("--opacity", "1"), ("--doi", "no doi")],
)
def test_usage(article: Path, notice: Path, option: str, value: str) -> None:
    assert run("stamp", article, "--notice", notice, option, value) == 2
    assert names(article.parent) == ["article.pdf", "notice.md"]


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        ("stamp notice.md --notice article.pdf", 3, ("notice.md: the file is not a PDF", "this is the article")),
        ("stamp . --notice notice.md", 2, ("watermark: .: this is a folder, not a file",)),
        ("restore .", 2, (".: this is a folder, not a file",)),
        (
            "stamp article.pdf --notice notice.md -o no/copy.pdf",
            2,
            ("article.pdf: ", "the folder no does not exist", "Create"),
        ),
        ("stamp article.pdf --notice notice.md -o .", 2, (".: a folder already exists",)),
        ("stamp article.pdf --notice notice.md --password-file none", 2, ("none: cannot read the password", "No such")),
        *((f"{each} none.pdf", 2, ("none.pdf: the file does not exist",)) for each in ("verify", "restore", "inspect")),
        *(
            (f"{each} none.pdf --notice notice.md", 2, ("none.pdf: the file does not exist",))
            for each in ("stamp", "preview")
        ),
        ("stamp article.pdf --notice none.md", 2, ("none.md: the file does not exist",)),
        ("verify article.pdf --notice none.md", 2, ("none.md: the file does not exist",)),
        ("notice none.md", 2, ("none.md: the file does not exist",)),
        ("notice .", 2, (".: this is a folder, not a file",)),
        ("inspect no/article.pdf", 2, ("the file does not exist",)),
    ],
)
def test_what_is_easily_mistaken_is_named(  # noqa: PLR0917 - fixtures
    article: Path,
    notice: Path,
    arguments: str,
    status: int,
    words: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(article.parent)
    assert run(*arguments.split()) == status
    said = capsys.readouterr().err
    assert all(part in said for part in words), said
    assert names(article.parent) == [article.name, notice.name]


@pytest.mark.parametrize("written", [b"geheim", b"geheim\n", b"\xef\xbb\xbfgeheim\r\n"])
def test_a_password_is_read_as_an_editor_saves_it(tmp_path: Path, written: bytes) -> None:
    (tmp_path / "password").write_bytes(written)
    assert password_in(tmp_path / "password") == "geheim"


def test_an_output_that_is_the_input_is_left_alone(article: Path, notice: Path) -> None:
    before = article.read_bytes()
    assert run("stamp", article, "--notice", notice, "-o", article) == 2
    assert run("stamp", article, "--notice", notice, "-o", article, "--overwrite") == 2
    assert article.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (NOTICE.replace(TITLE, "Quite Another Thing About Penguins"), 3),
        (NOTICE.replace("[Retraction]", "[Corrigendum]").replace("retracted", "corrected"), 3),
        ("", 3),
    ],
)
def test_what_a_person_has_to_decide_is_refused(
    article: Path, notice: Path, words: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    notice.write_text(words, encoding="utf-8")
    assert run("stamp", article, "--notice", notice) == status
    assert capsys.readouterr().err.startswith("watermark: ")
    assert names(article.parent) == ["article.pdf", "notice.md"]


def test_a_forced_match_is_recorded_with_its_reason(
    article: Path, notice: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notice.write_text(NOTICE.replace(TITLE, "Quite Another Thing About Penguins"), encoding="utf-8")
    assert run("stamp", article, "--notice", notice, "--force-match", "the title was changed", "--json") == 0
    receipt = json.loads(capsys.readouterr().out)["receipt"]
    assert (receipt["match"], receipt["match_reason"]) == ("forced", "the title was changed")


def test_a_missing_article_fails_with_its_name(
    tmp_path: Path, notice: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("stamp", tmp_path / "none.pdf", "--notice", notice) == 2
    assert "none.pdf" in capsys.readouterr().err


def test_verify_of_an_unmarked_file_ends_with_5(article: Path) -> None:
    assert run("verify", article) == 5


def test_one_bad_file_does_not_stop_the_others(article: Path, notice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("stamp", article, "--notice", notice, "-q")
    capsys.readouterr()
    assert run("verify", article, article.with_suffix(".retracted.pdf")) == 5
    assert "verified: marked with “Retracted” on every page" in capsys.readouterr().out


def test_what_the_input_says_is_never_obeyed_by_the_terminal(
    article: Path, notice: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notice.write_text(NOTICE.replace(TITLE, "Red \x1b[31mTitle of Another Article Altogether"), encoding="utf-8")
    assert run("stamp", article, "--notice", notice) == 3
    assert "\x1b" not in capsys.readouterr().err


@pytest.mark.parametrize("proof", ["full", "structure"])
def test_a_batch_in_which_not_all_was_checked_has_a_status_of_its_own(
    tmp_path: Path, notice: Path, capsys: pytest.CaptureFixture[str], proof: str
) -> None:
    archival = build(pages=1, text=TITLE, pdfa="4f", info=None)  # no validator in these tests judges PDF/A-4
    (articles := tmp_path / "articles").mkdir()
    (articles / "article.pdf").write_bytes(archival)
    (tmp_path / "list.csv").write_text(f"article,notice,force_match\narticle.pdf,{notice.name},a test\n", "utf-8")
    command = ["batch", tmp_path / "list.csv", "--articles", articles, "--out", tmp_path / "out", "--proof", proof]
    assert run(*command) == (NOT_ALL_CHECKED if proof == "full" else 0)
    printed = capsys.readouterr()
    assert "1 marked" in printed.out + printed.err
    assert run(*command) == (NOT_ALL_CHECKED if proof == "full" else 0)  # also when it is up to date


@pytest.mark.parametrize(("statuses", "worst"), [((), 0), ((0, 0), 0), ((0, 6), 6), ((6, 5, 0), 5), ((3, 6, 4), 4)])
def test_a_failure_is_not_covered_by_a_check_that_did_not_run(statuses: tuple[int, ...], worst: int) -> None:
    assert worst_status(*statuses) == worst
