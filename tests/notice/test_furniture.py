"""Menus, running heads and broken lines around a notice change nothing of what it says."""

import pytest

from watermark.notice import from_text
from watermark.notice.extraction.furniture import without_furniture

NOTICE = (
    "Retraction: Newts of the northern ponds\n\nAda Marsh, Ben Reed\n\nhttps://doi.org/10.5555/pond.n1\n\n"
    "The editors have retracted this article (https://doi.org/10.5555/pond.1) because its tables are wrong.\n"
)
MENU = (
    "Skip to main content\nJournals & Books   Help   Search\nSign in\nPonds\n"
    "Home > Archives > Vol. 5 No. 1\nView PDF\nShare\nCited by (0)\n"
)
LIST = (
    "\nRecommended articles\nToads of the southern pools\nPools, Volume 3, 2016\n"
    "https://doi.org/10.5555/toad.1\nView PDF\n"
)


def test_a_notice_says_the_same_in_a_page_with_menus_buttons_and_a_list_of_other_articles() -> None:
    bare, page = from_text(NOTICE), from_text(MENU + NOTICE + LIST)
    assert (page.article.doi, page.doi, page.state) == (bare.article.doi, bare.doi, bare.state)
    assert (page.article.title, page.article.journal) == (bare.article.title, "Ponds")
    assert "10.5555/toad.1" not in {mention.doi for mention in page.dois}
    assert page.statement[-1] == bare.statement[-1]


@pytest.mark.parametrize(
    "line",
    [
        "首页 | 期刊介绍 | 编委会 | 投稿指南 | 联系我们",
        "HOME | SUBMIT | FAQ | BLOG | ABOUT",
        "Journals   Why publish with us?   Editorial Policies   Author Information   Open Outlook",
        "References (64)",
        "— 61 —",
        "Page 1 of 2",
    ],
)
def test_a_line_of_menus_or_a_page_number_is_taken_away(line: str) -> None:
    assert without_furniture(f"Ponds\n{line}\nNewts\n").split() == ["Ponds", "Newts"]


@pytest.mark.parametrize(
    "line",
    [
        "Retraction | Open Access",
        "Home is where the newt lives, and we retract nothing of it.",
        "Abstract",
        "References",
        "Received 5 May 2020   Published 6 June 2020",
        "Search | 10.5555/pond.1",
        "Newts 5 / Toads 6",
    ],
)
def test_a_line_that_may_say_something_stays(line: str) -> None:
    assert line in without_furniture(f"Ponds\n{line}\nNewts\n")


def test_a_trail_of_pages_leaves_what_it_names() -> None:
    assert without_furniture("J-STAGE トップ / 日本池沼学 / 48 巻 (2021) 4 号 / 書誌").split("\n")[::2] == [
        "日本池沼学",
        "48 巻 (2021) 4 号",
    ]
    assert without_furniture("Home » Browse » RETRACTED: Newts of the northern...").strip() == ""


def test_what_is_printed_beside_each_other_is_below_each_other() -> None:
    text = without_furniture("Ponds Today                         RETRACTION\nJournal:            Ponds\n")
    assert text.split("\n")[:4:2] == ["Ponds Today", "RETRACTION"]
    assert "Journal:            Ponds" in text


def test_the_end_of_a_page_in_a_sentence_is_taken_away_and_a_number_in_a_table_is_not() -> None:
    broken = "The editors have found that the tables of this article\n\n412\n\nwere copied from another one.\n"
    assert (
        without_furniture(broken)
        == "The editors have found that the tables of this article\nwere copied from another one.\n"
    )


def test_the_rest_of_a_doi_below_it_is_no_page_number() -> None:
    assert "911" in without_furniture("doi: 10.5555/pond.2022.\n911\n")


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("(doi: 10.5555/15701611206662203\n15112233), has been retracted", "10.5555/1570161120666220315112233"),
        ("(https://doi.org/10.5555/jkgd.20\n16.27.4.233) has been retracted", "10.5555/jkgd.2016.27.4.233"),
        ("(https://doi.org/10.\n5555/jlar.2016) has been retracted", "10.5555/jlar.2016"),
    ],
)
def test_a_doi_that_brackets_hold_together_is_whole(broken: str, whole: str) -> None:
    notice = from_text(
        f"Retraction: Newts of the northern ponds\n\nThe article “Newts of the northern ponds” {broken}.\n"
    )
    assert notice.article.doi == whole


def test_a_year_in_the_next_line_is_no_rest_of_a_doi() -> None:
    text = "Retraction: Newts of the ponds\n\nThis article (10.5555/pond.1\n2019) has been retracted by the editors.\n"
    assert from_text(text).article.doi in {"10.5555/pond.1", ""}


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("the journal Nano-De-\nlivery was", "Nano-Delivery was"),
        ("the Editor-in-\nChief found", "Editor-in-Chief found"),
        ("taken case-by-\ncase from", "case-by-case from"),
        ("„Piel-\nęgniarstwo i Praktyka” again", "„Pielęgniarstwo i Praktyka”"),
        ("of the In-\ntroduction was", "Introduction was"),
    ],
)
def test_a_word_that_a_line_divides_is_whole(lines: str, words: str) -> None:
    notice = from_text(f"Retraction: Newts of the ponds\n\nThe editors retract this article, {lines} copied.\n")
    assert words in " ".join(notice.statement)


def test_a_title_in_quotes_over_two_lines_is_whole() -> None:
    title = "Retraction of “Newts of the northern\nPonds and the Southern Pools”"
    text = f"{title}\n\nA. Marsh\n\nThe Editors retract this article.\n"
    assert from_text(text).article.title == "Newts of the northern Ponds and the Southern Pools"


def test_a_labelled_title_over_two_lines_is_whole() -> None:
    text = (
        "STATEMENT OF RETRACTION\n\nJournal: Ponds\n\nArticle title: Newts of the northern ponds and\n"
        "the southern pools\n\nAuthor: Ada Marsh\n\nWe, the Editor of Ponds, have retracted this article.\n"
    )
    assert from_text(text).article.title == "Newts of the northern ponds and the southern pools"
