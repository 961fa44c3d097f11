"""One process that works for this one, told what to do through a pipe."""

import os
import pickle
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from watermark.errors import FailedError
from watermark.runtime.process_tuning import SINGLE_THREAD_ENV

Argument = TypeVar("Argument")
Result = TypeVar("Result")

SECONDS_TO_BEGIN = 120.0
SECONDS_TO_END = 3.0
MAX_CALLS = 200
LAST_WORDS = 200
FRAME = struct.Struct("<Q")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a piece of work may take once it has begun: seconds on the clock, and bytes of address space."""

    seconds: float
    memory_bytes: int


class WorkerTerminatedError(FailedError):
    """The work did not come back: it took too long, or its process ended without a word."""


class Process:
    """A process that does one piece of work after the other. It ends when this process does, however that ends."""

    def __init__(self) -> None:
        """Start it; it is ready when its first piece of work is."""
        self._stderr = tempfile.TemporaryFile("a+b")  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "watermark.runtime.isolation.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            env=os.environ | SINGLE_THREAD_ENV,  # the processes share the cores among themselves
            start_new_session=True,  # Ctrl-C is for the process that a person started
        )
        self._calls = 0
        self._overdue = threading.Event()
        self.is_spent = False

    def call(
        self, function: Callable[[Argument], Result], argument: Argument, limits: Limits, scratch: Path | None = None
    ) -> Result:
        """Return what `function` returns there; what it raises is raised here.

        Where this process is killed meanwhile, the other one removes the folder `scratch`.
        Raises WorkerTerminatedError when it does not come back; the process is then spent.
        """
        self._calls += 1
        task = pickle.dumps((function, argument, limits.memory_bytes, scratch))
        try:
            with self._within(SECONDS_TO_BEGIN):
                send(self._pipe(self._process.stdin), task)
                received(self._pipe(self._process.stdout))  # it has loaded what it needs, and begins
            with self._within(limits.seconds):
                answer = received(self._pipe(self._process.stdout))
        except (OSError, EOFError) as error:
            raise self._ended(limits) from error
        result, raised, has_grown = pickle.loads(answer)  # noqa: S301 - from our own process
        self.is_spent = has_grown or raised is not None or self._calls >= MAX_CALLS or self._overdue.is_set()
        if raised is not None:
            raise raised
        returned: Result = result
        return returned

    @contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        late = threading.Timer(seconds, self._end_late)
        late.daemon = True
        late.start()
        try:
            yield
        finally:
            late.cancel()

    def end(self) -> None:
        """End the process: asked first, so that it cleans up behind itself."""
        self.is_spent = True
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """End the process and let go of its pipes."""
        self.end()
        for pipe in (self._process.stdin, self._process.stdout, self._stderr):
            try:
                self._pipe(pipe).close()
            except BrokenPipeError:  # what it was told last, it never read
                continue

    def _end_late(self) -> None:
        self._overdue.set()
        self.end()

    def _ended(self, limits: Limits) -> WorkerTerminatedError:
        self.is_spent = True
        if self._overdue.is_set():
            return WorkerTerminatedError(
                f"it took longer than {round(limits.seconds, 2):,g} seconds",
                remedy="Give it more time with --timeout, or look at the file in a PDF editor: it may be hostile.",
            )
        self.end()
        return WorkerTerminatedError(
            f"the process that worked on it ended without a word ({how(self._process.returncode)}{self._last_words()})",
            remedy="Look at the file in a PDF editor: it may be hostile. Please report it if it is not.",
        )

    def _last_words(self) -> str:
        self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(self._stderr.tell() - LAST_WORDS, 0))
        lines = self._stderr.read().decode("utf-8", "replace").split("\n")
        last = next((line for line in reversed(lines) if line.strip()), "")
        return "".join(one for one in f": {last.strip()}" if one.isprintable()) if last else ""

    @staticmethod
    def _pipe(pipe: Any) -> BinaryIO:  # noqa: ANN401 - Popen's own types are optional
        assert pipe is not None
        opened: BinaryIO = pipe
        return opened


def how(exit_code: int) -> str:
    """Return how a process ended, in words."""
    if exit_code >= 0:
        return f"exit status {exit_code}"
    return signal.strsignal(-exit_code) or f"signal {-exit_code}"


def send(pipe: BinaryIO, data: bytes) -> None:
    """Write one message, its length first."""
    pipe.write(FRAME.pack(len(data)) + data)
    pipe.flush()


def received(pipe: BinaryIO) -> bytes:
    """Return the next message. Raises EOFError when the pipe ends before it does."""
    (length,) = FRAME.unpack(_exactly(pipe, FRAME.size))
    return _exactly(pipe, length)


def _exactly(pipe: BinaryIO, length: int) -> bytes:
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return data
