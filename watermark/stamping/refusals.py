"""What is said of an article that was not marked: one outcome, with the reason and the way on."""

import traceback
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path

from watermark.errors import FailedError, NotVerifiedError, Reason, RefusedError, WatermarkError
from watermark.models import Claim, Finding, Outcome, Result, VerificationReport
from watermark.stamping.plan import StampRequest
from watermark.verification.rendering_diff import LINE_HIDDEN, MARK_FAINT, MARK_HIDDEN

MAX_NAMED = 3
LEAVE_OUT = "Leave out --to-pdfa: the file keeps the level that it claims."
COVERED = (
    "Look at the page: a form field or an annotation may cover the mark. Mark a version without it, such as a print."
)
REBUILD = "Go on with --rebuild: the file is written anew, and the original is carried inside, byte for byte."
REPORT = "The findings say where. Please report the file if they name no reason of its own."
SAVE_ANEW = "Save it anew with a PDF editor and keep the original beside it."
RESULTS = {RefusedError.exit_status: Result.REFUSED, NotVerifiedError.exit_status: Result.NOT_VERIFIED}


def outcome_or_failure(job: StampRequest, work: Callable[[], Outcome]) -> Outcome:
    """Return what `work` came to: the only place that turns errors into outcomes."""
    try:
        return work()
    except WatermarkError as error:
        return failed_outcome(job, error)
    except (MemoryError, RecursionError, OSError) as error:
        reason = f"the machine did not carry it ({error or type(error).__name__})"
        remedy = "Try it again with more memory or room on the disk."
    except Exception as error:  # noqa: BLE001 - a defect costs one article, never the whole run
        reason = f"a defect of this tool ({type(error).__name__}: {error}, {_place_of(error)})"
        remedy = "Please report it with this line; nothing was saved."
    return failed_outcome(job, FailedError(reason, file=str(job.article), remedy=remedy))


def failed_outcome(job: StampRequest, error: WatermarkError, verdict: VerificationReport | None = None) -> Outcome:
    """Return the outcome that an error comes to, with the findings that led to it."""
    return Outcome(
        article=str(job.article),
        result=RESULTS.get(error.exit_status, Result.FAILED),
        exit_status=error.exit_status,
        code=error.code,
        reason=": ".join(part for part in (_other_file(job, error), error.place, error.reason) if part),
        remedy=error.remedy,
        report=verdict,
    )


def _other_file(job: StampRequest, error: WatermarkError) -> str:
    """Return the name of the file that an error is about, where that is not the article."""
    name = Path(error.file).name or error.file
    return "" if name in {job.article.name, str(job.article)} else name


def refusal_of_failed_copy(job: StampRequest, verdict: VerificationReport, faults: Sequence[str]) -> WatermarkError:
    """Return why a copy with failures is not saved: a refusal where the original is at fault, by its `faults`."""
    words = _first(map(_said, verdict.failures))
    if all(item.claim is Claim.ARCHIVABLE for item in verdict.failures):
        remedy = LEAVE_OUT if job.to_pdfa else "Mark a version without the claim to that conformance."
        return RefusedError(Reason.NOT_KEPT_ARCHIVABLE, words, remedy=remedy)
    if all(item.code in {MARK_FAINT, MARK_HIDDEN, LINE_HIDDEN} for item in verdict.failures):
        return RefusedError(Reason.CANNOT_BE_PROVED, words, remedy=COVERED)
    if faults:
        return RefusedError(
            Reason.CANNOT_BE_PROVED,
            f"{words}; in the original, {_first(faults)}",
            remedy=SAVE_ANEW if job.rebuild else REBUILD,
        )
    return does_not_verify(verdict, REPORT if job.rebuild else f"{REBUILD} {REPORT}")


def refusal_of_incomparable_copy(job: StampRequest) -> RefusedError:
    """Return the refusal where the original is too damaged to be compared, and may not be rebuilt."""
    words = "the original is so damaged that its copy cannot be compared with it"
    return RefusedError(Reason.CANNOT_BE_PROVED, words, file=str(job.article), remedy=REBUILD)


def refusal_of_unproved_upgrade(job: StampRequest, verdict: VerificationReport) -> RefusedError:
    """Return the refusal where no validator says that a higher level holds: it is given to none unproved."""
    words = _first(item.message for item in verdict.findings if item.claim is Claim.ARCHIVABLE)
    return RefusedError(Reason.CANNOT_BE_PROVED, f"as PDF/A-{job.to_pdfa}, {words}", remedy=LEAVE_OUT)


def refusal_of_unreadable_copy(job: StampRequest, error: WatermarkError, fault: str) -> RefusedError:
    """Return the refusal where the second reader cannot open a copy, for the `fault` that the original has itself."""
    words = f"{error.reason}; in the original, {fault}"
    return RefusedError(Reason.CANNOT_BE_PROVED, words, remedy=SAVE_ANEW if job.rebuild else REBUILD)


def does_not_verify(verdict: VerificationReport, remedy: str = REPORT) -> NotVerifiedError:
    """Return the error of a copy that fails its own proof, for no reason that lies in the original."""
    return NotVerifiedError(
        f"the copy does not verify, and nothing was saved: {_first(map(_said, verdict.failures))}",
        remedy=remedy,
    )


def _said(finding: Finding) -> str:
    """Return a finding in words, with its page."""
    return f"page {finding.page_number}: {finding.message}" if finding.page_number else finding.message


def _first(messages: Iterable[str]) -> str:
    return "; ".join(islice(messages, MAX_NAMED))


def _place_of(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name} line {last.lineno}"
