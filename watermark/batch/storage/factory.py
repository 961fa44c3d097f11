"""From a path or a URL to the storage it names."""

import re
from functools import lru_cache
from pathlib import Path

from watermark.batch.storage.base import Store
from watermark.batch.storage.local import Folder

_URL = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+)://", re.IGNORECASE)


@lru_cache(maxsize=8)
def store_at(location: str) -> Store:
    """Return the store at a path or a URL. Raises UsageError when its kind is not known or not installed."""
    url = _URL.match(location)
    if url is None or url["scheme"] == "file":
        return Folder(Path(location.removeprefix("file://")))
    from watermark.batch.storage.object_store import objects_at  # noqa: PLC0415 - only who asks for a cloud store needs its libraries

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


def absolute_location(location: str) -> str:
    """Return where a folder is, seen from anywhere: a ledger is read, and workers work, in other folders than this."""
    return location if is_url(location) else str(Path(location.removeprefix("file://")).absolute())
