"""The files that a command was given are never written over, whatever name an output has."""

import os
from collections.abc import Iterable
from pathlib import Path

from watermark.errors import UsageError

HEAD_BYTES = 1024
"""A PDF may have this much before its header (ISO 32000-2 Annex H)."""


def require_not_an_input(output: Path, inputs: Iterable[Path]) -> None:
    """Return if none of the `inputs` is the file at `output`; raise UsageError otherwise.

    Files are compared by device and number, so that links and names that differ in case or in their Unicode form are
    seen through. An output that does not exist yet cannot be an input.
    """
    try:
        status = os.stat(output)  # noqa: PTH116 - as `os.path.samestat`, which has no counterpart in pathlib
    except (OSError, ValueError):
        return
    for given in inputs:
        try:
            is_same = os.path.samestat(status, os.stat(given))  # noqa: PTH116 - see above
        except (OSError, ValueError):  # there is no such file, so it cannot be lost
            continue
        if is_same:
            raise UsageError(
                "the output would overwrite an input file"
                if os.path.abspath(given) == os.path.abspath(output)  # noqa: PTH100 - links are not followed
                else f"the output would overwrite an input file, {given}",
                file=str(output),
                remedy="Choose another name. Input files are never overwritten.",
            )


def require_not_a_pdf(output: Path) -> None:
    """Return if there is no PDF at `output`: a picture or a report never replaces one. Raises UsageError."""
    try:
        with output.open("rb") as file:
            head = file.read(HEAD_BYTES) if output.is_file() else b""
    except (OSError, ValueError):
        return
    if b"%PDF" in head:
        raise UsageError(
            "this file is a PDF, and only another PDF may replace it", file=str(output), remedy="Choose another name."
        )
