"""A server on loopback that answers as Crossref's REST API does, and in every way that it should not."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

NOTICE_RECORD: dict[str, Any] = {
    "status": "ok",
    "message-type": "work",
    "message-version": "1.0.0",
    "message": {
        "DOI": "10.5555/notice",
        "type": "journal-article",
        "title": ["Retraction: A study of something"],
        "container-title": ["Journal of Studies"],
        "published": {"date-parts": [[2024, 5, 1]]},
        "update-to": [
            {
                "DOI": "10.5555/article",
                "type": "retraction",
                "label": "Retraction",
                "source": "publisher",
                "updated": {"date-parts": [[2024, 5, 1]], "date-time": "2024-05-01T00:00:00Z"},
            }
        ],
    },
}
ARTICLE_RECORD: dict[str, Any] = {
    "status": "ok",
    "message-type": "work",
    "message-version": "1.0.0",
    "message": {
        "DOI": "10.5555/article",
        "type": "journal-article",
        "title": ["RETRACTED: A study of something"],
        "updated-by": [
            {
                "DOI": "10.5555/notice",
                "type": "retraction",
                "label": "Retraction",
                "source": "retraction-watch",
                "updated": {"date-parts": [[2024, 5, 1]]},
                "record-id": "4036",
            }
        ],
    },
}


@dataclass
class Answers:
    """What the server answers, one for each request and the last one again; and what it was asked."""

    address: str = ""
    given: list["Answer"] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


Answer = Callable[[BaseHTTPRequestHandler], None]


def record(content: object = NOTICE_RECORD) -> Answer:
    return raw(json.dumps(content).encode())


def raw(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def silent(seconds: float) -> Answer:
    return lambda _: time.sleep(seconds)


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Write without end, as a broken or hostile server does, without saying how much."""
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b" " * (1 << 16))
    except OSError:
        return


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """Write a byte now and then: no single wait is long."""
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(200):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        return


def broken_off(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"{")


@contextmanager
def serving(*given: Answer) -> Iterator[Answers]:
    """Yield the answers of a server that runs until the end."""
    answers = Answers(given=list(given))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            number = min(len(answers.asked), len(answers.given) - 1)
            answers.asked.append((self.path, dict(self.headers.items())))
            answers.given[number](self)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    answers.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield answers
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
