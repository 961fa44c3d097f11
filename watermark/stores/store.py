"""Where articles lie and copies go: a folder, or objects in a cloud store. What is saved appears whole, or not."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from watermark.errors import FailedError, UsageError
from watermark.runtime.safe_paths import inside

PIECE_BYTES = 1 << 20
_URL = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+)://", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a store says of a file without reading it; the `stamp` is another one when the content may be.

    `etag` is the store's strong entity tag, which is another one whenever a byte is (RFC 9110 8.8.1); "" where only
    reading tells.
    """

    size_bytes: int
    stamp: str
    etag: str = ""


class Store(Protocol):
    """Files by key: a relative path with slashes, `2019/article.pdf`. Each method may raise a WatermarkError."""

    def name(self, key: str) -> str:
        """Return the whole name of a file, for people and for the ledger."""

    def look(self, key: str) -> Held | None:
        """Return what is held under a key, or None where there is nothing. Raises FailedError when it is no file."""

    def pdfs(self) -> Iterator[tuple[str, Held]]:
        """Yield every PDF, by its name, in an order that does not change. Links are not followed."""

    def fetched(self, key: str, scratch: Path) -> Path:
        """Return a local file with what is held under the key: the file itself, or a copy in the scratch folder."""

    def room_for(self, key: str, scratch: Path) -> Path:
        """Return the local path under which to save what shall be held under the key."""

    def publish(self, key: str, saved: Path) -> Held | None:
        """Let what was saved at the path that `room_for` gave be held under the key, whole; return what is held."""

    def digest(self, key: str) -> str:
        """Return the SHA-256 of a file in hexadecimal; "" where there is none."""


@lru_cache(maxsize=8)
def store_at(location: str) -> Store:
    """Return the store at a path or a URL. Raises UsageError when its kind is not known or not installed."""
    url = _URL.match(location)
    if url is None or url["scheme"] == "file":
        return Folder(Path(location.removeprefix("file://")))
    from watermark.stores.objects import objects_at  # noqa: PLC0415 - only who asks for a cloud store needs its libraries

    return objects_at(location, url["scheme"].lower())


def object_at(url: str) -> tuple[Store, str]:
    """Return the store that an object is in, its bucket as a whole, and the object's key there."""
    scheme, _, rest = url.partition("://")
    bucket, _, key = rest.partition("/")
    return store_at(f"{scheme}://{bucket}"), key


def is_url(location: str) -> bool:
    """Tell whether a location is not a folder of this machine."""
    url = _URL.match(location)
    return url is not None and url["scheme"] != "file"


def whole(location: str) -> str:
    """Return where a folder is, seen from anywhere: a ledger is read, and workers work, in other folders than this."""
    return location if is_url(location) else str(Path(location.removeprefix("file://")).absolute())


class Folder:
    """A folder and what is below it. No key and no link leads out of it."""

    def __init__(self, root: Path) -> None:
        """Take the folder; nothing is looked at yet."""
        self.root = root

    def name(self, key: str) -> str:
        """Return the path of a file."""
        return str(self.root / key)

    def look(self, key: str) -> Held | None:
        """Return what is held under a key, or None. Raises FailedError when it is no file, UsageError for its name."""
        path = inside(self.root, key)
        try:
            status = path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise _unreadable(path, error) from error
        if not stat.S_ISREG(status.st_mode):
            raise FailedError("it is not a file", file=str(path), remedy="Give the path of the article's PDF.")
        return _held(status)

    def pdfs(self) -> Iterator[tuple[str, Held]]:
        """Yield every PDF, folder by folder, in the order of the names."""
        for path, status in _walked(self.root):
            yield path.relative_to(self.root).as_posix(), _held(status)

    def fetched(self, key: str, scratch: Path) -> Path:  # noqa: ARG002 - the file is here already
        """Return the file itself."""
        return inside(self.root, key)

    def room_for(self, key: str, scratch: Path) -> Path:  # noqa: ARG002 - it is saved where it belongs
        """Return its own path; the folders above it are made."""
        path = inside(self.root, key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FailedError(
                f"the folder cannot be made ({error.strerror})",
                file=str(path.parent),
                remedy="Make room, or look at the rights.",
            ) from error
        return inside(self.root, key)

    def publish(self, key: str, saved: Path) -> Held | None:  # noqa: ARG002 - it is there already
        """Leave it where it was saved."""
        return self.look(key)

    def digest(self, key: str) -> str:
        """Return the SHA-256 of a file in hexadecimal; "" where there is none."""
        path = inside(self.root, key)
        return digest_of(path) if path.is_file() else ""


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a local file in hexadecimal. Raises FailedError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(path, error) from error


def _held(status: os.stat_result) -> Held:
    return Held(size_bytes=status.st_size, stamp=f"{status.st_size} {status.st_mtime_ns}")


def _walked(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    try:
        with os.scandir(folder) as listing:
            items = sorted(listing, key=lambda item: item.name)
    except OSError as error:
        raise UsageError(
            f"the folder cannot be read ({error.strerror})", file=str(folder), remedy="Look at its name and its rights."
        ) from error
    for item in items:
        if item.is_dir(follow_symlinks=False):
            yield from _walked(Path(item.path))
        elif item.name.lower().endswith(".pdf") and item.is_file(follow_symlinks=False):
            yield Path(item.path), item.stat(follow_symlinks=False)


def _unreadable(path: Path, error: OSError) -> FailedError:
    return FailedError(
        f"it cannot be read ({error.strerror})", file=str(path), remedy="Look at its name and its rights."
    )
