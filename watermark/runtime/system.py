"""What differs between Linux, macOS and Windows and is not about files: shells, cores, signals, trees of processes."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # `--help` must not wait for what few commands need
    import socket
    import subprocess

    import psutil

SYSTEM: str = sys.platform
"""`linux`, `darwin`, `win32`, …"""
NEW_GROUP = 0x200 if SYSTEM == "win32" else 0
"""For `creationflags`: CREATE_NEW_PROCESS_GROUP, so that Ctrl-C on Windows does not end the workers first; else 0."""


def usable_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def quoted_for_posix(text: str) -> str:
    """Return one argument as every POSIX shell reads it, on whatever system this is written."""
    from shlex import quote  # noqa: PLC0415 - see below

    return quote(text)


def quoted_for_shell(text: str) -> str:
    """Return one argument as the shell of this system reads it: a POSIX shell, or the command prompt of Windows.

    Controls and bytes that are not UTF-8 are escaped, as bash, zsh and POSIX 2024 read them.
    """
    if SYSTEM == "win32":
        from subprocess import list2cmdline  # noqa: PLC0415 - see above

        return list2cmdline([text])
    from shlex import quote  # noqa: PLC0415 - see above

    if text.isprintable():
        return quote(text)
    escapes = (
        f"\\{character}" if character in "\\'" else character if character.isprintable() else _as_bytes(character)
        for character in text
    )
    return f"$'{''.join(escapes)}'"


def _as_bytes(character: str) -> str:
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogateescape"))


def interrupt_when_terminated() -> None:
    """Let a request to end this process raise KeyboardInterrupt, as Ctrl-C does, so that it cleans up."""
    for number in _requests_to_end():
        if number != signal.SIGINT:
            signal.signal(number, signal.default_int_handler)


@contextmanager
def handling_requests_to_end(handle: Callable[[], None]) -> Iterator[None]:
    """Call `handle` for each Ctrl-C, and for each request of the system to end this process."""

    def handler(_number: int, _frame: FrameType | None) -> None:
        handle()

    before = {number: signal.signal(number, handler) for number in _requests_to_end()}
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, previous)


HAS_TIMER = hasattr(signal, "setitimer")
"""Whether the system can call a function at regular times without a thread: `called_regularly`."""


@contextmanager
def called_regularly(handle: Callable[[], None], first_seconds: float, seconds: float) -> Iterator[None]:
    """Call `handle` after some time, and then at regular times, while the `with` statement runs in the main thread."""
    before = signal.signal(signal.SIGALRM, lambda *_: handle())
    signal.setitimer(signal.ITIMER_REAL, first_seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _requests_to_end() -> tuple[int, ...]:
    """Ctrl-C, SIGTERM, and Ctrl-Break of Windows."""
    return tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name))


def reuse_left_port(listening: "socket.socket") -> None:
    """Let a socket have a port that another process has just left; on Windows it has, and would share a port in use."""
    if os.name == "posix":
        import socket  # noqa: PLC0415 - only a server needs it

        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)


def is_running(pid: int) -> bool:
    """Return whether a process with this number exists."""
    import psutil  # noqa: PLC0415 - see above

    return psutil.pid_exists(pid)


def descendants(pid: int) -> "Sequence[psutil.Process]":
    """Return what a process has started, and what that has; nothing where it leads a group, which ends as one."""
    if hasattr(os, "killpg"):
        return ()
    import psutil  # noqa: PLC0415 - see above

    try:
        return tuple(psutil.Process(pid).children(recursive=True))
    except psutil.Error:
        return ()


def end_group(pid: int, started: "Sequence[psutil.Process]") -> None:
    """End at once the group that a process leads or has led; where there are no groups, what it has `started`."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
    if started:
        from psutil import Error  # noqa: PLC0415 - see above

        for process in started:
            with suppress(Error):
                process.kill()


def end_with_descendants(process: "subprocess.Popen[bytes]") -> None:
    """End a program that was started in a session of its own, and what it has started itself."""
    started = descendants(process.pid)
    process.kill()
    end_group(process.pid, started)
    process.wait()
