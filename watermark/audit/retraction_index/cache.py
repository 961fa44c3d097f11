"""The user's cache folder: indexes by the digest of the list, and digests by the file's path, size and times."""

import hashlib
import json
import os
import stat
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from watermark.errors import MissingNoticeError, NoticeError, NoticeFileError
from watermark.runtime.atomic_files import atomic_file
from watermark.runtime.chunks import sha256_of
from watermark.runtime.user_cache import NAME, user_cache

KEPT = 8
"""How many indexes are kept, the most recently used: each new version of a list gets another index."""
RACY_NANOSECONDS = 2_000_000_000
"""A file that changed so shortly before its digest was computed may change again without a change of its times."""
A_DAY = 86_400.0


def stamp_of(path: Path) -> list[int]:
    """Return what identifies the state of a file: its times in nanoseconds, size in bytes, inode and device number.

    Raises NoticeError if there is no such file.
    """
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise MissingNoticeError(
            "the retraction list does not exist", file=str(path), remedy="Check the name and the folder."
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not a valid file name"
        raise NoticeFileError(
            f"cannot read the retraction list: {reason}", file=str(path), remedy="Check its name and permissions."
        ) from error
    if not stat.S_ISREG(status.st_mode):
        raise NoticeError(
            "the retraction list is not a regular file", file=str(path), remedy="Save it as a file first."
        )
    return [status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, status.st_dev]


def cache_folder() -> Path:
    """Return this tool's folder among the user's caches, created with access for the user only.

    If it cannot be created, a new temporary folder is returned.
    """
    folder = user_cache()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix=f"{NAME}-"))
    return folder if os.access(folder, os.W_OK | os.X_OK) else Path(tempfile.mkdtemp(prefix=f"{NAME}-"))


def digest_of(path: Path, folder: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal. The file is read only if its stamp differs from that in `folder`."""
    stamp, absolute = stamp_of(path), str(path.resolve())
    kept = folder / f"{hashlib.sha256(os.fsencode(absolute)).hexdigest()[:32]}.json"
    try:
        known = json.loads(kept.read_text(encoding="utf-8"))
        if known["path"] == absolute and known["stamp"] == stamp:
            return str(known["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # no record: the file is read
    started = time.time_ns()
    digest = sha256_of(path)
    if stamp_of(path) != stamp:
        raise changed(path)
    if started - max(stamp[:2]) > RACY_NANOSECONDS:
        record = json.dumps({"path": absolute, "stamp": stamp, "sha256": digest})
        put(kept, lambda new: new.write_text(record, encoding="utf-8"))
    return digest


def put(path: Path, write: Callable[[Path], object]) -> None:
    """Have `write` make a file, and give it the name `path` when it is complete. Several processes may do so at once.

    Raises FailedError when the file cannot be written.
    """
    with atomic_file(path, overwrite=True) as new:
        write(new.path)
        new.commit()


def touched(path: Path) -> None:
    """Update the time of a file that is used, at most once a day."""
    if time.time() - path.stat().st_mtime > A_DAY:
        os.utime(path)


def prune(folder: Path, suffix: str) -> None:
    """Delete all files with the suffix but the newest."""
    files = sorted(folder.glob(f"*{suffix}"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[KEPT:]:
        path.unlink(missing_ok=True)


def changed(path: Path) -> NoticeError:
    """Return the error for a list that changes while it is being read."""
    return NoticeError("the list changed while it was read", file=str(path), remedy="Run the command again.")
