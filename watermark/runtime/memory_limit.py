"""Limit the memory of this process for untrusted files, but not that of a program that it starts."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

try:
    import resource
except ImportError:  # there is none on Windows: the deadline holds there, too
    resource = None  # type: ignore[assignment]

_SYSTEM: str = sys.platform


def limit_memory(memory_bytes: int) -> None:
    """Make the system refuse more memory, where it can; the parent process also watches this one.

    Linux counts writable memory, but not the files and libraries that a process maps.
    """
    if resource is not None:
        kind = _kind()
        _, hard = resource.getrlimit(kind)
        with suppress(OSError, ValueError):  # macOS refuses it
            resource.setrlimit(kind, (memory_bytes if hard < 0 else min(memory_bytes, hard), hard))


@contextmanager
def memory_limit_lifted() -> Iterator[None]:
    """Lift the limit while a program is started that inherits it: a Java machine reserves more than it uses.

    The resident memory of the program is still watched with that of this process.
    """
    if resource is not None:
        kind = _kind()
        soft, hard = resource.getrlimit(kind)
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (hard, hard))
    try:
        yield
    finally:
        if resource is not None:
            with suppress(OSError, ValueError):
                resource.setrlimit(kind, (soft, hard))


def _kind() -> int:
    assert resource is not None
    return resource.RLIMIT_DATA if _SYSTEM == "linux" else resource.RLIMIT_AS
