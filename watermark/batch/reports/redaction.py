"""An entry as it may be told to others: places relative to the ledger, and characters that every format can hold."""

import re
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit, urlunsplit

from watermark.batch.ledger import LedgerEntry
from watermark.batch.storage import is_url

_NO_TEXT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class PathRedactor:
    """How the entries of the ledger in `folder` are told: nobody learns where on the machine they lay."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of the ledger: what lies in it, or beside it, keeps its place relative to it."""
        self._folder = folder.absolute()

    def entry(self, entry: LedgerEntry) -> LedgerEntry:
        """Return the entry with every place shown and every text clean, also where a message repeats a place."""
        known = (entry.article, entry.copy, entry.sidecar, entry.notice, str(self._folder))
        places = {place: self.place(place) or "." for place in known if self._is_absolute(place)}
        longest_first = sorted(places.items(), key=lambda item: -len(item[0]))

        def redact(words: str) -> str:
            for place, shown in longest_first:
                words = words.replace(place, shown)
            return clean(words)

        return replace(
            entry,
            row=redact(entry.row),
            result=redact(entry.result),
            reason=redact(entry.reason),
            remedy=redact(entry.remedy),
            article=self.place(entry.article),
            article_etag=clean(entry.article_etag),
            article_doi=redact(entry.article_doi),
            title=redact(entry.title),
            notice=self.place(entry.notice),
            notice_link=redact(entry.notice_link),
            state=redact(entry.state),
            copy=self.place(entry.copy),
            copy_etag=clean(entry.copy_etag),
            sidecar=self.place(entry.sidecar),
            findings=tuple(replace(item, message=redact(item.message)) for item in entry.findings),
            decisions=tuple(
                replace(item, value=redact(item.value), reason=redact(item.reason), clause=redact(item.clause))
                for item in entry.decisions
            ),
            notes=tuple(redact(note) for note in entry.notes),
            tool=redact(entry.tool),
        )

    def place(self, place: str) -> str:
        """Return a path relative to the folder, with slashes, where it lies in it or beside it; else only its name.

        A URL loses what may be secret: the user, the password, the query.
        """
        if is_url(place):
            parts = urlsplit(place)
            return clean(urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", "")))
        if not place:
            return ""
        return clean(self._way(place) or (self._folder / place).name)

    def address(self, place: str) -> str:
        """Return a place as a page in the folder links to it, or "" where it lies elsewhere."""
        if is_url(place):
            return self.place(place) if place.startswith(("https://", "http://")) else ""
        return quote(self._way(place).encode("utf-8", "surrogateescape")) if place else ""

    def _way(self, place: str) -> str:
        """Return the way to a path in the folder, or beside it; "" where it lies elsewhere."""
        path = self._folder / place
        inside = _relative(path, self._folder)
        if inside is not None:
            return inside
        beside = _relative(path, self._folder.parent) if self._folder.parent != self._folder.parent.parent else None
        return f"../{beside}" if beside is not None else ""

    @staticmethod
    def _is_absolute(place: str) -> bool:
        return Path(place).is_absolute() and len(Path(place).parts) > 2


def clean(text: str) -> str:
    """Return `text` with a mark of replacement for each control character and each half of a surrogate pair."""
    return _NO_TEXT.sub("\ufffd", text)


def _relative(path: Path, folder: Path) -> str | None:
    """Return the way from the folder down to the path, or None; nothing is looked up on the disk."""
    try:
        way = PurePosixPath(path.relative_to(folder).as_posix())
    except ValueError:
        return None
    return None if ".." in way.parts else str(way)
