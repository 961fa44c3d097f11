"""BagIt bags beside the PDFs of a command: each is checked in a worker. One that cannot be checked is a result, too."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from watermark.audit.classification import CheckedBag
from watermark.cli.in_worker_process import isolated
from watermark.errors import WatermarkError
from watermark.runtime.isolation.limits import seconds_to_read


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A bag, what returns the password of a PDF in it, and whether its manifests are updated."""

    bag: Path
    password_of: Callable[[Path], str]
    update: bool


def checked_bags(bags: Sequence[Path], password_of: Callable[[Path], str], *, update: bool) -> Iterator[CheckedBag]:
    """Yield the result of each bag: why it could not be checked or updated, where that failed."""
    for bag in bags:
        files = list(bag.rglob("*"))
        task = _Task(bag=bag, password_of=password_of, update=update)
        try:
            yield isolated(_checked, task, files, seconds=seconds_to_read(files))
        except WatermarkError as error:
            yield CheckedBag(path=str(bag), failure=error.reason, remedy=error.remedy)


def _checked(task: _Task) -> CheckedBag:
    from watermark.audit.bagit import check_bag  # noqa: PLC0415 - few folders are bags
    from watermark.audit.own_copies import original_bytes_of  # noqa: PLC0415

    return check_bag(task.bag, lambda pdf: original_bytes_of(pdf, task.password_of(pdf)), update=task.update)
