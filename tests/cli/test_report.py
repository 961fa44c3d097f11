"""`watermark report`: every form of the report from a real ledger, whole or not at all."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import bagit
import pytest
from lxml import etree

from tests.batch.reports.entries import DOI, entry, ledger_of, marked, refused
from tests.batch.reports.test_premis import GRAMMAR
from tests.helpers.build import build
from watermark.cli import main

Command = Callable[..., int]


@pytest.fixture
def catalogue(once: Path, tmp_path: Path) -> Path:
    """A folder with two marked copies, one refused article and their ledger, for one test alone."""
    return copytree(once, tmp_path / "marked")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("once") / "marked"
    folder.mkdir()
    one, two = marked(folder), marked(folder, "b", pdfa="1b")
    inside = [
        replace(recorded, copy=Path(recorded.copy).name, sidecar=Path(recorded.sidecar).name) for recorded in (one, two)
    ]
    ledger_of(folder, *inside, refused(row="c", title="=1+1"))
    return folder


@pytest.fixture
def command() -> Command:
    def run(*arguments: object) -> int:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in ("report", *arguments)])
        return int(ended.value.code or 0)

    return run


def test_every_file_is_written_with_all_entries(catalogue: Path, tmp_path: Path, command: Command) -> None:
    assert command(catalogue, "--to", "csv", "-o", tmp_path / "report.csv") == 0
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["result"] for row in rows] == ["marked", "marked", "refused"]
    assert rows[2]["title"] == "'=1+1"
    assert command(catalogue / "ledger.sqlite", "--to", "jsonl", "-o", tmp_path / "report.jsonl") == 0
    lines = (tmp_path / "report.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["copy"] for line in lines] == ["a.retracted.pdf", "b.retracted.pdf", ""]
    assert command(catalogue, "-o", tmp_path / "report.html") == 0
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.count("<details") == 3
    assert page.count("data:image/webp") == 8  # two pages of two copies, before and after
    assert 'href="marked/a.retracted.pdf"' in page


@pytest.mark.parametrize("form", ["csv", "jsonl", "html"])
def test_no_report_says_where_on_the_machine_the_articles_are(
    catalogue: Path, tmp_path: Path, command: Command, form: str
) -> None:
    assert command(catalogue, "--to", form, "-o", tmp_path / "report") == 0
    text = (tmp_path / "report").read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert "a.pdf" in text


def test_the_same_ledger_gives_the_same_report(catalogue: Path, tmp_path: Path, command: Command) -> None:
    for form in ("csv", "jsonl", "html"):
        for name in ("one", "two"):
            assert command(catalogue, "--to", form, "-o", tmp_path / name, "--overwrite") == 0
        assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_premis_has_one_document_for_each_copy_and_says_how_many(
    catalogue: Path, tmp_path: Path, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(catalogue, "--to", "premis", "-o", tmp_path / "premis") == 0
    assert "2 of 3 articles" in capsys.readouterr().out
    documents = sorted((tmp_path / "premis").iterdir())
    assert [path.name for path in documents] == ["a.retracted.pdf.premis.xml", "b.retracted.pdf.premis.xml"]
    for path in documents:
        GRAMMAR.assertValid(etree.parse(path))


def test_the_bag_validates_and_holds_the_copies_with_all_that_belongs_to_them(
    catalogue: Path, tmp_path: Path, command: Command
) -> None:
    assert command(catalogue, "--to", "bag", "-o", tmp_path / "bag") == 0
    bag = bagit.Bag(str(tmp_path / "bag"))
    bag.validate()
    assert sorted(bag.algorithms) == ["sha256", "sha512"]
    payload = {path.removeprefix("data/") for path in bag.payload_entries()}
    assert payload == {
        "copies/a.retracted.pdf",
        "copies/b.retracted.pdf",
        "copies/b.retracted.retraction.json",
        "premis/a.retracted.pdf.premis.xml",
        "premis/b.retracted.pdf.premis.xml",
        "report.csv",
        "report.jsonl",
    }
    copy = catalogue / "a.retracted.pdf"
    assert (tmp_path / "bag/data/copies/a.retracted.pdf").read_bytes() == copy.read_bytes()


@pytest.mark.parametrize(
    ("tail", "status", "words"), [(b"\n", 5, "its SHA-256"), (None, 4, "cannot be read (No such file")]
)
def test_a_copy_that_is_changed_or_gone_makes_no_bag(
    catalogue: Path, capsys: pytest.CaptureFixture[str], tail: bytes | None, status: int, words: str
) -> None:
    copy, bag = catalogue / "a.retracted.pdf", catalogue.parent / "bag"
    copy.unlink() if tail is None else copy.write_bytes(copy.read_bytes() + tail)
    with pytest.raises(SystemExit) as ended:
        main(["report", str(catalogue), "--to", "bag", "-o", str(bag)])
    assert ended.value.code == status
    message = capsys.readouterr().err
    assert "a.retracted.pdf" in message
    assert words in message
    assert [path.name for path in catalogue.parent.iterdir()] == ["marked"]


@pytest.mark.parametrize("form", ["html", "csv", "jsonl", "premis", "bag"])
def test_nothing_is_replaced_unasked(catalogue: Path, tmp_path: Path, command: Command, form: str) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine")
    assert command(catalogue, "--to", form, "-o", taken) == 2
    assert taken.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["marked", "taken"]


def test_the_ledger_itself_is_never_replaced(catalogue: Path, command: Command) -> None:
    ledger = catalogue / "ledger.sqlite"
    before = ledger.read_bytes()
    assert command(catalogue, "--to", "csv", "-o", ledger, "--overwrite") == 2
    assert ledger.read_bytes() == before


def test_earlier_attempts_are_shown_on_request(tmp_path: Path, command: Command) -> None:
    ledger_of(tmp_path, refused(row="a"))
    ledger_of(tmp_path, entry(row="a"))
    for options, results in (((), ["marked"]), (("--all-attempts",), ["refused", "marked"])):
        target = tmp_path / f"report{len(options)}.jsonl"
        assert command(tmp_path, "--to", "jsonl", "-o", target, *options) == 0
        assert [json.loads(line)["result"] for line in target.read_text().splitlines()] == results
    assert command(tmp_path, "--to", "premis", "-o", tmp_path / "premis", "--all-attempts") == 2


def test_a_file_that_is_missing_or_is_not_a_ledger_is_named(
    tmp_path: Path, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(tmp_path / "nowhere", "-o", tmp_path / "report.html") == 2
    assert "nowhere" in capsys.readouterr().err
    (tmp_path / "text").write_text("no ledger")
    assert command(tmp_path / "text", "-o", tmp_path / "report.html") == 4
    assert not (tmp_path / "report.html").exists()


def test_a_report_of_nothing_says_so(tmp_path: Path, command: Command) -> None:
    ledger_of(tmp_path)
    assert command(tmp_path, "-o", tmp_path / "report.html") == 0
    assert "contains no articles yet" in (tmp_path / "report.html").read_text()


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """A list of an article, one that is not there, and one that opens with a password; marked when it is called."""
    (tmp_path / "articles").mkdir()
    recorded = marked(tmp_path / "articles")
    Path(recorded.copy).unlink()
    locked = build(
        info={"/Title": recorded.title, "/doi": DOI}, encryption={"owner": "owner", "user": "geheim", "R": 6}
    )
    (tmp_path / "articles/c.pdf").write_bytes(locked)
    (tmp_path / "password").write_text("geheim")
    (tmp_path / "notice.yaml").write_text(f"state: retraction\narticle:\n  title: {recorded.title}\n  doi: {DOI}\n")
    lines = ("article,notice,password_file", "a.pdf,notice.yaml,", "b.pdf,notice.yaml,", "c.pdf,notice.yaml,password")
    (tmp_path / "list.csv").write_text("\n".join(lines))
    monkeypatch.chdir(tmp_path)

    def run(*options: str) -> int:
        with pytest.raises(SystemExit) as ended:
            main(["batch", "list.csv", "--articles", "articles", "--out", "out", "-j", "1", "-q", *options])
        return int(ended.value.code or 0)

    return run


def test_a_batch_leaves_its_reports_beside_the_ledger_and_they_can_be_made_again_from_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command, listed: Callable[..., int]
) -> None:
    for more in (["--bag", "bag"], []):  # an earlier report is replaced
        assert listed("--report", "html", "--report", "jsonl", *more) == 4  # b.pdf is not there
    page = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert page.count("<details") == 3
    assert page.count("data:image/webp") == 6  # two pages and one page, before and after
    assert str(tmp_path) not in page
    assert "geheim" not in page
    assert b"geheim" not in (tmp_path / "out/ledger.sqlite").read_bytes()
    lines = [json.loads(line) for line in (tmp_path / "out/report.jsonl").read_text().splitlines()]
    assert [(line["article"], line["copy"]) for line in lines] == [
        ("../articles/a.pdf", "a.retracted.pdf"),
        ("../articles/b.pdf", ""),
        ("../articles/c.pdf", "c.retracted.pdf"),
    ]
    bag = bagit.Bag(str(tmp_path / "bag"))
    bag.validate()
    assert {"data/copies/a.retracted.pdf", "data/copies/c.retracted.pdf"} < set(bag.payload_entries())
    monkeypatch.chdir("/")
    assert command(tmp_path / "out", "-o", tmp_path / "again.html") == 0
    again = (tmp_path / "again.html").read_text(encoding="utf-8")
    assert again.count("data:image/webp") == 4
    assert "The ledger keeps no passwords" in again
    assert 'href="out/a.retracted.pdf"' in again


@pytest.mark.parametrize(
    ("bag", "words"),
    [
        ("list.csv", "never overwritten"),
        ("no/bag", "parent folder does not exist"),
        ("articles/bag", "inside the folder of the articles"),
        ("out", "contains the copies"),
    ],
)
def test_a_bag_that_cannot_be_is_reported_before_anything_is_done(
    tmp_path: Path, listed: Callable[..., int], capsys: pytest.CaptureFixture[str], bag: str, words: str
) -> None:
    assert listed("--bag", bag) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
