"""The sample states the facts of the real case, in words of its own."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from watermark.notice import State, read_notice

REPOSITORY = Path(__file__).parents[2]
SAMPLE = REPOSITORY / "samples" / "retraction-notice.md"
PRINTED = REPOSITORY.parent / "shared" / "notices" / "dove-mir31.md"


def test_the_sample_gives_every_fact_of_the_case_and_no_other() -> None:
    read = read_notice(SAMPLE)
    notice = read.notice
    article = notice.article
    assert (read.media_type, read.warnings) == ("text/markdown", ())
    assert notice.state is State.RETRACTION
    assert article.title.startswith("miR-31 Modulates Liver Cancer HepG2 Cell Apoptosis")
    assert notice.title == f"{article.title} [Retraction]"
    assert article.authors == ("Zhang X", "Xu L", "Yang T")
    assert (article.journal, article.year, article.volume, article.pages) == (
        "Onco Targets Ther",
        2020,
        "13",
        "877-888",
    )
    assert notice.issuers == ("Editor of OncoTargets and Therapy", "Publisher of OncoTargets and Therapy")
    assert notice.requested_by == ("authors",)
    assert notice.reasons == ("image duplication",)
    assert notice.policies == ("editorial policies", "COPE guidelines")
    assert notice.stays_online
    assert notice.mark_text == "Retracted"
    assert (notice.doi, article.doi, notice.date, notice.url) == ("", "", "", "")


def test_the_sample_gives_the_four_pairs_of_figures_with_their_sources() -> None:
    matches = read_notice(SAMPLE).notice.figure_matches
    pairs = [(figure, match.source_figure, match.source) for match in matches for figure in match.figures]
    assert [(figure, of, source.authors[0], source.year, source.doi) for figure, of, source in pairs] == [
        ("3A", "2A", "Xu P", 2018, "10.1016/j.lfs.2018.08.049"),
        ("5E", "2A", "Xu P", 2018, "10.1016/j.lfs.2018.08.049"),
        ("5E", "3F", "Zhang L", 2019, "10.1016/j.biopha.2018.11.037"),
        ("5E", "4E", "Lu K", 2019, "10.1002/jcp.28935"),
    ]
    assert [(source.journal, source.volume, source.pages) for _, _, source in pairs[1:]] == [
        ("Life Sciences", "210", "251-262"),
        ("Biomedicine & Pharmacotherapy", "110", "213-223"),
        ("J Cell Physiol", "234", "23675-23684"),
    ]


@pytest.mark.corpus
def test_the_printed_notice_and_the_sample_state_the_same_facts_in_other_words(judged: Callable[[Path], None]) -> None:
    judged(PRINTED)
    printed, sample = read_notice(PRINTED).notice, read_notice(SAMPLE).notice
    assert replace(printed, statement=(), dois=()) == replace(sample, statement=(), dois=())
    assert [(one.doi, one.role) for one in printed.dois] == [(one.doi, one.role) for one in sample.dois]
    assert not set(printed.statement) & set(sample.statement)
