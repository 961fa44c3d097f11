"""What surrounds the package works: tasks, workflows, forms, the hooks of the repository, the scripts of .ci."""

import ast
import re
import statistics
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

import watermark
from tests.helpers.code_size import TYPESETTING, lines_of_code, modules_in

REPOSITORY = Path(__file__).resolve().parents[1]
GITHUB = REPOSITORY / ".github"
CHANGELOG = (REPOSITORY / "CHANGELOG.md").read_text("utf-8")
TASKS: dict[str, Any] = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["tool"]["poe"]["tasks"]
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
CONFIG = yaml.safe_load((REPOSITORY / ".pre-commit-config.yaml").read_text("utf-8"))
HOOKS = {hook["id"]: hook for repo in CONFIG["repos"] for hook in repo["hooks"]}


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("custom.github-workflows-require-timeout", WORKFLOWS),
        ("vendor.dependabot", [GITHUB / "dependabot.yml"]),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", [GITHUB / "ISSUE_TEMPLATE" / "config.yml"]),
    ],
)
def test_github_takes_the_files(schema: str, files: list[Path]) -> None:
    assert files
    done = subprocess.run(
        ["check-jsonschema", "--builtin-schema", schema, *files], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.not_on("windows")  # simulated, it looks for modules of the system that it really runs on
def test_pre_commit_takes_the_configuration_of_the_repository() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-config", REPOSITORY / ".pre-commit-config.yaml"]
    subprocess.run(command, check=True, capture_output=True)


@pytest.mark.parametrize("name", ["retracted-are-marked", "marked-are-intact"])
def test_our_own_hooks_pass_on_the_samples(name: str) -> None:
    hook = HOOKS[name]
    tracked = [path.relative_to(REPOSITORY).as_posix() for path in sorted((REPOSITORY / "samples").glob("*.pdf"))]
    chosen = [path for path in tracked if re.search(hook["files"], path) and not _excluded(hook, path)]
    command = [sys.executable, *hook["entry"].split()[1:], *hook.get("args", []), *chosen]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _excluded(hook: dict[str, Any], path: str) -> bool:
    return bool(hook.get("exclude") and re.search(hook["exclude"], path))


def test_the_list_of_the_samples_would_stop_an_unmarked_copy_of_the_sample() -> None:
    hook = HOOKS["retracted-are-marked"]
    command = [sys.executable, *hook["entry"].split()[1:], *hook["args"], "samples/article.pdf"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "retracted and unmarked" in done.stdout


def test_every_task_says_what_it_does_and_workflows_run_tasks_that_exist() -> None:
    assert {"test", "lint", "fix", "slow", "coverage", "court", "all"} <= TASKS.keys()
    assert all(task["help"] for task in TASKS.values())
    for workflow in WORKFLOWS:
        named = re.findall(r"\bpoe (\w+)", workflow.read_text("utf-8"))
        assert set(named) <= TASKS.keys()


def test_a_workflow_leaves_out_each_extra_in_turn() -> None:
    extras = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    jobs = yaml.safe_load((GITHUB / "workflows" / "ci.yml").read_text("utf-8"))["jobs"]
    left_out = {
        one["extra"]: one["packages"].split() for one in jobs["without-an-extra"]["strategy"]["matrix"]["include"]
    }
    named = {extra: [re.split(r"[^\w-]", item)[0] for item in items] for extra, items in extras.items()}
    assert left_out == {extra: items for extra, items in named.items() if extra != "test"}


@pytest.mark.skipif(sys.platform == "win32", reason="the scripts are for bash")
@pytest.mark.parametrize("script", sorted((REPOSITORY / ".ci").iterdir()), ids=lambda path: path.name)
def test_a_script_can_be_run_and_stops_at_its_first_error(script: Path) -> None:
    subprocess.run(["bash", "-n", script], check=True)
    assert script.stat().st_mode & 0o111
    assert "\nset -euo pipefail\n" in script.read_text("utf-8")


def test_the_version_is_the_same_in_every_place() -> None:
    version = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert watermark.__version__ == version
    assert f"rev: v{version}\n" in (REPOSITORY / "README.md").read_text("utf-8")
    assert re.search(rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d$", CHANGELOG, re.MULTILINE)


def test_modules_and_functions_are_as_short_as_the_guide_says() -> None:
    sources = {path: path.read_text("utf-8") for path in (REPOSITORY / "watermark").rglob("*.py")}
    lines = {path: len(source.splitlines()) for path, source in sources.items()}
    long_functions = [
        f"{path.name}: {node.name}"
        for path, source in sources.items()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert not long_functions
    assert not [path for path, count in lines.items() if count > 400]
    assert statistics.median(lines.values()) <= 120


def test_documents_are_set_with_at_most_600_lines_of_our_own() -> None:
    chosen = modules_in(REPOSITORY / path for path in TYPESETTING)
    assert 0 < sum(lines_of_code(path.read_text("utf-8")) for path in chosen) <= 600
