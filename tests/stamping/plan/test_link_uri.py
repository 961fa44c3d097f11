"""Links to notices and articles are URIs, and a DOI is whole in them."""

from pathlib import Path

import pikepdf
import pytest

from tests.stamping.test_pipeline import request_for, stamped
from watermark.models import Claim
from watermark.notice import Notice, NoticeFile, Reference, State
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.plan import StampRequest
from watermark.stamping.plan.wording import uri_of
from watermark.verification.mark_placement import target_differs

SICI = "10.1002/(sici)1097-0142(19990115)85:2<512::aid-cncr32>3.0.co;2-x"
ENCODED_SICI = "https://doi.org/10.1002/(sici)1097-0142(19990115)85:2%3C512::aid-cncr32%3E3.0.co;2-x"


@pytest.mark.parametrize(
    ("link", "uri"),
    [
        ("https://doi.org/10.1234/plain.5-6_7", "https://doi.org/10.1234/plain.5-6_7"),
        (f"https://doi.org/{SICI}", ENCODED_SICI),
        ("https://doi.org/10.1002/a#b?c%d", "https://doi.org/10.1002/a%23b%3Fc%25d"),
        ("https://doi.org/10.1002/a%3cb", "https://doi.org/10.1002/a%253cb"),
        ("https://doi.org/10.1234/né", "https://doi.org/10.1234/n%C3%A9"),
        ("https://example.org/n?id=1&x=%20y#top", "https://example.org/n?id=1&x=%20y#top"),
        ("https://example.org/a b<c>|100%", "https://example.org/a%20b%3Cc%3E%7C100%25"),
        ("", ""),
    ],
)
def test_a_link_is_a_uri_with_the_whole_doi(link: str, uri: str) -> None:
    assert uri_of(link) == uri


@pytest.mark.parametrize(
    "doi", [SICI, "10.1002/a#b", "10.1002/a?b=c", "10.1002/a%3cb", '10.1002/"a"[b]{c}|^`', "10.1/é"]
)
def test_an_article_is_marked_whatever_characters_the_doi_of_its_notice_has(tmp_path: Path, doi: str) -> None:
    asked = request_for(tmp_path)
    article = Reference(title=asked.notice.notice.article.title)
    notice = Notice(state=State.RETRACTION, article=article, doi=doi)
    given = NoticeFile(notice=notice, data=b"x", name="n.txt", media_type="text/plain")
    outcome = stamped(StampRequest(article=asked.article, notice=given, marked_at=asked.marked_at))
    with pikepdf.open(outcome.copy) as copy:
        assert bytes(copy.pages[0].obj.Annots[-1].A.URI).decode() == uri_of(f"https://doi.org/{doi}")


def test_the_verifier_objects_to_a_doi_that_is_cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("planner", "edge_lines"):
        monkeypatch.setattr(f"watermark.stamping.plan.{module}.uri_of", lambda link: link.replace("n", "n#x"))
    outcome = stamp_outcome(request_for(tmp_path), tmp_path / "copy.pdf")
    assert outcome.report is not None
    assert "which cuts the DOI short" in str(
        [item for item in outcome.report.failures if item.claim is Claim.STRUCTURE]
    )


@pytest.mark.parametrize(
    "target", [f"https://doi.org/{SICI}", "https://doi.org/10.1002/a%zz", "https://doi.org/10.1/é"]
)
def test_the_verifier_objects_to_a_target_that_is_not_a_uri(target: str) -> None:
    assert target_differs(target, target) == "which is not a URI"


def test_the_verifier_takes_an_encoded_target_for_a_receipt_that_is_not_encoded() -> None:
    assert target_differs(ENCODED_SICI, f"https://doi.org/{SICI}") == ""
    assert target_differs(ENCODED_SICI, ENCODED_SICI) == ""
    assert target_differs("https://doi.org/10.1002/other", ENCODED_SICI) == "not to the notice"
