"""One record of a list of retractions."""

from dataclasses import dataclass
from enum import StrEnum

from watermark.notice import State


class Form(StrEnum):
    """The formats of a list."""

    OWN = "own"
    WATCH = "watch"
    CROSSREF = "crossref"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetractionRecord:
    """One record of a list. "" means not given; `problem` is the reason why a record is not valid.

    `notice` is the path of the notice's file, relative to the folder of the list; the state is read from it if the list
    gives none. `start_byte` is the position of a Crossref record in the list, and -1 in the other formats.
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
