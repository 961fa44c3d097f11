"""A desk without other processes, for tests of what it answers; and a real browser, for tests of what people see."""

from collections.abc import Callable, Iterator
from os import environ
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


@pytest.fixture(scope="session")
def browser(tool: Callable[[str], str]) -> Iterator[Any]:
    """Chromium, driven by playwright; without either the test is skipped, or fails where all tools are required."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - it may be missing
    except ImportError:
        if environ.get("WATERMARK_REQUIRE_TOOLS"):
            pytest.fail("playwright is not installed")
        pytest.skip("playwright is not installed")
    program = tool("chromium")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-quic"])
        yield started
        started.close()
