"""Commands read files of unknown origin: they do so in a worker process, under limits of time and memory.

What the worker prints is printed here when it is done. Who calls `main` with arguments, as the tests do, works in one
process: a library does not fork for its caller.
"""

import io
import os
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import click

from watermark.cli.elapsed_bar import waiting
from watermark.runtime.atomic_files import remove_temp_files_of
from watermark.runtime.expressions import compile_with, compiled
from watermark.runtime.isolation import Limits, WorkerTerminatedError, allow_fork, limits_for, run_isolated
from watermark.runtime.process_tuning import load_when_used

Argument = TypeVar("Argument")
Result = TypeVar("Result")

SHAPING = "uharfbuzz"
"""reportlab imports it for every document; only a mark in some scripts needs it."""
KEPT_EXPRESSIONS = "watermark.runtime.kept_expressions"
"""Loaded when the first expression is needed: the help needs none."""
_is_on = threading.Event()
_state = threading.local()


class PasswordNeededError(Exception):
    """A file needs a password, and a person at the terminal can be asked for it, though not by the worker."""

    def __init__(self, file: str) -> None:
        """Keep the path of the file."""
        super().__init__(file)
        self.file = file


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A function and its argument; what is known of the terminal; and a folder for temporary files."""

    function: Callable[[Any], Any]
    argument: Any
    has_terminal: bool
    colours: tuple[bool, bool]
    columns: int
    passwords: Mapping[str, str] = field(repr=False)
    scratch: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """What the function returned, and what it printed: to standard output (1) or standard error (2)."""

    result: Any
    printed: tuple[tuple[int, bytes], ...]
    needs_password: str = ""


def turn_on() -> None:
    """Let `isolated` use worker processes: this process runs one command and ends."""
    load_when_used(SHAPING)
    compile_with(_kept_expression)
    allow_fork()
    _is_on.set()


def _kept_expression(source: str | bytes, flags: int) -> "re.Pattern[Any]":
    """Return the first expression that is needed, and let it and all others be kept where that is possible."""
    from watermark.runtime import kept_expressions  # noqa: PLC0415 - the help needs none

    kept_expressions.turn_on()
    return compiled(source, flags)


def isolated(
    function: Callable[[Argument], Result],
    argument: Argument,
    files: Iterable[Path],
    *,
    seconds: float | None = None,
    outputs: Iterable[Path] = (),
) -> Result:
    """Return what `function` returns in a worker process; what it prints is printed here. Both are pickled.

    The limits go with the size of the `files`; `seconds` replaces the time. Temporary files beside the `outputs` are
    removed when the worker is killed. Raises WorkerTerminatedError, and what the function raises.
    """
    if not _is_on.is_set():
        return function(argument)
    return _isolated(function, argument, limits_for(files, seconds=seconds), tuple(outputs))


def _isolated(
    function: Callable[[Argument], Result], argument: Argument, limits: Limits, outputs: Sequence[Path]
) -> Result:
    passwords = dict[str, str]()
    while True:
        with tempfile.TemporaryDirectory(prefix="watermark-") as folder:
            task = _Task(
                function=function,
                argument=argument,
                has_terminal=sys.stdin is not None and sys.stdin.isatty(),
                colours=(sys.stdout.isatty(), sys.stderr.isatty()),
                columns=shutil.get_terminal_size().columns,
                passwords=passwords,
                scratch=Path(folder),
            )
            try:
                with waiting():
                    done = run_isolated(_work, task, limits, scratch=Path(folder))
            except WorkerTerminatedError as error:
                remove_temp_files_of(error.process, {path.absolute().parent for path in outputs})
                raise
        if not done.needs_password:
            _print(done.printed)
            result: Result = done.result
            return result
        passwords[done.needs_password] = _prompted(f"Password of {ascii(Path(done.needs_password).name)[1:-1]}")


def _work(task: _Task) -> _Done:
    """Call the function in the worker, and keep what it prints."""
    printed = list[tuple[int, bytes]]()
    if KEPT_EXPRESSIONS not in sys.modules:
        compile_with(_kept_expression)  # where this process is not a fork
    _state.task = task
    tempfile.tempdir = str(task.scratch)
    os.environ["COLUMNS"] = str(task.columns)  # the worker itself has no terminal
    streams = [_stream(number, printed, is_terminal=task.colours[number - 1]) for number in (1, 2)]
    try:
        with redirect_stdout(streams[0]), redirect_stderr(streams[1]):
            result, needs_password = task.function(task.argument), ""
    except PasswordNeededError as error:
        result, needs_password = None, error.file
    finally:
        tempfile.tempdir = None
        _state.task = None
    if kept := sys.modules.get(KEPT_EXPRESSIONS):
        kept.save()
    return _Done(result=result, printed=tuple(printed), needs_password=needs_password)


def asked_password(file: Path, question: str) -> str:
    """Return the password of a file, which a person at the terminal is asked for; "" where there is no terminal.

    Raises PasswordNeededError in a worker, where the process that started it has to ask.
    """
    if not has_terminal():
        return ""
    task: _Task | None = getattr(_state, "task", None)
    if task is None:
        return _prompted(question)
    if str(file) not in task.passwords:
        raise PasswordNeededError(str(file))
    return task.passwords[str(file)]


def _prompted(question: str) -> str:
    return str(click.prompt(question, hide_input=True, err=True, default="", show_default=False))


def is_isolated() -> bool:
    """Whether this is a worker, whose limits are set by the process that started it."""
    return getattr(_state, "task", None) is not None


def has_terminal() -> bool:
    """Whether a person can be asked: standard input is a terminal, here or for the process that started the worker."""
    task: _Task | None = getattr(_state, "task", None)
    return task.has_terminal if task is not None else sys.stdin is not None and sys.stdin.isatty()


class _Recorder(io.RawIOBase):
    """Keeps what is written to one of the two streams, in the order in which it is."""

    def __init__(self, number: int, printed: list[tuple[int, bytes]], *, is_terminal: bool) -> None:
        super().__init__()
        self._number, self._printed, self._is_terminal = number, printed, is_terminal

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._is_terminal

    def write(self, data: Any) -> int:  # noqa: ANN401 - any buffer
        self._printed.append((self._number, bytes(data)))
        return len(data)


def _stream(number: int, printed: list[tuple[int, bytes]], *, is_terminal: bool) -> io.TextIOWrapper:
    real = (sys.__stdout__, sys.__stderr__)[number - 1]
    encoding, errors = (real.encoding, real.errors) if real is not None else ("utf-8", "backslashreplace")
    recorder = io.BufferedWriter(_Recorder(number, printed, is_terminal=is_terminal), 1)
    return io.TextIOWrapper(recorder, encoding, errors, newline=os.linesep, write_through=True)


def _print(printed: Iterable[tuple[int, bytes]]) -> None:
    for number, data in printed:
        stream = (sys.stdout, sys.stderr)[number - 1]
        stream.flush()
        stream.buffer.write(data)
        stream.buffer.flush()
