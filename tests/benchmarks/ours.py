"""This tool as the others are measured: marking alone, with the planning, and with either proof."""

import os
import shutil
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from tests.benchmarks.articles import SAMPLES
from tests.benchmarks.measuring import say_own_peak
from tests.benchmarks.peers import Tool
from watermark.article import Article, inspect_article
from watermark.models import Proof, Result
from watermark.notice import NoticeFile, read_notice
from watermark.pdf.rendering import RenderedDocument
from watermark.stamping.mark import Edge, MarkStyle
from watermark.stamping.pipeline import revision_of, stamp_outcome
from watermark.stamping.plan import Plan, StampRequest, plan_stamp

OURS, PLANNING = "watermark", "watermark, with the planning"


@cache
def notice() -> NoticeFile:
    return read_notice(SAMPLES / "retraction-notice.md")


def request_for(source: Path, proof: Proof = Proof.FULL, edge: Edge | None = None, jobs: int = 1) -> StampRequest:
    return StampRequest(
        article=source,
        notice=notice(),
        marked_at=datetime(2024, 5, 1, tzinfo=UTC),
        match_override_reason="a benchmark",
        proof=proof,
        style=MarkStyle(line_edge=edge),
        jobs=jobs,
    )


def mark(source: Path, copy: Path) -> None:
    """What a stamp does without the proof, from a plan made beforehand as the sheet of the others is."""
    with Article.opened(source, "") as article:
        revision = revision_of(article, plan_for(source))
    shutil.copyfile(source, copy)
    with copy.open("ab") as file:
        file.write(revision.data)


def mark_with_the_planning(source: Path, copy: Path) -> None:
    """The same with the planning: the survey, the typeset notice, an edge for the line of each page."""
    plan_for.cache_clear()
    mark(source, copy)


@cache
def plan_for(source: Path) -> Plan:
    with Article.opened(source, "") as article, RenderedDocument(source) as look:
        return plan_stamp(request_for(source), inspect_article(article, look.first_page_lines()), look)


def marking() -> Mapping[str, Tool]:
    return {OURS: mark, PLANNING: mark_with_the_planning}


def stamped(source: Path, copy: Path, proof: Proof, edge: Edge | None = None, jobs: int = 1) -> None:
    """Stamp as users do, up to the saved copy. veraPDF is not asked: it would be timed, and not this tool.

    The commands take a job for each core, and a worker of a batch takes one.
    """
    os.environ["WATERMARK_VERAPDF"] = ""
    outcome = stamp_outcome(request_for(source, proof, edge, jobs), copy, overwrite=True)
    if outcome.result is not Result.MARKED:
        raise RuntimeError(outcome.reason)


def stamped_often(source: Path, copy: Path, proof: Proof, edge: Edge | None, times: int) -> None:
    for _ in range(times):
        stamped(source, copy, proof, edge)


if __name__ == "__main__":  # one stamp in a process of its own, to see what memory it takes
    stamped(Path(sys.argv[1]), Path(sys.argv[2]), Proof(sys.argv[3]))
    say_own_peak()
