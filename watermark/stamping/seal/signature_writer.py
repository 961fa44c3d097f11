"""A copy is sealed: revisions with a signature, validation material and time stamps are appended to it."""

import hashlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from watermark.article import Article
from watermark.errors import FailedError
from watermark.models import plain
from watermark.runtime.chunks import iter_chunks
from watermark.stamping.seal.keys import signer_for
from watermark.stamping.seal.options import SealLevel, SealOptions
from watermark.stamping.seal.revision import (
    UnsignedRevision,
    ValidationMaterial,
    signature_revision,
    timestamp_revision,
)
from watermark.verification.seal.pyhanko_calls import finished
from watermark.verification.seal.revocation import with_fetched_material
from watermark.verification.seal.signatures import MALFORMED, Trust, name_of, signers_in
from watermark.verification.seal.trust import trusted_roots

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.signers import Signer
    from pyhanko.sign.timestamps import TimeStamper

SIGNATURE_BYTES = 4096
TIMESTAMP_BYTES = 16384
TIMESTAMP_SECONDS = 30
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeSeal:
    """What was appended, in bytes; who signed; and the certificates (DER) of the key and of the time stamp server."""

    size_bytes: int
    signer: str
    certificates: tuple[bytes, ...]


def seal_copy(copy: Path, options: SealOptions, *, at: datetime, password: str = "") -> MadeSeal:
    """Append the seal to the file at `copy`, and return what was made.

    `at` is the time that the signature states; a time stamp has the time of its server. Only the levels that need it
    use the network. Raises UsageError for a key that does not open, and FailedError when a server does not
    answer. The file is then incomplete: work on a temporary file.
    """
    before = copy.stat().st_size
    with signer_for(options) as signer:
        signature = _append_signature(copy, options, signer, at, password)
    certificates = signers_in(signature)
    if options.level is SealLevel.LTA:
        _append_timestamp(copy, options, password)
    return MadeSeal(
        size_bytes=copy.stat().st_size - before,
        signer=name_of(certificates[0]),
        certificates=tuple(certificate.dump() for certificate in certificates),
    )


def _append_signature(copy: Path, options: SealOptions, signer: "Signer", at: datetime, password: str) -> bytes:
    """Sign the copy, and return the signature."""
    from pyhanko.sign.signers.pdf_cms import select_suitable_signing_md  # noqa: PLC0415 - an extra, which loads slowly

    certificates = _certificates_of(signer)
    room = SIGNATURE_BYTES + sum(len(certificate.dump()) for certificate in certificates)
    room += TIMESTAMP_BYTES if options.level is not SealLevel.B else 0
    timestamper = _timestamper(options) if options.level is not SealLevel.B else None
    algorithm = select_suitable_signing_md(certificates[0].public_key)
    material = _material(options, signer) if options.level in {SealLevel.LT, SealLevel.LTA} else None
    with Article.opened(copy, password) as article:
        revision = signature_revision(article, room_bytes=room, at=at, certifies=options.certifies, material=material)
        digest = _digest(article, revision, algorithm)
    signature = _run(
        lambda: signer.async_sign(digest, algorithm, use_pades=True, timestamper=timestamper), options.timestamp_url
    )
    der: bytes = signature.dump()
    _append(copy, revision.filled(der))
    return der


def _append_timestamp(copy: Path, options: SealOptions, password: str) -> None:
    with Article.opened(copy, password) as article:
        revision = timestamp_revision(article, room_bytes=TIMESTAMP_BYTES)
        digest = _digest(article, revision, "sha256")
    timestamper = _timestamper(options)
    token = _run(lambda: timestamper.async_timestamp(digest, "sha256"), options.timestamp_url)
    _append(copy, revision.filled(token.dump()))


def _material(options: SealOptions, signer: "Signer") -> ValidationMaterial:
    """Fetch what is needed to validate the certificates of the key and of the time stamp server later.

    What cannot be fetched is missing: the check of the sealed copy then says so. The certificate of the server is known
    from a first time stamp.
    """
    timestamper = _timestamper(options)
    token = _run(lambda: timestamper.async_dummy_response("sha256"), options.timestamp_url)
    certificates = [*_certificates_of(signer), *signers_in(token.dump())]
    roots = tuple(trusted_roots(options.trust))
    trust = with_fetched_material(Trust(roots=roots, certificates=tuple(certificates)), certificates)
    return ValidationMaterial(
        certificates=[certificate.dump() for certificate in trust.certificates], crls=trust.crls, ocsps=trust.ocsps
    )


def _certificates_of(signer: "Signer") -> list["Certificate"]:
    assert signer.signing_cert is not None
    return [signer.signing_cert, *signer.cert_registry]


def _digest(article: Article, revision: UnsignedRevision, algorithm: str) -> bytes:
    """Return the digest of what is signed: the file and the revision, without the digits of the signature."""
    if algorithm == article.hasher.name:
        digest = article.hasher.copy()  # it has taken in the file already
    else:
        digest = hashlib.new(algorithm)
        for chunk in iter_chunks(article.data, 0, article.size_bytes):
            digest.update(chunk)
    digest.update(revision.data[: revision.first.stop - revision.offset])
    digest.update(revision.data[revision.second.start - revision.offset :])
    return bytes(digest.digest())


def _append(copy: Path, revision: bytes) -> None:
    with copy.open("ab") as file:
        file.write(revision)


def _timestamper(options: SealOptions) -> "TimeStamper":
    from pyhanko.sign.timestamps import HTTPTimeStamper  # noqa: PLC0415 - an extra, which takes long to import

    return HTTPTimeStamper(options.timestamp_url, timeout=TIMESTAMP_SECONDS)


def _run(ask: Callable[[], Coroutine[Any, Any, Answer]], url: str) -> Answer:
    """Return what a coroutine returns. Raises FailedError when the time stamp server does not answer as it should."""
    from pyhanko.sign.timestamps import TimestampRequestError  # noqa: PLC0415 - an extra, which takes long to import

    of_the_server = (TimestampRequestError, TimeoutError, *(MALFORMED if url else ()))
    try:
        return finished(ask)
    except of_the_server as error:
        raise FailedError(
            f"the time stamp server at {url} did not answer as it should ({plain(error.__cause__ or error)})",
            place="seal",
            remedy="Check the address, and try again later.",
        ) from error
