"""What the README says is so: its commands, its options, its reasons and its links."""

import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import watermark
from tests.helpers.build import build
from watermark.cli import group
from watermark.cli.check import FOUND
from watermark.cli.error_handling import INTERRUPTED, OUTPUT_CLOSED
from watermark.errors import NOT_ALL_CHECKED, Reason

REPOSITORY = Path(__file__).parents[1]
README = (REPOSITORY / "README.md").read_text("utf-8")
SAMPLE = [
    "stamp",
    str(REPOSITORY / "samples" / "article.pdf"),
    "--notice",
    str(REPOSITORY / "samples" / "retraction-notice.md"),
]
SET_UP = re.findall(r"^```sh\n(.+?)\n```$", README, re.MULTILINE | re.DOTALL)


def commands() -> dict[str, click.Command]:
    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def options(command: click.Command) -> set[str]:
    declared = command.get_params(click.Context(command))
    return {name for parameter in declared for name in (*parameter.opts, *parameter.secondary_opts)}


def test_two_commands_set_everything_up_and_continuous_integration_runs_the_same_two() -> None:
    assert len(SET_UP) == 2
    lines = (REPOSITORY / ".ci" / "run").read_text("utf-8").splitlines()
    assert [lines.count(command) for command in SET_UP] == [1, 1]


def test_every_command_is_in_the_readme() -> None:
    for name in commands():
        assert f"`watermark {name} " in README


def test_every_command_and_option_that_the_readme_names_exists() -> None:
    known, named = commands(), 0
    for code in [*re.findall(r"`([^`\n]+)`", README), *re.findall(r"(?:^|&& )(watermark .+)$", README, re.MULTILINE)]:
        use = re.match(r"watermark ([a-z-]+)\b(.*)", code)
        allowed = [known[use[1]]] if use else list(known.values())
        for option in re.findall(r"(?<!\S)\[?(--?[a-z][a-z-]*)", use[2] if use else code):
            if use or code.startswith("-"):
                assert any(option in options(command) for command in allowed), code
                named += 1
    assert named >= 10


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_to_refuse_is_in_the_readme_with_what_to_do(reason: Reason) -> None:
    assert re.search(rf"^\| {re.escape(reason.sentence)} \| .+ \|$", README, re.MULTILINE)


def test_every_link_of_the_readme_leads_somewhere() -> None:
    targets = re.findall(r"\]\(([^)]+)\)", README)
    assert targets
    assert [target for target in targets if not (REPOSITORY / target).exists()] == []


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "SECURITY.md", "MEASUREMENTS.md"])
def test_every_file_that_a_page_for_contributors_names_exists(page: str) -> None:
    text = (REPOSITORY / ".github" / page).read_text("utf-8")
    named = {name for name in re.findall(r"`([\w./-]+/[\w./-]*\w)`", text) if "NAME" not in name and "…" not in name}
    named |= set(re.findall(r"tests/[\w/]+\.(?:py|md)", text))
    assert named
    roots = (REPOSITORY, REPOSITORY / "watermark", REPOSITORY / "tests")
    assert [name for name in sorted(named) if not any((root / name).exists() for root in roots)] == []


def test_the_readme_is_short_enough_to_be_read() -> None:
    assert len(README.splitlines()) <= 180


def test_the_example_for_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = re.findall(r"^```python\n(.+?)^```$", README, re.MULTILINE | re.DOTALL)
    samples = REPOSITORY / "samples"
    shutil.copy(samples / "article.pdf", tmp_path / "article.pdf")
    shutil.copy(samples / "retraction-notice.md", tmp_path / "notice.md")
    (tmp_path / "other.pdf").write_bytes(build(text="Something Else Entirely", info={"/Title": "Something Else"}))
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - our own README
    assert (tmp_path / "original.pdf").read_bytes() == (tmp_path / "article.pdf").read_bytes()
    assert not (tmp_path / "other.retracted.pdf").exists()


def test_the_first_command_prints_what_the_readme_shows(tmp_path: Path) -> None:
    printed = CliRunner().invoke(group, [*SAMPLE, "-o", str(tmp_path / "retracted.pdf")]).output
    shown = re.search(r"^samples/article\.pdf -> retracted\.pdf .+\nverdict: .+\n", README, re.MULTILINE)
    assert shown is not None
    number = re.compile(r"[0-9,]+(?= bytes added)")
    (ours,), (stated,) = (number.findall(text) for text in (printed, shown[0]))
    assert int(ours.replace(",", "")) == pytest.approx(
        int(stated.replace(",", "")), abs=200
    )  # the time is in it, packed
    paths = {str(REPOSITORY / "samples"): "samples", f"{tmp_path}/": ""}
    for path, name in paths.items():
        printed = printed.replace(path, name)
    assert number.sub("N", printed) == number.sub("N", shown[0])


def test_the_notice_in_the_readme_is_understood(tmp_path: Path) -> None:
    (shown,) = re.findall(r"^```\n(# .+?)^```$", README, re.MULTILINE | re.DOTALL)
    (tmp_path / "notice.md").write_text(shown, "utf-8")
    notice = watermark.read_notice(tmp_path / "notice.md").notice
    assert notice.state is watermark.State.RETRACTION
    assert (notice.article.title, notice.article.doi) == ("The Title of the Article", "10.1000/xyz123")


def test_every_exit_status_is_in_the_readme() -> None:
    rows = re.findall(r"^\| (\d+) \| .+ \|$", README, re.MULTILINE)
    kinds = (watermark.UsageError, watermark.RefusedError, watermark.FailedError, watermark.NotVerifiedError)
    statuses = {0, FOUND, NOT_ALL_CHECKED, INTERRUPTED, OUTPUT_CLOSED, *(kind.exit_status for kind in kinds)}
    assert {int(row) for row in rows} == statuses
