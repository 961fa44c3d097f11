"""`watermark desk` says what it lacks before it opens anything."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from watermark.cli import group, main


def status_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str]:
    with pytest.raises(SystemExit) as ended:
        main(["desk", "--no-browser", *arguments])
    return ended.value.code, capsys.readouterr().err


def test_without_the_extra_the_error_says_how_to_get_it() -> None:
    script = (
        "import sys; sys.modules.update(dict.fromkeys(sys.argv[1:])); from watermark.cli import main; main(['desk'])"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, "starlette", "uvicorn", "multipart"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 2, run.stderr
    assert "pip install 'retraction-watermark[desk]'" in run.stderr


def test_a_profile_that_cannot_be_used_is_an_error_before_the_desk_opens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "wrong.toml").write_text('colour = "reddish"\n')
    assert status_of(capsys, "--profile", str(tmp_path / "wrong.toml"))[0] == 2
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "house.toml").write_text('colour = "#004080"\n')
    both = [str(tmp_path / folder / "house.toml") for folder in ("one", "two")]
    status, printed = status_of(capsys, "--profile", both[0], "--profile", both[1])
    assert status == 2
    assert "two profiles have the name house" in printed


def test_a_ledger_that_is_not_there_is_an_error_before_the_desk_opens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status_of(capsys, "--ledger", str(tmp_path / "none.sqlite"))[0] == 2


def test_help_does_not_need_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("uvicorn", "starlette"):
        monkeypatch.setitem(sys.modules, name, None)
    assert "on this machine only" in CliRunner().invoke(group, ["desk", "--help"]).output
