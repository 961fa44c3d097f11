"""`watermark stamp`, run in a process that has loaded it already."""

import os
import sys
import tempfile

import watermark.verification.verifier  # noqa: F401 - loaded once, for all files
from watermark.cli import main


def stamp(arguments: list[str]) -> tuple[int, str]:
    """Return the exit status of `watermark stamp`, and the first line that it writes to standard error."""
    os.environ["WATERMARK_VERAPDF"] = ""  # asked later, about all files at once
    with tempfile.TemporaryFile() as errors:
        os.dup2(errors.fileno(), 2)
        try:
            main(["stamp", *arguments])
        except SystemExit as end:
            sys.stderr.flush()
            errors.seek(0)
            lines = errors.read().decode(errors="replace").strip().splitlines()
            return int(end.code or 0), lines[0] if lines else ""
