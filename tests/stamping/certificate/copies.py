"""Marked copies for the tests of certificates, with the report on each."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.helpers.build import build
from watermark.models import Outcome, VerificationReport
from watermark.notice import Notice, NoticeFile, Reference, State, to_json
from watermark.stamping.certificate import CertificateRequest, certificate_bytes
from watermark.stamping.pipeline import stamp_article
from watermark.stamping.plan import StampRequest

AT = datetime(2024, 5, 1, 12, tzinfo=UTC)
TITLE = "The effect of one treatment on the outcome of a trial"
AUTHORS = ("A. Doe", "B. Roe")
NOTICE = Notice(
    state=State.RETRACTION,
    article=Reference(title=TITLE, authors=AUTHORS, journal="J Ex", year=2020, volume="13", doi="10.1000/xyz123"),
    doi="10.1000/notice",
    date="2024-04-30",
    issuers=("The Editor-in-Chief",),
    requested_by=("the authors",),
    reasons=("Image duplication",),
    statement=("We retract the article named above.",),
)


def notice_file(notice: Notice) -> NoticeFile:
    data = to_json(notice).encode()
    return NoticeFile(notice=notice, data=data, name="notice.json", media_type="application/json")


def marked(folder: Path, notice: Notice = NOTICE, *, pdfa: str | None = None, **options: Any) -> Outcome:  # noqa: ANN401 - each has its own type
    """Leave a copy at `copy.pdf`, of an original with the title and DOI above; `options` change the request."""
    article = folder / "article.pdf"
    article.write_bytes(build(title=TITLE, text=(f"{TITLE} doi:10.1000/xyz123 {' '.join(AUTHORS)} 2020",), pdfa=pdfa))
    request = StampRequest(article=article, notice=notice_file(notice), marked_at=AT, asks_verapdf=False)
    return stamp_article(replace(request, **options), folder / "copy.pdf", overwrite=True)


def certified(outcome: Outcome, **options: Any) -> bytes:  # noqa: ANN401 - each has its own type
    """Return the certificate of a copy that was just marked."""
    request = CertificateRequest(copy=Path(outcome.copy), at=AT, report=outcome.report)
    return certificate_bytes(replace(request, **options))


def without(report: VerificationReport, *claims: object) -> VerificationReport:
    """Return the report as if these claims had not been checked."""
    return replace(report, findings=tuple(item for item in report.findings if item.claim not in claims))
