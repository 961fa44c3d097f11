"""Expressions of the package are compiled when they are first used, and behave as compiled ones do."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from watermark.runtime.expressions import LazyExpression, compiled_when_used, expression

NO_COMPILATION = """
import re._compiler, sys
compiled = []
before = re._compiler.compile
def compile(pattern, flags=0):
    caller = sys._getframe(1)
    while caller.f_globals["__name__"].startswith("re"):
        caller = caller.f_back
    compiled.append(caller.f_globals["__name__"])
    return before(pattern, flags)
re._compiler.compile = compile
import watermark.notice.formats.text
print(*[name for name in compiled if name.startswith("watermark.")])
"""


def printed(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def test_an_expression_answers_as_a_compiled_one() -> None:
    lazy, compiled = expression(r"(?P<word>r\w+)", re.IGNORECASE), re.compile(r"(?P<word>r\w+)", re.IGNORECASE)
    for _ in range(2):
        found = lazy.search("a Retracted article")
        assert found is not None
        assert found["word"] == "Retracted"
        assert lazy.sub("x", "a Retracted article") == compiled.sub("x", "a Retracted article")
    assert (lazy.pattern, lazy.flags, lazy.groups) == (compiled.pattern, compiled.flags, compiled.groups)
    assert [found[0] for found in expression(rb"\d").finditer(b"1 2")] == [b"1", b"2"]


def test_an_expression_has_no_other_attributes() -> None:
    with pytest.raises(AttributeError, match="of_another_kind"):
        _ = expression("a").of_another_kind  # type: ignore[attr-defined]


def test_a_wrong_expression_raises_when_it_is_used() -> None:
    with pytest.raises(re.error):
        expression("(").search("")


def test_loading_the_reader_of_notices_compiles_no_expression() -> None:
    assert not printed(NO_COMPILATION)


def test_one_module_of_another_library_waits_with_its_expressions_and_no_other_module_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = re.compile
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("with_long_expressions", "with_short_expressions"):
        (tmp_path / f"{name}.py").write_text("import re\nWORD = re.compile(r'\\w+', re.ASCII)\n", encoding="utf-8")
    with compiled_when_used("with_long_expressions"):
        lazy = importlib.import_module("with_long_expressions").WORD
        compiled = importlib.import_module("with_short_expressions").WORD
    with pytest.raises(ModuleNotFoundError), compiled_when_used("missing_here"):
        importlib.import_module("missing_here")
    assert re.compile is before
    assert isinstance(lazy, LazyExpression)
    assert isinstance(compiled, re.Pattern)
    assert lazy.findall("é a") == compiled.findall("é a") == ["a"]
