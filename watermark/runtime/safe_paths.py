"""Names out of a manifest are strangers' words: none leads out of the folder that it is meant for."""

import re
from pathlib import Path, PurePosixPath

from watermark.errors import UsageError

MAX_NAME_LENGTH = 1024
_DRIVE = re.compile(r"[A-Za-z]:")


def safe_relative_path(written: str) -> str:
    """Return a name as a relative path with slashes, whichever system it was written on. Raises UsageError.

    A name that is absolute, climbs, is no path at all, or holds what a terminal would obey is refused.
    """
    name = written.strip().replace("\\", "/")
    parts = PurePosixPath(name).parts
    if not name or not parts:
        raise _not_taken("is empty")
    if len(name) > MAX_NAME_LENGTH or not name.isprintable():
        raise _not_taken("is too long" if name.isprintable() else "has a control character in it")
    if name.startswith("/") or _DRIVE.match(name):
        raise _not_taken(f"“{name}” is an absolute path")
    if ".." in parts:
        raise _not_taken(f"“{name}” points outside the folder")
    return "/".join(parts)


def resolve_within(root: Path, written: str) -> Path:
    """Return the path that `written` names below `root`, where no link leads out of it. Raises UsageError."""
    path = root / safe_relative_path(written)
    try:
        leads_out = not path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError) as error:
        raise _not_taken(f"“{path.name}” leads nowhere ({type(error).__name__})") from error
    if leads_out:
        raise _not_taken(f"“{safe_relative_path(written)}” is a link that leads out of its folder")
    return path


def _not_taken(why: str) -> UsageError:
    return UsageError(
        f"the name {why}", remedy="Write it as a path below the folder, such as journal/article.pdf, without links."
    )
