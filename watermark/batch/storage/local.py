"""A folder of this machine as storage."""

import os
import stat
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from watermark.batch.storage.base import StoredFile
from watermark.errors import FailedError, UsageError
from watermark.runtime.chunks import sha256_of
from watermark.runtime.safe_paths import find_within, resolve_within


class Folder:
    """A folder and what is below it. Keys and links that lead out of it are rejected."""

    def __init__(self, root: Path) -> None:
        """Take the folder; nothing is read yet."""
        self.root = root

    def name(self, key: str) -> str:
        """Return the path of a file."""
        return str(self.root / key)

    def find(self, written: str) -> str:
        """Return the key of the file that has this name in any Unicode form or encoding, or the name itself."""
        return find_within(self.root, written)

    def look(self, key: str) -> StoredFile | None:
        """Return the size and state of a file, or None.

        Raises FailedError if it is not a regular file, UsageError if the key is not a path in the folder.
        """
        path = resolve_within(self.root, key)
        try:
            status = path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise _unreadable(path, error) from error
        if not stat.S_ISREG(status.st_mode):
            raise FailedError("not a file", file=str(path), remedy="Use the path of the article's PDF.")
        return _stored(status)

    def ignores_case(self) -> bool:
        """Return whether names that differ only in case or Unicode form are the same file, as on FAT."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(prefix=".watermark-aé-", dir=self.root) as probe:
                name = unicodedata.normalize("NFD", Path(probe.name).name)
                return any((self.root / other).exists() for other in (name, name.upper(), name.swapcase()))
        except (OSError, UnicodeError):
            return False

    def pdfs(self) -> Iterator[tuple[str, StoredFile]]:
        """Yield every PDF, folder by folder, in the order of the names."""
        for path, status in _walked(self.root):
            yield path.relative_to(self.root).as_posix(), _stored(status)

    def fetched(self, key: str, scratch: Path) -> Path:  # noqa: ARG002 - the file is here already
        """Return the file itself."""
        return resolve_within(self.root, key)

    def staging_path(self, key: str, scratch: Path) -> Path:  # noqa: ARG002 - it is saved in its place at once
        """Return its own path; its folder is created."""
        path = resolve_within(self.root, key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FailedError(
                f"cannot create the folder ({error.strerror})",
                file=str(path.parent),
                remedy="Free some space, or check the permissions.",
            ) from error
        return resolve_within(self.root, key)

    def publish(self, key: str, saved: Path) -> StoredFile | None:  # noqa: ARG002 - it is there already
        """Return the size and state of the file, which is in its place already."""
        return self.look(key)

    def digest(self, key: str) -> str:
        """Return the SHA-256 of a file in hexadecimal, or "" if there is no file."""
        path = resolve_within(self.root, key)
        return digest_of(path) if path.is_file() else ""


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a local file in hexadecimal. Raises FailedError if it cannot be read."""
    try:
        return sha256_of(path)
    except OSError as error:
        raise _unreadable(path, error) from error


def _stored(status: os.stat_result) -> StoredFile:
    return StoredFile(size_bytes=status.st_size, stamp=f"{status.st_size} {status.st_mtime_ns}")


def _walked(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    try:
        with os.scandir(folder) as listing:
            items = sorted(listing, key=lambda item: item.name)
    except OSError as error:
        raise UsageError(
            f"cannot read the folder ({error.strerror})", file=str(folder), remedy="Check its name and permissions."
        ) from error
    for item in items:
        if item.is_dir(follow_symlinks=False):
            yield from _walked(Path(item.path))
        elif item.name.strip().lower().endswith(".pdf") and item.is_file(follow_symlinks=False):
            yield Path(item.path), item.stat(follow_symlinks=False)


def _unreadable(path: Path, error: OSError) -> FailedError:
    return FailedError(
        f"cannot read the file ({error.strerror})", file=str(path), remedy="Check its name and permissions."
    )
