"""What a seal without a time stamp adds to a stamp, once pyHanko is loaded.

`python -m tests.benchmarks.sealing PDF...`, from the root of the repository, prints the processor time of the step that
seals the copy of each article and checks the seal: the median of four rounds. veraPDF is not asked.
"""

import statistics
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import click

from tests.benchmarks.measuring import usage_of
from tests.benchmarks.ours import request_for
from tests.helpers.certificates import PASSWORD, authority
from watermark.models import Result
from watermark.stamping import pipeline
from watermark.stamping.seal.options import SealOptions
from watermark.stamping.seal.seal_step import Sealed, sealed

ROUNDS = 4
BAR_MILLISECONDS = 60


def milliseconds(article: Path, copy: Path, seal: SealOptions) -> float:
    """Return what the step takes. Raises RuntimeError for an article that is refused."""
    taken: list[float] = []

    def timed(*arguments: Any, **options: Any) -> Sealed:  # noqa: ANN401 - those of the step
        found: list[Sealed] = []
        taken.append(usage_of(lambda: found.append(sealed(*arguments, **options))).processor)
        return found[0]

    request = replace(request_for(article), seal=seal, asks_verapdf=False)
    with patch.object(pipeline, "sealed", timed):
        for _ in range(ROUNDS + 1):  # the first one loads pyHanko
            outcome = pipeline.stamp_outcome(request, copy, overwrite=True)
            if outcome.result is not Result.MARKED:
                raise RuntimeError(outcome.reason)
    return 1000 * statistics.median(taken[1:])


def main() -> None:
    """Measure each article, and print how many are within the bar."""
    with TemporaryDirectory() as folder, authority() as ca:
        key = ca.issued().save(Path(folder) / "key.p12", ca.issuer)
        measured = partial(
            milliseconds, copy=Path(folder) / "copy.pdf", seal=SealOptions(key=str(key), password=PASSWORD)
        )
        found = []
        for name in sys.argv[1:]:
            found.append(measured(Path(name)))
            click.echo(f"{found[-1]:6.0f} ms  {name}")
        within = sum(one <= BAR_MILLISECONDS for one in found)
        median = statistics.median(found)
        click.echo(f"median {median:.0f} ms; {within} of {len(found)} take at most {BAR_MILLISECONDS} ms")


if __name__ == "__main__":
    main()
