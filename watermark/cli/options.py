"""What several commands read the same way."""

import sys
from pathlib import Path

import click

from watermark.article import needs_password
from watermark.cli import printable
from watermark.errors import UsageError
from watermark.proof import Proof

PROOFS = click.Choice([proof.value for proof in Proof])
PROOF_HELP = "full: every page is drawn, and validators are asked. structure: neither; the verdict says so."


def password_for(pdf: Path, file: Path | None) -> str:
    """Return the password from the file, or from the person at the terminal when the PDF needs one; else "".

    A password is never taken from the command line, where others could read it. Raises UsageError.
    """
    if file is not None:
        return password_in(file)
    if not (sys.stdin.isatty() and needs_password(pdf)):
        return ""
    return str(
        click.prompt(f"Password of {printable(pdf.name)}", hide_input=True, err=True, default="", show_default=False)
    )


def password_in(file: Path) -> str:
    """Return the password that a text file holds, without the end of its line. Raises UsageError."""
    try:
        return file.read_text(encoding="utf-8").removesuffix("\n").removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"the password cannot be read ({type(error).__name__})",
            file=str(file),
            remedy="Give a text file that holds nothing but the password.",
        ) from error
