"""A process that runs one command loads some libraries only when something of them is used."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from watermark.runtime.process_tuning import load_when_used

NAME = "loaded_when_used"


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the file that is there once the module is loaded."""
    monkeypatch.syspath_prepend(tmp_path)
    loaded = tmp_path / "loaded"
    source = f"from pathlib import Path\nPath({str(loaded)!r}).touch(exist_ok=False)\nANSWER = 42\n"
    (tmp_path / f"{NAME}.py").write_text(source, encoding="utf-8")
    yield loaded
    sys.modules.pop(NAME, None)


def test_a_module_is_loaded_once_and_only_when_something_of_it_is_used(module: Path) -> None:
    load_when_used(NAME)
    load_when_used(NAME)
    first = importlib.import_module(NAME)
    assert first
    assert not module.exists()
    assert first.ANSWER == importlib.import_module(NAME).ANSWER == first.ANSWER == 42
    assert module.exists()
    with pytest.raises(AttributeError, match="of_another_kind"):
        _ = first.of_another_kind


def test_a_module_that_is_not_installed_cannot_be_imported() -> None:
    load_when_used("is_not_installed_here")
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("is_not_installed_here")
