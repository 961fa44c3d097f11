"""What the tests ask a process of its own to do."""

import os
import signal
import time
from pathlib import Path


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
