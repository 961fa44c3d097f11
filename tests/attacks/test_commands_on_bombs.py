"""Files made to take all memory or all time: each command ends within its limits, and says what is wrong."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.attacks.bombs import BOMBS
from watermark.runtime.isolation.limits import MAX_SECONDS
from watermark.runtime.isolation.memory_use import resident_bytes

pytestmark = pytest.mark.slow
REPOSITORY = Path(__file__).parents[2]
MOST_BYTES = 1 << 30
"""Of memory, over all processes of a command."""
NOTICE = "# An article [Retraction]\n\nThe article https://doi.org/10.5555/article has been retracted.\n"
FAR_REACHING = ("content", "content-twice", "form-in-itself", "forms-of-forms", "pages-of-pages", "dashes")
"""These are tried with every command, the others with the one that reads most."""
COMMANDS = ("inspect", "stamp", "preview", "verify", "notice", "check", "restore", "batch")


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
@pytest.mark.parametrize(
    ("name", "bomb"),
    [(name, bomb) for bomb in BOMBS for name in (COMMANDS if bomb in FAR_REACHING else ("stamp",))],
)
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
