"""A certificate costs little beside the marking that it is about."""

import time
from pathlib import Path

import pytest

from tests.stamping.certificate.copies import AT
from watermark.notice import read_notice
from watermark.stamping.certificate import CertificateRequest, certificate_bytes
from watermark.stamping.pipeline import stamp_article
from watermark.stamping.plan import StampRequest

SAMPLES = Path(__file__).parents[3] / "samples"


@pytest.mark.slow
def test_a_certificate_costs_less_than_half_of_marking_an_article_of_eight_pages(tmp_path: Path) -> None:
    notice = read_notice(SAMPLES / "retraction-notice.md")
    request = StampRequest(article=SAMPLES / "article.pdf", notice=notice, marked_at=AT, asks_verapdf=False)
    marking, certifying = list[float](), list[float]()
    for _ in range(7):
        start = time.process_time()
        outcome = stamp_article(request, tmp_path / "copy.pdf", overwrite=True)
        marking.append(time.process_time() - start)
        start = time.process_time()
        certificate_bytes(CertificateRequest(copy=tmp_path / "copy.pdf", at=AT, report=outcome.report, notice=notice))
        certifying.append(time.process_time() - start)
    assert min(certifying) < 0.5 * min(marking)
