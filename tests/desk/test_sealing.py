"""The desk seals with the key of a profile that it was started with, and neither key nor password reaches the page."""

from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.desk.serving import Page, opened
from tests.helpers.build import build
from tests.helpers.certificates import PASSWORD, Authority, issue
from watermark import Claim, SealPolicy, Status, verify
from watermark.desk.work.choices import Choices

pytestmark = pytest.mark.usefixtures("in_this_process")
TITLE = "Rain and Its Effects on the Small Towns of the Mountains"
PROFILE = '[seal]\nkey = "key.p12"\nlevel = "b-b"\n'
WITH_FILE = f'{PROFILE}password-file = "password.txt"\n'


@pytest.fixture
def place(tmp_path: Path, ca: Authority) -> Path:
    """A folder with an article, its notice, a key and the profile “house”."""
    (tmp_path / "article.pdf").write_bytes(build(title=TITLE, pages=2))
    notice = f"# {TITLE} [Retraction]\n\nWe, the editors, hereby retract the article named above.\n"
    (tmp_path / "notice.md").write_text(notice, "utf-8")
    (tmp_path / "desk").mkdir()
    (tmp_path / "password.txt").write_text(f"{PASSWORD}\n")
    ca.issued().save(tmp_path / "key.p12", ca.issuer)
    return tmp_path


def with_profile(place: Path, profile: str) -> tuple[Page, str]:
    """Return the page of a desk that has the profile, and the identifier of the article that was given to it."""
    (place / "house.toml").write_text(profile)
    page, _ = opened(place / "desk", profiles={"house": place / "house.toml"})
    given = page.give_article(place / "article.pdf")
    page.give_notice(place / "notice.md")
    return page, str(given["id"])


def tried(page: Page, identifier: str, what: str = "preview", **choices: str) -> dict[str, Any]:
    """Return the article after a preview or an attempt with the profile."""
    page.post(f"/api/articles/{identifier}/{what}", {"profile": "house", **choices})
    return page.article(identifier)


def test_a_profile_with_a_key_seals_what_is_stamped(place: Path, ca: Authority) -> None:
    page, identifier = with_profile(place, WITH_FILE)
    answer = page.post(f"/api/articles/{identifier}/stamp", {"profile": "house"})
    (done,) = answer.json()["done"]
    copy = place / "copy.pdf"
    copy.write_bytes(page.get(f"/api/done/{done['id']}/copy").content)
    report = verify(copy, seal=SealPolicy(trust=str(ca.trust_folder(place / "roots")), is_required=True))
    assert report.passed
    assert report.status_of(Claim.SEALED) is Status.OK
    for shown in (answer.text, page.get("/api/desk").text):
        assert PASSWORD not in shown
        assert "key.p12" not in shown


def test_what_the_seal_will_do_is_reported_before_anything_is_signed_and_its_result_afterwards(
    place: Path, ca: Authority
) -> None:
    stamped = f'{WITH_FILE}timestamp-url = "{ca.url}/timestamp"\ncertify = true\n'.replace("b-b", "b-t")
    page, identifier = with_profile(place, stamped)
    ca.requests.clear()
    profiles = page.get("/api/desk").json()["profiles"]
    assert profiles["house"]["seal"] == (
        "Each copy is sealed with the key of this profile, so that readers can check whose mark it is. "
        "For the time stamp, a digest is sent to 127.0.0.1, and nothing else. "
        "The copy is final: no later change is allowed."
    )
    assert profiles[""]["seal"] == ""
    assert tried(page, identifier)["outcome"]["seal"] == "B-T, to be signed by A publisher"
    assert ca.requests == []
    outcome = tried(page, identifier, "stamp")["outcome"]
    assert outcome["seal"] == "B-T, signed by A publisher"
    assert "/timestamp" in ca.requests
    (row,) = (row for row in outcome["report"]["claims"] if row["claim"] == "sealed")
    assert row["status"] == "passed"
    assert "the copy is signed by “A publisher” before" in row["messages"][0]


def test_the_password_of_a_key_is_asked_for_once_and_is_kept_nowhere_else(place: Path) -> None:
    page, identifier = with_profile(place, PROFILE)
    refused = tried(page, identifier)
    assert refused["state"] == "refused"
    assert refused["outcome"]["reason"] == "key.p12: the key file needs a password"
    (action,) = refused["outcome"]["actions"]
    assert (action["choice"], action["secret"]) == ("seal_password", True)
    assert tried(page, identifier, seal_password=PASSWORD.upper())["state"] == "refused"
    again = tried(page, identifier)  # the wrong one is forgotten
    assert again["outcome"]["reason"] == "key.p12: the key file needs a password"
    assert tried(page, identifier, seal_password=PASSWORD)["state"] == "ready"
    done = tried(page, identifier, "stamp")
    assert done["outcome"]["seal"] == "B-B, signed by A publisher"
    for shown in ("/api/all", "/api/desk"):
        assert PASSWORD not in page.get(shown).text
    files = [path for path in (place / "desk").rglob("*") if path.is_file()]
    assert [path for path in files if PASSWORD.encode() in path.read_bytes()] == []


def test_a_key_that_is_not_for_documents_is_refused_in_the_preview(place: Path, ca: Authority) -> None:
    usage = ((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),)
    issue("example.org", ca.issuer, extensions=usage).save(place / "key.p12", ca.issuer)
    page, identifier = with_profile(place, WITH_FILE)
    outcome = tried(page, identifier)["outcome"]
    assert outcome["reason"].endswith("it is meant for another use than signing documents")
    assert "certificate for signing documents that is valid today" in outcome["remedy"]


def test_the_choices_show_no_password() -> None:
    assert PASSWORD not in repr(Choices(profile="house", password=PASSWORD, seal_password=PASSWORD))
