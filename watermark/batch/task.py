"""What one worker is asked to do with one article, and what comes back: plain values that travel to other machines."""

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime

from watermark.batch.ledger import LedgerEntry
from watermark.batch.manifest import GivenNotice, ManifestRow, Overrides
from watermark.batch.storage import digest_of, store_at
from watermark.models import Proof
from watermark.notice import NoticeFile
from watermark.runtime.isolation import Limits
from watermark.stamping.plan.planner import TOOL
from watermark.stamping.profile import Profile, read_profile

MAPPINGS_PER_FILE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOptions:
    """How every article of a batch is treated. `seconds` is the time for one article, without what its size adds."""

    seconds: float = 300.0
    memory_bytes: int = 4 << 30
    bytes_a_second: int = 10_000_000
    text: str = ""
    house: Profile = field(default_factory=Profile)
    proof: Proof = Proof.FULL
    validate: bool = False
    """Whether veraPDF is asked, too, where it is installed."""

    def limits_for(self, size_bytes: int) -> Limits:
        """Return what an article of this size may take."""
        return Limits(
            seconds=self.seconds + size_bytes / self.bytes_a_second,
            memory_bytes=self.memory_bytes + MAPPINGS_PER_FILE * size_bytes,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One attempt at one article. Stores are locations, keys relative paths in them.

    `known` is what an earlier attempt came to: nothing is done where that still holds. `may_replace` says that what
    is under the copy's name was written by this ledger. `scratch` is a folder for temporary files, "" the system's own.
    """

    row: str
    attempt: int
    articles: str
    article: str
    out: str
    copy: str
    notice: GivenNotice | NoticeFile
    overrides: Overrides
    password: str = field(default="", repr=False)
    marked_at: datetime
    options: BatchOptions
    house: Profile
    limits: Limits
    plan_digest: str
    known: LedgerEntry | None = None
    may_replace: bool = False
    only_plan: bool = False
    scratch: str = ""
    tool: str = TOOL

    def new_entry(self) -> LedgerEntry:
        """Return the entry of this attempt with nothing come of it yet."""
        return LedgerEntry(
            row=self.row,
            attempt=self.attempt,
            result="",
            exit_status=0,
            article=store_at(self.articles).name(self.article) if self.article else "",
            article_doi=self.overrides.doi,
            notice=self.notice.name,
            plan_digest=self.plan_digest,
            started_at=datetime.now(UTC),
            seconds=0.0,
            tool=self.tool,
        )


def profile_for(row: ManifestRow, options: BatchOptions) -> Profile:
    """Return how the article of a row is marked: as its own profile says, or that of the batch. Raises UsageError."""
    house = read_profile(row.overrides.profile) if row.overrides.profile else options.house
    page = row.overrides.notice_page
    return replace(house, notice_page=page) if page else house


def plan_digest(row: ManifestRow, options: BatchOptions, house: Profile) -> str:
    """Return what is equal when the same would be done with an article again: notice, overrides, options and release.

    The time of marking is not in it: an article that was marked yesterday is not marked again today. Of a password only
    whether there is one.
    """
    parts = {
        "tool": TOOL,
        "notice": row.notice_sha256,
        "overrides": asdict(replace(row.overrides, profile="")),
        "text": options.text,
        "house": asdict(house),
        "font": digest_of(house.font) if house.font else "",
        "proof": options.proof,
        "password": bool(row.password),
        "validate": options.validate,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def copy_key(article: str) -> str:
    """Return the key of an article's copy: its own, with `.retracted` before the suffix."""
    stem = article[:-4] if article.lower().endswith(".pdf") else article
    return f"{stem}.retracted.pdf"
