"""Return the storage for a path or a URL."""

import re
from functools import lru_cache
from pathlib import Path

from watermark.batch.storage.base import Store
from watermark.batch.storage.local import Folder

_URL = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+)://", re.IGNORECASE)


@lru_cache(maxsize=8)
def store_at(location: str) -> Store:
    """Return the store at a path or a URL. Raises UsageError if its kind is unknown or its library not installed."""
    url = _URL.match(location)
    if url is None or url["scheme"] == "file":
        return Folder(Path(location.removeprefix("file://")))
    from watermark.batch.storage.object_store import objects_at  # noqa: PLC0415 - only a cloud store needs these libraries

    return objects_at(location, url["scheme"].lower())


def object_at(url: str) -> tuple[Store, str]:
    """Return the store for the whole bucket of an object, and the object's key in it."""
    scheme, _, rest = url.partition("://")
    bucket, _, key = rest.partition("/")
    return store_at(f"{scheme}://{bucket}"), key


def is_url(location: str) -> bool:
    """Tell whether a location is in a cloud store, not a folder of this machine."""
    url = _URL.match(location)
    return url is not None and url["scheme"] != "file"


def local_file(location: str, key: str) -> Path | None:
    """Return the path of a file of a store on this machine, None for one in a cloud store. Raises WatermarkError."""
    return None if is_url(location) else store_at(location).fetched(key, Path())


def absolute_location(location: str) -> str:
    """Return the absolute path of a folder, or the URL: workers and later commands have other working directories."""
    return location if is_url(location) else str(Path(location.removeprefix("file://")).absolute())
