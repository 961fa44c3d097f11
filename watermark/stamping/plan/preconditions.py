"""The reasons to leave an article alone, each with the way on."""

from watermark.article import ArticleInfo, Match, MatchResult
from watermark.errors import Reason, RefusedError
from watermark.notice import Notice, State, outranks
from watermark.stamping.plan.conformance import ConformanceRules
from watermark.stamping.plan.model import StampRequest

_REFUSED = {
    Match.MISMATCH: Reason.MISMATCH,
    Match.IS_THE_NOTICE: Reason.IS_THE_NOTICE,
    Match.UNKNOWN: Reason.NOT_KNOWN_TO_MATCH,
}


def check_preconditions(survey: ArticleInfo, job: StampRequest, found: MatchResult) -> None:
    """Return when the article may be marked. Raises RefusedError with the first reason that it may not."""
    _refuse_state(job.notice.notice, survey.path)
    _refuse_file(survey, job)
    require_matching_article(found, str(job.article), doi_given=job.doi_given)
    _refuse_second_mark(survey, job.notice.notice)


def check_rebuild_allowed(survey: ArticleInfo, job: StampRequest, level: ConformanceRules) -> None:
    """Return when a rebuilt file may hold its original. Raises RefusedError when its archival level forbids that."""
    if job.rebuild and not level.embeds_any:
        raise RefusedError(
            Reason.NOT_KEPT_ARCHIVABLE,
            f"{survey.claims} may not hold the original inside, as a rebuilt file has to",
            file=survey.path,
            remedy="Leave out --rebuild, or mark a version without the claim.",
        )


def _refuse_state(notice: Notice, path: str) -> None:
    if notice.state.is_marked:
        return
    if notice.state is State.REMOVAL:
        raise RefusedError(
            Reason.REMOVAL,
            "this tool hides nothing",
            file=path,
            remedy="Take the content down by hand and keep the original in the archive.",
        )
    remedy = (
        "Give the original back with `watermark restore`."
        if notice.state is State.REINSTATEMENT
        else "Nothing has to be marked. If the article is retracted, give the retraction notice."
    )
    raise RefusedError(
        Reason.NOT_A_RETRACTION,
        f"it is of the kind “{notice.state.value.replace('_', ' ')}”",
        file=path,
        remedy=remedy,
    )


def _refuse_file(survey: ArticleInfo, job: StampRequest) -> None:
    if not survey.shapes:
        raise RefusedError(
            Reason.DAMAGED, "its page tree holds no page", file=survey.path, remedy="Ask for a sound file."
        )
    if survey.signature and not job.allow_signed:
        raise RefusedError(
            Reason.SIGNED,
            survey.signature,
            file=survey.path,
            remedy="Mark an unsigned version. If there is none, go on with --despite-signature: the signed revision"
            f" stays in the copy byte for byte, but {survey.signature_effect}.",
        )
    if survey.signature and job.rebuild:
        raise RefusedError(
            Reason.SIGNED,
            f"{survey.signature}, which a file that is written anew does not keep",
            file=survey.path,
            remedy="Leave out --rebuild.",
        )
    if survey.signature and survey.claims.pdfa_part > 1:
        raise RefusedError(
            Reason.NOT_KEPT_ARCHIVABLE,
            f"{survey.claims} asks that a signature covers the whole file, and {survey.signature} (ISO 19005-2 6.4.3)",
            file=survey.path,
            remedy="Mark an unsigned version.",
        )
    if survey.xfa:
        raise RefusedError(
            Reason.XFA,
            "its pages are not what a reader sees",
            file=survey.path,
            remedy="Print it to a plain PDF first.",
        )
    if survey.portfolio:
        raise RefusedError(
            Reason.PORTFOLIO,
            "its first page is only a cover",
            file=survey.path,
            remedy="Take the article out of the portfolio, and mark that.",
        )


def require_matching_article(found: MatchResult, path: str, *, doi_given: bool) -> None:
    """Return when the file at `path` is the article of the notice, or nothing tells and the user gave the DOI.

    Raises RefusedError with the evidence.
    """
    if found.match not in _REFUSED or (found.match is Match.UNKNOWN and doi_given):
        return
    remedy = 'Check that both belong together. If they do, go on with --force-match "the reason"'
    more = ", or name the article with --doi." if found.match is Match.UNKNOWN else "."
    raise RefusedError(_REFUSED[found.match], "; ".join(found.evidence), file=path, remedy=remedy + more)


def _refuse_second_mark(survey: ArticleInfo, notice: Notice) -> None:
    """Let only a graver state follow: an expression of concern becomes a retraction, and never the other way round."""
    receipt = survey.receipt
    if receipt is None or receipt.notice_digest == notice.digest or outranks(notice.state, receipt.state):
        return
    raise RefusedError(
        Reason.MARKED_FOR_ANOTHER_NOTICE,
        f"“{receipt.mark_text}” since {receipt.marked_at:%Y-%m-%d}",
        file=survey.path,
        remedy="Give the original back with `watermark restore`, and mark that.",
    )
