"""The interface of every storage: files by key, each of which appears complete or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """The size and state of a file, known without reading it.

    `stamp` changes whenever the content may have changed. `etag` is the store's strong entity tag, which changes with
    every byte (RFC 9110 8.8.1), or "" if there is none.
    """

    size_bytes: int
    stamp: str
    etag: str = ""


class Store(Protocol):
    """Files by key: a relative path with slashes, `2019/article.pdf`. Each method may raise a WatermarkError."""

    def name(self, key: str) -> str:
        """Return the path or URL of a file, for messages and for the ledger."""

    def find(self, written: str) -> str:
        """Return the key of the file that a manifest means by a name, or the name itself. Raises UsageError."""

    def look(self, key: str) -> StoredFile | None:
        """Return the size and state of a file, or None. Raises FailedError if it is not a regular file."""

    def ignores_case(self) -> bool:
        """Return whether two keys are the same file if only case or Unicode form differ. It may write a moment."""

    def pdfs(self) -> Iterator[tuple[str, StoredFile]]:
        """Yield the key of every PDF with its size and state, in a stable order. Links are not followed."""

    def fetched(self, key: str, scratch: Path) -> Path:
        """Return a local path of the file: its own, or that of a copy in the scratch folder."""

    def staging_path(self, key: str, scratch: Path) -> Path:
        """Return the local path at which to save a file before `publish`."""

    def publish(self, key: str, saved: Path) -> StoredFile | None:
        """Store the file that was saved at the path from `staging_path`; return its size and state."""

    def digest(self, key: str) -> str:
        """Return the SHA-256 of a file in hexadecimal, or "" if there is no file."""
