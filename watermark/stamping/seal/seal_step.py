"""The seal as a step of the pipeline: made, checked, and known again on a copy that gets a further mark."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from watermark.article import ArticleInfo
from watermark.errors import FailedError, Reason, RefusedError, UsageError
from watermark.models import Decision, Finding, VerificationReport
from watermark.stamping.seal.options import SealOptions
from watermark.verification.seal import SealPolicy
from watermark.verification.verifier import seal_of, verify_seal

if TYPE_CHECKING:
    from watermark.stamping.plan.model import StampRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What a seal adds to the outcome: `size_bytes` that were appended, what was found of it, what was decided."""

    size_bytes: int = 0
    findings: tuple[Finding, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def added_to(self, report: VerificationReport) -> VerificationReport:
        """Return the report on the copy before it was sealed, with what the seal can change judged again."""
        judged = {item.claim for item in self.findings}
        kept = (item for item in report.findings if item.claim not in judged)
        return replace(report, findings=(*kept, *self.findings))


def sealed(copy: Path, request: "StampRequest", password: str, *, is_archival: bool = True) -> Sealed:
    """Seal the marked copy at `copy` if the request asks for it, and return what was found of the sealed copy.

    The copy is a temporary file. Raises FailedError if the seal does not verify or the copy is no longer archivable,
    UsageError if the certificate is not one for seals, and what `seal_copy` raises. For a preview, the key is opened,
    and nothing is signed. `is_archival` says whether the copy claims PDF/A or PDF/UA, which a seal could break.
    """
    if request.seal is None:
        return Sealed()
    if request.is_preview:
        return Sealed(decisions=(_decision(request.seal, f"to be signed by {_checked_signer(request.seal)}"),))
    from watermark.stamping.seal.signature_writer import seal_copy  # noqa: PLC0415 - loads pyHanko, an extra

    size_bytes = copy.stat().st_size
    made = seal_copy(copy, request.seal, at=request.marked_at, password=password)
    _check_certificate(made.certificates[0], request.seal)
    own = () if request.seal.trust else made.certificates
    policy = SealPolicy(trust=request.seal.trust, certificates=own, is_required=True, is_own_key=bool(own))
    inner_bytes, report = verify_seal(
        copy,
        policy,
        password=password or None,
        proof=request.proof if is_archival else None,
        asks_verapdf=request.asks_verapdf,
    )
    if report.failures or inner_bytes != size_bytes:
        reason = "; ".join(item.message for item in report.failures) or "the seal is not written as it should be"
        raise FailedError(
            f"the sealed copy does not verify: {reason}",
            file=str(request.article),
            remedy="Check the key, the certificates and the time stamp server; or mark without a seal.",
        )
    decision = _decision(request.seal, f"signed by {made.signer}")
    return Sealed(size_bytes=made.size_bytes, findings=report.findings, decisions=(decision,))


def _decision(options: SealOptions, by: str) -> Decision:
    return Decision(
        name="seal",
        value=f"{options.level.value.upper()}, {by}",
        reason="it was asked for" + ("; it forbids later changes" if options.certifies else ""),
        clause="ETSI EN 319 142-1",
    )


def _checked_signer(options: SealOptions) -> str:
    """Return the name in the certificate of the key. Raises UsageError if it does not open, or is not for seals."""
    from watermark.stamping.seal.keys import certificate_of  # noqa: PLC0415 - loads pyHanko, an extra
    from watermark.verification.seal.signatures import name_of  # noqa: PLC0415 - the same

    certificate = certificate_of(options)
    _check_certificate(certificate.dump(), options)
    return name_of(certificate)


def _check_certificate(der: bytes, options: SealOptions) -> None:
    """Return if readers will accept what is signed with this certificate. Raises UsageError if they will not."""
    from asn1crypto.x509 import Certificate  # noqa: PLC0415 - an extra

    from watermark.verification.seal.certificates import objection_to  # noqa: PLC0415 - loads pyHanko, an extra

    if reason := objection_to(Certificate.load(der), datetime.now(UTC)):
        raise UsageError(
            f"the certificate of the key cannot be used for a seal: {reason}",
            file=options.key,
            remedy="Use a key with a certificate for signing documents that is valid today.",
        )


def without_own_seal(info: ArticleInfo, path: Path, password: str) -> ArticleInfo:
    """Return what is known of a marked copy with its seal left out: a further mark leaves that valid for its revision.

    Other files are returned as they are. Raises RefusedError for a copy that was certified: no change is allowed.
    """
    if info.receipt is None or not info.signature:
        return info
    layers = seal_of(path, password=password or None)
    if any(layer.certifies for layer in layers):
        raise RefusedError(
            Reason.SIGNED,
            "the copy is certified, which allows no further mark",
            file=info.path,
            remedy="Restore the original with `watermark restore`, and mark that.",
        )
    return replace(info, signature="", signature_effect="") if layers else info
