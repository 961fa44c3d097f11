"""A command whose options are listed in groups by `--help`.

Written here because cloup doubles the time that `--help` takes, and rich-click more than that.
"""

from collections.abc import Mapping
from typing import Any

import click

OTHERS = "Other options"


class GroupedCommand(click.Command):
    """A command with `groups`: for each heading, the names of the parameters under it. The rest comes last."""

    def __init__(self, *arguments: Any, groups: Mapping[str, tuple[str, ...]], **options: Any) -> None:  # noqa: ANN401 - click's
        """Take what `click.Command` takes, and the groups."""
        super().__init__(*arguments, **options)
        self.groups = groups

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each group under its heading, in the order of `groups`."""
        heading_of = {name: heading for heading, names in self.groups.items() for name in names}
        sections: dict[str, list[tuple[str, str]]] = {heading: [] for heading in (*self.groups, OTHERS)}
        for parameter in self.get_params(ctx):
            if isinstance(parameter, click.Argument):  # the usage line shows it, and the text above explains it
                continue
            if (record := parameter.get_help_record(ctx)) is not None:
                sections[heading_of.get(parameter.name or "", OTHERS)].append(record)
        for heading, records in sections.items():
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)
