"""What page-validation says of both files, asked by a second thread while the main one compares objects and pages."""

from concurrent.futures import Future
from functools import partial

from watermark.runtime.second_thread import SecondThread
from watermark.verification.conformance.comparison import Pair, Verdict
from watermark.verification.conformance.page_validation import PROFILES, judged
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
