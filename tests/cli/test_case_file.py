"""What `stamp`, `verify` and `report` write for the case file: the certificate, the report and the letter."""

import json
import os
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.helpers.build import build
from watermark.cli import main

TITLE = "The effect of one treatment on the outcome of a trial"
AT = ("--at", "2024-05-01T12:00:00Z")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    (tmp_path / "n.md").write_text(f"# {TITLE} [Retraction]\n\nWe retract the article named above.\n")
    path = tmp_path / "a.pdf"
    path.write_bytes(build(title=TITLE, text=(TITLE, "The abstract.")))
    return path


def status(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(str(ended.value.code or 0))


def stamp(article: Path, *arguments: object, notice: str = "n.md") -> int:
    return status("stamp", article, "--notice", article.with_name(notice), *AT, "--proof", "structure", *arguments)


def test_stamp_saves_the_certificate_the_report_and_the_letter(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    papers = ("--certificate", "--report", tmp_path / "r.html", "--letter", tmp_path / "l.txt")
    assert stamp(article, "-o", tmp_path / "c.pdf", *papers) == 0
    assert "certificate: " in capsys.readouterr().out
    text = PdfReader(tmp_path / "c.certificate.pdf").pages[0].extract_text()
    assert "Certificate of marking" in text
    html = (tmp_path / "r.html").read_text()
    assert TITLE in html
    assert 'href="c.pdf"' in html
    letter = (tmp_path / "l.txt").read_text()
    assert "was retracted" in letter
    assert "some checks did not run" in letter
    assert max(map(len, letter.splitlines()[1:])) <= 76


def test_a_refused_article_has_a_report_and_a_letter_that_say_what_to_do_and_no_certificate(
    article: Path, tmp_path: Path
) -> None:
    (tmp_path / "other.md").write_text("# Nothing of the kind at all, a study of moss [Retraction]\n\nWe retract it.\n")
    papers = ("--certificate", "--report", tmp_path / "r.html", "--letter", tmp_path / "l.txt")
    assert stamp(article, "-o", tmp_path / "c.pdf", *papers, notice="other.md") == 3
    assert not (tmp_path / "c.certificate.pdf").exists()
    page = (tmp_path / "r.html").read_text()
    assert "What to do:" in page
    assert f'<h3 dir="auto">{TITLE}</h3>' in page
    letter = (tmp_path / "l.txt").read_text()
    assert "could not be marked" in letter
    assert "What to do:" in letter


def test_no_paper_replaces_a_file_without_overwrite_and_nothing_is_marked_then(article: Path, tmp_path: Path) -> None:
    (tmp_path / "c.certificate.pdf").write_text("kept")
    assert stamp(article, "-o", tmp_path / "c.pdf", "--certificate") == 2
    assert not (tmp_path / "c.pdf").exists()
    assert (tmp_path / "c.certificate.pdf").read_text() == "kept"
    assert stamp(article, "-o", tmp_path / "c.pdf", "--certificate", "--overwrite") == 0
    assert (tmp_path / "c.certificate.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("option", ["--report", "--letter"])
@pytest.mark.parametrize("taken", ["a.pdf", "n.md", "c.pdf"])
def test_no_paper_replaces_an_input_or_the_copy(article: Path, tmp_path: Path, option: str, taken: str) -> None:
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert stamp(article, "-o", tmp_path / "c.pdf", option, tmp_path / taken, "--overwrite") == 2
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_options_for_the_case_file_that_cannot_be_followed_are_errors(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert stamp(article, "-o", "-", "--certificate") == 2
    assert stamp(article, "--dry-run", "--certificate") == 2
    assert stamp(article, article, "-o", tmp_path, "--letter", tmp_path / "l.txt") == 2
    errors = capsys.readouterr().err
    for reason in ("standard output", "a dry run writes nothing", "about one article"):
        assert reason in errors


def test_verify_writes_a_certificate_with_the_time_that_is_given_and_not_for_a_damaged_copy(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy, certificate = tmp_path / "c.pdf", tmp_path / "c.certificate.pdf"
    assert stamp(article, "-o", copy) == 0
    assert status("verify", copy, "--certificate", "--at", "2025-06-07T08:09:10Z") == 0
    first = certificate.read_bytes()
    assert "2025-06-07 08:09 UTC, and every check passed" in " ".join(
        PdfReader(certificate).pages[0].extract_text().split()
    )
    assert status("verify", copy, "--certificate") == 2
    assert status("verify", copy, "--certificate", "--at", "2025-06-07T08:09:10Z", "--overwrite") == 0
    assert certificate.read_bytes() == first
    certificate.unlink()
    data = bytearray(copy.read_bytes())
    data[300] ^= 1
    copy.write_bytes(data)
    capsys.readouterr()
    assert status("verify", copy, "--certificate") == 5
    assert "no certificate is written for a copy that does not verify" in capsys.readouterr().err
    assert not certificate.exists()


def test_names_that_are_not_unicode_passwords_and_earlier_marks_do_no_harm(article: Path, tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"caf\xe9.pdf")
    odd.write_bytes(build(title=TITLE, text=(TITLE,), encryption={"owner": "o", "user": "secret", "R": 6}))
    (tmp_path / "password").write_text("secret\n")
    papers = ("--certificate", "--report", tmp_path / "r.html", "--letter", tmp_path / "l.txt")
    password = ("--password-file", tmp_path / "password")
    assert stamp(odd, "-o", tmp_path / os.fsdecode(b"c\xe9.pdf"), *papers, *password) == 0
    assert "c\\xe9.pdf" in (tmp_path / "l.txt").read_text()
    certificate = tmp_path / os.fsdecode(b"c\xe9.certificate.pdf")
    assert "c\\xe9.pdf" in PdfReader(certificate).pages[1].extract_text()
    assert stamp(article, "-o", tmp_path / "c.pdf") == 0
    assert stamp(tmp_path / "c.pdf", "--certificate") == 0  # it is marked already, and not saved again
    assert (tmp_path / "c.certificate.pdf").exists()


@pytest.mark.slow
def test_a_batch_gives_a_folder_of_certificates_and_names_the_copies_that_changed(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "m.csv").write_text("article,notice\na.pdf,n.md\n")
    (originals := tmp_path / "in").mkdir()
    article.rename(originals / article.name)
    out = tmp_path / "out"
    assert status("batch", tmp_path / "m.csv", "--articles", originals, "--out", out, "--proof", "structure") == 0
    for name in ("one", "two"):
        assert status("report", out, "--to", "certificate", "-o", tmp_path / name) == 0
    (one,), (two,) = ([*(tmp_path / name).rglob("*.pdf")] for name in ("one", "two"))
    assert re.fullmatch(r"a\.retracted\.certificate\.pdf", one.name)
    assert one.read_bytes() == two.read_bytes()
    (out / "a.retracted.pdf").write_bytes(b"%PDF-1.7 something else")
    capsys.readouterr()
    assert status("report", out, "--to", "certificate", "-o", tmp_path / "three") == 4
    assert "is not the copy that was verified" in capsys.readouterr().err
    assert not [*(tmp_path / "three").rglob("*.pdf")]


@pytest.mark.slow
def test_the_report_of_a_batch_names_a_wrong_article_by_its_own_title(article: Path, tmp_path: Path) -> None:
    (tmp_path / "n.md").write_text("# Nothing of the kind at all, a study of moss [Retraction]\n\nWe retract it.\n")
    (tmp_path / "m.csv").write_text("article,notice\na.pdf,n.md\n")
    (originals := tmp_path / "in").mkdir()
    article.rename(originals / article.name)
    assert status("batch", tmp_path / "m.csv", "--articles", originals, "--out", tmp_path / "out") == 3
    assert status("report", tmp_path / "out", "--to", "jsonl", "-o", tmp_path / "r.jsonl") == 0
    entry = json.loads((tmp_path / "r.jsonl").read_text())
    assert entry["pdf_title"] == TITLE
    assert entry["title"].startswith("Nothing of the kind")


def test_a_certificate_is_never_taken_for_an_unmarked_article(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notice = "# {} [Retraction]\n\nDoe J. J Ex. 2020;1:1. https://doi.org/10.1000/xyz123\n\nWe retract it.\n"
    (tmp_path / "n.md").write_text(notice.format(TITLE))
    (tmp_path / "list.csv").write_text("doi,state,date\n10.1000/xyz123,retraction,2024-05-01\n")
    assert stamp(article, "-o", tmp_path / "c.pdf", "--certificate", "--force-match", "a test") == 0
    certificate = tmp_path / "c.certificate.pdf"
    assert status("check", certificate, "--retractions", tmp_path / "list.csv") == 0
    capsys.readouterr()
    assert stamp(certificate, "-o", tmp_path / "x.pdf") == 3
    assert "the certificate of a marked copy" in capsys.readouterr().err
