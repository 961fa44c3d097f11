"""Numbers on the command line, with their range in words."""

import click


class Number(click.FloatRange):
    """A number; its help and errors name the range in words."""

    name = "number"

    def _describe_range(self) -> str:
        return range_in_words(self)


class WholeNumber(click.IntRange):
    """A whole number; its help and errors name the range in words."""

    name = "number"

    def _describe_range(self) -> str:
        return range_in_words(self)


def range_in_words(kind: click.IntRange | click.FloatRange) -> str:
    """Return a range as in “from 0.05 to 0.5”, “greater than 0” or “at least 1”."""
    if kind.max is not None:
        return f"from {kind.min:g} to {kind.max:g}"
    return f"greater than {kind.min:g}" if kind.min_open else f"at least {kind.min:g}"
