"""Options and values that several commands share."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from watermark.cli import printable
from watermark.cli.in_worker_process import asked_password, has_terminal
from watermark.cli.numbers import WholeNumber
from watermark.errors import UsageError, unreadable
from watermark.models import Proof
from watermark.runtime.bounded_read import password_in
from watermark.runtime.clock import time_of_marking as time_in_utc
from watermark.runtime.file_system import stem_that_fits

Command = TypeVar("Command", bound=Callable[..., Any])

PROOFS = click.Choice([proof.value for proof in Proof])
PROOF_HELP = "How to verify. full: render every page and run validators; structure: faster, without either."

jobs_option = click.option(
    "-j",
    "--jobs",
    type=WholeNumber(1, 64),
    help="Number of processes that check the pages of an article with 64 pages or more. With 1, one thread does "
    "all the work, on a shorter article, too. [default: one for each core, at most 4]",
)


def with_options(*options: Callable[[Any], Any]) -> Callable[[Command], Command]:
    """Return a decorator that gives a command these options, in their order."""

    def given(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return given


def password_option(pdfs: str, *, is_asked: bool = True) -> Callable[[Command], Command]:
    """Return the option for the file with the password of `pdfs`; with `is_asked` the help says that you are asked."""
    more = " If it is left out, you are asked at a terminal." if is_asked else ""
    return click.option(
        "--password-file",
        type=click.Path(path_type=Path, readable=False),
        metavar="FILE",
        help=f"File with the password of {pdfs}.{more}",
    )


def password_for(pdf: Path, file: Path | None) -> str:
    """Return the password from the file, or ask for it at the terminal if the PDF needs one; else "".

    A password is never taken from the command line, where other users could read it. Raises UsageError.
    """
    if file is not None:
        return password_in(file)
    if not has_terminal():
        return ""
    from watermark.article import needs_password  # noqa: PLC0415 - without a terminal there is nothing to ask

    return asked_password(pdf, f"Password of {printable(pdf.name)}") if needs_password(pdf) else ""


def require_file(path: Path) -> None:
    """Raise UsageError if a file does not exist, FailedError if it cannot be opened.

    What is not a file, such as a pipe, is not opened, which might wait for ever: who reads it says what it is.
    """
    try:
        if path.is_file() or not path.exists():
            path.open("rb").close()
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error


def given_files(options: dict[str, Any]) -> tuple[Path, ...]:
    """Return the files named by options of a command. No output may replace one of them."""
    names = ("notice", "profile", "font", "password_file", "seal_password_file")
    return tuple(Path(options[name]) for name in names if options.get(name))


def default_output(path: Path, suffix: str) -> Path:
    """Return the default path of an output: next to the input, with another ending."""
    return path.parent / f"{stem_that_fits(path.stem)}{suffix}"


def time_of_marking(written: str | None) -> datetime:
    """Return the time in --at, else SOURCE_DATE_EPOCH, else now: in UTC, to the second. Raises UsageError."""
    try:
        return time_in_utc(datetime.fromisoformat(written) if written else None)
    except (ValueError, OverflowError) as error:
        reason = f"“{written}” is not a valid time"
        raise UsageError(reason, place="--at", remedy="Write it as 2024-05-01T12:00:00Z.") from error
