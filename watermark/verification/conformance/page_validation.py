"""page-validation, which is always there: it judges in memory, what PDF/A-1 to PDF/A-3 and PDF/UA-1 ask for.

A second thread asks it about both files while the main one compares objects and pages.
"""

import hashlib
from collections import OrderedDict
from concurrent.futures import Future
from functools import partial
from mmap import mmap
from threading import Lock

from watermark.runtime.second_thread import SecondThread
from watermark.verification.conformance.comparison import Pair, ValidationResult, ValidationUnavailable, Verdict
from watermark.verification.declared_conformance import conformance_of
from watermark.verification.evidence import Evidence

MOST_BYTES = 64 << 20
"""Of a larger file, its memory and that of the drawing of pages would be needed at the same time."""


class VerdictsAhead:
    """The verdicts on one copy and its original. What cannot be begun or ends with an error is asked again later."""

    def __init__(self, thread: SecondThread, evidence: Evidence) -> None:
        """Begin with the profiles that the original claims and the copy has to keep, if they can be read."""
        self._futures: dict[tuple[str, str], tuple[Future[Verdict], Future[Verdict]]] = {}
        if evidence.size_bytes > MOST_BYTES or evidence.receipt.rebuilt_size_bytes or evidence.is_linearized:
            return
        try:
            claimed = conformance_of(evidence.before.packet)
            expected = claimed.raised_to(evidence.receipt.conformance)
            takes_no_password = evidence.before.opens_without_password
        except Exception:  # noqa: BLE001 - the check of the conformance finds the same, and says what it means
            return
        if expected is None or not takes_no_password:
            return
        for old, new in zip(claimed.profiles, expected.profiles, strict=False):
            if {old, new} <= PROFILES:
                before = thread.soon(partial(judged, evidence.mapped, evidence.base_size_bytes, old))
                after = thread.soon(partial(judged, evidence.mapped, len(evidence.mapped), new))
                self._futures[old, new] = before, after

    def pair(self, profile: str, new_profile: str) -> Pair | None:
        """Return the verdicts on the original and the copy, or None where these have not been asked for."""
        futures = self._futures.get((profile, new_profile))
        if futures is None or any(one.exception() for one in futures):
            return None
        before, after = futures
        return before.result(), after.result()


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
