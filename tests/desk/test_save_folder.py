"""What is stamped is saved in the user's folder and noted in a ledger there; fonts, reports and options of the copy."""

import subprocess
import sys
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import watermark
from tests.desk.serving import AT, Page, opened
from tests.desk.test_desk import NOTICE, TITLE
from tests.helpers.build import build
from watermark.batch.ledger import NAME
from watermark.desk.save_folder import prepared_folder

pytestmark = [pytest.mark.usefixtures("in_this_process"), pytest.mark.slow]
FONT = Path(str(files("font_source_sans_pro") / "files" / "SourceSansPro-It.ttf"))
SAVED = ("certificate.pdf", "pdf", "retraction.json")


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "notice.md"
    path.write_text(NOTICE, "utf-8")
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "retracted"
    prepared_folder(folder)
    return folder


@pytest.fixture
def page(tmp_path: Path, notice: Path, out: Path) -> Page:
    (tmp_path / "desk").mkdir()
    page = opened(tmp_path / "desk", ledger=out / NAME, out=out)[0]
    page.give_notice(notice)
    return page


def article_in(folder: Path, name: str = "article.pdf", **peculiarities: Any) -> Path:  # noqa: ANN401 - of any kind
    path = folder / name
    path.write_bytes(build(**{"title": TITLE, **peculiarities}))
    return path


def stamped(page: Page, article: Path, **choices: object) -> dict[str, Any]:
    """Stamp an article, and return what was done."""
    given = page.give_article(article)
    values = page.post(f"/api/articles/{given['id']}/stamp", {"at": AT, **choices}).json()
    return dict(next(one for one in values["done"] if one["id"] == values["id"]))


def file(page: Page, done: dict[str, Any], kind: str) -> bytes:
    return page.get(f"/api/done/{done['id']}/{kind}").content


def test_what_is_stamped_is_saved_and_noted_and_what_is_refused_is_noted(page: Page, tmp_path: Path, out: Path) -> None:
    done = stamped(page, article_in(tmp_path))
    refused = stamped(page, article_in(tmp_path, "other.pdf", title="Another Article About Something Else Entirely"))
    assert (done["name"], done["not_saved"], refused["files"]) == ("article.retracted.pdf", "", [])
    names = [*(f"article.retracted.{ending}" for ending in SAVED), "article.letter.txt"]
    assert sorted(path.name for path in out.glob("[!.l]*")) == sorted(names)
    assert (out / "article.retracted.pdf").read_bytes() == file(page, done, "copy")
    assert watermark.verify(out / "article.retracted.pdf").passed
    entries = page.get("/api/ledger").json()["entries"]
    assert [(entry["article"], entry["result"]) for entry in entries] == [
        ("article.pdf", "marked"),
        ("other.pdf", "refused"),
    ]
    command = [sys.executable, "-m", "watermark", "report", str(out), "--to", "certificate"]
    subprocess.run([*command, "-o", str(tmp_path / "certificates")], check=True, capture_output=True, timeout=300)
    assert [path.read_bytes()[:4] for path in (tmp_path / "certificates").iterdir()] == [b"%PDF"]


def test_no_file_of_another_is_replaced_and_a_second_attempt_replaces_its_own(
    page: Page, tmp_path: Path, out: Path
) -> None:
    (out / "article.letter.txt").write_text("a letter of the user")
    first = stamped(page, article_in(tmp_path))
    other = stamped(page, article_in(tmp_path, pages=2))
    again = page.post(f"/api/articles/{first['article_id']}/stamp", {"at": AT, "text": "Withdrawn"}).json()["done"][-1]
    assert [done["name"] for done in (first, other, again)] == [
        "article (2).retracted.pdf",
        "article (3).retracted.pdf",
        "article (2).retracted.pdf",
    ]
    assert (out / "article.letter.txt").read_text() == "a letter of the user"
    assert (out / "article (2).retracted.pdf").read_bytes() == file(page, again, "copy") != file(page, first, "copy")
    assert (out / "article (3).retracted.pdf").read_bytes() == file(page, other, "copy")


def test_where_the_folder_cannot_be_written_the_copy_is_there_and_the_reason_is_shown(
    page: Page, tmp_path: Path, out: Path
) -> None:
    for path in out.iterdir():
        path.unlink()
    out.rmdir()
    out.write_text("a file")
    done = stamped(page, article_in(tmp_path))
    assert done["not_saved"]
    assert str(tmp_path / "desk") not in done["not_saved"]
    assert file(page, done, "copy").startswith(b"%PDF")


def test_the_report_names_the_files_as_they_are_saved_and_no_folder_of_the_desk(page: Page, tmp_path: Path) -> None:
    done = stamped(page, article_in(tmp_path, "Märzregen & more.pdf"))
    answer = page.get(f"/api/done/{done['id']}/report")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "M%C3%A4rzregen" in answer.headers["content-disposition"]
    assert 'href="M%C3%A4rzregen%20%26%20more.retracted.pdf"' in answer.text
    assert TITLE in answer.text
    assert str(tmp_path) not in answer.text
    assert page.get(f"/api/done/{done['id']}/report").text == answer.text


@pytest.mark.parametrize(
    ("peculiarities", "choices", "options"),
    [
        ({}, {"linearize": True, "rebuild": True}, {"linearize": True, "rebuild": True}),
        ({"pdfa": "2b"}, {"to_pdfa": "3b"}, {"to_pdfa": "3b"}),
        ({}, {"font": ""}, {"font": FONT}),
    ],
    ids=["for the web", "a higher part of PDF/A", "a font"],
)
def test_options_of_the_copy_give_the_same_bytes_as_the_function(  # noqa: PLR0917 - fixtures and one case
    page: Page,
    tmp_path: Path,
    notice: Path,
    peculiarities: dict[str, Any],
    choices: dict[str, Any],
    options: dict[str, Any],
) -> None:
    if "font" in choices:
        choices["font"] = page.upload("/api/fonts", "Ours.ttf", FONT.read_bytes()).json()["id"]
    article = article_in(tmp_path, **peculiarities)
    given = page.give_article(article)
    values = page.post(f"/api/articles/{given['id']}/preview", {"at": AT, **choices}).json()
    assert values["articles"][0]["state"] == "ready", values["articles"][0]["outcome"]
    done = stamped(page, article, **choices)
    watermark.stamp(article, notice, tmp_path / "copy.pdf", at=datetime.fromisoformat(AT), **options)
    assert file(page, done, "copy") == (tmp_path / "copy.pdf").read_bytes()
    assert page.get("/api/all").json()["articles"][-1]["outcome"]["is_rewritten"] is ("linearize" in choices)


def test_a_file_that_is_not_a_font_is_refused_under_its_name_and_nothing_is_left(page: Page, tmp_path: Path) -> None:
    before = set((tmp_path / "desk").iterdir())
    answer = page.upload("/api/fonts", "Ours.ttf", b"not a font")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "font")
    assert answer.json()["error"]["reason"].startswith("Ours.ttf: ")
    assert set((tmp_path / "desk").iterdir()) == before


def test_a_font_without_a_character_is_named_as_the_user_knows_it(page: Page, tmp_path: Path) -> None:
    font = page.upload("/api/fonts", "Ours.ttf", FONT.read_bytes()).json()["id"]
    done = stamped(page, article_in(tmp_path), font=font, text="\u64a4\u7a3f")
    assert done["reason"].startswith("Ours.ttf: the font has no ")
    assert stamped(page, article_in(tmp_path), font="unknown")["reason"].endswith("does not have this font any more")


def test_there_is_room_for_a_bounded_number_of_fonts(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watermark.desk.session.MAX_FONTS", 1)
    assert page.upload("/api/fonts", "a.ttf", FONT.read_bytes()).status_code == 200
    assert page.upload("/api/fonts", "b.ttf", FONT.read_bytes()).status_code == 413
