"""A folder appears whole under its name, or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from watermark.errors import FailedError, UsageError
from watermark.runtime.atomic_files import SUFFIX
from watermark.runtime.file_system import give_usual_permissions


@contextmanager
def new_folder(destination: Path) -> Iterator[Path]:
    """Yield an empty folder beside `destination`, which gets that name when all went well, and else is removed.

    Raises UsageError when the name is taken: a folder is never replaced. Raises FailedError when it cannot be written.
    """
    check_free(destination)
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{destination.name[:100]}.", suffix=SUFFIX, dir=destination.parent))
    except OSError as error:
        raise _cannot(destination, error, "Choose another place.") from error
    try:
        yield folder
        give_usual_permissions(folder, is_folder=True)
        os.rename(folder, destination)  # noqa: PTH104 - unlike `replace`, it says that a name has been taken meanwhile
    except OSError as error:
        raise _cannot(destination, error, "Free some space, or choose another disk.") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def check_free(destination: Path) -> None:
    """Return if nothing has this name. Raises UsageError."""
    if destination.is_symlink() or destination.exists():
        raise UsageError(
            "the name is already taken",
            file=str(destination),
            remedy="Folders are never overwritten; choose another name.",
            code="output-exists",
        )


def _cannot(destination: Path, error: OSError, remedy: str) -> FailedError:
    return FailedError(f"cannot write the folder ({error.strerror or error})", file=str(destination), remedy=remedy)
