"""One article, from its notice to a verified copy: read this first."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from watermark.article import Article, ArticleInfo, inspect_article
from watermark.errors import FailedError, Reason, RefusedError
from watermark.models import Claim, Outcome, Proof, Result, Status, VerificationReport
from watermark.pdf.incremental_update import IncrementalUpdate, build_update
from watermark.pdf.object_draft import ObjectDraft, first_free_number
from watermark.pdf.rendering import RenderedDocument
from watermark.runtime.atomic_files import AtomicFile, atomic_file, sidecar_file
from watermark.stamping.attach import add_notice_pages, attach, refuse_numbered_destinations
from watermark.stamping.mark.pages import StampedPage, stamp_pages
from watermark.stamping.metadata import describe, raise_version
from watermark.stamping.plan import CONTENT, IsolationMethod, Plan, StampRequest, escalate_methods, plan_stamp
from watermark.stamping.rebuild import linearize, open_base, with_original_digest
from watermark.stamping.refusals import (
    does_not_verify,
    failed_outcome,
    outcome_or_failure,
    refusal_of_failed_copy,
    refusal_of_unproved_upgrade,
    refusal_of_unreadable_copy,
)
from watermark.verification.mark_placement import CONTENT_UNKNOWN
from watermark.verification.verifier import strict_open_error, verify_copy

OF_PAGES = frozenset({Claim.MARKED, Claim.VISIBLE, Claim.TEXT})
"""What is claimed of each page: where it fails, the mark and the content of the page got in each other's way."""

NARROW = 50
"""How many times longer than wide a page may be for its line to be judged from pixels."""

KEPT_PAGES = 64
"""How many pages of the original are not drawn and read again for the proof: 25 MB of pixels."""


def stamp_article(job: StampRequest, destination: Path, *, overwrite: bool = False) -> Outcome:
    """Leave a verified copy of the article at `destination`, marked on every page, or leave nothing there.

    1. Open the original, read only; or what qpdf makes of it, when it is to be rebuilt.
    2. Survey it: what it is, and what it claims.
    3. Plan every decision, or refuse.
    4. Draft the revision: the mark, the notice, the metadata.
    5. Write the candidate: the original's bytes, and the revision after them.
    6. Verify the candidate from its own bytes. Where a page fails, plan it in the next way, and go on from 4.
    7. Save: give it its name, and lay the record beside it where that cannot travel inside; both, or neither.

    Raises RefusedError, FailedError or UsageError; the original is untouched whatever happens.
    """
    with (
        open_base(job) as base,
        Article.opened(base, job.password) as article,
        _look_at(article, with_text=job.proof is Proof.FULL) as look,
    ):  # 1
        survey = with_original_digest(job, inspect_article(article, look.first_page_lines()))  # 2
        if survey.receipt is not None and survey.receipt.notice_digest == job.notice.notice.digest:
            return _marked_already(job, survey)
        plan = _planned_for(job, article, survey, look)  # 3
        with atomic_file(destination, overwrite=overwrite, inputs=job.protected) as copy:
            tried = _attempt(job, article, plan, copy, look)  # 4, 5, 6
            while methods := _methods_to_retry(article, tried):
                tried = _attempt(job, article, plan_stamp(job, survey, look, methods), copy, look)
            verdict = tried.verdict
            if job.linearize and not verdict.failures:
                copy.write(path := linearize(copy.path, base), path.stat().st_size, b"")
                verdict = verify_copy(copy.path, proof=job.proof)
            if verdict.failures:
                return failed_outcome(
                    job, refusal_of_failed_copy(job, verdict, _faults_of_original(job, look, tried, article)), verdict
                )
            if job.to_pdfa and verdict.status_of(Claim.ARCHIVABLE) is not Status.OK:
                return failed_outcome(job, refusal_of_unproved_upgrade(job, verdict), verdict)
            with _sidecar_laid(job, tried.plan, destination, overwrite=overwrite) as sidecar:
                copy.commit()  # 7
    return Outcome(
        article=str(job.article),
        result=Result.MARKED,
        copy=str(destination),
        sidecar=sidecar,
        receipt=tried.plan.receipt,
        report=verdict,
        decisions=tried.plan.decisions,
        notes=tried.remarks,
        appended_bytes=tried.revision.size_bytes if not job.linearize else 0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """One candidate: what it was made of, and what its proof found."""

    plan: Plan
    revision: IncrementalUpdate
    pages: tuple[StampedPage, ...]
    verdict: VerificationReport

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was out of the ordinary on its pages."""
        methods = (decision.value for decision in self.plan.decisions if decision.name == CONTENT)
        notes = [(page.page_number, page.note) for page in self.pages if page.note]
        notes += [
            (said.page_number, said.message)
            for said in self.verdict.findings
            if said.claim is Claim.MARKED and said.page_number and said.status is not Status.FAILED
        ]
        return (*methods, *(f"page {number}: {note}" for number, note in notes))


def _attempt(job: StampRequest, article: Article, plan: Plan, copy: AtomicFile, look: RenderedDocument) -> _Attempt:
    """Write a candidate by the plan, and return it with its proof."""
    revision, pages = _drafted(article, plan)  # 4
    copy.write(article.path, article.size_bytes, revision.data)  # 5
    try:
        verdict = verify_copy(copy.path, password=article.password or None, seen=look, proof=job.proof)  # 6
    except FailedError as error:
        fault = strict_open_error(article.path, password=article.password or None)
        raise refusal_of_unreadable_copy(job, error, fault) if fault else error from error
    return _Attempt(plan=plan, revision=revision, pages=pages, verdict=verdict)


def _methods_to_retry(article: Article, tried: _Attempt) -> Mapping[int, IsolationMethod] | None:
    """Return a better method for the pages that fail or that not every viewer shows; None where there is none."""
    failed = {item.page_number for item in tried.verdict.failures if item.claim in OF_PAGES}
    failed |= {item.page_number for item in tried.verdict.failures if item.claim is Claim.FIXITY and item.page_number}
    failed |= {item.page_number for item in tried.verdict.findings if item.code == CONTENT_UNKNOWN}
    wanting = {
        page.page_number for page in tried.pages if page.in_doubt or page.page_number in failed or None in failed
    }
    return escalate_methods(tried.plan, article.pages, wanting) if wanting else None


def revision_of(article: Article, plan: Plan) -> IncrementalUpdate:
    """Return what has to be appended to the article, with the digest of the whole copy in it.

    Nothing is read but the article, and nothing is written: the same article and plan give the same bytes.
    """
    return _drafted(article, plan)[0]


def _drafted(article: Article, plan: Plan) -> tuple[IncrementalUpdate, tuple[StampedPage, ...]]:
    """Return the revision, and what it does to each page."""
    draft = ObjectDraft(article.document, first_free_number(article.document))
    pages = stamp_pages(draft, article.pages, article.shapes, plan)
    if plan.notice_page:
        add_notice_pages(draft, article.document, plan)
    attach(draft, article.document, plan)
    raise_version(draft, article.document, plan)
    info = describe(draft, article.document, plan)
    return build_update(draft, article.frame, article.hasher, info, article.ciphers), pages


def plan_outcome(job: StampRequest) -> Outcome:
    """Return what would be done to one article, or why not; nothing is written, and no error leaves."""
    return outcome_or_failure(job, lambda: _planned(job))


def stamp_outcome(job: StampRequest, destination: Path, *, overwrite: bool = False) -> Outcome:
    """Return what came of one article; no error leaves."""
    return outcome_or_failure(job, lambda: stamp_article(job, destination, overwrite=overwrite))


def _planned(job: StampRequest) -> Outcome:
    with open_base(job) as base, Article.opened(base, job.password) as article, _look_at(article) as look:
        survey = with_original_digest(job, inspect_article(article, look.first_page_lines()))
        plan = _planned_for(job, article, survey, look)
    return Outcome(article=str(job.article), result=Result.PLANNED, receipt=plan.receipt, decisions=plan.decisions)


def _planned_for(job: StampRequest, article: Article, survey: ArticleInfo, look: RenderedDocument) -> Plan:
    """Return the first plan for an article. Raises RefusedError when it may not be marked, or not in this way."""
    plan = plan_stamp(job, survey, look)
    if plan.notice_page == "front":
        refuse_numbered_destinations(article.document, str(job.article))
    return plan


def _look_at(article: Article, *, with_text: bool = False) -> RenderedDocument:
    try:
        look = RenderedDocument(
            article.path, password=article.password or None, kept_pages=KEPT_PAGES, with_text=with_text
        )
    except FailedError as error:
        raise RefusedError(Reason.CANNOT_BE_PROVED, error.reason, file=error.file, remedy=error.remedy) from error
    if not look.has_renderable_page():
        look.close()
        words = "no page of it can be shown"
        raise RefusedError(Reason.DAMAGED, words, file=str(article.path), remedy="Ask for a sound file.")
    return look


def _marked_already(job: StampRequest, survey: ArticleInfo) -> Outcome:
    from watermark.stamping.reproduction import verify_and_reproduce  # noqa: PLC0415 - it writes with this pipeline

    verdict = verify_and_reproduce(job.article, password=job.password or None, proof=job.proof)
    if verdict.failures:
        return failed_outcome(job, does_not_verify(verdict), verdict)
    return Outcome(
        article=str(job.article),
        result=Result.ALREADY_MARKED,
        reason="it carries the mark of this notice already; nothing was changed",
        receipt=survey.receipt,
        report=verdict,
    )


def _faults_of_original(
    job: StampRequest, look: RenderedDocument, tried: _Attempt, article: Article
) -> tuple[str, ...]:
    """Return what is wrong in the original itself, looked for only when its copy does not verify."""
    second = strict_open_error(job.article, password=job.password or None)
    numbers = dict.fromkeys(item.page_number for item in tried.verdict.failures if item.page_number)
    unseen = (f"page {number} cannot be drawn" for number in numbers if not look.can_render(number))
    shapes = dict(zip((page.number for page in article.pages), article.shapes, strict=True))
    narrow = (
        f"page {number} is too long and narrow to be drawn sharply"
        for number in numbers
        if number in shapes and max(shapes[number].displayed_size) > NARROW * min(shapes[number].displayed_size)
    )
    notes = (f"page {page.page_number}: {page.note}" for page in tried.pages if page.note)
    made = ["other pages are seen than in what was made of it"] if job.rebuild else []
    return (*made, *unseen, *narrow, *notes, *article.faults, *([second] if second else []))


@contextmanager
def _sidecar_laid(job: StampRequest, plan: Plan, destination: Path, *, overwrite: bool) -> Iterator[str]:
    """Have the record beside the copy, where it cannot travel inside, while the copy is saved; yield its path."""
    if plan.sidecar is None:
        yield ""
        return
    path = destination.with_suffix(f".{plan.sidecar.name}")
    with sidecar_file(path, plan.sidecar.data, overwrite=overwrite, inputs=job.protected):
        yield str(path)
