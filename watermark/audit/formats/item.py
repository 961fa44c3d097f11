"""One result as a line: of a PDF or of a bag."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from watermark.audit.classification import MEANING, AuditResult, CheckedBag, Classification

MAX_NAMED = 5
BAG = {
    "bag-is-valid": "Every file in the bag matches its manifests.",
    "bag-is-stale": "Articles in the bag were marked after the manifests were written.",
    "bag-is-updated": "The manifests of the bag now list the marked copies.",
    "bag-is-not-checked": "The bag could not be checked, or its manifests could not be updated.",
    "bag-is-damaged": "Some files in the bag do not match its manifests.",
}
RULES = {**{kind.code: MEANING[kind] for kind in Classification}, **BAG}
"""What each code means, in a sentence."""
TITLES = {**{kind.code: kind.label for kind in Classification}, **{code: code.replace("-", " ") for code in BAG}}
"""What each code is called."""


class Severity(StrEnum):
    """How much an item matters, in the words of SARIF."""

    NONE = "none"
    NOTE = "note"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One file or bag: `code` names the class for programs, `title` for people; `data` has all fields, for JSON."""

    path: str
    code: str
    title: str
    level: Severity
    reason: str
    remedy: str
    data: dict[str, Any]

    @property
    def message(self) -> str:
        """The class, the reason and the remedy, in one line."""
        result = f"{self.title}: {self.reason}" if self.reason else self.title
        return f"{result}. {self.remedy}" if self.remedy else result


def item_of(found: AuditResult | CheckedBag) -> Item:
    """Return a result as one line."""
    return _of_pdf(found) if isinstance(found, AuditResult) else _of_bag(found)


def _of_pdf(found: AuditResult) -> Item:
    level = Severity.NOTE if found.kind is Classification.UNKNOWN else Severity.NONE
    data = asdict(found) | {"kind": found.kind.value, "code": found.kind.code, "attention": found.needs_attention}
    del data["is_strict"]
    return Item(
        path=found.path,
        code=found.kind.code,
        title=found.label,
        level=Severity.ERROR if found.needs_attention else level,
        reason=found.reason,
        remedy=found.remedy,
        data=data,
    )


def _of_bag(found: CheckedBag) -> Item:
    code = "bag-is-valid"
    if found.failure:
        code = "bag-is-not-checked"
    elif found.faults:
        code = "bag-is-damaged"
    elif found.stale:
        code = "bag-is-updated" if found.updated else "bag-is-stale"
    named = found.faults or found.stale
    more = f", and {len(named) - MAX_NAMED} more" if len(named) > MAX_NAMED else ""
    remedies = {
        "bag-is-stale": "Update its manifests.",
        "bag-is-damaged": "Restore these files from the archive.",
        "bag-is-not-checked": found.remedy,
    }
    return Item(
        path=found.path,
        code=code,
        title=code.replace("-", " "),
        level=Severity.ERROR if found.needs_attention else Severity.NONE,
        reason=found.failure or ", ".join(named[:MAX_NAMED]) + more,
        remedy=remedies.get(code, ""),
        data={"path": found.path, "code": code, "attention": found.needs_attention}
        | {"stale": found.stale, "faults": found.faults, "updated": found.updated, "failure": found.failure},
    )
