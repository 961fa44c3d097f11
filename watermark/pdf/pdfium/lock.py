"""PDFium is called by one thread at a time: it has no locks of its own, and its state belongs to the whole process.

Its functions that take about a microsecond are called without giving up Python's lock. ctypes gives it up during each
call: beside another thread that runs Python, to take it back takes a hundred times as long as the call.
"""

import ctypes
from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import Any, ParamSpec, TypeVar

import pypdfium2.raw as pdfium

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


class QuickCalls:
    """The functions of `pypdfium2.raw` under the same names. Those that draw, load or save are not for this."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as ctypes has it
        """Return a function, made when it is first asked for."""
        function: Any = getattr(pdfium, name)
        kind: Any = ctypes.PYFUNCTYPE(function.restype, *function.argtypes)
        quick = kind(ctypes.cast(function, ctypes.c_void_p).value)
        setattr(self, name, quick)
        return quick


quick = QuickCalls()
