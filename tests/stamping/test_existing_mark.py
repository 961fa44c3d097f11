"""An article that others have marked already is not the article as published: it is refused, or marked knowingly."""

from pathlib import Path

import pytest

import watermark
from tests.helpers.build import build
from tests.helpers.foreign_marks import STYLES, marked
from watermark.cli import main
from watermark.errors import Reason, RefusedError
from watermark.models import Claim, Result, Status

DOI = "10.5555/article"
NOTICE = f"# Retraction: A study of sleep in old mice\n\nhttps://doi.org/{DOI}\n\nThe editor retracts this article.\n"
REASON = "the publisher lost the clean file"


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "notice.md"
    path.write_text(NOTICE, encoding="utf-8")
    return path


def article_of(path: Path, style: str = "") -> Path:
    """Leave an article at `path`, marked by others in a style unless that is empty."""
    info = {"/Title": "A study of sleep in old mice", "/Subject": f"doi:{DOI}"}
    lines = "\n".join(f"Line {number} of the article, with words enough to be read." for number in range(30))
    path.write_bytes(build(info=info, pages=2, text=lines))
    if style:
        marked(path, path.with_suffix(".marked.pdf"), style, word="RETRACTED")
        path.with_suffix(".marked.pdf").replace(path)
    return path


def status(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(str(ended.value.code))


@pytest.mark.parametrize("style", ["text_diagonal", *(pytest.param(one, marks=pytest.mark.slow) for one in STYLES)])
def test_an_article_with_a_mark_by_others_is_refused_and_the_mark_is_named(
    tmp_path: Path, notice: Path, style: str
) -> None:
    article, copy = article_of(tmp_path / "a.pdf", style), tmp_path / "copy.pdf"
    with pytest.raises(RefusedError) as refused:
        watermark.stamp(article, notice, copy)
    assert refused.value.code == Reason.MARKED_BY_OTHERS
    assert "RETRACTED" in refused.value.reason
    assert ("every page" if style not in {"first_page_only", "every_second_page"} else "page 1") in refused.value.reason
    assert not copy.exists()


def test_a_reason_marks_it_all_the_same_and_plan_receipt_and_proof_know_it(tmp_path: Path, notice: Path) -> None:
    article, copy = article_of(tmp_path / "a.pdf", "text_diagonal"), tmp_path / "copy.pdf"
    outcome = watermark.stamp(article, notice, copy, over_existing_mark=REASON)
    assert outcome.result is Result.MARKED
    (decision,) = (each for each in outcome.decisions if each.name == "existing mark")
    assert (decision.reason, "“RETRACTED” on every page" in decision.value) == (REASON, True)
    assert outcome.receipt is not None
    assert outcome.receipt.choices["existing_mark"][1] == REASON
    report = watermark.verify(copy)
    assert (report.status_of(Claim.REPRODUCED), report.failures) == (Status.OK, ())


def test_a_reason_for_an_article_without_a_mark_is_not_recorded(tmp_path: Path, notice: Path) -> None:
    outcome = watermark.stamp(article_of(tmp_path / "a.pdf"), notice, tmp_path / "c.pdf", over_existing_mark=REASON)
    assert outcome.receipt is not None
    assert "existing_mark" not in outcome.receipt.choices
    assert not [each for each in outcome.decisions if each.name == "existing mark"]


def test_the_mark_of_this_tool_is_not_one_by_others(tmp_path: Path, notice: Path) -> None:
    article, copy = article_of(tmp_path / "a.pdf"), tmp_path / "copy.pdf"
    watermark.stamp(article, notice, copy)
    assert watermark.inspect(copy).existing_mark == ""
    assert watermark.stamp(copy, notice, tmp_path / "again.pdf").result is Result.ALREADY_MARKED


def test_the_command_line_names_its_option_and_inspect_shows_whether_an_article_is_marked(
    tmp_path: Path, notice: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = article_of(tmp_path / "a.pdf", "header_line")
    assert status("stamp", article, "--notice", notice) == 3
    assert '(--over-existing-mark "YOUR REASON").' in capsys.readouterr().err
    assert status("stamp", article, "--notice", notice, "--over-existing-mark", REASON, "-q") == 0
    assert status("inspect", article) == 0
    assert "marked        by others: “RETRACTED" in capsys.readouterr().out
    assert status("inspect", article_of(tmp_path / "clean.pdf")) == 0
    assert "marked        no mark was found" in capsys.readouterr().out


@pytest.mark.slow
def test_batch_refuses_it_and_its_column_gives_the_reason(
    tmp_path: Path, notice: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    article_of(articles / "refused.pdf", "text_diagonal")
    article_of(articles / "known.pdf", "text_diagonal")
    manifest = tmp_path / "manifest.csv"
    rows = ("article,notice,over_existing_mark", f"refused.pdf,{notice.name},", f"known.pdf,{notice.name},{REASON}")
    manifest.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert status("batch", manifest, "--articles", articles, "--out", tmp_path / "out", "--json") == 3
    shown = capsys.readouterr().out
    assert shown.count('"result": "marked"') == shown.count('"result": "refused"') == 1
    assert "“RETRACTED” on every page, as text" in shown
