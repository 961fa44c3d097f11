"""Who signed, when, and whether the certificates lead to a root that the user trusts: judged with pyHanko.

Which bytes of the file are signed is judged by `watermark.verification.seal.layers`; here they are given by digest.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from asn1crypto import cms, parser, x509
from asn1crypto.core import ParsableOctetString
from asn1crypto.tsp import TSTInfo
from cryptography.exceptions import UnsupportedAlgorithm
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
from watermark.verification.seal.certificates import (
    MAX_CERTIFICATES,
    SIGNING,
    TIME_STAMPING,
    BoundedRegistry,
    is_for,
    is_self_signed,
    is_valid_at,
    is_weak,
)
from watermark.verification.seal.pyhanko_calls import finished

Digest: TypeAlias = Callable[[str], bytes]
"""Returns the digest of the signed bytes by the name of the algorithm, such as "sha256"."""

MALFORMED = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    UnsupportedAlgorithm,
    CMSExtractionError,
    SignatureValidationError,
    ValidationError,
)
"""What asn1crypto, cryptography and pyHanko raise for bytes that are not a signature, or not one of a known kind."""
WEAK_DIGESTS = frozenset({"md2", "md5", "sha1"})
_WEAK = {AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE, AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE}
_REVOKED = {AdESIndeterminate.REVOKED_NO_POE, AdESIndeterminate.REVOKED_CA_NO_POE}
_EXPIRED = {AdESIndeterminate.EXPIRED, AdESIndeterminate.OUT_OF_BOUNDS_NO_POE, AdESIndeterminate.NOT_YET_VALID}


class Problem(StrEnum):
    """Why a signature does not count, in the order in which it is asked."""

    NONE = ""
    MALFORMED = "it cannot be read"
    BROKEN = "it does not belong to these bytes"
    REVOKED = "its certificate has been revoked"
    EXPIRED = "its certificate, or that of an issuer, has expired or was not valid yet"
    WEAK = "its algorithm or its key is too weak"
    WRONG_USE = "its certificate is meant for another use"
    TOO_MANY = "it comes with more certificates than can be tried"
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
    None: of a signature, the time before which it was made. `stamp` is the time stamp in a signature that does not
    count.
    """

    problem: Problem
    signer: str = ""
    time: datetime | None = None
    detail: str = ""
    stamp: "SignatureResult | None" = None


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
    count makes the signature one without a time stamp.
    """
    try:
        data = signed_data_in(signature)
        signer_info = extract_signer_info(data)
        _require_nothing_else(data, signer_info)
        stamps = [
            _timestamp(token, message_imprint_checker(signer_info), trust, at)
            for token in extract_tst_data_iter(signer_info, signed=False)
        ]
        if len(stamps) > 1:
            raise ValueError("it has more than one time stamp")
        stamp = stamps[0] if stamps else None
        counts = stamp is not None and stamp.problem is Problem.NONE
        time = stamp.time if stamp is not None and counts else None
        raw_digest = digest(signer_info["digest_algorithm"]["algorithm"].native)
        problem, signer = _basic(data, raw_digest, trust, time or at)
    except MALFORMED as error:
        return SignatureResult(problem=Problem.MALFORMED, detail=plain(error))
    return SignatureResult(problem=problem, signer=signer, time=time, stamp=None if counts else stamp)


def _require_nothing_else(data: cms.SignedData, signer_info: cms.SignerInfo) -> None:
    """Return if what is not signed in a signature is certificates and a time stamp alone. Raises ValueError if not."""
    unsigned = signer_info["unsigned_attrs"]
    others = {item["type"].native for item in unsigned} if isinstance(unsigned, cms.CMSAttributes) else set()
    if others - {"signature_time_stamp_token"} or data["crls"]:
        raise ValueError("parts of it are not signed")


def signed_data_in(der: bytes) -> cms.SignedData:
    """Return the signed data of a CMS object; zeros may follow it. Raises ValueError for anything else."""
    if der[parser.peek(der) :].strip(b"\0"):
        raise ValueError("other bytes follow it")
    content = cms.ContentInfo.load(der)
    if content["content_type"].native != "signed_data":
        raise ValueError("it is not signed data")
    data: cms.SignedData = content["content"]
    if len(data["certificates"] or ()) > MAX_CERTIFICATES:
        raise ValueError("it has too many certificates")
    return data


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
    """Return the name of the owner of a certificate: the common name or, where it has none, the whole name.

    Messages have it between quotation marks, so it has none itself.
    """
    common = certificate.subject.native.get("common_name")
    name = plain(common if isinstance(common, str) else certificate.subject.human_friendly, 200)
    return name.replace("“", "'").replace("”", "'")


def _timestamp(data: cms.SignedData, digest: Digest, trust: Trust, at: datetime) -> SignatureResult:
    content = data["encap_content_info"]["content"]
    info = content.parsed if isinstance(content, ParsableOctetString) else None
    if not isinstance(info, TSTInfo):
        raise ValueError("it is not a time stamp token")  # noqa: TRY004 - a value of the file

    if info["message_imprint"]["hash_algorithm"]["algorithm"].native in WEAK_DIGESTS:
        raise ValueError("it is the time stamp of a digest that is too weak")

    def status(context: ValidationContext) -> TimestampSignatureStatus:
        return TimestampSignatureStatus(**finished(lambda: validate_tst_signed_data(data, context, digest)))

    problem, signer = _problem_of(status, trust, at, TIME_STAMPING)
    return SignatureResult(problem=problem, signer=signer, time=info["gen_time"].native)


def _basic(data: cms.SignedData, raw_digest: bytes, trust: Trust, at: datetime) -> tuple[Problem, str]:
    def status(context: ValidationContext) -> SignatureStatus:
        found = finished(
            lambda: cms_basic_validation(data, raw_digest, context, key_usage_settings=SIGNING),
        )
        return SignatureStatus(**found)

    return _problem_of(status, trust, at, SIGNING)


def _problem_of(
    status_in: Callable[[ValidationContext], SignatureStatus], trust: Trust, at: datetime, usage: KeyUsageConstraints
) -> tuple[Problem, str]:
    """Return why a signature does not count, and who signed.

    Revocation is required to be known where a certificate says where to ask; where only that is wanting, it is unknown.
    """
    registry = BoundedRegistry(trust.certificates)
    status = status_in(_context(trust, registry, at, "hard-fail"))
    signer = name_of(status.signing_cert)
    if not (status.intact and status.valid):
        return Problem.BROKEN, signer
    problem = _problem_of_certificates(status, trust, at, usage)
    if problem is not Problem.NONE or status.trusted:
        return problem, signer
    if registry.is_exhausted:
        return Problem.TOO_MANY, signer
    without = replace(trust, crls=(), ocsps=())  # what is out of date or forged says nothing of revocation
    if status_in(_context(without, BoundedRegistry(trust.certificates), at, "soft-fail")).trusted:
        return Problem.REVOCATION_UNKNOWN, signer
    return Problem.SELF_SIGNED if is_self_signed(status.signing_cert) else Problem.UNTRUSTED, signer


def _problem_of_certificates(
    status: SignatureStatus, trust: Trust, at: datetime, usage: KeyUsageConstraints
) -> Problem:
    """Return what is wrong with the certificates themselves, even if a trusted root vouches for them.

    What the user named as trusted may be used for everything, as long as it is valid.
    """
    certificate = status.signing_cert
    path = list(status.validation_path.iter_certs(include_root=False)) if status.validation_path else []
    if status.trust_problem_indic in _REVOKED:
        return Problem.REVOKED
    if status.trust_problem_indic in _EXPIRED or not all(is_valid_at(each, at) for each in (certificate, *path)):
        return Problem.EXPIRED
    if status.trust_problem_indic in _WEAK or any(map(is_weak, (certificate, *path))):
        return Problem.WEAK
    if certificate.dump() in {root.dump() for root in trust.roots} or is_self_signed(certificate):
        return Problem.NONE
    return Problem.NONE if is_for(certificate, usage) and not certificate.ca else Problem.WRONG_USE


def _context(trust: Trust, registry: BoundedRegistry, at: datetime, revocation_mode: str) -> ValidationContext:
    return ValidationContext(
        trust_roots=list(trust.roots),
        certificate_registry=registry,
        moment=at,
        crls=list(trust.crls),
        ocsps=list(trust.ocsps),
        revocation_mode=revocation_mode,
        retroactive_revinfo=True,
    )
