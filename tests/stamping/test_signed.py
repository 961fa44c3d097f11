"""A signed article is left alone unless it is asked for, and then what was signed stays signed."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import lazy_loader
import pikepdf
import pytest

from tests.helpers.build import build
from watermark.cli import main
from watermark.errors import Reason
from watermark.receipt import Receipt
from watermark.verification.verifier import receipt_of

if TYPE_CHECKING:
    from tests.helpers import signing
else:
    signing = lazy_loader.load("tests.helpers.signing", suppress_warning=True)

AT = "2024-05-01T12:00:00Z"
NOTICE = "# An article [Retraction]\n\nWe, the Editor and Publisher, have retracted the following article.\n"
LEVELS = {
    1: "no changes are allowed",
    2: "only form filling and signing are allowed",
    3: "only form filling, signing and annotations are allowed",
}


@pytest.fixture(scope="module")
def signer() -> "signing.SimpleSigner":
    return signing.new_signer()


class Desk:
    """A folder with a signed article and its notice."""

    def __init__(self, folder: Path, original: bytes) -> None:
        self.article, self.notice, self.copy = folder / "article.pdf", folder / "notice.md", folder / "copy.pdf"
        self.article.write_bytes(original)
        self.notice.write_text(NOTICE, encoding="utf-8")

    def stamp(self, *options: str) -> int:
        forced = ("--force-match", "a test", "--at", AT)
        return run("stamp", self.article, "--notice", self.notice, "-o", self.copy, *forced, *options)


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_a_signed_article_is_refused_with_what_a_mark_would_do(
    tmp_path: Path, signer: "signing.SimpleSigner", level: int, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path, signing.signed_pdf(signer, level=level))
    assert desk.stamp("--json") == 3
    outcome = json.loads(capsys.readouterr().out)
    assert outcome["reason"].startswith(Reason.SIGNED.sentence)
    assert "Approval" in outcome["reason"]
    assert outcome["argument"] == "allow_signed"
    assert not level or LEVELS[level] in outcome["reason"] + outcome["remedy"]
    assert not desk.copy.exists()


@pytest.mark.parametrize("xref", ["table", "stream"])
@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_the_signature_holds_for_its_revision_after_marking(
    tmp_path: Path, signer: "signing.SimpleSigner", level: int, xref: str
) -> None:
    desk = Desk(tmp_path, signing.signed_pdf(signer, level=level, xref=xref, pages=2))
    before = signing.status_of(desk.article, signer)
    assert before.coverage is signing.SignatureCoverageLevel.ENTIRE_FILE
    assert desk.stamp("--despite-signature", "-q") == 0
    after = signing.status_of(desk.copy, signer)
    assert after.intact
    assert after.valid
    assert after.trusted
    assert after.coverage is signing.SignatureCoverageLevel.ENTIRE_REVISION
    assert desk.copy.read_bytes().startswith(desk.article.read_bytes())
    assert run("verify", "--original", desk.article, desk.copy) == 0


def test_a_changed_byte_of_the_signed_revision_breaks_the_signature_and_the_copy(
    tmp_path: Path, signer: "signing.SimpleSigner"
) -> None:
    desk = Desk(tmp_path, signing.signed_pdf(signer))
    assert desk.stamp("--despite-signature", "-q") == 0
    data = desk.copy.read_bytes()
    assert data.count(b"This is page 1") == 1
    desk.copy.write_bytes(data.replace(b"This is page 1", b"That is page 1"))
    assert not signing.status_of(desk.copy, signer).intact
    assert run("verify", "-q", desk.copy) == 5


@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_the_copy_and_the_plan_say_that_it_was_signed(
    tmp_path: Path, signer: "signing.SimpleSigner", level: int, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path, signing.signed_pdf(signer, level=level))
    assert desk.stamp("--despite-signature", "--dry-run") == 0
    plan = capsys.readouterr().out
    assert "signature: marked although signed" in plan
    assert "PDF viewers will report that the document was changed" in plan
    assert not level or f"{LEVELS[level]} (DocMDP {level})" in plan
    assert desk.stamp("--despite-signature", "-q") == 0
    receipt: Receipt = receipt_of(desk.copy)
    assert len(receipt.despite) == 1
    assert receipt.despite[0].startswith("signature: ")
    with pikepdf.open(desk.copy) as document:
        record = json.loads(document.attachments["retraction.json"].get_file().read_bytes())
    assert "signature" in [decision["name"] for decision in record["decisions"]]


def test_an_unsigned_article_says_nothing_of_signatures(tmp_path: Path) -> None:
    desk = Desk(tmp_path, build(form_field=True))
    assert desk.stamp("--despite-signature", "-q") == 0
    assert receipt_of(desk.copy).despite == ()


def test_the_signed_article_comes_back(tmp_path: Path, signer: "signing.SimpleSigner") -> None:
    desk = Desk(tmp_path, signing.signed_pdf(signer, level=1))
    assert desk.stamp("--despite-signature", "-q") == 0
    assert run("restore", desk.copy, "-o", tmp_path / "back.pdf") == 0
    assert (tmp_path / "back.pdf").read_bytes() == desk.article.read_bytes()
    assert signing.status_of(tmp_path / "back.pdf", signer).coverage is signing.SignatureCoverageLevel.ENTIRE_FILE


def test_two_runs_write_the_same_bytes(tmp_path: Path, signer: "signing.SimpleSigner") -> None:
    desk = Desk(tmp_path, signing.signed_pdf(signer))
    assert desk.stamp("--despite-signature", "-q") == 0
    first = desk.copy.read_bytes()
    assert desk.stamp("--despite-signature", "-q", "--overwrite") == 0
    assert desk.copy.read_bytes() == first


def test_an_archival_article_that_would_not_stay_valid_is_refused(
    tmp_path: Path, signer: "signing.SimpleSigner", capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path, signing.signed_pdf(signer, pdfa="2b"))
    assert desk.stamp("--despite-signature", "--json") == 3
    outcome = json.loads(capsys.readouterr().out)
    assert outcome["result"] == "refused"
    assert outcome["reason"].startswith(Reason.NOT_KEPT_ARCHIVABLE.sentence)
    assert "covers the whole file" in outcome["reason"]
    assert not desk.copy.exists()


@pytest.mark.corpus("signed")
def test_a_shared_signed_file_is_refused_or_keeps_its_signed_revision(
    shared_pdf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path, shared_pdf.read_bytes())
    status = desk.stamp("--despite-signature", "--json")
    outcome = json.loads(capsys.readouterr().out)
    if status == 0:
        assert desk.copy.read_bytes().startswith(shared_pdf.read_bytes())
        assert run("verify", "--original", shared_pdf, desk.copy) == 0
    else:
        assert status == 3, outcome["reason"]
        assert any(outcome["reason"].startswith(reason.sentence) for reason in Reason)
