"""An encrypted article that opens is marked with the same encryption, and the copy is exactly as restricted."""

import csv
import functools
import io
import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from tests.conftest import SHARED
from tests.helpers.pieces.locked import ALGORITHMS, OWNER, USER, locked
from watermark.cli import main
from watermark.errors import NOT_ALL_CHECKED, Reason
from watermark.models import Claim, Status
from watermark.notice import read_notice
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.plan import StampRequest
from watermark.verification.verifier import verify_copy

AT = "2024-05-01T12:00:00Z"
NOTICE = "# An article [Retraction]\n\nWe, the Editor and Publisher, have retracted the following article.\n"
Tool = Callable[[str], str]
KEYS = {"a user's": (USER, OWNER, USER), "an owner's": (USER, OWNER, OWNER), "none": ("", OWNER, "")}
"""The passwords of a file, and the one that it is opened with."""


class Desk:
    """A folder with an article, its notice, and a file with a password."""

    def __init__(self, folder: Path, original: bytes, password: str) -> None:
        self.article, self.copy, self.back = (folder / name for name in ("article.pdf", "copy.pdf", "back.pdf"))
        self.notice, self.key = folder / "notice.md", folder / "key.txt"
        self.article.write_bytes(original)
        self.notice.write_text(NOTICE, encoding="utf-8")
        self.key.write_text(password + "\n", encoding="utf-8")

    def run(self, command: str, *arguments: object) -> int:
        with pytest.raises(SystemExit) as ended:
            main([command, *(str(argument) for argument in arguments), "--password-file", str(self.key)])
        return int(ended.value.code or 0)

    def stamp(self, *options: str) -> int:
        forced = ("--force-match", "a test", "--at", AT)
        return self.run("stamp", self.article, "--notice", self.notice, "-o", self.copy, *forced, *options)


def printed(tool: Tool, *command: object) -> str:
    name, *arguments = map(str, command)
    ran = subprocess.run([tool(name), *arguments], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.decode("utf-8", "replace")


@pytest.fixture(scope="module", params=[(how, key) for how in ALGORITHMS for key in KEYS], ids=", by ".join)
def marked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    how, key = request.param
    user, owner, given = KEYS[key]
    data = locked(how, user=user, owner=owner, xmp=True, pages=2, attachments=1)
    desk = Desk(tmp_path_factory.mktemp("marked"), data, given)
    assert desk.stamp("-q") == 0
    return desk


@pytest.fixture
def desk(marked: Desk, tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, marked.article.read_bytes(), marked.key.read_text(encoding="utf-8").strip())
    desk.copy.write_bytes(marked.copy.read_bytes())
    return desk


def test_the_copy_is_encrypted_and_restricted_exactly_as_the_article(desk: Desk, tool: Tool) -> None:
    password = desk.key.read_text(encoding="utf-8").strip()
    assert desk.copy.read_bytes().startswith(desk.article.read_bytes())
    with pikepdf.open(desk.article, password=password) as before, pikepdf.open(desk.copy, password=password) as after:
        assert after.trailer.Encrypt == before.trailer.Encrypt
        assert after.allow == before.allow
        assert sorted(after.attachments) == sorted({*before.attachments, "notice.md", *OURS})
        assert after.attachments["notice.md"].get_file().read_bytes() == NOTICE.encode()
        assert "RETRACTED" in str(after.docinfo.Title)
    printed(tool, "qpdf", "--check", f"--password={password}", desk.copy)
    owner = "-opw" if password == OWNER else "-upw"
    text = printed(tool, "pdftotext", owner, password, desk.copy, "-")
    assert text.count("Retracted") == 2
    assert "This is page 2 of the article." in text


OURS = ("retraction-notice.pdf", "retraction.json")


def test_the_copy_verifies_and_gives_the_article_back(desk: Desk) -> None:
    assert desk.run("verify", "--strict", "--original", desk.article, desk.copy) == 0
    assert desk.run("restore", desk.copy, "-o", desk.back) == 0
    assert desk.back.read_bytes() == desk.article.read_bytes()


def test_two_runs_write_the_same_bytes_and_a_third_has_nothing_to_do(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    first = desk.copy.read_bytes()
    assert desk.stamp("-q", "--overwrite") == 0
    assert desk.copy.read_bytes() == first
    desk.article.write_bytes(first)
    capsys.readouterr()
    assert desk.stamp("--overwrite", "--json") == 0
    assert json.loads(capsys.readouterr().out)["result"] == "already marked"


def test_the_password_appears_nowhere(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.stamp("--overwrite")
    desk.stamp("--overwrite", "--json")
    desk.stamp("--dry-run")
    desk.run("verify", "--json", desk.copy)
    desk.run("inspect", "--json", desk.copy)
    desk.run("restore", "--json", desk.copy, "-o", desk.back)
    printed = capsys.readouterr()
    for secret in (USER, OWNER):
        assert secret not in printed.out + printed.err
        assert secret.encode() not in desk.copy.read_bytes()


def test_nothing_that_is_added_can_be_read_without_the_key_but_clear_metadata(desk: Desk) -> None:
    added = desk.copy.read_bytes()[desk.article.stat().st_size :]
    with pikepdf.open(desk.copy, password=desk.key.read_text(encoding="utf-8").strip()) as document:
        clear = document.trailer.Encrypt.get("/V") >= 4 and not document.trailer.Encrypt.get("/EncryptMetadata", True)
    assert (b"original_sha256" in added) is clear
    assert b"Retraction notice, typeset" not in added
    assert b"Retraction notice" not in added


def test_the_password_is_in_no_repr(tmp_path: Path) -> None:
    desk = Desk(tmp_path, locked("AES, 256 bits"), USER)
    job = StampRequest(
        article=desk.article, notice=read_notice(desk.notice), marked_at=datetime(2024, 5, 1, tzinfo=UTC), password=USER
    )
    assert USER not in repr(job)
    assert USER not in repr(stamp_outcome(job, desk.copy))


@pytest.mark.parametrize("how", ["RC4, 40 bits", "AES, 128 bits", "AES, 256 bits"])
@pytest.mark.parametrize("xref", ["table", "stream"])
@pytest.mark.parametrize("claim", [{"tagged": True}, {"pdfua": True}, {"form_field": True, "outlines": True}])
def test_every_kind_of_file_is_marked_when_it_is_encrypted(
    tmp_path: Path, how: str, xref: str, claim: dict[str, bool]
) -> None:
    desk = Desk(tmp_path, locked(how, xref=xref, **claim), USER)
    status = NOT_ALL_CHECKED if "pdfua" in claim else 0  # no validator here takes a password
    assert desk.stamp("-q") == status
    assert desk.run("verify", desk.copy) == status


@pytest.mark.parametrize(("user", "status"), [("", Status.OK), (USER, Status.NOT_CHECKED)])
def test_a_claim_that_the_validator_cannot_look_into_is_not_checked(tmp_path: Path, user: str, status: Status) -> None:
    desk = Desk(tmp_path, locked("AES, 256 bits", user=user, pdfua=True), user)
    assert desk.stamp("-q") == (0 if status is Status.OK else NOT_ALL_CHECKED)
    verdict = verify_copy(desk.copy, password=user)
    assert verdict.status_of(Claim.ARCHIVABLE) is status
    assert all(
        verdict.status_of(claim) is Status.OK
        for claim in verdict.claims
        if claim not in {Claim.ARCHIVABLE, Claim.ARTICLE_MATCH}
    )


@pytest.mark.parametrize("given", ["", "wrong"])
def test_without_the_right_password_everything_is_refused(
    tmp_path: Path, given: str, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path, locked("AES, 256 bits"), USER)
    assert desk.stamp("-q") == 0
    desk.key.write_text(given, encoding="utf-8")
    desk.back.unlink(missing_ok=True)
    assert desk.stamp("--overwrite") == 3
    assert desk.run("verify", desk.copy) == 3
    assert desk.run("inspect", desk.copy) == 3
    assert desk.run("restore", desk.copy, "-o", desk.back) == 3
    assert not desk.back.exists()
    printed = capsys.readouterr().err
    assert printed.count(Reason.ENCRYPTED.sentence) == 4
    assert printed.count("--password-file") == 4
    assert not given or given + " " not in printed.replace("wrong password", "")


@pytest.mark.parametrize("how", ["RC4, 128 bits", "AES, 128 bits", "AES, 256 bits"])
def test_a_password_with_letters_beyond_ascii_opens_older_and_newer_files(tmp_path: Path, how: str) -> None:
    desk = Desk(tmp_path, locked(how, user="très secret"), "très secret")
    assert desk.stamp("-q") == 0
    assert desk.run("verify", desk.copy) == 0


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("locks", "asked"), [(True, 1), (False, 0)])
def test_a_password_is_asked_for_at_a_terminal_when_one_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, locks: bool, asked: int
) -> None:
    desk = Desk(tmp_path, locked("AES, 256 bits", user=USER if locks else ""), USER)
    questions: list[str] = []

    def answer(question: str, **how: object) -> str:
        questions.append(question)
        assert how["hide_input"] is True
        return USER

    monkeypatch.setattr("click.prompt", answer)
    monkeypatch.setattr("sys.stdin", Terminal())
    command = ["stamp", desk.article, "--notice", desk.notice, "-o", desk.copy, "--force-match", "a test", "-q"]
    with pytest.raises(SystemExit) as ended:
        main([str(part) for part in command])
    assert not ended.value.code
    assert len(questions) == asked


def test_no_one_is_asked_where_there_is_no_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path, locked("AES, 256 bits"), USER)
    monkeypatch.setattr("click.prompt", lambda *_, **__: pytest.fail("asked"))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(SystemExit) as ended:
        main(["stamp", str(desk.article), "--notice", str(desk.notice), "-o", str(desk.copy)])
    assert ended.value.code == 3


def test_a_file_whose_method_is_not_known_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = locked("AES, 128 bits", user="").replace(b"/StrF /StdCF", b"/StrF /NoSuc")
    desk = Desk(tmp_path, data, "")
    assert desk.stamp("--json") == 3
    outcome = json.loads(capsys.readouterr().out)
    assert outcome["reason"].startswith(Reason.ENCRYPTED.sentence)
    assert "NoSuc" in outcome["reason"]
    assert not desk.copy.exists()


def test_a_file_that_no_password_opens_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = locked("AES, 128 bits", user="").replace(b"/Filter /Standard", b"/Filter /WithCert")
    desk = Desk(tmp_path, data, "")
    assert desk.stamp("--json") == 3
    outcome = json.loads(capsys.readouterr().out)
    assert outcome["reason"].startswith(f"{Reason.ENCRYPTED.sentence}: with certificates")
    assert "without encryption" in outcome["remedy"]


def test_a_file_that_the_witness_cannot_open_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = Desk(tmp_path, locked("AES, 256 bits, R5", owner=""), "")  # PDFium takes no empty password of an owner
    assert desk.stamp("--json") == 3
    outcome = json.loads(capsys.readouterr().out)
    assert outcome["reason"].startswith(f"{Reason.DAMAGED.sentence}: PDFium cannot open it")
    assert not desk.copy.exists()


def test_the_plan_says_that_the_encryption_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = Desk(tmp_path, locked("AES, 256 bits"), USER)
    assert desk.stamp("--dry-run") == 0
    assert "encryption: kept, with AES, 256 bits" in capsys.readouterr().out


@functools.cache
def passwords() -> dict[str, tuple[str, ...]]:
    unknown = {"(empty)": "", "(not known)": ""}
    with (SHARED / "corpus" / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        return {
            Path(row["file"]).name: tuple(
                dict.fromkeys(unknown.get(row[key], row[key]) for key in ("user_password", "owner_password"))
            )
            for row in csv.DictReader(file, delimiter="\t")
        }


@pytest.mark.corpus("encrypted")
def test_a_shared_file_is_marked_verified_and_restored_or_refused_with_the_reason(
    shared_pdf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for password in passwords()[shared_pdf.name]:
        desk = Desk(tmp_path, shared_pdf.read_bytes(), password)
        status = desk.stamp("--json", "--overwrite")
        outcome = json.loads(capsys.readouterr().out)
        if outcome["result"] == "refused":
            assert status == 3
            assert any(outcome["reason"].startswith(reason.sentence) for reason in Reason)
            assert outcome["remedy"]
            continue
        assert outcome["result"] == "marked", outcome["reason"]
        assert desk.run("verify", "--original", desk.article, desk.copy) == 0
        assert desk.run("restore", desk.copy, "-o", desk.back, "--overwrite") == 0
        assert desk.back.read_bytes() == shared_pdf.read_bytes()
        with pikepdf.open(shared_pdf, password=password) as before, pikepdf.open(desk.copy, password=password) as after:
            assert after.trailer.Encrypt == before.trailer.Encrypt
            assert after.allow == before.allow
        capsys.readouterr()
