"""A catalogue is marked whole: each row comes to what it has to, once, whatever happens on the way."""

import os
import sqlite3
import subprocess
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.batch.catalogue import Catalogue, attempts_in, digests, made, results
from tests.batch.reports.entries import unfinished
from tests.batch.running import Heard, here, run
from watermark.batch.ledger import NAME, Ledger
from watermark.batch.manifest import manifest_in
from watermark.batch.task import Task
from watermark.errors import UsageError
from watermark.runtime.atomic_files import atomic_file

COUNT = 14


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return made(tmp_path_factory.mktemp("catalogue"), COUNT, big_bytes=3_000_000)


@pytest.fixture(scope="module")
def uninterrupted(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("uninterrupted") / "out"
    here(catalogue.manifest, catalogue.articles, out, seconds=5)
    return out


def test_every_row_comes_to_what_it_has_to(catalogue: Catalogue, uninterrupted: Path) -> None:
    assert results(uninterrupted) == catalogue.expected
    kinds = {result for result, _ in catalogue.expected.values()}
    assert kinds == {"marked", "refused", "failed", "not found"}
    reasons = {
        entry["row"].rpartition("-")[2]: entry["reason"] for entry in attempts_in(uninterrupted, str(uninterrupted))
    }
    assert "it took longer than 5 seconds" in reasons["hangs.pdf"]
    assert "crashed (Aborted" in reasons["aborts.pdf"]
    assert "is not the article named in the notice" in reasons["mismatch.pdf"]


def test_a_copy_is_there_for_each_marked_row_and_nothing_else(catalogue: Catalogue, uninterrupted: Path) -> None:
    marked = {row for row, (result, _) in catalogue.expected.items() if result == "marked"}
    copies = {name for name in digests(uninterrupted) if name.endswith(".pdf")}
    assert copies == {row.replace(".pdf", ".retracted.pdf") for row in marked}
    with Ledger.opened(uninterrupted) as ledger:
        for entry in ledger.entries():
            if entry.copy:
                original = Path(entry.article).read_bytes()
                assert Path(entry.copy).read_bytes().startswith(original)
                assert entry.copy_sha256 == digests(uninterrupted)[str(Path(entry.copy).relative_to(uninterrupted))]
                assert len(entry.plan_digest) == len(entry.article_sha256) == 64
    hidden = [path.name for path in uninterrupted.rglob(".*")]
    assert hidden == []


def test_what_is_done_is_not_done_again_and_what_has_failed_is(
    catalogue: Catalogue, uninterrupted: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    subprocess.run(["cp", "-a", uninterrupted, out], check=True)
    ledger = sqlite3.connect(out / NAME)
    ledger.execute("""UPDATE attempt SET "copy" = replace("copy", ?, ?)""", (str(uninterrupted), str(out)))
    ledger.commit()
    ledger.close()
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.pdf")}
    heard = here(catalogue.manifest, catalogue.articles, out, seconds=1)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.pdf")} == before
    failed = {row for row, (result, _) in catalogue.expected.items() if result == "failed"}
    assert len(failed) == 2
    assert {entry.row for entry in heard.entries if entry.attempt == 2} == failed
    assert set(heard.kept) == set(catalogue.expected) - failed
    with Ledger.opened(out) as read:
        assert {entry.row: entry.attempt for entry in read.entries()} == {
            row: 2 if row in failed else 1 for row in catalogue.expected
        }
        assert unfinished(read) == []


def few_of(catalogue: Catalogue, tmp_path: Path, count: int) -> Path:
    """Return the folder of a catalogue of a few sound articles, with its manifest."""
    lines = catalogue.manifest.read_text().splitlines(keepends=True)
    few = [lines[0], *[line for line in lines if "sound" in line][:count]]
    subprocess.run(["cp", "-a", catalogue.folder, tmp_path / "few"], check=True)
    (tmp_path / "few" / "manifest.csv").write_text("".join(few))
    return tmp_path / "few"


@pytest.fixture
def sound(catalogue: Catalogue, tmp_path: Path) -> Path:
    return few_of(catalogue, tmp_path, 3)


def marked(folder: Path, **asked: object) -> Heard:
    return here(folder / "manifest.csv", folder / "articles", folder / "out", **asked)


def again(folder: Path) -> dict[str, str]:
    with Ledger.opened(folder / "out") as ledger:
        return {entry.row: entry.result for entry in ledger.entries() if entry.attempt == 2}


def copy_of(folder: Path, row: str) -> Path:
    return folder / "out" / row.replace(".pdf", ".retracted.pdf")


def test_what_has_changed_is_done_again_and_nothing_else(catalogue: Catalogue, tmp_path: Path) -> None:
    sound = few_of(catalogue, tmp_path, 5)
    rows = [entry.row for entry in marked(sound).entries]
    assert len(rows) == 5
    notice, article, copy, gone, *_ = rows
    path = sound / "notices" / f"{int(Path(notice).name[:5])}.md"
    path.write_text(path.read_text() + "\nOne more sentence.\n")
    with (sound / "articles" / article).open("ab") as file:
        file.write(b"\n% one more line\n")
    data = bytearray(copy_of(sound, copy).read_bytes())
    data[len(data) // 2] ^= 1
    copy_of(sound, copy).write_bytes(data)
    copy_of(sound, gone).unlink()
    heard = marked(sound)
    assert again(sound) == dict.fromkeys((notice, article, copy, gone), "marked")
    assert len(heard.kept) == 1
    assert {entry.attempt for entry in marked(sound, resume=False).entries} == {2, 3}


def test_another_release_of_the_tool_does_all_again(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marked(sound)
    monkeypatch.setattr("watermark.batch.task.TOOL", "watermark 0")
    heard = marked(sound)
    assert [entry.attempt for entry in heard.entries] == [2] * 3


def test_a_worker_of_another_release_marks_nothing(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watermark.batch.preparation.Task", lambda **values: Task(**values | {"tool": "watermark 0"}))
    heard = marked(sound)
    assert {entry.result for entry in heard.entries} == {"failed"}
    assert "this worker runs another release" in heard.entries[0].reason


def test_a_second_run_beside_the_first_has_to_wait(sound: Path) -> None:
    (sound / "out").mkdir()
    with (
        Ledger.opened(sound / "out", write=True),
        pytest.raises(UsageError, match="another batch is using this ledger"),
    ):
        marked(sound)
    assert list((sound / "out").rglob("*.pdf")) == []


def test_a_file_with_a_copys_name_that_is_not_ours_stays(sound: Path) -> None:
    with (sound / "manifest.csv").open() as file:
        row = file.read().splitlines()[1].split(",")[0]
    copy_of(sound, row).parent.mkdir(parents=True)
    copy_of(sound, row).write_bytes(b"somebody's own")
    first = {entry.row: entry for entry in marked(sound).entries}[row]
    assert (first.result, first.exit_status) == ("failed", 2)
    assert "a file with the name of the copy exists" in first.reason
    assert copy_of(sound, row).read_bytes() == b"somebody's own"


class Lost(ThreadPoolExecutor):
    """Does all work twice, as a cluster does whose worker is lost when it has done it and before it says so."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:  # noqa: ANN401 - as it has them
        """Return the outcome of the second time."""

        def done_again() -> object:
            function(*arguments, **named)
            return function(*arguments, **named)

        return super().submit(done_again)


def test_a_copy_that_a_lost_worker_saved_is_known_for_what_it_is(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.batch.running.ThreadPoolExecutor", Lost)
    lost = {entry.row: entry for entry in marked(sound).entries}
    monkeypatch.undo()
    usual = {entry.row: entry for entry in here(sound / "manifest.csv", sound / "articles", tmp_path / "usual").entries}
    assert {entry.result for entry in lost.values()} == {"marked"}
    assert {row: entry.copy_sha256 for row, entry in lost.items()} == {row: e.copy_sha256 for row, e in usual.items()}
    assert {row: Path(entry.sidecar).name for row, entry in lost.items()} == {
        row: Path(entry.sidecar).name for row, entry in usual.items()
    }


def test_what_a_killed_process_left_half_written_is_taken_away_and_nothing_else(sound: Path) -> None:
    folder = copy_of(sound, "0/00000-sound.pdf").parent
    folder.mkdir(parents=True)
    with atomic_file(folder / "a.retracted.pdf", overwrite=False) as half:
        left = half.path.with_name(half.path.name.replace(str(os.getpid()), "99"))
        half.path.rename(left)
    (folder / "download.part").touch()
    (folder / ".download.pdf.part").touch()
    marked(sound)
    assert [path.name for path in sorted(folder.glob("*.part"))] == [".download.pdf.part", "download.part"]
    assert not left.exists()


def test_two_rows_for_one_article_are_distinguished(sound: Path) -> None:
    manifest = sound / "manifest.csv"
    lines = manifest.read_text().splitlines(keepends=True)
    manifest.write_text("".join([*lines[:3], lines[1]]))
    heard = marked(sound)
    assert sorted((entry.result, entry.exit_status) for entry in heard.entries) == [
        ("failed", 2),
        ("marked", 0),
        ("marked", 0),
    ]
    (second,) = (entry for entry in heard.entries if entry.exit_status)
    assert second.row.endswith("(line 4)")
    assert "line 2 names the same article" in second.reason
    assert marked(sound).kept.count(second.row) == 1


@pytest.mark.parametrize("name", ["../out.pdf", "/etc/passwd", "link/a.pdf", "pipe.pdf", "0"])
def test_no_name_in_a_manifest_leads_out_or_to_what_is_not_a_file(sound: Path, name: str) -> None:
    (sound / "articles" / "link").symlink_to("/etc")
    os.mkfifo(sound / "articles" / "pipe.pdf")
    (sound / "manifest.csv").write_text(f"article,notice\n{name},notices/0.md\n")
    (entry,) = marked(sound).entries
    assert entry.result == "failed"
    assert entry.exit_status in {2, 4}
    assert list((sound / "out").rglob("*.pdf")) == []


def test_a_link_among_the_copies_leads_nowhere_else(sound: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (sound / "out").mkdir()
    (sound / "out" / "0").symlink_to(tmp_path / "elsewhere")
    assert {entry.exit_status for entry in marked(sound).entries} == {2}
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_plan_is_made_and_nothing_is_written(sound: Path) -> None:
    before = sorted(sound.rglob("*"))
    heard = Heard()
    with manifest_in(sound / "manifest.csv") as read, Ledger.scratch(sound / "out") as ledger:
        run(read, sound / "articles", sound / "out", ledger, heard, only_plan=True)
    assert sorted(sound.rglob("*")) == before
    assert [entry.result for entry in heard.entries] == ["planned"] * 3
    assert all("edge line" in {decision.name for decision in entry.decisions} for entry in heard.entries)


def test_the_copies_never_lie_among_the_articles(sound: Path) -> None:
    for out in (sound / "articles", sound / "articles" / "0"):
        with pytest.raises(UsageError, match="the output folder is inside the folder of the articles"):
            here(sound / "manifest.csv", sound / "articles", out, ledger=sound)
