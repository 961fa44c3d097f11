"""Helpers take pages from the back once they are ready; each page is read once, by whoever takes it first."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.build import build
from watermark.article.marks.detector import AlsoRead, detect_marks, search_ahead
from watermark.article.marks.pdfium_page import PdfiumFile
from watermark.pdf import parallel_pages
from watermark.pdf.parallel_pages import MAX_BLOCKS, MIN_PAGES, Team, draw_ahead, opened_here, read_lines, team_for
from watermark.pdf.rendering import RenderedDocument
from watermark.runtime.isolation import WorkerTerminatedError

PAGES = tuple(range(1, 11))


class Here:
    """A helper in this process: it does what it is asked when its result is wanted, or at once."""

    def __init__(self, *, is_ready: bool = True, error: BaseException | None = None) -> None:
        self.is_ready, self.error = is_ready, error

    def ask(self, function: Callable[[Any], Any], argument: object) -> "Future[Any]":
        future: Future[Any] = Future()
        if not self.is_ready:
            return future
        assert future.set_running_or_notify_cancel()
        try:
            result = function(argument)
        except BaseException as error:  # noqa: BLE001 - as a process hands it over
            future.set_exception(error)
            return future
        if self.error is not None:
            future.set_exception(self.error)
        else:
            future.set_result(result)
        return future


def team_of(folder: Path, *helpers: Here, page_count: int = len(PAGES)) -> Team:
    return Team(helpers, str(folder), page_count)  # type: ignore[arg-type]


def first_three(_: object, pages: Iterator[int]) -> list[int]:
    return list(islice(pages, 3))


def only_one(_: object, pages: Iterator[int]) -> list[int]:
    return list(islice(pages, 1))


def everything(_: object, pages: Iterator[int]) -> list[int]:
    return list(pages)


def test_a_helper_takes_pages_from_the_back_and_this_process_the_others(tmp_path: Path) -> None:
    shared = team_of(tmp_path, Here()).shared(PAGES, first_three, None)
    assert list(shared) == [1, 2, 3, 4, 5, 6, 7]
    assert shared.results() == ([10, 9, 8],)


def test_a_helper_that_is_ready_too_late_gets_none(tmp_path: Path) -> None:
    shared = team_of(tmp_path, Here(is_ready=False)).shared(PAGES, everything, None)
    assert tuple(shared) == PAGES
    assert shared.results() == ()


def test_all_pages_are_read_here_when_a_helper_cannot_start(tmp_path: Path) -> None:
    error = WorkerTerminatedError("it could not start", remedy="")
    helper = Here(is_ready=False)
    shared = team_of(tmp_path, helper).shared(PAGES, everything, None)
    assert tuple(shared) == PAGES
    shared._futures[0].set_running_or_notify_cancel()
    shared._futures[0].set_exception(error)
    assert shared.results() == ()


def test_pages_that_a_helper_took_and_lost_are_an_error(tmp_path: Path) -> None:
    error = WorkerTerminatedError("it crashed", remedy="")
    shared = team_of(tmp_path, Here(error=error), Here()).shared(PAGES, first_three, None)
    assert list(shared) == [1, 2, 3, 4]
    with pytest.raises(WorkerTerminatedError, match="it crashed"):
        shared.results()


def test_who_has_read_a_page_takes_it_first_and_what_is_quick_is_done_by_no_other_helper(tmp_path: Path) -> None:
    team = team_of(tmp_path, Here())
    first = team.shared(PAGES, first_three, None)
    assert list(first)[-1] == 7
    first.results()
    assert team.shared(PAGES, everything, None).results() == ([10, 9, 8, 7, 6, 5, 4, 3, 2, 1],)
    team = team_of(tmp_path / "2", Here())
    (tmp_path / "2").mkdir()
    first = team.shared(PAGES, first_three, None)
    assert list(first)[-1] == 7
    first.results()
    quick = team.shared(PAGES, everything, None, is_quick=True)
    assert list(quick) == [1, 2, 3, 4, 5, 6, 7]
    assert quick.results() == ([10, 9, 8],)


def test_a_page_that_was_begun_before_is_not_shared_again_and_is_among_the_results(tmp_path: Path) -> None:
    team = team_of(tmp_path, Here())
    team.begin(10, first_three, None)
    shared = team.shared(PAGES, first_three, None)
    assert list(shared) == [1, 2, 3, 4, 5, 6]
    assert shared.results() == ([10], [9, 8, 7])
    assert list(team.shared(PAGES, first_three, None))[-1] == 7


def test_a_page_that_a_helper_is_not_ready_for_is_read_here(tmp_path: Path) -> None:
    team = team_of(tmp_path, Here(is_ready=False))
    team.begin(10, everything, None)
    shared = team.shared(PAGES, everything, None)
    assert tuple(shared) == PAGES
    assert shared.results() == ()


def test_a_page_that_a_helper_has_lost_is_read_here(tmp_path: Path) -> None:
    helper = Here(error=WorkerTerminatedError("it crashed", remedy=""))
    team = team_of(tmp_path, helper)
    team.begin(10, everything, None)
    helper.is_ready = False
    shared = team.shared(PAGES, everything, None)
    assert tuple(shared) == PAGES
    assert shared.results() == ()


def test_a_page_that_was_begun_is_left_out_where_it_is_not_asked_for(tmp_path: Path) -> None:
    team = team_of(tmp_path, Here())
    team.begin(10, first_three, None)
    shared = team.shared((1, 2, 3, 4), first_three, None)
    assert list(shared) == [1]
    assert shared.results() == ([4, 3, 2],)


def test_a_helper_with_nothing_else_to_do_reads_pages_until_it_has_half_of_them(tmp_path: Path) -> None:
    team, ahead = team_of(tmp_path, Here()), list[int]()
    team.begin(6, only_one, None)
    shared = team.shared(range(1, 7), only_one, None)
    assert list(shared) == [1, 2, 3, 4]
    assert shared.results() == ([6], [5])
    for _ in range(2):
        team.even_out(6, lambda _, pages: ahead.extend(pages), None)
        assert ahead == [4]
    last = team.shared(range(1, 7), first_three, None)
    assert list(last) == [1, 2, 3]
    assert last.results() == ([6, 5, 4],)


@pytest.mark.parametrize("page_count", [1, MAX_BLOCKS - 1, MAX_BLOCKS, MAX_BLOCKS + 1, 10_000])
@pytest.mark.parametrize("helpers", [1, 3])
def test_each_page_of_an_article_of_any_length_is_read_once(tmp_path: Path, page_count: int, helpers: int) -> None:
    numbers = range(1, page_count + 1)
    team = team_of(tmp_path, *(Here() for _ in range(helpers)), page_count=page_count)
    shared = team.shared(numbers, first_three, None)
    assert len(list(tmp_path.iterdir())) <= 3 * helpers
    here = list(shared)
    assert len(list(tmp_path.iterdir())) <= MAX_BLOCKS + 1
    elsewhere = [number for part in shared._futures for number in part.result()[0]]
    assert len({*here, *elsewhere}) == len(here) + len(elsewhere)
    if page_count < MAX_BLOCKS:
        assert sorted((*here, *elsewhere)) == list(numbers)


def test_helpers_are_started_for_long_articles_and_when_many_short_ones_were_read_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ready = 0
    monkeypatch.setattr(parallel_pages._Unread, "pages", 0)
    monkeypatch.setattr(parallel_pages, "Helper", lambda *_: "helper")
    monkeypatch.setattr(parallel_pages, "ready_helpers", lambda: ready)

    def count(page_count: int, jobs: int) -> int:
        return len(parallel_pages._helpers_for(Path("article.pdf"), page_count, jobs))

    assert [count(MIN_PAGES, jobs) for jobs in (0, 1, 2, 3, 99)] == [0, 0, 1, 2, 3]
    assert [count(10, 2) for _ in range(8)] == [0, 0, 0, 0, 0, 0, 0, 1]
    assert count(10, 1) == 0
    monkeypatch.setattr(parallel_pages._Unread, "pages", 0)
    ready = 1
    assert [count(10, 4) for _ in range(9)] == [1] * 9


def test_pages_that_take_long_are_taken_first_by_all_processes(tmp_path: Path) -> None:
    team = team_of(tmp_path, Here())
    team.begin_with((3, 8, 5))
    shared = team.shared(PAGES, first_three, None)
    assert list(shared) == [1, 2, 4, 6, 7, 9, 10]
    assert shared.results() == ([3, 8, 5],)
    assert list(team.shared(PAGES, first_three, None)) == [1, 2, 4, 6, 7, 9, 10]


def page_number_of(_: RenderedDocument, page_number: int) -> int:
    return page_number


def test_the_marks_and_the_lines_are_the_same_whoever_reads_the_page(tmp_path: Path) -> None:
    file = tmp_path / "marked.pdf"
    large, also_read = b"BT /F1 90 Tf 0.7 0.7 -0.7 0.7 120 250 Tm (RETRACTED) Tj ET", dict[int, int]()
    file.write_bytes(build(pages=6, content=large))
    with PdfiumFile.at(file) as opened, RenderedDocument(file, with_text=True, kept_pages=9) as alone:
        one, lines = detect_marks(opened, rendered=alone), [alone.lines(number) for number in range(1, 7)]
    with PdfiumFile.at(file) as opened, RenderedDocument(file, with_text=True, kept_pages=9) as rendered:
        rendered.team = team_of(tmp_path, Here(), page_count=6)
        also = AlsoRead(page_number_of, also_read.update)
        assert detect_marks(opened, rendered=rendered, also=also) == one
        assert also_read == {number: number for number in range(1, 7)}
        assert opened_here(file, None).is_kept(6)
        assert not rendered.is_kept(6)
        assert rendered.first_page_lines() == (lines[0], lines[1], lines[-1])
        rendered.team = team_of(tmp_path / "2", Here(), page_count=6)
        (tmp_path / "2").mkdir()
        search_ahead(rendered.team, file, "", 6)
        assert detect_marks(opened, rendered=rendered) == one
        assert rendered.is_kept(6)
        assert (rendered.pixels(6) == alone.pixels(6)).all()
        draw_ahead(rendered)
        assert not rendered.is_kept(6)
        read_lines(rendered, range(1, 7))
        assert [rendered._lines[number] for number in range(1, 7)] == lines
    parallel_pages._leave(None)
    assert len(one.marks) == 6


def test_a_helper_reads_the_lines_of_the_pages_that_it_searches_where_they_will_be_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "article.pdf"
    file.write_bytes(build(pages=6))
    with PdfiumFile.at(file) as opened, RenderedDocument(file, with_text=True, kept_pages=9) as rendered:
        rendered.team = team_of(tmp_path, Here(), page_count=6)
        rendered.read_lines_while_open(range(2, 5).__contains__, range(2, 5))
        detect_marks(opened, rendered=rendered)
        assert set(rendered.known_lines) == {1, 2, 3, 4, 6}
        rendered.team = None  # nothing is read again
        assert rendered.known_lines[4] == rendered.lines(4)
    parallel_pages._leave(None)


@pytest.mark.parametrize("in_memory", [True, False])
def test_a_team_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, in_memory: bool) -> None:
    asked = list[object]()

    class Recorded(Here):
        def __init__(self, *_: object) -> None:
            super().__init__()

        def close(self, leave: object) -> None:
            asked.append(leave)

    monkeypatch.setattr(parallel_pages, "Helper", Recorded)
    monkeypatch.setattr(parallel_pages, "IN_MEMORY", str(tmp_path if in_memory else tmp_path / "absent"))
    monkeypatch.setattr(parallel_pages.tempfile, "tempdir", str(tmp_path / "absent" if in_memory else tmp_path))

    def interrupted() -> None:
        with team_for(tmp_path / "article.pdf", MIN_PAGES, 2) as team:
            assert list(team.shared(PAGES, first_three, None)) == [1, 2, 3, 4, 5, 6, 7]
            assert list(tmp_path.iterdir())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not list(tmp_path.iterdir())
    assert asked == [parallel_pages._leave]
