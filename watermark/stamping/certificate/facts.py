"""What a certificate states: the notice, what the copy records of its marking, and what a verification found."""

import mmap
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pikepdf

from watermark.article.document import document_at
from watermark.errors import FailedError, NotVerifiedError, RefusedError
from watermark.models import Status, VerificationReport, plain
from watermark.notice import NoticeFile
from watermark.pdf.pixels import Pixels
from watermark.pdf.rendering import RenderedDocument
from watermark.receipt import NAMESPACE, Receipt
from watermark.runtime.chunks import sha256_of
from watermark.stamping.notice_document import Letterhead
from watermark.stamping.reproduction import Given
from watermark.stamping.reproduction.inputs import FalseRecordError, NotReproducibleError, notice_and_letterhead
from watermark.stamping.restore import markings_in
from watermark.verification.verifier import original_inside, receipt_of

PICTURE_PIXELS = 800
"""The longer side of a picture: 200 dots an inch where it is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """What another program said of the copy beside its original, in one sentence."""

    name: str
    status: Status
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """Everything that a certificate states about one copy.

    `earlier` are the receipts of earlier markings, the first one first. `notice` is None where it is not at hand.
    `before` and `after` are the first page of the article; None where PDFium cannot draw it. `at` is the time of the
    verification (UTC).
    """

    copy_name: str
    copy_sha256: str
    copy_size_bytes: int
    receipt: Receipt
    report: VerificationReport
    at: datetime
    notice: NoticeFile | None = None
    letterhead: Letterhead = field(default_factory=Letterhead)
    earlier: tuple[Receipt, ...] = ()
    judges: tuple[Judge, ...] = ()
    before: Pixels | None = None
    after: Pixels | None = None

    @property
    def published(self) -> Receipt:
        """The receipt whose original is the article as it was published."""
        return self.earlier[0] if self.earlier else self.receipt


def facts_of(  # noqa: PLR0913 - one keyword for each thing that is at hand
    copy: Path,
    report: VerificationReport,
    *,
    at: datetime,
    password: str = "",
    notice: NoticeFile | None = None,
    letterhead: Letterhead | None = None,
    judges: Sequence[Judge] = (),
    name: str = "",
) -> CertificateFacts:
    """Return what a certificate states about the copy that `report` is about; the copy is only read.

    `notice` is one that the caller has; else it is read from the copy or from the record beside it. `letterhead` takes
    the place of the recorded one. `name` is the file name of the copy where it is not yet saved under it.

    Raises NotVerifiedError if the report or a judge says that something failed: nothing is certified then. Raises what
    `receipt_of` raises.
    """
    _require_no_failure(copy, report, judges)
    receipt = receipt_of(copy, password=password or None)
    found, recorded = _recorded(copy, receipt, notice, password)
    before, after = _first_page(copy, receipt, password)
    return CertificateFacts(
        copy_name=name or copy.name,
        copy_sha256=sha256_of(copy),
        copy_size_bytes=copy.stat().st_size,
        receipt=receipt,
        report=report,
        at=at,
        notice=found,
        letterhead=letterhead or recorded or Letterhead(),
        earlier=_earlier(copy, receipt, password),
        judges=tuple(judges),
        before=before,
        after=after,
    )


def _require_no_failure(copy: Path, report: VerificationReport, judges: Sequence[Judge]) -> None:
    failed = [item.message for item in report.failures]
    failed += [judge.message for judge in judges if judge.status is Status.FAILED]
    if failed:
        raise NotVerifiedError(
            f"no certificate is written for a copy that does not verify: {plain(failed[0], 200)}",
            file=str(copy),
            remedy="Mark the original again with `watermark stamp`.",
        )


def _recorded(
    copy: Path, receipt: Receipt, notice: NoticeFile | None, password: str
) -> tuple[NoticeFile | None, Letterhead | None]:
    """Return the notice with the digest in the receipt, and the letterhead; None for what is not at hand."""
    given = notice if notice is not None and notice.notice.digest == receipt.notice_digest else None
    try:
        with document_at(copy, password) as document:
            return notice_and_letterhead(copy, document, receipt, Given(notice=given))
    except (NotReproducibleError, FalseRecordError, RefusedError, pikepdf.PikepdfError):
        return given, None


def _earlier(copy: Path, receipt: Receipt, password: str) -> tuple[Receipt, ...]:
    """Return the receipts of earlier markings. A file whose first part does not name this tool in the open has none."""
    is_open = not (receipt.rebuilt_size_bytes or password)
    with copy.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        hints = (*map(NAMESPACE.encode, ("utf-8", "utf-16-be", "utf-16-le")), b"/Encrypt")
        if is_open and all(data.find(hint, 0, receipt.original_size_bytes) < 0 for hint in hints):
            return ()
    return markings_in(copy, password=password)[:-1]


def _first_page(copy: Path, receipt: Receipt, password: str) -> tuple[Pixels | None, Pixels | None]:
    """Return the first page of the article before and after marking, both from the copy, as far as it can be drawn."""
    before = after = None
    first = receipt.pages.first if receipt.pages else 1
    with suppress(FailedError), RenderedDocument(copy, password=password) as marked:
        ahead = len(marked) - receipt.page_count if receipt.notice_page == "front" else 0
        after = marked.enlarged(first + max(ahead, 0), PICTURE_PIXELS)
    with suppress(FailedError), _original(copy, receipt, password) as original:
        before = original.enlarged(first, PICTURE_PIXELS)
    return before, after


def _original(copy: Path, receipt: Receipt, password: str) -> RenderedDocument:
    if receipt.linearized:
        return RenderedDocument.of_bytes(original_inside(copy, password=password or None))
    size_bytes = receipt.rebuilt_size_bytes or receipt.original_size_bytes
    return RenderedDocument(copy, size_bytes=size_bytes, password=password)


def as_json(facts: CertificateFacts) -> Mapping[str, str]:
    """Return what identifies the certified copy, for programs."""
    receipt = facts.receipt
    return {
        "copy_sha256": facts.copy_sha256,
        "original_sha256": receipt.original_sha256,
        "notice_digest": receipt.notice_digest,
        "article_doi": receipt.article_doi,
    }
