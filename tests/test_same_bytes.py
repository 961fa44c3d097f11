"""Same input, same bytes: nothing but the time of marking differs between two runs."""

import time
from pathlib import Path

import pytest

from watermark.cli import main

SAMPLES = Path(__file__).parents[1] / "samples"
YEAR_SECONDS = 366 * 24 * 3600.0


def stamped(copy: Path, *options: str) -> bytes:
    notice = SAMPLES / "retraction-notice.md"
    with pytest.raises(SystemExit) as ended:
        main(["stamp", str(SAMPLES / "article.pdf"), "--notice", str(notice), "-o", str(copy), "-q", *options])
    assert not ended.value.code
    return copy.read_bytes()


def test_a_year_later_the_copy_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = stamped(tmp_path / "now.pdf", "--at", "2024-05-01T12:00:00Z")
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + YEAR_SECONDS)
    assert stamped(tmp_path / "later.pdf", "--at", "2024-05-01T12:00:00Z") == now


def test_the_time_of_marking_may_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = stamped(tmp_path / "given.pdf", "--at", "2024-05-01T12:00:00Z")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1714564800")
    assert stamped(tmp_path / "taken.pdf") == given


def test_another_time_of_marking_makes_another_copy(tmp_path: Path) -> None:
    first = stamped(tmp_path / "first.pdf", "--at", "2024-05-01T12:00:00Z")
    assert stamped(tmp_path / "second.pdf", "--at", "2024-05-02T12:00:00Z") != first
