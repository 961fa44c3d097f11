"""Steps of saving a file that systems and drives differ in: POSIX, NTFS, FAT, and shares by SMB or NFS."""

import errno
import hashlib
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

SECONDS_FOR_READERS = 2.0
"""On Windows, a file that a virus scanner or a viewer has open cannot be replaced: most let go of it soon."""
_PAUSE_SECONDS = 0.05
MAX_STEM_BYTES = 225
"""Of a name of 255 bytes: `.retracted.retraction.json` is the longest ending that is added."""
DIGEST_LENGTH = 12
_NOT_OFFERED = frozenset(
    getattr(errno, name)
    for name in ("EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV", "EINVAL")
    if hasattr(errno, name)
)
"""Answers of a system or a drive that does not offer an operation. A full or failing disk answers otherwise."""


def sync_file(file: IO[Any]) -> None:
    """Have the bytes of an open file on the disk. A drive that does not offer that keeps them in its own way."""
    file.flush()
    try:
        os.fsync(file.fileno())
    except OSError as error:
        if error.errno not in _NOT_OFFERED:
            raise


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where that can be asked for: not on Windows, nor on many shares."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def give_usual_permissions(path: Path, *, is_folder: bool = False) -> None:
    """Give a temporary file or folder, which is its owner's alone, the permissions of a new one.

    Nothing happens on a drive that has no permissions.
    """
    mask = os.umask(0)
    os.umask(mask)
    with suppress(OSError):
        path.chmod((0o777 if is_folder else 0o666) & ~mask)


def copy_permissions(source: Path, target: Path) -> None:
    """Give a file the permissions of another one, where the drive has any."""
    with suppress(OSError):
        shutil.copymode(source, target)


def give_new_name(temporary: Path, destination: Path) -> None:
    """Give a file a name that is free. Raises FileExistsError when it is taken: nothing is ever replaced.

    That is one step where the drive has hard links. Where it has none, the name is first reserved with an empty file,
    which only one process can create: for that moment, another program can see the empty file.
    """
    try:
        os.link(temporary, destination)
    except FileExistsError:
        raise
    except (OSError, AttributeError, NotImplementedError) as error:
        if isinstance(error, OSError) and error.errno not in _NOT_OFFERED:
            raise
    else:
        return
    os.close(os.open(destination, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    try:
        replace_file(temporary, destination)
    except BaseException:
        with suppress(OSError):
            destination.unlink()
        raise


def replace_file(source: Path, destination: Path) -> None:
    """Move a file over another one, in one step. Waits for programs that have it open where that prevents it."""
    end = time.monotonic() + SECONDS_FOR_READERS
    while True:
        try:
            source.replace(destination)
        except PermissionError as error:
            if not hasattr(error, "winerror") or time.monotonic() > end:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def shortened(name: str, most_bytes: int) -> str:
    """Return the beginning of a file name, cut between characters, that takes at most this number of bytes."""
    while len(os.fsencode(name)) > most_bytes:
        name = name[: max(len(name) - max((len(os.fsencode(name)) - most_bytes) // 4, 1), 0)]
    return name


def stem_that_fits(stem: str) -> str:
    """Return a name that leaves room for an ending; a longer one is cut, and ends in a part of its digest."""
    data = stem.encode("utf-8", "surrogatepass")
    if len(data) <= MAX_STEM_BYTES:
        return stem
    digest = hashlib.sha256(data).hexdigest()[:DIGEST_LENGTH]
    return f"{shortened(stem, MAX_STEM_BYTES - DIGEST_LENGTH - 1)}~{digest}"
