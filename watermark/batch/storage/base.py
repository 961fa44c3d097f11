"""What every storage does: files by key, each of which appears whole or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

PIECE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
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

    def look(self, key: str) -> StoredFile | None:
        """Return what is held under a key, or None where there is nothing. Raises FailedError when it is no file."""

    def pdfs(self) -> Iterator[tuple[str, StoredFile]]:
        """Yield every PDF, by its name, in an order that does not change. Links are not followed."""

    def fetched(self, key: str, scratch: Path) -> Path:
        """Return a local file with what is held under the key: the file itself, or a copy in the scratch folder."""

    def staging_path(self, key: str, scratch: Path) -> Path:
        """Return the local path under which to save what shall be held under the key."""

    def publish(self, key: str, saved: Path) -> StoredFile | None:
        """Let what was saved at the path that `room_for` gave be held under the key, whole; return what is held."""

    def digest(self, key: str) -> str:
        """Return the SHA-256 of a file in hexadecimal; "" where there is none."""
