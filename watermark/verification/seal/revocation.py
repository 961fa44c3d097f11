"""Revocation data, fetched from where certificates say that it is: only where the user has asked for the network."""

from collections.abc import Iterable
from dataclasses import replace

from asn1crypto import x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend

from watermark.verification.seal.certificates import BoundedRegistry
from watermark.verification.seal.pyhanko_calls import finished
from watermark.verification.seal.signatures import Trust

MAX_PATHS = 20


def with_fetched_material(trust: Trust, certificates: Iterable[x509.Certificate]) -> Trust:
    """Return `trust` with the certificates, CRLs and OCSP responses that validating `certificates` needs.

    What cannot be fetched is left out: the certificate is then judged without it. This sends requests to the addresses
    in the certificates.
    """
    backend = AIOHttpFetcherBackend()
    fetchers = backend.get_fetchers()
    registry = BoundedRegistry(trust.certificates, cert_fetcher=fetchers.cert_fetcher)
    context = ValidationContext(
        trust_roots=list(trust.roots), certificate_registry=registry, fetchers=fetchers, allow_fetching=True
    )
    wanted = list(certificates)[:MAX_PATHS]

    async def validate() -> None:
        try:
            for certificate in wanted:
                try:
                    await CertificateValidator(certificate, wanted, validation_context=context).async_validate_path()
                except (PathError, ValidationError, ValueError):
                    continue  # judged later, with what could be fetched
        finally:
            await backend.close()  # type: ignore[no-untyped-call]

    finished(validate)
    known = {certificate.dump(): certificate for certificate in (*trust.certificates, *wanted)}
    known |= {certificate.dump(): certificate for certificate in registry}
    return replace(
        trust,
        certificates=tuple(known.values()),
        crls=tuple(dict.fromkeys((*trust.crls, *(item.dump() for item in context.crls)))),
        ocsps=tuple(dict.fromkeys((*trust.ocsps, *(item.dump() for item in context.ocsps)))),
    )
