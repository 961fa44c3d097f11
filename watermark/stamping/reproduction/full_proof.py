"""The whole proof of a copy: what the verifier finds, and whether the copy is what this tool writes."""

import tempfile
from dataclasses import replace
from pathlib import Path

from watermark.errors import WatermarkError
from watermark.models import Claim, Finding, Proof, Status, VerificationReport, plain
from watermark.stamping.linearization import compared_before_linearization
from watermark.stamping.reproduction.inputs import Given
from watermark.stamping.reproduction.reproducer import reproduce
from watermark.verification.seal import SealPolicy
from watermark.verification.verifier import verify_copy


def verify_and_reproduce(  # noqa: PLR0913 - one keyword for each thing that is at hand
    copy: Path,
    *,
    password: str | None = None,
    original: Path | None = None,
    proof: Proof = Proof.FULL,
    given: Given | None = None,
    seal: SealPolicy | None = None,
    jobs: int = 1,
) -> VerificationReport:
    """Return what `verify_copy` finds and, where nothing failed, whether the copy can be written again.

    The objects of a linearized copy are compared in the file that it was made of, which is written again for this. A
    proof by structure does not write the copy again. `given` holds what the caller has beside the copy; `seal` says
    how a seal is judged. `jobs` is as in `verify_copy`. Raises what `verify_copy` raises.
    """
    font = given.font if given else None
    report = verify_copy(copy, password=password, original=original, proof=proof, font=font, seal=seal, jobs=jobs)
    if report.failures or proof is not Proof.FULL:
        return report
    with tempfile.TemporaryDirectory(prefix="watermark-") as folder:
        unlinearized = Path(folder, "unlinearized.pdf")
        try:
            found = reproduce(copy, given=given, password=password, unlinearized=unlinearized)
            if unlinearized.exists() and found[0].status is Status.OK:
                before = verify_copy(
                    unlinearized, password=password, proof=Proof.STRUCTURE, asks_verapdf=False, font=font
                )
                report = compared_before_linearization(report, before)
        except WatermarkError as error:
            message = f"the copy could not be opened to write it again ({plain(error.reason, 200)})"
            found = (Finding(claim=Claim.REPRODUCED, status=Status.NOT_CHECKED, message=message),)
    return replace(report, findings=(*report.findings, *found))
