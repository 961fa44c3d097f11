"""Sealed copies of real articles and archival files: valid for other people's programs, and archivable as before."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import SHARED
from tests.helpers.certificates import PASSWORD, Authority
from tests.helpers.seal_validators import (
    is_valid_for_openssl,
    is_valid_for_poppler,
    is_valid_for_pyhanko,
    opens_in_pyhanko,
)
from tests.test_verapdf import Tool, judged_by_verapdf, newly_broken
from watermark import Claim, Proof, RefusedError, SealOptions, SealPolicy, Status, inspect, restore, stamp, verify

pytestmark = [pytest.mark.corpus("articles", "pdfa", "pdfua"), pytest.mark.slow]

AT = datetime(2024, 5, 1, tzinfo=UTC)
NOTICE = "# Retraction\n\nThe article https://doi.org/10.5555/a has been retracted.\n\nDate: 2024-05-01\n"
REASON = "the notice is made for the test"


@pytest.fixture(scope="module")
def key(ca: Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ca.issued().save(tmp_path_factory.mktemp("key") / "key.p12", ca.issuer)


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("copies")


def test_a_sealed_copy_is_valid_for_pyhanko_poppler_openssl_and_the_archival_validators_and_restores_exactly(
    shared_pdf: Path, ca: Authority, key: Path, copies: Path, tmp_path: Path
) -> None:
    copy, trust, notice = tmp_path / "copy.pdf", ca.trust_folder(tmp_path / "trust"), tmp_path / "notice.md"
    notice.write_text(NOTICE)
    claims = inspect(shared_pdf).claims
    proof = Proof.FULL if claims.pdfa_part or claims.pdfua_part else Proof.STRUCTURE  # full asks the validators
    seal = SealOptions(key=str(key), password=PASSWORD)
    try:
        stamp(shared_pdf, notice, copy, at=AT, force_match=REASON, proof=proof, seal=seal)
    except RefusedError as refused:
        pytest.skip(f"refused: {refused.code}")
    report = verify(copy, proof=proof, seal=SealPolicy(trust=str(trust), is_required=True))
    assert report.failures == ()
    assert report.status_of(Claim.SEALED) is Status.OK
    if proof is Proof.FULL:
        assert report.status_of(Claim.ARCHIVABLE) in {Status.OK, Status.NOT_CHECKED}
    assert not opens_in_pyhanko(shared_pdf) or is_valid_for_pyhanko(copy, ca)
    assert is_valid_for_poppler(copy)
    assert is_valid_for_openssl(copy, ca, tmp_path)
    restore(copy, tmp_path / "original.pdf")
    assert (tmp_path / "original.pdf").read_bytes() == shared_pdf.read_bytes()
    if proof is Proof.FULL:
        copy.rename(copies / shared_pdf.name)


def test_verapdf_finds_that_no_sealed_copy_breaks_a_rule_that_its_original_does_not(copies: Path, tool: Tool) -> None:
    """All copies that the tests above have left, in one start of the validator."""
    sealed = sorted(copies.iterdir())
    if not sealed:
        pytest.skip("no sealed copy is there to be judged")
    originals = {
        path.name: path for name in ("articles", "pdfa", "pdfua") for path in (SHARED / "corpus" / name).glob("*.pdf")
    }
    before = judged_by_verapdf(tool, [originals[path.name] for path in sealed])
    assert newly_broken(before, judged_by_verapdf(tool, sealed)) == {}
