"""A folder with the certificate of each marked copy of a batch."""

import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from operator import call
from pathlib import Path, PurePosixPath

from watermark.batch.ledger import LedgerEntry
from watermark.batch.reports.premis import has_premis, named_by_digest, path_in_bag
from watermark.batch.reports.redaction import PathRedactor
from watermark.batch.storage import digest_of, is_url, object_at
from watermark.errors import FailedError, WatermarkError
from watermark.models import VerificationReport
from watermark.runtime.isolation import limits_for, run_isolated
from watermark.stamping.certificate import CertificateRequest, certificate_bytes, certificate_path
from watermark.verification.verifier import receipt_of

MAX_PROBLEMS = 100


def write_certificates(
    entries: Iterable[LedgerEntry], folder: Path, target: Path, password_of: Callable[[LedgerEntry], str]
) -> tuple[int, tuple[str, ...]]:
    """Write the certificates to `target`, in the folders of the copies; return how many, and what went wrong.

    Each is made in a separate process, so that one bad file does not stop the others. Copies with a relative path are
    in `folder`. Articles without a copy are left out.
    """
    count, problems = 0, list[str]()
    redactor = PathRedactor(folder)
    for entry in filter(has_premis, entries):
        redacted = redactor.entry(entry)
        try:
            data = _made(entry, folder, password_of(entry))
        except WatermarkError as error:
            problems.append(f"{redacted.copy}: no certificate: {error.reason}")
            continue
        if not data:
            continue
        path = certificate_path(target / path_in_bag(redacted))
        if path.exists():  # two rows of the ledger have the same copy: keep both
            path = certificate_path(path.with_name(named_by_digest(redacted).name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        count += 1
    more = [f"and {len(problems) - MAX_PROBLEMS:,} more"] if len(problems) > MAX_PROBLEMS else []
    return count, (*problems[:MAX_PROBLEMS], *more)


def _made(entry: LedgerEntry, folder: Path, password: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="watermark-") as scratch:
        work = partial(_certificate, entry, folder, Path(scratch), password)
        local = [] if is_url(entry.copy) else [folder / entry.copy]
        return run_isolated(call, work, limits_for(local), scratch=Path(scratch))


def _certificate(entry: LedgerEntry, folder: Path, scratch: Path, password: str) -> bytes:
    """Return the certificate of a copy; it says what the ledger recorded when that very copy was verified.

    A certificate is about the newest mark of a copy: b"" is returned for an article that was marked before another one
    in the same volume.
    """
    copy = _fetched(entry, scratch) if is_url(entry.copy) else folder / entry.copy
    if not copy.is_file() or digest_of(copy) != entry.copy_sha256:
        raise FailedError(
            "it is missing, or is not the copy that was verified", file=entry.copy, remedy="Run the batch again."
        )
    receipt = receipt_of(copy, password=password or None)
    if entry.marked_pages and (receipt.notice_digest, str(receipt.pages or "")) != (
        entry.notice_digest,
        entry.marked_pages,
    ):
        return b""
    request = CertificateRequest(
        copy=copy,
        at=entry.started_at,
        report=VerificationReport(findings=entry.findings),
        name=PurePosixPath(entry.copy).name if is_url(entry.copy) else "",
        password=password,
    )
    return certificate_bytes(request)


def _fetched(entry: LedgerEntry, scratch: Path) -> Path:
    if entry.sidecar:  # beside the copy, where the notice is looked for
        store, key = object_at(entry.sidecar)
        store.fetched(key, scratch)
    store, key = object_at(entry.copy)
    return store.fetched(key, scratch)
