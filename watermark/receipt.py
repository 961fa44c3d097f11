"""What was done to an article, in a form that travels inside the copy."""

import json
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, Self

from watermark.notice import State

NAMESPACE = "https://purl.org/retraction-watermark/ns/1.0/"
PREFIX = "rwm"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """A file that this tool put into the copy; `kind` is notice, notice-pdf or record."""

    kind: str
    name: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What one marking did. Pages count from 1; sizes are bytes; digests are SHA-256 in hexadecimal."""

    tool: str
    marked_at: datetime
    original_sha256: str
    original_size_bytes: int
    page_count: int
    state: State
    notice_digest: str
    notice_link: str = ""
    article_doi: str = ""
    mark_text: str
    line_text: str = ""
    line_link: str = ""
    opacity: float
    stroke_points: float = 0.0
    notice_page: str = ""
    match: str
    match_reason: str = ""
    match_evidence: tuple[str, ...] = ()
    despite: tuple[str, ...] = ()
    files: tuple[AttachedFile, ...] = ()

    def to_json(self) -> str:
        """Return the receipt as one line of JSON, keys in the order of the fields."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        values["marked_at"] = self.marked_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        values["files"] = [{f.name: getattr(item, f.name) for f in fields(item)} for item in self.files]
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, line: str) -> Self:
        """Return the receipt that `to_json` wrote. Raises ValueError when it is none."""
        try:
            values: dict[str, Any] = json.loads(line)
            values["marked_at"] = datetime.strptime(values["marked_at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
            values["state"] = State(values["state"])
            values["files"] = tuple(AttachedFile(**item) for item in values["files"])
            for key in ("match_evidence", "despite"):
                values[key] = tuple(values[key])
            return cls(**values)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a receipt: {error}") from error
