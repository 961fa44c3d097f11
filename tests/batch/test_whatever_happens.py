"""What must hold whatever happens on the way: killed, interrupted, with a full disk."""

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.batch.catalogue import Catalogue, attempts_in, digests, made
from tests.batch.running import LIMIT, command, environment, killed_after, on_a_small_disk
from watermark.batch.ledger import Ledger

COUNT = 40

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return made(tmp_path_factory.mktemp("catalogue"), COUNT, big_bytes=30_000_000)


def test_killed_in_the_middle_and_run_again_it_ends_like_an_undisturbed_run(
    catalogue: Catalogue, uninterrupted: Path, tmp_path: Path
) -> None:
    out, times = tmp_path / "out", 0
    while not killed_after(command(catalogue, out, "-j", "2", *LIMIT), 5 + 2 * times):
        times += 1
    assert times > 0
    assert digests(out) == digests(uninterrupted)
    assert attempts_in(out, str(out)) == attempts_in(uninterrupted, str(uninterrupted))
    assert [path.name for path in out.rglob("*.part")] == []


@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_ends_it_cleanly_and_twice_at_once(catalogue: Catalogue, tmp_path: Path, times: int) -> None:
    out, messages = tmp_path / "out", tmp_path / "messages"
    arguments = command(catalogue, out, "-j", "1", *LIMIT, "--json")
    with (
        messages.open("w") as stderr,
        subprocess.Popen(arguments, env=environment(), stdout=subprocess.PIPE, stderr=stderr, text=True) as process,
    ):
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        for _ in range(4 if times == 2 else 0):  # while the next article is in work; two at once count as one
            time.sleep(0.01)
            process.send_signal(signal.SIGINT)
        rest = process.stdout.read()  # not communicate(): it loses the lines that readline() has read ahead
        process.wait(timeout=30)
    errors = messages.read_text()
    assert process.returncode == 130
    assert "stopping after the articles in progress" in errors
    assert ("Unfinished articles will be redone" in errors) == (times == 2)
    with Ledger.opened(out) as ledger:
        entries = list(ledger.entries())
    assert {entry.row for entry in entries} == {first["row"], *(json.loads(line)["row"] for line in rest.splitlines())}
    assert len(entries) < COUNT
    assert {entry.copy for entry in entries if entry.copy} >= {str(path) for path in out.rglob("*.pdf")}
    assert [path.name for path in out.rglob("*.part")] == []


@pytest.mark.parametrize("size", [1200, 300])
def test_a_full_disk_is_reported_and_leaves_nothing_partial_and_the_run_continues_with_more_room(
    catalogue: Catalogue, uninterrupted: Path, tmp_path: Path, size: int
) -> None:
    out, kept = tmp_path / "out", tmp_path / "kept"
    run_ = on_a_small_disk(command(catalogue, out, "-j", "2", *LIMIT), out, kept, kilobytes=size)
    if run_.returncode in {1, 99}:
        pytest.skip(f"no disk of its own can be made here: {run_.stderr}")
    full, more = run_.stdout.split("more room\n")
    assert "status 4" in full
    assert "full" in run_.stderr
    assert "Free some space" in run_.stderr
    assert "Traceback" not in run_.stderr
    assert ".part" not in full
    assert more == "status 4\n"
    assert digests(kept) == digests(uninterrupted)
    assert attempts_in(kept, str(out)) == attempts_in(uninterrupted, str(uninterrupted))
