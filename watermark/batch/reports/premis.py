"""PREMIS 3 for an archive: for each marked article the file before, the file after, and the events between them.

The terms are the Library of Congress's (id.loc.gov/vocabulary/preservation). A file is named by its digest, as a `ni`
URI (RFC 6920), and an event by a UUID made from both digests: the same entry gives the same bytes.
"""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from uuid import NAMESPACE_URL, UUID, uuid5

from watermark.batch.ledger import LedgerEntry
from watermark.batch.reports.csv_table import in_words
from watermark.batch.reports.templates import template
from watermark.models import Claim, Finding, Result, Status, VerificationReport
from watermark.receipt import format_utc

SUFFIX = ".premis.xml"
MAX_NAME_BYTES = 200
_OUTCOMES = {Status.OK: ("suc", "success"), Status.NOT_CHECKED: ("war", "warning"), Status.FAILED: ("fai", "fail")}


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    name: str
    sha256: str
    size_bytes: int

    @property
    def uri(self) -> str:
        digest = base64.urlsafe_b64encode(bytes.fromhex(self.sha256)).decode("ascii").rstrip("=")
        return f"ni:///sha-256;{digest}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """A kind of event, and the claims whose status is its outcome."""

    code: str
    label: str
    detail: str
    claims: tuple[Claim, ...] = ()
    is_of_original: bool = False
    is_of_copy: bool = True
    made_copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    kind: _Kind
    uuid: UUID
    outcome: tuple[str, str]
    notes: tuple[str, ...]


_KINDS = (
    _Kind(
        code="mes",
        label="message digest calculation",
        detail="SHA-256 of the file before it was marked",
        is_of_original=True,
        is_of_copy=False,
    ),
    _Kind(
        code="mod",
        label="modification",
        detail="marked as retracted on {pages}, with the notice inside, as an incremental update: "
        "the bytes of the file before are the first part of the file after",
        claims=(Claim.MARKED, Claim.VISIBLE, Claim.TEXT, Claim.ATTACHED, Claim.ARTICLE_MATCH),
        is_of_original=True,
        made_copy=True,
    ),
    _Kind(
        code="mem",
        label="metadata modification",
        detail="the retraction described in XMP and in the document information",
        claims=(Claim.DESCRIBED,),
        is_of_original=True,
        made_copy=True,
    ),
    _Kind(
        code="fix",
        label="fixity check",
        detail="the first part of the file after compared with the SHA-256 of the file before",
        claims=(Claim.FIXITY,),
        is_of_original=True,
    ),
    _Kind(
        code="val",
        label="validation",
        detail="structure, and conformance to the archival level that the file claims",
        claims=(Claim.STRUCTURE, Claim.ARCHIVABLE),
    ),
)


def write_premis(entries: Iterable[LedgerEntry], folder: Path) -> int:
    """Write one PREMIS document for each marked article to `folder`, in the folders of the copies; return how many.

    Articles without a copy are left out, because no event happened to them.
    """
    count = 0
    for entry in entries:
        if not has_premis(entry):
            continue
        copy = path_in_bag(entry)
        path = folder / copy.with_name(copy.name + SUFFIX)
        if path.exists():  # two rows of the ledger have the same copy: keep both
            path = path.with_name(named_by_digest(entry).name + SUFFIX)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(premis_of(entry), encoding="utf-8", newline="\n")
        count += 1
    return count


def has_premis(entry: LedgerEntry) -> bool:
    """Whether the entry has a marked copy and both digests."""
    return bool(entry.result == Result.MARKED and entry.copy and entry.copy_sha256 and entry.article_sha256)


def path_in_bag(entry: LedgerEntry) -> PurePosixPath:
    """Return the path of a copy in a bag or folder: its own, or one made from its digest if its own is not safe.

    For an object in a cloud store, the path is its bucket and its key.
    """
    written = entry.copy.partition("://")[2] or entry.copy
    path = PurePosixPath(written)
    is_short = all(len(part.encode("utf-8", "replace")) <= MAX_NAME_BYTES for part in path.parts)
    leads_outside = path.is_absolute() or ".." in path.parts or any(character in written for character in "\\:\n\r")
    if is_short and not leads_outside:
        return path
    return named_by_digest(entry)


def named_by_digest(entry: LedgerEntry) -> PurePosixPath:
    """Return a name for the copy of an entry that no other entry has."""
    row = hashlib.sha256(entry.row.encode("utf-8", "replace")).hexdigest()
    return PurePosixPath(f"{entry.copy_sha256[:16]}-{row[:8]}.pdf")


def premis_of(entry: LedgerEntry) -> str:
    """Return the PREMIS document of a marked article."""
    name, _, version = entry.tool.rpartition(" ")
    return template("premis.xml.j2").render(
        entry=entry,
        before=_File(name=entry.article, sha256=entry.article_sha256, size_bytes=entry.article_size_bytes),
        after=_File(name=entry.copy, sha256=entry.copy_sha256, size_bytes=entry.copy_size_bytes),
        time=format_utc(entry.started_at),
        agent={"identifier": entry.tool, "name": name or entry.tool, "version": version if name else ""},
        events=[event for kind in _KINDS if (event := _event(kind, entry)) is not None],
    )


def _event(kind: _Kind, entry: LedgerEntry) -> _Event | None:
    """Return an event, or None for a check without findings, because it did not run."""
    findings = tuple(finding for finding in entry.findings if finding.claim in kind.claims)
    if kind.claims and not findings and not kind.made_copy:
        return None
    parts = (kind.code, entry.article_sha256, entry.copy_sha256, format_utc(entry.started_at))
    pages = f"every page of the range {entry.marked_pages}" if entry.marked_pages else "every page"
    return _Event(
        kind=replace(kind, detail=kind.detail.format(pages=pages)),
        uuid=uuid5(NAMESPACE_URL, "\n".join(parts)),
        outcome=_OUTCOMES[_worst(kind, findings)],
        notes=tuple(in_words(finding) for finding in findings) or (entry.article_sha256,) * (not kind.claims),
    )


def _worst(kind: _Kind, findings: tuple[Finding, ...]) -> Status:
    report = VerificationReport(findings=findings)
    statuses = {report.status_of(claim) for claim in kind.claims}
    return max(statuses, key=list(Status).index, default=Status.OK)
