"""What a client sends is bounded, its names are never paths, and nothing remains of what is refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.serving import SAMPLES, Page, opened
from watermark.desk import routes, uploads

pytestmark = pytest.mark.usefixtures("in_this_process")
PATHS = (
    *("../../etc/passwd", "/etc/passwd", "..", ".", "C:\\Windows\\win.ini", "a/b.pdf", "a\\b.pdf", "con:fused.pdf"),
    *("a\0b.pdf", "a\nb.pdf", "", "  ", "a" * 201 + ".pdf", "\u202egnp.pdf"),
)


@pytest.fixture
def page(tmp_path: Path) -> Page:
    return opened(tmp_path)[0]


def left_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()] + list(folder.iterdir())


@pytest.mark.parametrize("kind", ["articles", "notices"])
@pytest.mark.parametrize("name", PATHS)
def test_a_path_is_not_a_file_name(page: Page, tmp_path: Path, kind: str, name: str) -> None:
    answer = page.upload(f"/api/{kind}", name, b"%PDF-1.4")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "file-name")
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("kind", ["articles", "notices"])
def test_a_body_without_a_length_is_refused_when_it_has_become_too_long(
    page: Page, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, f"MAX_{kind[:-1].upper()}_BYTES", 3_000)

    def parts() -> Iterator[bytes]:
        for _ in range(10):
            yield b"x" * 1_000

    headers = {"origin": page.origin, "x-file-name": "a.pdf"}
    answer = page.client.post(f"/api/{kind}", content=parts(), headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too-large")
    assert left_in(tmp_path) == []


def test_an_empty_file_is_refused(page: Page, tmp_path: Path) -> None:
    assert page.upload("/api/articles", "a.pdf", b"").json()["error"]["code"] == "empty"
    assert left_in(tmp_path) == []


def test_there_is_room_for_a_bounded_number_of_files(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watermark.desk.session.MAX_ARTICLES", 1)
    article = page.give_article(SAMPLES / "article.pdf")
    answer = page.upload("/api/articles", "b.pdf", b"%PDF-1.4")
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "full")
    assert [path.name for path in tmp_path.iterdir()] == [article["id"]]


def test_there_is_room_for_a_bounded_number_of_bytes(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watermark.desk.session.MAX_TOTAL_BYTES", 1_000)
    assert page.upload("/api/notices", "b.txt", b"x" * 1_001).json()["error"]["code"] == "full"


@pytest.mark.parametrize("data", [b"[1]", b"{", b"\xff", b'"text"', b"[" * 100_000])
def test_what_is_not_a_json_object_is_refused(page: Page, data: bytes) -> None:
    answer = page.client.post("/api/notices/text", content=data, headers={"origin": page.origin})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "request")


def test_a_long_json_text_is_refused(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_JSON_BYTES", 100)
    assert page.post("/api/notices/text", {"text": "x" * 200}).status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        *("/api/articles/../../etc/passwd", "/assets/../gate.py", "/assets/desk.html.j2", "/assets/%2e%2e/gate.py"),
        *("/api/done/x/copy", "/api/articles/x/before/1", "/nowhere", "/assets/nothing.js"),
    ],
)
def test_an_address_that_is_not_in_a_list_is_not_looked_up(page: Page, path: str) -> None:
    answer = page.get(path)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not-found"


def test_a_browser_that_asks_for_an_icon_by_its_usual_name_gets_it(page: Page) -> None:
    answer = page.get("/favicon.ico")
    assert (answer.status_code, answer.content) == (200, page.get("/assets/icon.svg").content)
