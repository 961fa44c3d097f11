"""What a stamp does with every page, counted: no page of either side is drawn or read twice."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.helpers import helpers
from tests.helpers.tampered_copies import stamped as copy_in
from tests.stamping.test_pipeline import request_for, stamped
from watermark.article.marks import detector
from watermark.article.marks.pdfium_page import PdfiumFile
from watermark.pdf.rendering import RenderedDocument
from watermark.stamping import pipeline
from watermark.verification.mark_coverage import _cover
from watermark.verification.verifier import verify_copy

PAGES = 5
Work = Counter[str]


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Work:
    """Count what PDFium does in a process that knows the letters of the mark, and has not yet drawn its cover."""
    counts: Work = Counter()
    stamped(request_for(tmp_path_factory.mktemp("earlier"), pages=1))
    _cover.cache_clear()

    def counted(owner: type, name: str) -> None:
        does: Callable[..., object] = getattr(owner, name)

        def counting(*arguments: object, **named: object) -> object:
            counts[name] += 1
            return does(*arguments, **named)

        monkeypatch.setattr(owner, name, counting)

    counted(pypdfium2.PdfPage, "render")
    counted(pypdfium2.PdfPage, "get_textpage")
    counted(pypdfium2.PdfDocument, "get_page")
    return counts


def test_each_page_is_drawn_and_read_once_before_and_once_after(tmp_path: Path, work: Work) -> None:
    stamped(request_for(tmp_path, pages=PAGES))
    silhouette = first_shown = 1
    assert work["render"] == 2 * PAGES + silhouette
    assert work["get_textpage"] == 2 * PAGES
    assert work["get_page"] <= 2 * PAGES + silhouette + first_shown


def test_a_plan_is_made_by_all_processes_of_its_team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, found_on, here = replace(request_for(tmp_path, pages=PAGES), jobs=2), detector._found_on, list[int]()
    alone = pipeline.plan_outcome(replace(asked, jobs=1))

    def slow(opened: PdfiumFile, page_numbers: Iterable[int], *rest: Any) -> detector._Found:  # noqa: ANN401 - as there
        def pages() -> Iterator[int]:
            for page_number in page_numbers:
                here.append(page_number)
                time.sleep(0.3)  # the helper reads the others meanwhile
                yield page_number

        return found_on(opened, pages(), *rest)

    monkeypatch.setattr(detector, "_found_on", slow)
    helpers.start(asked.article)
    assert pipeline.plan_outcome(asked) == alone
    assert 0 < len(here) < PAGES


def test_the_silhouette_of_a_mark_is_drawn_for_the_first_of_the_copies_that_have_it(tmp_path: Path, work: Work) -> None:
    copy = copy_in(tmp_path, pages=PAGES)
    work.clear()
    assert verify_copy(copy) == verify_copy(copy)
    letters = 1  # the word and the line are each drawn once; the process may have drawn the word for an earlier copy
    assert 2 * 2 * PAGES + 1 <= work["render"] <= 2 * 2 * PAGES + 2 + letters


def test_pages_beyond_those_that_are_kept_are_drawn_again(
    tmp_path: Path, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "KEPT_PAGES", 2)
    assert stamped(request_for(tmp_path, pages=PAGES)).exit_status == 0
    assert work["render"] > 2 * PAGES + 1


def test_what_was_seen_of_another_file_proves_nothing(tmp_path: Path, work: Work) -> None:
    copy = copy_in(tmp_path, pages=PAGES)
    alone = verify_copy(copy)
    with RenderedDocument.of_bytes((tmp_path / "original.pdf").read_bytes() + b"\n") as other:
        work.clear()
        assert verify_copy(copy, seen=other) == alone
    assert work["render"] == 2 * PAGES
