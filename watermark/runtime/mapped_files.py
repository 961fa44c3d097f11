"""Files mapped into memory. Where one is cut short meanwhile, the process that reads the map is ended (SIGBUS).

A worker may end like that: the process that started it reports it. A process that does work of its own may not; it maps
a private copy, which no other process can cut short.
"""

import mmap
import os
import tempfile
import threading
from typing import IO

from watermark.errors import FailedError
from watermark.runtime.chunks import copy_prefix

MAX_COPIED_BYTES = 256 << 20
"""Larger files are mapped as they are: a copy would take too much time and room."""
_may_end = threading.Event()


def allow_direct_maps() -> None:
    """Let this process map files as they are: it is a worker, and may end where one is cut short."""
    _may_end.set()


def map_file(file: IO[bytes], access: int = mmap.ACCESS_READ) -> mmap.mmap:
    """Return the bytes of an open file as a map, for the caller to close. `access` is ACCESS_READ or ACCESS_COPY.

    Raises FailedError if the file is cut short meanwhile, and ValueError if it is empty.
    """
    size_bytes = os.fstat(file.fileno()).st_size
    if _may_end.is_set() or not 0 < size_bytes <= MAX_COPIED_BYTES:
        return mmap.mmap(file.fileno(), 0, access=access)
    with tempfile.TemporaryFile("w+b", buffering=0) as copy:
        file.seek(0)
        if not copy_prefix(file, copy, size_bytes):
            raise FailedError(
                "the file was cut short while it was read", remedy="Wait until it has been written, and try again."
            )
        file.seek(0)
        return mmap.mmap(copy.fileno(), size_bytes, access=access)
