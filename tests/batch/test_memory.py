"""An article in a batch may take the memory that every command gives a file of its size, and no more by default."""

from pathlib import Path

import pytest

from tests.runtime.isolation.work import exhaust_memory
from watermark.batch.task import BatchOptions
from watermark.runtime.isolation import WorkerTerminatedError, limits_for, run_isolated

MEGABYTE = 1 << 20


def test_an_article_of_a_batch_gets_704_megabytes_and_room_for_its_maps(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    limits = BatchOptions().limits_for(0)
    assert limits.memory_bytes == limits_for([tmp_path / "empty.pdf"]).memory_bytes == 704 * MEGABYTE
    assert BatchOptions().limits_for(MEGABYTE).memory_bytes == 712 * MEGABYTE


def test_what_takes_more_in_a_batch_is_ended_and_what_takes_less_is_not() -> None:
    limits = BatchOptions().limits_for(0)
    assert run_isolated(exhaust_memory, 300 * MEGABYTE, limits) == 300 * MEGABYTE
    with pytest.raises((MemoryError, WorkerTerminatedError)):
        run_isolated(exhaust_memory, 800 * MEGABYTE, limits)
