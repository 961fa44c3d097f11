"""A desk as its page sees it: in this process for what is fast, or as the command in a process of its own."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

pytest.importorskip("starlette", reason="the extra desk is not installed")
pytest.importorskip("uvicorn", reason="the extra desk is not installed")

import httpx2 as httpx
from starlette.testclient import TestClient

from watermark.desk.operations import Desk
from watermark.desk.request_checks import Gate, Key
from watermark.desk.routes import application
from watermark.desk.session import Session

REPOSITORY = Path(__file__).parents[2]
SAMPLES = REPOSITORY / "samples"
HOST = "127.0.0.1:8080"
AT = "2026-01-02T03:04:05Z"


@dataclass(frozen=True, kw_only=True)
class Page:
    """The requests that the page makes, with its cookie and its origin."""

    client: httpx.Client
    origin: str

    def get(self, path: str) -> httpx.Response:
        return self.client.get(path)

    def post(self, path: str, values: dict[str, Any] | None = None) -> httpx.Response:
        return self.client.post(path, json=values or {}, headers={"origin": self.origin})

    def delete(self, path: str) -> httpx.Response:
        return self.client.delete(path, headers={"origin": self.origin})

    def upload(self, path: str, name: str, data: bytes) -> httpx.Response:
        return self.client.post(path, content=data, headers={"origin": self.origin, "x-file-name": quote(name)})

    def give_article(self, path: Path, name: str = "") -> dict[str, Any]:
        """Give an article, and return what the page gets about it."""
        return self._given("articles", path, name)

    def give_notice(self, path: Path, name: str = "") -> dict[str, Any]:
        """Give a notice, and return what the page gets about it."""
        return self._given("notices", path, name)

    def article(self, identifier: str) -> dict[str, Any]:
        return self._one("articles", identifier, self.get("/api/all").json())

    def _given(self, kind: str, path: Path, name: str) -> dict[str, Any]:
        answer = self.upload(f"/api/{kind}", name or path.name, path.read_bytes())
        assert answer.status_code == 200, answer.text
        return self._one(kind, answer.json()["id"], answer.json())

    def _one(self, kind: str, identifier: str, values: dict[str, Any]) -> dict[str, Any]:
        (one,) = (each for each in values[kind] if each["id"] == identifier)
        return dict(one)


def opened(
    folder: Path, *, profiles: dict[str, Path] | None = None, ledger: Path | None = None, out: Path | None = None
) -> tuple[Page, Desk]:
    """Return the page of a desk in this process, already open."""
    desk = Desk(Session(folder, profiles or {}, ledger, out))
    key = Key()
    client = TestClient(Gate(application(desk), key, HOST), base_url=f"http://{HOST}")
    assert client.get(f"/?token={key.token}").status_code == 200
    return Page(client=client, origin=f"http://{HOST}"), desk


@contextmanager
def started(
    *options: str, environment: dict[str, str] | None = None, limits: dict[str, float] | None = None
) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """Yield the address that `watermark desk` prints, and its process; `limits` are others than its own, by name."""
    lines = [f"import {name.rpartition('.')[0]}; {name} = {value}" for name, value in (limits or {}).items()]
    program = ["-c", "\n".join([*lines, "from watermark.cli import main", "main()"])] if limits else ["-m", "watermark"]
    command = [sys.executable, *program, "desk", "--no-browser", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY, env=environment)
    assert process.stdout is not None
    try:
        found = next(match for line in process.stdout if (match := re.search(r"http://\S+", line)))
        yield found[0], process

    finally:
        process.terminate()
        process.wait(60)
        process.stdout.close()


@contextmanager
def page_at(address: str) -> Iterator[Page]:
    """Yield the page of a desk that runs elsewhere."""
    origin = address.partition("/?")[0]
    with httpx.Client(base_url=origin, timeout=300) as client:
        assert client.get(address).status_code == 200
        yield Page(client=client, origin=origin)
