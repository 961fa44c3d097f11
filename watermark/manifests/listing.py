"""What a list of retractions says of one article."""

from dataclasses import dataclass

from watermark.errors import NoticeError
from watermark.notice import Notice, Reference, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One record of a list. "" is what it does not say; `problem` says why a record cannot be understood.

    `notice` is the notice's file as an own list names it; `start_byte` is where a Crossref record begins in the list,
    and -1 in the other forms.
    """

    doi: str
    state: State | None = None
    notice_doi: str = ""
    date: str = ""
    title: str = ""
    notice: str = ""
    start_byte: int = -1
    problem: str = ""

    def as_notice(self) -> Notice:
        """Return the record as a notice. Raises NoticeError where it cannot be understood."""
        if self.state is None:
            raise NoticeError(self.problem, remedy="Look at the list.")
        article = Reference(doi=self.doi, title=self.title)
        return Notice(state=self.state, article=article, doi=self.notice_doi, date=self.date)
