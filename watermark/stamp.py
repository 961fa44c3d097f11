"""One article, from its notice to a verified copy: read this first."""

from collections.abc import Sequence
from pathlib import Path

from watermark.article import Article, Survey, survey_of
from watermark.attach import add_notice_pages, attach
from watermark.checks.finding import Claim, Status
from watermark.describe import describe
from watermark.errors import FailedError, Reason, RefusedError
from watermark.imprint import imprint
from watermark.look import Look
from watermark.outcome import Outcome, Result
from watermark.pdf.append import Revision, append
from watermark.pdf.draft import Draft, first_free_number
from watermark.plan import Job, Plan, make_plan
from watermark.save import candidate, save
from watermark.unmarked import does_not_verify, outcome_from, unmarked, why_not_raised, why_not_saved
from watermark.verify import fault_of, verify_copy


def stamp_article(job: Job, destination: Path, *, overwrite: bool = False) -> Outcome:
    """Leave a verified copy of the article at `destination`, marked on every page, or leave nothing there.

    1. Open the original, read only.
    2. Survey it: what it is, and what it claims.
    3. Plan every decision, or refuse.
    4. Draft the revision: the mark, the notice, the metadata.
    5. Write the candidate: the original's bytes, and the revision after them.
    6. Verify the candidate from its own bytes.
    7. Save: give it its name.

    Raises RefusedError, FailedError or UsageError; the original is untouched whatever happens.
    """
    with Article.opened(job.article, job.password) as article:  # 1
        with _look_at(job) as look:
            survey = survey_of(article, _opening(look))  # 2
            if survey.receipt is not None and survey.receipt.notice_digest == job.notice.notice.digest:
                return _marked_already(job, survey)
            plan = make_plan(job, survey, look)  # 3
        revision, remarks = _drafted(article, plan)  # 4
        with candidate(destination, overwrite=overwrite, source=job.article) as copy:
            copy.write(job.article, article.size_bytes, revision.data)  # 5
            verdict = verify_copy(copy.path, password=job.password or None)  # 6
            if verdict.failures:
                return unmarked(job, why_not_saved(job, verdict, _faults(job, article, remarks)), verdict)
            if job.to_pdfa and verdict.status_of(Claim.ARCHIVABLE) is not Status.OK:
                return unmarked(job, why_not_raised(job, verdict), verdict)
            copy.keep()  # 7
    return Outcome(
        article=str(job.article),
        result=Result.MARKED,
        copy=str(destination),
        sidecar=_lay_beside(plan, destination),
        receipt=plan.receipt,
        verdict=verdict,
        decisions=plan.decisions,
        notes=remarks,
        appended_bytes=len(revision.data),
    )


def revision_of(article: Article, plan: Plan) -> Revision:
    """Return what has to be appended to the article, with the digest of the whole copy in it.

    Nothing is read but the article, and nothing is written: the same article and plan give the same bytes.
    """
    return _drafted(article, plan)[0]


def _drafted(article: Article, plan: Plan) -> tuple[Revision, tuple[str, ...]]:
    """Return the revision, and what was out of the ordinary on its pages."""
    draft = Draft(article.document, first_free_number(article.document))
    pages = imprint(draft, article.pages, article.shapes, plan)
    if plan.notice_page:
        add_notice_pages(draft, article.document, plan)
    attach(draft, article.document, plan)
    info = describe(draft, article.document, plan)
    remarks = tuple(f"page {page.page_number}: {page.note}" for page in pages if page.note)
    return append(draft, article.frame, article.hasher, info, article.ciphers), remarks


def planned(job: Job) -> Outcome:
    """Return what would be done to one article, or why not; nothing is written, and no error leaves."""
    return outcome_from(job, lambda: _planned(job))


def outcome_of(job: Job, destination: Path, *, overwrite: bool = False) -> Outcome:
    """Return what came of one article; no error leaves."""
    return outcome_from(job, lambda: stamp_article(job, destination, overwrite=overwrite))


def _planned(job: Job) -> Outcome:
    with Article.opened(job.article, job.password) as article, _look_at(job) as look:
        plan = make_plan(job, survey_of(article, _opening(look)), look)
    return Outcome(article=str(job.article), result=Result.PLANNED, receipt=plan.receipt, decisions=plan.decisions)


def _look_at(job: Job) -> Look:
    try:
        look = Look(job.article, password=job.password or None)
    except FailedError as error:
        raise RefusedError(Reason.CANNOT_BE_PROVED, error.reason, file=error.file, remedy=error.remedy) from error
    if not look.shows_a_page():
        look.close()
        words = "no page of it can be shown"
        raise RefusedError(Reason.DAMAGED, words, file=str(job.article), remedy="Ask for a sound file.")
    return look


def _opening(look: Look) -> str:
    """Return the text of page 1, or nothing where PDFium cannot read that page."""
    try:
        return look.text(1)
    except FailedError:
        return ""


def _marked_already(job: Job, survey: Survey) -> Outcome:
    verdict = verify_copy(job.article, password=job.password or None)
    if verdict.failures:
        return unmarked(job, does_not_verify(verdict), verdict)
    return Outcome(
        article=str(job.article),
        result=Result.ALREADY_MARKED,
        reason="it carries the mark of this notice already; nothing was changed",
        receipt=survey.receipt,
        verdict=verdict,
    )


def _faults(job: Job, article: Article, remarks: Sequence[str]) -> tuple[str, ...]:
    """Return what is wrong in the original itself, looked for only when its copy does not verify."""
    second = fault_of(job.article, password=job.password or None)
    return (*remarks, *article.faults, *([second] if second else []))


def _lay_beside(plan: Plan, destination: Path) -> str:
    if plan.sidecar is None:
        return ""
    path = destination.with_suffix(f".{plan.sidecar.name}")
    save(path, plan.sidecar.data)
    return str(path)
