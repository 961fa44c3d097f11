"""One attempt at one article of a catalogue, as plain values: a row of the ledger, and the input of reports."""

from dataclasses import dataclass
from datetime import datetime

from watermark.models import Decision, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One attempt at one article. Digests are SHA-256 in hexadecimal, sizes bytes, times UTC; "" means unknown.

    `row` names the article as the manifest does, once for each row; `attempt` counts from 1 for each row. `article`
    and `copy` are paths or URLs. `result` is the value of a `Result`, or "not found" if the row has no article.
    `article_etag` and `copy_etag` are the entity tags that a cloud store gave for the bytes with these digests; a
    folder gives none. `title` is that of the article in the notice; `pdf_title` is the PDF's own where that is another
    article. `marked_pages` is "113-127" if only these pages of the file were marked, else "". `plan_digest` is equal if
    notice, profile, options and the version of the tool are the same.
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
    pdf_title: str = ""
    page_count: int = 0
    marked_pages: str = ""
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
