"""Files made to take all memory or all time: each command ends within its limits, and says what is wrong."""

import os
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.build import build
from watermark.pdf.serialization import Raw
from watermark.runtime.isolation.limits import MAX_SECONDS
from watermark.runtime.isolation.resident import resident_bytes

pytestmark = pytest.mark.slow
REPOSITORY = Path(__file__).parents[2]
MOST_BYTES = 1 << 30
"""Of memory, over all processes of a command."""
NOTICE = "# An article [Retraction]\n\nThe article https://doi.org/10.5555/article has been retracted.\n"
COMMANDS = ("inspect", "stamp", "preview", "verify", "notice", "check", "restore", "batch")


def blanks(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * (1 << 20)) for _ in range(megabytes)) + packer.flush()


def form(content: bytes, resources: bytes = b"") -> bytes:
    head = b"<</Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<<%b>>/Length %d>>stream\n" % (
        resources,
        len(content),
    )
    return head + content + b"\nendstream"


def with_objects(data: bytes, objects: dict[int, bytes]) -> bytes:
    """Return a file with objects more, in a revision of its own."""
    out, places = bytearray(data), dict[int, int]()
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start, before = len(out), int(data.rsplit(b"startxref", 1)[1].split()[0])
    out += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % one for one in places.items())
    out += b"trailer\n<</Size %d/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, before, start)
    return bytes(out)


def drawn(content: bytes, **more: Any) -> bytes:  # noqa: ANN401 - the recipe knows the type of each
    return build(content=content, xmp=True, **more)


BOMBS: dict[str, Callable[[], bytes]] = {
    "content": lambda: drawn(blanks(600), content_entries={"/Filter": Raw(b"/FlateDecode")}),
    "content-twice": lambda: drawn(
        zlib.compress(blanks(2048), 9), content_entries={"/Filter": Raw(b"[/FlateDecode/FlateDecode]")}
    ),
    "form-in-itself": lambda: with_objects(
        drawn(b"/X Do", resource_entries={"/XObject": Raw(b"<</X 90 0 R>>")}),
        {90: form(b"/X Do /X Do", b"/XObject<</X 90 0 R>>")},
    ),
    "forms-of-forms": lambda: with_objects(
        drawn(b"/X Do", resource_entries={"/XObject": Raw(b"<</X 90 0 R>>")}),
        {
            **{n: form(b"/X Do " * 10, b"/XObject<</X %d 0 R>>" % (n + 1)) for n in range(90, 100)},
            100: form(b"0 0 1 1 re f"),
        },
    ),
    "pages-of-pages": lambda: with_objects(
        drawn(b"0 0 1 1 re f"),
        {
            2: b"<</Type/Pages/Kids[%b]/Count 10000000000>>" % (b"90 0 R " * 10),
            **{
                n: b"<</Type/Pages/Kids[%b]/Count 1>>" % (b"%d 0 R " % (n + 1 if n < 98 else 3) * 10)
                for n in range(90, 99)
            },
        },
    ),
    "dashes": lambda: drawn(b"[0.01 0.01] 0 d 1 w -1000000000 0 m 1000000000 842 l S"),
}


def command(name: str, folder: Path) -> list[object]:
    bomb, notice, out = folder / "bomb.pdf", folder / "notice.md", folder / "out"
    given = ("--notice", notice, "--force-match", "a test")
    places = ("--articles", folder, "--notices", folder, "--out", out, "--jobs", "1")
    more: dict[str, tuple[object, ...]] = {
        "inspect": (bomb,),
        "stamp": (bomb, *given, "-o", folder / "copy.pdf"),
        "preview": (bomb, *given, "-o", folder / "page.png"),
        "verify": (bomb,),
        "notice": (bomb,),
        "check": (bomb, "--retractions", folder / "list.csv"),
        "restore": (bomb, "-o", folder / "restored.pdf"),
        "batch": (folder / "manifest.csv", *places),
    }
    return [name, *more[name]]


@pytest.mark.skipif(sys.platform != "linux", reason="resident memory is read from /proc")
@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_ends_within_its_limits_and_says_what_is_wrong(tmp_path: Path, name: str, bomb: str) -> None:
    (tmp_path / "bomb.pdf").write_bytes(BOMBS[bomb]())
    (tmp_path / "notice.md").write_text(NOTICE)
    (tmp_path / "list.csv").write_text("doi,state,date\n10.5555/article,retraction,2024-05-01\n")
    (tmp_path / "manifest.csv").write_text("article,notice\nbomb.pdf,notice.md\n")
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "WATERMARK_VERAPDF": "", "HOME": str(tmp_path)}
    arguments = [sys.executable, "-m", "watermark", *map(str, command(name, tmp_path))]
    most, end = 0, time.monotonic() + MAX_SECONDS
    with subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        while process.poll() is None and time.monotonic() < end:
            most = max(most, resident_bytes(process.pid))
            time.sleep(0.02)
        is_late = process.poll() is None
        process.kill()
        assert process.stdout is not None
        message = process.stdout.read().decode()
    assert not is_late
    assert process.returncode in range(7), message
    assert "Traceback" not in message
    assert message.strip()
    assert most < MOST_BYTES
