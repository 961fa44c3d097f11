"""A hang or a crash costs one file, is said, and leaves nothing behind."""

import os
import signal
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.build import build
from watermark import bounded
from watermark.bounded import outcome_within, planned_within
from watermark.notice import Notice, NoticeFile, Reference, State
from watermark.outcome import Result
from watermark.plan import Job
from watermark.save import candidate


def job(folder: Path) -> Job:
    path = folder / "article.pdf"
    path.write_bytes(build())
    notice = Notice(state=State.RETRACTION, article=Reference(title="An article"))
    file = NoticeFile(notice=notice, data=b"x", name="notice.md", media_type="text/markdown")
    return Job(article=path, notice=file, marked_at=datetime(2024, 5, 1, tzinfo=UTC), force_match="test")


def hang(_pipe: object, folder: str, _job: Job, destination: Path | None, _overwrite: object) -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})  # as a library that does not come back
    Path(folder, "put aside").touch()
    if destination is None:
        signal.pause()
    assert destination is not None
    with candidate(destination, overwrite=False):
        signal.pause()


def crash(_pipe: object, folder: str, _job: Job, destination: Path, _overwrite: object) -> None:
    Path(folder, "put aside").touch()
    with candidate(destination, overwrite=False):
        os.kill(os.getpid(), signal.SIGKILL)


def test_an_article_is_marked_within_its_time(tmp_path: Path) -> None:
    outcome = outcome_within(job(tmp_path), tmp_path / "copy.pdf", 60)
    assert outcome.result is Result.MARKED, outcome.reason
    assert (tmp_path / "copy.pdf").is_file()


@pytest.mark.parametrize(
    ("work", "seconds", "words"),
    [(hang, 5, "it took longer than 5 seconds"), (crash, 60, "ended without a word (Killed)")],
)
def test_what_does_not_come_back_is_ended_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: object, seconds: float, words: str
) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(aside))
    monkeypatch.setattr(bounded, "_work", work)
    monkeypatch.setattr(bounded, "SECONDS_TO_END", 0.2)
    outcome = outcome_within(job(tmp_path), tmp_path / "copy.pdf", seconds)
    assert (outcome.result, outcome.exit_status) == (Result.FAILED, 4)
    assert words in outcome.reason
    assert sorted(path.name for path in tmp_path.iterdir()) == ["article.pdf", "aside"]
    assert not list(aside.iterdir())


def test_a_plan_is_made_within_its_time_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert planned_within(job(tmp_path), 60).result is Result.PLANNED
    monkeypatch.setattr(bounded, "_work", hang)
    monkeypatch.setattr(bounded, "SECONDS_TO_END", 0.2)
    outcome = planned_within(job(tmp_path), 3)
    assert (outcome.result, outcome.exit_status) == (Result.FAILED, 4)
    assert "it took longer than 3 seconds" in outcome.reason
    assert sorted(path.name for path in tmp_path.iterdir()) == ["article.pdf"]


def test_more_memory_than_allowed_is_an_outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    monkeypatch.setattr(bounded, "_work", greedy)
    outcome = outcome_within(job(tmp_path), tmp_path / "copy.pdf", 60)
    assert outcome.exit_status == 4
    assert "did not carry it" in outcome.reason


def greedy(pipe: object, folder: str, asked: Job, destination: Path, overwrite: bool) -> None:  # noqa: FBT001 - a process's arguments
    def eat(_article: Path, _password: str) -> None:
        bytearray(bounded.MEMORY_BYTES)

    bounded.MEMORY_BYTES = 1 << 30
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("watermark.stamp.Article.opened", eat)
        bounded._work(pipe, folder, asked, destination, overwrite)  # type: ignore[arg-type]
