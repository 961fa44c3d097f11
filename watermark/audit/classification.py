"""The class that each PDF gets: exactly one."""

from dataclasses import dataclass
from enum import StrEnum


class Classification(StrEnum):
    """What a PDF is to a list of retractions."""

    NOT_RETRACTED = "not retracted"
    UNMARKED = "retracted and unmarked"
    OURS = "marked by us and verified"
    DAMAGED = "marked by us but damaged"
    OTHERS_ALL = "marked by somebody else, all pages"
    OTHERS_SOME = "marked by somebody else, some pages"
    HIDES = "a mark hides content"
    NOT_LISTED = "marked but not in the list"
    REINSTATED = "reinstated but still marked"
    NOTICE = "the notice"
    UNKNOWN = "unknown"
    NOT_CHECKED = "not checked"

    @property
    def needs_attention(self) -> bool:
        """Whether somebody has to do something."""
        return self not in WELL

    @property
    def code(self) -> str:
        """A short name for programs: `retracted-and-unmarked`."""
        return self.value.replace(",", "").replace(" ", "-")


WELL = frozenset(
    {
        Classification.NOT_RETRACTED,
        Classification.OURS,
        Classification.OTHERS_ALL,
        Classification.NOTICE,
        Classification.UNKNOWN,
    }
)
MEANING = {
    Classification.NOT_RETRACTED: "The list has nothing against the article, and it carries no mark.",
    Classification.UNMARKED: "The list says that the article is retracted, and the PDF does not show it.",
    Classification.OURS: "The copy was marked by this tool, and every proof holds.",
    Classification.DAMAGED: "The copy was marked by this tool, and a proof fails: it was changed afterwards.",
    Classification.OTHERS_ALL: "Every page carries a mark that this tool did not make.",
    Classification.OTHERS_SOME: "Only some pages carry a mark.",
    Classification.HIDES: "The mark makes part of the article unreadable.",
    Classification.NOT_LISTED: "The PDF is marked as retracted, and the list does not say so.",
    Classification.REINSTATED: "The article was reinstated, and the PDF is still marked.",
    Classification.NOTICE: "The PDF is a notice of retraction: it is not marked.",
    Classification.UNKNOWN: "The PDF names no DOI, and its title is not in the list.",
    Classification.NOT_CHECKED: "The file could not be checked.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditResult:
    """One PDF's class, with the reason, and the command or the deed that mends it ("" where nothing is to be done).

    `marked_pages` count from 1; `hidden_share` is the greatest share of a page's ink that a mark hides, 0 to 1.
    """

    path: str
    kind: Classification
    reason: str = ""
    remedy: str = ""
    doi: str = ""
    state: str = ""
    notice_doi: str = ""
    page_count: int = 0
    marked_pages: tuple[int, ...] = ()
    means: tuple[str, ...] = ()
    hidden_share: float = 0.0
    findings: tuple[str, ...] = ()
    is_strict: bool = False

    @property
    def needs_attention(self) -> bool:
        """Whether somebody has to do something: with `is_strict`, also where nothing could be told."""
        return self.kind.needs_attention or (
            self.is_strict and (self.kind is Classification.UNKNOWN or bool(self.findings))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedBag:
    """One bag. `stale` are the PDFs that were marked after the bag was made; `faults` is what is wrong besides.

    A PDF counts as stale only when it verifies and its original is what the manifest lists: then nothing was lost.
    """

    path: str
    stale: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    updated: bool = False

    @property
    def needs_attention(self) -> bool:
        """Whether somebody has to do something."""
        return bool(self.faults) or (bool(self.stale) and not self.updated)
