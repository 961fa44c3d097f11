"""The notice that a second thread typesets is the one that would be typeset in its turn, or it is set again."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.helpers import helpers
from tests.stamping.test_pipeline import TITLE, request_for
from watermark.errors import UsageError
from watermark.models import Result
from watermark.notice import FigureMatch, Reference
from watermark.stamping import pipeline
from watermark.stamping.pipeline import FEW_PAGES, stamp_outcome
from watermark.stamping.plan import planner
from watermark.stamping.plan.model import Plan, StampRequest
from watermark.stamping.plan.notice_ahead import NoticeAhead, NoticeInputs

FIGURES = (FigureMatch(figures=("2",), source_figure="1", source=Reference(citation="Other", doi="10.5555/b")),)


def with_figures(request: StampRequest) -> StampRequest:
    notice = replace(request.notice.notice, figure_matches=FIGURES)
    return replace(request, notice=replace(request.notice, notice=notice))


@pytest.mark.parametrize("named", [False, True])
@pytest.mark.parametrize("pdfa", ["", "1b", "2b"])
def test_the_same_bytes_are_written_whatever_was_foreseen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, named: bool, pdfa: str
) -> None:
    request = request_for(tmp_path, xmp=True, **({"pdfa": pdfa} if pdfa else {}))
    if named:
        request = with_figures(request)
        monkeypatch.setattr(planner, "figure_pages", lambda *_: {"2": (1,)})
    for jobs in (1, 2):
        outcome = stamp_outcome(replace(request, jobs=jobs), tmp_path / f"{jobs}.pdf")
        assert outcome.result is Result.MARKED, outcome.reason
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


def with_a_caption_on_the_last_page(request: StampRequest, page_count: int) -> StampRequest:
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        for number in range(page_count):
            page = pdf.add_blank_page(page_size=(612, 792)).obj
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
            words = b"Figure 2. Cells" if number == page_count - 1 else b"Some cells"
            page.Contents = pdf.make_stream(b"BT /F 12 Tf 72 500 Td (%s) Tj ET" % words)
        pdf.docinfo["/Title"] = TITLE
        pdf.save(request.article)
    return with_figures(request)


@pytest.mark.parametrize("has_helper", [False, True])
@pytest.mark.parametrize("page_count", [1, FEW_PAGES - 2, FEW_PAGES])
def test_a_helper_sets_it_once_with_the_pages_of_the_figures_that_it_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page_count: int, *, has_helper: bool
) -> None:
    request, foreseen = with_a_caption_on_the_last_page(request_for(tmp_path), page_count), list[bool]()
    assert stamp_outcome(request, tmp_path / "1.pdf").result is Result.MARKED
    document = NoticeAhead.document

    def watched(ahead: NoticeAhead, inputs: NoticeInputs) -> bytes:
        assert inputs.facts.figure_pages == {"2": (page_count,)}
        foreseen.append(inputs == ahead._inputs)
        return document(ahead, inputs)

    monkeypatch.setattr(NoticeAhead, "document", watched)
    if has_helper:
        helpers.start(request.article)
    assert stamp_outcome(replace(request, jobs=2), tmp_path / "2.pdf").result is Result.MARKED
    assert foreseen == [has_helper]
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


@pytest.mark.parametrize(("jobs", "thread"), [(1, "MainThread"), (2, "stamping")])
def test_it_is_typeset_once_and_beside_the_reading_of_pages_where_there_are_two_jobs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, thread: str
) -> None:
    threads, document = list[str](), NoticeInputs.document

    def counted(inputs: NoticeInputs) -> bytes:
        threads.append(threading.current_thread().name)
        return document(inputs)

    monkeypatch.setattr(NoticeInputs, "document", counted)
    assert stamp_outcome(replace(request_for(tmp_path), jobs=jobs), tmp_path / "copy.pdf").result is Result.MARKED
    assert threads == [thread]


def test_what_cannot_be_set_is_refused_in_the_same_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: NoticeInputs) -> bytes:
        raise UsageError("no font has this character", remedy="Give a font.")

    monkeypatch.setattr(NoticeInputs, "document", refused)
    request = request_for(tmp_path)
    one, two = (stamp_outcome(replace(request, jobs=jobs), tmp_path / "copy.pdf") for jobs in (1, 2))
    assert one == two
    assert one.reason.startswith("no font has this character")


def test_the_plan_which_reads_fonts_waits_for_the_other_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    is_typeset, seen = threading.Event(), list[bool]()
    plan, document = pipeline.plan_stamp, NoticeInputs.document

    def slow(inputs: NoticeInputs) -> bytes:
        data = document(inputs)
        is_typeset.wait(0.2)
        is_typeset.set()
        return data

    def watched(*given: Any, **named: Any) -> Plan:  # noqa: ANN401 - as there
        seen.append(is_typeset.is_set())
        return plan(*given, **named)

    monkeypatch.setattr(NoticeInputs, "document", slow)
    monkeypatch.setattr(pipeline, "plan_stamp", watched)
    assert stamp_outcome(replace(request_for(tmp_path), jobs=2), tmp_path / "copy.pdf").result is Result.MARKED
    assert seen == [True]
