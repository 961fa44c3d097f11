"""An article that this tool has marked before: its marking is proved first, and no other is put on one that fails."""

from watermark.article import ArticleInfo
from watermark.models import Outcome, Result, VerificationReport
from watermark.stamping.plan import StampRequest
from watermark.stamping.unmarked_outcomes import does_not_verify, failed_outcome, marking_does_not_verify


def failed_earlier_marking(request: StampRequest, info: ArticleInfo) -> Outcome | None:
    """Return the outcome for an article with a marking of this tool that does not verify; None for any other.

    Its page marks, notice and metadata become part of what the new copy begins with, and the new verification compares
    the copy with just that: it could not see what is wrong in it.
    """
    if info.receipt is None:
        return None
    report = _report_on_marking(request)
    return failed_outcome(request.article, marking_does_not_verify(report), report) if report.failures else None


def already_marked(request: StampRequest, info: ArticleInfo) -> Outcome:
    """Return the outcome for an article that is marked for the notice already: its proof, or why that fails."""
    report = _report_on_marking(request)
    if report.failures:
        return failed_outcome(request.article, does_not_verify(report), report)
    return Outcome(
        article=str(request.article),
        result=Result.ALREADY_MARKED,
        reason="it is already marked for this notice; nothing was changed",
        receipt=info.receipt,
        report=report,
    )


def _report_on_marking(request: StampRequest) -> VerificationReport:
    """Return the whole proof of the marking that the article has already."""
    from watermark.stamping.reproduction import Given, verify_and_reproduce  # noqa: PLC0415 - it uses the pipeline

    given = Given(font=request.font)
    return verify_and_reproduce(request.article, password=request.password or None, proof=request.proof, given=given)
