"""A proof on two cores: while objects are compared, a helper or threads draw the pages and ask for validation."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from watermark.models import Proof
from watermark.pdf.parallel_pages import Team
from watermark.runtime.second_thread import second_threads
from watermark.verification import page_checks
from watermark.verification.evidence import Evidence


@contextmanager
def work_ahead(
    evidence: Evidence, proof: Proof, jobs: int, team: Team, beside: page_checks.Beside = ()
) -> Iterator[page_checks.Shared | None]:
    """Yield the pages that helpers have begun to check, with what is checked `beside` them.

    None without helpers: then two threads draw pages ahead.

    With one job there are neither. They only save time: the checks take what is ready, and do themselves what is not.
    Threads have ended afterwards. Raises NotVerifiedError where there is no valid receipt.
    """
    if proof is not Proof.FULL or jobs < 2:
        yield page_checks.shared_pages(evidence, proof, team, beside)
        return
    from watermark.verification.conformance import page_validation as verdicts  # noqa: PLC0415 - not by structure
    from watermark.verification.pages_ahead import PagesAhead  # noqa: PLC0415 - see above

    with ExitStack() as stack, second_threads(() if team else ("drawing", "validation")) as threads:
        opened = page_checks.open_elsewhere(evidence, proof, team) if team else None
        if team:
            evidence.verdicts_ahead = verdicts.VerdictsAhead(verdicts.by_helper(team, evidence), evidence)
        elif threads:
            drawing, validation = threads
            evidence.pages_ahead = PagesAhead(drawing, evidence)
            stack.callback(evidence.pages_ahead.close)
            evidence.verdicts_ahead = verdicts.VerdictsAhead(verdicts.by_thread(validation, evidence), evidence)
        try:
            yield page_checks.shared_pages(evidence, proof, team, beside)
            if opened is not None:
                page_checks.close_elsewhere(team, opened)
        finally:
            evidence.pages_ahead = evidence.verdicts_ahead = None
