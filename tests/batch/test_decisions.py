"""Refused articles are written as a table, which a person fills in and runs again."""

import csv
import io
import shlex
from pathlib import Path

import pytest

from tests.batch.running import here
from tests.helpers.build import build
from watermark.batch.ledger import Ledger
from watermark.batch.manifest import manifest_in
from watermark.batch.manifest.decisions import decisions_for
from watermark.cli import main

TITLE = "The effect of one treatment on the outcome of a trial"


def catalogue(folder: Path) -> Path:
    (folder / "articles").mkdir()
    for name, title in (("=right.pdf", TITLE), ("r\xe9.pdf", "Another study of something else entirely, in mice")):
        (folder / "articles" / name).write_bytes(build(pages=1, title=title, text=(title, "The abstract.")))
    (folder / "n.md").write_text(f"# {TITLE} [Retraction]\n\nWe retract the article named above.\n")
    (folder / "m.csv").write_text("article;notice;date\n=right.pdf;n.md;\nre\u0301.pdf;n.md;2024-05-01\n", "utf-8")
    return folder / "m.csv"


@pytest.mark.not_on("ascii")  # simulated, only the workers have other names
def test_a_refused_row_is_marked_after_a_person_has_filled_in_its_column(tmp_path: Path) -> None:
    manifest, out = catalogue(tmp_path), tmp_path / "out"
    assert sorted(entry.result for entry in here(manifest, tmp_path / "articles", out).entries) == ["marked", "refused"]
    with manifest_in(manifest) as read, Ledger.opened(out) as ledger:
        data, count = decisions_for(read, ledger.entries())
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert (count, row["article"], row["date"]) == (1, "re\u0301.pdf", "2024-05-01")
    assert "not the article named in the notice" in row["reason"]
    assert "In the manifest, use the column “force_match”." in row["what to do"]
    row["force_match"] = "the title was changed"
    with (tmp_path / "decided.csv").open("w", encoding="utf-8", newline="") as target:
        table = csv.DictWriter(target, row)
        table.writeheader()
        table.writerow(row)
    (entry,) = here(tmp_path / "decided.csv", tmp_path / "articles", out).entries
    assert (entry.result, entry.attempt) == ("marked", 2)
    with manifest_in(manifest) as read, Ledger.opened(out) as ledger:
        assert decisions_for(read, ledger.entries())[1] == 0


def test_a_list_of_retractions_has_no_columns_to_fill_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "list.jsonl").write_text(
        '{"DOI": "10.5555/n", "update-to": [{"DOI": "10.5555/a", "type": "retraction", '
        '"updated": {"date-parts": [[2024, 5, 1]]}}], "title": ["Retraction: A"]}\n'
    )
    (tmp_path / "articles").mkdir()
    options = ["--articles", str(tmp_path / "articles"), "--out", str(tmp_path / "out")]
    with pytest.raises(SystemExit) as ended:
        main(["batch", str(tmp_path / "list.jsonl"), *options, "--decide", str(tmp_path / "d.csv")])
    assert ended.value.code == 2
    assert "has no columns to fill in" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_decisions_never_replace_the_manifest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = catalogue(tmp_path)
    before = manifest.read_bytes()
    options = ["--articles", str(tmp_path / "articles"), "--out", str(tmp_path / "out"), "--decide", str(manifest)]
    with pytest.raises(SystemExit) as ended:
        main(["batch", str(manifest), *options])
    assert ended.value.code == 2
    assert "overwrite an input file" in capsys.readouterr().err
    assert manifest.read_bytes() == before


@pytest.mark.not_on("ascii")  # simulated, only the workers have other names
def test_the_command_that_is_printed_marks_what_was_decided(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest, decide = catalogue(tmp_path), tmp_path / "my decisions.csv"
    monkeypatch.chdir(tmp_path)
    options = ["--articles", "articles", "--out", "out", "--ledger", "our ledger", "--jobs", "1", "--text", "Withdrawn"]
    options += ["--angle", "-30.0", "--no-edge-line", "--report", "csv", "--report", "html"]
    with pytest.raises(SystemExit):
        main(["batch", str(manifest), *options, "--decide", str(decide), "--bag", "bag"])
    printed = capsys.readouterr().out.splitlines()
    assert printed[-2] == f"decisions: {decide} (1 refused article)"
    command = shlex.split(printed[-1].removeprefix("Fill it in, then run: watermark "))
    assert sorted(command) == sorted(["batch", str(decide), "--notices", str(tmp_path), *options])
    with decide.open(encoding="utf-8-sig", newline="") as source:
        (row,) = csv.DictReader(source)
    with decide.open("w", encoding="utf-8", newline="") as target:
        table = csv.DictWriter(target, row)
        table.writeheader()
        table.writerow(row | {"force_match": "the title was changed"})
    with pytest.raises(SystemExit) as ended:
        main(command)
    assert ended.value.code == 0
    assert "1 marked" in capsys.readouterr().out
