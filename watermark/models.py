"""Values that the packages exchange: decisions, findings, verification reports and outcomes."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:  # importing a ledger must not load an XML library
    from watermark.receipt import Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided, and why. `clause` names the rule of a standard if one decided it."""

    name: str
    value: str
    reason: str
    clause: str = ""


class Proof(StrEnum):
    """How thoroughly a copy is verified. What a level leaves out is NOT_CHECKED, so such a report has not `passed`."""

    FULL = "full"
    """Every page is rendered and its text extracted, before and after; validators check the claimed conformance."""
    STRUCTURE = "structure"
    """Bytes, objects, the operators of each mark, embedded files and metadata are checked; no page is rendered."""


class Claim(StrEnum):
    """What a verification checks about a copy. A report has at least one finding for each claim."""

    FIXITY = "intact"
    MARKED = "marked"
    VISIBLE = "visible"
    TEXT = "text"
    STRUCTURE = "structure"
    ATTACHED = "attached"
    DESCRIBED = "described"
    ARCHIVABLE = "archivable"
    ARTICLE_MATCH = "right article"
    REPRODUCED = "reproduced"
    """Written again from the original and the notice, the copy is the same. It counts where it was asked for."""
    SEALED = "sealed"
    """Signed with a certificate that a trusted root vouches for. It counts for a copy that is sealed, or has to be."""

    @property
    def code(self) -> str:
        """The name of the claim without spaces: the first part of the code of each of its findings."""
        return self.value.replace(" ", "-")


ALWAYS_CHECKED = tuple(claim for claim in Claim if claim not in {Claim.REPRODUCED, Claim.SEALED})
"""The claims of every verification report; the others count where they were asked for."""

LEFT_OUT_BY_STRUCTURE = frozenset({Claim.VISIBLE, Claim.TEXT, Claim.ARCHIVABLE, Claim.REPRODUCED})
"""What a proof by structure does not check: no page is rendered, no validator asked, and nothing is written again."""


class Status(StrEnum):
    """The result of a check. Absence is never success: a check that did not run is NOT_CHECKED."""

    OK = "ok"
    NOT_CHECKED = "not checked"
    FAILED = "failed"


PAGES_TO_CHECK = "pages to check"
"""The name of a decision that a person should look at: the chosen pages may not be those of the article."""
MARK_WORD, OTHER_WORD = "marked.word", "marked.other-word"
"""Codes of the finding that says which word the mark is: one for a retraction, or another one."""
REFERENCE = re.compile(r"IndirectObject\((\d{1,20}), (\d{1,20}), \d{1,20}\)")


def plain(words: object, longest: int = 120) -> str:
    """Return text from a file as one line of at most `longest` characters, without control characters.

    References are written as in a PDF file: pypdf adds the address of its reader, which differs each time.
    """
    text = REFERENCE.sub(r"\1 \2 R", str(words))
    line = "".join(one if one.isprintable() else " " for one in text[: longest + 1])
    return line if len(line) <= longest else line[: longest - 1] + "…"


def plural(count: int, noun: str) -> str:
    """Return a number with its noun: “1 page”, “2 pages”, “1 copy”, “2 copies”."""
    many = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else many}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One sentence about one claim. `page_number` counts from 1; None means the whole file.

    `code` is a stable name for programs, such as "visible.mark-hidden". It begins with the code of the claim, and
    equals it if the finding has no more specific code.
    """

    claim: Claim
    status: Status
    message: str
    page_number: int | None = None
    code: str = ""

    def __post_init__(self) -> None:
        if not self.code:
            object.__setattr__(self, "code", self.claim.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationReport:
    """All findings on one copy. A claim without a finding counts as not checked. `mark_text` is the word of the mark.

    `pages` names the pages that carry the mark, such as "113-127", where only a part of the file was marked; else "".
    `marked_before` names those that were marked earlier, for other notices.

    Use `passed`: the truth value of a report raises TypeError, because a report that failed is not an empty one.
    """

    findings: tuple[Finding, ...]
    mark_text: str = ""
    pages: str = ""
    marked_before: tuple[str, ...] = ()

    def __bool__(self) -> NoReturn:
        raise TypeError("a verification report has no truth value: use report.passed, or report.status")

    @property
    def where(self) -> str:
        """Where the mark is, for people: “every page”, “every page of the range 113-127”, “page 5”."""
        where = f"every page of the range {self.pages}" if "-" in self.pages else f"page {self.pages}"
        before = f" (and, marked earlier, of {', '.join(self.marked_before[:12])})" if self.marked_before else ""
        return (where if self.pages else "every page") + before

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that were to be checked: all, but Claim.REPRODUCED and Claim.SEALED only with a finding."""
        found = {finding.claim for finding in self.findings}
        return tuple(claim for claim in Claim if claim in ALWAYS_CHECKED or claim in found)

    def unchecked(self, proof: Proof = Proof.FULL) -> tuple[Claim, ...]:
        """Return the claims that could not be checked, without those that a proof by structure leaves out."""
        left_out = LEFT_OUT_BY_STRUCTURE if proof is Proof.STRUCTURE else frozenset()
        open_claims = (claim for claim in self.claims if self.status_of(claim) is Status.NOT_CHECKED)
        return tuple(claim for claim in open_claims if claim not in left_out)

    def status_of(self, claim: Claim) -> Status:
        """Return the worst status among the findings of a claim."""
        statuses = {finding.status for finding in self.findings if finding.claim is claim}
        for status in (Status.FAILED, Status.NOT_CHECKED, Status.OK):
            if status in statuses:
                return status
        return Status.NOT_CHECKED

    @property
    def status(self) -> Status:
        """FAILED if any claim failed, else NOT_CHECKED if any was not checked, else OK."""
        statuses = {self.status_of(claim) for claim in self.claims}
        return next(status for status in (Status.FAILED, Status.NOT_CHECKED, Status.OK) if status in statuses)

    @property
    def passed(self) -> bool:
        """Whether every claim was checked and holds."""
        return self.status is Status.OK

    @property
    def failures(self) -> tuple[Finding, ...]:
        """The findings that failed."""
        return tuple(finding for finding in self.findings if finding.status is Status.FAILED)


class Result(StrEnum):
    """What happened to an article, in one word."""

    MARKED = "marked"
    ALREADY_MARKED = "already marked"
    PLANNED = "planned"
    REFUSED = "refused"
    FAILED = "failed"
    NOT_VERIFIED = "not verified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What happened to one article. `copy` is the path of the marked copy, or ""; sizes are in bytes.

    `code` is the code of the error if the article was not marked, such as "encrypted"; else "". `argument` names the
    argument that the remedy is about, such as "password"; else "".
    """

    article: str
    result: Result
    exit_status: int = 0
    copy: str = ""
    sidecar: str = ""
    reason: str = ""
    remedy: str = ""
    receipt: "Receipt | None" = None
    report: VerificationReport | None = field(default=None, metadata={"json": "verdict"})
    decisions: tuple[Decision, ...] = ()
    notes: tuple[str, ...] = ()
    appended_bytes: int = 0
    code: str = ""
    argument: str = ""
