"""`watermark check` and `watermark verify` as people and build servers run them."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import bagit
import junitparser
import pytest
import yaml

from tests.audit.conftest import article, listed
from tests.helpers.tampered_copies import stamped
from watermark.audit import bagit as bagit_check
from watermark.audit.classification import CheckedBag
from watermark.cli import main, verify
from watermark.errors import MissingNoticeError
from watermark.runtime.isolation import WorkerTerminatedError

REPOSITORY = Path(__file__).resolve().parents[2]
ACTION = REPOSITORY / ".github" / "actions" / "check"


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def check(tmp_path: Path, *arguments: object, state: str = "retraction") -> int:
    return run("check", *arguments, "--retractions", listed(tmp_path, state))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with a marked copy, an unmarked article, another one, and what is no PDF."""
    folder = tmp_path / "tree"
    (folder / "2024" / ".hidden").mkdir(parents=True)
    stamped(tmp_path, pages=2).rename(folder / "2024" / "marked.PDF")
    article(folder / "unmarked.pdf")
    article(folder / "2024" / "other.pdf", doi="10.5555/other")
    article(folder / "2024" / ".hidden" / "unmarked.pdf")
    (folder / "read me.txt").write_text("Not a PDF")
    return folder


def test_a_tree_is_looked_through(tree: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, tree) == 1
    printed = capsys.readouterr()
    assert [line.split(": ")[1] for line in printed.out.splitlines() if not line.startswith(" ")] == [
        *("retracted and unmarked", "marked by this tool and verified", "not in the list")
    ]
    assert "3 files: 1 " in printed.err
    assert ": the list has a retraction of 10.5555/article, dated " in printed.out
    assert ": marked by this tool and verified: the mark says that the article is retracted\n" in printed.out
    assert "not retracted" not in printed.out + printed.err
    (tree / "unmarked.pdf").unlink()
    assert check(tmp_path, tree, "--quiet") == 0
    assert capsys.readouterr().out == ""


def test_each_form_is_printed_whole(tree: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tree / "2024" / "marked.PDF").unlink()
    printed = {}
    for form in ("json", "sarif", "junit", "github"):
        assert check(tmp_path, tree, "--format", form) == 1
        printed[form] = capsys.readouterr().out
    assert [json.loads(line)["attention"] for line in printed["json"].splitlines()] == [True, False]
    assert len(json.loads(printed["sarif"])["runs"][0]["results"]) == 1
    assert next(iter(junitparser.JUnitXml.fromstring(printed["junit"].encode()))).failures == 1
    assert printed["github"].count("\n") == 1


def test_the_first_list_that_names_an_article_decides(tmp_path: Path) -> None:
    pdf, first = article(tmp_path / "a.pdf"), tmp_path / "first.csv"
    first.write_text("doi,state,date\n10.5555/article,reinstatement,2025\n")
    second = listed(tmp_path)
    assert run("check", pdf, "--retractions", first, "--retractions", second) == 0
    assert run("check", pdf, "--retractions", second, "--retractions", first) == 1


def test_what_cannot_be_asked_ends_with_its_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf = article(tmp_path / "a.pdf")
    (tmp_path / "empty").mkdir()
    assert check(tmp_path, tmp_path / "empty") == 2
    assert check(tmp_path, tmp_path / "missing.pdf") == 2
    assert run("check", pdf) == 2
    assert run("check", pdf, "--retractions", tmp_path / "missing.csv") == MissingNoticeError.exit_status
    assert "missing.csv" in capsys.readouterr().err


def test_records_that_cannot_be_understood_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, article(tmp_path / "a.pdf", doi="10.5555/other"), state="burnt\x1b[31m") == 0
    printed = capsys.readouterr().err
    assert "skipped 1 record with errors" in printed
    assert "\x1b" not in printed


@pytest.mark.parametrize("command", ["check", "verify"])
def test_a_stale_bag_is_reported_and_updated(tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    copy, bag = stamped(tmp_path, pages=2), tmp_path / "bag"
    bag.mkdir()
    (tmp_path / "original.pdf").rename(bag / "a.pdf")
    bagit.make_bag(str(bag))
    copy.replace(bag / "data" / "a.pdf")
    lists = ("--retractions", listed(tmp_path)) if command == "check" else ()
    assert run(command, bag, *lists) == (1 if command == "check" else 5)
    assert "bag is stale: data/a.pdf" in capsys.readouterr().out
    assert run(command, bag, *lists, "--update-bag") == 0
    assert bagit.Bag(str(bag)).validate()


@pytest.mark.parametrize("command", ["check", "verify"])
def test_a_bag_that_cannot_be_checked_is_named_and_the_others_are_checked(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, bags = stamped(tmp_path, pages=2), [tmp_path / "large", tmp_path / "small"]
    for bag in bags:
        bag.mkdir()
        shutil.copy(copy, bag / "a.pdf")
        bagit.make_bag(str(bag))
    checked = bagit_check.check_bag

    def slow(path: Path, *given: Any, **named: Any) -> CheckedBag:  # noqa: ANN401 - as there
        if path == bags[0]:
            raise WorkerTerminatedError("it took longer than 300 seconds", remedy="Try again.")
        return checked(path, *given, **named)

    monkeypatch.setattr(bagit_check, "check_bag", slow)
    lists = ("--retractions", listed(tmp_path)) if command == "check" else ()
    assert run(command, *bags, *lists) == (1 if command == "check" else 4)
    printed = capsys.readouterr().out
    assert f"{bags[0]}: bag is not checked: it took longer than 300 seconds\n    Try again.\n" in printed
    assert f"{bags[1]}: bag is valid" in printed
    if command == "check":
        assert run(command, *bags, *lists, "--format", "sarif") == 1
        assert "bag-is-not-checked" in capsys.readouterr().out


def test_a_pdf_in_a_folder_that_is_too_slow_to_be_recognised_is_verified(
    tree: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    recognised = verify.is_named_in

    def slow(path: Path, password: str) -> bool:
        if path.name == "unmarked.pdf":
            raise WorkerTerminatedError("it took longer than 30 seconds", remedy="Try again.")
        return recognised(path, password)

    monkeypatch.setattr(verify, "is_named_in", slow)
    assert run("verify", tree) == 5
    printed = capsys.readouterr()
    assert f"{tree / 'unmarked.pdf'}: it was not marked by this tool" in printed.err
    assert "marked.PDF" in printed.out


def test_verify_proves_every_copy_of_a_tree(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", tree) == 0
    printed = capsys.readouterr()
    assert "marked.PDF" in printed.out
    assert "skipped 2 PDFs that this tool did not mark" in printed.err
    (tree / "2024" / "marked.PDF").unlink()
    assert run("verify", tree) == 5


def test_verify_of_a_tree_finds_the_copy_that_was_changed(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tree / "2024" / "marked.PDF"
    copy.write_bytes(copy.read_bytes() + b"\n%%EOF\n")
    assert run("verify", tree) == 5
    assert "FAILED verification" in capsys.readouterr().out


def test_the_action_is_one_that_github_takes() -> None:
    subprocess.run(
        ["check-jsonschema", "--builtin-schema", "vendor.github-actions", ACTION / "action.yml"],
        check=True,
        capture_output=True,
    )
    steps = yaml.safe_load((ACTION / "action.yml").read_text())["runs"]["steps"]
    assert not [step for step in steps if "${{" in step.get("run", "")], "an input would be run as a script"


@pytest.mark.skipif("WATERMARK_SIMULATE" in os.environ, reason="another program would be simulated, too")
def test_what_the_readme_shows_for_pipelines_is_what_they_take(tmp_path: Path) -> None:
    shown = re.findall(r"```yaml\n(.*?)```", (REPOSITORY / "README.md").read_text("utf-8"), re.DOTALL)
    hooks = next(block for block in shown if block.startswith("repos:"))
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    on_gitlab = re.search(r"On GitLab, let a job run\s`(.+?)` and `(.+?)`", readme)
    assert on_gitlab is not None
    job = yaml.safe_dump({"retracted-are-marked": {"image": "python:3.12", "script": list(on_gitlab.groups())}})
    (tmp_path / "hooks.yaml").write_text(hooks)
    (tmp_path / "job.yml").write_text(job)
    for command in (
        ["pre-commit", "validate-config", tmp_path / "hooks.yaml"],
        ["pre-commit", "validate-manifest", REPOSITORY / ".pre-commit-hooks.yaml"],
        ["check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", tmp_path / "job.yml"],
    ):
        subprocess.run(command, check=True, capture_output=True)
    offered = {hook["id"] for hook in yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    assert {hook["id"] for hook in yaml.safe_load(hooks)["repos"][0]["hooks"]} == offered


@pytest.mark.slow
def test_the_script_of_the_action_checks_and_writes_sarif(tmp_path: Path) -> None:
    article(tmp_path / "an article.pdf")
    listed(tmp_path)
    given = {"PATHS": "an article.pdf\n", "RETRACTIONS": "retractions.csv", "OPTIONS": "--strict\n"}
    script = ["bash", ACTION / "check.sh"]
    environment = {**os.environ, **given, "SARIF": "out.sarif"}
    done = subprocess.run(script, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[0][:30]) == (1, "::error file=an article.pdf,ti")
    assert json.loads((tmp_path / "out.sarif").read_text())["runs"][0]["results"]
