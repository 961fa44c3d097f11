"""Crossref's answers on disk, one file for each DOI, so that no DOI is requested twice in a day."""

import hashlib
import time
from contextlib import suppress
from pathlib import Path

from watermark.errors import WatermarkError
from watermark.runtime.atomic_files import save
from watermark.runtime.user_cache import user_cache

FRESH_SECONDS = 24 * 60 * 60
MAX_BYTES = 5_000_000


class Cache:
    """A folder of answers. A folder that cannot be read or written caches nothing, and causes no error."""

    def __init__(self, folder: Path) -> None:
        """Use this folder; it is created when the first answer is stored."""
        self._folder = folder

    @classmethod
    def of_user(cls) -> "Cache":
        """Return the cache in the system's folder for caches."""
        return cls(user_cache() / "crossref")

    def fresh(self, doi: str) -> bytes | None:
        """Return the stored answer if it is at most a day old, or None."""
        with suppress(OSError):
            age = time.time() - self._path(doi).stat().st_mtime
            return self.any(doi) if 0 <= age < FRESH_SECONDS else None
        return None

    def any(self, doi: str) -> bytes | None:
        """Return the stored answer whatever its age, or None."""
        with suppress(OSError), self._path(doi).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
            return data if len(data) <= MAX_BYTES else None
        return None

    def keep(self, doi: str, data: bytes) -> None:
        """Store an answer in place of the previous one, whole or not at all."""
        with suppress(OSError, WatermarkError):
            self._folder.mkdir(parents=True, exist_ok=True)
            save(self._path(doi), data)

    def _path(self, doi: str) -> Path:
        return self._folder / f"{hashlib.sha256(doi.encode()).hexdigest()}.json"
