"""Read a mapped file in chunks, keeping only one chunk in memory."""

import mmap
from collections.abc import Iterator

CHUNK_BYTES = 1 << 20
"""A multiple of every page size of memory."""


def iter_chunks(mapped: mmap.mmap | bytes, start: int, end: int) -> Iterator[bytes]:
    """Yield the bytes from `start` up to `end`, a mebibyte at a time.

    Pages of a map are released after each chunk; otherwise they would count towards the process's memory limit. They
    are read again when needed.
    """
    for offset in range(start, end, CHUNK_BYTES):
        yield mapped[offset : min(offset + CHUNK_BYTES, end)]
        if isinstance(mapped, mmap.mmap):
            first = offset - offset % mmap.PAGESIZE
            release(mapped, first, min(offset + CHUNK_BYTES, end) - first)


def release(mapped: mmap.mmap, start: int = 0, size_bytes: int | None = None) -> None:
    """Release the memory of a map from `start`, by default up to its end. It does nothing on Windows."""
    if hasattr(mapped, "madvise"):
        mapped.madvise(mmap.MADV_DONTNEED, start, len(mapped) - start if size_bytes is None else size_bytes)
