"""The outcome of an article that was not marked: the reason, and what to do."""

import re
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from watermark.article import Article
from watermark.article.signatures import signed
from watermark.errors import FailedError, NotVerifiedError, Reason, RefusedError, WatermarkError, exhausted
from watermark.models import Claim, Finding, Outcome, Result, VerificationReport
from watermark.stamping.plan import Plan, StampRequest
from watermark.verification.rendering_diff import LINE_HIDDEN, MARK_FAINT, MARK_HIDDEN

MAX_NAMED = 3
KEEP_LEVEL = "Mark it without raising its level."
COVERED = "Check the page: a form field or an annotation may cover the mark. Mark a version without it."
REBUILD = "Allow the file to be rewritten; the original is then embedded unchanged."
REPORT = "See the findings. If they do not explain the failure, please report the file."
SAVE_AGAIN = "Re-save the file in a PDF editor, and keep the original."
_NOUN = re.compile(r"the (file|folder|font|notice|logo|key)(?= (already|cannot|does|is)\b)")
RESULTS = {RefusedError.exit_status: Result.REFUSED, NotVerifiedError.exit_status: Result.NOT_VERIFIED}


def outcome_or_failure(request: StampRequest, action: Callable[[], Outcome]) -> Outcome:
    """Return what `action` returns: the only place that turns errors into outcomes."""
    try:
        return action()
    except WatermarkError as error:
        return failed_outcome(request.article, error)
    except (MemoryError, RecursionError) as error:
        return failed_outcome(request.article, exhausted(error, str(request.article)))
    except OSError as error:
        reason = f"not enough disk space ({error or type(error).__name__})"
        remedy = "Free some disk space, and try again."
    except Exception as error:  # noqa: BLE001 - a defect costs one article, never the whole run
        reason = f"internal error ({type(error).__name__}: {error}, {_place_of(error)})"
        remedy = "This is a bug; please report it with this message. Nothing was saved."
    return failed_outcome(request.article, FailedError(reason, file=str(request.article), remedy=remedy))


def failed_outcome(article: Path, error: WatermarkError, report: VerificationReport | None = None) -> Outcome:
    """Return the outcome for an error, with the findings that led to it."""
    return Outcome(
        article=str(article),
        result=RESULTS.get(error.exit_status, Result.FAILED),
        exit_status=error.exit_status,
        code=error.code,
        reason=_about(_other_file(article, error), error),
        remedy=error.remedy,
        argument=error.argument,
        report=report,
    )


def _other_file(article: Path, error: WatermarkError) -> str:
    """Return the name of the file that an error is about, where that is not the article."""
    name = Path(error.file).name or error.file
    return "" if name in {article.name, str(article)} else name


def _about(other: str, error: WatermarkError) -> str:
    """Return the reason with the name of the other file in it, such as: the font letters.ttf does not exist."""
    noun = _NOUN.match(error.reason)
    if other and noun and not error.place:
        return f"{noun[0]} {other}{error.reason[noun.end() :]}"
    return ": ".join(part for part in (other, error.place, error.reason) if part)


def refusal_of_failed_copy(
    request: StampRequest, report: VerificationReport, faults: Sequence[str], *, offers_rewriting: bool
) -> WatermarkError:
    """Return why a copy with failures is not saved: a refusal if the `faults` of the original explain them."""
    message = _first(map(_sentence, report.failures))
    if all(item.claim is Claim.ARCHIVABLE for item in report.failures):
        remedy = KEEP_LEVEL if request.to_pdfa else "Mark a version without the claim to that conformance."
        argument = "to_pdfa" if request.to_pdfa else ""
        return RefusedError(Reason.NOT_KEPT_ARCHIVABLE, message, remedy=remedy, argument=argument)
    if all(item.code in {MARK_FAINT, MARK_HIDDEN, LINE_HIDDEN} for item in report.failures):
        return RefusedError(Reason.CANNOT_BE_PROVED, message, remedy=COVERED)
    if faults:
        return RefusedError(
            Reason.CANNOT_BE_PROVED,
            f"{message}; in the original, {_first(faults)}",
            **_rewriting(request),
        )
    return does_not_verify(report, offers_rewriting=offers_rewriting)


def refusal_of_incomparable_copy(request: StampRequest) -> RefusedError:
    """Return the refusal where the original is too damaged to be compared, and may not be rebuilt."""
    message = "the original is so damaged that its copy cannot be compared with it"
    return RefusedError(Reason.CANNOT_BE_PROVED, message, file=str(request.article), remedy=REBUILD, argument="rebuild")


def refusal_of_unproved_upgrade(request: StampRequest, report: VerificationReport) -> RefusedError:
    """Return the refusal where no validator says that a higher level holds: it is given to none unproved."""
    message = _first(item.message for item in report.findings if item.claim is Claim.ARCHIVABLE)
    return RefusedError(
        Reason.CANNOT_BE_PROVED, f"as PDF/A-{request.to_pdfa}, {message}", remedy=KEEP_LEVEL, argument="to_pdfa"
    )


def refusal_of_unreadable_copy(request: StampRequest, error: WatermarkError, fault: str) -> RefusedError:
    """Return the refusal if pypdf cannot open a copy because of a `fault` that the original already has."""
    message = f"{error.reason}; in the original, {fault}"
    return RefusedError(Reason.CANNOT_BE_PROVED, message, **_rewriting(request))


def _rewriting(request: StampRequest) -> dict[str, str]:
    """Return the remedy and its argument for a damaged original: to rewrite it, unless that was done already."""
    return {"remedy": SAVE_AGAIN} if request.rebuild else {"remedy": REBUILD, "argument": "rebuild"}


def can_be_rewritten(request: StampRequest, article: Article, plan: Plan) -> bool:
    """Return whether a rewriting can be offered: it was not tried, and would not be refused."""
    holds_original = plan.sidecar is None  # its level allows embedded files
    return not request.rebuild and holds_original and not article.ciphers and not signed(article.document).found


def refused_after_rewriting(error: RefusedError) -> RefusedError:
    """Return the refusal of a file that was rewritten in vain, as `without_remedy_tried` does for an outcome."""
    if error.argument == "rebuild":
        error.remedy, error.argument = SAVE_AGAIN, ""
    return error


def without_remedy_tried(outcome: Outcome) -> Outcome:
    """Return the outcome of a file that was rewritten in vain: if its remedy is to rewrite it, it gets another one."""
    return replace(outcome, remedy=SAVE_AGAIN, argument="") if outcome.argument == "rebuild" else outcome


def does_not_verify(report: VerificationReport, *, offers_rewriting: bool = False) -> NotVerifiedError:
    """Return the error of a copy that fails its own verification, for no reason that is in the original."""
    return NotVerifiedError(
        f"the copy failed verification, so nothing was saved: {_first(map(_sentence, report.failures))}",
        remedy=f"{REPORT} You can also allow the file to be rewritten; the original is then embedded."
        if offers_rewriting
        else REPORT,
        argument="rebuild" if offers_rewriting else "",
    )


def marking_does_not_verify(report: VerificationReport) -> NotVerifiedError:
    """Return the error for an article with an earlier marking of this tool that does not verify."""
    return NotVerifiedError(
        f"it was marked before, and that marking does not verify: {_first(map(_sentence, report.failures))}",
        remedy="Mark the copy as this tool saved it, or the original: restore it, or get it from the archive.",
    )


def _sentence(finding: Finding) -> str:
    """Return a finding in message, with its page."""
    return f"page {finding.page_number}: {finding.message}" if finding.page_number else finding.message


def _first(messages: Iterable[str]) -> str:
    return "; ".join(islice(dict.fromkeys(messages), MAX_NAMED))


def _place_of(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name} line {last.lineno}"
