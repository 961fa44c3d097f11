"""Where articles lie and copies go, on this machine or in a cloud store. This part knows nothing of articles."""

from watermark.batch.storage.base import Held, Store
from watermark.batch.storage.factory import is_url, object_at, store_at, whole
from watermark.batch.storage.local import Folder, digest_of

__all__ = ["Folder", "Held", "Store", "digest_of", "is_url", "object_at", "store_at", "whole"]
