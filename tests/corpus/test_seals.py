"""Sealed copies of real articles and archival files: valid for other people's programs, and archivable as before."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.helpers.certificates import PASSWORD, Authority, authority
from watermark import Claim, Proof, RefusedError, SealOptions, SealPolicy, Status, restore, stamp, verify
from watermark.verification.verifier import seal_of

pytestmark = [pytest.mark.corpus("articles", "pdfa", "pdfua"), pytest.mark.slow]

AT = datetime(2024, 5, 1, tzinfo=UTC)
NOTICE = "# Retraction\n\nThe article https://doi.org/10.5555/a has been retracted.\n\nDate: 2024-05-01\n"
REASON = "the notice is made for the test"


@pytest.fixture(scope="module")
def ca() -> Iterator[Authority]:
    with authority() as found:
        yield found


@pytest.fixture(scope="module")
def key(ca: Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ca.issued().save(tmp_path_factory.mktemp("key") / "key.p12", ca.issuer)


def test_a_sealed_copy_is_valid_for_poppler_openssl_and_ourselves_and_restores_exactly(
    shared_pdf: Path, ca: Authority, key: Path, tmp_path: Path
) -> None:
    copy, trust, notice = tmp_path / "copy.pdf", ca.trust_folder(tmp_path / "trust"), tmp_path / "notice.md"
    notice.write_text(NOTICE)
    proof = Proof.STRUCTURE if shared_pdf.parent.name == "articles" else Proof.FULL  # which asks a validator
    seal = SealOptions(key=str(key), password=PASSWORD)
    try:
        stamp(shared_pdf, notice, copy, at=AT, force_match=REASON, proof=proof, seal=seal)
    except RefusedError as refused:
        pytest.skip(f"refused: {refused.code}")
    report = verify(copy, proof=proof, seal=SealPolicy(trust=str(trust), is_required=True))
    assert report.failures == ()
    assert report.status_of(Claim.SEALED) is Status.OK
    shown = subprocess.run(["pdfsig", "-nocert", copy], capture_output=True, text=True, check=False).stdout
    assert "Total document signed" in shown.rpartition("Retraction seal")[2]
    assert "Signature is Valid" in shown.rpartition("Retraction seal")[2]
    assert is_valid_for_openssl(copy, ca, tmp_path)
    restore(copy, tmp_path / "original.pdf")
    assert (tmp_path / "original.pdf").read_bytes() == shared_pdf.read_bytes()


def is_valid_for_openssl(copy: Path, ca: Authority, folder: Path) -> bool:
    """Return whether openssl verifies the signature over the signed bytes."""
    (layer,) = seal_of(copy)
    data = copy.read_bytes()
    (folder / "signed").write_bytes(data[: layer.gap.start] + data[layer.gap.stop :])
    (folder / "signature.der").write_bytes(layer.signature)
    (folder / "roots.pem").write_bytes(ca.root.pem())
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", folder / "signature.der"]
    command += ["-content", folder / "signed", "-CAfile", folder / "roots.pem", "-purpose", "any", "-out", "/dev/null"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
