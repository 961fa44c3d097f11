"""Commands run on a terminal that the test has made."""

import os
import re
import struct
import subprocess
import sys

import pytest

BAR = re.compile("\r[^\n]*?\x1b\\[K")
"""The bar of a command that takes more than two seconds, which is erased again."""


def on_a_terminal(columns: int, *arguments: object, **environment: str) -> str:
    """Return what a command prints on a terminal of this width, without the bar that shows how much is done."""
    return BAR.sub("", all_on_a_terminal(columns, *arguments, **environment))


def all_on_a_terminal(columns: int, *arguments: object, **environment: str) -> str:
    """Return all that a command writes to a terminal of this width; the test is skipped where there are none."""
    fcntl, pty, termios = (pytest.importorskip(name) for name in ("fcntl", "pty", "termios"))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLUMNS", "TERM"}}
    command = [sys.executable, "-m", "watermark", *map(str, arguments)]
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=kept | {"TERM": "xterm"} | environment
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                data = os.read(ours, 65536)
            except OSError:  # the terminal is closed
                break
            if not data:
                break
            shown += data
        process.wait(60)
    os.close(ours)
    return shown.decode("utf-8").replace("\r\n", "\n")
