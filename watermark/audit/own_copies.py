"""Whether a PDF is a copy that this tool marked, and whether it still is as it was made."""

import mmap
from dataclasses import dataclass
from pathlib import Path

from watermark.errors import NotVerifiedError, WatermarkError

NAMESPACE = b"purl.org/retraction-watermark/ns/"
MARK = b"/RetractionMark"
MAX_NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCopyStatus:
    """What the receipt says, and what a proof found: `findings` are failures, or what could not be checked."""

    is_ours: bool = False
    is_damaged: bool = False
    is_intact: bool = False
    state: str = ""
    article_doi: str = ""
    findings: tuple[str, ...] = ()


def ours_in(path: Path, password: str, held: mmap.mmap, *, is_marked: bool) -> OwnCopyStatus:
    """Return whether the file is a copy of this tool, proved from itself alone. Raises FailedError when it is no PDF.

    The receipt stands in the metadata as it is read; where those are compressed or encrypted, as after somebody saved
    the copy anew, they are opened when a mark was seen.
    """
    is_named = held.find(NAMESPACE) >= 0
    has_mark = held.find(MARK) >= 0
    if not (is_named or has_mark or is_marked):
        return OwnCopyStatus()
    try:
        if not is_named and not _is_named_inside(path, password):
            words = "its receipt is gone: the metadata were replaced"
            return OwnCopyStatus(is_damaged=True, findings=(words,)) if has_mark else OwnCopyStatus()
        return _proved(path, password)
    except NotVerifiedError as error:
        return OwnCopyStatus(is_damaged=True, findings=(error.reason,))
    except WatermarkError as error:
        if is_named or has_mark:
            return OwnCopyStatus(is_damaged=True, findings=(error.reason,))
        return OwnCopyStatus()  # somebody else's mark on a file that the second reader cannot open


def is_named_in(path: Path, password: str = "") -> bool:
    """Whether this tool's name or its mark stands in a file, so that it says to be a copy, whole or spoiled."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held:
            if held.find(NAMESPACE) >= 0 or held.find(MARK) >= 0:
                return True
        return _is_named_inside(path, password)
    except (OSError, ValueError, WatermarkError):
        return False  # it is no PDF, or a locked one: nothing says that it is a copy


def _is_named_inside(path: Path, password: str) -> bool:
    from watermark.article.document import document_at  # noqa: PLC0415 - most files have no mark
    from watermark.article.inspection import packet_of  # noqa: PLC0415

    with document_at(path, password) as document:
        return NAMESPACE in packet_of(document).replace(b"\0", b"")


def _proved(path: Path, password: str) -> OwnCopyStatus:
    from watermark.models import Status  # noqa: PLC0415 - most files have no mark
    from watermark.stamping.reproduction import verify_and_reproduce  # noqa: PLC0415
    from watermark.verification.verifier import receipt_of  # noqa: PLC0415

    receipt = receipt_of(path, password=password or None)
    verdict = verify_and_reproduce(path, password=password or None)
    is_intact = not any(item.claim.value == "intact" for item in verdict.failures)
    open_ones = [item for item in verdict.findings if item.status is Status.NOT_CHECKED]
    shown = verdict.failures or open_ones
    return OwnCopyStatus(
        is_ours=True,
        is_damaged=bool(verdict.failures),
        is_intact=is_intact,
        state=receipt.state.value,
        article_doi=receipt.article_doi,
        findings=tuple(
            f"{item.claim.value}: " + (f"page {item.page_number}: " if item.page_number else "") + item.message
            for item in shown[:MAX_NAMED]
        ),
    )


def original_bytes_of(path: Path, password: str = "") -> int:
    """Return how many of the first bytes of a copy are the original, when it verifies; 0 for every other file."""
    from watermark.stamping.reproduction import verify_and_reproduce  # noqa: PLC0415 - most files have no mark
    from watermark.verification.verifier import receipt_of  # noqa: PLC0415

    try:
        receipt = receipt_of(path, password=password or None)
        verdict = verify_and_reproduce(path, password=password or None)
    except WatermarkError:
        return 0
    return 0 if verdict.failures else receipt.original_size_bytes
