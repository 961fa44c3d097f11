"""The exit status of a command, whatever it raises: no error ends in a traceback or in the status of another one."""

import errno
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:  # the help ends without an error
    from watermark.errors import WatermarkError

INTERRUPTED = 130
OUTPUT_CLOSED = 141
"""128 + SIGPIPE: the program that reads the output has ended, as `head` does. Shells give this status, too."""
NOT_WRITTEN = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""Errors of writing. A file that is saved has an error of its own, with its name; what is left is standard output."""
TRACEBACK = "WATERMARK_TRACEBACK"
REPORT_IT = f"Please report this as a bug, with the output that you get when {TRACEBACK}=1 is set in the environment."


def status_of(run: Callable[[], int]) -> int:
    """Return what `run` returns, or the documented exit status of its exception, after its message was shown."""
    try:
        status = run()
        sys.stdout.flush()  # here and not at the end of the process, where an error would be ignored
    except (click.Abort, KeyboardInterrupt):
        click.echo("watermark: interrupted; no partial files remain", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        _discard(sys.stdout)
        return OUTPUT_CLOSED
    except Exception as error:  # noqa: BLE001 - each is shown, and none of them is a finding (status 1)
        return _shown(_error_of(error))
    return status


def _error_of(error: Exception) -> "WatermarkError":
    from watermark.errors import FailedError, WatermarkError  # noqa: PLC0415 - see above

    if isinstance(error, WatermarkError):
        return error
    if isinstance(error, MemoryError):
        return FailedError(
            "the command ran out of memory, or it reached its memory limit",
            remedy="Check whether the file is one article: it may be far too large, or made to exhaust this computer.",
        )
    if isinstance(error, OSError) and error.filename is None and error.errno in NOT_WRITTEN:
        _discard(sys.stdout)
        return FailedError(
            f"cannot write to standard output ({error.strerror or error})",
            remedy="Free some space, or send the output to another file.",
        )
    if os.environ.get(TRACEBACK):
        import traceback  # noqa: PLC0415 - slow to import, and seldom needed

        traceback.print_exception(error)
    return FailedError(f"there was an unexpected error ({type(error).__name__}: {error})", remedy=REPORT_IT)


def _shown(error: "WatermarkError") -> int:
    from watermark.cli.output import show_error  # noqa: PLC0415 - most commands succeed

    return show_error(error)


def _discard(stream: TextIO) -> None:
    """Send what is still unwritten to the null device: Python writes it when the process ends, and would fail again."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, stream.fileno())
    os.close(null)
