"""How much memory a process and its children hold: asked again and again where the system itself sets no limit."""

import os
from contextlib import suppress
from pathlib import Path

from watermark.runtime.system import SYSTEM

_PROC = Path("/proc")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def resident_bytes(pid: int, *, with_descendants: bool = True) -> int:
    """Return the resident memory of a process and all below it, in bytes; 0 for a process that has ended."""
    read = _of_linux if SYSTEM == "linux" else _of_psutil
    return read(pid, with_descendants=with_descendants)


def _of_linux(pid: int, *, with_descendants: bool) -> int:
    """Add up `statm`, twenty times a second: psutil would read the list of all processes each time."""
    total, waiting = 0, [pid]
    while waiting:
        folder = _PROC / str(waiting.pop())
        try:
            total += int((folder / "statm").read_bytes().split()[1]) * _PAGE_BYTES
            for thread in (folder / "task").iterdir() if with_descendants else ():
                waiting += map(int, (thread / "children").read_bytes().split())
        except (OSError, ValueError, IndexError):
            continue
    return total


def _of_psutil(pid: int, *, with_descendants: bool) -> int:
    import psutil  # noqa: PLC0415 - Linux does without it

    total = 0
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        for each in (process, *(process.children(recursive=True) if with_descendants else ())):
            with suppress(psutil.Error):
                total += each.memory_info().rss
    return total
