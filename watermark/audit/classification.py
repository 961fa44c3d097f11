"""The class that each PDF gets: exactly one."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
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


WELL = frozenset({Kind.NOT_RETRACTED, Kind.OURS, Kind.OTHERS_ALL, Kind.NOTICE, Kind.UNKNOWN})
MEANING = {
    Kind.NOT_RETRACTED: "The list has nothing against the article, and it carries no mark.",
    Kind.UNMARKED: "The list says that the article is retracted, and the PDF does not show it.",
    Kind.OURS: "The copy was marked by this tool, and every proof holds.",
    Kind.DAMAGED: "The copy was marked by this tool, and a proof fails: it was changed afterwards.",
    Kind.OTHERS_ALL: "Every page carries a mark that this tool did not make.",
    Kind.OTHERS_SOME: "Only some pages carry a mark.",
    Kind.HIDES: "The mark makes part of the article unreadable.",
    Kind.NOT_LISTED: "The PDF is marked as retracted, and the list does not say so.",
    Kind.REINSTATED: "The article was reinstated, and the PDF is still marked.",
    Kind.NOTICE: "The PDF is a notice of retraction: it is not marked.",
    Kind.UNKNOWN: "The PDF names no DOI, and its title is not in the list.",
    Kind.NOT_CHECKED: "The file could not be checked.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One PDF's class, with the reason, and the command or the deed that mends it ("" where nothing is to be done).

    `marked_pages` count from 1; `hidden_share` is the greatest share of a page's ink that a mark hides, 0 to 1.
    """

    path: str
    kind: Kind
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
        return self.kind.needs_attention or (self.is_strict and (self.kind is Kind.UNKNOWN or bool(self.findings)))


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
