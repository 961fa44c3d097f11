"""The message about an article whose copy is not saved says what to do."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.build import build
from tests.helpers.mutations import job_of
from watermark.errors import NotVerifiedError
from watermark.models import Claim, Finding, Status, VerificationReport
from watermark.stamping.unmarked_outcomes import refusal_of_failed_copy

LOST = Finding(claim=Claim.DESCRIBED, status=Status.FAILED, message="the property creator of the original is lost")


@pytest.mark.parametrize("is_rebuilt", [False, True])
def test_a_copy_that_fails_for_no_reason_in_its_original_may_be_written_again_once(
    tmp_path: Path, *, is_rebuilt: bool
) -> None:
    job = replace(job_of(tmp_path, build()), rebuild=is_rebuilt)
    error = refusal_of_failed_copy(job, VerificationReport(findings=(LOST,)), (), offers_rewriting=not is_rebuilt)
    assert isinstance(error, NotVerifiedError)
    assert LOST.message in error.reason
    assert error.argument == ("" if is_rebuilt else "rebuild")
    assert "report the file" in error.remedy
