"""How much time and memory a file may take: more for a large one, and far more than any honest one takes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from watermark.runtime.chunks import CHUNK_BYTES

SECONDS = 30.0
SECONDS_A_MEGABYTE = 4.0
SECONDS_A_PAGE = 0.25
MAX_SECONDS = 300.0
"""A file may claim any size and any number of pages: this is the most that it gets for them."""
MEMORY_BYTES = 704 << 20
"""With the libraries and the process that waits, this stays below a gigabyte of resident memory."""
MEMORY_A_BYTE = 4
"""A file is mapped, rendered and compared by several readers at a time."""
MAX_MEMORY_BYTES = 16 << 30
BYTES_PER_SECOND = 10_000_000
"""Of a slow drive, from which all bytes of a folder are read."""
BLOCK_BYTES = 512
COUNT_LENGTH = 16
_COUNT = re.compile(rb"/Count ?([0-9]{1,5})(?![0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a task may take once it has begun: seconds on the clock, and bytes of memory."""

    seconds: float
    memory_bytes: int


def limits_for(files: Iterable[Path], *, seconds: float | None = None) -> Limits:
    """Return the limits for a task that reads these files. `seconds` replaces the time that goes with their size."""
    given = list(files)
    size_bytes = sum(map(_size_of, given))
    return Limits(
        seconds=_seconds_for(given, size_bytes) if seconds is None else seconds,
        memory_bytes=min(MEMORY_BYTES + MEMORY_A_BYTE * size_bytes, MAX_MEMORY_BYTES),
    )


def _seconds_for(files: Iterable[Path], size_bytes: int) -> float:
    """Return the seconds that go with the size of files, and with the pages that they say they have."""
    seconds = SECONDS + SECONDS_A_MEGABYTE * size_bytes / (1 << 20)
    if seconds < MAX_SECONDS:
        seconds += SECONDS_A_PAGE * sum(map(_pages_claimed_by, files))
    return round(min(seconds, MAX_SECONDS))


def seconds_to_read(files: Iterable[Path]) -> float:
    """Return the seconds in which all bytes of files can be read, however many there are. Holes do not count."""
    return MAX_SECONDS + sum(map(_stored_size_of, files)) / BYTES_PER_SECOND


def _stored_size_of(file: Path) -> int:
    try:
        found = file.stat()
    except (OSError, ValueError):
        return 0
    return min(found.st_size, BLOCK_BYTES * getattr(found, "st_blocks", found.st_size))


def _pages_claimed_by(file: Path) -> int:
    """Return the largest number of pages that a page tree in the file claims, if it can be read without unpacking."""
    if not _size_of(file):
        return 0
    largest, tail = 0, b""
    try:
        with file.open("rb") as opened:
            while chunk := opened.read(CHUNK_BYTES):
                counts = _COUNT.findall(tail + chunk)
                largest = max(largest, *map(int, counts)) if counts else largest
                tail = chunk[-COUNT_LENGTH:]
    except OSError:
        return 0
    return largest


def _size_of(file: Path) -> int:
    try:
        return file.stat().st_size if file.is_file() else 0
    except (OSError, ValueError):
        return 0
