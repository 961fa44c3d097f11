"""Verify a marked copy from its bytes alone: intact, marked, attached, described, archivable."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TypeAlias

from watermark.errors import WatermarkError
from watermark.models import Claim, Finding, Proof, VerificationReport
from watermark.pdf.parallel_pages import Team, team_for
from watermark.pdf.rendering import RenderedDocument
from watermark.receipt import Receipt
from watermark.runtime.mapped_files import map_file
from watermark.verification import (
    article_match,
    conformance,
    document_structure,
    embedded_files,
    fixity,
    metadata,
    page_checks,
)
from watermark.verification.evidence import Evidence
from watermark.verification.findings import findings_of
from watermark.verification.pypdf_document import PypdfDocument
from watermark.verification.reader_patches import patched_readers
from watermark.verification.seal import check as seal_check
from watermark.verification.seal.layers import SealLayer
from watermark.verification.seal.trust import SealPolicy, with_roots
from watermark.verification.work_ahead import work_ahead

Checks: TypeAlias = Sequence[tuple[tuple[Claim, ...], Callable[[Evidence], Iterable[Finding]]]]
PAGE_CLAIMS = (Claim.MARKED, Claim.VISIBLE, Claim.TEXT)
"""What is claimed of each page."""
LATER = (PAGE_CLAIMS, (Claim.ARCHIVABLE,))
"""What is checked last where pages are drawn and files validated beside the other checks: most of it is ready then."""
BESIDE = ((Claim.STRUCTURE,), (Claim.ATTACHED,), (Claim.DESCRIBED,), (Claim.FIXITY,))
"""What helpers may check, too, when they have no page left; the last one only where the pages are few."""


def verify_copy(  # noqa: PLR0913 - one keyword for each thing that is at hand
    path: Path,
    *,
    password: str | None = None,
    original: Path | None = None,
    seen: RenderedDocument | None = None,
    proof: Proof = Proof.FULL,
    asks_verapdf: bool = True,
    font: Path | None = None,
    seal: SealPolicy | None = None,
    jobs: int = 1,
) -> VerificationReport:
    """Return the findings of all checks: `ok` says that every claim was checked and holds. Nothing is written.

    1. Read the receipt in the copy: it says how many of its first bytes are the original.
    2. Verify the original by its digest and, when `original` is given, by comparing the bytes; check every object that
       the revision after it changes or adds.
    3. Compare every page before and after: the mark, the rendering, the text.
    4. Compare the structure: pages, boxes, links, outline, tags, form, labels.
    5. Compare the embedded files with the receipt.
    6. Read the metadata.
    7. Validate the conformance that the original claims.
    8. Read in the receipt whether the article was found to be the one that the notice names.
    9. Check the seal as `seal` says. All other checks but 7 are about the copy without its seal.

    Without `asks_verapdf`, step 7 does not use veraPDF, which takes seconds for each file.
    Proof.STRUCTURE leaves out rendering and text in step 3, and step 7: these claims are then NOT_CHECKED.
    The original is read from the copy itself, so that no other file is needed. `seen` may be the original as the caller
    has it open: it saves time if its bytes are those of the original in the copy. `font` is the font file that the
    marking was given, which the receipt names by its digest: without it, the letters of the mark are not checked.

    Up to `jobs` processes check the pages: those of the team of `seen`, if it has one.

    Raises FailedError when the file cannot be read or is not a PDF, and NotVerifiedError when it is not marked by this
    tool; UsageError when the root certificates that `seal` names cannot be read.
    """
    policy = with_roots(seal or SealPolicy())
    with (
        patched_readers(),
        Evidence(path, password=password, seen=seen, font=font) as evidence,
        _team_of(evidence, jobs, seen) as team,
        work_ahead(evidence, proof, jobs, team, _tasks_beside(original)) as shared,
    ):
        receipt = evidence.receipt  # 1
        *beside, intact = _beside(shared, original)
        checks: Checks = (
            intact,  # 2
            (PAGE_CLAIMS, lambda evidence: page_checks.check(evidence, proof, shared)),  # 3
            *beside,  # 4, 5, 6
            ((Claim.ARCHIVABLE,), lambda evidence: conformance.check(evidence, proof, asks_verapdf=asks_verapdf)),  # 7
            ((Claim.ARTICLE_MATCH,), article_match.check),  # 8
            ((Claim.SEALED,), lambda evidence: seal_check.check(evidence, policy)),  # 9
        )
        return VerificationReport(
            findings=_findings(checks, evidence, later=_later(jobs, shared)),
            mark_text=receipt.mark_text,
            pages=str(receipt.pages or ""),
            marked_before=tuple(dict.fromkeys(str(one.pages) for one in receipt.markings[:-1] if one.pages)),
        )


def _tasks_beside(original: Path | None) -> tuple[Callable[[Evidence], Iterable[Finding]], ...]:
    """Return the checks beside pages as tasks for a helper."""
    return tuple(partial(findings_of, *one) for one in _beside(None, original))


def _beside(shared: page_checks.Shared | None, original: Path | None) -> Checks:
    """Return the checks beside pages: what was found by who made them, or else the check itself."""

    def of(index: int, check: Callable[[Evidence], Iterable[Finding]], evidence: Evidence) -> Iterable[Finding]:
        found = None if shared is None else shared.found.get(index)
        return check(evidence) if found is None else found

    checks: tuple[Callable[[Evidence], Iterable[Finding]], ...] = (
        document_structure.check,
        embedded_files.check,
        metadata.check,
        partial(fixity.check, original=original),
    )
    if shared is None:
        return tuple(zip(BESIDE, checks, strict=True))
    return tuple((claims, partial(of, *one)) for claims, one in zip(BESIDE, enumerate(checks), strict=True))


def _later(jobs: int, shared: page_checks.Shared | None) -> Sequence[tuple[Claim, ...]]:
    if shared is None:
        return LATER if jobs > 1 else ()
    return (PAGE_CLAIMS, *BESIDE[: len(shared.beside)], *LATER[1:])


@contextmanager
def _team_of(evidence: Evidence, jobs: int, seen: RenderedDocument | None) -> Iterator[Team]:
    """Yield the team of the caller's document, or one of up to `jobs` processes where the pages can be counted."""
    known = seen.team if seen is not None else None
    if jobs < 2 or known is not None:
        yield known or Team()
        return
    page_count = 0
    with suppress(Exception):  # a hostile file may raise anything: the check of pages reports it
        page_count = evidence.page_count
    with team_for(evidence.path, page_count, jobs) as own:
        yield own


def verify_seal(
    path: Path,
    seal: SealPolicy,
    *,
    password: str | None = None,
    proof: Proof | None = Proof.FULL,
    asks_verapdf: bool = True,
) -> tuple[int, VerificationReport]:
    """Return how large the copy is without its seal, in bytes, and what a seal can change: Claim.ARCHIVABLE and SEALED.

    `proof` is how the conformance is proved, None for a copy that claims none: only Claim.SEALED is checked. Raises
    what `verify_copy` raises.
    """
    policy = with_roots(seal)
    sealed: Checks = (((Claim.SEALED,), lambda evidence: seal_check.check(evidence, policy)),)
    archival: Checks = ()
    if proof is not None:
        archival = (
            ((Claim.ARCHIVABLE,), lambda evidence: conformance.check(evidence, proof, asks_verapdf=asks_verapdf)),
        )
    with patched_readers(), Evidence(path, password=password) as evidence:
        return evidence.size_bytes, VerificationReport(findings=_findings((*archival, *sealed), evidence))


def seal_of(path: Path, *, password: str | None = None) -> tuple[SealLayer, ...]:
    """Return the revisions of the seal of a copy, the newest first; () for one without. Nothing is validated.

    Raises FailedError when the file cannot be read or is not a PDF.
    """
    with patched_readers(), Evidence(path, password=password) as evidence:
        return evidence.seal


def receipt_of(path: Path, *, password: str | None = None) -> Receipt:
    """Return the receipt in a copy. Raises FailedError for what is not a PDF, NotVerifiedError if it has none."""
    with patched_readers(), Evidence(path, password=password) as evidence:
        return evidence.receipt


def original_inside(path: Path, *, password: str | None = None) -> bytes:
    """Return the original that is embedded in a rebuilt copy. Raises FailedError when it is missing."""
    with patched_readers(), Evidence(path, password=password) as evidence:
        return evidence.embedded_original


def strict_open_error(path: Path, *, password: str | None = None) -> str:
    """Return why pypdf, without repairing anything, does not open a file, or "" if it does."""
    with patched_readers(), path.open("rb") as file, map_file(file) as mapped:
        try:
            PypdfDocument(mapped, max(mapped.find(b"%PDF-"), 0), len(mapped), password=password, strict=True)
        except WatermarkError as error:
            return error.reason
    return ""


def _findings(checks: Checks, evidence: Evidence, *, later: Sequence[tuple[Claim, ...]] = ()) -> tuple[Finding, ...]:
    """Return the findings in the order of the checks; those of the claims in `later` are nevertheless made last."""
    order = sorted(checks, key=lambda check: later.index(check[0]) + 1 if check[0] in later else 0)
    found = {claims: tuple(findings_of(claims, check, evidence)) for claims, check in order}
    return tuple(finding for claims, _ in checks for finding in found[claims])
