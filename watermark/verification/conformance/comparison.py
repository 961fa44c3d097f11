"""The result of validating one file against one profile, and the comparison of two such results."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from watermark.models import Status, plain

MAX_RULES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationResult:
    """The rules that a file breaks, each with the validator's words; `valid` is the validator's own verdict."""

    valid: bool
    broken: Mapping[str, str]

    def __str__(self) -> str:
        return "is valid" if self.valid else f"breaks {rules_in_words(self.broken)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationUnavailable:
    """No verdict, and why: the file cannot be read (`unreadable`), or the validator did not do its work."""

    why: str
    unreadable: bool = False


Verdict: TypeAlias = ValidationResult | ValidationUnavailable
Pair: TypeAlias = tuple[Verdict, Verdict]
"""Of the original, and of the copy."""


def compared(validator: str, profile: str, pair: Pair) -> tuple[Status, str]:
    """Return whether the copy keeps what the original has, by one validator, in one sentence."""
    before, after = pair
    if isinstance(before, ValidationUnavailable):
        return Status.NOT_CHECKED, f"{validator} cannot judge the original as {profile}: {plain(before.why)}"
    if isinstance(after, ValidationUnavailable):
        if after.unreadable:
            return Status.FAILED, f"{validator} cannot read the copy as {profile}: {plain(after.why)}"
        return Status.NOT_CHECKED, f"{validator} cannot judge the copy as {profile}: {plain(after.why)}"
    return _kept(validator, profile, before, after)


def raised(validator: str, old: str, new: str, pair: Pair) -> tuple[Status, str]:
    """Return whether the original is valid as `old` and the copy as `new`, by one validator, in one sentence."""
    for which, profile, verdict in zip(("original", "copy"), (old, new), pair, strict=True):
        if isinstance(verdict, ValidationUnavailable):
            status = Status.FAILED if verdict.unreadable and which == "copy" else Status.NOT_CHECKED
            return status, f"{validator} cannot judge the {which} as {profile}: {plain(verdict.why)}"
        if not verdict.valid:
            rules = rules_in_words(verdict.broken)
            return Status.FAILED, f"{validator}: the {which} is not valid {profile}, so it is not raised: {rules}"
    return Status.OK, f"{validator}: the original is valid {old}, and the copy is valid {new}"


def _kept(validator: str, profile: str, before: ValidationResult, after: ValidationResult) -> tuple[Status, str]:
    new = {rule: words for rule, words in after.broken.items() if rule not in before.broken}
    if new:
        rules = rules_in_words(new)
        return (
            Status.FAILED,
            f"{validator}: the copy breaks {len(new)} rules of {profile} that the original kept: {rules}",
        )
    if before.valid and not after.valid:
        return Status.FAILED, f"{validator}: the original is valid {profile}, and the copy is not"
    if before.valid:
        return Status.OK, f"{validator}: the copy is valid {profile}, as the original is"
    return Status.OK, f"{validator}: the copy breaks no rule of {profile} but the original's {len(before.broken)}"


def rules_in_words(rules: Mapping[str, str]) -> str:
    """Return the first rules with the validator's words, as one short line."""
    listed = [f"{plain(rule, 60)} ({plain(words)})" for rule, words in sorted(rules.items())]
    more = [f"and {len(listed) - MAX_RULES} more"] if len(listed) > MAX_RULES else []
    return "; ".join([*listed[:MAX_RULES], *more]) or "a rule that it does not name"
