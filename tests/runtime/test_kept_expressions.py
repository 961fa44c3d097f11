"""What is kept of compiled expressions makes the same ones again, and a file that cannot be trusted does no harm."""

import os
import re
import subprocess
import sys
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.articles import SAMPLES
from tests.runtime.expressions import expressions
from watermark.cli import in_worker_process
from watermark.runtime import kept_expressions
from watermark.runtime.expressions import compile_with, expression

NOTICE, PATTERN = SAMPLES / "retraction-notice.md", r"(?P<day>[0-9]{1,2}) (?P<month>mär|mar)[a-z]*"
COUNTED = """
import sys
from re import _compiler
made, now = [], _compiler._code
_compiler._code = lambda *given: made.append(1) or now(*given)
from watermark.cli import in_worker_process, main
in_worker_process.turn_on()
in_worker_process._is_on.clear()
from watermark.runtime import kept_expressions
try:
    main(sys.argv[1:])
except SystemExit:
    kept_expressions.save()
    print(len(made))
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The path of the file in which expressions are kept, in an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(kept_expressions, "FEWEST_NEW", 1)
    kept_expressions.turn_on()
    yield kept_expressions._stores[0].path
    kept_expressions.turn_off()


def matched() -> str:
    """Return what a new expression finds, made as a program makes it that starts now."""
    kept_expressions.turn_on()
    found = expression(PATTERN, re.IGNORECASE).search("on 3 MÄRZ")
    return found["day"] + found["month"] if found else ""


def code_of(letter: str) -> bytes:
    """Return what a letter is in the code of an expression."""
    return array("I", [ord(letter)]).tobytes()


def count_of_compiled(cache: Path, *arguments: str) -> int:
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    run = [sys.executable, "-c", COUNTED, *arguments]
    done = subprocess.run(run, capture_output=True, text=True, check=True, env=environment)
    return int(done.stdout.splitlines()[-1])


def test_every_expression_of_the_package_is_the_same_once_it_was_kept(file: Path) -> None:
    sources = [(one.pattern.pattern, one.pattern.flags & ~re.UNICODE) for one in expressions()]
    made = [expression(*source) for source in sources]
    for one in made:
        assert one.groups >= 0  # it is compiled
    kept_expressions.save()
    kept = kept_expressions._read(file)
    assert len(kept) == len(set(sources))
    for source, flags in sources:
        one = kept_expressions.compiled(source, flags)
        assert one == re.compile(source, flags)
        assert one.groupindex == re.compile(source, flags).groupindex


def test_a_second_command_compiles_none_of_the_expressions_of_the_first(tmp_path: Path) -> None:
    first, second = (count_of_compiled(tmp_path, "notice", str(NOTICE)) for _ in range(2))
    assert first - second > 300
    assert second < 150  # those of Python and of libraries, and those that are written where they are used


@pytest.mark.parametrize(
    "damage", ["cut", "changed", "another letter", "no JSON", "no list", "code of another version"]
)
def test_a_file_that_is_damaged_is_made_again(file: Path, damage: str) -> None:
    assert matched() == "3MÄR"
    kept_expressions.save()
    data = file.read_bytes()
    head, _, codes = data.partition(b"\n")
    kept = kept_expressions._read(file)
    broken = {
        key: kept_expressions._Kept(flags=one.flags, groups=9, names=one.names, code=b"\xff" * 40)
        for key, one in kept.items()
    }
    file.write_bytes(
        {
            "cut": data[:-4],
            "changed": head + b"\n" + codes[:-4] + b"abcd",
            "another letter": head + b"\n" + codes.replace(code_of("r"), code_of("s")),
            "no JSON": b"{" + data,
            "no list": b"[]\n" + codes,
            "code of another version": kept_expressions._written(broken),
        }[damage]
    )
    assert matched() == "3MÄR"
    assert kept_expressions._stores[0].new
    kept_expressions.save()
    assert matched() == "3MÄR"
    assert not kept_expressions._stores[0].new


@pytest.mark.not_on("windows", "share")
def test_a_file_that_others_can_write_is_not_read(file: Path) -> None:
    assert matched() == "3MÄR"
    kept_expressions.save()
    file.chmod(0o666)
    assert matched() == "3MÄR"
    assert kept_expressions._stores[0].new


def test_a_file_that_is_too_large_is_not_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert matched() == "3MÄR"
    kept_expressions.save()
    monkeypatch.setattr(kept_expressions, "MAX_BYTES", file.stat().st_size - 1)
    assert matched() == "3MÄR"
    assert kept_expressions._stores[0].new


def test_a_few_new_expressions_are_not_worth_another_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_expressions, "FEWEST_NEW", 2)
    assert matched() == "3MÄR"
    kept_expressions.save()
    assert not file.exists()


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    assert count_of_compiled(tmp_path / "cache", "notice", str(NOTICE)) > 300


@pytest.mark.parametrize("refused", [AttributeError, ImportError, TypeError])
def test_where_python_compiles_in_another_way_no_expression_is_kept(
    file: Path, monkeypatch: pytest.MonkeyPatch, refused: type[Exception]
) -> None:
    def absent(*_: object) -> None:
        raise refused

    monkeypatch.setattr(kept_expressions, "_made", absent)
    compile_with(in_worker_process._kept_expression)  # as a command begins
    assert expression(PATTERN).search("3 mar")
    kept_expressions.save()
    assert not file.exists()


def test_an_expression_with_an_error_raises_it(file: Path) -> None:
    assert not file.exists()
    with pytest.raises(re.error):
        expression("(").search("")


def test_a_library_keeps_and_reads_nothing(tmp_path: Path) -> None:
    code = "import sys, pathlib; from watermark.notice import read_notice; read_notice(pathlib.Path(sys.argv[1]))"
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code, str(NOTICE)], check=True, env=environment)
    assert not list(tmp_path.iterdir())
