"""page-validation, which is always there: it judges in memory, what PDF/A-1 to PDF/A-3 and PDF/UA-1 ask for."""

import hashlib
from collections import OrderedDict
from mmap import mmap
from threading import Lock

from watermark.verification.conformance.comparison import Pair, ValidationResult, ValidationUnavailable, Verdict
from watermark.verification.evidence import Evidence

PROFILES = frozenset({"1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u", "ua1"})
"""What it knows."""
MOST_KEPT = 8
_kept: OrderedDict[tuple[bytes, str], Verdict] = OrderedDict()
"""The latest verdicts by SHA-256 and profile: several copies of one original may be tried, and a sealed one at last."""
_lock = Lock()


def judged_by_page(evidence: Evidence, profile: str, new_profile: str) -> Pair:
    """Return what it says of the original by `profile` and of the copy by `new_profile`, most often the same.

    The copy is not asked about when the original cannot be.
    """
    ahead = evidence.verdicts_ahead
    known = ahead.pair(profile, new_profile) if ahead else None
    before, after = known or (None, None)
    before = before or judged(evidence.base_bytes, evidence.base_size_bytes, profile)
    if isinstance(before, ValidationUnavailable):
        return before, ValidationUnavailable(why="the original was not judged")
    return before, after or judged(evidence.mapped, len(evidence.mapped), new_profile)


def judged(whole: mmap | bytes, end: int, profile: str) -> Verdict:
    """Return what it says of the first `end` bytes. Other threads run meanwhile."""
    with memoryview(whole) as view, view[:end] as part:
        key = hashlib.sha256(part).digest(), profile
        verdict = _kept.get(key)
        if verdict is None:
            verdict = _judged(part, profile)
            with _lock:
                _kept[key] = verdict
                while len(_kept) > MOST_KEPT:
                    _kept.popitem(last=False)
    return verdict


def _judged(part: memoryview, profile: str) -> Verdict:
    import page as page_validation  # noqa: PLC0415 - most files claim nothing, and never need it

    try:
        report = page_validation.validate_pdf_bytes(part, profile=profile)
    except page_validation.SafetyLimitError as error:
        return ValidationUnavailable(why=f"it is too large for the validator: {error}")
    except page_validation.PageError as error:
        return ValidationUnavailable(why=str(error), unreadable=True)
    return ValidationResult(
        valid=report.is_compliant, broken={failure.rule_id: failure.message for failure in report.failures}
    )
