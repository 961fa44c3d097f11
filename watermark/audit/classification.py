"""The classes of PDFs: every PDF gets exactly one."""

from dataclasses import dataclass
from enum import StrEnum


class Classification(StrEnum):
    """The state of a PDF compared with a retraction list."""

    NOT_RETRACTED = "not retracted"
    UNMARKED = "retracted and unmarked"
    OURS = "marked by this tool, verified"
    OURS_UNPROVED = "marked by this tool, not all checked"
    DAMAGED = "marked by this tool but damaged"
    REWRITTEN = "marked by this tool, then rewritten"
    OTHERS_ALL = "marked by others, all pages"
    OTHERS_SOME = "marked by others, some pages"
    HIDES = "a mark hides content"
    NOT_LISTED = "marked but not in the list"
    REINSTATED = "reinstated but still marked"
    NOTICE = "the notice"
    UNKNOWN = "unknown"
    NOT_CHECKED = "not checked"

    @property
    def needs_attention(self) -> bool:
        """Whether someone needs to act."""
        return self not in WELL

    @property
    def label(self) -> str:
        """The class in words for people; the value is its name in data, and does not change."""
        return LABELS.get(self, self.value)

    @property
    def code(self) -> str:
        """A stable name for programs: `retracted-and-unmarked`."""
        return FIRST_CODES.get(self) or self.value.replace(",", "").replace(" ", "-")


FIRST_CODES = {
    Classification.OURS: "marked-by-us-and-verified",
    Classification.OURS_UNPROVED: "marked-by-us-not-all-checked",
    Classification.DAMAGED: "marked-by-us-but-damaged",
    Classification.OTHERS_ALL: "marked-by-somebody-else-all-pages",
    Classification.OTHERS_SOME: "marked-by-somebody-else-some-pages",
}
"""Codes that keep their first spelling, because suppressions and dashboards use them."""
LABELS = {
    Classification.NOT_RETRACTED: "not in the list",
    Classification.OURS: "marked by this tool and verified",
    Classification.OURS_UNPROVED: "marked by this tool, but not everything could be checked",
}
"""Labels that are clearer than the names in data: of an article that no list names, nothing is known."""
WELL = frozenset(
    {
        Classification.NOT_RETRACTED,
        Classification.OURS,
        Classification.OURS_UNPROVED,
        Classification.OTHERS_ALL,
        Classification.NOTICE,
        Classification.UNKNOWN,
    }
)
MEANING = {
    Classification.NOT_RETRACTED: "The list has no retraction of the article, and the PDF carries no mark.",
    Classification.UNMARKED: "The article is on the list, and the PDF does not show it.",
    Classification.OURS: "This tool marked the copy, and all checks passed.",
    Classification.OURS_UNPROVED: "This tool marked the copy; no check failed, but some could not run.",
    Classification.DAMAGED: "This tool marked the copy, and a check failed: it was changed after marking.",
    Classification.REWRITTEN: "This tool marked the copy; another program saved it again, so it cannot be verified.",
    Classification.OTHERS_ALL: "Every page carries a mark that this tool did not make.",
    Classification.OTHERS_SOME: "Only some pages carry a mark.",
    Classification.HIDES: "The mark makes part of the article unreadable.",
    Classification.NOT_LISTED: "The PDF is marked as retracted, and the article is not on the list.",
    Classification.REINSTATED: "The article was reinstated, and the PDF is still marked.",
    Classification.NOTICE: "The PDF is the retraction notice or the certificate of a copy, and needs no mark.",
    Classification.UNKNOWN: "The PDF contains no DOI, and its title is not in the list.",
    Classification.NOT_CHECKED: "The file could not be checked.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditResult:
    """The class of one PDF, with the reason and what to do: a command, a sentence, or "" if nothing needs to be done.

    `marked_pages` count from 1; `hidden_share` is the largest share of a page's ink that a mark hides, 0 to 1.
    `rewritten_by` names the program that saved a marked copy again, and `additions` is what was added to it.
    """

    path: str
    kind: Classification
    reason: str = ""
    remedy: str = ""
    doi: str = ""
    pmid: str = ""
    state: str = ""
    notice_doi: str = ""
    page_count: int = 0
    marked_pages: tuple[int, ...] = ()
    means: tuple[str, ...] = ()
    hidden_share: float = 0.0
    findings: tuple[str, ...] = ()
    rewritten_by: str = ""
    additions: tuple[str, ...] = ()
    is_strict: bool = False

    @property
    def label(self) -> str:
        """The class in words for people. An article is only called “not retracted” if the list says what it is."""
        return self.kind.value if self.kind is Classification.NOT_RETRACTED and self.state else self.kind.label

    @property
    def needs_attention(self) -> bool:
        """Whether someone needs to act. With `is_strict`, also when something could not be checked."""
        return self.kind.needs_attention or (
            self.is_strict and (self.kind is Classification.UNKNOWN or bool(self.findings))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedBag:
    """One bag. `stale` are the PDFs that were marked after the bag was made; `faults` are the other problems.

    A PDF is stale only if it verifies and its original is the file that the manifest lists. `failure` says why the bag
    could not be checked, or its manifests not be updated, and `remedy` what to do about that.
    """

    path: str
    stale: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    updated: bool = False
    failure: str = ""
    remedy: str = ""

    @property
    def needs_attention(self) -> bool:
        """Whether someone needs to act."""
        return bool(self.failure or self.faults) or (bool(self.stale) and not self.updated)
