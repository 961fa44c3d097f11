"""Each command, as a person runs it, ends a hostile file in bounded time and memory, says so, and does the others."""

import json
import os
import subprocess
import sys
import time
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.helpers.build import build
from watermark.cli import MAX_MEMORY_BYTES, _run_isolated
from watermark.runtime.isolation.memory_use import resident_bytes

REPOSITORY = Path(__file__).parents[3]
MAX_RESIDENT_BYTES = 1_000_000_000
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is measured in /proc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a command ended, and the most memory that it and all its child processes used."""

    status: int
    output: str
    errors: str
    seconds: float
    resident_bytes: int


def run(*arguments: object, cwd: Path, limit: float = 90) -> Ended:
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    begun, most = time.monotonic(), 0
    with (cwd / "output").open("w+") as output, (cwd / "errors").open("w+") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "watermark", *map(str, arguments)],
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
        )
        while process.poll() is None:
            most = max(most, resident_bytes(process.pid))
            assert time.monotonic() - begun < limit, "it hangs"
            time.sleep(0.02)
        output.seek(0)
        errors.seek(0)
        return Ended(
            status=process.returncode,
            output=output.read(),
            errors=errors.read(),
            seconds=time.monotonic() - begun,
            resident_bytes=most,
        )


def form_in_itself() -> bytes:
    """Return a page whose form draws itself twice: PDFium holds each of the drawings."""
    resources = b"/Resources<</XObject<</X 5 0 R>>>>"
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 600 850]%b/Length 11>>stream\n/X Do /X Do\nendstream" % resources
    return page_with(b"<</Length 5>>", b"/X Do", resources, {5: form})


def content_of_a_gigabyte() -> bytes:
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(1024)) + packer.flush()
    return page_with(b"<</Filter/FlateDecode/Length %d>>" % len(data), data)


def tiny_pattern() -> bytes:
    """Return a page filled with a pattern whose cells are a thousandth of a point."""
    resources = b"/Resources<</Pattern<</P 5 0 R>>>>"
    pattern = (
        b"<</Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.001/YStep 0.001/Resources<<>>"
        b"/Length 26>>stream\n1 0 0 rg 0 0 .5 .5 re f   \nendstream"
    )
    content = b"/Pattern cs /P scn 0 0 595 842 re f"
    return page_with(b"<</Length %d>>" % len(content), content, resources, {5: pattern})


def page_with(head: bytes, data: bytes, resources: bytes = b"", more: dict[int, bytes] | None = None) -> bytes:
    """Return a PDF of one page with this content."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%b/Contents 4 0 R>>" % resources,
        4: head + b"stream\n" + data + b"\nendstream",
    } | (more or {})
    out, offsets = bytearray(b"%PDF-1.7\n"), dict[int, int]()
    for number, body in sorted(objects.items()):
        offsets[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    out += b"".join(b"%d 1\n%010d 00000 n \n" % pair for pair in offsets.items())
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, start)
    return bytes(out)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    info = {"/Title": "A study of cells", "/doi": "10.5555/article"}
    (tmp_path / "good.pdf").write_bytes(build(pages=1, info=info))
    (tmp_path / "notice.yaml").write_text(
        "state: retraction\ndoi: 10.5555/notice\narticle:\n  title: A study of cells\n  doi: 10.5555/article\n"
    )
    (tmp_path / "list.csv").write_text("doi,state,date\n10.5555/article,retraction,2024-05-01\n")
    return tmp_path


STAMP = ("--notice", "notice.yaml", "--force-match", "x", "-o")
COMMANDS = {
    "inspect": ("inspect", "bad.pdf"),
    "notice": ("notice", "bad.pdf"),
    "stamp": ("stamp", "bad.pdf", *STAMP, "copy.pdf"),
    "preview": ("preview", "bad.pdf", *STAMP, "page.png"),
    "check": ("check", "bad.pdf", "--retractions", "list.csv"),
}


@pytest.mark.parametrize("bomb", [form_in_itself, content_of_a_gigabyte])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_takes_all_memory_is_refused_below_a_gigabyte(folder: Path, command: str, bomb: object) -> None:
    assert callable(bomb)
    (folder / "bad.pdf").write_bytes(bomb())
    before = {path.name for path in folder.iterdir()} | {"output", "errors"}
    ended = run(*COMMANDS[command], cwd=folder)
    assert ended.status == (1 if command == "check" else 4), ended
    assert "MB of memory" in ended.output + ended.errors
    assert "Traceback" not in ended.errors
    assert ended.resident_bytes < MAX_RESIDENT_BYTES
    assert {path.name for path in folder.iterdir()} == before


def test_a_page_that_takes_too_long_to_render_is_refused_in_time(folder: Path) -> None:
    (folder / "bad.pdf").write_bytes(tiny_pattern())
    ended = run(*COMMANDS["stamp"], "--timeout", "3", "--json", cwd=folder)
    assert ended.status == 4
    assert json.loads(ended.output)["reason"] == "it took longer than 3 seconds"
    assert ended.seconds < 30
    assert not list(folder.glob(".*"))


@pytest.mark.parametrize("command", ["inspect", "verify"])
def test_a_hostile_file_costs_no_other_file_of_the_same_command(folder: Path, command: str) -> None:
    (folder / "bad.pdf").write_bytes(form_in_itself())
    assert run("stamp", "good.pdf", *STAMP, "copy.pdf", cwd=folder).status == 0
    good = "copy.pdf" if command == "verify" else "good.pdf"
    ended = run(command, good, "bad.pdf", good, "--json", cwd=folder)
    lines = [json.loads(line) for line in ended.output.splitlines()]
    assert [("error" in line, len(lines)) for line in lines] == [(False, 3), (True, 3), (False, 3)]
    assert ended.status in {4, 5}
    assert ended.resident_bytes < MAX_RESIDENT_BYTES


def test_a_command_says_in_its_worker_what_it_says_without_one(folder: Path) -> None:
    stamped = run("stamp", "good.pdf", *STAMP, "copy.pdf", "--at", "2026-01-02", cwd=folder)
    assert (stamped.status, stamped.errors) == (0, "")
    assert stamped.output.startswith("good.pdf -> copy.pdf")
    again = run("stamp", "good.pdf", *STAMP, "copy.pdf", cwd=folder)
    assert (again.status, again.output) == (2, "")
    assert "copy.pdf" in again.errors
    usage = run("stamp", "good.pdf", "--no-such-option", cwd=folder)
    assert (usage.status, "there is no option --no-such-option" in usage.errors) == (2, True)
    verified = run("verify", "copy.pdf", cwd=folder)
    assert (verified.status, verified.output[:8]) == (0, "copy.pdf")
    restored = run("restore", "copy.pdf", "-o", "back.pdf", cwd=folder)
    assert (restored.status, (folder / "back.pdf").read_bytes()) == (0, (folder / "good.pdf").read_bytes())


@pytest.mark.parametrize("command", ["check", "mark-retracted"])
def test_a_pipe_or_a_device_that_is_named_as_an_article_is_answered_at_once(tmp_path: Path, command: str) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "list.csv").write_text("doi,state,date\n10.5555/article,retraction,2024-05-01\n")
    ended = run(command, "pipe.pdf", "/dev/zero", "--retractions", "list.csv", cwd=tmp_path, limit=30)
    assert ended.status == 1
    assert (ended.output + ended.errors).count("it is not a file") == 2


def test_a_process_that_only_directs_workers_has_a_limit_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = list[int]()
    monkeypatch.setattr("watermark.cli.limit_memory", limits.append)
    monkeypatch.setattr("watermark.cli._run", lambda _: 0)
    monkeypatch.setattr("watermark.cli.in_worker_process.turn_on", lambda: None)
    assert _run_isolated(["check", "article.pdf"]) == 0
    assert limits == [MAX_MEMORY_BYTES]
