"""One worker process, which gets its tasks through a pipe and is watched while it does them."""

import os
import pickle
import select
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, BinaryIO, Protocol, TypeVar

from watermark.errors import HOSTILE, FailedError
from watermark.runtime.isolation.limits import Limits
from watermark.runtime.isolation.memory_use import resident_bytes
from watermark.runtime.isolation.start import start_worker
from watermark.runtime.system import SYSTEM, descendants, end_group

Argument = TypeVar("Argument")
Result = TypeVar("Result")

SECONDS_TO_BEGIN = 120.0
SECONDS_TO_END = 3.0
SECONDS_BETWEEN_LOOKS = 0.05 if SYSTEM == "linux" else 0.5
MAX_USES = 200
PIPES_CAN_BE_AWAITED = SYSTEM != "win32"
PIPE_BYTES = 1 << 20
LAST_WORDS = 200
FRAME = struct.Struct("<Q")
PROGRAM_BYTES = 224 << 20
"""What a validator that the task starts may hold beyond the limit of the task."""
MUCH = 0.6
"""A process that crashed while it used this part of its memory limit most probably could not get more."""


class WorkerTerminatedError(FailedError):
    """The task did not come back: it took too long or too much memory, or its process crashed.

    `process` is the number of that process, so that what it left behind can be removed.
    """

    process = 0


class Process:
    """A process that does one task after the other. It ends when this process does, however that ends."""

    def __init__(self, *, is_helper: bool = False) -> None:
        """Start it; it is ready when its first task is. A helper does several tasks of each piece of work."""
        self.is_helper, self.uses = is_helper, 0
        self._stderr = tempfile.TemporaryFile("a+b")  # noqa: SIM115 - closed with the process
        self._process = start_worker(self._stderr)
        if is_helper:
            _widen(self.answers)
        self._ended_because = ("", "")
        self._resident_bytes = 0
        self.is_spent = False

    def call(
        self, function: Callable[[Argument], Result], argument: Argument, limits: Limits, scratch: Path | None = None
    ) -> Result:
        """Return what `function` returns there; what it raises is raised here.

        Where this process is killed meanwhile, the other one removes the folder `scratch`.
        Raises WorkerTerminatedError when it does not come back; the process is then spent.
        """
        self.give(function, argument, limits, scratch)
        returned: Result = self.result(limits)
        return returned

    def give(
        self, function: Callable[[Argument], Result], argument: Argument, limits: Limits, scratch: Path | None = None
    ) -> None:
        """Give it a task, which it does after those that it has; `result` has to be called for each, in their order.

        Raises WorkerTerminatedError when it has ended.
        """
        task = pickle.dumps((function, argument, limits.memory_bytes, scratch, current_folder()))
        try:
            send(self._pipe(self._process.stdin), task)
        except OSError as error:
            raise self._terminated(limits) from error
        except BaseException:  # interrupted: it has a part of a task
            self.end()
            raise

    def result(self, limits: Limits) -> Any:  # noqa: ANN401 - what the function returns that it was given
        """Return what a function returned there, or raise what it raised. Raises WorkerTerminatedError as `call`."""
        self._resident_bytes = 0
        try:
            self._answer(
                Limits(seconds=SECONDS_TO_BEGIN, memory_bytes=limits.memory_bytes)
            )  # it has loaded its modules
            answer = self._answer(limits)
        except (OSError, EOFError) as error:
            raise self._terminated(limits) from error
        except BaseException:  # interrupted: the next task would get the answer to this one
            self.end()
            raise
        result, raised, has_grown = pickle.loads(answer)  # noqa: S301 - from our own process
        self.is_spent = has_grown or raised is not None or self.uses >= MAX_USES
        if raised is not None:
            raise raised
        return result

    def _answer(self, limits: Limits) -> bytes:
        """Return the next answer. Where a limit is passed, the process is ended, and EOFError raised."""
        watch = _Watch(self, limits)
        with watch:
            return received(watch)

    def pass_limit(self, reason: str, remedy: str) -> None:
        """End the process because it has passed a limit."""
        self._ended_because = (reason, remedy)
        self.end()

    def end(self) -> None:
        """End the process and all that it started: asked first, so that it cleans up behind itself."""
        self.is_spent = True
        started = descendants(self._process.pid)
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._process.wait()
        end_group(self._process.pid, started)  # on POSIX systems it leads a group of its own

    def close(self) -> None:
        """End the process and close its pipes."""
        self.end()
        for pipe in (self._process.stdin, self._process.stdout, self._stderr):
            try:
                self._pipe(pipe).close()
            except BrokenPipeError:  # it never read its last task
                continue

    def _terminated(self, limits: Limits) -> WorkerTerminatedError:
        self.end()
        error = self._why_terminated(limits)
        error.process = self._process.pid
        return error

    def _why_terminated(self, limits: Limits) -> WorkerTerminatedError:
        reason, remedy = self._ended_because
        if reason:
            return WorkerTerminatedError(reason, remedy=remedy)
        code = self._process.returncode or 0
        if -code == getattr(signal, "SIGBUS", 0):
            return WorkerTerminatedError(
                "the file was cut short while it was read", remedy="Wait until it has been written, and try again."
            )
        if self._resident_bytes > MUCH * limits.memory_bytes:
            return WorkerTerminatedError(_too_much(limits), remedy=HOSTILE)
        return WorkerTerminatedError(
            f"the process that worked on it crashed ({how(code)}{self._last_words()})",
            remedy=f"{HOSTILE} Please report it if it is neither.",
        )

    def _last_words(self) -> str:
        self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(self._stderr.tell() - LAST_WORDS, 0))
        lines = self._stderr.read().decode("utf-8", "replace").split("\n")
        last = next((line for line in reversed(lines) if line.strip()), "")
        return "".join(one for one in f": {last.strip()}" if one.isprintable()) if last else ""

    def watch_memory(self, limits: Limits) -> None:
        """End the process if it and what it started hold more memory than they may."""
        now = resident_bytes(self._process.pid)
        self._resident_bytes = max(self._resident_bytes, now)
        if now <= limits.memory_bytes:
            return
        alone = resident_bytes(self._process.pid, with_descendants=False)
        if alone > limits.memory_bytes or now > limits.memory_bytes + PROGRAM_BYTES:
            self.pass_limit(_too_much(limits), HOSTILE)

    @property
    def answers(self) -> IO[bytes]:
        """The pipe through which it answers."""
        return self._pipe(self._process.stdout)

    @staticmethod
    def _pipe(pipe: Any) -> BinaryIO:  # noqa: ANN401 - Popen's own types are optional
        assert pipe is not None
        opened: BinaryIO = pipe
        return opened


def _widen(pipe: IO[bytes]) -> None:
    """Let a pipe hold a page that was drawn, where the system can: the worker continues before the answer is read."""
    if sys.platform == "linux":
        import fcntl  # noqa: PLC0415 - other systems have none, or none of this kind

        with suppress(OSError):  # the user has too many such pipes
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)


class _Watch:
    """Reads an answer, and looks at the clock and at the memory while it waits."""

    def __init__(self, process: Process, limits: Limits) -> None:
        self._process, self._limits = process, limits
        self._end = time.monotonic() + limits.seconds
        self._answered = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> None:
        if not PIPES_CAN_BE_AWAITED:
            self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._answered.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        """Check the clock and the memory in a thread, while the other one waits in `read` for the answer."""
        while not self._answered.wait(min(SECONDS_BETWEEN_LOOKS, max(self._end - time.monotonic(), 0))):
            if time.monotonic() >= self._end:
                self._late()
                return
            self._process.watch_memory(self._limits)

    def read(self, length: int) -> bytes:
        """Return at most this number of bytes, or none when the process has ended."""
        while PIPES_CAN_BE_AWAITED:
            left = self._end - time.monotonic()
            if left <= 0:
                self._late()
                return b""
            if select.select([self._process.answers], [], [], min(left, SECONDS_BETWEEN_LOOKS))[0]:
                break
            self._process.watch_memory(self._limits)
        return self._process.answers.read(length)

    def _late(self) -> None:
        remedy = f"Allow more time if the file is only large. {HOSTILE}"
        self._process.pass_limit(f"it took longer than {round(self._limits.seconds, 2):,g} seconds", remedy)


def _too_much(limits: Limits) -> str:
    return f"it took more than {limits.memory_bytes >> 20:,} MB of memory"


def how(exit_code: int) -> str:
    """Return how a process ended, in words."""
    if exit_code >= 0:
        return f"exit status {exit_code}"
    return signal.strsignal(-exit_code) or f"signal {-exit_code}"


class Readable(Protocol):
    """What messages are read from."""

    def read(self, length: int, /) -> bytes:
        """Return at most this number of bytes; none at the end."""


def send(pipe: IO[bytes], data: bytes) -> None:
    """Write one message, its length first."""
    message = memoryview(FRAME.pack(len(data)) + data)
    while message:  # an unbuffered pipe may take a part
        message = message[pipe.write(message) :]
    pipe.flush()


def received(pipe: Readable) -> bytes:
    """Return the next message. Raises EOFError when the pipe ends before it does."""
    (length,) = FRAME.unpack(_exactly(pipe, FRAME.size))
    return _exactly(pipe, length)


def _exactly(pipe: Readable, length: int) -> bytes:
    parts = list[bytes]()
    while length:
        part = pipe.read(min(length, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def current_folder() -> str:
    """Return the current folder, or "" if it was deleted."""
    try:
        return os.getcwd()  # noqa: PTH109 - a path as it is, which may be no text
    except OSError:
        return ""
