"""An article in a batch may take the memory and time that every command gives its file, and no more by default."""

from pathlib import Path

import pytest

from tests.runtime.isolation.work import exhaust_memory
from watermark.batch.storage import local_file
from watermark.batch.task import BatchOptions
from watermark.runtime.isolation import WorkerTerminatedError, limits_for, run_isolated
from watermark.runtime.isolation.limits import MAX_SECONDS, SECONDS

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


def test_an_article_of_a_batch_gets_the_time_of_every_command_by_its_size_and_pages(
    tmp_path: Path,
) -> None:
    small, large = tmp_path / "small.pdf", tmp_path / "large.pdf"
    small.write_bytes(b"<</Type/Pages/Count 1>>")
    large.write_bytes(b"<</Type/Pages/Count 400>>" + b" " * MEGABYTE)
    seconds = {
        file: BatchOptions().limits_for(file.stat().st_size, local_file(str(tmp_path), file.name)).seconds
        for file in (small, large)
    }
    assert seconds == {small: SECONDS, large: limits_for([large]).seconds}
    assert seconds[large] > SECONDS + 100


def test_an_article_in_a_cloud_store_gets_as_much_time_as_any_file_because_its_pages_are_not_known() -> None:
    assert local_file("s3://bucket/articles", "one.pdf") is None
    assert BatchOptions().limits_for(MEGABYTE).seconds >= MAX_SECONDS


def test_a_time_that_is_given_for_a_batch_is_that_of_each_article_and_its_transfer(tmp_path: Path) -> None:
    (file := tmp_path / "one.pdf").write_bytes(b"<</Count 9999>>")
    assert BatchOptions(seconds=5).limits_for(20_000_000, file).seconds == 7
