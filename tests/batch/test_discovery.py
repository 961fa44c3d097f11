"""With a list of retractions the articles are found by their DOI, each PDF looked into once until it changes."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.batch.running import Heard, here
from tests.helpers.build import build
from watermark.batch import discovery
from watermark.batch.ledger import NAME, Ledger

TITLE = "Retraction: Results of a study"


def article(folder: Path, name: str, doi: str, *, printed: bool = False, **more: object) -> None:
    path = folder / "articles" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    words = ("Results of a study", f"https://doi.org/{doi}" if printed else "nothing")
    info = {"/Title": "Results of a study"} | ({} if printed else {"/doi": doi})
    path.write_bytes(build(title="Results of a study", text=words, info=info, **more))


def crossref(folder: Path, *dois: str) -> Path:
    path = folder / "updates.jsonl"
    works = [
        {
            "DOI": f"{doi}.r",
            "title": ["Retraction: Results of a study"],
            "update-to": [{"DOI": doi, "type": "retraction"}],
        }
        for doi in dois
    ]
    path.write_text("".join(f"{json.dumps(work)}\n" for work in works))
    return path


def marked(folder: Path, manifest: Path, **asked: object) -> Heard:
    return here(manifest, folder / "articles", folder / "out", **asked)


def test_the_retracted_articles_are_found_and_marked_and_the_others_are_left(tmp_path: Path) -> None:
    article(tmp_path, "a/one.pdf", "10.5555/one")
    article(tmp_path, "two.PDF", "10.5555/two")
    article(tmp_path, "three.pdf", "10.5555/three")
    (tmp_path / "articles" / "link.pdf").symlink_to(tmp_path / "articles" / "three.pdf")
    (tmp_path / "articles" / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    heard = marked(tmp_path, crossref(tmp_path, "10.5555/ONE", "10.5555/absent", "10.5555/two"))
    assert [(entry.row, entry.result, entry.exit_status) for entry in sorted(heard.entries, key=lambda e: e.row)] == [
        ("10.5555/absent", "not found", 0),
        ("10.5555/one", "marked", 0),
        ("10.5555/two", "marked", 0),
    ]
    assert {path.name for path in (tmp_path / "out").rglob("*.pdf")} == {"one.retracted.pdf", "two.retracted.pdf"}
    (unreadable,) = heard.unreadable
    assert unreadable.startswith("broken.pdf: the PDF is damaged")
    first = next(entry for entry in heard.entries if entry.row == "10.5555/one")
    assert first.notice == "crossref.json"
    assert first.article_doi == "10.5555/one"
    assert first.notice_link == "https://doi.org/10.5555/one.r"


def test_a_watch_list_does_the_same(tmp_path: Path) -> None:
    article(tmp_path, "one.pdf", "10.5555/one")
    header = "Record ID,Title,Journal,Author,RetractionDate,RetractionDOI,OriginalPaperDate,OriginalPaperDOI"
    row = "1,Results of a study,J,,8/16/2023 0:00,10.5555/n,1/1/2020 0:00,10.5555/One"
    (tmp_path / "list.csv").write_text(f"{header},RetractionNature,Reason\n{row},Retraction,+Error;\n")
    (entry,) = marked(tmp_path, tmp_path / "list.csv").entries
    assert (entry.row, entry.result) == ("10.5555/one", "marked"), entry.reason


def test_the_own_manifest_may_name_an_article_by_its_doi_alone(tmp_path: Path) -> None:
    article(tmp_path, "one.pdf", "10.5555/one")
    (tmp_path / "n.md").write_text("# Results of a study [Retraction]\n\nIt is retracted.\n")
    (tmp_path / "m.csv").write_text("doi,notice\n10.5555/one,n.md\n10.5555/absent,n.md\n")
    found, absent = marked(tmp_path, tmp_path / "m.csv").entries[::-1]
    assert (found.result, found.row) == ("marked", "10.5555/one"), found.reason
    assert (absent.result, absent.exit_status) == ("not found", 4)


def test_a_doi_in_the_metadata_comes_before_one_that_is_only_printed(tmp_path: Path) -> None:
    article(tmp_path, "comment.pdf", "10.5555/one", printed=True)
    article(tmp_path, "one.pdf", "10.5555/one")
    article(tmp_path, "one-for-print.pdf", "10.5555/one")
    heard = marked(tmp_path, crossref(tmp_path, "10.5555/one"))
    assert {entry.row: Path(entry.article).name for entry in heard.entries} == {
        "10.5555/one": "one-for-print.pdf",
        "10.5555/one (one.pdf)": "one.pdf",
    }


def test_each_pdf_is_looked_into_once_until_its_content_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    look = discovery.identify_pdf

    def counting(asked: discovery.IdentifyRequest) -> object:
        looked.append(asked.article)
        return look(asked)

    monkeypatch.setattr(discovery, "identify_pdf", counting)
    for name in ("one", "two", "three", "same"):
        article(tmp_path, f"{name}.pdf", f"10.5555/{name}")
    manifest = crossref(tmp_path, "10.5555/one", "10.5555/new")
    marked(tmp_path, manifest)
    assert sorted(looked) == ["one.pdf", "same.pdf", "three.pdf", "two.pdf"]
    looked.clear()
    (tmp_path / "articles" / "two.pdf").touch()
    article(tmp_path, "three.pdf", "10.5555/new")
    (tmp_path / "articles" / "one.pdf").unlink()
    heard = marked(tmp_path, manifest)
    assert sorted(looked) == ["three.pdf", "two.pdf"]
    assert {entry.row: entry.result for entry in heard.entries} == {
        "10.5555/one": "not found",
        "10.5555/new": "marked",
    }
    with sqlite3.connect(tmp_path / "out" / NAME) as database:
        assert [row[0] for row in database.execute("SELECT doi FROM found_doi ORDER BY doi")] == [
            "10.5555/new",
            "10.5555/same",
            "10.5555/two",
        ]
    database.close()


def test_a_pdf_that_hangs_while_it_is_looked_into_costs_only_itself(tmp_path: Path) -> None:
    article(tmp_path, "hangs.pdf", "10.5555/hangs")
    article(tmp_path, "aborts.pdf", "10.5555/aborts")
    article(tmp_path, "one.pdf", "10.5555/one")
    manifest = crossref(tmp_path, "10.5555/one", "10.5555/hangs")
    heard = marked(tmp_path, manifest, seconds=3)
    assert {entry.row: entry.result for entry in heard.entries} == {
        "10.5555/one": "marked",
        "10.5555/hangs": "not found",
    }
    assert sorted(heard.unreadable) == [
        "aborts.pdf: the process that worked on it crashed (Aborted)",
        "hangs.pdf: it took longer than 3 seconds",
    ]
    assert len(marked(tmp_path, manifest).kept) == 2, "what hung is left alone until it changes"


def test_two_lists_can_share_a_ledger(tmp_path: Path) -> None:
    article(tmp_path, "one.pdf", "10.5555/one")
    article(tmp_path, "two.pdf", "10.5555/two")
    marked(tmp_path, crossref(tmp_path, "10.5555/one"))
    marked(tmp_path, crossref(tmp_path, "10.5555/two"))
    with Ledger.opened(tmp_path / "out") as ledger:
        assert [entry.row for entry in ledger.entries()] == ["10.5555/one", "10.5555/two"]
