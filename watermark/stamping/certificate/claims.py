"""The claims of a verification in words that need no knowledge of PDF, with the programs that judged each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from watermark.models import OTHER_WORD, Claim, Finding, Status, VerificationReport, plain
from watermark.receipt import Receipt
from watermark.stamping.notice_document.text_cleanup import capital
from watermark.verification.seal.trust import OWN_KEY

PASSED, NOT_CHECKED, DECIDED, NONE = "passed", "not checked", "decided", "does not apply"
"""The results that a certificate knows. A copy that failed gets no certificate."""
VALIDATORS = ("page-validation", "veraPDF")
MAX_REASON, MAX_FILES, MAX_SEAL_ROWS = 220, 4, 2
OURS, PYPDF, PDFIUM = "watermark", "pypdf", "PDFium"
JUDGES: Mapping[Claim, tuple[str, ...]] = {
    Claim.FIXITY: (OURS, PYPDF),
    Claim.MARKED: (OURS, PYPDF),
    Claim.VISIBLE: (PDFIUM,),
    Claim.TEXT: (PDFIUM,),
    Claim.STRUCTURE: (PYPDF,),
    Claim.ATTACHED: (PYPDF,),
    Claim.DESCRIBED: (PYPDF,),
    Claim.ARTICLE_MATCH: (OURS,),
    Claim.REPRODUCED: (OURS,),
    Claim.SEALED: ("pyHanko",),
}
TITLES: Mapping[Claim, str] = {
    Claim.FIXITY: "Original intact",
    Claim.MARKED: "Every page marked",
    Claim.VISIBLE: "Nothing hidden",
    Claim.TEXT: "Text readable",
    Claim.STRUCTURE: "Structure kept",
    Claim.ATTACHED: "Notice enclosed",
    Claim.DESCRIBED: "Metadata",
    Claim.ARCHIVABLE: "Archival standard",
    Claim.ARTICLE_MATCH: "Right article",
    Claim.REPRODUCED: "Made again",
    Claim.SEALED: "Seal",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the certificate's table: a claim by its title, its result, what that means, and who judged it."""

    title: str
    result: str
    meaning: str
    judges: tuple[str, ...] = ()


def rows_of(report: VerificationReport, receipt: Receipt, *, was_marked: bool = False) -> Iterator[Row]:
    """Yield a row for each claim of the report but the seal, which has a section of its own.

    `was_marked` says that the copy carries an earlier mark of this tool: its original is then not the article as
    published.
    """
    for claim in report.claims:
        if claim is not Claim.SEALED:
            findings = tuple(item for item in report.findings if item.claim is claim)
            row = _row(claim, findings, report.status_of(claim), receipt)
            if claim is Claim.FIXITY and was_marked:
                row = replace(row, meaning=row.meaning.replace("original file", "file with its earlier mark"))
            yield row


def _row(claim: Claim, findings: tuple[Finding, ...], status: Status, receipt: Receipt) -> Row:
    title = TITLES[claim]
    if status is not Status.OK:
        reasons = [item.message for item in findings if item.status is status]
        meaning = _sentence(reasons[0]) if reasons else "The check did not run."
        return Row(title=title, result=NOT_CHECKED, meaning=meaning)
    if claim is Claim.ARCHIVABLE:
        return _archivable(findings)
    if claim is Claim.ARTICLE_MATCH and receipt.match != "match":
        return Row(title=title, result=DECIDED, meaning="A person decided that it is. The reason is given below.")
    if claim is Claim.REPRODUCED:
        return Row(title=title, result=PASSED, meaning=_sentence(findings[0].message), judges=JUDGES[claim])
    if claim is Claim.MARKED:
        meaning = " ".join(_sentence(item.message) for item in findings if item.code == OTHER_WORD)
        return Row(title=title, result=PASSED, meaning=f"{_marked(receipt)} {meaning}".strip(), judges=JUDGES[claim])
    return Row(title=title, result=PASSED, meaning=_meaning(claim, receipt), judges=JUDGES[claim])


def _meaning(claim: Claim, receipt: Receipt) -> str:
    """Return what it means that a claim holds."""
    size = f"{receipt.original_size_bytes:,} bytes"
    inside = f"The copy begins with the original file, unchanged ({size}). Mark, notice and metadata come after it."
    attached = f"The original file ({size}) is attached to the copy, unchanged."
    line = " Only the line at the edge of the page was added." if receipt.line_text else ""
    notice = {item.kind for item in receipt.files} & {"notice", "notice-pdf"} or receipt.notice_page
    enclosed = "The notice and its record in the copy are complete: " if notice else "What is attached is complete: "
    names = ", ".join(plain(item.name, 60) for item in receipt.files[:MAX_FILES])
    names += f" and {len(receipt.files) - MAX_FILES} more" if len(receipt.files) > MAX_FILES else ""
    attachments = f"{enclosed}{names}." if names else "This kind of PDF may contain no such file; nothing is attached."
    return {
        Claim.FIXITY: attached if receipt.rebuilt_size_bytes else inside,
        Claim.VISIBLE: "Every page was drawn before and after. The mark can be seen, and hides nothing of the article.",
        Claim.TEXT: f"The text of each page can be selected and searched as before.{line}",
        Claim.STRUCTURE: "Pages, links, bookmarks, tags, form fields and page labels are those of the original.",
        Claim.ATTACHED: attachments,
        Claim.DESCRIBED: "The metadata of the file say what happened to the article, and keep what they said before.",
        Claim.ARTICLE_MATCH: _sentence(
            "the PDF is the article that the notice names: " + "; ".join(receipt.match_evidence)
        ),
    }[claim]


def marked_pages(receipt: Receipt) -> str:
    """Return which pages carry the mark, with the verb: “All 12 pages carry”."""
    if receipt.pages is not None:
        number = receipt.pages.last - receipt.pages.first
        return f"{capital(receipt.pages.in_words)} of {receipt.page_count:,} {'carry' if number else 'carries'}"
    return "The one page carries" if receipt.page_count == 1 else f"All {receipt.page_count:,} pages carry"


def _marked(receipt: Receipt) -> str:
    others = " The other pages are as they were." if receipt.pages is not None else ""
    return f"{marked_pages(receipt)} the mark “{plain(receipt.mark_text, 60)}”, upright and inside the page.{others}"


def _archivable(findings: tuple[Finding, ...]) -> Row:
    title = TITLES[Claim.ARCHIVABLE]
    found = [item.message for item in findings if item.message.startswith(VALIDATORS)]
    if not found:
        meaning = "The original claims no archival standard (PDF/A or PDF/UA), so there was none to keep."
        return Row(title=title, result=NONE, meaning=meaning)
    judges = tuple(name for name in VALIDATORS if any(message.startswith(name) for message in found))
    return Row(title=title, result=PASSED, meaning=_sentence("; ".join(dict.fromkeys(found))), judges=judges)


def is_of_own_key(finding: Finding) -> bool:
    """Return whether a finding is that a seal is whole, while nothing shows whose it is."""
    return finding.code == f"{Claim.SEALED.value}.{OWN_KEY}"


def seal_rows(report: VerificationReport) -> Iterator[Row]:
    """Yield what was found of the seal, what was not checked first; nothing for a copy without one."""
    found = [item for item in report.findings if item.claim is Claim.SEALED]
    found.sort(key=lambda item: item.status is Status.OK)
    for item in found[:MAX_SEAL_ROWS]:
        result = PASSED if item.status is Status.OK and not is_of_own_key(item) else NOT_CHECKED
        judges = JUDGES[Claim.SEALED] if item.status is Status.OK else ()
        yield Row(title=TITLES[Claim.SEALED], result=result, meaning=_sentence(item.message), judges=judges)
    if len(found) > MAX_SEAL_ROWS:
        meaning = f"There are {len(found) - MAX_SEAL_ROWS} more findings, which are not shown here."
        yield Row(title=TITLES[Claim.SEALED], result=NONE, meaning=meaning)


def _sentence(message: str) -> str:
    """Return a message as a sentence of bounded length."""
    short = plain(message, MAX_REASON)
    return capital(short) + ("" if short.endswith((".", "…", "!", "?")) else ".")
