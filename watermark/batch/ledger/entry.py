"""One attempt at one article of a catalogue, as plain values: what a ledger keeps and a report is made from."""

from dataclasses import dataclass
from datetime import datetime

from watermark.models import Decision, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One attempt at one article. Digests are SHA-256 in hexadecimal, sizes bytes, times UTC; "" is what is not known.

    `row` names the article as the manifest does, once for each row; `attempt` counts from 1 for each row. `article`
    and `copy` are paths or URLs. `result` is a `Result` in words, or "not found" where no article belongs to the row.
    An etag is what a cloud store said of the bytes that the digest beside it is of; a folder says nothing.
    `plan_digest` is equal when the same would be done again: notice, profile, options and version of the tool.
    """

    row: str
    attempt: int
    result: str
    exit_status: int
    reason: str = ""
    remedy: str = ""
    article: str = ""
    article_sha256: str = ""
    article_size_bytes: int = 0
    article_etag: str = ""
    article_doi: str = ""
    title: str = ""
    page_count: int = 0
    notice: str = ""
    notice_digest: str = ""
    notice_link: str = ""
    state: str = ""
    plan_digest: str = ""
    copy: str = ""
    copy_sha256: str = ""
    copy_size_bytes: int = 0
    copy_etag: str = ""
    sidecar: str = ""
    findings: tuple[Finding, ...] = ()
    decisions: tuple[Decision, ...] = ()
    notes: tuple[str, ...] = ()
    started_at: datetime
    seconds: float
    tool: str
