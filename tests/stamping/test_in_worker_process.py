"""A hang or a crash affects one file, is reported, and leaves nothing behind."""

import os
import signal
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.helpers.build import build
from watermark.models import Outcome, Result
from watermark.notice import Notice, NoticeFile, Reference, State
from watermark.runtime.atomic_files import atomic_file
from watermark.runtime.isolation import Limits, WorkerTerminatedError, limits, pool, process, terminate_all
from watermark.stamping import in_worker_process
from watermark.stamping.in_worker_process import PROCESS, IsolatedStamp, plan_isolated, stamp_isolated
from watermark.stamping.plan import StampRequest

DO = in_worker_process.work


@pytest.fixture(autouse=True)
def _of_this_repository(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.setattr(process, "SECONDS_TO_END", 0.3)
    yield
    terminate_all()
    pool.accept_work()


def request_for(folder: Path) -> StampRequest:
    path = folder / "article.pdf"
    path.write_bytes(build())
    notice = Notice(state=State.RETRACTION, article=Reference(title="An article"))
    file = NoticeFile(notice=notice, data=b"x", name="notice.md", media_type="text/markdown")
    return StampRequest(
        article=path, notice=file, marked_at=datetime(2024, 5, 1, tzinfo=UTC), match_override_reason="test"
    )


def begin(task: IsolatedStamp) -> None:
    Path(task.folder, PROCESS).write_text(str(os.getpid()), encoding="ascii")
    Path(task.folder, "put aside").touch()


def hang(task: IsolatedStamp) -> Outcome:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})  # as a library that does not come back
    begin(task)
    if task.destination is not None:
        with atomic_file(task.destination, overwrite=False):
            signal.pause()
    signal.pause()
    raise AssertionError


def crash(task: IsolatedStamp) -> Outcome:
    begin(task)
    assert task.destination is not None
    with atomic_file(task.destination, overwrite=False):
        os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def greedy(task: IsolatedStamp) -> Outcome:
    def eat(_article: Path, _password: str) -> None:
        bytearray(3 << 30)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("watermark.stamping.pipeline.Article.opened", eat)
        return DO(task)


def test_an_article_is_marked_within_its_time(tmp_path: Path) -> None:
    outcome = stamp_isolated(request_for(tmp_path), tmp_path / "copy.pdf", 60)
    assert outcome.result is Result.MARKED, outcome.reason
    assert (tmp_path / "copy.pdf").is_file()


@pytest.mark.parametrize(
    ("work", "seconds", "words"),
    [(hang, 2, "it took longer than 2 seconds"), (crash, 60, "crashed (Killed)")],
)
def test_what_does_not_come_back_is_ended_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: object, seconds: float, words: str
) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(aside))
    monkeypatch.setattr(in_worker_process, "work", work)
    outcome = stamp_isolated(request_for(tmp_path), tmp_path / "copy.pdf", seconds)
    assert (outcome.result, outcome.exit_status) == (Result.FAILED, 4)
    assert words in outcome.reason
    assert sorted(path.name for path in tmp_path.iterdir()) == ["article.pdf", "aside"]
    assert not list(aside.iterdir())


def test_a_plan_is_made_within_its_time_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert plan_isolated(request_for(tmp_path), 60).result is Result.PLANNED
    monkeypatch.setattr(in_worker_process, "work", hang)
    outcome = plan_isolated(request_for(tmp_path), 2)
    assert (outcome.result, outcome.exit_status) == (Result.FAILED, 4)
    assert "it took longer than 2 seconds" in outcome.reason
    assert sorted(path.name for path in tmp_path.iterdir()) == ["article.pdf"]


def test_more_memory_than_allowed_is_an_outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_worker_process, "work", greedy)
    outcome = stamp_isolated(request_for(tmp_path), tmp_path / "copy.pdf", 60)
    assert outcome.exit_status == 4
    assert "not enough memory" in outcome.reason


def test_an_article_has_room_for_its_maps_beside_the_memory_that_work_may_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[int] = []

    def see(_work: object, _task: IsolatedStamp, allowed: Limits, **_scratch: object) -> Outcome:
        given.append(allowed.memory_bytes)
        raise WorkerTerminatedError("enough was seen", remedy="None.")

    monkeypatch.setattr(in_worker_process, "run_isolated", see)
    asked = request_for(tmp_path)
    for size in (1 << 20, 1 << 30):
        os.truncate(asked.article, size)  # a hole: it takes no room on most disks
        assert stamp_isolated(asked, tmp_path / "copy.pdf", 60).reason == "enough was seen"
    assert given[1] - given[0] == limits.MEMORY_A_BYTE * ((1 << 30) - (1 << 20))
    assert given[0] > limits.MEMORY_BYTES
