"""The options of a command as they were given, for a command line that is printed."""

from collections.abc import Iterator

import click
from click.core import ParameterSource


def options_given(context: click.Context, *, without: frozenset[str]) -> Iterator[str]:
    """Yield the words of the options that the command line gave, except those for the parameters in `without`."""
    for option in context.command.params:
        name = option.name or ""
        is_given = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if name in without or not is_given or not isinstance(option, click.Option):
            continue
        value, word = context.params[name], max(option.opts, key=len)
        if option.is_flag:
            yield word if value else option.secondary_opts[0]
            continue
        for each in value if option.multiple else (value,):
            yield from (word, str(each))
