"""Lines for a terminal: wrapped at its width, and coloured unless NO_COLOR is set. Others get plain lines."""

import os
import shutil
import sys
import textwrap

import click

from watermark.models import Status

COLOURS = {Status.OK: "green", Status.NOT_CHECKED: "yellow", Status.FAILED: "red"}
MIN_COLUMNS = 60
"""A narrower terminal wraps by itself."""


def coloured(text: str, status: Status) -> str:
    """Return text in the colour of a status; as it is where colours are not wanted (https://no-color.org)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return text
    return click.style(text, fg=COLOURS[status])


def wrapped(text: str, *, indent: int = 2, to_stderr: bool = False) -> str:
    """Return text in lines that fit into the terminal, broken between words; later lines are indented.

    Text for a file or another program stays one line, so that it can be searched.
    """
    stream = sys.stderr if to_stderr else sys.stdout
    columns = shutil.get_terminal_size().columns
    if not stream.isatty() or columns < MIN_COLUMNS or len(text) <= columns:
        return text
    return textwrap.fill(
        text, columns - 1, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    )
