"""What one judge says of one file, and what a copy has lost before that judge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

MOST = 5
"""Of the faults of one file, how many are named."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A rank, the higher the better, with what is wrong in the file, and what was found that a copy must have, too.

    `why_not` says why the file could not be judged.
    """

    rank: int = 0
    said: str = ""
    faults: frozenset[str] = field(default_factory=frozenset)
    found: frozenset[str] = field(default_factory=frozenset)
    why_not: str = ""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """An original, its marked copy, and a file that shows nothing but what the marking paints on each page."""

    original: Path
    copy: Path
    ink: Path | None


Verdicts = Mapping[Path, Verdict]


def loss(before: Verdict, after: Verdict) -> str:
    """Return what a judge has against a copy that it has not against the original, or ""."""
    if before.why_not:
        return ""
    if after.why_not:
        return f"the copy cannot be judged: {after.why_not}"
    worse = [f"{before.said} became {after.said}"] if after.rank < before.rank else []
    missing = (f"lost: {what}" for what in sorted(before.found - after.found))
    return "; ".join([*worse, *sorted(after.faults - before.faults), *missing][:MOST])
