"""A proof on two cores: while objects are compared, other threads draw the pages and ask for validation."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from watermark.models import Proof
from watermark.runtime.second_thread import second_threads
from watermark.verification.evidence import Evidence


@contextmanager
def work_ahead(evidence: Evidence, proof: Proof, jobs: int) -> Iterator[None]:
    """Have two threads begin with a full proof, and end them afterwards. With one job there is no other thread.

    They only save time: the checks take what is ready, and do themselves what is not. Call it when the receipt is known
    to be valid, and not where other processes check pages: those have the other cores.
    """
    if proof is not Proof.FULL or jobs < 2:
        yield
        return
    from watermark.verification.conformance.page_validation import VerdictsAhead  # noqa: PLC0415 - not by structure
    from watermark.verification.pages_ahead import PagesAhead  # noqa: PLC0415 - see above

    with ExitStack() as stack, second_threads(("drawing", "validation")) as threads:
        if threads:
            drawing, validation = threads
            evidence.pages_ahead = PagesAhead(drawing, evidence)
            stack.callback(evidence.pages_ahead.close)
            evidence.verdicts_ahead = VerdictsAhead(validation, evidence)
        try:
            yield
        finally:
            evidence.pages_ahead = evidence.verdicts_ahead = None
