"""A copy that was linearized has other object numbers; its objects are compared in the file that it was made of."""

from dataclasses import replace

from watermark.models import Claim, Status, VerificationReport

COMPARED = (Claim.FIXITY, Claim.STRUCTURE)
"""What compares objects by their numbers, and cannot be checked in a linearized copy itself."""


def compared_before_linearization(report: VerificationReport, before: VerificationReport) -> VerificationReport:
    """Return the report on a linearized copy, with what the file shows that the copy is the linearization of.

    The caller has made sure of that: it linearized `before` itself, and got this copy.
    """
    findings = list(report.findings)
    for claim in COMPARED:
        if report.status_of(claim) is Status.NOT_CHECKED and before.status_of(claim) is not Status.NOT_CHECKED:
            findings = [one for one in findings if one.claim is not claim or one.status is Status.FAILED]
            findings += [
                replace(one, message=f"{one.message}, in the file that was linearized")
                for one in before.findings
                if one.claim is claim
            ]
    order = list(Claim)
    return replace(report, findings=tuple(sorted(findings, key=lambda one: order.index(one.claim))))
