"""TOML that a person writes: a small file, read within limits, whose errors name file and line."""

import re
from typing import Any

from watermark.errors import UsageError

MAX_MARKS_A_LINE = 200
_IN_MESSAGE = re.compile(r"\(at line ([0-9]+), column [0-9]+\)")


def toml_values(text: str, *, file: str, what: str, example: str) -> dict[str, Any]:
    """Return the values in a text. Raises UsageError for one that is not TOML, or that nests keys too deeply.

    `what` names the text in messages, such as "the profile"; `example` is a line that it may hold.
    """
    import tomllib  # noqa: PLC0415 - most commands read no TOML

    remedy = f"Write each key on a line of its own, as in: {example}."
    _require_simple(text, file=file, what=what, remedy=remedy)
    try:
        return dict[str, Any](tomllib.loads(text))
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is a ValueError, too
        found = _IN_MESSAGE.search(str(error))
        message = _IN_MESSAGE.sub("", str(error)).strip() or "nested too deeply"
        raise UsageError(
            f"{what} is not valid TOML: {message}", file=file, place=f"line {found[1]}" if found else "", remedy=remedy
        ) from error


def _require_simple(text: str, *, file: str, what: str, remedy: str) -> None:
    """Return if no line nests keys without limit: the parser copies each level of a dotted key again and again."""
    for number, line in enumerate(text.splitlines(), start=1):
        if max(line.count(mark) for mark in ".[{") > MAX_MARKS_A_LINE:
            raise UsageError(
                f"{what} is too deeply nested: a line has more than {MAX_MARKS_A_LINE} dots or brackets",
                file=file,
                place=f"line {number}",
                remedy=remedy,
            )
