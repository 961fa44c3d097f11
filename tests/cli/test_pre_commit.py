"""The steps for pre-commit: as functions, by their own command, and run by pre-commit itself in a real repository."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.audit.conftest import article, listed
from tests.helpers.foreign_marks import marked
from tests.helpers.tampered_copies import stamped
from watermark.cli.pre_commit import STEPS, main
from watermark.errors import MissingNoticeError
from watermark.verification.verifier import verify_copy

REPOSITORY = Path(__file__).resolve().parents[2]
HOOKS = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"))


def test_each_hook_names_a_step_and_takes_pdfs_one_run_at_a_time() -> None:
    assert [hook["id"] for hook in HOOKS] == list(STEPS)
    for hook in HOOKS:
        assert hook["entry"] == f"python -m watermark.hook {hook['id']}"
        assert (hook["language"], hook["types"], hook["require_serial"]) == ("python", ["pdf"], True)


def test_a_step_says_what_is_wrong_of_each_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unmarked, other = article(tmp_path / "a.pdf"), article(tmp_path / "b.pdf", doi="10.5555/other")
    lists = f"--retractions={listed(tmp_path)}"
    before = unmarked.read_bytes()
    assert main(["retracted-are-marked", lists, str(unmarked), str(other)]) == 1
    assert capsys.readouterr().out.startswith(f"{unmarked}: retracted and unmarked")
    assert main(["retracted-are-marked", lists, str(other)]) == 0
    assert main(["retracted-are-marked", lists]) == 0
    assert unmarked.read_bytes() == before


def test_only_our_own_marks_have_to_be_intact(tmp_path: Path) -> None:
    copy, foreign = stamped(tmp_path, pages=2), tmp_path / "foreign.pdf"
    marked(article(tmp_path / "a.pdf"), foreign, "text_diagonal")
    assert main(["marked-are-intact", str(copy), str(foreign), str(tmp_path / "a.pdf")]) == 0
    copy.write_bytes(copy.read_bytes() + b"\n%%EOF\n")
    assert main(["marked-are-intact", str(copy)]) == 1


@pytest.mark.not_on("share")  # it compares permissions
def test_marking_leaves_a_proved_copy_in_the_place_of_the_original(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    pdf, other = article(tmp_path / "a.pdf"), article(tmp_path / "b.pdf", doi="10.5555/other")
    lists, original, untouched = f"--retractions={listed(tmp_path)}", pdf.read_bytes(), other.read_bytes()
    pdf.chmod(0o640)
    assert main(["mark-retracted", lists, str(pdf), str(other)]) == 1
    assert "marked as retraction" in capsys.readouterr().out
    assert pdf.read_bytes().startswith(original)
    assert verify_copy(pdf).passed or not verify_copy(pdf).failures
    assert (pdf.stat().st_mode & 0o777, other.read_bytes()) == (0o640, untouched)
    assert main(["mark-retracted", lists, str(pdf), str(other)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "b.pdf", "retractions.csv"]


def test_what_cannot_be_marked_stays_as_it_was_and_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf = article(tmp_path / "a.pdf", signed=True)
    before = pdf.read_bytes()
    assert main(["mark-retracted", f"--retractions={listed(tmp_path)}", str(pdf)]) == 1
    assert "digitally signed" in capsys.readouterr().out
    assert pdf.read_bytes() == before


def test_a_file_that_cannot_be_checked_is_reported_and_not_taken_for_unlisted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.pdf").write_text("<html>not found</html>", encoding="utf-8")
    assert main(["mark-retracted", f"--retractions={listed(tmp_path)}", str(tmp_path / "page.pdf")]) == 1
    assert "page.pdf: not checked: it is not a PDF" in capsys.readouterr().out


def test_a_step_without_a_list_says_how_to_give_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["retracted-are-marked", "a.pdf"])
    assert "--retractions=LIST" in capsys.readouterr().err
    assert main(["mark-retracted", "--retractions=missing.csv", "a.pdf"]) == MissingNoticeError.exit_status


# ------------------------------------------------------------------------------------------------ pre-commit itself


class Commits:
    """A git repository whose commits pre-commit looks at."""

    def __init__(self, folder: Path, hooks: list[dict[str, object]] | dict[str, object]) -> None:
        self.folder = folder
        self.git("init", "-q")
        self.git("config", "user.email", "somebody@example.org")
        self.git("config", "user.name", "Somebody")
        repos = {"repos": [hooks]}
        (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(repos), "utf-8")
        listed(folder)
        self.run("install")

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["git", *arguments], cwd=self.folder, capture_output=True, text=True, check=False)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pre_commit", *arguments]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)

    def commit(self) -> subprocess.CompletedProcess[str]:
        self.git("add", "-A")
        return self.git("commit", "-m", "Articles")


@pytest.fixture
def path_of_this_python(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path_factory.mktemp("pre-commit")))
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)


def walk_through(commits: Commits) -> None:
    """Commit what is well; be stopped by an unmarked article, have it marked, and commit that."""
    folder = commits.folder
    article(folder / "other.pdf", doi="10.5555/other")
    assert commits.commit().returncode == 0, commits.commit()
    article(folder / "unmarked article.pdf")
    stopped = commits.commit()
    assert stopped.returncode == 1
    assert "unmarked article.pdf: retracted and unmarked" in stopped.stdout + stopped.stderr
    marking = commits.run("run", "mark-retracted", "--hook-stage", "manual")
    assert (marking.returncode, "files were modified by this hook" in marking.stdout) == (1, True)
    assert commits.commit().returncode == 0
    copy = folder / "unmarked article.pdf"
    copy.write_bytes(copy.read_bytes() + b"\n%%EOF\n")
    spoiled = commits.commit()
    assert (spoiled.returncode, "damaged" in spoiled.stdout + spoiled.stderr) == (1, True)


def hooks_of(chosen: dict[str, dict[str, object]], **others: object) -> list[dict[str, object]]:
    return [{**hook, **others, **chosen[str(hook["id"])]} for hook in HOOKS]


CHOSEN: dict[str, dict[str, object]] = {
    "retracted-are-marked": {"args": ["--retractions=retractions.csv"]},
    "marked-are-intact": {},
    "mark-retracted": {"args": ["--retractions=retractions.csv"], "stages": ["manual"]},
}


@pytest.mark.skipif("WATERMARK_SIMULATE" in os.environ, reason="another program would be simulated, too")
@pytest.mark.usefixtures("path_of_this_python")
def test_a_commit_with_an_unmarked_article_is_stopped(tmp_path: Path) -> None:
    commits = Commits(tmp_path, {"repo": "local", "hooks": hooks_of(CHOSEN, language="system")[:1]})
    article(tmp_path / "unmarked article.pdf")
    stopped = commits.commit()
    assert (stopped.returncode, "retracted and unmarked" in stopped.stdout + stopped.stderr) == (1, True)
    assert commits.git("log").returncode == 128  # there is no commit


@pytest.mark.slow
@pytest.mark.usefixtures("path_of_this_python")
def test_a_commit_is_stopped_and_goes_through_when_the_article_is_marked(tmp_path: Path) -> None:
    walk_through(Commits(tmp_path, {"repo": "local", "hooks": hooks_of(CHOSEN, language="system")}))


@pytest.mark.slow
@pytest.mark.usefixtures("path_of_this_python")
def test_pre_commit_installs_the_hooks_from_a_repository(tmp_path: Path) -> None:
    source, folder = tmp_path / "source", tmp_path / "articles"
    for name in ("watermark", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        path = REPOSITORY / name
        source.mkdir(exist_ok=True)
        (shutil.copytree if path.is_dir() else shutil.copy)(path, source / name)
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.email=a@example.org", "-c", "user.name=A", "commit", "-qm", "1"],
    ):
        subprocess.run(["git", *command], cwd=source, check=True)
    revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=source, check=True, capture_output=True, text=True)
    folder.mkdir()
    hooks = [{"id": name, **options} for name, options in CHOSEN.items()]
    walk_through(Commits(folder, {"repo": str(source), "rev": revision.stdout.strip(), "hooks": hooks}))
