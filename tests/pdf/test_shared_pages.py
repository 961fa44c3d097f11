"""Another process takes pages from the back once it is ready; each page is read once, whenever that is."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.build import build
from watermark.article.marks import detector
from watermark.article.marks.detector import detect_marks
from watermark.article.marks.pdfium_page import PdfiumFile
from watermark.pdf import parallel_pages
from watermark.pdf.parallel_pages import SharedPages
from watermark.pdf.rendering import RenderedDocument
from watermark.runtime.isolation import WorkerTerminatedError

PAGES = tuple(range(1, 11))
Task = Callable[[Any], Any]


def shared_with(monkeypatch: pytest.MonkeyPatch, run: Callable[[Task, Any], Any]) -> SharedPages[Any]:
    """Return pages that are shared with what runs in this process, before any is read here."""
    monkeypatch.setattr(parallel_pages, "run_isolated", lambda function, argument, _: run(function, argument))
    monkeypatch.setattr(threading.Thread, "start", threading.Thread.run)
    return SharedPages(PAGES)


def test_the_other_process_gets_half_of_what_is_left(tmp_path: Path) -> None:
    shared = SharedPages[tuple[int, ...]](PAGES)
    pages = iter(shared)
    here = [next(pages)]
    shared.share(tuple, tmp_path)
    for loaded in tuple(parallel_pages._loading):
        assert loaded.wait(60)
    here += pages
    (elsewhere,) = shared.results() or ((),)
    assert (*here, *elsewhere) == PAGES
    assert not parallel_pages._loading


def test_it_gets_the_last_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = shared_with(monkeypatch, lambda function, argument: function(argument))
    shared.share(sum, tmp_path)
    assert list(shared) == [1, 2, 3, 4, 5]
    assert shared.results() == (6 + 7 + 8 + 9 + 10,)


def test_it_gets_none_when_it_is_ready_too_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ready, asked = threading.Event(), list[object]()

    def run(_: Task, argument: object, __: object) -> None:
        asked.append(argument)
        ready.wait(60)

    monkeypatch.setattr(parallel_pages, "run_isolated", run)
    shared = SharedPages[int](PAGES)
    shared.share(sum, tmp_path)
    (loaded,) = parallel_pages._loading
    assert tuple(shared) == PAGES
    assert shared.results() == ()
    ready.set()
    assert loaded.wait(60)
    assert asked == [sum]


def test_all_pages_are_read_here_when_it_cannot_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(_: Task, __: object) -> None:
        raise WorkerTerminatedError("it could not start", remedy="")

    shared = shared_with(monkeypatch, run)
    shared.share(sum, tmp_path)
    assert tuple(shared) == PAGES
    assert shared.results() == ()


def test_what_it_raises_is_raised_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(function: Task, argument: object) -> None:
        if function is sum:
            raise WorkerTerminatedError(f"it crashed at {argument}", remedy="")

    shared = shared_with(monkeypatch, run)
    shared.share(sum, tmp_path)
    assert list(shared) == [1, 2, 3, 4, 5]
    with pytest.raises(WorkerTerminatedError, match="6, 7, 8"):
        shared.results()


def test_marks_by_others_are_found_whoever_searches_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "marked.pdf"
    large = b"BT /F1 90 Tf 0.7 0.7 -0.7 0.7 120 250 Tm (RETRACTED) Tj ET"
    file.write_bytes(build(pages=6, content=large))
    with PdfiumFile.at(file) as opened, RenderedDocument(file, with_text=True) as rendered:
        one = detect_marks(opened, rendered=rendered)
        monkeypatch.setattr(detector, "MIN_PAGES", 2)
        shared_with(monkeypatch, lambda function, argument: function(argument))
        searched = list[tuple[int, ...]]()
        monkeypatch.setattr(
            detector,
            "_found_elsewhere",
            lambda *arguments: searched.append(arguments[-1]) or elsewhere(*arguments),  # type: ignore[func-returns-value]
        )
        assert detect_marks(opened, rendered=rendered, jobs=2) == one
    assert searched == [(4, 5, 6)]
    assert len(one.marks) == 6


elsewhere = detector._found_elsewhere
