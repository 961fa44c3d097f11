"""The signing key with its certificates, from a PKCS#12 file or from a token or HSM by PKCS#11."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qs, unquote, urlsplit

from watermark.errors import FailedError, UsageError
from watermark.stamping.seal.options import PKCS11_SCHEME, SealOptions
from watermark.verification.seal.pyhanko_calls import require_pyhanko

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.signers import Signer

MAX_KEY_FILE_BYTES = 1 << 20
PASSWORD = "seal_password"  # noqa: S105 - the name of an argument
"""The argument of an error that a password, or the PIN of a token, would settle."""

PIN_ERRORS = frozenset({"PinIncorrect", "PinInvalid", "PinLenRange", "UserNotLoggedIn"})
"""The errors of python-pkcs11 about a PIN; PinLocked is not one that another PIN settles."""


def certificate_of(options: SealOptions) -> "Certificate":
    """Return the certificate of the key, without signing anything. Raises what `signer_for` raises."""
    with signer_for(options) as signer:
        assert signer.signing_cert is not None
        return signer.signing_cert


@contextmanager
def signer_for(options: SealOptions) -> Iterator["Signer"]:
    """Yield what signs. A session with a token is closed afterwards.

    Raises UsageError when the key is not there, the password does not open it, or a library is missing.
    """
    if options.key.startswith(PKCS11_SCHEME):
        with _token_signer(options) as signer:
            yield signer
    else:
        yield _file_signer(options)


def _file_signer(options: SealOptions) -> "Signer":
    require_pyhanko()
    from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415 - an extra, which takes long to import

    path, password = Path(options.key), options.secret()
    try:
        if path.stat().st_size > MAX_KEY_FILE_BYTES:
            raise UsageError("it is too large for a key file", file=options.key, remedy=_WHICH_FILE)
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"the key file cannot be read ({error.strerror})",
            file=options.key,
            remedy="Check its name and permissions.",
        ) from error
    try:
        signer = SimpleSigner.load_pkcs12_data(data, [], password.encode() or None)
    except ValueError as error:
        raise UsageError(
            "the key file does not open with this password" if password else "the key file needs a password",
            file=options.key,
            remedy=_WHICH_FILE,
            argument=PASSWORD,
        ) from error
    if signer is None or signer.signing_cert is None:
        raise UsageError("there is no key with a certificate in it", file=options.key, remedy=_WHICH_FILE)
    return cast("Signer", signer)


_WHICH_FILE = "Give a PKCS#12 file (.p12 or .pfx) and the file with its password."


@contextmanager
def _token_signer(options: SealOptions) -> Iterator["Signer"]:
    require_pyhanko()
    try:
        from pkcs11.exceptions import PKCS11Error  # noqa: PLC0415 - an extra
        from pyhanko.config.pkcs11 import TokenCriteria  # noqa: PLC0415 - an extra
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError(
            f"a key on a token needs a library that is not installed ({error.name})",
            place="seal",
            remedy="Install it: pip install 'retraction-watermark[seal]'.",
        ) from error

    wanted = _uri_attributes(options.key)
    try:
        with open_pkcs11_session(
            wanted["module-path"],
            token_criteria=TokenCriteria(label=wanted["token"]) if "token" in wanted else None,
            user_pin=options.secret() or None,
        ) as session:
            yield PKCS11Signer(session, cert_label=wanted["object"], other_certs_to_pull=None)
    except PKCS11Error as error:
        raise FailedError(
            f"the token does not sign ({type(error).__name__}{f': {error}' if str(error) else ''})",
            place="seal",
            remedy="Check the PKCS#11 URI, the password (PIN), and that the token is there.",
            argument=PASSWORD if type(error).__name__ in PIN_ERRORS else "",
        ) from error


def _uri_attributes(uri: str) -> dict[str, str]:
    """Return the attributes of a PKCS#11 URI (RFC 7512). Raises UsageError when one that is needed is missing."""
    parts = urlsplit(uri)
    found = dict(pair.split("=", 1) for pair in parts.path.split(";") if "=" in pair)
    attributes = {key: unquote(value) for key, value in found.items()}
    attributes |= {key: values[0] for key, values in parse_qs(parts.query).items()}
    if missing := [key for key in ("object", "module-path") if not attributes.get(key)]:
        raise UsageError(
            f"the PKCS#11 URI does not name {' and '.join(missing)}",
            place="seal",
            remedy="Write it as pkcs11:token=LABEL;object=LABEL?module-path=/path/of/module.so.",
        )
    return attributes
