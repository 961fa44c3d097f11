"""The task of a worker: one article. Plain values, because workers may run on other machines."""

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from watermark.batch.ledger import LedgerEntry
from watermark.batch.manifest import GivenNotice, ManifestRow, Overrides
from watermark.batch.storage import digest_of, store_at
from watermark.models import Proof
from watermark.notice import NoticeFile
from watermark.runtime.file_system import stem_that_fits
from watermark.runtime.isolation import Limits, limits_for
from watermark.runtime.isolation.limits import MAX_SECONDS, MEMORY_BYTES
from watermark.stamping.plan.model import TOOL
from watermark.stamping.profile import Profile, read_profile
from watermark.stamping.seal import SealOptions

MAPPINGS_PER_FILE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOptions:
    """The options for every article of a batch.

    `seconds` is the time for one article, to which large files add their transfer; None is the time that every command
    gives a file of its size and pages.
    """

    seconds: float | None = None
    memory_bytes: int = MEMORY_BYTES
    bytes_per_second: int = 10_000_000
    text: str = ""
    profile: Profile = field(default_factory=Profile)
    proof: Proof = Proof.FULL
    validate: bool = False
    """Whether veraPDF validates, too, if it is installed."""
    seal: SealOptions | None = None

    def limits_for(self, size_bytes: int, file: Path | None = None) -> Limits:
        """Return the limits of time and memory for an article of this size.

        `file` is the article, None where it is in a cloud store: its pages are not known before it is fetched, so it
        gets as much time as any file, and the transfer.
        """
        if self.seconds is None and file is not None:
            seconds = limits_for([file]).seconds
        else:
            seconds = (MAX_SECONDS if self.seconds is None else self.seconds) + size_bytes / self.bytes_per_second
        return Limits(
            seconds=seconds,
            memory_bytes=self.memory_bytes + MAPPINGS_PER_FILE * size_bytes,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One attempt at one article of `size_bytes`. Stores are locations, keys relative paths in them.

    `known` is the entry of an earlier attempt; nothing is done if it is still valid. `may_replace` says that a batch of
    this ledger wrote the file that has the copy's name. `scratch` is a folder for temporary files, "" the system's own.
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
    profile: Profile
    size_bytes: int = 0
    plan_digest: str
    known: LedgerEntry | None = None
    may_replace: bool = False
    only_plan: bool = False
    scratch: str = ""
    tool: str = TOOL

    def new_entry(self) -> LedgerEntry:
        """Return the entry of this attempt, without a result yet."""
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
    """Return the profile of a row: its own, or that of the batch. Raises UsageError."""
    profile = read_profile(row.overrides.profile) if row.overrides.profile else options.profile
    page = row.overrides.notice_page
    return replace(profile, notice_page=page) if page else profile


def plan_digest(row: ManifestRow, options: BatchOptions, profile: Profile) -> str:
    """Return a digest of everything that decides the result: notice, overrides, options and release.

    The time of marking is left out, so that an article that was marked yesterday is not marked again today. Of a
    password, only its presence counts.
    """
    parts = {
        "tool": TOOL,
        "notice": row.notice_sha256,
        "overrides": asdict(replace(row.overrides, profile="")),
        "text": options.text,
        "house": asdict(replace(profile, files=(), seal=_without_password(profile.seal))),
        "font": digest_of(profile.font) if profile.font else "",
        "proof": options.proof,
        "password": bool(row.password),
        "validate": options.validate,
        "seal": asdict(seal) if (seal := _without_password(options.seal)) else None,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def _without_password(seal: SealOptions | None) -> SealOptions | None:
    return replace(seal, password="") if seal else None


def copy_key(article: str) -> str:
    """Return the key of an article's copy: its own, with `.retracted` before the suffix.

    A name that would be too long for a drive, or for the record beside it, is cut and ends in a part of its digest.
    """
    stem = article.rstrip()[:-4] if article.rstrip().lower().endswith(".pdf") else article
    folder, slash, name = stem.rpartition("/")
    return f"{folder}{slash}{stem_that_fits(name)}.retracted.pdf"
