"""page-validation, which is always there: it judges in memory, what PDF/A-1 to PDF/A-3 and PDF/UA-1 ask for.

A second thread or a helper asks it about both files while objects and pages are compared.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from mmap import mmap
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from watermark.errors import FailedError
from watermark.models import Proof
from watermark.pdf.parallel_pages import Team
from watermark.runtime.mapped_files import map_file
from watermark.runtime.second_thread import SecondThread
from watermark.verification.conformance.comparison import Pair, ValidationResult, ValidationUnavailable, Verdict
from watermark.verification.declared_conformance import conformance_of
from watermark.verification.evidence import Evidence, FileIdentity, identity_of

Ask: TypeAlias = Callable[[int, str], "Future[Verdict]"]
"""Has the first bytes of a file judged, as many as it is given, by a profile."""
MOST_BYTES = 64 << 20
"""Of a larger file, its memory and that of the drawing of pages would be needed at the same time."""


class VerdictsAhead:
    """The verdicts on one copy and its original. What cannot be begun or ends with an error is asked again later."""

    def __init__(self, ask: Ask, evidence: Evidence) -> None:
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
                self._futures[old, new] = ask(evidence.base_size_bytes, old), ask(len(evidence.mapped), new)

    def pair(self, profile: str, new_profile: str) -> Pair | None:
        """Return the verdicts on the original and the copy, or None where these have not been begun."""
        futures = self._futures.get((profile, new_profile))
        if futures is None or any(one.cancel() or one.exception() for one in futures):
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


def by_thread(thread: SecondThread, evidence: Evidence) -> Ask:
    """Return how a thread of this process is asked."""
    return lambda end, profile: thread.soon(partial(judged, evidence.mapped, end, profile))


def by_helper(team: Team, evidence: Evidence) -> Ask:
    """Return how a helper of the team is asked."""
    path, identity = evidence.path, evidence.file_identity
    return lambda end, profile: team.ask(
        _judged_elsewhere, _Task(path=path, identity=identity, end=end, profile=profile)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """The first bytes of a file, for another process, which makes sure that it is the same; None if any will do."""

    path: Path
    identity: FileIdentity | None
    end: int | None
    profile: str


def _judged_elsewhere(task: _Task) -> Verdict:
    with task.path.open("rb") as file, map_file(file) as mapped:
        if task.identity is not None and identity_of(file.fileno()) != task.identity:
            raise FailedError("the file changed while it was being verified", remedy="Verify it again.")
        return judged(mapped, len(mapped) if task.end is None else task.end, task.profile)


def judge_original_ahead(team: Team, path: Path, packet: bytes, proof: Proof) -> None:
    """Have a helper judge an article that is to be marked: it remembers the verdict until the copy is verified.

    `packet` is the article's XMP. What cannot be read is left to the check of the conformance.
    """
    with suppress(Exception):
        if team and proof is Proof.FULL and path.stat().st_size <= MOST_BYTES:
            for profile in set(conformance_of(packet).profiles) & PROFILES:
                team.ask(_judged_elsewhere, _Task(path=path, identity=None, end=None, profile=profile))
