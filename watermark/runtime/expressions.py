"""Regular expressions that are compiled when they are first used.

Hundreds of them read notices in many languages. To compile all would take longer than to mark an article, and one
command uses few of them.
"""

import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, AnyStr, cast

_lock = threading.Lock()
_compile: list[Callable[[str | bytes, int], re.Pattern[Any]]] = [re.compile]
_NAMES = tuple(name for name in dir(re.Pattern) if not name.startswith("__"))


def expression(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` returns, but compiled at the first use. It cannot be passed to functions of `re`.

    A pattern with an error raises re.error at its first use.
    """
    return cast("re.Pattern[AnyStr]", LazyExpression(pattern, flags))


def compile_with(compiler: Callable[[str | bytes, int], re.Pattern[Any]]) -> None:
    """Let another function than `re.compile` make the expressions that are first used from now on."""
    _compile[0] = compiler


def compiled(pattern: str | bytes, flags: int) -> re.Pattern[Any]:
    """Return a pattern compiled, by `re.compile` or by what takes its place. Raises re.error."""
    return _compile[0](pattern, flags)


class LazyExpression:
    """Has the methods and attributes of the compiled pattern from its first use on, so that each is found at once."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._source = (pattern, flags)
        self.pattern = pattern  # to build another expression from it does not compile it

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as of re.Pattern
        if name not in _NAMES:
            raise AttributeError(name)
        made = compiled(*self._source)
        self.__dict__.update({known: getattr(made, known) for known in _NAMES})
        return self.__dict__[name]


@contextmanager
def compiled_when_used(*modules: str) -> Iterator[None]:
    """While modules are loaded inside of this, give those of another library that are named lazy expressions, too.

    They have to call only methods of their expressions. All other modules get compiled expressions, as usual.
    """
    with _lock:
        compile_now = re.compile

        def compile_for(pattern: Any, flags: int = 0) -> Any:  # noqa: ANN401 - as re.compile
            is_lazy = sys._getframe(1).f_globals.get("__name__") in modules  # noqa: SLF001 - no other way to tell who calls
            return expression(pattern, flags) if is_lazy else compile_now(pattern, flags)

        re.compile = compile_for
        try:
            yield
        finally:
            re.compile = compile_now
