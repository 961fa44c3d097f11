"""What other people's programs say of a sealed copy: pyHanko, poppler and OpenSSL."""

import subprocess
from pathlib import Path

from tests.helpers.certificates import Authority
from watermark.verification.verifier import seal_of


def is_valid_for_pyhanko(copy: Path, ca: Authority) -> bool:
    """Return whether pyHanko, which reads the whole file itself, trusts the newest signature and each time stamp."""
    from pyhanko.keys import load_certs_from_pemder_data  # noqa: PLC0415 - an extra
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415
    from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    def context() -> ValidationContext:
        return ValidationContext(trust_roots=list(load_certs_from_pemder_data(ca.root.pem())))

    with copy.open("rb") as file:
        reader = PdfFileReader(file, strict=False)
        newest = reader.embedded_regular_signatures[-1]
        stamps = reader.embedded_timestamp_signatures
        return validate_pdf_signature(newest, context()).bottom_line and all(
            validate_pdf_timestamp(each, context()).trusted for each in stamps
        )


def opens_in_pyhanko(pdf: Path) -> bool:
    """Return whether pyHanko opens a file: not one with bytes before its header."""
    from pyhanko.pdf_utils.misc import PdfReadError  # noqa: PLC0415 - an extra
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    try:
        with pdf.open("rb") as file:
            PdfFileReader(file, strict=False)
    except PdfReadError:
        return False
    return True


def is_valid_for_poppler(copy: Path) -> bool:
    """Return whether pdfsig finds the newest seal valid, over the whole file."""
    shown = subprocess.run(["pdfsig", "-nocert", copy], capture_output=True, text=True, check=False).stdout
    newest = shown.rpartition("Retraction seal")[2]
    return "Total document signed" in newest and "Signature is Valid" in newest


def is_valid_for_openssl(copy: Path, ca: Authority, folder: Path) -> bool:
    """Return whether OpenSSL verifies the newest signature (CMS) over the signed bytes."""
    layer = seal_of(copy)[0]
    data = copy.read_bytes()
    (folder / "signed").write_bytes(data[: layer.gap.start] + data[layer.gap.stop : layer.end])
    (folder / "signature.der").write_bytes(layer.signature)
    (folder / "roots.pem").write_bytes(ca.root.pem())
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", folder / "signature.der"]
    command += ["-content", folder / "signed", "-CAfile", folder / "roots.pem", "-purpose", "any", "-out", "/dev/null"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
