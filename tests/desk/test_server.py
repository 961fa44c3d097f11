"""The desk as a process: bound to this machine, and gone without a trace when it ends."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.desk.serving import SAMPLES, Page, page_at, started

pytestmark = pytest.mark.slow


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "TMPDIR": str(folder)}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other requests to end")
@pytest.mark.parametrize("request_to_end", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("is_working", [False, True])
def test_when_the_desk_ends_no_file_and_no_process_of_it_remains(
    tmp_path: Path, request_to_end: int, *, is_working: bool
) -> None:
    with started(environment=environment(tmp_path)) as (address, process), page_at(address) as page:
        page.give_notice(SAMPLES / "retraction-notice.md")
        given = page.give_article(SAMPLES / "article.pdf")
        (folder,) = tmp_path.glob("watermark-desk-*")
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        with socket.create_connection(("127.0.0.1", urlsplit(address).port or 0)) as sender:
            cookie = "; ".join(f"{name}={value}" for name, value in page.client.cookies.items())
            host, length = urlsplit(address).netloc, len(b"{}")
            head = f"POST /api/articles/{given['id']}/stamp HTTP/1.1\r\nHost: {host}\r\nOrigin: {page.origin}\r\n"
            if is_working:
                sender.sendall(f"{head}Cookie: {cookie}\r\nContent-Length: {length}\r\n\r\n{{}}".encode())
            process.send_signal(request_to_end)
            assert process.wait(60) == 0
        assert process.stdout is not None
        assert "all of its files are removed" in process.stdout.read()
    assert list(tmp_path.iterdir()) == []
    assert f"{tmp_path}" not in subprocess.run(["ps", "axeww"], capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_what_a_desk_that_was_killed_has_left_is_removed_by_the_next_one(tmp_path: Path) -> None:
    with started(environment=environment(tmp_path)) as (address, process), page_at(address) as page:
        page.give_notice(SAMPLES / "retraction-notice.md")
        process.kill()
        process.wait(60)
    (left,) = tmp_path.glob("watermark-desk-*")
    (tmp_path / "watermark-desk-settings").mkdir()
    with started(environment=environment(tmp_path)):
        assert not left.exists()
        assert len(list(tmp_path.glob("watermark-desk-*-*"))) == 1
    assert [path.name for path in tmp_path.glob("watermark-desk-*")] == ["watermark-desk-settings"]


def test_no_other_machine_can_connect_and_a_port_that_is_taken_is_an_error(tmp_path: Path) -> None:
    with started(environment=environment(tmp_path)) as (address, _):
        port = urlsplit(address).port or 0
        listening = Path("/proc/net/tcp").read_text("ascii") if sys.platform == "linux" else ""
        assert f"00000000:{port:04X}" not in listening
        command = [sys.executable, "-m", "watermark", "desk", "--no-browser", "--port", str(port)]
        second = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert second.returncode == 4
        assert "cannot use port" in second.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows shares a port with whoever asks for that")
def test_a_desk_that_is_started_again_gets_the_port_that_it_had(tmp_path: Path) -> None:
    with started(environment=environment(tmp_path)) as (address, process), page_at(address) as page:
        port = str(urlsplit(address).port)
        process.terminate()  # the connection is open, so the system remembers the port for a while
        process.wait(60)
        with started("--port", port, environment=environment(tmp_path)) as (again, _):
            assert urlsplit(again).port == int(port)
            assert page.get("/api/all").status_code == 403  # the cookie of the first desk opens nothing


@pytest.mark.parametrize("sends_length", [True, False])
def test_two_gigabytes_are_refused_long_before_they_are_sent_and_nothing_is_left(
    tmp_path: Path, *, sends_length: bool
) -> None:
    with started(environment=environment(tmp_path)) as (address, _), page_at(address) as page:
        (folder,) = tmp_path.glob("watermark-desk-*")
        host = urlsplit(address).netloc
        cookie = "; ".join(f"{name}={value}" for name, value in page.client.cookies.items())
        length = f"Content-Length: {2 << 30}" if sends_length else "Transfer-Encoding: chunked"
        head = f"POST /api/notices HTTP/1.1\r\nHost: {host}\r\nOrigin: {page.origin}\r\nCookie: {cookie}\r\n"
        with socket.create_connection(("127.0.0.1", urlsplit(address).port or 0)) as connection:
            connection.sendall(f"{head}X-File-Name: a.pdf\r\n{length}\r\n\r\n".encode())
            chunk, sent = b"x" * (1 << 20), 0
            framed = chunk if sends_length else f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n"
            try:
                while sent < 200 and not _has_answer(connection):
                    connection.sendall(framed)
                    sent += 1
            except OSError:
                pass
            answer = connection.recv(1000)
        assert answer.startswith(b"HTTP/1.1 413 "), answer
        assert sent < 100
        assert [path for path in folder.rglob("*") if path.is_file()] == []
        assert page.get("/api/all").json() == {"articles": [], "notices": [], "done": [], "fonts": {}}


LIMITS = {
    "watermark.desk.server.SECONDS_FOR_HEAD": 1.0,
    "watermark.desk.uploads.SECONDS_WITHOUT_DATA": 1.0,
    "watermark.desk.uploads.SECONDS_FOR_ALL": 3.0,
    "watermark.desk.session.MAX_ARTICLES": 1,
}


def head(page: Page, **changed: str) -> bytes:
    """Return the head of a request that gives an article of 1,000 bytes; `changed` replaces right values."""
    cookie = "; ".join(f"{name}={value}" for name, value in page.client.cookies.items())
    host = page.origin.removeprefix("http://")
    values = {"Host": host, "Origin": page.origin, "Cookie": cookie, "X-File-Name": "a.pdf", "Content-Length": "1000"}
    lines = [f"{name}: {value}" for name, value in (values | changed).items()]
    return "\r\n".join(["POST /api/articles HTTP/1.1", *lines, "", ""]).encode()


def answer_to(page: Page, data: bytes, *, then: bytes = b"", pause: float = 0.2) -> bytes:
    """Send data, and then the bytes one by one with a pause after each, and return the beginning of the answer."""
    port = int(page.origin.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(data)
        try:
            for byte in then:
                if _has_answer(connection):
                    break
                connection.sendall(bytes((byte,)))
                time.sleep(pause)
            return connection.recv(1000)
        except ConnectionError:  # it was closed
            return b""


def test_slow_and_foreign_requests_are_refused_by_the_real_server_and_nothing_is_left(tmp_path: Path) -> None:
    with started(environment=environment(tmp_path), limits=LIMITS) as (address, _), page_at(address) as page:
        (folder,) = tmp_path.glob("watermark-desk-*")
        refused = {
            "a body that stops": (answer_to(page, head(page) + b"%PDF"), b"422"),
            "a body that drips": (answer_to(page, head(page), then=b"x" * 500), b"422"),
            "a head that drips": (answer_to(page, b"POST /", then=b"x" * 500), b""),
            "a foreign host": (answer_to(page, head(page, Host="evil.example")), b"421"),
            "a page of another origin": (answer_to(page, head(page, Origin="http://evil.example")), b"403"),
            "no token": (answer_to(page, head(page, Cookie="a=b")), b"403"),
            "a path as a name": (answer_to(page, head(page, **{"X-File-Name": "..%2F..%2Fetc%2Fpasswd"})), b"422"),
        }
        assert {name: answer.split(b" ")[1:2] or [b""] for name, (answer, _) in refused.items()} == {
            name: [status] for name, (_, status) in refused.items()
        }
        assert list(folder.iterdir()) == []
        page.give_article(SAMPLES / "article.pdf")
        assert page.upload("/api/articles", "one more.pdf", b"%PDF").status_code == 413
        assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def _has_answer(connection: socket.socket) -> bool:
    connection.settimeout(0.001)
    try:
        return bool(connection.recv(1, socket.MSG_PEEK))
    except TimeoutError:
        return False
    finally:
        connection.settimeout(30)
