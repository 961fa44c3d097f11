"""A reinstatement gives the article back as it was published, and only the article that it is of."""

import json
from pathlib import Path

import pytest

from tests.helpers.build import build
from watermark.cli import main
from watermark.notice import Notice, Reference, State, to_json

TITLE = "A Study of Watermarks in Liver Cells"


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def notice(tmp_path: Path, state: State, title: str = TITLE) -> Path:
    path = tmp_path / f"{state}.json"
    path.write_text(to_json(Notice(state=state, article=Reference(title=title))), "utf-8")
    return path


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    (tmp_path / "article.pdf").write_bytes(build(info={"/Title": TITLE}))
    concern, retraction = (notice(tmp_path, state) for state in (State.EXPRESSION_OF_CONCERN, State.RETRACTION))
    assert run("stamp", tmp_path / "article.pdf", "--notice", concern, "-o", tmp_path / "concern.pdf", "-q") == 0
    assert run("stamp", tmp_path / "concern.pdf", "--notice", retraction, "-o", tmp_path / "copy.pdf", "-q") == 0
    return tmp_path / "copy.pdf"


def test_a_reinstatement_restores_the_article_as_published(
    copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    back = tmp_path / "back.pdf"
    assert run("restore", copy, "--notice", notice(tmp_path, State.REINSTATEMENT), "-o", back) == 0
    assert back.read_bytes() == (tmp_path / "article.pdf").read_bytes()
    said = capsys.readouterr().out
    assert "step 0: the article as published (restored)" in said
    assert "step 1: marked “Expression of concern” on" in said
    assert "step 2: marked “Retracted” on" in said


def test_a_step_between_is_restored_when_asked_for(
    copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    back = tmp_path / "back.pdf"
    assert run("restore", copy, "--to", 1, "-o", back, "--json") == 0
    assert back.read_bytes() == (tmp_path / "concern.pdf").read_bytes()
    assert [item["state"] for item in json.loads(capsys.readouterr().out)["markings"]] == [
        "expression_of_concern",
        "retraction",
    ]
    assert run("restore", copy, "--to", 2, "-o", tmp_path / "never.pdf") == 2


def test_a_notice_of_another_kind_or_another_article_restores_nothing(copy: Path, tmp_path: Path) -> None:
    back = tmp_path / "back.pdf"
    assert run("restore", copy, "--notice", notice(tmp_path, State.CORRECTION), "-o", back) == 2
    other = notice(tmp_path, State.REINSTATEMENT, "Quite another study of quite another matter")
    assert run("restore", copy, "--notice", other, "-o", back) == 3
    assert not back.exists()
