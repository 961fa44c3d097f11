"""One article, from its notice to a verified copy: read this first."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from watermark.article import Article, ArticleInfo, inspect_article
from watermark.article.info import NO_CLAIM
from watermark.article.inspection import packet_of
from watermark.article.marks.detector import AlsoRead, search_ahead
from watermark.errors import FailedError, Reason, RefusedError, WatermarkError
from watermark.models import Claim, Outcome, Proof, Result, Status, VerificationReport
from watermark.pdf.freed_objects import catalog_leads_nowhere
from watermark.pdf.heavy_pages import heavy_pages
from watermark.pdf.incremental_update import IncrementalUpdate, Repack, build_update
from watermark.pdf.object_draft import ObjectDraft, first_free_number
from watermark.pdf.parallel_pages import KEPT_PAGES, Team, draw_ahead, team_for
from watermark.pdf.rendering import RenderedDocument
from watermark.runtime.atomic_files import AtomicFile, atomic_file, sidecar_file
from watermark.runtime.second_thread import second_thread
from watermark.stamping.attach.embedded_files import attach
from watermark.stamping.attach.notice_pages import add_notice_pages, refuse_numbered_destinations
from watermark.stamping.earlier_marking import already_marked, failed_earlier_marking
from watermark.stamping.linearization import compared_before_linearization
from watermark.stamping.mark.pages.stamper import StampedPage, stamp_pages
from watermark.stamping.metadata.writer import describe, raise_version
from watermark.stamping.plan import (
    CONTENT,
    IsolationMethod,
    Plan,
    StampRequest,
    escalate_methods,
    is_marked_for,
    plan_stamp,
)
from watermark.stamping.plan.notice_ahead import NoticeAhead, also_read_for, notice_ahead
from watermark.stamping.rebuild import linearize, open_base, rebuilt_where_needed, rewritings, with_original_digest
from watermark.stamping.seal.seal_step import sealed, without_own_seal
from watermark.stamping.unmarked_outcomes import (
    can_be_rewritten,
    failed_outcome,
    outcome_or_failure,
    refusal_of_failed_copy,
    refusal_of_incomparable_copy,
    refusal_of_unproved_upgrade,
    refusal_of_unreadable_copy,
    refused_after_rewriting,
    without_remedy_tried,
)
from watermark.verification.conformance.page_validation import judge_original_ahead
from watermark.verification.mark_placement import CONTENT_UNKNOWN
from watermark.verification.verifier import strict_open_error, verify_copy

OF_PAGES = frozenset({Claim.MARKED, Claim.VISIBLE, Claim.TEXT})
"""What is claimed of each page: where it fails, the mark and the content of the page got in each other's way."""
FEW_PAGES = 6
"""Of an article with fewer pages, the helper begins with one: it would else wait for the first to be shared."""
NARROW = 50
"""How many times longer than wide a page may be for its edge line to be checked in pixels."""


def stamp_article(request: StampRequest, destination: Path, *, overwrite: bool = False) -> Outcome:
    """Leave a verified copy of the article at `destination`, marked on every page, or leave nothing there.

    1. Open the original, read only; or what qpdf makes of it, when it is to be rebuilt.
    2. Inspect it: what it is, and what it claims.
    3. Plan every decision, or refuse.
    4. Draft the update: the mark, the notice, the metadata.
    5. Write the candidate: the original's bytes, and the update after them.
    6. Verify the candidate from its own bytes. Where a page fails, plan it in the next way, and go on from 4.
    7. Seal it, where that was asked for, and check what a seal can change.
    8. Save: give it its name, and put the record beside it where that cannot travel inside; both, or neither.

    Where the original is so damaged that a copy cannot be compared with it, or fails for what is wrong in the original,
    the file is rebuilt as qpdf or else as PDFium reads it, if the request allows that, and is refused if it does not.
    Where a copy cannot be compared and the file cannot be rebuilt, it is saved with its claims not checked.

    Raises RefusedError, FailedError or UsageError; the original is untouched whatever happens.
    """
    request = rebuilt_where_needed(request)
    outcome, refusal = None, None
    try:
        outcome = _stamp_once(request, destination, overwrite=overwrite, saves_incomparable=request.rebuild)
    except RefusedError as error:
        if error.code != Reason.DAMAGED or not request.may_rebuild:
            raise
        refusal = error
    if outcome is not None and not _may_be_rebuilt(request, outcome):
        return outcome
    if not request.may_rebuild:
        raise refusal_of_incomparable_copy(request)
    for rewriting in rewritings(request):
        with suppress(RefusedError):
            rebuilt = _stamp_once(rewriting, destination, overwrite=overwrite, saves_incomparable=True)
            if rebuilt is not None and not rebuilt.exit_status:
                return rebuilt
    if refusal is not None:
        raise refused_after_rewriting(refusal)
    outcome = outcome or _stamp_once(request, destination, overwrite=overwrite, saves_incomparable=True)
    assert outcome is not None  # None means that the copy cannot be compared; here it can
    return without_remedy_tried(outcome)


def _may_be_rebuilt(request: StampRequest, outcome: Outcome) -> bool:
    """Return whether the copy was refused for what is wrong in the original, and may be made of a rewritten one."""
    is_explained = outcome.argument == ("" if request.rebuild else "rebuild")
    return outcome.code == Reason.CANNOT_BE_PROVED and is_explained and request.may_rebuild


def _stamp_once(
    request: StampRequest, destination: Path, *, overwrite: bool, saves_incomparable: bool
) -> Outcome | None:
    """Do what `stamp_article` says, once; return None where the copy cannot be compared and is not to be saved."""
    with (
        open_base(request) as base,
        Article.opened(base, request.password) as article,
        second_thread("stamping", request.jobs) as thread,
        team_for(article.path, article.page_count, request.jobs) as team,
        _rendered(article, team, with_text=request.proof is Proof.FULL, also=also_read_for(request)) as rendered,
    ):  # 1
        if rendered.team:
            rendered.team.begin_with(heavy_pages(article.pages))
        typeset = notice_ahead(thread, request, article, rendered)
        judge_original_ahead(team, article.path, packet_of(article.document), request.proof)
        info = inspected(request, article, rendered, typeset.also_read)  # 2
        typeset.wait()
        if is_marked_for(request.notice.notice, info):
            return already_marked(request, info)
        if (failed := failed_earlier_marking(request, info)) is not None:
            return failed
        plan = _planned_for(request, article, info, rendered, typeset)  # 3
        if request.proof is Proof.FULL:
            draw_ahead(rendered)
        with atomic_file(destination, overwrite=overwrite, inputs=request.protected, thread=thread) as copy:
            attempt = _attempt(request, article, plan, copy, rendered)  # 4, 5, 6
            while methods := _methods_to_retry(article, attempt):
                plan = plan_stamp(request, info, rendered, methods, typeset=typeset)
                attempt = _attempt(request, article, plan, copy, rendered)
            report = _linearized_report(request, copy, base, attempt)
            if not (saves_incomparable or report.failures) and is_incomparable(report):
                return None
            if error := _objection(request, report, rendered, attempt, article):
                return failed_outcome(request.article, error, report)
            is_archival = bool(request.to_pdfa) or str(info.claims) != NO_CLAIM
            seal = sealed(copy.path, request, article.password, is_archival=is_archival)  # 7
            report = seal.added_to(report)
            with _sidecar_beside(request, attempt.plan, destination, overwrite=overwrite) as sidecar:
                copy.commit()  # 8
    return Outcome(
        article=str(request.article),
        result=Result.MARKED,
        copy=str(destination),
        sidecar=sidecar,
        receipt=attempt.plan.receipt,
        report=report,
        decisions=(*attempt.plan.decisions, *seal.decisions),
        notes=attempt.remarks,
        appended_bytes=attempt.update.size_bytes + seal.size_bytes if not request.linearize else 0,
    )


def is_incomparable(report: VerificationReport) -> bool:
    """Return whether the bytes and objects of a copy could not be compared with the original, which is damaged."""
    return report.status_of(Claim.FIXITY) is Status.NOT_CHECKED


def _linearized_report(request: StampRequest, copy: AtomicFile, base: Path, attempt: "_Attempt") -> VerificationReport:
    """Linearize a copy that passed so far, if requested, and return the report on the result."""
    if not request.linearize or attempt.report.failures:
        return attempt.report
    copy.write(path := linearize(copy.path, base), path.stat().st_size, b"")
    report = verify_copy(copy.path, proof=request.proof, asks_verapdf=request.asks_verapdf, font=request.font)
    return compared_before_linearization(report, attempt.report)


def _objection(
    request: StampRequest,
    report: VerificationReport,
    rendered: RenderedDocument,
    attempt: "_Attempt",
    article: Article,
) -> WatermarkError | None:
    """Return why a copy is not saved, or None."""
    if report.failures:
        faults = _faults_of_original(request, rendered, attempt, article)
        offers_rewriting = can_be_rewritten(request, article, attempt.plan)
        return refusal_of_failed_copy(request, report, faults, offers_rewriting=offers_rewriting)
    if request.to_pdfa and report.status_of(Claim.ARCHIVABLE) is not Status.OK:
        return refusal_of_unproved_upgrade(request, report)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """One candidate: what it was made of, and what its proof found."""

    plan: Plan
    update: IncrementalUpdate
    pages: tuple[StampedPage, ...]
    report: VerificationReport

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was out of the ordinary on its pages."""
        methods = (decision.value for decision in self.plan.decisions if decision.name == CONTENT)
        notes = [(page.page_number, page.note) for page in self.pages if page.note]
        notes += [
            (finding.page_number, finding.message)
            for finding in self.report.findings
            if finding.claim is Claim.MARKED and finding.page_number and finding.status is not Status.FAILED
        ]
        return (*methods, *(f"page {number}: {note}" for number, note in notes))


def _attempt(
    request: StampRequest, article: Article, plan: Plan, copy: AtomicFile, rendered: RenderedDocument
) -> _Attempt:
    """Write a candidate by the plan, and return it with its proof."""
    update, pages = _drafted(article, plan)  # 4
    copy.write(article.path, article.size_bytes, update.data)  # 5
    try:
        report = verify_copy(
            copy.path,
            password=article.password or None,
            seen=rendered,
            proof=request.proof,
            asks_verapdf=request.asks_verapdf,
            font=request.font,
            jobs=request.jobs,
        )  # 6
    except FailedError as error:
        reason = strict_open_error(article.path, password=article.password or None)
        raise refusal_of_unreadable_copy(request, error, reason) if reason else error from error
    return _Attempt(plan=plan, update=update, pages=pages, report=report)


def _methods_to_retry(article: Article, attempt: _Attempt) -> Mapping[int, IsolationMethod] | None:
    """Return a stronger method for the pages that fail or that not every viewer shows; None if there is none."""
    failed = {item.page_number for item in attempt.report.failures if item.claim in OF_PAGES}
    failed |= {item.page_number for item in attempt.report.failures if item.claim is Claim.FIXITY and item.page_number}
    failed |= {item.page_number for item in attempt.report.findings if item.code == CONTENT_UNKNOWN}
    failed_pages = {
        page.page_number for page in attempt.pages if page.in_doubt or page.page_number in failed or None in failed
    }
    return escalate_methods(attempt.plan, article.pages, failed_pages) if failed_pages else None


def revision_of(article: Article, plan: Plan, repack: Repack | None = None) -> IncrementalUpdate:
    """Return what has to be appended to the article, with the digest of the whole copy in it.

    Nothing is read but the article, and nothing is written: the same article and plan give the same bytes. `repack` is
    as in `build_update`.
    """
    return _drafted(article, plan, repack)[0]


def _drafted(
    article: Article, plan: Plan, repack: Repack | None = None
) -> tuple[IncrementalUpdate, tuple[StampedPage, ...]]:
    """Return the update, and what it does to each page."""
    draft = ObjectDraft(article.document, first_free_number(article.document))
    pages = stamp_pages(draft, article.pages, article.shapes, plan)
    if plan.notice_page:
        add_notice_pages(draft, article.document, plan)
    attach(draft, article.document, plan)
    raise_version(draft, article.document, plan)
    info = describe(draft, article.document, plan)
    return build_update(draft, article.frame, article.hasher, info, article.ciphers, repack), pages


def inspected(
    request: StampRequest,
    article: Article,
    rendered: RenderedDocument,
    also: AlsoRead | None = None,
) -> ArticleInfo:
    """Return what is known of an article before it is planned: of a rebuilt one, the digest is the original's.

    The seal of an earlier marking does not count as a signature: it stays valid for its revision. `also` is
    read on the pages. Raises UsageError for pages that the file does not have.
    """
    pages = request.pages.range_in(article.page_count, rendered.page_label) if request.pages else None
    info = with_original_digest(request, inspect_article(article, rendered=rendered, page_range=pages, also=also))
    return without_own_seal(info, article.path, article.password)


def plan_outcome(request: StampRequest) -> Outcome:
    """Return what would be done to one article, or why not; nothing is written, and no error leaves."""
    return outcome_or_failure(request, lambda: _planned(request))


def stamp_outcome(request: StampRequest, destination: Path, *, overwrite: bool = False) -> Outcome:
    """Return the outcome of one article; no error is raised."""
    return outcome_or_failure(request, lambda: stamp_article(request, destination, overwrite=overwrite))


def _planned(request: StampRequest) -> Outcome:
    """Return the plan for the article; where it cannot be opened, the one for the first reading that can."""
    request = rebuilt_where_needed(request)
    try:
        return _planned_once(request)
    except RefusedError as error:
        if error.code != Reason.DAMAGED or not request.may_rebuild:
            raise
        for rewriting in rewritings(request):
            with suppress(RefusedError):
                return _planned_once(rewriting)
        raise


def _planned_once(request: StampRequest) -> Outcome:
    with (
        open_base(request) as base,
        Article.opened(base, request.password) as article,
        team_for(article.path, article.page_count, request.jobs) as team,
        _rendered(article, team) as rendered,
    ):
        info = inspected(request, article, rendered)
        is_new = not is_marked_for(request.notice.notice, info)
        if is_new and (failed := failed_earlier_marking(request, info)) is not None:
            return failed
        plan = _planned_for(request, article, info, rendered)
    return Outcome(article=str(request.article), result=Result.PLANNED, receipt=plan.receipt, decisions=plan.decisions)


def _planned_for(
    request: StampRequest,
    article: Article,
    info: ArticleInfo,
    rendered: RenderedDocument,
    typeset: NoticeAhead | None = None,
) -> Plan:
    """Return the first plan for an article. Raises RefusedError when it may not be marked, or not in this way."""
    plan = plan_stamp(request, info, rendered, typeset=typeset)
    if plan.notice_page == "front":
        refuse_numbered_destinations(article.document, str(request.article))
    return plan


def _rendered(
    article: Article,
    team: Team,
    *,
    with_text: bool = False,
    also: Callable[[RenderedDocument, int], object] | None = None,
) -> RenderedDocument:
    """Return the pages of the article, which the team reads: the last of a few is searched by its helper meanwhile.

    `also` is read on that page. Of more pages, the helper reads several.
    """
    if 1 < article.page_count < FEW_PAGES:
        search_ahead(team, article.path, article.password, article.page_count, also)
    try:
        rendered = RenderedDocument(
            article.path, password=article.password or None, kept_pages=KEPT_PAGES, with_text=with_text
        )
    except FailedError as error:
        raise RefusedError(Reason.DAMAGED, error.reason, file=error.file, remedy=error.remedy) from error
    if not rendered.has_renderable_page():
        rendered.close()
        words = "none of its pages can be rendered"
        raise RefusedError(Reason.DAMAGED, words, file=str(article.path), remedy="Ask for an undamaged file.")
    rendered.team = team
    return rendered


def _faults_of_original(
    request: StampRequest, rendered: RenderedDocument, attempt: _Attempt, article: Article
) -> tuple[str, ...]:
    """Return what is wrong in the original itself, looked for only when its copy does not verify."""
    second = strict_open_error(request.article, password=request.password or None)
    numbers = dict.fromkeys(item.page_number for item in attempt.report.failures if item.page_number)
    unseen = (f"page {number} cannot be rendered" for number in numbers if not rendered.can_render(number))
    shapes = dict(zip((page.number for page in article.pages), article.shapes, strict=True))
    narrow = (
        f"page {number} is too long and narrow to be rendered sharply"
        for number in numbers
        if number in shapes and max(shapes[number].displayed_size) > NARROW * min(shapes[number].displayed_size)
    )
    notes = (f"page {page.page_number}: {page.note}" for page in attempt.pages if page.note)
    made = ["its pages look different when the file is rewritten"] if request.rebuild else []
    made += ["an object that it needs was freed or is missing"] if catalog_leads_nowhere(article.document) else []
    made += [f"{article.frame.header_offset:,} bytes precede the header"] if article.frame.header_offset else []
    return (*made, *unseen, *narrow, *notes, *article.qpdf_warnings, *([second] if second else []))


@contextmanager
def _sidecar_beside(request: StampRequest, plan: Plan, destination: Path, *, overwrite: bool) -> Iterator[str]:
    """Write the record next to the copy if it cannot be embedded, and yield its path: both remain, or neither."""
    if plan.sidecar is None:
        yield ""
        return
    path = destination.with_suffix(f".{plan.sidecar.name}")
    with sidecar_file(path, plan.sidecar.data, overwrite=overwrite, inputs=request.protected):
        yield str(path)
