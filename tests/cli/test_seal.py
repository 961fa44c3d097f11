"""The commands seal, and judge a seal: statuses and words."""

from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.helpers.build import build
from tests.helpers.certificates import PASSWORD, Authority
from watermark.batch.manifest.row import ManifestRow
from watermark.batch.task import BatchOptions, plan_digest
from watermark.cli import main
from watermark.stamping.profile import read_profile

NOTICE = "# Retraction\n\nThe article https://doi.org/10.5555/a has been retracted.\n\nDate: 2024-05-01\n"


@pytest.fixture
def folder(tmp_path: Path, ca: Authority) -> Path:
    (tmp_path / "article.pdf").write_bytes(build(text="doi:10.5555/a"))
    (tmp_path / "notice.md").write_text(NOTICE)
    (tmp_path / "password.txt").write_text(f"{PASSWORD}\n")
    ca.issued().save(tmp_path / "key.p12", ca.issuer)
    ca.trust_folder(tmp_path / "roots")
    return tmp_path


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(one) for one in arguments])
    return int(ended.value.code or 0)


def stamp(folder: Path, *more: object) -> int:
    seal = ("--seal", folder / "key.p12", "--seal-password-file", folder / "password.txt")
    return run("stamp", folder / "article.pdf", "--notice", folder / "notice.md", *seal, *more)


def test_a_copy_is_sealed_and_its_seal_is_judged_by_the_roots_that_are_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert stamp(folder) == 0
    copy = folder / "article.retracted.pdf"
    capsys.readouterr()
    assert run("verify", copy) == 6
    assert "no root certificate was given" in capsys.readouterr().out
    assert run("verify", copy, "--trust", folder / "roots", "--require-seal", "-v") == 0
    assert "signed by “A publisher”" in capsys.readouterr().out


def test_a_required_seal_that_is_missing_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stamp", folder / "article.pdf", "--notice", folder / "notice.md") == 0
    capsys.readouterr()
    assert run("verify", folder / "article.retracted.pdf", "--require-seal") == 5
    assert "the copy is not sealed, and a seal is required" in capsys.readouterr().out


def test_an_option_of_the_seal_without_a_key_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stamp", folder / "article.pdf", "--notice", folder / "notice.md", "--certify") == 2
    assert "--certify is only used with --seal" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["key.p12", "password.txt"])
def test_the_key_and_its_password_are_never_replaced(folder: Path, name: str) -> None:
    before = (folder / name).read_bytes()
    assert stamp(folder, "-o", folder / name, "--overwrite") == 2
    assert (folder / name).read_bytes() == before


def test_a_wrong_password_is_status_2_and_is_not_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "password.txt").write_text("another secret\n")
    assert stamp(folder) == 2
    shown = capsys.readouterr()
    assert "does not open with this password" in shown.err
    assert "another secret" not in shown.out + shown.err
    assert not (folder / "article.retracted.pdf").exists()


def test_roots_that_cannot_be_read_are_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert stamp(folder) == 0
    (folder / "roots" / "root.pem").write_text("no certificate")
    assert run("verify", folder / "article.retracted.pdf", "--trust", folder / "roots") == 2
    assert "root.pem" in capsys.readouterr().err


def test_a_batch_seals_each_copy_and_its_ledger_has_no_password(folder: Path) -> None:
    (folder / "list.csv").write_text("article,notice\narticle.pdf,notice.md\n")
    seal = ("--seal", folder / "key.p12", "--seal-password-file", folder / "password.txt")
    out = folder / "out"
    (folder / "articles").mkdir()
    (folder / "article.pdf").rename(folder / "articles" / "article.pdf")
    assert run("batch", folder / "list.csv", "--articles", folder / "articles", "--out", out, "-j", "1", *seal) == 0
    (copy,) = out.rglob("*.pdf")
    assert run("verify", copy, "--trust", folder / "roots", "--require-seal") == 0
    for file in out.rglob("*"):
        assert PASSWORD.encode() not in (file.read_bytes() if file.is_file() else b"")


def test_on_a_cluster_the_password_is_in_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "list.csv").write_text("article,notice\narticle.pdf,notice.md\n")
    places = ("--articles", folder, "--out", folder / "out", "--cluster", "tcp://127.0.0.1:1")
    assert run("batch", folder / "list.csv", *places, "--seal", folder / "key.p12") == 2
    assert "--seal-password-file" in capsys.readouterr().err


def test_a_profile_seals_and_names_a_wrong_key_of_it_with_its_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = folder / "house.toml"
    profile.write_text('[seal]\nkey = "key.p12"\npassword-file = "password.txt"\nlevel = "b-b"\ncertify = true\n')
    article = (folder / "article.pdf", "--notice", folder / "notice.md", "--profile", profile)
    assert run("stamp", *article) == 0
    capsys.readouterr()
    copy = folder / "article.retracted.pdf"
    assert run("verify", copy, "--trust", folder / "roots", "--require-seal", "-v") == 0
    assert "allows no later change" in capsys.readouterr().out
    profile.write_text('[seal]\nkey = "key.p12"\nlevels = "b-b"\n')
    assert run("stamp", *article, "--overwrite") == 2
    assert "line 3: “seal.levels” is not a key" in capsys.readouterr().err


def test_the_password_of_the_key_in_a_profile_is_asked_for_at_a_terminal_and_changes_no_plan(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = folder / "house.toml"
    profile.write_text('[seal]\nkey = "key.p12"\n')
    monkeypatch.setattr("watermark.cli.in_worker_process.has_terminal", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: PASSWORD)
    assert run("stamp", folder / "article.pdf", "--notice", folder / "notice.md", "--profile", profile) == 0
    assert run("verify", folder / "article.retracted.pdf", "--trust", folder / "roots", "--require-seal") == 0
    read = read_profile(str(profile))
    assert read.seal is not None
    asked, row = replace(read, seal=replace(read.seal, password=PASSWORD)), ManifestRow(name="a", place="line 1")
    assert plan_digest(row, BatchOptions(), read) == plan_digest(row, BatchOptions(), asked)


def test_a_preview_opens_the_key_and_asks_no_time_stamp_server(folder: Path, ca: Authority) -> None:
    seal = ("--seal", folder / "key.p12", "--seal-password-file", folder / "password.txt")
    stamped = ("--timestamp-url", f"{ca.url}/timestamp", "-o", folder / "page.png")
    ca.requests.clear()
    assert run("preview", folder / "article.pdf", "--notice", folder / "notice.md", *seal, *stamped) == 0
    assert ca.requests == []
    (folder / "password.txt").write_text("another")
    again = ("preview", folder / "article.pdf", "--notice", folder / "notice.md", *seal, *stamped, "--overwrite")
    assert run(*again) == 2


def test_the_certificate_names_who_sealed_the_copy_and_claims_no_more_than_was_checked(folder: Path) -> None:
    copy, certificate = folder / "article.retracted.pdf", folder / "article.retracted.certificate.pdf"

    def text() -> str:
        return " ".join(" ".join(page.extract_text() for page in PdfReader(certificate).pages).split())

    assert stamp(folder, "--certificate") == 0
    assert "not checked: The copy is signed by “A publisher”; the seal is whole; whose it is was not checked" in text()
    assert "every check passed; whose seal it has was not checked" in text()
    assert "not sealed" not in text()
    assert run("verify", copy, "--certificate", "--overwrite") == 6
    assert "not checked: The copy is signed with a certificate of “A publisher”" in text()
    assert "every check passed" not in text()
    assert run("verify", copy, "--certificate", "--overwrite", "--trust", folder / "roots") == 0
    assert "every check passed" in text()
