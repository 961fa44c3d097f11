"""Prepare an entry for a report: paths relative to the ledger, and only characters that every format allows."""

import re
from dataclasses import dataclass, fields, replace
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit, urlunsplit

from watermark.batch.ledger import LedgerEntry
from watermark.batch.storage import is_url
from watermark.runtime.text_safety import escaped

_BYTES = re.compile("[\udc80-\udcff]")
_NO_TEXT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedEntry(LedgerEntry):
    """An entry as a report shows it, with the addresses of article and copy, which keep every byte of a name."""

    article_uri: str = ""
    copy_uri: str = ""


class PathRedactor:
    """Removes from entries where the folder of the ledger is on this machine."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of the ledger. Files in it or next to it keep their relative path."""
        self._folder = folder.absolute()

    def entry(self, entry: LedgerEntry) -> "ReportedEntry":
        """Return the entry with relative paths and clean text, also where a message repeats a path."""
        known = (entry.article, entry.copy, entry.sidecar, entry.notice, str(self._folder))
        absolute = (path for path in known if Path(path).is_absolute() and len(Path(path).parts) > 2)
        shown = {path: self.location(path) or "." for path in absolute}
        longest_first = sorted(shown.items(), key=lambda item: -len(item[0]))

        def redact(text: str) -> str:
            for path, relative in longest_first:
                text = text.replace(path, relative)
            return clean(text)

        redacted = replace(
            entry,
            row=redact(entry.row),
            result=redact(entry.result),
            reason=redact(entry.reason),
            remedy=redact(entry.remedy),
            article=self.location(entry.article),
            article_etag=clean(entry.article_etag),
            article_doi=redact(entry.article_doi),
            title=redact(entry.title),
            pdf_title=redact(entry.pdf_title),
            notice=self.location(entry.notice),
            notice_link=redact(entry.notice_link),
            state=redact(entry.state),
            copy=self.location(entry.copy),
            copy_etag=clean(entry.copy_etag),
            sidecar=self.location(entry.sidecar),
            findings=tuple(replace(item, message=redact(item.message)) for item in entry.findings),
            decisions=tuple(
                replace(item, value=redact(item.value), reason=redact(item.reason), clause=redact(item.clause))
                for item in entry.decisions
            ),
            notes=tuple(redact(note) for note in entry.notes),
            tool=redact(entry.tool),
        )
        values = {field.name: getattr(redacted, field.name) for field in fields(LedgerEntry)}
        return ReportedEntry(**values, article_uri=self.uri(entry.article), copy_uri=self.uri(entry.copy))

    def location(self, location: str) -> str:
        """Return a path relative to the folder, with slashes, if it is in it or next to it; else only the file name.

        The user, the password and the query of a URL are removed, because they may be secret.
        """
        if is_url(location):
            parts = urlsplit(location)
            return clean(urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", "")))
        if not location:
            return ""
        return clean(self._relative_path(location) or (self._folder / location).name)

    def address(self, location: str) -> str:
        """Return the address for a link from a page in the folder, or "" if the file is elsewhere."""
        if is_url(location):
            return self.location(location) if location.startswith(("https://", "http://")) else ""
        return quote(self._relative_path(location).encode("utf-8", "surrogateescape")) if location else ""

    def uri(self, location: str) -> str:
        """Return what `location` shows, percent-encoded (RFC 3986), with every byte of a file name."""
        if is_url(location) or not location:
            return self.location(location)
        path = self._relative_path(location) or (self._folder / location).name
        return quote(path.encode("utf-8", "surrogateescape"))

    def _relative_path(self, location: str) -> str:
        """Return the relative path of a file in the folder or next to it, or "" if it is elsewhere."""
        path = self._folder / location
        inside = _relative(path, self._folder)
        if inside is not None:
            return inside
        beside = _relative(path, self._folder.parent) if self._folder.parent != self._folder.parent.parent else None
        return f"../{beside}" if beside is not None else ""


def clean(text: str) -> str:
    """Return `text` with what no format can hold made visible: bytes of a name by their value, the rest as U+FFFD."""
    return _NO_TEXT.sub("\ufffd", _BYTES.sub(lambda found: escaped(found[0]), text))


def _relative(path: Path, folder: Path) -> str | None:
    """Return the path relative to the folder, or None if it is outside; the disk is not read."""
    try:
        relative = PurePosixPath(path.relative_to(folder).as_posix())
    except ValueError:
        return None
    return None if ".." in relative.parts else str(relative)
