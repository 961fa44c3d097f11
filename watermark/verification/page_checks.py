"""Every page of the article, looked at once: the mark, what is seen, the text."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from watermark.errors import FailedError
from watermark.models import MARK_WORD, OTHER_WORD, Claim, Finding, Proof, Status, plain
from watermark.pdf.parallel_pages import SharedPages, Team, opened_here
from watermark.pdf.rendering import RenderedDocument
from watermark.receipt import Receipt
from watermark.runtime.system import SYSTEM
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
FEW_PAGES = 6
"""With more pages, who has checked all objects takes fewer of the pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A copy for another process, which opens the file again and makes sure that it is the same.

    `original` is the file, with its password, of which the process may have pages in memory.
    """

    path: Path
    identity: FileIdentity
    password: str | None = field(repr=False)
    font: Path | None
    proof: Proof
    original: tuple[Path, str | None] | None = field(repr=False)


Findings: TypeAlias = dict[int, list[Finding]]
"""By the numbers of pages."""
Beside: TypeAlias = tuple[Callable[[Evidence], Iterable[Finding]], ...]
"""Checks that any of the processes may make while others check pages. They raise nothing, and are pickled."""
_opened: dict[_Task, Evidence] = {}
"""In a helper: the copy whose pages it will be asked to check."""


def open_elsewhere(evidence: Evidence, proof: Proof, team: Team) -> "Future[None]":
    """Have a helper of a team open the copy, while this process reads in it how many pages there are to be checked."""
    return team.ask(_open, _task_of(evidence, proof, evidence.seen))


def close_elsewhere(team: Team, opened: "Future[None]") -> None:
    """Have the helper close a copy that it got no page of: some systems do not rename a file that is open."""
    if opened.cancel():
        return
    closed = team.ask(_close, None)
    if SYSTEM == "win32":
        closed.exception()  # a helper that has crashed has closed everything


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Pages that helpers check, too, and what is checked `beside` them: its numbers follow those of the pages.

    `found` has the findings of what was checked beside, by its index, once all pages are checked.
    """

    pages: SharedPages[Findings]
    page_count: int
    beside: Beside
    found: dict[int, list[Finding]] = field(default_factory=dict)


def shared_pages(evidence: Evidence, proof: Proof, team: Team | None, beside: Beside = ()) -> Shared | None:
    """Let the helpers begin to check pages. None without any, or where the pages cannot be counted.

    `check` then reports why they cannot be counted. Where there are few pages, a process may be free while the other
    one has much left: only then the last of the checks `beside`, which takes as long as a page, is shared as well.
    """
    if not team:
        return None
    try:
        page_count = _common_page_count(evidence)
    except Exception:  # noqa: BLE001 - a hostile file may raise anything
        return None
    beside = beside if page_count < FEW_PAGES else beside[:-1]
    numbers = range(1, page_count + len(beside) + 1)
    argument = _task_of(evidence, proof, evidence.seen_original), page_count, beside
    pages = team.shared(numbers, _findings_elsewhere, argument)
    return Shared(pages=pages, page_count=page_count, beside=beside)


def _task_of(evidence: Evidence, proof: Proof, seen: RenderedDocument | None) -> _Task:
    return _Task(
        path=evidence.path,
        identity=evidence.file_identity,
        password=evidence.password,
        font=evidence.font,
        proof=proof,
        original=seen.file if seen else None,
    )


def check(evidence: Evidence, proof: Proof = Proof.FULL, shared: Shared | None = None) -> Iterator[Finding]:
    """Yield the findings on the pages for each of the three claims, or that all is well.

    A page that PDFium cannot draw in the original either is NOT_CHECKED, because it cannot be compared. Of `shared`
    pages, some are checked by other processes; the findings are the same.
    """
    drawn = proof is Proof.FULL
    count, rendered_count = evidence.page_count, len(evidence.rendered_original)
    checks, _ = _checks_of(proof)
    receipt = evidence.receipt
    counts = Counter[tuple[Claim, Status]]()
    for finding in _findings_of_pages(evidence, proof, shared):
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


def _findings_of_pages(evidence: Evidence, proof: Proof, shared: Shared | None) -> Iterator[Finding]:
    """Yield the findings on all pages in their order."""
    if shared is None:
        for _, findings in _findings_on(evidence, proof, range(1, _common_page_count(evidence) + 1)):
            yield from findings
        return
    count = shared.page_count
    found = dict(_findings_on(evidence, proof, shared.pages, count, shared.beside))
    for part in shared.pages.results():
        found |= part
    shared.found.update({number - count - 1: found[number] for number in found if number > count})
    for page_number in sorted(number for number in found if number <= count):
        yield from found[page_number]


def _open(task: _Task) -> None:
    """Open a copy and read what each page needs; runs in a helper. Any error is left to the check of the pages."""
    with suppress(Exception), patched_readers(), ExitStack() as stack:
        evidence = stack.enter_context(_evidence_for(task))
        view = PageView(evidence, _common_page_count(evidence), drawn=task.proof is Proof.FULL)
        if view.is_drawn:
            tuple(view.lettering())
        stack.pop_all()
        _opened[task] = evidence


def _close(_: None) -> None:
    for evidence in _opened.values():
        evidence.close()
    _opened.clear()


def _evidence_for(task: _Task) -> Evidence:
    """Return the copy, opened. Raises FailedError if it is another file by now."""
    seen = opened_here(*task.original) if task.original else None
    evidence = Evidence(task.path, password=task.password, font=task.font, seen=seen)
    if evidence.file_identity != task.identity:
        evidence.close()
        raise FailedError("the file changed while it was being verified", remedy="Verify it again.")
    return evidence


def _findings_elsewhere(argument: tuple[_Task, int, Beside], page_numbers: Iterable[int]) -> Findings:
    """Return the findings on some pages; runs in another process. Raises FailedError if the file is another."""
    task, page_count, beside = argument
    with patched_readers(), _opened.pop(task, None) or _evidence_for(task) as evidence:
        return dict(_findings_on(evidence, task.proof, page_numbers, page_count, beside))


def _findings_on(
    evidence: Evidence, proof: Proof, page_numbers: Iterable[int], page_count: int = 0, beside: Beside = ()
) -> Iterator[tuple[int, list[Finding]]]:
    checks, outside = _checks_of(proof)
    receipt = evidence.receipt
    views = Views(evidence, drawn=proof is Proof.FULL)
    for page_number in page_numbers:
        if beside and page_number > page_count:
            yield page_number, list(beside[page_number - page_count - 1](evidence))
            continue
        applied = checks if receipt.carries_mark(page_number) else outside
        yield page_number, list(_page(views.at(page_number), applied))
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
