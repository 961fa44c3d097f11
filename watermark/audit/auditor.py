"""Classify one PDF. Read this first in the package."""

import mmap
import stat
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from watermark.article.marks.detector import DetectedMarks, detect_marks
from watermark.article.marks.pdfium_page import PdfiumFile
from watermark.article.marks.phrases import is_title_of_a_mark
from watermark.audit.candidate_identifiers import find_candidates
from watermark.audit.classification import AuditResult, Classification
from watermark.audit.list_lookup import ListLookup, LookupQuery, look_up
from watermark.audit.own_copies import OwnCopyStatus, own_copy_status
from watermark.audit.remedies import Remedies
from watermark.audit.retraction_index.index import IndexFile
from watermark.errors import WatermarkError
from watermark.notice.state_sentences import listed, marked_as
from watermark.runtime.mapped_files import map_file

if TYPE_CHECKING:  # most files have no seal
    from watermark.verification.seal import SealPolicy

HEADER_WITHIN_BYTES = 1024
POINTER = b"version https://git-lfs.github.com/spec/"
UNREAD_WATERMARK = "the words of the watermark"
LONGEST_NOTICE = 3_000
"""The most characters that a notice has on its first two pages and its last one together."""
HIDDEN_SHARE = 0.02
"""Share of a page's ink above which a mark is said to hide content; translucent letters hide less than a thousandth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRequest:
    """One PDF to check against `lists`. Without a list, only marks are checked. It can be pickled.

    `seal` says how the seal of a copy is judged.
    """

    path: Path
    lists: tuple[IndexFile, ...] = ()
    password: str = ""
    thorough: bool = False
    strict: bool = False
    seal: "SealPolicy | None" = None


def audit_file(request: AuditRequest) -> AuditResult:
    """Return the class of one PDF, with the reason and what to do. Never raises WatermarkError.

    1. Check that it is a PDF, and not a pointer to one.
    2. Look on every page for text, drawings and annotations that may be a mark; read the text of the first pages.
    3. If there is a mark or this tool's name in the file, read its receipt and verify the copy.
    4. Look up every DOI that it contains in the lists. If one is listed, find out whether it is the article's own.
    5. Choose the class.
    """
    try:
        found = _checked(request)
    except WatermarkError as error:
        place = f"{error.place}: " if error.place else ""
        found = not_checked(request.path, place + error.reason, error.remedy)
    return replace(found, is_strict=request.strict)


def _checked(request: AuditRequest) -> AuditResult:
    path = request.path
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for
            return not_checked(path, "it is not a file", "Check its name.")
        with path.open("rb") as file:
            head = file.read(HEADER_WITHIN_BYTES)
            if head.startswith(POINTER):  # 1
                reason = "it is a Git LFS pointer; the PDF itself has not been downloaded"
                return not_checked(path, reason, f"git lfs pull --include {Remedies(path=path).name}")
            if b"%PDF-" not in head:
                return not_checked(path, "it is not a PDF", "Check whether it is a web page or part of a download.")
            with map_file(file) as data:
                return _classed(request, data)
    except OSError as error:
        return not_checked(path, f"cannot read the file ({error.strerror})", "Check its name and permissions.")


def _classed(request: AuditRequest, data: mmap.mmap) -> AuditResult:
    path, password = request.path, request.password
    with PdfiumFile.at(path, password) as opened:
        seen = detect_marks(opened, thorough=request.thorough, password=password)  # 2
        identifiers = find_candidates(opened, data, seen.opening)
    own_copy = own_copy_status(path, password, data, seen.marks, seal=request.seal)  # 3
    marked_title = next((title for title in identifiers.titles if is_title_of_a_mark(title)), "")
    query = LookupQuery(
        path=path,
        password=password,
        identifiers=identifiers,
        article_doi=own_copy.article_doi,
        is_marked=bool(seen.marks or marked_title),
        is_long=len(seen.opening) > LONGEST_NOTICE,
    )
    lookup = look_up(query, request.lists) if request.lists else ListLookup()  # 4
    kind, reason = _kind(request, seen, own_copy, lookup, marked_title)  # 5
    return AuditResult(
        path=str(path),
        kind=kind,
        reason=reason,
        remedy=Remedies(path=path).command(kind, lookup, own_copy),
        doi=lookup.doi,
        pmid=lookup.pmid,
        state=lookup.notice.state.value if lookup.notice else "",
        notice_doi=lookup.notice.doi if lookup.notice else "",
        page_count=seen.page_count,
        marked_pages=tuple(mark.page_number for mark in seen.marks),
        means=tuple(dict.fromkeys(mark.means.value for mark in seen.marks)),
        hidden_share=round(seen.hidden_share, 4),
        findings=own_copy.findings,
        rewritten_by=own_copy.rewritten.program if own_copy.rewritten else "",
        additions=own_copy.rewritten.additions if own_copy.rewritten else (),
    )


def _kind(
    request: AuditRequest, seen: DetectedMarks, own_copy: OwnCopyStatus, lookup: ListLookup, marked_title: str
) -> tuple[Classification, str]:
    """Return the class and the reason for it."""
    if own_copy.is_ours or own_copy.is_damaged:
        return _kind_of_own_copy(request, own_copy, lookup)
    if lookup.is_notice:
        return _kind_of_notice(seen, lookup)
    if not seen.marks and (seen.unread_watermarks or lookup.doubt or not marked_title):
        return _kind_of_unmarked(seen, lookup)
    where = seen.where if seen.marks else f"only in its title: “{marked_title[:80]}”"
    if request.lists and not lookup.is_retracted:
        return _kind_of_not_retracted(lookup, where)
    if seen.hidden_share >= HIDDEN_SHARE:
        return Classification.HIDES, f"{seen.hidden_share:.0%} of the ink of a page is hidden; {where}"
    is_whole = len(seen.marks) == seen.page_count
    return (Classification.OTHERS_ALL if is_whole else Classification.OTHERS_SOME), where


def _unread(seen: DetectedMarks) -> str:
    pages = seen.unread_watermarks
    where = "every page" if len(pages) == seen.page_count else f"page {pages[0]}" + ", …" * (len(pages) > 1)
    return f"{UNREAD_WATERMARK} on {where} cannot be read"


def _kind_of_notice(seen: DetectedMarks, lookup: ListLookup) -> tuple[Classification, str]:
    if _has_notice_in_front(seen, lookup):
        return Classification.OTHERS_SOME, "a notice page is in front, and the pages of the article carry no mark"
    article_doi = lookup.notice.article.doi if lookup.notice else ""
    if lookup.is_certificate:
        return Classification.NOTICE, "it is the certificate of a marked copy"
    return Classification.NOTICE, f"it is the retraction notice of {article_doi}" if article_doi else ""


def _has_notice_in_front(seen: DetectedMarks, lookup: ListLookup) -> bool:
    """Whether a PDF that begins as the notice is the article behind it: its metadata name the article, and it is long.

    The pages behind the notice carry no mark.
    """
    notice = lookup.notice
    names_article = notice is not None and lookup.doi == notice.article.doi != notice.doi
    is_clean = all(mark.page_number == 1 for mark in seen.marks)
    return names_article and seen.page_count > 1 and len(seen.opening) > LONGEST_NOTICE and is_clean


def _kind_of_own_copy(request: AuditRequest, own_copy: OwnCopyStatus, lookup: ListLookup) -> tuple[Classification, str]:
    says = f"the mark says that the article is {marked_as(own_copy.state)}"
    if own_copy.is_damaged:
        rewritten = own_copy.rewritten
        return (
            (Classification.REWRITTEN, rewritten.reason)
            if rewritten
            else (Classification.DAMAGED, own_copy.findings[0])
        )
    if found := _kind_of_page_1(request, own_copy):
        return found
    if not request.lists or lookup.doubt:
        return _kind_of_undamaged(own_copy, lookup.doubt or says)
    if not lookup.is_retracted:
        return _kind_of_not_retracted(lookup, f"this tool marked it as {marked_as(own_copy.state)}")
    if lookup.notice is not None and lookup.notice.state.value != own_copy.state:
        wrong = f"it is marked as {marked_as(own_copy.state)}, and {listed(lookup.notice, lookup.identifier)}"
        return Classification.UNMARKED, wrong
    return _kind_of_part(request, own_copy, lookup) or _kind_of_undamaged(own_copy, says)


def _kind_of_page_1(request: AuditRequest, own_copy: OwnCopyStatus) -> tuple[Classification, str] | None:
    """Return the class of a copy of which page 1 is another article than the marked ones; else None."""
    if own_copy.receipt is None or not request.lists:
        return None
    from watermark.audit.partly_marked import on_page_1  # noqa: PLC0415 - few copies are marked in part

    return on_page_1(request.path, request.password, own_copy.receipt, request.lists)


def _kind_of_part(
    request: AuditRequest, own_copy: OwnCopyStatus, lookup: ListLookup
) -> tuple[Classification, str] | None:
    """Return the class of a copy with unmarked pages that is an article, or that has another wrong mark; else None."""
    if own_copy.receipt is None:
        return None
    from watermark.audit.partly_marked import other_articles, part_of, whole_article_at  # noqa: PLC0415 - few copies need it

    if whole_article_at(request.path, request.password, own_copy.receipt, lookup):
        return Classification.UNMARKED, f"the file is the article, but only {part_of(own_copy.receipt)} are marked"
    return other_articles(own_copy.receipt, request.lists)


def _kind_of_undamaged(own_copy: OwnCopyStatus, reason: str) -> tuple[Classification, str]:
    if own_copy.receipt is not None:
        from watermark.audit.partly_marked import part_of  # noqa: PLC0415 - few copies are marked in part

        reason = f"{reason}; {part_of(own_copy.receipt)}: other articles in the file were not looked for"
    if own_copy.is_proved:
        return Classification.OURS, reason
    return Classification.OURS_UNPROVED, "; ".join((reason, *own_copy.findings[:1]))


def _kind_of_not_retracted(lookup: ListLookup, where: str) -> tuple[Classification, str]:
    """Return the class of a PDF that carries a mark but should not."""
    if lookup.notice is not None and lookup.notice.state.value == "reinstatement":
        return Classification.REINSTATED, f"{where}; {listed(lookup.notice, lookup.identifier)}"
    return Classification.NOT_LISTED, where


def _kind_of_unmarked(seen: DetectedMarks, lookup: ListLookup) -> tuple[Classification, str]:
    if seen.unread_watermarks:
        return Classification.NOT_CHECKED, _unread(seen)
    if lookup.doubt:
        return Classification.NOT_CHECKED if lookup.is_named else Classification.UNKNOWN, lookup.doubt
    if lookup.is_retracted and lookup.notice:
        return Classification.UNMARKED, listed(lookup.notice, lookup.identifier)
    if not lookup.is_known:
        return Classification.UNKNOWN, "it contains no DOI, and its title is not in the list"
    reasons = [listed(lookup.notice, lookup.identifier)] if lookup.notice else []
    reasons += [f"page {seen.unread[0]} cannot be opened"] if seen.unread else []
    return Classification.NOT_RETRACTED, "; ".join(reasons)


def not_checked(path: Path, reason: str, remedy: str) -> AuditResult:
    """Return the result for a PDF that could not be checked."""
    return AuditResult(path=str(path), kind=Classification.NOT_CHECKED, reason=reason, remedy=remedy)
