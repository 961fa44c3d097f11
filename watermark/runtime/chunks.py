"""A mapped file from its start to its end, with no more of it in memory than a piece."""

import mmap
from collections.abc import Iterator

PIECE_BYTES = 1 << 20
"""A multiple of every page size of memory."""


def iter_chunks(held: mmap.mmap | bytes, start: int, end: int) -> Iterator[bytes]:
    """Yield the bytes from `start` up to `end`, a mebibyte at a time.

    The pages of a map that were read are let go of: the process would else hold the whole file, and a limit of memory
    would end it, though the system could take them back at any time. They are read again when they are asked for.
    """
    for place in range(start, end, PIECE_BYTES):
        yield held[place : min(place + PIECE_BYTES, end)]
        if isinstance(held, mmap.mmap):
            first = place - place % mmap.PAGESIZE
            release(held, first, min(place + PIECE_BYTES, end) - first)


def release(mapped: mmap.mmap, start: int = 0, size_bytes: int | None = None) -> None:
    """Let go of the memory of a map from `start`, the rest of it by default, where the system can: not on Windows."""
    if hasattr(mapped, "madvise"):
        mapped.madvise(mmap.MADV_DONTNEED, start, len(mapped) - start if size_bytes is None else size_bytes)
