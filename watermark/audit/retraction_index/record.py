"""What a list of retractions says of one article."""

from dataclasses import dataclass
from enum import StrEnum

from watermark.notice import State


class Form(StrEnum):
    """The forms that a list comes in."""

    OWN = "own"
    WATCH = "watch"
    CROSSREF = "crossref"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetractionRecord:
    """One record of a list. "" is what it does not say; `problem` says why a record cannot be understood.

    `notice` is the notice's file as an own list names it, from the list's folder; the notice says the state where the
    list does not. `start_byte` is where a Crossref record begins in the list, and -1 in the other forms.
    """

    doi: str
    form: Form = Form.OWN
    state: State | None = None
    notice_doi: str = ""
    date: str = ""
    title: str = ""
    notice: str = ""
    start_byte: int = -1
    problem: str = ""
