"""How much memory a process and its children hold: asked again and again where the system itself sets no limit."""

import os
import subprocess
import sys
from pathlib import Path

_SYSTEM: str = sys.platform
_PROC = Path("/proc")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def resident_bytes(pid: int) -> int:
    """Return the resident memory of a process and all below it, in bytes; 0 where the system does not tell."""
    if _SYSTEM == "linux":
        return _of_linux(pid)
    return _of_ps(pid) if _SYSTEM == "darwin" else 0


def _of_linux(pid: int) -> int:
    """Add up `statm`; a process that has ended meanwhile holds nothing."""
    total, waiting = 0, [pid]
    while waiting:
        folder = _PROC / str(waiting.pop())
        try:
            total += int((folder / "statm").read_bytes().split()[1]) * _PAGE_BYTES
            for thread in (folder / "task").iterdir():
                waiting += map(int, (thread / "children").read_bytes().split())
        except (OSError, ValueError, IndexError):
            continue
    return total


def _of_ps(pid: int) -> int:
    try:
        listing = subprocess.run(["/bin/ps", "-axo", "pid=,ppid=,rss="], capture_output=True, check=True, timeout=5)
    except (OSError, subprocess.SubprocessError):
        return 0
    rows = [tuple(map(int, line.split())) for line in listing.stdout.splitlines()]
    family = {pid}
    while more := {child for child, parent, _ in rows if parent in family} - family:
        family |= more
    return sum(kibibytes for child, _, kibibytes in rows if child in family) << 10
