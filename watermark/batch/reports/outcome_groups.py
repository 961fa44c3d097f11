"""Group the entries of a report by outcome: those that need attention come first."""

from dataclasses import dataclass

from watermark.batch.ledger import LedgerEntry
from watermark.models import Finding, Result, Status, VerificationReport

MAX_FINDINGS = 8
MARKED_NOT_ALL_CHECKED = "marked, not all checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Entries with one outcome; `tone` is bad, open, good or calm. `todo` is what to do with them, "" for nothing."""

    name: str
    tone: str
    meaning: str
    todo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeGroup:
    """One claim with its worst status, and the findings that have it; `more` is the number of findings left out."""

    claim: str
    status: Status
    findings: tuple[Finding, ...]
    more: int


GROUPS = (
    Group(
        name=Result.NOT_VERIFIED,
        tone="bad",
        meaning="The copy failed verification, so it was not saved.",
        todo="Open each entry for the reason. Do not publish a copy that was made earlier.",
    ),
    Group(
        name=Result.FAILED,
        tone="bad",
        meaning="An error stopped the work. Nothing was saved.",
        todo="Remove the cause that each entry names, and run the same command again.",
    ),
    Group(
        name=Result.REFUSED,
        tone="open",
        meaning="These need a decision. Each entry explains why and what to do.",
        todo="Decide about each one, as its entry explains, and run the same command again.",
    ),
    Group(
        name="not found",
        tone="open",
        meaning="No PDF was found for this row.",
        todo="Add the PDFs to the folder of the articles, or correct the rows, and run the same command again.",
    ),
    Group(
        name=MARKED_NOT_ALL_CHECKED,
        tone="open",
        meaning="Saved. No problems were found, but some checks did not run.",
        todo="See in each entry which checks did not run, and decide whether you need them.",
    ),
    Group(
        name=Result.MARKED,
        tone="good",
        meaning="Marked on every page, or on the chosen ones, and verified.",
    ),
    Group(name=Result.ALREADY_MARKED, tone="calm", meaning="The copy was already marked for this notice."),
    Group(name=Result.PLANNED, tone="calm", meaning="Dry run: nothing was written."),
)
OTHERS = Group(
    name="other",
    tone="open",
    meaning="Results that this version of the tool does not know.",
    todo="Use the version of the tool that wrote the ledger, or a newer one.",
)


def group_of(entry: LedgerEntry) -> Group:
    """Return the group that an entry belongs to."""
    name = entry.result
    if name == Result.MARKED and not VerificationReport(findings=entry.findings).passed:
        name = MARKED_NOT_ALL_CHECKED
    return next((group for group in GROUPS if group.name == name), OTHERS)


def judged(entry: LedgerEntry) -> list[OutcomeGroup]:
    """Return each claim with its status and findings, or an empty list if no copy was verified."""
    if not entry.findings:
        return []
    report = VerificationReport(findings=entry.findings)
    rows = []
    for claim in report.claims:
        status = report.status_of(claim)
        found = [item for item in entry.findings if item.claim is claim and item.status is status]
        more = max(0, len(found) - MAX_FINDINGS)
        rows.append(OutcomeGroup(claim=claim.value, status=status, findings=tuple(found[:MAX_FINDINGS]), more=more))
    return rows
