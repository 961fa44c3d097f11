"""What a check finds, whatever it raises: a check that breaks has proved nothing."""

from collections.abc import Callable, Iterable, Iterator

from watermark.errors import FailedError
from watermark.models import Claim, Finding, Status, plain
from watermark.verification.evidence import Evidence, NotComparableError


def findings_of(
    claims: tuple[Claim, ...], check: Callable[[Evidence], Iterable[Finding]], evidence: Evidence
) -> Iterator[Finding]:
    """Yield the findings of a check. Its errors become findings here and nowhere else, so that none is lost."""
    try:
        yield from check(evidence)
    except NotComparableError as error:
        yield from _not_run(claims, plain(error.reason, 300), Status.NOT_CHECKED)
    except FailedError as error:
        position = f" ({error.place})" if error.place else ""
        yield from _not_run(claims, f"{plain(error.reason, 300)}{position}")
    except Exception as error:  # noqa: BLE001 - a check that breaks on a hostile file has proved nothing
        yield from _not_run(claims, f"{type(error).__name__}: {plain(error)}")


def _not_run(claims: tuple[Claim, ...], why: str, status: Status = Status.FAILED) -> Iterator[Finding]:
    prefix = "the check itself could not be run: " if status is Status.FAILED else ""
    for claim in claims:
        yield Finding(claim=claim, status=status, message=prefix + why)
