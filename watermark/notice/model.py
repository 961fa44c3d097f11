"""What a notice says, as data. What it does not say stays empty: nothing is invented."""

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum


class State(StrEnum):
    """What has become of the article, in Crossref's update types plus Retraction Watch's reinstatement."""

    RETRACTION = "retraction"
    WITHDRAWAL = "withdrawal"
    PARTIAL_RETRACTION = "partial_retraction"
    EXPRESSION_OF_CONCERN = "expression_of_concern"
    REINSTATEMENT = "reinstatement"
    REMOVAL = "removal"
    CORRECTION = "correction"
    CORRIGENDUM = "corrigendum"
    ERRATUM = "erratum"
    ADDENDUM = "addendum"
    CLARIFICATION = "clarification"
    NEW_EDITION = "new_edition"
    NEW_VERSION = "new_version"

    @property
    def is_marked(self) -> bool:
        """Whether an article in this state carries a mark on its pages."""
        return self in MARKED_STATES


MARKED_STATES = frozenset(
    {State.RETRACTION, State.WITHDRAWAL, State.PARTIAL_RETRACTION, State.EXPRESSION_OF_CONCERN},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A published article as a notice cites it; an empty string is what the notice does not say."""

    citation: str = ""
    authors: tuple[str, ...] = ()
    title: str = ""
    journal: str = ""
    year: int | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureMatch:
    """Figures of the article that are duplicates of one figure of another article."""

    figures: tuple[str, ...]
    source_figure: str
    source: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A retraction notice. Dates are ISO 8601 (`2024-05-01`, or less precise); DOIs are bare and lower case."""

    state: State
    article: Reference
    title: str = ""
    doi: str = ""
    url: str = ""
    date: str = ""
    issuers: tuple[str, ...] = ()
    requested_by: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    statement: tuple[str, ...] = ()
    figure_matches: tuple[FigureMatch, ...] = ()
    policies: tuple[str, ...] = ()
    stays_online: bool = False
    mark_text: str = ""
    language: str = "en"

    @property
    def digest(self) -> str:
        """SHA-256 of what the notice says, in hexadecimal: equal for the same words in another file format."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode("utf-8")).hexdigest()

    @property
    def link(self) -> str:
        """Where a reader finds the notice: its DOI as a URL, or its URL, or nothing."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFile:
    """A notice as read, and the file as it was: `data` is every byte, `name` has no folder.

    Of a list of many records, `data` is its header and the records about the article, as CSV. `media_type` is that
    of the content, not of the name: text/markdown, text/plain, application/json, application/yaml, application/xml,
    text/csv or application/pdf. `warnings` are sentences for the user.
    """

    notice: Notice
    data: bytes
    name: str
    media_type: str
    warnings: tuple[str, ...] = ()
