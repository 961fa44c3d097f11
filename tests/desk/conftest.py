"""A desk without other processes, for tests of what it answers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the work on files be done here: starting workers takes a second."""

    def run(function: Callable[[Any], Any], task: Any, _limits: object, *, scratch: Path) -> Any:  # noqa: ANN401
        assert scratch.is_dir()
        return function(task)

    monkeypatch.setattr("watermark.desk.workers.run_isolated", run)
