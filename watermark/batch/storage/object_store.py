"""Objects in a cloud store, through fsspec. There an object appears whole or not at all: nothing is renamed."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from watermark.batch.storage.base import PIECE_BYTES, StoredFile
from watermark.errors import FailedError, UsageError, WatermarkError
from watermark.runtime.safe_paths import safe_relative_path

ATOMIC = ("s3", "gs", "gcs", "az", "abfs")
"""Kinds of store that show an object only once it is whole."""


def objects_at(url: str, scheme: str) -> "Objects":
    """Return the store at a URL such as `s3://bucket/folder`. Raises UsageError when it is unknown or not installed."""
    if scheme not in ATOMIC:
        raise UsageError(
            f"{scheme}:// storage cannot write files atomically",
            file=url,
            remedy=f"Give a folder, or one of {', '.join(f'{name}://' for name in ATOMIC)}.",
        )
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra

        system, root = url_to_fs(url, use_listings_cache=False)
    except ImportError as error:
        raise UsageError(
            f"{scheme}:// storage needs a library that is not installed ({error.name})",
            file=url,
            remedy="Install it: pip install 'retraction-watermark[cloud]'.",
        ) from error
    return Objects(system, str(root).rstrip("/"), url.rstrip("/"))


class Objects:
    """The objects whose names begin with one prefix."""

    def __init__(self, system: Any, root: str, url: str) -> None:  # noqa: ANN401 - fsspec has no types
        """Take a file system of fsspec and the prefix in it."""
        self._system, self._root, self._url = system, root, url

    def name(self, key: str) -> str:
        """Return the URL of an object."""
        return f"{self._url}/{key}"

    def look(self, key: str) -> StoredFile | None:
        """Return what is held under a key, or None. Raises FailedError when the store does not answer."""
        with self._told(key):
            try:
                info = self._system.info(self._path(key))
            except FileNotFoundError:
                return None
            return _held(info) if info.get("type") == "file" else None

    def pdfs(self) -> Iterator[tuple[str, StoredFile]]:
        """Yield every PDF, folder by folder, in the order of the names; one folder's names are in memory at a time."""
        with self._told(""):
            for folder, _, files in self._system.walk(self._root, detail=True, topdown=True):
                for name in sorted(files):
                    if name.lower().endswith(".pdf"):
                        yield f"{folder}/{name}".removeprefix(self._root).strip("/"), _held(files[name])

    def fetched(self, key: str, scratch: Path) -> Path:
        """Return a copy of the object in the scratch folder."""
        path = scratch / Path(safe_relative_path(key)).name
        with self._told(key):
            self._system.get_file(self._path(key), str(path))
        return path

    def staging_path(self, key: str, scratch: Path) -> Path:
        """Return a path of the same name in the scratch folder."""
        return scratch / Path(safe_relative_path(key)).name

    def publish(self, key: str, saved: Path) -> StoredFile:
        """Put the file into the store: the object appears when all of it is there."""
        with self._told(key):
            self._system.put_file(str(saved), self._path(key))
        held = self.look(key)
        if held is None or held.size_bytes != saved.stat().st_size:
            raise FailedError(
                "the storage service did not keep the file", file=self.name(key), remedy="Run the same command again."
            )
        return held

    def digest(self, key: str) -> str:
        """Return the SHA-256 of an object in hexadecimal, all of it read; "" where there is none."""
        digest = hashlib.sha256()
        with self._told(key):
            try:
                with self._system.open(
                    self._path(key), "rb", block_size=8 * PIECE_BYTES, cache_type="readahead"
                ) as file:
                    while piece := file.read(PIECE_BYTES):
                        digest.update(piece)
            except FileNotFoundError:
                return ""
        return digest.hexdigest()

    def _path(self, key: str) -> str:
        return f"{self._root}/{safe_relative_path(key)}"

    @contextmanager
    def _told(self, key: str) -> Iterator[None]:
        """Turn whatever the store's library raises into an error that names the object."""
        try:
            yield
        except WatermarkError:
            raise
        except Exception as error:  # each library raises errors of its own kind
            raise FailedError(
                f"the storage service rejected the request ({type(error).__name__}: {error})",
                file=self.name(key) if key else self._url,
                remedy="Check the address, your permissions there and the network. Then run the same command again.",
            ) from error


def _held(info: Any) -> StoredFile:  # noqa: ANN401 - a dictionary with the store's own keys
    etag = str(info.get("ETag") or info.get("etag") or "")
    mark = etag or info.get("LastModified") or info.get("mtime") or ""
    is_strong = not etag.startswith("W/")
    return StoredFile(
        size_bytes=int(info["size"]), stamp=f"{info['size']} {mark}".strip(), etag=etag.strip('"') if is_strong else ""
    )
