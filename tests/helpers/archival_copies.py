"""Articles stamped with everything on, for the tests of archivability."""

from datetime import UTC, datetime
from pathlib import Path

from watermark.models import Claim, Outcome
from watermark.notice import Notice, NoticeFile, Reference, State
from watermark.stamping.mark import MarkStyle
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.plan import StampRequest

NOTICE = NoticeFile(
    notice=Notice(
        state=State.RETRACTION,
        article=Reference(title="An article"),
        title="Retraction: An article",
        doi="10.5555/notice",
        date="2024-05-01",
        statement=("The article is retracted.",),
    ),
    name="notice.txt",
    data=b"The article is retracted.",
    media_type="text/plain",
)


def stamped(folder: Path, original: bytes, *, line: str = "", allow_signed: bool = False, to_pdfa: str = "") -> Outcome:
    """Return the outcome of marking an article; its copy, when there is one, is `copy.pdf` in the folder."""
    article = folder / "article.pdf"
    article.write_bytes(original)
    job = StampRequest(
        article=article,
        notice=NOTICE,
        marked_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        match_override_reason="a test",
        allow_signed=allow_signed,
        to_pdfa=to_pdfa,
        style=MarkStyle(line_text=line),
    )
    return stamp_outcome(job, folder / "copy.pdf")


def objections(outcome: Outcome, claim: Claim = Claim.ARCHIVABLE) -> str:
    """Return what the verdict has against one claim of the copy."""
    found = outcome.report.failures if outcome.report is not None else ()
    return " | ".join(finding.message for finding in found if finding.claim is claim)
