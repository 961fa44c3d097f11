"""Read and copy files in chunks, keeping only one chunk in memory."""

import hashlib
import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import IO

CHUNK_BYTES = 1 << 16
"""A multiple of every page size of memory, and less than what malloc gets afresh from the system for each chunk."""
RELEASED_BYTES = 1 << 20
"""A multiple of CHUNK_BYTES."""


def iter_chunks(mapped: mmap.mmap | bytes, start: int, end: int) -> Iterator[bytes]:
    """Yield the bytes from `start` up to `end`, 64 KiB at a time.

    Pages of a map are released after each mebibyte; otherwise they would count towards the process's memory limit.
    They are read again when needed.
    """
    for first in range(start, end, RELEASED_BYTES):
        last = min(first + RELEASED_BYTES, end)
        for offset in range(first, last, CHUNK_BYTES):
            yield mapped[offset : min(offset + CHUNK_BYTES, last)]
        if isinstance(mapped, mmap.mmap):
            released = first - first % mmap.PAGESIZE
            release(mapped, released, last - released)


def release(mapped: mmap.mmap, start: int = 0, size_bytes: int | None = None) -> None:
    """Release the memory of a map from `start`, by default up to its end. It does nothing on Windows."""
    if hasattr(mapped, "madvise"):
        mapped.madvise(mmap.MADV_DONTNEED, start, len(mapped) - start if size_bytes is None else size_bytes)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal. Raises OSError if it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_prefix(source: IO[bytes], target: IO[bytes], size_bytes: int) -> bool:
    """Copy so many bytes from one open file to another, and return whether there were so many."""
    left = size_bytes
    while left > 0 and (chunk := source.read(min(left, CHUNK_BYTES))):
        target.write(chunk)
        left -= len(chunk)
    return left <= 0
