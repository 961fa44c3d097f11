"""Nothing in a file name or a message begins a line of its own, or is obeyed by a terminal."""

import shutil
from pathlib import Path

import pytest

from tests.helpers.build import build
from watermark.cli import main
from watermark.runtime.text_safety import one_line, printable_lines

COMMAND = "a\n::error::not ours\r::x \x1b[2J\u202e.pdf"


def test_a_line_stays_one_line_without_control_characters() -> None:
    assert one_line("a\nb\r\x1b[2J\u2028c\u202e") == "a\\nb\\r\\x1b[2J\\u2028c\\u202e"
    assert one_line("Ünïcode — “words”") == "Ünïcode — “words”"
    assert printable_lines("a\nb\x1b") == "a\nb\\x1b"


@pytest.mark.parametrize("command", ["inspect", "verify", "notice", "check", "stamp"])
def test_a_file_name_writes_no_workflow_command(
    tmp_path: Path, command: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plain.pdf").write_bytes(build(pages=1))
    (tmp_path / "list.csv").write_text("doi,state,date\n10.5555/x,retraction,2024-05-01\n")
    (tmp_path / "notice.yaml").write_text("state: retraction\narticle:\n  title: Another title of cells\n")
    try:
        shutil.copy(tmp_path / "plain.pdf", tmp_path / COMMAND)
    except OSError:
        pytest.skip("such a name is not possible here")
    more = {
        "check": ["--retractions", str(tmp_path / "list.csv")],
        "stamp": ["--notice", str(tmp_path / "notice.yaml")],
    }
    with pytest.raises(SystemExit):
        main([command, str(tmp_path / COMMAND), *more.get(command, [])])
    captured = capfd.readouterr()
    printed = captured.out + captured.err
    assert "not ours" in printed
    assert not any(line.strip().startswith("::") for line in printed.replace("\r", "\n").split("\n"))
    assert "\x1b" not in printed
