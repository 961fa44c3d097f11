"""Who signed, when, and whether the certificates lead to a root that the user trusts: judged with pyHanko.

Which bytes of the file are signed is judged by `watermark.verification.seal.layers`; here they are given by digest.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from asn1crypto import cms, x509
from asn1crypto.core import ParsableOctetString
from asn1crypto.tsp import TSTInfo
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.general import CMSExtractionError, extract_certificate_info, extract_signer_info
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import (
    cms_basic_validation,
    extract_tst_data_iter,
    message_imprint_checker,
    validate_tst_signed_data,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureStatus, TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import ValidationError

from watermark.models import plain
from watermark.verification.seal.pyhanko_calls import finished

Digest: TypeAlias = Callable[[str], bytes]
"""Returns the digest of the signed bytes by the name of the algorithm, such as "sha256"."""

MALFORMED = (ValueError, TypeError, LookupError, CMSExtractionError, SignatureValidationError, ValidationError)
"""What asn1crypto and pyHanko raise for bytes that are no signature."""
SIGNING = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)
_REVOKED = {AdESIndeterminate.REVOKED_NO_POE, AdESIndeterminate.REVOKED_CA_NO_POE}
_EXPIRED = {AdESIndeterminate.EXPIRED, AdESIndeterminate.OUT_OF_BOUNDS_NO_POE}


class Problem(StrEnum):
    """Why a signature does not count, in the order in which it is asked."""

    NONE = ""
    MALFORMED = "it cannot be read"
    BROKEN = "it does not belong to these bytes"
    REVOKED = "its certificate has been revoked"
    EXPIRED = "its certificate has expired or was not valid yet"
    SELF_SIGNED = "its certificate is self-signed, and is not among the certificates that you trust"
    UNTRUSTED = "its certificate does not lead to a certificate that you trust"
    REVOCATION_UNKNOWN = "whether its certificate was revoked is not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What a signature is judged by: the roots, and certificates and revocation data (DER) that came with the copy."""

    roots: tuple[x509.Certificate, ...]
    certificates: tuple[x509.Certificate, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureResult:
    """What was found of a signature or time stamp.

    `signer` is the name in the certificate, "" where it cannot be read. `time` is that of a time stamp that counts, or
    None: of a signature, the time before which it was made.
    """

    problem: Problem
    signer: str = ""
    time: datetime | None = None
    detail: str = ""


def judge_timestamp(token: bytes, digest: Digest, trust: Trust, at: datetime) -> SignatureResult:
    """Return what is found of a time stamp token (RFC 3161) over bytes of this digest, judged at the time `at`."""
    try:
        data = signed_data_in(token)
        return _timestamp(data, digest, trust, at)
    except MALFORMED as error:
        return SignatureResult(problem=Problem.MALFORMED, detail=plain(error))


def judge_signature(signature: bytes, digest: Digest, trust: Trust, at: datetime) -> SignatureResult:
    """Return what is found of a CMS signature over bytes of this digest, judged at the time `at`.

    With a time stamp in it that counts, its certificate is judged at the time of that stamp. A time stamp that does not
    count makes the signature one without a time stamp, which `detail` says.
    """
    try:
        data = signed_data_in(signature)
        signer_info = extract_signer_info(data)
        stamps = [
            _timestamp(token, message_imprint_checker(signer_info), trust, at)
            for token in extract_tst_data_iter(signer_info, signed=False)
        ]
        stamped = next((stamp for stamp in stamps if stamp.problem is Problem.NONE), None)
        moment = stamped.time if stamped is not None and stamped.time is not None else at
        raw_digest = digest(signer_info["digest_algorithm"]["algorithm"].native)
        problem, signer = _basic(data, raw_digest, trust, moment)
    except MALFORMED as error:
        return SignatureResult(problem=Problem.MALFORMED, detail=plain(error))
    detail = f"its time stamp does not count: {stamps[0].problem.value}" if stamps and stamped is None else ""
    return SignatureResult(problem=problem, signer=signer, time=stamped.time if stamped else None, detail=detail)


def signed_data_in(der: bytes) -> cms.SignedData:
    """Return the signed data of a CMS object; zeros may follow it. Raises ValueError for anything else."""
    content = cms.ContentInfo.load(der)
    if content["content_type"].native != "signed_data":
        raise ValueError("it is not signed data")
    return content["content"]


def signers_in(der: bytes) -> list[x509.Certificate]:
    """Return the certificates of the signer and of its time stamps, each followed by the others that come with it.

    An empty list for bytes that are no signature.
    """
    try:
        data = signed_data_in(der)
        stamps = extract_tst_data_iter(extract_signer_info(data), signed=False)
        found = [extract_certificate_info(each) for each in (data, *stamps)]
    except MALFORMED:
        return []
    return [certificate for each in found for certificate in (each.signer_cert, *each.other_certs)]


def name_of(certificate: x509.Certificate) -> str:
    """Return the name of the owner of a certificate: the common name or, where it has none, the whole name."""
    common = certificate.subject.native.get("common_name")
    return plain(common if isinstance(common, str) else certificate.subject.human_friendly, 200)


def _timestamp(data: cms.SignedData, digest: Digest, trust: Trust, at: datetime) -> SignatureResult:
    content = data["encap_content_info"]["content"]
    info = content.parsed if isinstance(content, ParsableOctetString) else None
    if not isinstance(info, TSTInfo):
        raise ValueError("it is not a time stamp token")  # noqa: TRY004 - a value of the file

    def status(context: ValidationContext) -> TimestampSignatureStatus:
        return TimestampSignatureStatus(**finished(lambda: validate_tst_signed_data(data, context, digest)))

    problem, signer = _problem_of(status, trust, at)
    return SignatureResult(problem=problem, signer=signer, time=info["gen_time"].native)


def _basic(data: cms.SignedData, raw_digest: bytes, trust: Trust, at: datetime) -> tuple[Problem, str]:
    def status(context: ValidationContext) -> SignatureStatus:
        found = finished(
            lambda: cms_basic_validation(data, raw_digest, context, key_usage_settings=SIGNING),
        )
        return SignatureStatus(**found)

    return _problem_of(status, trust, at)


def _problem_of(
    status_in: Callable[[ValidationContext], SignatureStatus], trust: Trust, at: datetime
) -> tuple[Problem, str]:
    """Return why a signature does not count, and who signed.

    Revocation is required to be known where a certificate says where to ask; where only that is wanting, it is unknown.
    """
    status = status_in(_context(trust, at, "hard-fail"))
    signer = name_of(status.signing_cert)
    if not (status.intact and status.valid):
        return Problem.BROKEN, signer
    if status.trusted:
        return Problem.NONE, signer
    if status.trust_problem_indic in _REVOKED:
        return Problem.REVOKED, signer
    if status.trust_problem_indic in _EXPIRED:
        return Problem.EXPIRED, signer
    if status_in(_context(trust, at, "soft-fail")).trusted:
        return Problem.REVOCATION_UNKNOWN, signer
    is_own_issuer = status.signing_cert.self_signed in {"yes", "maybe"}
    return Problem.SELF_SIGNED if is_own_issuer else Problem.UNTRUSTED, signer


def _context(trust: Trust, at: datetime, revocation_mode: str) -> ValidationContext:
    return ValidationContext(
        trust_roots=list(trust.roots),
        other_certs=list(trust.certificates),
        moment=at,
        crls=list(trust.crls),
        ocsps=list(trust.ocsps),
        revocation_mode=revocation_mode,
        retroactive_revinfo=True,
    )
