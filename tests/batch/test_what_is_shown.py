"""What a person reads while a batch runs, and at its end."""

import json
from pathlib import Path

import pikepdf
import pytest

from tests.batch.catalogue import Catalogue, made
from tests.batch.running import command, here
from watermark.cli import main


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    catalogue = made(tmp_path_factory.mktemp("catalogue"), 10, big_bytes=0)
    lines = catalogue.manifest.read_text().splitlines(keepends=True)
    few = [line for line in lines if "hangs" not in line and "aborts" not in line]
    few.append("\x1b[2Jodd.pdf,notices/0.md,,,\n")
    catalogue.manifest.write_text("".join(few))
    return catalogue


def test_a_line_for_what_was_not_marked_then_the_counts_and_the_ledger(
    catalogue: Catalogue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*options: str) -> tuple[str, str]:
        with pytest.raises(SystemExit):
            main(command(catalogue, tmp_path / "out", "-j", "1", *options)[3:])
        return capsys.readouterr()

    out, err = said()
    lines = err.splitlines()
    assert len(lines) == 5
    assert all(": refused: " in line or ": not found: " in line or ": failed: " in line for line in lines)
    assert "\x1b" not in err
    counts, ledger = out.splitlines()
    assert counts.startswith("9 of 9 articles: 4 marked, 3 refused")
    assert ledger == f"ledger: {tmp_path / 'out' / 'ledger.sqlite'}"
    out, err = said("--json")
    entries = [json.loads(line) for line in out.splitlines()]
    assert len(entries) == 9
    assert {entry["attempt"] for entry in entries if entry["result"] == "marked"} == {1}
    assert err == ""


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--out", "s3://bucket/out"), "Pass the path of the ledger with --ledger"),
        (("--out", "ftp://host/out", "--ledger", "l"), "cannot write files atomically"),
        (("--articles", "absent"), "the folder of the articles does not exist"),
        (("--profile", "nobody"), "nobody"),
    ],
)
def test_what_cannot_be_done_as_asked_is_reported_at_once(  # noqa: PLR0917 - fixtures
    catalogue: Catalogue,
    tmp_path: Path,
    options: tuple[str, ...],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(command(catalogue, tmp_path / "out", *options)[3:])
    assert ended.value.code == 2
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_remedy_names_the_column_of_the_manifest_that_takes_its_value(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(tmp_path / "articles" / "a.pdf", encryption=pikepdf.Encryption(owner="secret", user="secret"))
    (tmp_path / "n.md").write_text("# [Retraction] An article\n", encoding="utf-8")
    (tmp_path / "m.csv").write_text("article,notice\na.pdf,n.md\n", encoding="utf-8")
    (entry,) = here(tmp_path / "m.csv", tmp_path / "articles", tmp_path / "out").entries
    assert entry.result == "refused"
    assert "In the manifest, use the column “password_file”." in entry.remedy
