"""The copy is of the article that the notice names, as was found when it was marked."""

from collections.abc import Iterator

from watermark.models import Claim, Finding, Status, plain
from watermark.verification.evidence import Evidence


def check(evidence: Evidence) -> Iterator[Finding]:
    """Yield what the receipt says of the match between the article and the notice."""
    receipt = evidence.receipt
    found = "; ".join(plain(item) for item in receipt.match_evidence)
    match receipt.match:
        case "match":
            status, message = Status.OK, f"the article is the one that the notice names: {found}"
        case "forced" if receipt.match_reason:
            status = Status.OK
            message = f"marked although the article looks like another: “{plain(receipt.match_reason)}” ({found})"
        case "unknown":
            status, message = Status.NOT_CHECKED, f"whether it is the article that the notice names is open: {found}"
        case _:
            status = Status.FAILED
            message = f"the receipt says of the article and the notice: {plain(receipt.match)} ({found})"
    yield Finding(claim=Claim.ARTICLE_MATCH, status=status, message=message)
