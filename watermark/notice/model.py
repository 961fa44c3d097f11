"""What a notice says, as data. What it does not say stays empty: nothing is invented."""

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum


class State(StrEnum):
    """The article's status: Crossref's update types, reinstatement, and retraction with replacement."""

    RETRACTION = "retraction"
    RETRACTED_AND_REPLACED = "retracted_and_replaced"
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
        """Whether an article in this state gets a mark on its pages."""
        return self in MARKED_STATES


RETRACTED_WHOLE = frozenset({State.RETRACTION, State.RETRACTED_AND_REPLACED, State.WITHDRAWAL})
"""The states in which the whole article is retracted."""
MARKED_STATES = RETRACTED_WHOLE | {State.PARTIAL_RETRACTION, State.EXPRESSION_OF_CONCERN}


class DoiRole(StrEnum):
    """What a DOI in a notice identifies. Every role but UNKNOWN is certain: the notice's own words show it."""

    NOTICE = "this notice"
    ARTICLE = "retracted article"
    REPLACEMENT = "replacement"
    SOURCE = "copied source"
    REFERENCE = "other reference"
    UNKNOWN = "unknown"


ROLE_NOT_SHOWN = "in the heading or foot of the notice, without its role"
"""Evidence of an UNKNOWN role: the DOI is the notice's own or the article's, and no other work's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoiMention:
    """A DOI that appears in a notice, its role, and the words of the notice that show the role."""

    doi: str
    role: DoiRole
    evidence: str


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


_FIELDS = {
    DoiRole.ARTICLE: "article's DOI",
    DoiRole.NOTICE: "notice's DOI",
    DoiRole.REPLACEMENT: "replacement's DOI",
    DoiRole.SOURCE: "source of a figure",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A retraction notice. Dates are ISO 8601 (`2024-05-01`, or less precise); DOIs are bare and lower case.

    `replacement_doi` is the DOI of the article that replaces the retracted one. `dois` lists the DOIs that the words of
    the notice name, with their roles; `doi_roles` adds those that its fields name.
    """

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
    replacement_doi: str = ""
    dois: tuple[DoiMention, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of what the notice says, in hexadecimal: equal for the same words in another file format.

        The roles of DOIs are left out, as they are an interpretation of the words.
        """
        content = asdict(self)
        del content["dois"]
        if not self.replacement_doi:
            del content["replacement_doi"]  # so that copies made before the field existed keep their digest
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode("utf-8")).hexdigest()

    @property
    def doi_roles(self) -> tuple[DoiMention, ...]:
        """Every DOI of the notice with its role, each once; a certain role in the words outweighs the fields.

        A DOI that the fields name twice, as where a notice and its article share one, is the article's.
        """
        fields = [
            (self.article.doi, DoiRole.ARTICLE),
            (self.doi, DoiRole.NOTICE),
            (self.replacement_doi, DoiRole.REPLACEMENT),
            *((match.source.doi, DoiRole.SOURCE) for match in self.figure_matches),
        ]
        found: dict[str, DoiMention] = {}
        for mention in self.dois:
            if mention.role is not DoiRole.UNKNOWN:
                found.setdefault(mention.doi, mention)
        for doi, role in fields:
            if doi:
                found.setdefault(doi, DoiMention(doi=doi, role=role, evidence=f"given as the {_FIELDS[role]}"))
        for mention in self.dois:
            found.setdefault(mention.doi, mention)
        return tuple(found.values())

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

    `source` names the index or archive whose record this is (`PubMed`, `Retraction Watch`), and `source_date` the ISO
    8601 day of that record where it gives one. Both are empty for a notice that comes from no such index.
    """

    notice: Notice
    data: bytes
    name: str
    media_type: str
    warnings: tuple[str, ...] = ()
    source: str = ""
    source_date: str = ""

    @property
    def dated_source(self) -> str:
        """The source and the date of its record: `PubMed, 2024-05-04`; empty where there is no source."""
        return f"{self.source}, {self.source_date}" if self.source and self.source_date else self.source

    @property
    def description(self) -> str:
        """What the file is, in one line: the publisher's notice, or the record of an index."""
        if self.source:
            return f"Retraction record of {self.dated_source}; not the publisher's own notice"
        return "Retraction notice as the publisher gave it"
