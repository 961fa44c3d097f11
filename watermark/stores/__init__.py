"""Where articles lie and copies go, on this machine or in a cloud store. This part knows nothing of articles."""

from watermark.stores.store import Folder, Held, Store, digest_of, is_url, object_at, store_at, whole

__all__ = ["Folder", "Held", "Store", "digest_of", "is_url", "object_at", "store_at", "whole"]
