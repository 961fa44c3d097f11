"""Storage for articles and copies: folders of this machine and cloud stores."""

from watermark.batch.storage.base import Store, StoredFile
from watermark.batch.storage.factory import absolute_location, is_url, local_file, object_at, store_at
from watermark.batch.storage.local import Folder, digest_of

__all__ = [
    "Folder",
    "Store",
    "StoredFile",
    "absolute_location",
    "digest_of",
    "is_url",
    "local_file",
    "object_at",
    "store_at",
]
