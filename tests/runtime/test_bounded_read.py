"""Devices, pipes and files without end are no harm where a small file is expected."""

import os
import sys
import threading
import time
from pathlib import Path

import pytest

from watermark.cli.common_options import password_in
from watermark.errors import UsageError
from watermark.runtime import bounded_read
from watermark.runtime.bounded_read import read_bounded
from watermark.stamping.profile import read_profile

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    assert read_bounded(tmp_path / "file", 5) == b"12345"
    with pytest.raises(OSError, match="larger than 4 bytes"):
        read_bounded(tmp_path / "file", 4)


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/urandom", "/dev/null", "/proc/self", "/"])
def test_a_device_or_a_folder_is_neither_a_password_nor_a_profile(path: str) -> None:
    with pytest.raises(UsageError, match=r"not a file|directory"):
        password_in(Path(path))
    with pytest.raises(UsageError):
        read_profile(path)


def test_a_password_may_come_through_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(b"secret\n",))
    writer.start()
    assert password_in(tmp_path / "pipe") == "secret"
    writer.join()


def test_a_pipe_into_which_nothing_is_written_is_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded_read, "SECONDS", 0.2)
    os.mkfifo(tmp_path / "pipe")
    handle = os.open(tmp_path / "pipe", os.O_RDWR)
    start = time.monotonic()
    with pytest.raises(UsageError, match="nothing came"):
        password_in(tmp_path / "pipe")
    assert time.monotonic() - start < 5
    os.close(handle)


def test_a_password_file_of_any_size_is_not_read_whole(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x" * 2000)
    with pytest.raises(UsageError, match="larger than 1,000 bytes"):
        password_in(tmp_path / "file")


@pytest.mark.parametrize(
    "text",
    [
        "a" + ".a" * 40_000 + " = 1",
        "x = {a" + ".a" * 40_000 + " = 1}",
        "opacity = " + "9" * 90_000,
        "opacity = " + "9" * 4_000,
        "opacity = " + "1_" * 40_000 + "1",
        "x = " + "[" * 40_000 + "]" * 40_000,
        "x = [\n" + "[\n" * 30_000,
        "opacity = 1e999999999",
        "\n".join("a" + ".a" * 190 + f".b{number} = 1" for number in range(250)),
    ],
)
def test_a_hostile_profile_is_refused_in_bounded_time(tmp_path: Path, text: str) -> None:
    (tmp_path / "profile.toml").write_text(text)
    start = time.process_time()
    with pytest.raises(UsageError) as caught:
        read_profile(str(tmp_path / "profile.toml"))
    assert caught.value.remedy
    assert time.process_time() - start < 3
