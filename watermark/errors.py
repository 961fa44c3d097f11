"""The errors that public functions raise. All derive from WatermarkError; each has a code and a remedy."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

if TYPE_CHECKING:  # a program that only reads an error needs neither findings nor paths
    from pathlib import Path

    from watermark.models import Outcome, VerificationReport


class Reason(StrEnum):
    """Why an article is refused. The value is a stable code for programs; `sentence` is the same for people."""

    sentence: str

    MISMATCH = "mismatch", "this PDF is not the article named in the notice"
    NOT_KNOWN_TO_MATCH = "not-known-to-match", "could not confirm that this PDF is the article named in the notice"
    IS_THE_NOTICE = "is-the-notice", "this PDF is the retraction notice itself"
    SIGNED = "signed", "the PDF is digitally signed"
    ENCRYPTED = "encrypted", "the PDF is encrypted"
    DAMAGED = "damaged", "the PDF is damaged"
    TOO_LARGE = "too-large", "the PDF is too large to be a single article"
    NOT_A_PDF = "not-a-pdf", "the file is not a PDF"
    NOT_A_RETRACTION = "not-a-retraction", "the notice does not retract the article"
    MARKED_BY_OTHERS = "marked-by-others", "the article already carries a retraction mark that this tool did not make"
    REMOVAL = "removal", "the notice orders removal; this tool marks articles, it does not remove content"
    XFA = "xfa", "the PDF is an XFA form"
    PORTFOLIO = "portfolio", "the PDF is a portfolio"
    NOT_KEPT_ARCHIVABLE = "not-kept-archivable", "the copy would not have the required PDF/A or PDF/UA conformance"
    MARKED_FOR_ANOTHER_NOTICE = "marked-for-another-notice", "the copy is already marked for another notice"
    MARKED_ON_OTHER_PAGES = "marked-on-other-pages", "the copy is already marked for this article on other pages"
    CANNOT_BE_PROVED = "cannot-be-proved", "the marked copy failed verification"

    def __new__(cls, code: str, sentence: str) -> Self:
        """Return the member with this code and this sentence."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.sentence = sentence
        return member


NOT_ALL_CHECKED = 6
"""The exit status of a command that is done and found nothing wrong, but could not check all that it was asked to."""


def worst_status(*statuses: int) -> int:
    """Return the exit status of several files: each problem comes before NOT_ALL_CHECKED, which says there is none."""
    return max((status for status in statuses if status != NOT_ALL_CHECKED), default=0) or max(statuses, default=0)


class WatermarkError(Exception):
    """Root of all errors of this package.

    `reason` says what is wrong, `file` and `place` where, and `remedy` what to do next. `code` is a stable name for
    programs, such as "mismatch" or "output-exists". `argument` names the argument that the remedy is about, such as
    "password", or is "". `report` holds the findings, where a copy failed verification. `exit_status` is what the
    command line ends with.
    """

    exit_status: ClassVar[int] = 4
    general_code: ClassVar[str] = "failed"
    """The code of an error without a more specific one."""

    def __init__(  # noqa: PLR0913 - the parts of an error, all by name
        self, reason: str, *, file: str = "", place: str = "", remedy: str, code: str = "", argument: str = ""
    ) -> None:
        """Keep the parts separate, so that reports can lay them out."""
        super().__init__(reason)
        self.reason = reason
        self.file = file
        self.place = place
        self.remedy = remedy
        self.code = code or self.general_code
        self.argument = argument
        self.report: VerificationReport | None = None

    @classmethod
    def of(cls, outcome: "Outcome") -> Self:
        """Return the error that an outcome was made from."""
        kept = {name: getattr(outcome, name) for name in ("reason", "remedy", "code", "argument", "report")}
        return _rebuild(cls, {"file": outcome.article, "place": "", **kept})

    def __str__(self) -> str:
        return f"{': '.join(part for part in (self.file, self.place, self.reason) if part)}. {self.remedy}".rstrip()

    def __reduce__(self) -> tuple[object, ...]:
        """Support pickling between processes: the fields are kept, the traceback is not."""
        return _rebuild, (type(self), dict(self.__dict__))


Kind = TypeVar("Kind", bound=WatermarkError)


def _rebuild(kind: type[Kind], values: dict[str, object]) -> Kind:
    error = kind.__new__(kind)
    Exception.__init__(error, values["reason"])
    error.__dict__.update(values)
    return error


class UsageError(WatermarkError):
    """An argument is invalid, or what was asked for is not possible."""

    exit_status = 2
    general_code = "usage"


class RefusedError(WatermarkError):
    """The article was not marked, for a reason that needs a person's decision. `code` is the `Reason`."""

    exit_status = 3
    general_code = "refused"
    code: Reason

    def __init__(  # noqa: PLR0913 - the parts of an error, all by name
        self, code: Reason, detail: str = "", *, file: str = "", place: str = "", remedy: str, argument: str = ""
    ) -> None:
        """Put the sentence of `code` in front of `detail`, which says what was found in this file."""
        reason = f"{code.sentence}: {detail}" if detail else code.sentence
        super().__init__(reason, file=file, place=place, remedy=remedy, code=code, argument=argument)
        self.code = code


class NoticeError(WatermarkError):
    """The notice cannot be read, or contradicts itself."""

    exit_status = 3
    general_code = "notice"


class NoticeFileError(NoticeError):
    """The file of the notice does not exist, or the system does not let it be read."""

    exit_status = 4


class MissingNoticeError(NoticeFileError):
    """There is no file of this name that could be a notice or a retraction list."""

    exit_status = 2
    general_code = "no-such-file"


class AmbiguousNoticeError(NoticeError):
    """The notice is about several articles, and none was chosen."""

    exit_status = 2
    general_code = "several-articles"


class FailedError(WatermarkError):
    """The work failed: a disk is full, a file is damaged, or this tool has a bug."""


class NotVerifiedError(WatermarkError):
    """The copy failed verification. The findings say where."""

    exit_status = 5
    general_code = "not-verified"


HOSTILE = "Check the file in a PDF editor: it may be damaged, or made to exhaust this computer."


def unreadable(path: "Path", error: OSError | ValueError) -> WatermarkError:
    """Return the error for a file that the system does not open: UsageError if no file has this name."""
    if isinstance(error, IsADirectoryError) or path.is_dir():
        reason, remedy = "this is a folder, not a file", "Use the path of the file."
    elif isinstance(error, FileNotFoundError | NotADirectoryError) or "\0" in str(path):
        reason, remedy = "the file does not exist", "Check the name and the folder."
    else:
        reason = f"cannot read the file ({getattr(error, 'strerror', None) or error})"
        return FailedError(reason, file=str(path), remedy="Check the name and permissions of the file.")
    return UsageError(reason, file=str(path), remedy=remedy, code="no-such-file")


def exhausted(error: MemoryError | RecursionError, file: str) -> FailedError:
    """Return the error for a file that takes more memory, or is nested more deeply, than is allowed."""
    is_memory = isinstance(error, MemoryError)
    reason = "there was not enough memory to read it" if is_memory else "it is nested too deeply to be read"
    return FailedError(reason, file=file, remedy=HOSTILE)


@contextmanager
def only_watermark_errors(file: "Path") -> Iterator[None]:
    """Turn every other exception into a FailedError about `file`: no built-in exception leaves a public function."""
    try:
        yield
    except WatermarkError:
        raise
    except (MemoryError, RecursionError) as error:
        raise exhausted(error, str(file)) from error
    except OSError as error:
        reason = f"not enough disk space, or no access ({error or type(error).__name__})"
        raise FailedError(reason, file=str(file), remedy="Check the file, its permissions and the disk.") from error
    except Exception as error:
        reason = f"internal error ({type(error).__name__}: {error})"
        raise FailedError(reason, file=str(file), remedy="Please report it with this message.") from error
