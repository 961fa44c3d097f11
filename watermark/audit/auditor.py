"""One PDF, from its bytes to its class: read this first of the package."""

import mmap
from dataclasses import dataclass, replace
from pathlib import Path

from watermark.article.marks.detector import DetectedMarks, detect_marks
from watermark.article.marks.pdfium_page import PdfiumFile
from watermark.article.marks.phrases import is_title_of_a_mark
from watermark.audit.candidate_identifiers import clues_in
from watermark.audit.classification import AuditResult, Classification
from watermark.audit.list_lookup import ListLookup, LookupQuery, look_up
from watermark.audit.own_copies import OwnCopyStatus, ours_in
from watermark.audit.remedies import remedy_for
from watermark.audit.retraction_index.index import IndexFile
from watermark.errors import FailedError, WatermarkError

HEADER_WITHIN_BYTES = 1024
POINTER = b"version https://git-lfs.github.com/spec/"
HIDDEN_SHARE = 0.01
"""A mark hides content from this share of a page's ink on: translucent letters come to less than a thousandth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRequest:
    """One PDF to be checked against `lists`; without any, only marks are looked at. It can be pickled."""

    path: Path
    lists: tuple[IndexFile, ...] = ()
    password: str = ""
    thorough: bool = False
    strict: bool = False


def audit_file(question: AuditRequest) -> AuditResult:
    """Return the class of one PDF, with the reason and what mends it. No error leaves but a defect.

    1. Tell that it is a PDF, and not a pointer to one.
    2. Look at every page: text, drawings and annotations that may be a mark, and the text of the first pages.
    3. Ask the lists about every DOI that it names; where one is listed, read whose DOI it is.
    4. Where a mark was seen or this tool's name stands in the file, read its receipt and prove the copy.
    5. Give it its class.
    """
    try:
        found = _checked(question)
    except WatermarkError as error:
        place = f"{error.place}: " if error.place else ""
        found = _not_checked(question.path, place + error.reason, error.remedy)
    return replace(found, is_strict=question.strict)


def _checked(question: AuditRequest) -> AuditResult:
    path = question.path
    try:
        with path.open("rb") as file:
            head = file.read(HEADER_WITHIN_BYTES)
            if head.startswith(POINTER):  # 1
                words = "it is a pointer of Git LFS, and the PDF itself is not here"
                return _not_checked(path, words, f"git lfs pull --include {remedy_for(path).name}")
            if b"%PDF-" not in head:
                return _not_checked(path, "it is not a PDF", "Give the article's PDF.")
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held:
                return _classed(question, held)
    except OSError as error:
        return _not_checked(path, f"it cannot be read ({error.strerror})", "Look at its name and its rights.")


def _classed(question: AuditRequest, held: mmap.mmap) -> AuditResult:
    path, password = question.path, question.password
    with PdfiumFile.at(path, password) as opened:
        seen = detect_marks(opened, thorough=question.thorough)  # 2
        clues = clues_in(opened, held, seen.opening)
    ours = ours_in(path, password, held, is_marked=bool(seen.marks))  # 4
    asked = LookupQuery(
        path=path, password=password, clues=clues, article_doi=ours.article_doi, is_marked=bool(seen.marks)
    )
    said = look_up(asked, question.lists) if question.lists else ListLookup()  # 3
    titled = next((title for title in clues.titles if is_title_of_a_mark(title)), "")
    kind, reason = _kind(question, seen, ours, said, titled)  # 5
    return AuditResult(
        path=str(path),
        kind=kind,
        reason=reason,
        remedy=remedy_for(path).command(kind, said, ours),
        doi=said.doi,
        state=said.notice.state.value if said.notice else "",
        notice_doi=said.notice.doi if said.notice else "",
        page_count=seen.page_count,
        marked_pages=tuple(mark.page_number for mark in seen.marks),
        means=tuple(dict.fromkeys(mark.means.value for mark in seen.marks)),
        hidden_share=round(seen.hidden_share, 4),
        findings=ours.findings,
    )


def _kind(
    question: AuditRequest, seen: DetectedMarks, ours: OwnCopyStatus, said: ListLookup, titled: str
) -> tuple[Classification, str]:
    """Return the class, and why it is that."""
    if ours.is_ours or ours.is_damaged:
        return _kind_of_ours(question, ours, said)
    if said.is_notice:
        return Classification.NOTICE, f"it is the notice of {said.notice.article.doi}" if said.notice else ""
    if not seen.marks and (said.doubt or not titled):
        return _kind_of_unmarked(seen, said)
    where = _where(seen) if seen.marks else f"only its title: “{titled[:80]}”"
    if question.lists and not said.is_retracted:
        return _kind_of_not_retracted(said, where)
    if seen.hidden_share >= HIDDEN_SHARE:
        return Classification.HIDES, f"{seen.hidden_share:.0%} of a page's ink cannot be read; {where}"
    is_whole = len(seen.marks) == seen.page_count
    return (Classification.OTHERS_ALL if is_whole else Classification.OTHERS_SOME), where


def _kind_of_ours(question: AuditRequest, ours: OwnCopyStatus, said: ListLookup) -> tuple[Classification, str]:
    marked_as = ours.state.replace("_", " ")
    if ours.is_damaged:
        return Classification.DAMAGED, ours.findings[0]
    if not question.lists or said.doubt:
        return Classification.OURS, said.doubt or f"as {marked_as}"
    if not said.is_retracted:
        return _kind_of_not_retracted(said, f"marked by this tool as {marked_as}")
    if said.notice is not None and said.notice.state.value != ours.state:
        listed = said.notice.state.value.replace("_", " ")
        return Classification.UNMARKED, f"it is marked as {marked_as}, and the list says: {listed}"
    return Classification.OURS, f"as {marked_as}"


def _kind_of_not_retracted(said: ListLookup, where: str) -> tuple[Classification, str]:
    """Return the class of a PDF that carries a mark, and should not."""
    if said.notice is not None and said.notice.state.value == "reinstatement":
        return Classification.REINSTATED, f"{where}; reinstated {said.notice.date}".rstrip()
    return Classification.NOT_LISTED, where


def _kind_of_unmarked(seen: DetectedMarks, said: ListLookup) -> tuple[Classification, str]:
    if said.doubt:
        return Classification.NOT_CHECKED if said.doi else Classification.UNKNOWN, said.doubt
    if said.is_retracted and said.notice:
        date = f" {said.notice.date}" if said.notice.date else ""
        return Classification.UNMARKED, f"{said.notice.state.value.replace('_', ' ')}{date}, {said.doi}"
    if not said.is_known:
        return Classification.UNKNOWN, "it names no DOI, and its title is not in the list"
    return Classification.NOT_RETRACTED, f"page {seen.unread[0]} cannot be loaded" if seen.unread else ""


def _where(seen: DetectedMarks) -> str:
    pages = [str(mark.page_number) for mark in seen.marks]
    first = seen.marks[0]
    shown = ", ".join(pages[:5]) + (", …" if len(pages) > 5 else "")
    where = "every page" if len(pages) == seen.page_count else f"page{'s' * (len(pages) > 1)} {shown}"
    return f"“{first.words[:60]}” on {where}, as {first.means.value}"


def _not_checked(path: Path, reason: str, remedy: str) -> AuditResult:
    return AuditResult(path=str(path), kind=Classification.NOT_CHECKED, reason=reason, remedy=remedy)


def failed(question: AuditRequest, error: FailedError) -> AuditResult:
    """Return what is said of a PDF whose check did not come back."""
    return _not_checked(question.path, error.reason, error.remedy)
