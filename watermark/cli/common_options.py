"""What several commands read the same way."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from watermark.cli import printable
from watermark.errors import UsageError
from watermark.models import Proof
from watermark.runtime.clock import time_of_marking as time_in_utc

PROOFS = click.Choice([proof.value for proof in Proof])
PROOF_HELP = "full: every page is drawn, and validators are asked. structure: neither; the verdict says so."


def password_for(pdf: Path, file: Path | None) -> str:
    """Return the password from the file, or from the person at the terminal when the PDF needs one; else "".

    A password is never taken from the command line, where others could read it. Raises UsageError.
    """
    if file is not None:
        return password_in(file)
    if not sys.stdin.isatty():
        return ""
    from watermark.article import needs_password  # noqa: PLC0415 - where nobody can be asked, nothing needs to be read

    if not needs_password(pdf):
        return ""
    return str(
        click.prompt(f"Password of {printable(pdf.name)}", hide_input=True, err=True, default="", show_default=False)
    )


def password_in(file: Path) -> str:
    """Return the password that a text file holds, without the end of its line. Raises UsageError."""
    try:
        return file.read_text(encoding="utf-8-sig").removesuffix("\n").removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text in UTF-8"
        raise UsageError(
            f"the password cannot be read ({why})",
            file=str(file),
            remedy="Give a text file that holds nothing but the password.",
        ) from error


def given_files(options: dict[str, Any]) -> tuple[Path, ...]:
    """Return the files that options of a command name, beside its arguments: no output may replace one of them."""
    names = ("notice", "profile", "font", "password_file")
    return tuple(Path(options[name]) for name in names if options.get(name))


def default_output(path: Path, suffix: str) -> Path:
    """Return the name of what is made from a file, beside it; also of a folder, which is refused when it is opened."""
    return path.parent / f"{path.stem}{suffix}"


def time_of_marking(written: str | None) -> datetime:
    """Return the time in --at, else SOURCE_DATE_EPOCH, else now: in UTC, to the second. Raises UsageError."""
    try:
        return time_in_utc(datetime.fromisoformat(written) if written else None)
    except (ValueError, OverflowError) as error:
        reason = f"“{written}” is not a valid time"
        raise UsageError(reason, place="--at", remedy="Write it as 2024-05-01T12:00:00Z.") from error
