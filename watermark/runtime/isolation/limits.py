"""How much time and memory a file may take: more for a large one, and far more than any honest one takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SECONDS = 30.0
SECONDS_A_MEGABYTE = 15.0
MEMORY_BYTES = 768 << 20
"""With the libraries and the process that waits, this stays below a gigabyte of resident memory."""
MEMORY_A_BYTE = 4
"""A file is mapped, rendered and compared by several readers at a time."""
MAX_MEMORY_BYTES = 16 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a task may take once it has begun: seconds on the clock, and bytes of memory."""

    seconds: float
    memory_bytes: int


def limits_for(files: Iterable[Path], *, seconds: float | None = None) -> Limits:
    """Return the limits for a task that reads these files. `seconds` replaces the time that goes with their size."""
    size_bytes = sum(map(_size_of, files))
    return Limits(
        seconds=round(SECONDS + SECONDS_A_MEGABYTE * size_bytes / (1 << 20)) if seconds is None else seconds,
        memory_bytes=min(MEMORY_BYTES + MEMORY_A_BYTE * size_bytes, MAX_MEMORY_BYTES),
    )


def _size_of(file: Path) -> int:
    try:
        return file.stat().st_size if file.is_file() else 0
    except (OSError, ValueError):
        return 0
