"""Small files that a person names, such as a password or a profile: read whole, and never without end."""

import os
import select
import stat
import time
from pathlib import Path

from watermark.errors import UsageError

SECONDS = 10.0
MAX_PASSWORD_BYTES = 1000
_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_bounded(path: Path, max_bytes: int) -> bytes:
    """Return what is in a file or comes through a pipe. Raises OSError, also for a device and for more bytes.

    A pipe that no process writes to is waited for, up to a limit.
    """
    if path.is_dir():  # Windows would say that permission is denied
        raise OSError(0, "a folder is not a file")
    handle = os.open(path, os.O_RDONLY | _NO_WAIT)
    with os.fdopen(handle, "rb", buffering=0) as file:
        mode = os.fstat(handle).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise OSError(0, "not a file")
        data, end = b"", time.monotonic() + SECONDS
        while len(data) <= max_bytes:
            if stat.S_ISFIFO(mode) and not select.select([file], [], [], max(end - time.monotonic(), 0))[0]:
                raise OSError(0, "nothing came through the pipe")
            part = file.read(max_bytes + 1 - len(data))
            if part:
                data += part
            elif part is not None:
                return data
    raise OSError(0, f"it is larger than {max_bytes:,} bytes")


def password_in(file: Path) -> str:
    """Return the password in a text file, without the line end. Raises UsageError."""
    try:
        data = read_bounded(file, MAX_PASSWORD_BYTES)
        return data.decode("utf-8-sig").removesuffix("\n").removesuffix("\r")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise UsageError(
            f"cannot read the password ({why})",
            file=str(file),
            remedy="Use a text file that contains only the password.",
        ) from error
