"""The desk seals with the key of a profile that it was started with, and neither key nor password reaches the page."""

from pathlib import Path

import pytest

from tests.desk.serving import opened
from tests.helpers.build import build
from tests.helpers.certificates import PASSWORD, Authority
from watermark import Claim, SealPolicy, Status, verify

pytestmark = pytest.mark.usefixtures("in_this_process")
TITLE = "Rain and Its Effects on the Small Towns of the Mountains"
PROFILE = '[seal]\nkey = "key.p12"\npassword-file = "password.txt"\nlevel = "b-b"\n'


def test_a_profile_with_a_key_seals_what_is_stamped(tmp_path: Path, ca: Authority) -> None:
    article, notice, folder = tmp_path / "article.pdf", tmp_path / "notice.md", tmp_path / "desk"
    article.write_bytes(build(title=TITLE, pages=2))
    notice.write_text(f"# {TITLE} [Retraction]\n\nWe, the editors, hereby retract the article named above.\n", "utf-8")
    folder.mkdir()
    (tmp_path / "house.toml").write_text(PROFILE)
    (tmp_path / "password.txt").write_text(f"{PASSWORD}\n")
    ca.issued().save(tmp_path / "key.p12", ca.issuer)
    roots = ca.trust_folder(tmp_path / "roots")
    page, _ = opened(folder, profiles={"house": tmp_path / "house.toml"})
    given = page.give_article(article)
    page.give_notice(notice)
    answer = page.post(f"/api/articles/{given['id']}/stamp", {"profile": "house"})
    (done,) = answer.json()["done"]
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(page.get(f"/api/done/{done['id']}/copy").content)
    report = verify(copy, seal=SealPolicy(trust=str(roots), is_required=True))
    assert report.passed
    assert report.status_of(Claim.SEALED) is Status.OK
    for shown in (answer.text, page.get("/api/desk").text):
        assert PASSWORD not in shown
        assert "key.p12" not in shown
