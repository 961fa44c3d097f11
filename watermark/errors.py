"""Every error that leaves a public function: one root, an exit status and a remedy each."""

from enum import StrEnum
from typing import ClassVar


class Reason(StrEnum):
    """Why an article is not marked: a refusal, not a failure."""

    MISMATCH = "the PDF is not the article that the notice names"
    NOT_KNOWN_TO_MATCH = "nothing tells whether the PDF is the article that the notice names"
    IS_THE_NOTICE = "the PDF is the retraction notice itself"
    SIGNED = "the PDF is digitally signed"
    ENCRYPTED = "the PDF is encrypted"
    DAMAGED = "the PDF is damaged"
    TOO_LARGE = "the PDF has more than any article"
    NOT_A_PDF = "the file is not a PDF"
    NOT_A_RETRACTION = "the notice does not retract the article"
    REMOVAL = "the notice removes the article"
    XFA = "the PDF is an XFA form"
    PORTFOLIO = "the PDF is a portfolio"
    NOT_KEPT_ARCHIVABLE = "the copy would lose its PDF/A or PDF/UA conformance"
    MARKED_FOR_ANOTHER_NOTICE = "the copy is already marked for another notice"
    CANNOT_BE_PROVED = "the copy could not be proved"


class WatermarkError(Exception):
    """The root. `remedy` tells the user what to do next; `exit_status` is what the command ends with."""

    exit_status: ClassVar[int] = 4

    def __init__(self, reason: str, *, file: str = "", place: str = "", remedy: str) -> None:
        """Keep the plain words apart, so that reports can lay them out."""
        super().__init__(reason)
        self.reason = reason
        self.file = file
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.place) if part)
        return f"{where}: {self.reason}. {self.remedy}" if where else f"{self.reason}. {self.remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process borders: pickle the words, not the traceback."""
        return _rebuild, (type(self), dict(self.__dict__))


def _rebuild(kind: type[WatermarkError], words: dict[str, object]) -> WatermarkError:
    error = kind.__new__(kind)
    Exception.__init__(error, words["reason"])
    error.__dict__.update(words)
    return error


class UsageError(WatermarkError):
    """What was asked for cannot be understood or done as asked."""

    exit_status = 2


class RefusedError(WatermarkError):
    """The article is left alone, for a reason that a person has to decide on."""

    exit_status = 3

    def __init__(self, code: Reason, detail: str = "", *, file: str = "", place: str = "", remedy: str) -> None:
        """Say the reason in words, with what was found in this file."""
        super().__init__(f"{code.value}: {detail}" if detail else code.value, file=file, place=place, remedy=remedy)
        self.code = code


class NoticeError(WatermarkError):
    """The notice cannot be read."""


class FailedError(WatermarkError):
    """Something that should have worked did not: a disk, a damaged file, a defect of this tool."""


class NotVerifiedError(WatermarkError):
    """The copy does not verify; the findings say where."""

    exit_status = 5
