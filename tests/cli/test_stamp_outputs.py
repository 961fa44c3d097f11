"""Where `watermark stamp` writes: a file, a folder, standard output; and what a marked article comes to."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.build import build
from watermark.cli import main

TITLE = "The effect of one treatment on the outcome of a trial"
AT = ("--proof", "structure", "--at", "2024-05-01T12:00:00Z")


def made(folder: Path, *names: str, **peculiarities: object) -> list[str]:
    (folder / "n.md").write_text(f"# {TITLE} [Retraction]\n\nWe retract the article named above.\n")
    for name in names:
        (folder / name).write_bytes(build(pages=1, title=TITLE, text=(TITLE, "The abstract."), **peculiarities))
    return [str(folder / name) for name in names]


def status(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(str(ended.value.code or 0))


def to_standard_output(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "watermark", "stamp", *map(str, arguments), *AT, "-o", "-"]
    return subprocess.run(command, capture_output=True, check=False, timeout=120)


def test_several_articles_are_marked_into_a_folder_and_one_that_fails_stops_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = made(tmp_path, "a.pdf", "b.pdf")
    (tmp_path / "out").mkdir()
    notice = ("--notice", tmp_path / "n.md", *AT)
    assert status("stamp", first, tmp_path / "none.pdf", second, *notice, "-o", tmp_path / "out") == 2
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.retracted.pdf", "b.retracted.pdf"]
    assert "none.pdf: the file does not exist" in capsys.readouterr().err
    assert status("stamp", first, second, *notice, "-o", tmp_path / "one.pdf") == 2
    assert "must be an existing folder" in capsys.readouterr().err
    assert status("stamp", first, *notice, "-o", tmp_path / "none" / "one.pdf") == 2
    assert f"the folder {tmp_path / 'none'} does not exist" in capsys.readouterr().err
    assert not (tmp_path / "one.pdf").exists()


def test_an_article_that_is_marked_already_is_saved_again_where_an_output_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (article,) = made(tmp_path, "a.pdf", pdfa="2b")
    notice, copy, other = ("--notice", tmp_path / "n.md", *AT), tmp_path / "copy.pdf", tmp_path / "again.pdf"
    assert status("stamp", article, *notice, "-o", copy) == 0
    assert status("stamp", copy, *notice) == 0
    assert not (tmp_path / "copy.retracted.pdf").exists()
    capsys.readouterr()
    assert status("stamp", copy, *notice, "-o", other) == 0
    assert f"an equal copy was saved as {other}" in capsys.readouterr().out
    assert other.read_bytes() == copy.read_bytes()
    record, again = (path.with_suffix(".retraction.json").read_bytes() for path in (copy, other))
    assert record == again
    assert status("stamp", copy, *notice, "-o", other) == 2  # the name is taken


def test_standard_output_gets_the_copy_and_nothing_else(tmp_path: Path) -> None:
    (article,) = made(tmp_path, "a.pdf")
    assert status("stamp", article, "--notice", tmp_path / "n.md", *AT, "-o", tmp_path / "copy.pdf") == 0
    run = to_standard_output(article, "--notice", tmp_path / "n.md", "--json")
    assert run.returncode == 0, run.stderr
    assert run.stdout == (tmp_path / "copy.pdf").read_bytes()
    assert json.loads(run.stderr)["copy"] == "standard output"
    refused = to_standard_output(tmp_path / "n.md", "--notice", tmp_path / "n.md")
    assert (refused.returncode, refused.stdout) == (3, b"")


def test_a_record_that_may_not_be_inside_needs_a_file_when_the_copy_goes_to_standard_output(tmp_path: Path) -> None:
    (article,) = made(tmp_path, "a.pdf", pdfa="2b")
    notice, record = ("--notice", tmp_path / "n.md"), tmp_path / "record.json"
    run = to_standard_output(article, *notice)
    assert (run.returncode, run.stdout) == (2, b"")
    assert b"--record FILE" in run.stderr
    run = to_standard_output(article, *notice, "--record", record)
    assert (run.returncode, run.stdout[:5]) == (0, b"%PDF-")
    assert json.loads(record.read_text("utf-8"))
    assert to_standard_output(article, *notice, "--record", record).stdout == b""  # the name is taken
    assert status("stamp", article, *notice, "--record", tmp_path / "other.json") == 2
