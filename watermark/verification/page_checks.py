"""Every page of the article, looked at once: the mark, what is seen, the text."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from watermark.errors import FailedError
from watermark.models import MARK_WORD, OTHER_WORD, Claim, Finding, Proof, Status, plain
from watermark.pdf.parallel_pages import in_processes, page_ranges
from watermark.receipt import Receipt
from watermark.verification import covering_annotations, mark_placement, rendering_diff, text_extraction, unmarked_pages
from watermark.verification.evidence import Evidence, FileIdentity
from watermark.verification.known_mark_words import says_retraction
from watermark.verification.page_view import CheckResults, PageView, Views
from watermark.verification.reader_patches import patched_readers

Checks: TypeAlias = tuple[tuple[Claim, Callable[[PageView], CheckResults]], ...]
CHECKS: Checks = (
    (Claim.MARKED, mark_placement.on_page),
    (Claim.VISIBLE, rendering_diff.on_page),
    (Claim.VISIBLE, covering_annotations.on_page),
    (Claim.TEXT, text_extraction.on_page),
)
CHECKS_OUTSIDE: Checks = (
    (Claim.MARKED, unmarked_pages.is_untouched),
    (Claim.VISIBLE, unmarked_pages.looks_the_same),
    (Claim.TEXT, unmarked_pages.reads_the_same),
)
"""The checks of pages outside of the range that was marked."""
ALL_WELL = {
    Claim.MARKED: "{pages} carries the mark, upright and inside the page{others}",
    Claim.VISIBLE: "the mark is visible on {pages}, nothing is hidden, and nothing else has changed",
    Claim.TEXT: "the text of every page is the original's{line}",
}
UNKNOWN_WORD = "which is not a word for a retraction that this tool knows"
NOT_DRAWN = "not asked for: a proof by structure draws and reads no page"
MAX_PAGES_NAMED = 20
OTHER_CHECKS = 0.2
"""How long all checks but those of pages take, as a part of the time of the pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Range:
    """Pages of a copy for another process, which opens the file again and makes sure that it is the same."""

    path: Path
    identity: FileIdentity
    password: str | None = field(repr=False)
    font: Path | None
    proof: Proof
    pages: range


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesElsewhere:
    """The last pages of an article, which other processes check: their findings come in the order of the pages."""

    first_page: int
    findings: Iterator[list[Finding]]


@contextmanager
def pages_elsewhere(evidence: Evidence, proof: Proof, jobs: int) -> Iterator[PagesElsewhere | None]:
    """Let up to `jobs` processes check the pages of a long article, of which this process is one.

    The others begin at once. None where this process has to check all pages: the article is short, or its pages cannot
    be counted, which `check` then reports.
    """
    try:
        first, *others = page_ranges(_common_page_count(evidence), jobs, OTHER_CHECKS) if jobs > 1 else [range(0)]
    except Exception:  # noqa: BLE001 - a hostile file may raise anything
        others = []
    if not others:
        yield None
        return
    tasks = [
        _Range(
            path=evidence.path,
            identity=evidence.file_identity,
            password=evidence.password,
            font=evidence.font,
            proof=proof,
            pages=pages,
        )
        for pages in others
    ]
    with in_processes(_findings_of_range, tasks, evidence.path) as findings:
        yield PagesElsewhere(first_page=first.stop, findings=findings)


def check(evidence: Evidence, proof: Proof = Proof.FULL, elsewhere: PagesElsewhere | None = None) -> Iterator[Finding]:
    """Yield the findings on the pages for each of the three claims, or that all is well.

    A page that PDFium cannot draw in the original either is NOT_CHECKED, because it cannot be compared. The pages that
    are checked `elsewhere` are not checked here; the findings are the same.
    """
    drawn = proof is Proof.FULL
    count, rendered_count = evidence.page_count, len(evidence.rendered_original)
    checks, _ = _checks_of(proof)
    receipt = evidence.receipt
    counts = Counter[tuple[Claim, Status]]()
    for finding in _findings_of_pages(evidence, proof, elsewhere):
        counts[finding.claim, finding.status] += 1
        if counts[finding.claim, finding.status] <= MAX_PAGES_NAMED:
            yield finding
    for claim, message in ALL_WELL.items():
        failed, open_ = counts[claim, Status.FAILED], counts[claim, Status.NOT_CHECKED]
        if claim not in dict(checks):
            yield Finding(claim=claim, status=Status.NOT_CHECKED, message=NOT_DRAWN)
            continue
        if not count or not rendered_count:
            yield Finding(claim=claim, status=Status.FAILED, message="the original has no page that a reader finds")
        elif count != rendered_count:
            difference = (
                f"the readers find {count} and {rendered_count} pages in the original: they cannot all be compared"
            )
            yield Finding(claim=claim, status=Status.NOT_CHECKED, message=difference)
        elif max(failed, open_) > MAX_PAGES_NAMED:
            status = Status.FAILED if failed > MAX_PAGES_NAMED else Status.NOT_CHECKED
            yield Finding(claim=claim, status=status, message=f"{failed + open_} findings in all, on many pages")
        elif not failed + open_:
            yield from _words(claim, receipt.mark_text)
            what = _in_words(message, receipt)
            what = what if drawn else f"{what}; what its letters say was not compared"
            yield Finding(claim=claim, status=Status.OK, message=f"{what} ({count} pages)")


def _in_words(message: str, receipt: Receipt) -> str:
    """Return what holds of the pages, with the range of those that carry the mark and what was marked before."""
    pages = f"every page of the range {receipt.pages}" if receipt.pages else "every page"
    others = "; the other pages carry no mark of this marking, and are unchanged" if receipt.pages else ""
    before = [f"{one.pages.in_words} ({plain(one.state.value, 40)})" for one in receipt.markings[:-1] if one.pages]
    if before:
        more = f" and {len(before) - MAX_PAGES_NAMED} more" if len(before) > MAX_PAGES_NAMED else ""
        others += f"; marked before for other notices: {', '.join(before[:MAX_PAGES_NAMED])}{more}"
    without = sum(map(len, receipt.pages_without_line))
    except_for = f", except for {without} that {'has' if without == 1 else 'have'} no room for it" if without else ""
    line = f", and the line can be read as text on {pages}{except_for}" if receipt.line_text else ""
    return message.format(pages=pages, others=others, line=line)


def _words(claim: Claim, mark_text: str) -> Iterator[Finding]:
    """Yield which word the mark is: the proof is that it is there, and not that it says a retraction."""
    if claim is Claim.MARKED:
        word, is_known = plain(mark_text, 60), says_retraction(mark_text)
        message = f"the mark is “{word}”" if is_known else f"the mark says “{word}”, {UNKNOWN_WORD}"
        yield Finding(claim=claim, status=Status.OK, message=message, code=MARK_WORD if is_known else OTHER_WORD)


def _checks_of(proof: Proof) -> tuple[Checks, Checks]:
    """Return the checks of pages that carry the mark, and of the others."""
    return (CHECKS, CHECKS_OUTSIDE) if proof is Proof.FULL else (CHECKS[:1], CHECKS_OUTSIDE[:1])


def _common_page_count(evidence: Evidence) -> int:
    return min(evidence.page_count, len(evidence.rendered_original))


def _findings_of_pages(evidence: Evidence, proof: Proof, elsewhere: PagesElsewhere | None) -> Iterator[Finding]:
    """Yield the findings on all pages in their order."""
    end = elsewhere.first_page if elsewhere else _common_page_count(evidence) + 1
    yield from _findings_on(evidence, proof, range(1, end))
    for findings in elsewhere.findings if elsewhere else ():
        yield from findings


def _findings_of_range(task: _Range) -> list[Finding]:
    """Return the findings on a range of pages; runs in another process. Raises FailedError if the file is another."""
    with patched_readers(), Evidence(task.path, password=task.password, font=task.font) as evidence:
        if evidence.file_identity != task.identity:
            raise FailedError("the file changed while it was being verified", remedy="Verify it again.")
        return list(_findings_on(evidence, task.proof, task.pages))


def _findings_on(evidence: Evidence, proof: Proof, pages: range) -> Iterator[Finding]:
    checks, outside = _checks_of(proof)
    receipt = evidence.receipt
    views = Views(evidence, drawn=proof is Proof.FULL)
    for page_number in pages:
        applied = checks if receipt.carries_mark(page_number) else outside
        yield from _page(views.at(page_number), applied)
        evidence.release_page(page_number)


def _page(view: PageView, checks: Checks) -> Iterator[Finding]:
    for claim, on_page in checks:
        try:
            for status, message, *code in on_page(view):
                number = view.page_number
                yield Finding(claim=claim, status=status, message=message, page_number=number, code="".join(code))
        except FailedError as error:
            status = Status.FAILED if _original_can_be_drawn(view) else Status.NOT_CHECKED
            yield Finding(claim=claim, status=status, message=error.reason, page_number=view.page_number)


def _original_can_be_drawn(view: PageView) -> bool:
    try:
        return bool(view.before.size) and view.texts[0] is not None
    except FailedError:
        return False
