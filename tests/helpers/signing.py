"""PDFs that are really signed, and what a validator says of their signatures: pyHanko, which takes long to import."""

import io
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from tests.helpers.build import build

pytest.importorskip("pyhanko", reason="the extra seal is not installed")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what other libraries deprecate in each other
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign import fields, signers
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

__all__ = ["PdfSignatureStatus", "SignatureCoverageLevel", "SimpleSigner", "new_signer", "signed_pdf", "status_of"]


def new_signer() -> SimpleSigner:
    """A signer with a certificate that it has given itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A publisher")])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_cert_sign=True, key_encipherment=False,
        data_encipherment=False, key_agreement=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    bundle = pkcs12.serialize_key_and_certificates(b"me", key, certificate, None, serialization.NoEncryption())
    loaded = SimpleSigner.load_pkcs12_data(bundle, [], None)
    assert loaded is not None
    return loaded


def signed_pdf(signer: SimpleSigner, *, level: int = 0, **peculiarities: Any) -> bytes:  # noqa: ANN401 - the recipe knows the type of each
    """Return a PDF that is really signed, or certified at a level of DocMDP."""
    certification = {"certify": True, "docmdp_permissions": fields.MDPPerm(level)} if level else {}
    writer = IncrementalPdfFileWriter(io.BytesIO(build(**peculiarities)))
    metadata = signers.PdfSignatureMetadata(field_name="Approval", **certification)
    return signers.sign_pdf(writer, metadata, signer=signer).getvalue()


def status_of(path: Path, signer: SimpleSigner) -> PdfSignatureStatus:
    with path.open("rb") as file:
        (embedded,) = PdfFileReader(file).embedded_signatures
        context = ValidationContext(trust_roots=[signer.signing_cert], allow_fetching=False)
        return validate_pdf_signature(embedded, context)
