"""PDFium is called by one thread at a time: it has no locks of its own, and its state belongs to the whole process."""

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

_LOCK = RLock()


def one_at_a_time(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Return the function so that no other thread is inside of PDFium while it runs."""

    @wraps(function)
    def locked(*arguments: Arguments.args, **named: Arguments.kwargs) -> Result:
        with _LOCK:
            return function(*arguments, **named)

    return locked
