"""Only the runtime package asks which system it runs on, and files are saved where a drive offers less than POSIX."""

import ast
import errno
import mmap
import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from watermark.errors import FailedError, UsageError
from watermark.runtime import system
from watermark.runtime.atomic_files import atomic_file, save, sidecar_file
from watermark.runtime.isolation import (
    Limits,
    WorkerTerminatedError,
    accept_work,
    memory_use,
    process,
    run_isolated,
    terminate_all,
)

PACKAGE = Path(__file__).parents[2] / "watermark"
OF_SYSTEMS = {
    *("os.fchmod", "os.fsync", "os.link", "os.fork", "os.kill", "os.killpg", "os.setsid", "os.name", "os.uname"),
    *("os.sched_getaffinity", "os.cpu_count", "os.umask", "os.mkfifo", "os.sysconf", "sys.platform", "platform.system"),
    *("fcntl", "resource", "signal", "shlex", "msvcrt", "multiprocessing", "select", "psutil", "mmap.MADV_DONTNEED"),
}


def uses(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("/proc"):
            yield "/proc"


def test_no_module_outside_of_runtime_asks_which_system_it_runs_on() -> None:
    found = {
        f"{path.relative_to(PACKAGE)}: {use}"
        for path in PACKAGE.rglob("*.py")
        if not path.is_relative_to(PACKAGE / "runtime")
        for use in uses(path)
        if use in OF_SYSTEMS or use == "/proc"
    }
    assert found == set()


def refused(code: int) -> object:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return refuse


@pytest.fixture(params=["no hard links", "Windows"])
def drive(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Refuse what FAT and many shares refuse, and what Windows does not have."""
    monkeypatch.setattr(os, "link", refused(errno.EPERM))
    opened = os.open

    def open_file(path: str, flags: int, *rest: int, **more: int) -> int:
        if Path(path).is_dir():
            raise PermissionError(errno.EACCES, "a folder cannot be opened")
        return opened(path, flags, *rest, **more)

    if request.param == "Windows":
        monkeypatch.delattr(os, "fchmod", raising=False)
        monkeypatch.setattr(os, "open", open_file)
    else:
        monkeypatch.setattr(Path, "chmod", refused(errno.EPERM))
    return str(request.param)


@pytest.mark.usefixtures("drive")
def test_a_file_appears_under_its_name_where_there_are_no_hard_links(tmp_path: Path) -> None:
    save(tmp_path / "copy", b"whole", overwrite=False)
    assert (tmp_path / "copy").read_bytes() == b"whole"
    save(tmp_path / "copy", b"again", overwrite=True)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("copy", b"again")]


@pytest.mark.usefixtures("drive")
def test_a_name_taken_meanwhile_is_not_replaced_where_there_are_no_hard_links(tmp_path: Path) -> None:
    with atomic_file(tmp_path / "copy", overwrite=False) as new:
        new.write_whole(b"whole")
        (tmp_path / "copy").write_bytes(b"of another program")
        with pytest.raises(UsageError, match="already exists"):
            new.commit()
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("copy", b"of another program")]


@pytest.mark.usefixtures("drive")
def test_no_empty_file_stays_when_the_name_was_reserved_and_the_move_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "replace", refused(errno.ENOSPC))
    with pytest.raises(FailedError, match="No space left"):
        save(tmp_path / "copy", b"whole", overwrite=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("drive")
def test_a_record_and_its_copy_are_saved_together_where_there_are_no_hard_links(tmp_path: Path) -> None:
    (tmp_path / "record").write_bytes(b"before")
    with pytest.raises(ValueError, match="the copy"), sidecar_file(tmp_path / "record", b"new", overwrite=True):
        raise ValueError("the copy failed")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("record", b"before")]


def test_a_full_disk_is_not_taken_for_a_drive_without_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", refused(errno.ENOSPC))
    with pytest.raises(FailedError, match="No space left"):
        save(tmp_path / "copy", b"whole", overwrite=False)


def test_a_drive_that_cannot_flush_still_saves_and_a_failing_disk_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", refused(errno.EINVAL))
    save(tmp_path / "copy", b"whole")
    monkeypatch.setattr(os, "fsync", refused(errno.EIO))
    with pytest.raises(FailedError, match="cannot write the file"):
        save(tmp_path / "copy", b"new")
    assert (tmp_path / "copy").read_bytes() == b"whole"


@pytest.mark.parametrize("name", ["\U0001f4c4" * 62, "é" * 120, "a" * 255, os.fsdecode(b"\xe9" * 200)])
def test_the_longest_name_that_a_drive_takes_can_be_saved(tmp_path: Path, name: str) -> None:
    save(tmp_path / name, b"whole", overwrite=False)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"the folder .*none does not exist"):
        save(tmp_path / "none" / "copy", b"whole")


@pytest.mark.not_on("share")
@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")
def test_a_saved_file_has_the_permissions_of_a_new_file(tmp_path: Path) -> None:
    (tmp_path / "new").touch()
    save(tmp_path / "copy", b"whole", overwrite=False)
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == stat.S_IMODE((tmp_path / "new").stat().st_mode)


def take_memory(size_bytes: int) -> int:
    with mmap.mmap(-1, size_bytes) as taken:  # shared memory, which the limit of Linux does not count
        for start in range(0, size_bytes, 4096):
            taken[start] = 1
        time.sleep(20)
        return len(taken)


@pytest.fixture
def own_workers() -> Iterator[None]:
    """End the workers of a test with it: later tests expect workers that were started in their own environment."""
    yield
    terminate_all()
    accept_work()


@pytest.mark.usefixtures("own_workers")
def test_memory_and_time_are_watched_where_the_system_sets_no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows: no resource limits, no pipe that can be waited for, no /proc."""
    monkeypatch.setattr(process, "PIPES_CAN_BE_AWAITED", False)
    monkeypatch.setattr(process, "SECONDS_BETWEEN_LOOKS", 0.05)
    monkeypatch.setattr(memory_use, "SYSTEM", "win32")
    with pytest.raises(WorkerTerminatedError, match="300 MB of memory"):
        run_isolated(take_memory, 500 << 20, Limits(seconds=15, memory_bytes=300 << 20))
    with pytest.raises(WorkerTerminatedError, match=r"longer than 0\.3 seconds"):
        run_isolated(time.sleep, 20, Limits(seconds=0.3, memory_bytes=1 << 30))
    assert run_isolated(len, "four", Limits(seconds=15, memory_bytes=1 << 30)) == 4


def is_running(pid: int) -> bool:
    try:
        return str(psutil.Process(pid).status()) != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_what_a_program_has_started_ends_with_it_where_there_are_no_process_groups(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(os, "killpg", raising=False)
    script = "import subprocess, sys; p = subprocess.Popen(['sleep', '30']); print(p.pid, flush=True); p.wait()"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as started:
        assert started.stdout is not None
        child = int(started.stdout.readline())
        system.end_with_descendants(started)
    end = time.monotonic() + 10
    while is_running(child) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_running(child)


@pytest.mark.skipif(os.name == "nt", reason="of POSIX shells")
@pytest.mark.parametrize(
    "name",
    ["plain.pdf", 'it\'s "a" $(x) `y`.pdf', "two\nlines\\.pdf", os.fsdecode(b"r\xe9s'7.pdf"), "\u202egpj\u202c.pdf"],
)
def test_a_quoted_name_is_one_line_and_the_shell_reads_the_name_again(name: str) -> None:
    quoted = system.quoted_for_shell(name)
    assert quoted.isprintable()
    run = subprocess.run(["bash", "-c", f"printf %s {quoted}"], capture_output=True, check=True)
    assert os.fsdecode(run.stdout) == name
