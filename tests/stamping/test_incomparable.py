"""An original too damaged to be compared with its copy is rebuilt or refused; the exit status says what is open."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.build import build
from tests.stamping.test_pipeline import TITLE, given, request_for
from watermark.cli import main
from watermark.errors import NOT_ALL_CHECKED
from watermark.models import Claim, Outcome, Result, Status
from watermark.notice import State
from watermark.stamping.pipeline import is_incomparable, stamp_outcome
from watermark.stamping.plan import StampRequest
from watermark.stamping.restore import restore_original

NOTICE = f"# {TITLE} [Retraction]\n\nWe, the Editor and Publisher, have retracted the following article.\n"


def without_its_end(folder: Path, **peculiarities: object) -> StampRequest:
    asked = request_for(folder, **peculiarities)
    data = build(**{"pages": 2, "info": {"/Title": TITLE}, **peculiarities})  # type: ignore[arg-type]
    asked.article.write_bytes(data[: data.rindex(b"startxref")])
    return replace(asked, notice=given(State.RETRACTION))


def ended(command: list[str]) -> object:
    """Return the exit status of a command."""
    with pytest.raises(SystemExit) as caught:
        main(command)
    return caught.value.code


def marked(asked: StampRequest) -> Outcome:
    outcome = stamp_outcome(asked, asked.article.with_name("copy.pdf"))
    assert outcome.result is Result.MARKED, outcome.reason
    return outcome


def test_a_copy_that_cannot_be_compared_is_made_from_a_rebuilt_file(tmp_path: Path) -> None:
    asked = without_its_end(tmp_path)
    outcome = marked(asked)
    assert outcome.receipt is not None
    assert outcome.report is not None
    assert outcome.receipt.rebuilt_size_bytes
    for claim in (Claim.STRUCTURE, Claim.ATTACHED, Claim.DESCRIBED, Claim.ARCHIVABLE):
        assert outcome.report.status_of(claim) is Status.OK
    restore_original(Path(outcome.copy), tmp_path / "back.pdf")
    assert (tmp_path / "back.pdf").read_bytes() == asked.article.read_bytes()


def test_it_is_refused_where_it_may_not_be_rebuilt(tmp_path: Path) -> None:
    outcome = stamp_outcome(replace(without_its_end(tmp_path), may_rebuild=False), tmp_path / "copy.pdf")
    assert (outcome.result, outcome.code) == (Result.REFUSED, "cannot-be-proved")
    assert outcome.argument == "rebuild"
    assert not (tmp_path / "copy.pdf").exists()


def test_a_file_that_can_be_compared_is_not_rebuilt(tmp_path: Path) -> None:
    outcome = marked(request_for(tmp_path))
    assert outcome.receipt is not None
    assert outcome.report is not None
    assert not outcome.receipt.rebuilt_size_bytes
    assert not is_incomparable(outcome.report)


def test_where_it_cannot_be_rebuilt_the_copy_says_what_is_not_checked(tmp_path: Path) -> None:
    outcome = marked(without_its_end(tmp_path, pdfa="2b"))
    assert outcome.receipt is not None
    assert outcome.report is not None
    assert not outcome.receipt.rebuilt_size_bytes
    assert is_incomparable(outcome.report)


@pytest.mark.parametrize(("options", "status"), [([], NOT_ALL_CHECKED), (["--no-rebuild"], 3)])
def test_the_command_ends_with_the_status_of_what_is_not_checked(
    tmp_path: Path, options: list[str], status: int
) -> None:
    asked = without_its_end(tmp_path)
    (tmp_path / "notice.md").write_text(NOTICE, encoding="utf-8")
    command = ["stamp", str(asked.article), "--notice", str(tmp_path / "notice.md"), "-o", str(tmp_path / "copy.pdf")]
    assert ended([*command, "--force-match", "a test", *options]) == status


def test_the_command_ends_with_0_where_all_was_checked(tmp_path: Path) -> None:
    asked = request_for(tmp_path)
    (tmp_path / "notice.md").write_text(NOTICE, encoding="utf-8")
    command = ["stamp", str(asked.article), "--notice", str(tmp_path / "notice.md"), "-o", str(tmp_path / "copy.pdf")]
    assert ended([*command, "--force-match", "a test"]) == 0
    assert ended([*command, "--force-match", "a test", "--overwrite", "--proof", "structure"]) == 0
