"""`watermark verify` ends with a status that says whether a copy was proved, was found wrong, or is open in part."""

import shutil
from pathlib import Path

import pytest

from tests.helpers.build import build
from tests.helpers.tampered_copies import NOTICE, stamped
from tests.verification.test_attacks import ARTICLE, unmark
from watermark.cli import main
from watermark.errors import NOT_ALL_CHECKED, NotVerifiedError
from watermark.notice import to_json
from watermark.stamping.plan import planner

SAMPLES = Path(__file__).parents[2] / "samples"


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def marked(folder: Path, notice: Path, **peculiarities: object) -> Path:
    article, copy = folder / "article.pdf", folder / "copy.pdf"
    article.write_bytes(build(**peculiarities))
    assert run("stamp", article, "--notice", notice, "-o", copy, "--force-match", "a test") == 0
    return copy


def test_an_honest_copy_is_verified_and_reproduced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy.pdf"
    run("stamp", SAMPLES / "article.pdf", "--notice", SAMPLES / "retraction-notice.md", "-o", copy)
    assert run("verify", copy, "--verbose") == 0
    assert "reproduced" in capsys.readouterr().out


def test_a_forged_copy_does_not_verify(tmp_path: Path) -> None:
    assert run("verify", stamped(tmp_path, unmark, **ARTICLE)) == NotVerifiedError.exit_status


def test_a_copy_that_fails_is_followed_by_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = stamped(tmp_path, unmark, **ARTICLE)
    run("verify", copy)
    assert capsys.readouterr().out.splitlines()[-1].startswith("What to do: Do not use this copy.")
    copy.unlink()
    whole = marked(tmp_path, SAMPLES / "retraction-notice.md")
    run("verify", whole, "--require-seal")
    assert capsys.readouterr().out.splitlines()[-1].startswith("What to do: Ask for a copy with a seal")


def test_a_copy_of_another_format_is_not_verified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planner, "FORMAT", 0)
    copy = marked(tmp_path, SAMPLES / "retraction-notice.md")
    assert run("verify", copy) == NOT_ALL_CHECKED
    assert run("verify", copy, "--strict") == NotVerifiedError.exit_status


def test_a_folder_has_a_total_that_counts_what_passed_what_is_open_and_what_failed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    shutil.copyfile(marked(tmp_path, SAMPLES / "retraction-notice.md"), copies / "passed.pdf")
    (tmp_path / "copy.pdf").unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planner, "FORMAT", 0)
        shutil.copyfile(marked(tmp_path, SAMPLES / "retraction-notice.md"), copies / "open.pdf")
    assert run("verify", copies) == NOT_ALL_CHECKED
    assert "2 copies: 1 passed, 1 not fully checked\n" in capsys.readouterr().out
    (copies / "wrong.pdf").write_bytes((copies / "passed.pdf").read_bytes() + b" ")
    assert run("verify", copies) == NotVerifiedError.exit_status
    assert "3 copies: 1 passed, 1 not fully checked, 1 failed\n" in capsys.readouterr().out


def test_an_archival_copy_that_lost_its_record_is_proved_with_the_notice(tmp_path: Path) -> None:
    notice = tmp_path / "notice.json"
    notice.write_text(to_json(NOTICE), "utf-8")
    copy = marked(tmp_path, notice, pdfa="2b")
    assert run("verify", copy) == 0
    alone = tmp_path / "alone" / "copy.pdf"
    alone.parent.mkdir()
    shutil.copy(copy, alone)
    assert run("verify", alone) == NOT_ALL_CHECKED
    assert run("verify", alone, "--notice", notice) == 0


def test_what_a_proof_by_structure_leaves_out_is_not_an_open_claim(tmp_path: Path) -> None:
    copy = marked(tmp_path, SAMPLES / "retraction-notice.md")
    assert run("verify", copy, "--proof", "structure") == 0
