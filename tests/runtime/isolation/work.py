"""What the tests ask a process of its own to do."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from watermark.runtime.memory_limit import memory_limit_lifted


def process_number(_: object) -> int:
    return os.getpid()


def double(number: int) -> int:
    print("a library says something")  # noqa: T201 - on the pipe that carries the answers
    return 2 * number


def absolute(path: str) -> str:
    return str(Path(path).absolute())


def refuse(words: str) -> None:
    raise ValueError(words)


def hang(_: object) -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})  # as a library that does not come back
    time.sleep(600)


def crash(_: object) -> None:
    os.write(2, b"free(): invalid pointer \x1b[2J\n")
    os.abort()


def exhaust_memory(size: int) -> int:
    return len(bytearray(size))


def begin_and_sleep(sign: Path) -> None:
    """Have a file half written beside the sign, as long as it is not broken off."""
    half = sign.with_name("half.part")
    try:
        half.touch()
        sign.touch()
        time.sleep(600)
    finally:
        half.unlink()


def begin_and_hang(sign: Path) -> None:
    sign.touch()
    hang(None)


def sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def start_a_large_program(megabytes: int) -> int:
    """Start a program that holds so much memory for a while, and return its status."""
    code = f"import time; held = b'x' * ({megabytes} << 20); time.sleep(1)"
    with memory_limit_lifted():
        return subprocess.run([sys.executable, "-c", code], check=False).returncode
