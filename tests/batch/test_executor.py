"""Never more work in flight than keeps every worker busy, and none begins when the user wants an end."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from watermark.batch.executor import TASKS_PER_WORKER, StopRequest, WorkerPool, map_bounded


def test_pieces_are_taken_only_when_there_is_room_for_them() -> None:
    taken, back, most = 0, 0, 0

    def pieces() -> Iterator[int]:
        nonlocal taken, most
        for number in range(200):
            taken += 1
            most = max(most, taken - back)
            yield number

    with ThreadPoolExecutor(3) as threads:
        pool = WorkerPool(executor=threads, workers=3, end=lambda: None)
        for piece, future in map_bounded(pool, lambda number: number * 2, pieces(), StopRequest()):
            back += 1
            assert future.result() == piece * 2
    assert back == taken == 200
    assert most == 3 * TASKS_PER_WORKER


def test_what_has_begun_is_finished_and_nothing_more_begins_when_an_end_is_asked_for() -> None:
    stop, begun, go = StopRequest(), [], threading.Event()

    def work(number: int) -> int:
        begun.append(number)
        go.wait(10)
        return number

    def pieces() -> Iterator[int]:
        for number in range(100):
            if number == 3:
                stop.times = 1
                go.set()
            yield number

    with ThreadPoolExecutor(1) as threads:
        pool = WorkerPool(executor=threads, workers=2, end=lambda: None)
        back = [piece for piece, _ in map_bounded(pool, work, pieces(), stop)]
    assert back == begun
    assert len(back) < 4


def test_a_second_time_ends_at_once() -> None:
    stop, ended, go = StopRequest(), [], threading.Event()

    def pieces() -> Iterator[int]:
        yield 1
        stop.times = 2
        yield 2

    with ThreadPoolExecutor(1) as threads:
        pool = WorkerPool(executor=threads, workers=1, end=lambda: (ended.append(True), go.set()))  # type: ignore[arg-type, return-value]
        assert list(map_bounded(pool, lambda _: go.wait(10), pieces(), stop)) == []
    assert ended == [True]
