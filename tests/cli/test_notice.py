"""`watermark notice` shows what was understood, and nothing that a terminal would obey."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from watermark.cli.notice import notice as command
from watermark.errors import NoticeError, UsageError
from watermark.notice import State, from_json, read_notice

SAMPLE = Path(__file__).parents[2] / "samples" / "retraction-notice.md"


def run(*arguments: str) -> str:
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_people_see_each_fact_and_what_is_missing() -> None:
    lines = [line.split(maxsplit=1) for line in run(str(SAMPLE)).splitlines()]
    assert ["State", "retraction"] in lines
    assert ["DOI", "(not given)"] in lines
    assert ["date", "(not given)"] in lines
    assert ["Figures", "3A and 5E = 2A of 10.1016/j.lfs.2018.08.049"] in lines
    assert ["Mark", "Retracted"] in lines


def test_json_is_the_notice_itself() -> None:
    assert from_json(run(str(SAMPLE), "--json")) == read_notice(SAMPLE).notice


def test_what_is_given_on_the_command_line_is_shown() -> None:
    given = (
        "--doi",
        "doi:10.5555/A",
        "--notice-doi",
        "10.5555/B",
        "--date",
        "2024-05-01",
        "--state",
        "Partial-Retraction",
    )
    notice = from_json(run(str(SAMPLE), "--json", *given))
    assert (notice.article.doi, notice.doi, notice.date) == ("10.5555/a", "10.5555/b", "2024-05-01")
    assert notice.state is State.PARTIAL_RETRACTION


def test_the_state_can_be_given_for_a_text_that_does_not_tell_it(tmp_path: Path) -> None:
    (tmp_path / "n.txt").write_text("Mice and men\n")
    assert "withdrawal" in run(str(tmp_path / "n.txt"), "--state", "withdrawal")


def test_errors_of_the_notice_and_of_usage_are_the_tool_s_own(tmp_path: Path) -> None:
    runner = CliRunner()
    with pytest.raises(NoticeError, match="the file does not exist"):
        runner.invoke(command, [str(tmp_path / "absent")], catch_exceptions=False)
    with pytest.raises(UsageError, match="not a valid state"):
        runner.invoke(command, [str(SAMPLE), "--state", "gone"], catch_exceptions=False)
    assert NoticeError.exit_status == 3


def test_no_escape_of_the_notice_reaches_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "n.txt"
    path.write_text("\x1b]0;owned\x07Mi\u202ece\u009b31m [Retraction]\n\nWe have\x08 acted\x1b[2J.\n" + "Words. " * 30)
    shown = run(str(path))
    assert all(c.isprintable() or c == "\n" for c in shown)
    assert "\\u202e" in shown


def test_a_doubtful_encoding_is_shown_beside_the_data(tmp_path: Path) -> None:
    (tmp_path / "n.txt").write_bytes("Café [Retraction]".encode("cp1252"))
    result = CliRunner().invoke(command, [str(tmp_path / "n.txt"), "--json"])
    assert from_json(result.stdout).article.title == "Café"
    assert "Windows-1252" in result.stderr
