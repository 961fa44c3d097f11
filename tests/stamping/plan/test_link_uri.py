"""Links to notices and articles are URIs, and a DOI is whole in them."""

from dataclasses import replace
from html import escape
from pathlib import Path
from urllib.parse import quote

import pikepdf
import pytest

from tests.helpers.pieces.archival import xmp_packet
from tests.stamping.test_pipeline import request_for, stamped
from watermark.models import Claim, Result
from watermark.notice import Notice, NoticeFile, Reference, State, normalised_doi
from watermark.pdf.serialization import Name
from watermark.stamping.pipeline import plan_outcome, stamp_outcome
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


def with_notice(asked: StampRequest, article: Reference, doi: str) -> StampRequest:
    """Return the request with a notice that has this DOI in place of its own."""
    notice = Notice(state=State.RETRACTION, article=article, doi=doi)
    return replace(asked, notice=NoticeFile(notice=notice, data=b"x", name="n.txt", media_type="text/plain"))


@pytest.mark.parametrize(
    "doi", [SICI, "10.1002/a#b", "10.1002/a?b=c", "10.1002/a%3cb", '10.1002/"a"[b]{c}|^`', "10.1/é"]
)
def test_an_article_is_marked_whatever_characters_the_doi_of_its_notice_has(tmp_path: Path, doi: str) -> None:
    asked = request_for(tmp_path)
    outcome = stamped(with_notice(asked, Reference(title=asked.notice.notice.article.title), doi))
    with pikepdf.open(outcome.copy) as copy:
        assert bytes(copy.pages[0].obj.Annots[-1].A.URI).decode() == uri_of(f"https://doi.org/{doi}")


ARTICLE_SICI = "10.1002/(SICI)1097-0142(19980815)83:4<734::AID-CNCR16>3.0.CO;2-#"


def link_to(address: str) -> dict[str, object]:
    action = {"/S": Name("/URI"), "/URI": address}
    return {"/Annots": [{"/Subtype": Name("/Link"), "/Rect": [70, 20, 90, 30], "/A": action}]}


def packet_with(doi: str) -> dict[str, object]:
    entry = f'<prism:doi xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">{doi}</prism:doi>'
    return {"xmp": xmp_packet("x").replace(b"<pdf:P", entry.encode() + b"<pdf:P")}


def page_with(doi: str) -> dict[str, object]:
    return {"text": f"Words of the article.\nDOI: {doi}\n" + "More words.\n" * 9}


ABOUT_ITSELF: dict[str, dict[str, object]] = {
    "XMP": packet_with(escape(ARTICLE_SICI)),
    "XMP, escaped twice": packet_with(escape(escape(ARTICLE_SICI))),
    "XMP, broken": packet_with(escape(ARTICLE_SICI).replace("::", "::\n ")),
    "Info": {"info": {"/Title": "x", "/doi": ARTICLE_SICI}},
    "Info, percent-encoded": {"info": {"/Title": "x", "/doi": f"doi:{quote(ARTICLE_SICI)}"}},
    "a link": {"page_entries": link_to(f"http://dx.doi.org/{ARTICLE_SICI}")},
    "a link, percent-encoded": {"page_entries": link_to(f"https://doi.org/{quote(ARTICLE_SICI, safe='')}")},
    "Crossmark": {"page_entries": link_to(f"https://crossmark.crossref.org/dialog?doi={quote(ARTICLE_SICI, safe='')}")},
    "the page": page_with(ARTICLE_SICI),
    "the page, broken": page_with(ARTICLE_SICI.replace("(1998", "(\n1998")),
}


@pytest.mark.parametrize("peculiarities", ABOUT_ITSELF.values(), ids=ABOUT_ITSELF.keys())
def test_an_article_is_known_by_its_sici_wherever_it_is_and_however_it_is_written(
    tmp_path: Path, peculiarities: dict[str, object]
) -> None:
    asked = request_for(tmp_path, **{"info": {"/Title": "Another title"}, **peculiarities})
    outcome = plan_outcome(with_notice(asked, Reference(doi=normalised_doi(ARTICLE_SICI)), normalised_doi(SICI)))
    assert outcome.result is Result.PLANNED, outcome.reason
    assert outcome.receipt is not None
    assert outcome.receipt.match == "match"


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
