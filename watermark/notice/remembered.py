"""Answers about single lines that are kept: the lines of a notice are asked about several times."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

MAX_LINES, MAX_LINE = 2_500, 600
"""How many lines are kept, and of how many characters: a little more than the lines in which facts are read."""
MAX_LONG = 8
Answer = TypeVar("Answer")


def remembered(function: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """Return a function of one line with its answers kept: of many short lines, and of a few long ones.

    The memory is bounded, also where a batch reads many notices of long lines.
    """
    short = lru_cache(maxsize=MAX_LINES)(function)
    long = lru_cache(maxsize=MAX_LONG)(function)

    @wraps(function)
    def answer(text: str) -> Answer:
        return short(text) if len(text) <= MAX_LINE else long(text)

    return answer
