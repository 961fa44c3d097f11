"""A second thread does what it is given in order, hands errors over, and has ended when its owner continues."""

import sys
import threading
from threading import Event

import pytest

from watermark.runtime import second_thread
from watermark.runtime.second_thread import SECONDS_A_TURN, second_threads


def test_urgent_tasks_come_before_those_that_were_given_earlier() -> None:
    done, begin = list[str](), Event()
    with second_threads(("one",)) as (thread,):
        thread.soon(begin.wait)
        futures = [thread.soon(lambda: done.append("first")), thread.soon(lambda: done.append("second"))]
        futures.append(thread.soon(lambda: done.append("urgent"), urgent=True))
        begin.set()
        for future in futures:
            future.result()
    assert done == ["urgent", "first", "second"]


def test_an_error_is_raised_where_the_result_is_asked_for_and_the_thread_keeps_working() -> None:
    with second_threads(("one",)) as (thread,):
        failed, after = thread.soon(lambda: 1 // 0), thread.soon(lambda: 7)
        with pytest.raises(ZeroDivisionError):
            failed.result()
        assert after.result() == 7


def test_what_was_not_begun_is_left_when_the_owner_is_interrupted_and_the_thread_has_ended() -> None:
    begin, begun, late = Event(), Event(), list[int]()

    def interrupted() -> None:
        with second_threads(("one", "two")) as (thread, _):
            thread.soon(lambda: (begun.set(), begin.wait()))
            thread.soon(lambda: late.append(1))
            begun.wait()
            threading.Timer(0.05, begin.set).start()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not late
    assert not {"one", "two"} & {thread.name for thread in threading.enumerate()}


def test_turns_are_short_only_while_there_are_several_threads() -> None:
    usual = sys.getswitchinterval()
    with second_threads(("one",)), second_threads(("two",)):
        assert sys.getswitchinterval() == pytest.approx(SECONDS_A_TURN)
    assert sys.getswitchinterval() == usual


def test_a_system_without_threads_gives_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(second_thread.Thread, "start", refused)
    with second_threads(("one", "two")) as threads:
        assert threads == ()
