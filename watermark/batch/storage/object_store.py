"""Objects in a cloud store, through fsspec. An object appears complete or not at all, so nothing has to be renamed."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from watermark.batch.storage.base import StoredFile
from watermark.errors import FailedError, UsageError, WatermarkError
from watermark.runtime.atomic_files import RECORD_SUFFIX
from watermark.runtime.chunks import CHUNK_BYTES
from watermark.runtime.safe_paths import safe_relative_path

BLOCK_BYTES = 8 << 20
"""How much of an object is fetched at a time."""
ATOMIC = ("s3", "gs", "gcs", "az", "abfs")
"""Kinds of store in which an object appears only when it is complete."""
_VERSION = "?versionid="
_RESERVED = r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$))"
_TAKEN_EVERYWHERE = re.compile(rf"{_RESERVED}[a-z0-9_](?:[a-z0-9_.-]{{0,150}}[a-z0-9_])?", re.IGNORECASE | re.ASCII)


def objects_at(url: str, scheme: str) -> "Objects":
    """Return the store at a URL such as `s3://bucket/folder`. Raises UsageError if unknown or not installed."""
    if scheme not in ATOMIC:
        raise UsageError(
            f"{scheme}:// storage cannot write files atomically",
            file=url,
            remedy=f"Use a folder, or one of {', '.join(f'{name}://' for name in ATOMIC)}.",
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

    def find(self, written: str) -> str:
        """Return the key of the object that has this name in another Unicode form, or the name itself."""
        key = safe_relative_path(written)
        if not key.isascii() and self.look(key) is None:
            with self._errors_named(key):
                for form in ("NFC", "NFD"):
                    other = unicodedata.normalize(form, key)
                    if other != key and self._system.exists(self._path(other)):
                        return other
        return key

    def look(self, key: str) -> StoredFile | None:
        """Return the size and state of an object, or None. Raises FailedError if the store does not answer."""
        with self._errors_named(key):
            try:
                info = self._system.info(self._path(key))
            except FileNotFoundError:
                return None
            return _stored(info) if info.get("type") == "file" else None

    def ignores_case(self) -> bool:
        """Return False: the keys of a cloud store are bytes."""
        return False

    def pdfs(self) -> Iterator[tuple[str, StoredFile]]:
        """Yield every PDF, folder by folder, in the order of the names; one folder's names are in memory at a time."""
        with self._errors_named(""):
            for folder, _, files in self._system.walk(self._root, detail=True, topdown=True):
                for name in sorted(files):
                    if name.strip().lower().endswith(".pdf"):
                        yield f"{folder}/{name}".removeprefix(self._root).strip("/"), _stored(files[name])

    def fetched(self, key: str, scratch: Path) -> Path:
        """Return a copy of the object in the scratch folder."""
        path = scratch / _local_name(key)
        with self._errors_named(key):
            self._system.get_file(self._path(key), str(path))
        return path

    def staging_path(self, key: str, scratch: Path) -> Path:
        """Return a path in the scratch folder."""
        return scratch / _local_name(key)

    def publish(self, key: str, saved: Path) -> StoredFile:
        """Upload the file; the object appears when the upload is complete."""
        with self._errors_named(key):
            self._system.put_file(str(saved), self._path(key))
        stored = self.look(key)
        if stored is None or stored.size_bytes != saved.stat().st_size:
            raise FailedError(
                "the storage service did not keep the file", file=self.name(key), remedy="Run the same command again."
            )
        return stored

    def digest(self, key: str) -> str:
        """Return the SHA-256 of an object in hexadecimal, computed from its bytes, or "" if there is no object."""
        digest = hashlib.sha256()
        with self._errors_named(key):
            try:
                with self._system.open(self._path(key), "rb", block_size=BLOCK_BYTES, cache_type="readahead") as file:
                    while piece := file.read(CHUNK_BYTES):
                        digest.update(piece)
            except FileNotFoundError:
                return ""
        return digest.hexdigest()

    def _path(self, key: str) -> str:
        path = safe_relative_path(key)
        try:
            path.encode("utf-8")
        except UnicodeEncodeError as error:
            raise UsageError(
                "a cloud store takes only names in UTF-8", file=self.name(key), remedy="Rename the article."
            ) from error
        if _VERSION in path.lower():  # the library would take the name to end here
            raise UsageError(
                f"the name contains “{_VERSION}”, behind which a cloud store expects the version of an object",
                file=self.name(key),
                remedy="Rename the article.",
            )
        return f"{self._root}/{path}"

    @contextmanager
    def _errors_named(self, key: str) -> Iterator[None]:
        """Turn every exception of the store's library into a FailedError that names the object."""
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


def _local_name(key: str) -> str:
    """Return the name of an object's local file: its own, or one from its digest if not every drive takes that.

    A record has the name of its copy.
    """
    name = safe_relative_path(key).rpartition("/")[2]
    ending = next((suffix for suffix in (RECORD_SUFFIX, ".pdf") if name.endswith(suffix)), "")
    stem = name.removesuffix(ending)
    if _TAKEN_EVERYWHERE.fullmatch(stem):
        return name
    return f"{hashlib.sha256(stem.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}{ending}"


def _stored(info: Any) -> StoredFile:  # noqa: ANN401 - a dictionary with the store's own keys
    etag = str(info.get("ETag") or info.get("etag") or "")
    version = etag or info.get("LastModified") or info.get("mtime") or ""
    is_strong = not etag.startswith("W/")
    return StoredFile(
        size_bytes=int(info["size"]),
        stamp=f"{info['size']} {version}".strip(),
        etag=etag.strip('"') if is_strong else "",
    )
