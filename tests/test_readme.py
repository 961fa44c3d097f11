"""What the README says is so: its commands, its options, its reasons and its links."""

import re
from pathlib import Path

import click
import pytest

from watermark.cli import group
from watermark.errors import Reason

REPOSITORY = Path(__file__).parents[1]
README = (REPOSITORY / "README.md").read_text("utf-8")
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
        use = re.match(r"watermark ([a-z]+)\b(.*)", code)
        allowed = [known[use[1]]] if use else list(known.values())
        for option in re.findall(r"(?<!\S)\[?(--?[a-z][a-z-]*)", use[2] if use else code):
            if use or code.startswith("-"):
                assert any(option in options(command) for command in allowed), code
                named += 1
    assert named >= 10


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_to_refuse_is_in_the_readme_with_a_way_on(reason: Reason) -> None:
    assert re.search(rf"^\| {re.escape(reason.sentence)} \| .+ \|$", README, re.MULTILINE)


def test_every_link_of_the_readme_leads_somewhere() -> None:
    targets = re.findall(r"\]\(([^)]+)\)", README)
    assert targets
    assert [target for target in targets if not (REPOSITORY / target).exists()] == []
