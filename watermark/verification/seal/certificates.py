"""What a certificate may be used for, how strong its key is, and how many certificates are looked at."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from asn1crypto import x509
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator.errors import InvalidCertificateError
from pyhanko_certvalidator.fetchers import CertificateFetcher
from pyhanko_certvalidator.registry import CertificateRegistry, TrustManager

DOCUMENT_PURPOSES = frozenset(
    {
        "email_protection",
        "code_signing",
        "microsoft_document_signing",
        "1.3.6.1.5.5.7.3.36",  # documentSigning (RFC 9336)
        "1.2.840.113583.1.1.5",  # Adobe PDF signing
    }
)
"""The extended key usages for documents: a certificate of a web or time stamp server must not seal a copy."""
SIGNING = KeyUsageConstraints(
    key_usage={"non_repudiation", "digital_signature"},
    match_all_key_usages=False,
    extd_key_usage=DOCUMENT_PURPOSES,
    explicit_extd_key_usage_required=False,
)
TIME_STAMPING = KeyUsageConstraints(extd_key_usage={"time_stamping"})
MIN_CURVE_BITS = 224
"""Shorter curves are no longer secure (NIST SP 800-57); pyHanko judges the length of RSA keys."""
MAX_CERTIFICATES = 200
MAX_LOOKUPS = 300


class BoundedRegistry(CertificateRegistry):
    """Certificates among which an issuer is searched for, with limits for their number and for the searches.

    Certificates that vouch for each other in circles, as any file can hold them, have more paths than can be tried.
    """

    def __init__(
        self, certificates: Iterable[x509.Certificate] = (), *, cert_fetcher: CertificateFetcher | None = None
    ) -> None:
        """Take the first certificates. With `cert_fetcher`, a missing one is fetched from its address."""
        super().__init__(cert_fetcher=cert_fetcher)
        self.lookups = 0
        self.register_multiple(islice(certificates, MAX_CERTIFICATES))

    @property
    def is_exhausted(self) -> bool:
        """Whether no further issuer is looked for."""
        return self.lookups > MAX_LOOKUPS

    def find_potential_issuers(self, cert: x509.Certificate, trust_manager: TrustManager) -> Iterator[x509.Certificate]:
        """Return the certificates that may have issued `cert`. Raises ValueError after too many calls."""
        self.lookups += 1
        if self.is_exhausted:
            raise ValueError("there are too many paths of certificates")
        return super().find_potential_issuers(cert, trust_manager)


def is_for(certificate: x509.Certificate, usage: KeyUsageConstraints) -> bool:
    """Return whether a certificate says that it may be used so."""
    try:
        usage.validate(certificate)
    except InvalidCertificateError:
        return False
    return True


def is_weak(certificate: x509.Certificate) -> bool:
    """Return whether the key is on a curve that is too short, or on one that the certificate defines itself."""
    key = certificate.public_key
    return bool(key.algorithm == "ec" and (key.curve[0] != "named" or key.bit_size < MIN_CURVE_BITS))


def objection_to(certificate: x509.Certificate, at: datetime) -> str:
    """Return why no reader will accept what is signed with this certificate now, or ""."""
    if not is_valid_at(certificate, at):
        since, until = certificate.not_valid_before, certificate.not_valid_after
        return f"it is valid from {since:%Y-%m-%d} to {until:%Y-%m-%d} only"
    if is_weak(certificate):
        return "its key is too short"
    if not is_self_signed(certificate) and (certificate.ca or not is_for(certificate, SIGNING)):
        return "it is meant for another use than signing documents"
    return ""


def is_self_signed(certificate: x509.Certificate) -> bool:
    """Return whether a certificate names itself as its issuer."""
    return certificate.self_signed in {"yes", "maybe"}


def is_valid_at(certificate: x509.Certificate, at: datetime) -> bool:
    """Return whether the period of validity of a certificate includes a time."""
    return bool(certificate.not_valid_before <= at <= certificate.not_valid_after)
