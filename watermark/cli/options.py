"""What several commands read the same way."""

from pathlib import Path

from watermark.errors import UsageError


def password_in(file: Path | None) -> str:
    """Return the password that a text file holds, or "" when no file is given. Raises UsageError."""
    if file is None:
        return ""
    try:
        return file.read_text(encoding="utf-8").removesuffix("\n").removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"the password cannot be read ({type(error).__name__})",
            file=str(file),
            remedy="Give a text file that holds nothing but the password.",
        ) from error
