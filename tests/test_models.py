"""The values and errors that a caller meets have codes for programs, and say no more than they know."""

import pickle

import pytest

from watermark.errors import FailedError, NotVerifiedError, Reason, RefusedError, UsageError
from watermark.models import Claim, Finding, Status, VerificationReport


def test_a_finding_without_a_code_of_its_own_has_the_code_of_its_claim() -> None:
    finding = Finding(claim=Claim.ARTICLE_MATCH, status=Status.OK, message="the DOI matches")
    assert finding.code == "right-article"


def test_a_finding_keeps_its_own_code() -> None:
    finding = Finding(claim=Claim.VISIBLE, status=Status.FAILED, message="hidden", code="visible.mark-hidden")
    assert finding.code == "visible.mark-hidden"


def test_the_truth_value_of_a_report_is_an_error_so_that_a_failed_one_cannot_pass() -> None:
    report = VerificationReport(findings=())
    with pytest.raises(TypeError, match=r"report\.passed"):
        bool(report)
    assert not report.passed


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_is_a_code_for_programs_and_a_sentence_for_people(reason: Reason) -> None:
    assert reason.value == reason.name.lower().replace("_", "-")
    assert " " in reason.sentence


def test_every_error_has_a_code() -> None:
    assert RefusedError(Reason.SIGNED, remedy="").code == "signed"
    assert UsageError("", remedy="").code == "usage"
    assert NotVerifiedError("", remedy="").code == "not-verified"
    assert FailedError("", remedy="", code="disk-full").code == "disk-full"


def test_a_refusal_keeps_its_code_between_processes() -> None:
    error = pickle.loads(pickle.dumps(RefusedError(Reason.XFA, "a form", file="a.pdf", remedy="Print it.")))  # noqa: S301
    assert (error.code, str(error)) == (Reason.XFA, "a.pdf: the PDF is an XFA form: a form. Print it.")
