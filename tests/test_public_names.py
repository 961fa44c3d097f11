"""What a program may import is there, has a docstring, and costs nothing until it is used."""

import subprocess
import sys

import pytest

import watermark


@pytest.mark.parametrize("name", sorted({*watermark.__all__} - {"__version__"}))
def test_a_public_name_is_there_and_says_what_it_is(name: str) -> None:
    assert getattr(watermark, name).__doc__


def test_an_unknown_name_is_an_ordinary_error() -> None:
    with pytest.raises(AttributeError, match="attribute stamp_everything"):
        watermark.stamp_everything  # noqa: B018


def test_importing_the_package_loads_no_library() -> None:
    script = "import sys, watermark; print(sorted({'pikepdf', 'numpy', 'pypdf', 'lxml'} & sys.modules.keys()))"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"


def test_the_package_runs_as_a_module() -> None:
    said = subprocess.run([sys.executable, "-m", "watermark", "--help"], capture_output=True, text=True, check=True)
    assert "Stamp retracted articles" in said.stdout
