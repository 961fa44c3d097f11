"""Find out whether this tool marked a PDF, and whether the copy is unchanged since then."""

import mmap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from watermark.errors import NotVerifiedError, WatermarkError
from watermark.models import Claim, Status, VerificationReport
from watermark.runtime.mapped_files import map_file

if TYPE_CHECKING:  # most files have no mark, and need neither qpdf nor a second reader
    from watermark.article.marks.model import PageMark
    from watermark.audit.rewritten_copies import RewrittenCopy
    from watermark.receipt import Receipt
    from watermark.verification.seal import SealPolicy

NAMESPACE = b"purl.org/retraction-watermark/ns/"
MARK = b"/RetractionMark"
MAX_NAMED = 20
NO_RECEIPT = "its receipt is missing: another program replaced the metadata"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCopyStatus:
    """The state of a copy from its receipt and its verification. `findings` are failures, or checks that did not run.

    `is_intact` means that the original can be restored. `rewritten` is set if another program saved the copy again.
    `receipt` is that of a copy of which only some pages were marked, and None for any other.
    """

    is_ours: bool = False
    is_damaged: bool = False
    is_intact: bool = False
    is_proved: bool = False
    state: str = ""
    article_doi: str = ""
    findings: tuple[str, ...] = ()
    rewritten: "RewrittenCopy | None" = None
    receipt: "Receipt | None" = None


def own_copy_status(
    path: Path, password: str, data: mmap.mmap, marks: "Sequence[PageMark]", *, seal: "SealPolicy | None" = None
) -> OwnCopyStatus:
    """Return whether this tool marked a file, and whether the copy is unchanged since then.

    The copy is verified from its bytes alone. `marks` are those found on its pages. The receipt is searched in
    uncompressed metadata; compressed or encrypted metadata, as other programs write them, are opened only if a mark was
    found. `seal` says how a seal is judged. Raises FailedError if the file is not a PDF.
    """
    is_named = data.find(NAMESPACE) >= 0
    has_mark = data.find(MARK) >= 0
    if not (is_named or has_mark or marks):
        return OwnCopyStatus()
    status = _status(path, password, seal, is_named=is_named, has_mark=has_mark)
    if status.is_ours and not status.is_damaged:
        return status
    return _as_rewritten(status, path, password, marks)


def _status(path: Path, password: str, seal: "SealPolicy | None", *, is_named: bool, has_mark: bool) -> OwnCopyStatus:
    try:
        if not is_named and not _is_named_inside(path, password):
            return OwnCopyStatus(is_damaged=True, findings=(NO_RECEIPT,)) if has_mark else OwnCopyStatus()
        return _verified(path, password, seal)
    except NotVerifiedError as error:
        return OwnCopyStatus(is_damaged=True, findings=(error.reason,))
    except WatermarkError as error:
        if is_named or has_mark:
            return OwnCopyStatus(is_damaged=True, findings=(error.reason,))
        return OwnCopyStatus()  # a mark by others on a file that the second reader cannot open


def _as_rewritten(status: OwnCopyStatus, path: Path, password: str, marks: "Sequence[PageMark]") -> OwnCopyStatus:
    from watermark.audit.rewritten_copies import rewritten_copy  # noqa: PLC0415 - most files have no mark

    found = rewritten_copy(path, password, {mark.page_number: mark for mark in marks})
    if found is None:
        return status
    return replace(
        status,
        is_ours=True,
        is_damaged=True,
        is_intact=found.restorable,
        state=status.state or found.state,
        article_doi=status.article_doi or found.article_doi,
        rewritten=found,
    )


def is_named_in(path: Path, password: str = "") -> bool:
    """Return whether a file contains this tool's namespace or mark, so that it claims to be a marked copy."""
    try:
        with path.open("rb") as file, map_file(file) as data:
            if data.find(NAMESPACE) >= 0 or data.find(MARK) >= 0:
                return True
        return _is_named_inside(path, password)
    except (OSError, ValueError, WatermarkError):
        return False  # not a PDF, or one that cannot be opened: not known to be a copy


def _is_named_inside(path: Path, password: str) -> bool:
    from watermark.article.document import document_at  # noqa: PLC0415 - most files have no mark
    from watermark.article.inspection import packet_of  # noqa: PLC0415

    with document_at(path, password) as document:
        return NAMESPACE in packet_of(document).replace(b"\0", b"")


def _proved(path: Path, password: str, seal: "SealPolicy | None" = None) -> "tuple[Receipt, VerificationReport]":
    from watermark.stamping.reproduction import verify_and_reproduce  # noqa: PLC0415 - most files have no mark
    from watermark.verification.verifier import receipt_of  # noqa: PLC0415

    receipt = receipt_of(path, password=password or None)
    return receipt, verify_and_reproduce(path, password=password or None, seal=seal)


def _is_intact(report: VerificationReport) -> bool:
    return report.status_of(Claim.FIXITY) is Status.OK


def _verified(path: Path, password: str, seal: "SealPolicy | None") -> OwnCopyStatus:
    receipt, report = _proved(path, password, seal)
    unchecked = [item for item in report.findings if item.status is Status.NOT_CHECKED]
    shown = report.failures or unchecked
    return OwnCopyStatus(
        is_ours=True,
        is_damaged=bool(report.failures),
        is_proved=not report.failures and not unchecked,
        is_intact=_is_intact(report),
        state=receipt.state.value,
        article_doi=receipt.article_doi,
        receipt=receipt if receipt.pages else None,
        findings=tuple(
            f"{item.claim.value}: " + (f"page {item.page_number}: " if item.page_number else "") + item.message
            for item in shown[:MAX_NAMED]
        ),
    )


def original_bytes_of(path: Path, password: str = "") -> int:
    """Return how many of the first bytes are the original if a file is a copy that verifies; 0 for any other file."""
    try:
        receipt, report = _proved(path, password)
    except WatermarkError:
        return 0
    return receipt.original_size_bytes if _is_intact(report) and not report.failures else 0
