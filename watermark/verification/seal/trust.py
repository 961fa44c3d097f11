"""The root certificates that a user trusts, from a folder, a file, or the system.

And what a verification asks of a seal.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from watermark.errors import UsageError
from watermark.verification.seal.pyhanko_calls import require_pyhanko


@dataclass(frozen=True, slots=True, kw_only=True)
class SealPolicy:
    """How seals are judged.

    `trust` names the folder or file with the root certificates, or is "system"; "" trusts none. `certificates` are
    roots that are at hand (DER). A copy without a seal fails only if `is_required`. With `is_online`, revocation data
    are fetched from the addresses in the certificates; else no address is ever followed. With `is_own_key`, the
    certificates are those of the key that has just signed: they show that the seal is whole, not whose it is.
    """

    trust: str = ""
    certificates: tuple[bytes, ...] = field(default=(), repr=False)
    is_required: bool = False
    is_online: bool = False
    is_own_key: bool = False


OWN_KEY = "own-key"
"""The last part of the code of a finding about a seal that was judged by its own certificates alone."""


if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate

SYSTEM = "system"
SUFFIXES = frozenset({".pem", ".crt", ".cer", ".der"})
MAX_CERTIFICATES = 5000
MAX_FILE_BYTES = 16 << 20
_REMEDY = f"Give a folder or a file with root certificates (PEM or DER), or “{SYSTEM}”."


def with_roots(policy: SealPolicy) -> SealPolicy:
    """Return the policy with the certificates themselves in place of their files, which are read only here.

    Raises UsageError when they cannot be read.
    """
    if not policy.trust:
        return policy
    require_pyhanko()
    roots = (certificate.dump() for certificate in trusted_roots(policy.trust))
    return replace(policy, trust="", certificates=(*policy.certificates, *roots))


def trusted_roots(trust: str) -> list["Certificate"]:
    """Return the root certificates that `trust` names: a folder, a file, or "system".

    Of a folder, the files with the suffixes .pem, .crt, .cer and .der are read. Raises UsageError when a file cannot be
    read, or when there is no certificate at all.
    """
    roots = list(_of_the_system() if trust == SYSTEM else _in_files(Path(trust)))
    if not roots:
        raise UsageError("there is no certificate to trust", file=trust, remedy=_REMEDY)
    return roots


def _of_the_system() -> Iterator["Certificate"]:
    import ssl  # noqa: PLC0415 - only this needs it

    from asn1crypto.x509 import Certificate  # noqa: PLC0415 - an extra

    for data in ssl.create_default_context().get_ca_certs(binary_form=True):
        yield Certificate.load(data)


def _in_files(path: Path) -> Iterator["Certificate"]:
    from asn1crypto import pem, x509  # noqa: PLC0415 - an extra

    files = sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES) if path.is_dir() else [path]
    for file in files[:MAX_CERTIFICATES]:
        try:
            with file.open("rb") as opened:
                data = opened.read(MAX_FILE_BYTES)
            parts = [part for _, _, part in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
            for part in parts:
                certificate = x509.Certificate.load(part, strict=True)
                _ = certificate.subject.native, certificate.public_key.algorithm  # reads it, so that it fails here
                yield certificate
        except (OSError, ValueError, TypeError) as error:
            raise UsageError(
                f"it holds no certificate that can be read ({error})", file=str(file), remedy=_REMEDY
            ) from error
