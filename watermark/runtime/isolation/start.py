"""Starting a worker: a fork of this process where that is safe and costs nothing, else a new interpreter."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, NoReturn

from watermark.runtime.process_tuning import SINGLE_THREAD_ENV
from watermark.runtime.system import NEW_GROUP

_may_fork = threading.Event()
_PAUSE_SECONDS = 0.005


def allow_fork() -> None:
    """Let workers be forks of this process: only a program may say so, whose process is its own and has one thread."""
    _may_fork.set()


def start_worker(stderr: IO[bytes]) -> "subprocess.Popen[bytes] | ForkedWorker":
    """Return a new worker; what it prints to standard error goes into the file."""
    if _may_fork.is_set() and _has_one_thread():
        return ForkedWorker(stderr)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "watermark.runtime.isolation.worker"],
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        env=os.environ | SINGLE_THREAD_ENV,  # the processes share the cores among themselves
        start_new_session=True,  # Ctrl-C is for the process that a person started
        creationflags=NEW_GROUP,
    )


def _has_one_thread() -> bool:
    """Whether no other thread, of Python or of a library, could hold a lock that the fork would wait for."""
    try:
        threads = list(Path("/proc/self/task").iterdir())
        return threading.active_count() == len(threads) == 1
    except OSError:  # it is not Linux
        return False


class ForkedWorker:
    """A worker that is a fork of this process, with the interface of `subprocess.Popen`."""

    def __init__(self, stderr: IO[bytes]) -> None:
        """Fork. The other process never returns from here."""
        tasks_end, tasks = os.pipe()
        answers, answers_end = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.returncode: int | None = None
        self._lock = threading.Lock()
        self.pid = os.fork()
        if not self.pid:
            os.close(tasks)
            os.close(answers)
            _become_worker(tasks_end, answers_end, stderr.fileno())
        os.close(tasks_end)
        os.close(answers_end)
        self.stdin: IO[bytes] | None = os.fdopen(tasks, "wb", buffering=0)
        self.stdout: IO[bytes] | None = os.fdopen(answers, "rb", buffering=0)

    def poll(self) -> int | None:
        """Return the exit status, or None while it runs."""
        with self._lock:
            if self.returncode is None:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                self.returncode = os.waitstatus_to_exitcode(status) if pid else None
            return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit status once it has ended. Raises subprocess.TimeoutExpired."""
        end = None if timeout is None else time.monotonic() + timeout
        while (status := self.poll()) is None:
            if end is not None and time.monotonic() > end:
                raise subprocess.TimeoutExpired("worker", timeout or 0)
            time.sleep(_PAUSE_SECONDS)
        return status

    def terminate(self) -> None:
        """Ask it to end."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self._send(signal.SIGKILL)

    def _send(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)


def _become_worker(tasks: int, answers: int, stderr: int) -> NoReturn:
    """Do what comes through the pipe, as a new interpreter would, and end without a word of the parent's."""
    try:
        os.setsid()
        os.dup2(stderr, 2)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.environ.update(SINGLE_THREAD_ENV)
        from watermark.runtime.isolation.worker import serve  # noqa: PLC0415 - only the worker needs it

        serve(os.fdopen(tasks, "rb"), os.fdopen(answers, "wb"))
    finally:
        os._exit(1)
