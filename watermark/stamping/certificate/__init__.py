"""The certificate of a marked copy: a page or two for the case file, in plain words. Start with `writing.py`."""

from watermark.stamping.certificate.facts import CertificateFacts, Judge, facts_of
from watermark.stamping.certificate.writing import (
    CertificateRequest,
    certificate,
    certificate_bytes,
    certificate_document,
    certificate_path,
    save_certificate,
)

__all__ = [
    "CertificateFacts",
    "CertificateRequest",
    "Judge",
    "certificate",
    "certificate_bytes",
    "certificate_document",
    "certificate_path",
    "facts_of",
    "save_certificate",
]
