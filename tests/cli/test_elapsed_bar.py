"""A command that takes long shows a bar: at a terminal only, on standard error only, and nothing of it stays."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.terminals import all_on_a_terminal
from watermark.cli import elapsed_bar

SAMPLES = Path(__file__).parents[2] / "samples"
pytestmark = pytest.mark.not_on("windows")


@pytest.fixture(autouse=True)
def _none_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elapsed_bar, "_bars", [])
    monkeypatch.setattr(elapsed_bar, "SECONDS_BEFORE", 0.05)
    monkeypatch.setattr(elapsed_bar, "SECONDS_BETWEEN", 0.01)
    monkeypatch.setenv("TERM", "xterm")


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A pipe in place of the terminal; yields the end that is read."""
    ours, theirs = os.pipe()
    os.set_blocking(ours, False)
    monkeypatch.setattr(elapsed_bar, "_STDERR", theirs)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    yield ours
    os.close(ours)
    os.close(theirs)


def shown(screen: int) -> bytes:
    try:
        return os.read(screen, 1 << 20)
    except BlockingIOError:
        return b""


def test_a_quick_command_shows_no_bar(screen: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elapsed_bar, "SECONDS_BEFORE", 60.0)
    elapsed_bar.show_bar(["verify", "a.pdf"])
    with elapsed_bar.waiting():
        time.sleep(0.03)
    assert shown(screen) == b""


def test_the_bar_comes_when_a_command_takes_long_and_is_erased_before_anything_is_printed(screen: int) -> None:
    elapsed_bar.show_bar(["verify", "a.pdf"])
    before = signal.getsignal(signal.SIGALRM)
    with elapsed_bar.waiting():
        time.sleep(0.15)
    data = shown(screen)
    assert data.startswith(b"\rwatermark verify [")
    assert data.endswith(b"\r\x1b[K")
    time.sleep(0.05)
    assert shown(screen) == b""
    assert signal.getsignal(signal.SIGALRM) is before


def test_the_bar_counts_what_is_done(screen: int) -> None:
    elapsed_bar.show_bar(["check", "."])

    def slow() -> Iterator[int]:
        for number in range(3):
            time.sleep(0.1)
            yield number

    assert list(elapsed_bar.each(slow(), 3)) == [0, 1, 2]
    counts = re.findall(rb"(\d) of 3", shown(screen))
    assert sorted(set(counts) - {b"3"}) == [b"0", b"1", b"2"]


def test_an_error_ends_the_bar(screen: int) -> None:
    elapsed_bar.show_bar(["verify", "a.pdf"])

    def fail() -> None:
        with elapsed_bar.waiting():
            time.sleep(0.1)
            raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        fail()
    assert shown(screen).endswith(b"\r\x1b[K")


@pytest.mark.parametrize(
    "arguments", [["verify", "-q", "a.pdf"], ["batch", "list.csv"], []], ids=["quiet", "batch", "nothing"]
)
def test_who_wants_none_gets_no_bar(screen: int, arguments: list[str]) -> None:
    elapsed_bar.show_bar(arguments)
    with elapsed_bar.waiting():
        time.sleep(0.1)
    assert shown(screen) == b""


def test_what_is_not_a_terminal_gets_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)
    elapsed_bar.show_bar(["verify", "a.pdf"])
    assert elapsed_bar._bars == []
    assert list(elapsed_bar.each([1, 2], 2)) == [1, 2]


@pytest.mark.slow
def test_a_command_that_takes_long_shows_a_bar_on_a_terminal_and_writes_none_to_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "password"
    os.mkfifo(pipe)  # no one writes the password: the command waits for it
    arguments = ("verify", SAMPLES / "article.pdf", "--password-file", pipe)
    text = all_on_a_terminal(90, *arguments)
    assert "watermark verify [" in text
    assert "watermark verify [" not in text.rpartition("\r\x1b[K")[2]
    command = [sys.executable, "-m", "watermark", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert b"\x1b" not in done.stdout + done.stderr
