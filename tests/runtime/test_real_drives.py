"""On a real exFAT and a real NTFS drive, and as a user without permissions: the same commands, the same results.

They need root, a loop device and FUSE (packages `exfat-fuse exfatprogs ntfs-3g`); where these are missing, the tests
are skipped.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
SAMPLES = REPOSITORY / "samples"
MEGABYTES = 48
DRIVES = {"exfat": (["mkfs.exfat"], ["mount.exfat-fuse"]), "ntfs": (["mkfs.ntfs", "-Q", "-F"], ["mount.ntfs-3g"])}
NOBODY = 65534
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root can mount a drive"),
]


def become(user: int) -> Callable[[], None]:
    """Return what a new process calls to be that of another user."""

    def change() -> None:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)

    return change


def environment(user: int, folder: Path | None) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(REPOSITORY)} | ({"HOME": str(folder)} if user else {})


def can_run(user: int, folder: Path) -> bool:
    """Return whether another user can read this Python, its packages and this one."""
    try:
        subprocess.run(
            [sys.executable, "-c", "import pikepdf, watermark.cli"],
            check=True,
            capture_output=True,
            cwd=folder,
            env=environment(user, folder),
            preexec_fn=become(user),
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def command(*arguments: object, user: int = 0, folder: Path | None = None) -> tuple[int, str]:
    run = subprocess.run(
        [sys.executable, "-m", "watermark", *map(str, arguments)],
        capture_output=True,
        check=False,
        cwd=folder,
        env=environment(user, folder),
        preexec_fn=become(user) if user else None,
        timeout=300,
    )
    shown = (run.stdout + run.stderr).decode("utf-8", "replace")
    assert "Traceback" not in shown, shown
    return run.returncode, shown


@pytest.fixture(params=DRIVES)
def drive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    make, mount = DRIVES[request.param]
    if missing := [name for name in (make[0], mount[0], "losetup") if shutil.which(name) is None]:
        pytest.skip(f"{missing[0]} is not installed")
    image, place = tmp_path / "image", tmp_path / "drive"
    with image.open("wb") as file:
        file.truncate(MEGABYTES << 20)
    place.mkdir()
    device = ""
    try:
        found = subprocess.run(["losetup", "-f", "--show", image], capture_output=True, check=False, text=True)
        device = found.stdout.strip()
        if found.returncode or subprocess.run([*make, device], capture_output=True, check=False).returncode:
            pytest.skip(f"no drive can be made here ({found.stderr.strip()})")
        if subprocess.run([*mount, device, place], capture_output=True, check=False).returncode:
            pytest.skip("no drive can be mounted here")
        yield place
    finally:
        subprocess.run(["umount", place], capture_output=True, check=False)
        if device:
            subprocess.run(["losetup", "-d", device], capture_output=True, check=False)


def test_all_that_is_done_with_articles_works_on_a_real_drive(drive: Path) -> None:
    (drive / "in").mkdir()
    for name in ("article.pdf", "Übersicht é.pdf"):
        shutil.copyfile(SAMPLES / "article.pdf", drive / "in" / name)
    shutil.copyfile(SAMPLES / "retraction-notice.md", drive / "notice.md")
    (drive / "manifest.csv").write_text("article,notice\narticle.pdf,notice.md\nÜbersicht é.pdf,notice.md\n", "utf-8")
    (drive / "list.csv").write_text("doi,state,date\n10.5555/stand-in.mir31,retraction,2024-01-01\n", "utf-8")
    stamp = ("stamp", drive / "in" / "article.pdf", "--notice", drive / "notice.md", "-o")
    assert command(*stamp, drive / "copy.pdf")[0] == 0
    status, shown = command(*stamp, drive / "copy.pdf")
    assert (status, "already exists" in shown) == (2, True)
    assert command(*stamp, drive / "copy.pdf", "--overwrite")[0] == 0
    assert command("restore", drive / "copy.pdf", "-o", drive / "original.pdf")[0] == 0
    assert (drive / "original.pdf").read_bytes() == (SAMPLES / "article.pdf").read_bytes()
    batch = ("batch", drive / "manifest.csv", "--articles", drive / "in", "--out", drive / "out")
    assert command(*batch, "--report", "html", "--bag", drive / "bag")[0] == 0
    assert "2 already done" in command(*batch)[1]
    status, shown = command("verify", drive / "out")
    assert (status, "2 copies: 2 passed" in shown) == (0, True)
    assert command("check", drive / "in", "--retractions", drive / "list.csv")[0] == 1
    assert not [path for path in drive.rglob("*") if path.name.endswith(".part")]


@pytest.mark.parametrize("name", ["what?.pdf", os.fsdecode(b"r\xe9sum\xe9.pdf")])
def test_a_name_that_a_real_drive_refuses_is_blamed_and_nothing_is_left(drive: Path, name: str) -> None:
    status, shown = command(
        "stamp", SAMPLES / "article.pdf", "--notice", SAMPLES / "retraction-notice.md", "-o", drive / name
    )
    if status == 0:  # NTFS itself takes more names than Windows
        pytest.skip("this drive accepts the name")
    assert (status, "the drive does not accept this name" in shown) == (4, True), shown
    assert not list(drive.glob("*.p*"))


def test_a_full_drive_leaves_no_part_of_a_copy(drive: Path) -> None:
    filler = drive / "filler"
    with filler.open("wb") as file:
        try:
            while True:
                file.write(bytes(1 << 16))
                file.flush()
        except OSError:
            pass
    os.truncate(filler, max(filler.stat().st_size - (100 << 10), 0))
    status, shown = command(
        "stamp", SAMPLES / "article.pdf", "--notice", SAMPLES / "retraction-notice.md", "-o", drive / "copy.pdf"
    )
    assert (status, "No space left" in shown) == (4, True), shown
    assert [path.name for path in drive.iterdir() if path.is_file()] == ["filler"]


def test_a_user_without_permissions_gets_a_sentence_and_changes_nothing(tmp_path: Path) -> None:
    home, theirs = tmp_path / "home", tmp_path / "theirs"
    for folder in (*reversed(tmp_path.parents[:3]), tmp_path):
        if folder.is_relative_to("/tmp"):  # noqa: S108 - where pytest makes its folders
            folder.chmod(folder.stat().st_mode | 0o055)
    home.mkdir()
    os.chown(home, NOBODY, NOBODY)
    theirs.mkdir(mode=0o755)
    article, secret, notice = theirs / "article.pdf", theirs / "secret.pdf", theirs / "notice.md"
    for path in (article, secret):
        shutil.copyfile(SAMPLES / "article.pdf", path)
    shutil.copyfile(SAMPLES / "retraction-notice.md", notice)
    secret.chmod(0o600)
    if not can_run(NOBODY, home):
        pytest.skip("another user cannot read this Python or this package")
    before = sorted(path.name for path in theirs.iterdir())
    assert command("stamp", article, "--notice", notice, "-o", home / "copy.pdf", user=NOBODY, folder=home)[0] == 0
    for given, output in ((secret, home / "other.pdf"), (article, theirs / "copy.pdf")):
        status, shown = command("stamp", given, "--notice", notice, "-o", output, user=NOBODY, folder=home)
        assert (status, "Permission denied" in shown) == (4, True), shown
    assert sorted(path.name for path in theirs.iterdir()) == before
    assert sorted(path.name for path in home.glob("*.pdf")) == ["copy.pdf"]
