"""Notice pages that say other facts than the receipt, in a copy that may hold no notice document, do not verify."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.helpers import forgeries as forge
from tests.helpers.tampered_copies import Tamper, stamped
from watermark.notice import State
from watermark.verification.notice_facts import facts_differ
from watermark.verification.verifier import receipt_of, verify_copy

OTHER = "10.5555/other"
FACTS: dict[str, tuple[Tamper, str]] = {
    "another article": (forge.receipt_with(article_doi=OTHER), f"do not name the DOI of the article, {OTHER}"),
    "another notice": (
        forge.receipt_with(notice_link=f"https://doi.org/{OTHER}", line_link=f"https://doi.org/{OTHER}"),
        f"do not name the address of the notice, {OTHER}",
    ),
    "no link to it": (
        forge.receipt_with(notice_link=f"https://doi.org/{OTHER}", line_link=f"https://doi.org/{OTHER}"),
        f"no link of the notice pages leads to the notice, https://doi.org/{OTHER}",
    ),
    "another day": (
        forge.receipt_with(marked_at=datetime(2020, 1, 1, tzinfo=UTC)),
        "do not name the day of the marking, 2020-01-01",
    ),
    "another state": (forge.receipt_with(state=State.WITHDRAWAL), "begin with “retraction notice”"),
    "another program": (forge.receipt_with(tool="watermark 1.0.7"), "do not name the program"),
}


@pytest.mark.parametrize("fact", FACTS)
def test_notice_pages_with_another_fact_than_the_receipt_do_not_verify(tmp_path: Path, fact: str) -> None:
    tamper, message = FACTS[fact]
    failures = verify_copy(stamped(tmp_path, tamper, pdfa="1b"), asks_verapdf=False).failures
    assert any(message in one.message for one in failures), failures


def test_facts_may_be_broken_in_two_lines_and_written_as_addresses_are(tmp_path: Path) -> None:
    receipt = replace(receipt_of(stamped(tmp_path, pdfa="1b")), notice_link="https://e.example/a-b?c=%C3%A9")
    facts = [receipt.article_doi, receipt.notice_link, receipt.original_sha256, "2026-01-02", receipt.tool]
    text = "\n".join(re.sub(r"[/3-]", lambda found: f"{found[0]}\n", one) for one in facts)
    assert not list(facts_differ(text.upper(), receipt))
    assert len(list(facts_differ("", receipt))) == len(facts)
