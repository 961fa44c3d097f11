"""The notice that a second thread typesets is the one that would be typeset in its turn, or it is set again."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.stamping.test_pipeline import request_for
from watermark.errors import UsageError
from watermark.models import Result
from watermark.notice import FigureMatch, Reference
from watermark.stamping import pipeline
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.plan import planner
from watermark.stamping.plan.model import Plan, StampRequest
from watermark.stamping.plan.notice_ahead import NoticeInputs

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
