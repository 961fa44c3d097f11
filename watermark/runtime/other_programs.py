"""Programs of other people: each is started without a shell, within a time, and leaves nothing behind."""

import os
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from watermark.runtime.memory_limit import memory_limit_lifted
from watermark.runtime.system import NEW_GROUP, end_with_descendants

JAVA_OPTIONS = "-Xmx512m -XX:+UseSerialGC"
"""A Java machine takes a quarter of all memory if nothing is said. The user's own options come after these."""
MAX_ANSWER_BYTES = 64 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramResult:
    """What a program wrote to standard output, and its exit status; or why there are none."""

    status: int = 0
    output: bytes = b""
    fault: str = ""


def answer_of(arguments: Sequence[str], *, seconds: float, with_errors: bool = False) -> ProgramResult:
    """Return what a program answers. No error leaves: what goes wrong is the fault in the result.

    The program works in a folder of its own, where a Java machine that crashes may leave its log. `with_errors` adds
    what it writes to standard error.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryDirectory(prefix="watermark-") as folder:
        try:
            status = _ended(arguments, out, seconds, folder, with_errors=with_errors)
        except subprocess.TimeoutExpired:
            return ProgramResult(fault=f"it did not end within {seconds:g} seconds")
        except OSError as error:
            return ProgramResult(fault=f"it cannot be started ({error})")
        if out.tell() > MAX_ANSWER_BYTES:
            return ProgramResult(fault="its answer is too long")
        out.seek(0)
        return ProgramResult(status=status, output=out.read())


def _ended(arguments: Sequence[str], out: BinaryIO, seconds: float, folder: str, *, with_errors: bool) -> int:
    """Return the exit status."""
    with memory_limit_lifted():
        process = subprocess.Popen(  # noqa: S603 - the program that the user named, and paths; no shell
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT if with_errors else subprocess.DEVNULL,
            start_new_session=True,
            creationflags=NEW_GROUP,
            cwd=folder,
            env=os.environ | {"JAVA_TOOL_OPTIONS": f"{JAVA_OPTIONS} {os.environ.get('JAVA_TOOL_OPTIONS', '')}".strip()},
        )
    try:
        return process.wait(seconds)
    finally:
        if process.poll() is None:
            end_with_descendants(process)
