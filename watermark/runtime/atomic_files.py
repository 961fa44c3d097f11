"""A file or a folder appears whole under its name, or not at all."""

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

from watermark.errors import FailedError, UsageError, WatermarkError
from watermark.runtime.file_system import (
    give_new_name,
    give_usual_permissions,
    replace_file,
    shortened,
    sync_file,
    sync_folder,
)
from watermark.runtime.input_files import require_not_an_input
from watermark.runtime.second_thread import SecondThread


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


OF_A_NAME = frozenset({errno.EILSEQ, errno.EINVAL, errno.ENOENT})
"""What a system reports for a name that its drive does not accept, in a folder that exists."""
SUFFIX = ".part"
RECORD_SUFFIX = ".retraction.json"
"""Of the record next to a copy that may not contain it."""
MAX_PREFIX_BYTES = 100
"""Of the name of a temporary file; a name may have 255 bytes in all."""
BEFORE = f".before{SUFFIX}"
STALE_TEMP_NAME = re.compile(rf"\..{{1,100}}\.[0-9]+\.\w{{8}}(?:{re.escape(SUFFIX)}|{re.escape(BEFORE)})", re.DOTALL)
"""Pattern of temporary files left by a killed process."""


class AtomicFile:
    """A file being written under a hidden name next to its destination."""

    def __init__(
        self,
        path: Path,
        destination: Path,
        *,
        overwrite: bool,
        inputs: Iterable[Path] = (),
        thread: SecondThread | None = None,
    ) -> None:
        """Write to the temporary `path`; `commit` renames it to `destination`, unless that is one of the `inputs`."""
        self.path = path
        self._destination = destination
        self._overwrite = overwrite
        self._inputs = tuple(inputs)
        self._thread = thread
        self._flushed: Future[None] | None = None

    def write(self, original: Path, size_bytes: int, appended: bytes) -> None:
        """Write the first `size_bytes` of `original` and then `appended`, and flush them to the disk.

        With a second thread, that does the flushing, and `commit` waits for it.
        """
        self._wait()
        if not _shared_by_the_kernel(original, self.path, size_bytes):
            shutil.copyfile(original, self.path)
        with self.path.open("r+b") as target:
            target.truncate(size_bytes)
            target.seek(size_bytes)
            target.write(appended)
            if self._thread is None:
                sync_file(target)
        if self._thread is not None:
            self._flushed = self._thread.soon(self._sync)

    def write_whole(self, data: bytes) -> None:
        """Write `data`, and flush it to the disk."""
        with self.path.open("wb") as target:
            target.write(data)
            sync_file(target)

    def _sync(self) -> None:
        with self.path.open("r+b") as target:
            sync_file(target)

    def _wait(self) -> None:
        if self._flushed is not None:
            self._flushed.result()
        self._flushed = None

    def commit(self) -> None:
        """Rename the file to its destination in one step. Raises UsageError when the name is taken."""
        self._wait()
        if self._overwrite:
            require_not_an_input(self._destination, self._inputs)
            replace_file(self.path, self._destination)
        else:
            try:
                give_new_name(self.path, self._destination)
            except FileExistsError as error:
                raise _taken(self._destination) from error
        sync_folder(self._destination.parent)


def _shared_by_the_kernel(source: Path, target: Path, size_bytes: int) -> bool:
    """Return whether the kernel copied the bytes; some file systems then share them between both files."""
    if not hasattr(os, "copy_file_range"):
        return False
    left = size_bytes
    try:
        with source.open("rb") as old, target.open("r+b") as new:
            while left and (count := os.copy_file_range(old.fileno(), new.fileno(), left)):
                left -= count
    except OSError:  # two file systems, or an old kernel: a plain copy reports the real error, if any
        return False
    return left == 0


@contextmanager
def atomic_file(
    destination: Path, *, overwrite: bool, inputs: Iterable[Path] = (), thread: SecondThread | None = None
) -> Iterator[AtomicFile]:
    """Yield a temporary file for `destination`; it is removed afterwards unless it was committed.

    `inputs` are the files that it is made from: `overwrite` does not cover them. A `thread` may flush it to the disk.
    Raises UsageError when the name is taken, or is that of an input under any name; FailedError when the file cannot be
    written.
    """
    inputs = tuple(inputs)
    try:
        require_free(destination, overwrite=overwrite, inputs=inputs)
        handle, name = tempfile.mkstemp(prefix=_prefix(destination, os.getpid()), suffix=SUFFIX, dir=destination.parent)
        os.close(handle)
        give_usual_permissions(Path(name))
    except OSError as error:
        raise _cannot_begin(destination, error) from error
    path = Path(name)
    try:
        yield AtomicFile(path, destination, overwrite=overwrite, inputs=inputs, thread=thread)
    except OSError as error:
        raise FailedError(
            f"cannot write the file ({error.strerror})",
            file=str(destination),
            remedy="Free some space, or choose another disk.",
        ) from error
    finally:
        path.unlink(missing_ok=True)


def require_free(destination: Path, *, overwrite: bool, inputs: Iterable[Path] = ()) -> None:
    """Return if a file may be written to `destination`, as things are now; raise UsageError otherwise."""
    require_not_an_input(destination, inputs)
    if destination.is_symlink() or (destination.exists() and not (overwrite and destination.is_file())):
        raise _taken(destination)


def remove_stale_temp_files(destination: Path, process: int) -> None:
    """Remove the temporary files that a process, which has ended, was writing for `destination`."""
    prefix = _prefix(destination, process)
    for path in destination.parent.glob(f"*{SUFFIX}"):
        if path.name.startswith(prefix):
            path.unlink(missing_ok=True)


def remove_temp_files_of(process: int, folders: Iterable[Path]) -> None:
    """Remove the temporary files that a process of this number, which has ended, left in these folders."""
    for folder in folders:
        for path in folder.glob(f".*.{process}.*{SUFFIX}"):
            if STALE_TEMP_NAME.fullmatch(path.name):
                path.unlink(missing_ok=True)


def _prefix(destination: Path, process: int) -> str:
    return f".{shortened(destination.name[:100], MAX_PREFIX_BYTES)}.{process}."


def _cannot_begin(destination: Path, error: OSError) -> WatermarkError:
    if not destination.parent.exists():
        return UsageError(
            f"the folder {destination.parent} does not exist", remedy="Create it, or choose another folder."
        )
    why = "the drive does not accept this name" if error.errno in OF_A_NAME else error.strerror
    return FailedError(f"cannot write the file ({why})", file=str(destination), remedy="Choose another name or folder.")


def _taken(destination: Path) -> UsageError:
    if destination.is_symlink() or destination.is_dir():
        what = "a symbolic link" if destination.is_symlink() else "a folder"
        remedy = "Folders and links are never overwritten; choose another name."
        return UsageError(f"{what} already exists", file=str(destination), remedy=remedy, code="output-exists")
    return UsageError(
        "the file already exists",
        file=str(destination),
        remedy="Choose another name, or allow it to be replaced.",
        code="output-exists",
        argument="overwrite",
    )


@contextmanager
def sidecar_file(destination: Path, data: bytes, *, overwrite: bool, inputs: Iterable[Path] = ()) -> Iterator[None]:
    """Write `data` to `destination` before the file that it belongs to is saved; restore the old state if that fails.

    A file that has these bytes already is not rewritten. Raises what `atomic_file` raises.
    """
    is_plain = destination.is_file() and not destination.is_symlink()
    if is_plain and destination.stat().st_size == len(data) and destination.read_bytes() == data:
        yield
        return
    with atomic_file(destination, overwrite=overwrite, inputs=inputs) as new:
        new.write_whole(data)
        before = new.path.with_suffix(BEFORE)
        try:
            if destination.exists():
                shutil.copyfile(destination, before)
            new.commit()
            try:
                yield
            except BaseException:
                if before.exists():
                    replace_file(before, destination)
                else:
                    destination.unlink()
                raise
        finally:
            before.unlink(missing_ok=True)


def save_with_record(source: Path, destination: Path, *, overwrite: bool, inputs: Iterable[Path] = ()) -> Path | None:
    """Write a marked copy again under another name, with the record that is next to it; return the path of that.

    Raises what `atomic_file` raises.
    """
    record, target = source.with_suffix(RECORD_SUFFIX), destination.with_suffix(RECORD_SUFFIX)
    with atomic_file(destination, overwrite=overwrite, inputs=inputs) as new:
        new.write(source, source.stat().st_size, b"")
        if not record.is_file():
            new.commit()
            return None
        with sidecar_file(target, record.read_bytes(), overwrite=overwrite, inputs=inputs):
            new.commit()
    return target


def save(destination: Path, data: bytes, *, overwrite: bool = True, inputs: Iterable[Path] = ()) -> None:
    """Write `data` to `destination`, all of it or nothing. Raises what `atomic_file` raises."""
    with atomic_file(destination, overwrite=overwrite, inputs=inputs) as new:
        new.write_whole(data)
        new.commit()
