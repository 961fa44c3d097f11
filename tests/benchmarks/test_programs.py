"""The programs that measure speed are run by hand: each can still be loaded, and starts what it measures."""

from importlib import import_module
from pathlib import Path

import pytest

from tests.benchmarks import isolation

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("test_"))


@pytest.mark.parametrize("name", NAMES)
def test_each_program_can_be_loaded(name: str) -> None:
    import_module(f"tests.benchmarks.{name}")


@pytest.mark.parametrize("program", [isolation.ALONE, isolation.ISOLATED], ids=["alone", "isolated"])
def test_a_command_runs_in_both_of_the_ways_that_are_compared(program: str) -> None:
    isolation._run(program, ("inspect", str(isolation.SAMPLES / "article.pdf")))
