"""On a terminal, lines are wrapped at its width and signs have colours; a file or a program gets plain lines."""

import re
from pathlib import Path

import pytest

from tests.cli.terminals import on_a_terminal
from watermark.cli.terminal import coloured, wrapped
from watermark.models import Status

SAMPLES = Path(__file__).parents[2] / "samples"
ESCAPE = re.compile("\x1b\\[[0-9;]*m")


def plan(columns: int, **environment: str) -> str:
    notice = SAMPLES / "retraction-notice.md"
    return on_a_terminal(columns, "stamp", SAMPLES / "article.pdf", "--notice", notice, "--dry-run", **environment)


@pytest.mark.slow
def test_a_plan_fits_into_the_terminal_and_keeps_its_words() -> None:
    narrow, wide = plan(72), plan(4000)
    lines = [line for line in narrow.splitlines() if str(SAMPLES) not in line]
    assert max(map(len, lines)) <= 72 < max(map(len, wide.splitlines()))
    assert narrow.split() == wide.split()


@pytest.mark.slow
def test_the_signs_have_colours_unless_they_are_not_wanted(tmp_path: Path) -> None:
    command = ("stamp", SAMPLES / "article.pdf", "--notice", SAMPLES / "retraction-notice.md", "-v", "-o")
    coloured_lines = on_a_terminal(100, *command, tmp_path / "1.pdf")
    assert "\x1b[32mpass\x1b[0m" in coloured_lines
    for number, unwanted in enumerate(({"NO_COLOR": "1"}, {"TERM": "dumb"})):
        plain = on_a_terminal(100, *command, tmp_path / f"{number + 2}.pdf", **unwanted)
        assert "\x1b" not in plain
        assert len(plain.splitlines()) == len(ESCAPE.sub("", coloured_lines).splitlines())


def test_a_program_gets_one_line_without_colours(capsys: pytest.CaptureFixture[str]) -> None:
    line = "word " * 100
    assert wrapped(line) == wrapped(line, to_stderr=True) == line
    assert coloured("pass", Status.OK) != "pass"
    import click  # noqa: PLC0415 - it takes the colours out again

    click.echo(coloured("pass", Status.OK))
    assert capsys.readouterr().out == "pass\n"


@pytest.mark.parametrize("unwanted", [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colours_can_be_turned_off(monkeypatch: pytest.MonkeyPatch, unwanted: tuple[str, str]) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv(*unwanted)
    assert coloured("FAIL", Status.FAILED) == "FAIL"
