"""A destination is the whole verified copy or untouched, whatever happens in between."""

import errno
import os
import time
from pathlib import Path

import pytest

from watermark.errors import FailedError, UsageError
from watermark.runtime.atomic_files import STALE_TEMP_NAME, atomic_file, save, sidecar_file
from watermark.runtime.second_thread import second_thread


def test_a_candidate_that_is_kept_appears_whole_under_its_name(tmp_path: Path) -> None:
    original, copy = tmp_path / "original", tmp_path / "copy"
    original.write_bytes(b"original")
    with atomic_file(copy, overwrite=False) as new:
        new.write(original, 8, b" and more")
        assert not copy.exists()
        new.commit()
    assert copy.read_bytes() == b"original and more"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "original"]


@pytest.mark.parametrize("given", [3, 1 << 16, 0, -1])
def test_a_copy_is_whole_however_much_the_kernel_shares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: int
) -> None:
    data = bytes(range(256)) * 1000
    (tmp_path / "original").write_bytes(data + b"not of it")
    shared = getattr(os, "copy_file_range", None)
    asked: list[int] = []

    def some(source: int, target: int, count: int) -> int:
        asked.append(count)
        if given < 0 or shared is None:
            raise OSError(18, "two file systems")
        return int(shared(source, target, min(count, given * 1000))) if given else 0

    monkeypatch.setattr(os, "copy_file_range", some, raising=False)
    with atomic_file(tmp_path / "copy", overwrite=False) as new:
        for appended in (b" and much more", b" and more"):  # a second try over the first
            new.write(tmp_path / "original", len(data), appended)
        new.commit()
    assert asked
    assert (tmp_path / "copy").read_bytes() == data + b" and more"


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_nothing_is_left_when_the_work_breaks_off(tmp_path: Path, error: type[BaseException]) -> None:
    def work() -> None:
        with atomic_file(tmp_path / "copy", overwrite=False) as new:
            new.path.write_bytes(b"half")
            raise error

    with pytest.raises(error):
        work()
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_taken_is_not_replaced(tmp_path: Path) -> None:
    taken = tmp_path / "copy"
    taken.write_bytes(b"mine")
    with pytest.raises(UsageError, match="already exists"):
        save(taken, b"other", overwrite=False)
    assert taken.read_bytes() == b"mine"
    save(taken, b"other", overwrite=True)
    assert taken.read_bytes() == b"other"


def test_a_name_that_is_taken_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    with atomic_file(copy, overwrite=False) as new:
        copy.write_bytes(b"somebody was faster")
        with pytest.raises(UsageError):
            new.commit()
    assert copy.read_bytes() == b"somebody was faster"


def test_a_symbolic_link_is_never_followed_to_its_target(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"mine")
    (tmp_path / "copy").symlink_to(target)
    with pytest.raises(UsageError):
        save(tmp_path / "copy", b"other", overwrite=True)
    assert target.read_bytes() == b"mine"


def test_a_missing_folder_is_reported_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        save(tmp_path / "nowhere" / "copy", b"")


@pytest.mark.not_on("share")
def test_the_copy_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    save(tmp_path / "copy", b"")
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o666 & ~mask


@pytest.mark.parametrize("before", [None, b"an older record"])
def test_a_record_is_as_it_was_when_the_copy_cannot_be_saved(tmp_path: Path, before: bytes | None) -> None:
    record = tmp_path / "record"
    if before is not None:
        record.write_bytes(before)

    def work() -> None:
        with sidecar_file(record, b"a new record", overwrite=True):
            assert record.read_bytes() == b"a new record"
            raise FileExistsError

    with pytest.raises(FailedError):
        work()
    assert (record.read_bytes() if record.exists() else None) == before
    assert list(tmp_path.iterdir()) == ([] if before is None else [record])


def test_a_record_is_replaced_where_no_file_can_have_two_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    record = tmp_path / "record"
    record.write_bytes(b"an older record")
    with sidecar_file(record, b"a new record", overwrite=True):
        assert {bool(STALE_TEMP_NAME.fullmatch(path.name)) for path in tmp_path.iterdir() if path != record} == {True}
    assert (record.read_bytes(), list(tmp_path.iterdir())) == (b"a new record", [record])


def test_a_record_is_laid_whole_and_nothing_else(tmp_path: Path) -> None:
    record = tmp_path / "record"
    for data in (b"one", b"another"):
        with sidecar_file(record, data, overwrite=True):
            assert record.read_bytes() == data
        assert (record.read_bytes(), list(tmp_path.iterdir())) == (data, [record])


def test_a_record_replaces_no_other_file_but_may_be_there_already(tmp_path: Path) -> None:
    record = tmp_path / "record"
    record.write_bytes(b"mine")
    with pytest.raises(UsageError, match="already exists"), sidecar_file(record, b"other", overwrite=False):
        pytest.fail("the copy would be saved")
    assert record.read_bytes() == b"mine"
    with pytest.raises(KeyError), sidecar_file(record, b"mine", overwrite=False):
        raise KeyError
    assert record.read_bytes() == b"mine"


@pytest.mark.not_on("windows", "share")
def test_what_is_saved_is_safe_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, sync = [], os.fsync

    def synced(handle: int) -> None:
        done.append(os.fstat(handle).st_size if not (tmp_path / "copy").exists() else "named")
        sync(handle)

    (tmp_path / "original").write_bytes(b"original")
    monkeypatch.setattr(os, "fsync", synced)
    with atomic_file(tmp_path / "copy", overwrite=False) as new:
        new.write(tmp_path / "original", 8, b" and more")
        new.commit()
    (tmp_path / "copy").unlink()
    save(tmp_path / "copy", b"whole")
    assert done == [17, "named", 5, "named"]


@pytest.mark.not_on("windows", "share")
def test_what_another_thread_flushes_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, sync = list[bool](), os.fsync

    def slow(handle: int) -> None:
        time.sleep(0.02)
        done.append((tmp_path / "copy").exists())
        sync(handle)

    (tmp_path / "original").write_bytes(b"original")
    monkeypatch.setattr(os, "fsync", slow)
    with (
        second_thread("flushing", 2) as thread,
        atomic_file(tmp_path / "copy", overwrite=False, thread=thread) as new,
    ):
        new.write(tmp_path / "original", 8, b" and more")
        assert not done
        new.commit()
    assert done == [False, True]
    assert (tmp_path / "copy").read_bytes() == b"original and more"


@pytest.mark.not_on("windows", "share")
def test_a_disk_that_is_full_is_an_error_also_when_another_thread_finds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "original").write_bytes(b"original")
    monkeypatch.setattr(os, "fsync", full)

    def saved() -> None:
        with (
            second_thread("flushing", 2) as thread,
            atomic_file(tmp_path / "copy", overwrite=False, thread=thread) as new,
        ):
            new.write(tmp_path / "original", 8, b" and more")
            new.commit()

    with pytest.raises(FailedError, match="No space left"):
        saved()
    assert [path.name for path in tmp_path.iterdir()] == ["original"]
