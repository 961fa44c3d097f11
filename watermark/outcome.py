"""What happened to one article: exactly one result, with a reason."""

from dataclasses import dataclass
from enum import StrEnum

from watermark.checks.finding import Verdict
from watermark.decision import Decision
from watermark.receipt import Receipt


class Result(StrEnum):
    """The one result that every article gets."""

    MARKED = "marked"
    ALREADY_MARKED = "already marked"
    PLANNED = "planned"
    REFUSED = "refused"
    FAILED = "failed"
    NOT_VERIFIED = "not verified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One article's result. `copy` is the path of the marked copy or ""; sizes are bytes."""

    article: str
    result: Result
    exit_status: int = 0
    copy: str = ""
    sidecar: str = ""
    reason: str = ""
    remedy: str = ""
    receipt: Receipt | None = None
    verdict: Verdict | None = None
    decisions: tuple[Decision, ...] = ()
    notes: tuple[str, ...] = ()
    appended_bytes: int = 0
