"""One record of a list of retractions."""

from dataclasses import dataclass
from enum import StrEnum

from watermark.notice import Reference, State


class Form(StrEnum):
    """The formats of a list."""

    OWN = "own"
    WATCH = "watch"
    CROSSREF = "crossref"
    PUBMED = "pubmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetractionRecord:
    """One record of a list. "" means not given; `problem` is the reason why a record is not valid.

    `notice` is the path of the notice's file, relative to the folder of the list; the state is read from it if the list
    gives none. `start_byte` is the position of a Crossref or PubMed record in the list, and -1 in the other formats.
    """

    doi: str = ""
    pmid: str = ""
    form: Form = Form.OWN
    state: State | None = None
    notice_doi: str = ""
    date: str = ""
    title: str = ""
    notice: str = ""
    start_byte: int = -1
    problem: str = ""
    authors: tuple[str, ...] = ()
    year: int = 0

    @property
    def article(self) -> Reference:
        """The article, cited by its PubMed ID where nothing else of the record may identify it."""
        is_cited = self.pmid and (self.form is Form.OWN or not self.doi)
        return Reference(
            doi=self.doi,
            title=self.title,
            authors=self.authors,
            year=self.year or None,
            citation=f"PMID: {self.pmid}" if is_cited else "",
        )
