"""A hang or a crash affects one task, is reported, and leaves no process behind."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.runtime.isolation import work
from watermark.runtime.isolation import (
    Limits,
    WorkerTerminatedError,
    accept_work,
    pool,
    process,
    run_isolated,
    terminate_all,
)

LIMITS = Limits(seconds=60, memory_bytes=4 << 30)
REPOSITORY = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _of_this_repository(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    monkeypatch.setattr(process, "SECONDS_TO_END", 0.3)
    accept_work()
    yield
    terminate_all()
    accept_work()


def is_there(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def test_work_is_done_in_another_process_which_is_used_again() -> None:
    first = run_isolated(work.process_number, None, LIMITS)
    assert first != os.getpid()
    assert run_isolated(work.process_number, None, LIMITS) == first
    assert run_isolated(work.double, 21, LIMITS) == 42
    terminate_all()
    assert not is_there(first)


def test_a_relative_path_is_that_of_the_caller_wherever_it_is_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run_isolated(work.absolute, "x", LIMITS)
    assert first == str(Path.cwd() / "x")
    monkeypatch.chdir(tmp_path)
    assert run_isolated(work.absolute, "x", LIMITS) == str(tmp_path / "x")


def test_what_the_work_raises_is_raised_here() -> None:
    with pytest.raises(ValueError, match="not so"):
        run_isolated(work.refuse, "not so", LIMITS)


def test_what_takes_too_long_is_ended_and_the_next_work_is_done() -> None:
    with pytest.raises(WorkerTerminatedError, match="it took longer than 1 seconds"):
        run_isolated(work.hang, None, Limits(seconds=1, memory_bytes=4 << 30))
    assert run_isolated(work.double, 1, LIMITS) == 2


def test_a_crash_says_how_it_ended_and_its_last_words_and_costs_no_other_task() -> None:
    with ThreadPoolExecutor(2) as threads:
        other = threads.submit(run_isolated, work.sleep, 1.0, LIMITS)
        crashed = threads.submit(run_isolated, work.crash, None, LIMITS)
        with pytest.raises(WorkerTerminatedError) as caught:
            crashed.result()
        assert "crashed (Aborted: free(): invalid pointer [2J)" in caught.value.reason
        assert other.result() == 1.0


def test_more_memory_than_allowed_is_not_given() -> None:
    with pytest.raises(MemoryError):
        run_isolated(work.exhaust_memory, 3 << 30, Limits(seconds=60, memory_bytes=2 << 30))
    assert run_isolated(work.exhaust_memory, 1000, LIMITS) == 1000


@pytest.mark.slow
def test_a_process_that_has_become_large_is_replaced() -> None:
    first = run_isolated(work.process_number, None, LIMITS)
    run_isolated(work.exhaust_memory, 1100 << 20, LIMITS)
    assert run_isolated(work.process_number, None, LIMITS) != first
    assert not is_there(first)


def test_a_process_is_replaced_after_so_many_pieces_of_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MAX_USES", 2)
    terminate_all()  # who has worked for other tests
    accept_work()
    first = run_isolated(work.process_number, None, LIMITS)
    assert run_isolated(work.process_number, None, LIMITS) == first
    assert run_isolated(work.process_number, None, LIMITS) != first


def test_what_is_going_on_can_be_ended_at_once() -> None:
    with ThreadPoolExecutor(1) as threads:
        future = threads.submit(run_isolated, work.sleep, 600.0, LIMITS)
        while not pool._busy:
            time.sleep(0.01)
        threading.Timer(0.5, terminate_all).start()
        with pytest.raises(WorkerTerminatedError):
            future.result()
    with pytest.raises(WorkerTerminatedError, match="not begun"):
        run_isolated(work.double, 1, LIMITS)


@pytest.mark.parametrize("doing", ["begin_and_sleep", "begin_and_hang"])
def test_the_processes_end_and_leave_nothing_when_the_one_that_asked_is_killed(tmp_path: Path, doing: str) -> None:
    script = """if True:
        import pathlib, sys
        from tests.runtime.isolation import work
        from watermark.runtime.isolation import Limits, run_isolated
        limits = Limits(seconds=600, memory_bytes=4 << 30)
        print(run_isolated(work.process_number, None, limits), flush=True)
        scratch = pathlib.Path(sys.argv[2])
        run_isolated(getattr(work, sys.argv[3]), pathlib.Path(sys.argv[1]), limits, scratch=scratch)"""
    (tmp_path / "scratch").mkdir()
    (tmp_path / "scratch" / "article.pdf").write_bytes(b"fetched")
    begun = [sys.executable, "-c", script, str(tmp_path / "begun"), str(tmp_path / "scratch"), doing]
    asking = subprocess.Popen(begun, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY)
    assert asking.stdout is not None
    working = int(asking.stdout.readline())
    while not (tmp_path / "begun").exists():
        time.sleep(0.05)
    assert is_there(working)
    asking.send_signal(signal.SIGKILL)
    asking.wait()
    asking.stdout.close()
    end = time.monotonic() + 10
    while is_there(working) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_there(working)
    assert [path.name for path in tmp_path.iterdir()] == ["begun"]


@pytest.mark.not_on("windows")  # its clock runs until the answer has been taken
def test_a_process_that_is_ended_just_as_it_answers_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = process.received

    def late(pipe: BinaryIO) -> bytes:
        answer = answered(pipe)
        time.sleep(0.8)  # longer than it may take: its time is up while the answer is on its way
        return answer

    assert run_isolated(work.double, 20, LIMITS) == 40
    monkeypatch.setattr(process, "received", late)
    assert run_isolated(work.double, 21, Limits(seconds=0.4, memory_bytes=4 << 30)) == 42
    monkeypatch.setattr(process, "received", answered)
    assert run_isolated(work.double, 1, LIMITS) == 2


@pytest.fixture
def own_workers() -> Iterator[None]:
    """End the workers of a test with it: later tests expect workers that were started in their own environment."""
    yield
    terminate_all()
    accept_work()


def choose_temporary_folder(folder: str) -> int:
    tempfile.tempdir = folder
    return os.getpid()


def make_temporary_file(_: object) -> int:
    with tempfile.TemporaryFile():
        return os.getpid()


@pytest.mark.usefixtures("own_workers")
def test_a_task_does_not_use_the_temporary_folder_of_the_one_before(tmp_path: Path) -> None:
    """That folder is removed with its task, and every later one would fail."""
    limits = Limits(seconds=20, memory_bytes=1 << 30)
    first = run_isolated(choose_temporary_folder, str(tmp_path / "removed"), limits)
    assert run_isolated(make_temporary_file, None, limits) == first


@pytest.mark.skipif(sys.platform != "linux", reason="resident memory is read from /proc")
@pytest.mark.parametrize(("megabytes", "is_ended"), [(250, False), (700, True)])
def test_a_validator_that_is_started_has_memory_of_its_own_within_bounds(megabytes: int, *, is_ended: bool) -> None:
    limits = Limits(seconds=60, memory_bytes=256 << 20)
    if is_ended:
        with pytest.raises(WorkerTerminatedError, match="more than 256 MB of memory"):
            run_isolated(work.start_a_large_program, megabytes, limits)
    else:
        assert run_isolated(work.start_a_large_program, megabytes, limits) == 0
