"""The record of a retraction as JSON: what the notice says and what was decided, for machines."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TypeVar

from watermark.article import ArticleInfo, MatchResult
from watermark.models import Decision
from watermark.notice import Notice
from watermark.stamping.plan.figure_pages import FigurePages
from watermark.stamping.plan.model import Attachment, StampRequest

RECORD_NAME = "retraction.json"
FORMAT = "retraction-watermark record 1"
Kind = TypeVar("Kind")


def record_of(  # noqa: PLR0913, PLR0917 - one argument for each part of a record
    request: StampRequest,
    info: ArticleInfo,
    found: MatchResult,
    decisions: Sequence[Decision],
    figures: FigurePages,
    tool: str,
) -> Attachment:
    """Return the record as a file to embed, or to save next to the copy. Equal input gives equal bytes.

    `figures` are the pages of the article with the figures that the notice names.
    """
    content = {
        "format": FORMAT,
        "tool": tool,
        "marked_at": request.marked_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "state": request.notice.notice.state.value,
        "original": {
            "sha256": info.sha256,
            "size_bytes": info.size_bytes,
            "pages": info.page_count,
            **({"marked_pages": [info.pages.first, info.pages.last]} if info.pages else {}),
            "conformance": str(info.claims),
            "rebuilt_sha256": info.rebuilt_sha256,
        },
        "match": {
            "result": found.match.value,
            "evidence": found.evidence,
            "forced_because": request.match_override_reason,
        },
        "notice": asdict(request.notice.notice),
        **_source(request),
        "figure_pages": {figure: list(pages) for figure, pages in figures.items()},
        "decisions": [asdict(decision) for decision in decisions],
    }
    return Attachment(
        kind="record",
        name=RECORD_NAME,
        data=json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8"),
        media_type="application/json",
        description="Record of the retraction for machines",
        relationship="Data",
    )


def notice_in(record: bytes) -> Notice:
    """Return the notice that a record holds. Raises ValueError for what no marking writes."""
    return _entry(record, "notice", Notice)


def original_in(record: bytes) -> tuple[str, str]:
    """Return the SHA-256 of the original of a record, and the time of the marking. Raises ValueError as `notice_in`."""
    return str(_entry(record, "original", dict[str, object]).get("sha256", "")), _entry(record, "marked_at", str)


def source_in(record: bytes) -> tuple[str, str]:
    """Return the index that the notice in a record is from, and the day; empty for a publisher's own notice.

    Raises ValueError for what no marking writes.
    """
    source = _entry(record, "notice_source", dict[str, str], default={})
    return source.get("name", ""), source.get("date", "")


def _entry(record: bytes, key: str, kind: type[Kind], default: Kind | None = None) -> Kind:
    import msgspec  # noqa: PLC0415 - a stamp only writes a record

    try:
        values = msgspec.json.decode(record, type=dict[str, msgspec.Raw])
        return default if default is not None and key not in values else msgspec.json.decode(values[key], type=kind)
    except (msgspec.MsgspecError, KeyError, RecursionError) as error:
        raise ValueError(f"the record cannot be read ({error})") from error


def _source(request: StampRequest) -> dict[str, object]:
    """Return the index that the notice is a record of, and the day of that record; nothing for a publisher's notice."""
    notice = request.notice
    return {"notice_source": {"name": notice.source, "date": notice.source_date}} if notice.source else {}
