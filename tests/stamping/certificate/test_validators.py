"""The reference validator on certificates: PDF/A-2u and PDF/UA-1, whatever the article is."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import page as page_validation
import pytest

import watermark
from tests.conftest import SHARED
from tests.helpers.tag_check import faults_in_tags
from tests.stamping.certificate.copies import AT, NOTICE, notice_file
from watermark.errors import RefusedError
from watermark.stamping.certificate import certificate_path

ARTICLES = ("acm-icse-2024", "cermine-slides", "jose-00090-a3b", "plosone-2014", "peerj-cs-118-rotated-page")
FORTY = tuple(f"Firstname{number} Lastname{number}" for number in range(40))


@pytest.mark.slow
@pytest.mark.corpus
def test_certificates_of_real_articles_are_valid_for_both_validators(
    tmp_path: Path, tool: Callable[[str], str]
) -> None:
    notice = notice_file(
        replace(NOTICE, article=replace(NOTICE.article, title=NOTICE.article.title * 5, authors=FORTY))
    )
    certificates = []
    for name in ARTICLES:
        copy = tmp_path / f"{name}.pdf"
        article = SHARED / "corpus" / "articles" / copy.name
        outcome = watermark.stamp(article, notice, copy, at=AT, force_match="a test of certificates")
        certificates.append(watermark.certificate(copy, report=outcome.report, at=AT))
    for path in certificates:
        data = path.read_bytes()
        assert not faults_in_tags(data)
        for profile in ("2u", "ua1"):
            assert not page_validation.validate_pdf_bytes(data, profile=profile).failures
    for flavour in ("2u", "ua1"):
        command = [
            tool("verapdf"),
            "--format",
            "json",
            "--loglevel",
            "0",
            "--flavour",
            flavour,
            *map(str, certificates),
        ]
        answer = json.loads(subprocess.run(command, capture_output=True, check=False, timeout=300).stdout)
        results = [job["validationResult"] for job in answer["report"]["jobs"]]
        assert len(results) == len(certificates)
        assert all(result[0]["compliant"] for result in results)


@pytest.mark.slow
@pytest.mark.corpus("geometry", "content", "encrypted", "scans", "pdf20")
def test_each_copy_of_an_odd_original_has_a_certificate_of_two_pages(shared_pdf: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.pdf"
    try:
        outcome = watermark.stamp(shared_pdf, notice_file(NOTICE), copy, at=AT, force_match="a test of certificates")
    except RefusedError:
        pytest.skip("it is refused")
    saved = watermark.certificate(copy, report=outcome.report, at=AT)
    assert saved == certificate_path(copy)
    for profile in ("2u", "ua1"):
        assert not page_validation.validate_pdf_bytes(saved.read_bytes(), profile=profile).failures
