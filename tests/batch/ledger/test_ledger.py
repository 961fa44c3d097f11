"""What a ledger says is on the disk, is read as it was written, and has one writer."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.batch.reports.entries import ledger_of, unfinished
from watermark.batch.ledger import Ledger, LedgerEntry
from watermark.batch.ledger.columns import NAMES, entry_from, values_of
from watermark.errors import FailedError, UsageError
from watermark.models import Claim, Decision, Finding, Status

TIME = datetime(2024, 5, 1, 12, tzinfo=UTC)
ENTRY = LedgerEntry(
    row="a/article.pdf",
    attempt=1,
    result="marked",
    exit_status=0,
    copy="out/a/article.retracted.pdf",
    findings=(Finding(claim=Claim.MARKED, status=Status.OK, message="on 8 pages"),),
    decisions=(Decision(name="edge line", value="top", reason="it is empty"),),
    notes=("page 2: odd",),
    started_at=TIME,
    seconds=0.25,
    tool="watermark 0",
)


def test_the_latest_attempt_of_each_row_is_read_in_the_order_of_the_manifest(tmp_path: Path) -> None:
    other = replace(ENTRY, row="other", result="failed", exit_status=4)
    ledger_of(tmp_path / "l", other, ENTRY, replace(other, result="marked"))
    with Ledger.opened(tmp_path / "l") as ledger:
        assert [(entry.row, entry.attempt, entry.result) for entry in ledger.entries()] == [
            ("other", 2, "marked"),
            ("a/article.pdf", 1, "marked"),
        ]
        assert [entry.attempt for entry in ledger.entries(all_attempts=True)] == [1, 2, 1]
        assert ledger.latest(ENTRY.row) == ENTRY
        assert ledger.latest("nobody") is None


@pytest.mark.parametrize(
    "statement",
    [
        (
            "ALTER TABLE attempt RENAME TO other; CREATE VIEW attempt AS SELECT other.* FROM other JOIN"
            " (WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n)"
        ),
        "ALTER TABLE attempt ADD COLUMN more AS (zeroblob(900000000))",
        "CREATE VIRTUAL TABLE more USING fts5(x)",
        "CREATE TRIGGER more AFTER INSERT ON attempt BEGIN DELETE FROM run; END",
    ],
)
def test_a_ledger_with_more_than_stored_values_is_not_read(tmp_path: Path, statement: str) -> None:
    ledger_of(tmp_path / "l", ENTRY)
    with closing(sqlite3.connect(tmp_path / "l")) as database:
        database.executescript(statement)
    for write in (False, True):
        with pytest.raises(FailedError, match="views or computed columns"), Ledger.opened(tmp_path / "l", write=write):
            pass


TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT, TEXT, st.integers(1, 2**40), st.floats(0, 1e9))
def test_an_entry_is_what_it_was(words: str, more: str, size: int, seconds: float) -> None:
    entry = replace(ENTRY, row=words, reason=more, notes=(words, more), copy_size_bytes=size, seconds=seconds)
    assert entry_from(dict(zip(NAMES, values_of(entry), strict=True))) == entry


def test_the_ledger_keeps_names_that_are_not_unicode(tmp_path: Path) -> None:
    strange = replace(ENTRY, row="r\udce9.pdf", reason="bad \udcff name", copy="out/\udce9.pdf", notes=("\ud800",))
    ledger_of(tmp_path / "l", strange)
    with Ledger.opened(tmp_path / "l", write=True) as ledger:
        assert list(ledger.entries()) == [strange]
        assert ledger.latest(strange.row) == strange
        assert ledger.owns_copy(strange.copy)
        assert ledger.reserve_name(strange.row, "one") == ""
        assert ledger.reserve_name(strange.row, "two") == "one"


def test_an_attempt_that_was_cut_off_is_not_an_entry_and_is_made_again_under_its_number(tmp_path: Path) -> None:
    with Ledger.opened(tmp_path / "l", write=True) as ledger:
        run = ledger.begin_run(None, "watermark 0")
        assert ledger.begin(run, "one", "out/one.pdf") == 1
    with Ledger.opened(tmp_path / "l", write=True) as ledger:
        assert list(ledger.entries()) == []
        assert unfinished(ledger) == [("one", "out/one.pdf")]
        assert ledger.owns_copy("out/one.pdf")
        assert not ledger.owns_copy("out/two.pdf")
        again = ledger.begin_run(None, "watermark 0")
        assert again == run, "the run that was cut off continues, with its time of marking"
        assert ledger.begin(again, "one", "out/one.pdf") == 1
        ledger.end(again, replace(ENTRY, row="one"))
        assert ledger.previous_owner(again, replace(ENTRY, row="one"))
        ledger.end_run(again)
        assert ledger.begin_run(None, "watermark 0").number == run.number + 1


def test_a_second_writer_has_to_wait_and_readers_have_not(tmp_path: Path) -> None:
    script = "import sys, pathlib; from watermark.batch.ledger import Ledger\n"
    script += "with Ledger.opened(pathlib.Path(sys.argv[1]), write=True) as ledger: print('in')"
    with Ledger.opened(tmp_path / "l", write=True):
        with Ledger.opened(tmp_path / "l") as reader:
            assert list(reader.entries()) == []
        second = [sys.executable, "-c", script, str(tmp_path / "l")]
        said = subprocess.run(second, capture_output=True, text=True, check=False)
        assert "another batch is using this ledger" in said.stderr
        with pytest.raises(UsageError, match="another batch"), Ledger.opened(tmp_path / "l", write=True):
            pass
    assert subprocess.run(second, capture_output=True, text=True, check=True).stdout == "in\n"


def test_what_is_not_a_ledger_or_none_of_ours_is_left_alone(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign"
    with sqlite3.connect(foreign) as database:
        database.execute("CREATE TABLE run (id)")
    database.close()
    text = tmp_path / "text"
    text.write_text("no database, and longer than the header of one: " + "x" * 100)
    for path, words in ((foreign, "not a ledger of this tool"), (text, "not a database")):
        before = path.read_bytes()
        for write in (False, True):
            with pytest.raises(FailedError, match=words), Ledger.opened(path, write=write):
                pass
        assert path.read_bytes() == before
    with pytest.raises(UsageError, match="ledger does not exist"), Ledger.opened(tmp_path / "absent"):
        pass
    assert not (tmp_path / "absent").exists()


def test_a_ledger_of_a_newer_release_is_not_touched(tmp_path: Path) -> None:
    ledger_of(tmp_path / "l", ENTRY)
    database = sqlite3.connect(tmp_path / "l")
    database.execute("PRAGMA user_version = 99")
    database.close()
    for write in (False, True):
        with pytest.raises(FailedError, match="newer release"), Ledger.opened(tmp_path / "l", write=write):
            pass


def test_a_ledger_that_knows_less_of_an_attempt_is_read_and_continued(tmp_path: Path) -> None:
    ledger_of(tmp_path / "l", ENTRY)
    database = sqlite3.connect(tmp_path / "l")
    database.execute("ALTER TABLE attempt DROP COLUMN notice_link")
    database.close()
    with Ledger.opened(tmp_path / "l") as ledger:
        assert list(ledger.entries()) == [ENTRY]
    ledger_of(tmp_path / "l", replace(ENTRY, row="new", notice_link="https://doi.org/10.1/2"))
    with Ledger.opened(tmp_path / "l") as ledger:
        assert [entry.notice_link for entry in ledger.entries()] == ["", "https://doi.org/10.1/2"]


def test_a_value_that_someone_has_changed_is_named(tmp_path: Path) -> None:
    ledger_of(tmp_path / "l", ENTRY)
    database = sqlite3.connect(tmp_path / "l")
    database.execute("UPDATE attempt SET findings = '[{}]'")
    database.commit()
    database.close()
    with (
        Ledger.opened(tmp_path / "l") as ledger,
        pytest.raises(FailedError, match=r"(?s)cannot read an entry of the ledger \(ValidationError: .*`claim`"),
    ):
        list(ledger.entries())


def test_who_reads_a_ledger_loads_nothing_that_reads_or_draws_a_pdf() -> None:
    libraries = {"numpy", "pikepdf", "pypdf", "pypdfium2", "lxml"}
    script = f"import sys, watermark.batch.ledger; print({libraries} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout
    assert said == "set()\n"


def test_who_reads_leaves_nothing_beside_the_ledger_and_changes_nothing_in_it(tmp_path: Path) -> None:
    ledger_of(tmp_path / "l", ENTRY)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with Ledger.opened(tmp_path / "l") as ledger:
        assert list(ledger.entries()) == [ENTRY]
        with pytest.raises(FailedError, match="attempt to write a readonly database"):
            ledger.revoke(ENTRY.row)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert set(before) == {"l", "l.lock"}


def test_who_reads_a_ledger_whose_writer_was_killed_sees_all_that_it_was_told(tmp_path: Path) -> None:
    ledger_of(tmp_path / "l", ENTRY)
    script = "import os, pathlib, sys; from watermark.batch.ledger import Ledger\n"
    script += "with Ledger.opened(pathlib.Path(sys.argv[1]), write=True) as ledger:\n"
    script += "    run = ledger.begin_run(None, 'watermark 0'); ledger.begin(run, 'two', 'two.pdf'); os._exit(9)"
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "l")], check=False)
    assert (tmp_path / "l-wal").stat().st_size > 0
    with Ledger.opened(tmp_path / "l") as ledger:
        assert unfinished(ledger) == [("two", "two.pdf")]
        assert list(ledger.entries()) == [ENTRY]
    assert {path.name for path in tmp_path.glob("l-*")} == set()
