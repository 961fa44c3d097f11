"""What the page can do: give files, correct the notice, see the pages, stamp, and decide about what is refused."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import watermark
from tests.desk.serving import AT, SAMPLES, Page, opened
from tests.helpers.build import build
from tests.notice.crossref.server import record, serving
from tests.notice.formats.test_retraction_watch import COLUMNS, VALUES
from watermark.batch.ledger import Ledger, LedgerEntry
from watermark.desk import operations, workers
from watermark.desk.work.articles import draw, stamp
from watermark.errors import FailedError
from watermark.stamping.profile.fields import colour_of

pytestmark = pytest.mark.usefixtures("in_this_process")
TITLE = "Rain and Its Effects on the Small Towns of the Mountains"
ENCRYPTION = {"owner": "owner", "user": "hush-hush", "R": 6}
NOTICE = (
    f"# {TITLE} [Retraction]\n\nWe, the editors, hereby retract the article named above.\n\nPublished: 5 May 2024\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder


@pytest.fixture
def page(desk: Path) -> Page:
    return opened(desk)[0]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "Rain in März.pdf"
    path.write_bytes(build(title=TITLE, pages=2))
    return path


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "notice.md"
    path.write_text(NOTICE, "utf-8")
    return path


def one(values: dict[str, Any], kind: str = "articles") -> dict[str, Any]:
    (found,) = values[kind]
    return dict(found)


def test_an_article_is_stamped_as_the_function_stamps_it(
    page: Page, desk: Path, article: Path, notice: Path, tmp_path: Path
) -> None:
    given = page.give_article(article)
    assert (given["name"], given["state"], given["pages"], given["title"]) == (article.name, "no notice", 2, TITLE)
    page.give_notice(notice)
    assert page.article(given["id"])["match"]["result"] == "match"
    choices = {"at": AT, "text": "Withdrawn", "colour": "#003366", "opacity": 0.3, "position": "top", "edge": "bottom"}
    previewed = one(page.post(f"/api/articles/{given['id']}/preview", choices).json())
    assert (previewed["state"], previewed["preview"]["pages"]) == ("ready", 2)
    done = one(page.post(f"/api/articles/{given['id']}/stamp", choices).json(), "done")
    copy = page.get(f"/api/done/{done['id']}/copy")
    blue = colour_of("#003366")
    assert blue is not None
    style = watermark.MarkStyle(colour_rgb=blue, opacity=0.3, position="top", line_edge=watermark.Edge.BOTTOM)
    at = datetime.fromisoformat(AT)
    expected = tmp_path / "Rain in März.retracted.pdf"
    report = watermark.stamp(article, notice, expected, at=at, text="Withdrawn", style=style).report
    certificate = watermark.certificate(expected, report=report, at=at, notice=notice)
    assert copy.content == expected.read_bytes()
    assert page.get(f"/api/done/{done['id']}/certificate").content == certificate.read_bytes()
    assert certificate.name in page.get(f"/api/done/{done['id']}/letter").text
    assert hashlib.sha256(copy.content).hexdigest() == done["sha256"]
    assert copy.headers["content-disposition"] == "attachment; filename*=UTF-8''Rain%20in%20M%C3%A4rz.retracted.pdf"
    record = page.get(f"/api/done/{done['id']}/record").json()
    assert record["notice"]["article"]["title"] == TITLE
    archive = zipfile.ZipFile(io.BytesIO(page.get("/api/archive").content))
    endings = ("retracted.pdf", "retracted.certificate.pdf", "letter.txt", "retracted.retraction.json")
    assert archive.namelist() == [f"Rain in März.{ending}" for ending in endings]
    assert sorted(path.name for path in desk.rglob("*.zip")) == []


def test_what_only_a_person_can_decide_is_a_button_that_asks_for_the_reason_and_records_it(
    page: Page, tmp_path: Path, notice: Path
) -> None:
    other = tmp_path / "other.pdf"
    other.write_bytes(build(title="Another Article About Something Else Entirely"))
    page.give_notice(notice)
    given = page.give_article(other)
    refused = one(page.post(f"/api/articles/{given['id']}/preview").json())
    assert (refused["state"], refused["outcome"]["code"], refused["preview"]) == ("refused", "mismatch", None)
    (action,) = refused["outcome"]["actions"]
    assert (action["choice"], bool(action["asks"])) == ("force_match", True)
    values = page.post(f"/api/articles/{given['id']}/stamp", {"force_match": "  The title was changed.  "}).json()
    done = one(values, "done")
    assert (one(values)["state"], done["reasons"]) == ("stamped", ["The title was changed."])
    record = page.get(f"/api/done/{done['id']}/record").json()
    assert record["match"]["forced_because"] == "The title was changed."


def test_a_refusal_is_recorded_and_leaves_no_file(page: Page, desk: Path, tmp_path: Path, notice: Path) -> None:
    page.give_notice(notice)
    other = tmp_path / "other.pdf"
    other.write_bytes(build(title="Another Article About Something Else Entirely"))
    given = page.give_article(other)
    done = one(page.post(f"/api/articles/{given['id']}/stamp").json(), "done")
    assert (done["result"], done["files"]) == ("refused", [])
    assert [path.name for path in desk.rglob("*.pdf")] == ["article.pdf"]
    assert page.get("/api/archive").status_code == 404


@pytest.mark.parametrize(
    ("recipe", "choice"), [({"signed": True}, "allow_signed"), ({"encryption": ENCRYPTION}, "password")]
)
def test_a_refusal_with_another_remedy_has_its_button(
    page: Page, tmp_path: Path, notice: Path, recipe: dict[str, Any], choice: str
) -> None:
    path = tmp_path / "article.pdf"
    path.write_bytes(build(title=TITLE, **recipe))
    page.give_notice(notice)
    given = page.give_article(path)
    if choice == "password":
        assert given["problem"]["actions"][0]["secret"]
        values = page.post(f"/api/articles/{given['id']}/password", {"password": "hush-hush"}).json()
        assert one(values)["problem"] is None
    else:
        refused = one(page.post(f"/api/articles/{given['id']}/preview").json())["outcome"]
        assert refused["actions"] == [{"choice": choice, "label": "Mark the signed file", "value": True}]
    answer = one(page.post(f"/api/articles/{given['id']}/preview", {"allow_signed": choice == "allow_signed"}).json())
    assert answer["state"] == "ready", answer["outcome"]


def test_a_notice_is_corrected_and_the_copy_records_it(page: Page, article: Path, notice: Path) -> None:
    given, read = page.give_article(article), page.give_notice(notice)
    whole = page.get(f"/api/notices/{read['id']}").json()
    assert whole["text"] == NOTICE
    assert "text" not in read  # of many notices it would be sent again and again
    start, end = whole["places"]["date"][0]
    assert NOTICE[start:end] == "5 May 2024"
    changes = {"article.doi": "https://doi.org/10.1000/XYZ", "issuers": ["The Editors"], "date": "2024-06-01"}
    corrected = one(page.post(f"/api/notices/{read['id']}/correct", changes).json(), "notices")
    assert corrected["values"]["article.doi"] == "10.1000/xyz"
    assert corrected["as_read"]["date"] == "2024-05-05"
    assert corrected["corrected"] == ["article.doi", "date", "issuers"]
    done = one(page.post(f"/api/articles/{given['id']}/stamp", {"at": AT}).json(), "done")
    record = page.get(f"/api/done/{done['id']}/record").json()["notice"]
    assert (record["article"]["doi"], record["date"], record["issuers"]) == (
        "10.1000/xyz",
        "2024-06-01",
        ["The Editors"],
    )
    undone = one(page.post(f"/api/notices/{read['id']}/correct", {}).json(), "notices")
    assert undone["values"] == undone["as_read"]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"date": "05/06/2024"}, "date"),
        ({"article.doi": "none"}, "article.doi"),
        ({"article.year": "MMXX"}, "article.year"),
        ({"state": "gone"}, "state"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"nothing": "x"}, "nothing"),
        ({"article": {}}, "article"),
        ({"article.title.x": "x"}, "article.title.x"),
    ],
)
def test_a_correction_that_is_not_allowed_changes_nothing(
    page: Page, notice: Path, changes: dict[str, Any], named: str
) -> None:
    read = page.give_notice(notice)
    answer = page.post(f"/api/notices/{read['id']}/correct", changes)
    assert answer.status_code == 422
    assert named in answer.json()["error"]["reason"]
    assert one(page.get("/api/all").json(), "notices") == read


def test_a_notice_that_does_not_say_what_happened_is_read_again_with_what_the_person_says(page: Page) -> None:
    answer = page.post("/api/notices/text", {"text": f"{TITLE}\n\nSome words about the article, and nothing more."})
    read = one(answer.json(), "notices")
    assert read["problem"]["reason"]
    again = one(page.post(f"/api/notices/{read['id']}/read", {"state": "retraction"}).json(), "notices")
    assert again["problem"] is None, again
    assert again["values"]["state"] == "retraction"


def test_each_article_of_a_folder_gets_the_notice_that_is_about_it(page: Page, tmp_path: Path) -> None:
    titles = [
        f"{word} and Its Effects on the Small Towns of the Mountains" for word in ("Snowfall", "Drought", "Thunder")
    ]
    for number, title in enumerate(titles):
        (tmp_path / f"{number}.md").write_text(f"# {title} [Retraction]\n\nWe retract the article named above.\n")
        (tmp_path / f"{number}.pdf").write_bytes(build(title=title))
    (tmp_path / "none.pdf").write_bytes(build(title="A Text That No Notice Is About, as Far as We Know"))
    names = {page.give_notice(tmp_path / f"{number}.md")["id"]: number for number in (2, 0, 1)}
    articles = [page.give_article(tmp_path / f"{number}.pdf") for number in range(3)]
    assert [names[article["notice_id"]] for article in articles] == [0, 1, 2]
    assert page.give_article(tmp_path / "none.pdf")["state"] == "no notice"


def test_the_notice_itself_given_as_the_article_becomes_the_notice(page: Page, tmp_path: Path, notice: Path) -> None:
    page.give_notice(notice)
    path = tmp_path / "notice.pdf"
    lines = ["Retraction", TITLE, "The editors hereby retract this article. The article has been retracted."]
    path.write_bytes(build(title=f"Retraction: {TITLE}", text=["\n".join(lines)]))
    given = page.give_article(path)
    refused = one(page.post(f"/api/articles/{given['id']}/preview").json())["outcome"]
    assert refused["code"] == "is-the-notice", refused
    assert refused["actions"][0]["choice"] == "use-as-notice"
    values = page.post(f"/api/articles/{given['id']}/use-as-notice").json()
    assert (values["articles"], len(values["notices"])) == ([], 2)


def test_pages_before_and_after_are_pictures_and_the_notice_page_has_no_before(
    page: Page, article: Path, notice: Path
) -> None:
    given = page.give_article(article)
    page.give_notice(notice)
    values = page.post(f"/api/articles/{given['id']}/preview", {"notice_page": "front"}).json()
    preview = one(values)["preview"]
    assert (preview["pages"], preview["in_front"], preview["behind"], preview["is_final"]) == (3, 1, 0, False)
    pictures = [
        Image.open(io.BytesIO(page.get(f"/api/articles/{given['id']}/{place}?width=300").content))
        for place in ("before/1", "after/2", "after/1")
    ]
    assert {picture.width for picture in pictures} == {300}
    assert pictures[0].tobytes() != pictures[1].tobytes()
    for place in ("before/3", "after/4", "after/0", "beside/1", "before/1?width=99999", "before/1?width=-1"):
        assert page.get(f"/api/articles/{given['id']}/{place}").status_code in {404, 422}


def test_the_picture_of_a_preview_that_is_replaced_while_it_is_drawn_is_empty_and_no_error(
    desk: Path, article: Path, notice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, served = opened(desk)
    given = page.give_article(article)
    picture = f"/api/articles/{given['id']}/after/1?preview=1"
    assert page.get(picture).status_code == 404, "it has no preview yet"
    page.give_notice(notice)
    assert one(page.post(f"/api/articles/{given['id']}/preview").json())["preview"]

    def late(path: Path, page_number: int, width_pixels: int, *, password: str) -> bytes:
        served.session.articles[given["id"]].forget_attempt()
        return draw(path, page_number, width_pixels, password=password)

    monkeypatch.setattr(operations, "draw", late)
    for when in ("while it is drawn", "before it is drawn"):
        answer = page.get(picture)
        assert (answer.status_code, answer.content) == (204, b""), when
    monkeypatch.setattr(operations, "draw", draw)
    page.post(f"/api/articles/{given['id']}/preview")
    assert page.get(f"/api/articles/{given['id']}/after/9").status_code == 422, "a preview that is there has no page 9"


@pytest.mark.parametrize(
    "choices",
    [
        {"opacity": 3},
        {"opacity": "much"},
        {"colour": "red; x"},
        {"language": "tlh"},
        {"position": "left"},
        {"edge": "none"},
        {"profile": "/etc/passwd"},
        {"profile": "../secret.toml"},
        {"font": "/etc/passwd"},
        {"at": "yesterday"},
        {"text": "x" * 2_001},
        {"angle": 200},
        {"notice_page": "middle"},
    ],
    ids=str,
)
def test_a_choice_that_is_not_allowed_is_refused_with_its_reason(
    page: Page, article: Path, notice: Path, choices: dict[str, Any]
) -> None:
    given = page.give_article(article)
    page.give_notice(notice)
    answer = page.post(f"/api/articles/{given['id']}/preview", choices)
    error = answer.json().get("error") or one(answer.json())["outcome"]
    assert error["reason"]
    assert error["remedy"]
    assert answer.status_code == 422 or one(answer.json())["preview"] is None


def test_the_profiles_are_the_presets_and_those_of_the_command_line(
    tmp_path: Path, article: Path, notice: Path
) -> None:
    path = tmp_path / "house.toml"
    path.write_text('colour = "#004080"\nlanguage = "de"\n[publisher]\nname = "House & Sons"\n')
    folder = tmp_path / "with-profile"
    folder.mkdir()
    page, _ = opened(folder, profiles={"house": path})
    profiles = page.get("/api/desk").json()["profiles"]
    assert {"", "acl", "dove", "rup", "house"} == profiles.keys()
    assert (profiles["house"]["colour"], profiles["house"]["publisher"]) == ("#004080", "House & Sons")
    given = page.give_article(article)
    page.give_notice(notice)
    values = page.post(f"/api/articles/{given['id']}/preview", {"profile": "house"}).json()
    assert one(values)["outcome"]["mark_text"] == "Zurückgezogen"


def test_what_is_removed_is_gone_from_the_disk(page: Page, desk: Path, article: Path, notice: Path) -> None:
    given, read = page.give_article(article), page.give_notice(notice)
    page.post(f"/api/articles/{given['id']}/preview")
    page.delete(f"/api/articles/{given['id']}")
    page.delete(f"/api/notices/{read['id']}")
    assert list(desk.iterdir()) == []
    assert page.get("/api/all").json() == {"articles": [], "notices": [], "done": [], "fonts": {}}


def test_names_and_titles_are_never_markup(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(build(title="<script>alert(1)</script> An Article About Scripts"))
    given = page.give_article(path, "a & b 'onerror=alert(1)'.pdf")
    assert given["title"].startswith("<script>")
    assert page.get("/api/all").headers["content-type"] == "application/json"
    assert "<script>alert" not in page.get("/").text


def test_no_script_of_the_page_makes_markup_of_text() -> None:
    assets = Path(watermark.__file__).parent / "desk" / "assets"
    for script in assets.glob("*.js"):
        for forbidden in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "DOMParser"):
            assert forbidden not in script.read_text("utf-8"), script.name
    html = (assets / "desk.html.j2").read_text("utf-8")
    assert " style=" not in html
    assert "<style" not in html
    assert " on" + "click=" not in html


def test_a_worker_that_is_ended_costs_one_article(
    page: Page, article: Path, notice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = page.give_article(article)
    page.give_notice(notice)

    def ended(*_: object, **__: object) -> None:
        raise FailedError("it took longer than 30 seconds", remedy="Try again.")

    monkeypatch.setattr("watermark.desk.workers.run_isolated", ended)
    refused = one(page.post(f"/api/articles/{given['id']}/preview").json())
    assert (refused["state"], refused["outcome"]["reason"]) == ("refused", "it took longer than 30 seconds")


def test_a_password_is_not_sent_to_the_page(page: Page, tmp_path: Path, notice: Path) -> None:
    path = tmp_path / "article.pdf"
    path.write_bytes(build(title=TITLE, encryption=ENCRYPTION))
    page.give_notice(notice)
    given = page.give_article(path)
    page.post(f"/api/articles/{given['id']}/password", {"password": "hush-hush"})
    done = page.post(f"/api/articles/{given['id']}/stamp", {})
    assert one(done.json())["state"] == "stamped"
    assert "hush-hush" not in json.dumps(done.json())


def test_the_sample_says_why_it_is_the_right_article(page: Page) -> None:
    page.give_notice(SAMPLES / "retraction-notice.md")
    given = page.give_article(SAMPLES / "article.pdf")
    assert given["match"]["result"] == "match"
    assert len(given["match"]["evidence"]) >= 2


def test_a_list_of_many_retractions_gives_each_article_its_own(page: Page, tmp_path: Path) -> None:
    rows = [
        VALUES
        | {"Title": f"Weather of the Town Number {number}", "OriginalPaperDOI": f"10.5555/a{number}"}
        | {"Record ID": str(number), "RetractionDOI": f"10.5555/n{number}"}
        for number in range(3)
    ]
    with (tmp_path / "list.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(rows)
    for number in (2, 1):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(build(title=f"Weather of the Town Number {number}", text=f"https://doi.org/10.5555/a{number}"))
    read = page.give_notice(tmp_path / "list.csv")
    assert read["problem"]["argument"] == "doi"
    for number in (2, 1):
        given = page.give_article(tmp_path / f"{number}.pdf")
        (notice,) = (one for one in page.get("/api/all").json()["notices"] if one["id"] == given["notice_id"])
        assert notice["values"]["article.doi"] == f"10.5555/a{number}"
        assert given["match"]["result"] == "match"
    assert len(page.get("/api/all").json()["notices"]) == 3


def test_only_the_chosen_pages_of_a_volume_are_marked(page: Page, tmp_path: Path, notice: Path) -> None:
    path = tmp_path / "volume.pdf"
    texts = ["Proceedings of the Mountain Society", TITLE, "More of that article", "Another Article About Other Things"]
    path.write_bytes(build(title="Proceedings of the Mountain Society", pages=4, text=texts))
    page.give_notice(notice)
    given = page.give_article(path)
    choices = {"pages": "2-3", "force_match": "The pages were found by hand."}
    stamped = one(page.post(f"/api/articles/{given['id']}/preview", choices).json())
    assert stamped["state"] == "ready", stamped["outcome"]

    def picture(side: str, number: int) -> bytes:
        return page.get(f"/api/articles/{given['id']}/{side}/{number}?width=200").content

    assert [picture("before", number) == picture("after", number) for number in range(1, 5)] == [
        True,
        False,
        False,
        True,
    ]


def test_without_a_certificate_the_copy_is_there_and_the_reason_is_reported(
    page: Page, article: Path, notice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise FailedError("a font is missing", remedy="Give one.")

    monkeypatch.setattr("watermark.desk.work.case_file_papers.facts_of", fails)
    given = page.give_article(article)
    page.give_notice(notice)
    done = one(page.post(f"/api/articles/{given['id']}/stamp").json(), "done")
    assert (done["files"], done["problem"]) == (["copy", "letter", "record", "report"], "a font is missing")
    assert "certificate" not in page.get(f"/api/done/{done['id']}/letter").text


def test_a_doi_is_looked_up_when_that_is_asked_for_and_at_no_other_time(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("urllib3", reason="the extra network is not installed")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "article.pdf"
    path.write_bytes(build(title="A study of something", text="https://doi.org/10.5555/article"))
    with serving(record()) as crossref:
        monkeypatch.setattr("watermark.notice.crossref.client.API", crossref.address)
        page.give_article(path)
        assert crossref.asked == []
        values = page.post("/api/notices/doi", {"doi": "10.5555/notice", "mailto": "jane@example.org"}).json()
        assert [asked for asked, _ in crossref.asked] == ["/works/10.5555%2Fnotice?mailto=jane%40example.org"]
    found = one(values, "notices")
    assert (found["values"]["article.doi"], found["values"]["date"]) == ("10.5555/article", "2024-05-01")
    assert one(values)["notice_id"] == found["id"]
    assert page.post("/api/notices/doi", {"doi": "nothing"}).json()["error"]["reason"]
    assert page.post("/api/notices/doi", {"doi": 5}).status_code == 422


def test_the_ledger_of_a_batch_is_shown(tmp_path: Path) -> None:
    entry = LedgerEntry(
        row="10.1000/a",
        attempt=1,
        result="refused",
        exit_status=3,
        reason="the PDF is encrypted",
        article="a.pdf",
        started_at=datetime(2024, 5, 1, tzinfo=UTC),
        seconds=1.0,
        tool="watermark",
    )
    (tmp_path / "desk").mkdir()
    with Ledger.opened(tmp_path / "ledger.sqlite", write=True) as ledger:
        ledger.note(ledger.begin_run(None, "watermark"), entry)
    page, _ = opened(tmp_path / "desk", ledger=tmp_path / "ledger.sqlite")
    assert page.get("/api/desk").json()["has_ledger"]
    (shown,) = page.get("/api/ledger").json()["entries"]
    assert (shown["article"], shown["result"], shown["at"]) == ("a.pdf", "refused", "2024-05-01T00:00:00Z")
    (tmp_path / "ledger.sqlite").write_bytes(b"not a ledger")
    assert page.get("/api/ledger").json()["error"]["reason"]


def test_without_a_ledger_none_is_shown(page: Page) -> None:
    assert not page.get("/api/desk").json()["has_ledger"]
    assert page.get("/api/ledger").status_code == 404


def test_a_page_that_is_loaded_again_finds_what_was_chosen(page: Page, article: Path, notice: Path) -> None:
    given = page.give_article(article)
    page.give_notice(notice)
    page.post(f"/api/articles/{given['id']}/preview", {"text": "Withdrawn", "opacity": 0.3, "password": "unknown"})
    assert page.article(given["id"])["choices"] == {"text": "Withdrawn", "opacity": 0.3}


def test_a_preview_of_a_notice_that_is_corrected_meanwhile_does_not_count(
    page: Page, article: Path, notice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, read = page.give_article(article), page.give_notice(notice)
    real = workers.run_isolated

    def slow(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - what the function returns
        result = real(*arguments, **options)
        if arguments[0] is workers._work and arguments[1][0].func is stamp and not corrections:
            corrections.append(page.post(f"/api/notices/{read['id']}/correct", {"date": "2024-06-01"}))
        return result

    corrections: list[Any] = []
    monkeypatch.setattr("watermark.desk.workers.run_isolated", slow)
    answer = one(page.post(f"/api/articles/{given['id']}/preview").json())
    assert corrections[0].status_code == 200
    assert (answer["state"], answer["preview"]) == ("waiting", None)
    assert one(page.post(f"/api/articles/{given['id']}/preview").json())["state"] == "ready"


def test_notices_have_a_limit_of_their_own(page: Page, notice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watermark.desk.session.MAX_NOTICES_BYTES", 5 * len(notice.read_bytes()) // 2)
    page.give_notice(notice)
    page.give_notice(notice)
    assert page.upload("/api/notices", "c.md", notice.read_bytes()).json()["error"]["code"] == "full"


def test_no_file_is_read_by_the_process_that_answers(
    page: Page, article: Path, notice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*_: object, **__: object) -> None:
        raise FailedError("its process crashed", remedy="Try again.")

    monkeypatch.setattr("watermark.desk.workers.run_isolated", ended)
    assert page.give_article(article)["problem"]["reason"] == "its process crashed"
    assert page.give_notice(notice)["problem"]["reason"] == "its process crashed"
    assert page.post("/api/notices/doi", {"doi": "10.5555/notice"}).json()["error"]["reason"] == "its process crashed"


def test_the_right_notice_takes_the_place_of_a_wrong_one_but_not_of_one_that_was_chosen(
    page: Page, article: Path, notice: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.md"
    wrong.write_text(NOTICE.replace(TITLE, "Snow and Its Uses in the Large Cities of the Coast"), "utf-8")
    first = page.give_notice(wrong)
    given = page.give_article(article)
    assert page.article(given["id"])["notice_id"] == first["id"]
    right = page.give_notice(notice)
    assert page.article(given["id"])["notice_id"] == right["id"]
    page.delete(f"/api/notices/{right['id']}")
    assert page.article(given["id"])["notice_id"] == first["id"]
    page.post(f"/api/articles/{given['id']}/notice", {"notice_id": first["id"]})
    again = page.give_notice(notice)
    assert page.article(given["id"])["notice_id"] == first["id"]
    page.delete(f"/api/notices/{first['id']}")
    assert page.article(given["id"])["notice_id"] == again["id"]
