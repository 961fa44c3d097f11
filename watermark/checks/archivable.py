"""What was archivable still is: the validator finds no rule broken that was not broken before."""

from collections.abc import Iterator

import page as page_validation

from watermark.checks.claims import Conformance, conformance_of
from watermark.checks.evidence import Evidence
from watermark.checks.finding import Claim, Finding, Status, plain
from watermark.pdf.packet import PacketError

JUDGED = {"1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u", "ua1"}
"""The profiles that page-validation knows."""


def check(evidence: Evidence) -> Iterator[Finding]:
    """Yield, for each conformance that the original claims, whether the copy keeps it.

    The original and the copy are validated against the claim itself. A valid original asks for a valid copy; an invalid
    one may break no rule more. What the validator does not know is not checked.
    """
    try:
        claimed = conformance_of(evidence.before.packet)
    except PacketError as error:
        yield _finding(Status.NOT_CHECKED, f"what the original claims cannot be read: {error}")
        return
    kept = conformance_of(evidence.after.packet)
    if kept != claimed:
        yield _finding(Status.FAILED, f"the original claims {claimed}; the copy claims {kept}")
    elif not claimed.profiles:
        yield _finding(Status.OK, "the original claims no archival level, so none can be lost")
    for profile in claimed.profiles:
        yield _judged(evidence, claimed, profile)


def _judged(evidence: Evidence, claimed: Conformance, profile: str) -> Finding:
    name = claimed.name_of(profile)
    if profile not in JUDGED or not evidence.before.opens_without_password:
        lacking = "no validator here judges" if profile not in JUDGED else "no validator here takes a password for"
        return _finding(Status.NOT_CHECKED, f"{lacking} {name}: ask veraPDF")
    try:
        before, valid = _broken(evidence, evidence.original_size_bytes, profile)
    except page_validation.PageError as error:
        return _finding(Status.NOT_CHECKED, f"the validator cannot judge the original as {name}: {plain(error)}")
    try:
        after, still_valid = _broken(evidence, evidence.size_bytes, profile)
    except page_validation.SafetyLimitError as error:
        return _finding(Status.NOT_CHECKED, f"the copy is too large for the validator: {plain(error)}")
    except page_validation.PageError as error:
        return _finding(Status.FAILED, f"the validator cannot read the copy as {name}: {plain(error)}")
    new = {rule: words for rule, words in after.items() if rule not in before}
    if new or (valid and not still_valid):
        rules = "; ".join(f"{plain(rule, 60)} ({plain(words)})" for rule, words in sorted(new.items())[:3])
        return _finding(Status.FAILED, f"the copy breaks {len(new)} rules of {name} that the original kept: {rules}")
    kept = (
        f"is valid {name}, as the original is"
        if valid
        else f"breaks no rule of {name} but the original's {len(before)}"
    )
    return _finding(Status.OK, f"the copy {kept}")


def _broken(evidence: Evidence, end: int, profile: str) -> tuple[dict[str, str], bool]:
    """Return the rules that the first `end` bytes break, in the validator's words, and whether they are valid."""
    with memoryview(evidence.held) as held, held[:end] as part:
        report = page_validation.validate_pdf_bytes(part, profile=profile)
    return {failure.rule_id: failure.message for failure in report.failures}, report.is_compliant


def _finding(status: Status, message: str) -> Finding:
    return Finding(claim=Claim.ARCHIVABLE, status=status, message=message)
