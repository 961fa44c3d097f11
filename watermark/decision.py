"""One decision about an article, as whoever plans, keeps or reports it needs it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided, and why; `clause` names the rule of the standard when one decides."""

    name: str
    value: str
    reason: str
    clause: str = ""
