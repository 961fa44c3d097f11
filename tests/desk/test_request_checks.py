"""Only the page that this desk served to the person who started it is answered."""

from collections.abc import Iterator

import httpx2 as httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from tests.desk.serving import HOST
from watermark.desk.request_checks import HEADERS, MAX_BODY_BYTES, Gate, Key

ORIGIN = f"http://{HOST}"


class Behind:
    """An application that counts the requests that reach it, and how much of their bodies it reads."""

    def __init__(self) -> None:
        self.reached = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.reached += 1
        await PlainTextResponse("reached")(scope, receive, send)


class Guarded:
    def __init__(self) -> None:
        self.behind, self.key = Behind(), Key()
        self.client = TestClient(Gate(self.behind, self.key, HOST), base_url=ORIGIN)

    def enter(self) -> httpx.Response:
        return self.client.get(f"/?token={self.key.token}")


@pytest.fixture
def guarded() -> Guarded:
    return Guarded()


def test_the_first_address_gives_a_cookie_that_scripts_and_other_sites_cannot_use(guarded: Guarded) -> None:
    cookie = guarded.enter().headers["set-cookie"]
    assert cookie.startswith(f"watermark-desk-8080={guarded.key.secret};")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert guarded.key.token not in cookie
    assert guarded.client.get("/").text == "reached"
    assert guarded.client.post("/api", headers={"origin": ORIGIN}).text == "reached"


def test_the_first_answer_leads_to_the_page_without_the_token_and_without_a_redirect(guarded: Guarded) -> None:
    answer = guarded.enter()
    assert answer.status_code == 200
    assert not answer.history
    assert 'content="0;url=/"' in answer.text
    assert guarded.key.token not in answer.text


@pytest.mark.parametrize("path", ["/", "/api/all", "/assets/desk.js", "/?token=", "/?token=wrong", "/api/all?token="])
def test_without_the_token_nothing_is_answered(guarded: Guarded, path: str) -> None:
    assert guarded.client.get(path).status_code == 403
    assert guarded.behind.reached == 0


def test_the_token_opens_only_the_first_address(guarded: Guarded) -> None:
    assert guarded.client.get(f"/api/all?token={guarded.key.token}").status_code == 403
    assert guarded.client.post(f"/?token={guarded.key.token}", headers={"origin": ORIGIN}).status_code == 403
    assert guarded.client.get(f"/?token=x&token={guarded.key.token}").status_code == 403
    assert guarded.behind.reached == 0


def test_the_token_is_not_a_cookie_and_the_cookie_of_another_port_is_not_used(guarded: Guarded) -> None:
    for cookie in (f"watermark-desk-8080={guarded.key.token}", f"watermark-desk-8081={guarded.key.secret}"):
        assert guarded.client.get("/", headers={"cookie": cookie}).status_code == 403
    assert guarded.behind.reached == 0


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "localhost:8080", "127.0.0.1", "127.0.0.1:80", ""]
)
def test_a_foreign_host_is_refused_also_with_the_cookie_and_with_the_token(guarded: Guarded, host: str) -> None:
    guarded.enter()
    answer = guarded.client.get("/", headers={"host": host, "cookie": f"watermark-desk-8080={guarded.key.secret}"})
    assert answer.status_code == 421
    assert guarded.client.get(f"/?token={guarded.key.token}", headers={"host": host}).status_code == 421
    assert guarded.behind.reached == 0


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:8081", "https://127.0.0.1:8080", ""]
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "PUT"])
def test_another_origin_is_refused(guarded: Guarded, method: str, origin: str) -> None:
    guarded.enter()
    assert guarded.client.request(method, "/api/all", headers={"origin": origin}).status_code == 403
    assert guarded.behind.reached == 0


@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT", "PATCH"])
def test_what_changes_something_has_to_name_its_origin(guarded: Guarded, method: str) -> None:
    guarded.enter()
    assert guarded.client.request(method, "/api/all").status_code == 403
    assert guarded.behind.reached == 0


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_even_read(guarded: Guarded, site: str) -> None:
    guarded.enter()
    assert guarded.client.get("/api/all", headers={"sec-fetch-site": site}).status_code == 403
    assert guarded.behind.reached == 0


@pytest.mark.parametrize("length", [str(MAX_BODY_BYTES + 1), str(2 << 30), "9" * 40, "-1", "1e3", "many"])
def test_a_body_that_says_that_it_is_too_long_is_refused_before_it_is_read(guarded: Guarded, length: str) -> None:
    guarded.enter()

    def never() -> Iterator[bytes]:
        pytest.fail("the body is read")
        yield b""

    headers = {"origin": ORIGIN, "content-length": length}
    request = guarded.client.build_request("POST", "/api/articles", headers=headers)
    assert guarded.client.send(request).status_code == 413
    assert guarded.behind.reached == 0


def test_every_answer_forbids_what_the_page_does_not_need(guarded: Guarded) -> None:
    answers = [guarded.client.get("/"), guarded.enter(), guarded.client.get("/api/all"), guarded.client.post("/")]
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
    policy = HEADERS["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert HEADERS["referrer-policy"] == "no-referrer"
