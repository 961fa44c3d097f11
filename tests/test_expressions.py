"""The expressions of the package mean the same in every Python that it supports.

Before Python 3.11.5, a possessive repetition of a group that can match in more than one way fails where it should match
(https://github.com/python/cpython/issues/106052). Debian 12 has 3.11.2. A group in `(?>…)` has no second way.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, cast

import pytest

import watermark
from watermark.runtime.expressions import LazyExpression

ONE_WAY = {codes.IN, codes.LITERAL, codes.NOT_LITERAL, codes.ANY, codes.ATOMIC_GROUP}
OPTIONAL = {"watermark.batch.executor", "watermark.hook", "watermark.__main__"}


def expressions() -> Iterator[tuple[str, "re.Pattern[Any]"]]:
    for module in pkgutil.walk_packages(watermark.__path__, "watermark."):
        if module.name in OPTIONAL:
            continue
        try:
            loaded = importlib.import_module(module.name)
        except ImportError:
            continue  # an extra that is not installed
        for name, value in vars(loaded).items():
            if isinstance(value, (re.Pattern, LazyExpression)):
                yield f"{module.name}:{name}", cast("re.Pattern[Any]", value)


def risky(parsed: Any) -> Iterator[object]:  # noqa: ANN401 - a tree of re's own
    """Yield each possessive repetition of something that can match in more than one way."""
    for operator, argument in parsed:
        if operator is codes.POSSESSIVE_REPEAT:
            inner = list(argument[2])
            while len(inner) == 1 and inner[0][0] is codes.SUBPATTERN:
                inner = list(inner[0][1][3])
            if len(inner) != 1 or inner[0][0] not in ONE_WAY:
                yield argument
        for part in argument if isinstance(argument, tuple) else (argument,):
            for one in part if isinstance(part, list) else (part,):
                if isinstance(one, parser.SubPattern):
                    yield from risky(one)


CHOICES = (r"(?:ab|c)*+", r"x(?:(?:a?b)++c|d)", rb"(a|bc)++", r"(?>(?:ab|c)*+)", r"(?=(?:a?b)*+)")


@pytest.mark.parametrize("pattern", CHOICES)
def test_a_possessive_repetition_of_a_choice_is_found(pattern: str | bytes) -> None:
    assert list(risky(parser.parse(pattern)))
    assert not list(risky(parser.parse(r"[ab]*+(?:(?>ab|c))*+")))


def test_no_expression_repeats_a_choice_possessively() -> None:
    found = dict(expressions())
    assert len(found) > 400
    assert [name for name, one in found.items() if list(risky(parser.parse(one.pattern, one.flags)))] == []
