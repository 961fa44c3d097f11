# ruff: noqa: RUF001 - punctuation of other scripts is meant
"""Citations of the article, of the notice and of other works are distinguished by title, label, year and position."""

import pytest

from watermark.notice import from_text
from watermark.notice.dates import dates_in
from watermark.notice.doi import dois_in, normalised_doi

TITLE = "Otters of the western fjords"
CITED = f"Lund K, Moe A. {TITLE}. Fjord Zool. 2011;4:1-12. doi:10.5555/fz.1"
DEED = "The Editors retract this article because the samples were mixed up."


def dois(text: str) -> tuple[str, str]:
    """Return the DOIs of the article and of the notice as they are read."""
    notice = from_text(text)
    return notice.article.doi, notice.doi


def test_the_notices_own_citation_above_that_of_the_article_does_not_take_its_place() -> None:
    own = "Retraction. Fjord Zool 2019;12:e1ret. doi:10.5555/fz.1ret. Published 28 June 2019"
    notice = from_text(f"Retraction: {TITLE}\n\n{own}\n\n{CITED}\n\n{DEED}")
    assert (notice.article.doi, notice.doi, notice.date) == ("10.5555/fz.1", "10.5555/fz.1ret", "2019-06-28")


@pytest.mark.parametrize(
    "lead",
    [
        "Its text is a translation of another article, plagiarised without credit:",
        "It is a duplicate publication of the following article:",
        "It is replaced by the corrected version:",
    ],
)
def test_a_work_of_the_same_title_behind_words_of_copying_is_not_the_article(lead: str) -> None:
    assert dois(f"Retraction: {TITLE}\n\n{DEED} {lead}\n\n{CITED}")[0] == ""


def test_a_citation_with_the_label_of_a_notice_is_the_notices() -> None:
    own = f"Fjord Editors. Retraction: {TITLE}. Fjord Zool 2019;12:e1. doi:10.5555/fz.note"
    assert dois(f"Retraction: {TITLE}\n\n{CITED}\n\n{DEED}\n\n{own}") == ("10.5555/fz.1", "10.5555/fz.note")


def test_of_two_lines_in_the_heading_the_earlier_year_is_the_article_s() -> None:
    text = (
        f"Retraction of: {TITLE}\n\nHuman Reproduction, Volume 36, Issue 2, 2021, Page 300, https://doi.org/10.5555/n\n"
        "Published: 20 January 2021\n\n"
        "Human Reproduction, Volume 26, Issue 6, March 2011, Pages 9–17, https://doi.org/10.5555/a\n\n"
        f"{DEED}"
    )
    notice = from_text(text)
    assert (notice.article.doi, notice.doi) == ("10.5555/a", "10.5555/n")
    assert notice.article.journal == "Human Reproduction"


def test_lines_of_neighbouring_years_stay_open() -> None:
    text = (
        f"Retraction of: {TITLE}\n\nFjord Zool, 2021, https://doi.org/10.5555/n\nPublished: 20 January 2021\n\n"
        f"Fjord Zool, 2020, https://doi.org/10.5555/a\n\n{DEED}"
    )
    assert "10.5555/n" not in dois(text)[:1]
    assert dois(text)[1] != "10.5555/a"


@pytest.mark.parametrize(
    ("label", "line", "article"),
    [
        ("RETRACTED", "Article in Press", "10.5555/in.place"),
        ("RETRACTED", "Fjord Zool", ""),
        ("RETRACTED", "Accepted Article", "10.5555/in.place"),
        ("WITHDRAWN", "Fjord Zool", "10.5555/in.place"),
        ("REMOVED", "Fjord Zool", "10.5555/in.place"),
    ],
)
def test_a_dated_doi_below_a_title_that_bears_its_state_is_the_article_s_only_in_press_or_when_it_is_gone(
    label: str, line: str, article: str
) -> None:
    text = (
        f"{label}: {TITLE}\n\n{line}\n\nAvailable online 19 January 2022\nhttps://doi.org/10.5555/in.place\n\n"
        "This article has been withdrawn at the request of the authors."
    )
    assert dois(text) == (article, "")


def test_below_refers_to_the_article_follows() -> None:
    text = (
        f"Retraction notice to “{TITLE}”\n\nhttps://doi.org/10.5555/n\n\nRefers to\n\nK. Lund\n\n{TITLE}\n\n"
        f"Fjord Zool, Volume 4, May 2011, Pages 1-12\n\nhttps://doi.org/10.5555/a\n\n{DEED}"
    )
    assert dois(text) == ("10.5555/a", "10.5555/n")


def test_brackets_and_letters_of_east_asia_end_a_doi() -> None:
    assert dois_in("论文（DOI：10.5555/a.1），经调查") == ("10.5555/a.1",)
    assert dois_in("논문 10.5555/a.2에서") == ("10.5555/a.2",)
    assert normalised_doi("10.5555/a.3）") == "10.5555/a.3"


def test_a_day_with_stops_and_a_year_in_front_are_read_and_a_day_with_strokes_is_not() -> None:
    assert dates_in("Published on 4.5.2021") == ("2021-05-04",)
    assert dates_in("2021/05/04") == ("2021-05-04",)
    assert dates_in("04/05/2021") == ()


def test_a_list_of_references_needs_no_heading() -> None:
    text = (
        f"Retraction: {TITLE}\n\nAfter this article [1] was published, readers asked about Figure 2. {DEED}\n\n"
        f"1. {CITED}\n2. Ek S. Salmon. Dam J. 2018;3:4-9. doi:10.5555/dj.1\n"
    )
    assert dois(text) == ("10.5555/fz.1", "")


def test_the_label_may_follow_the_title() -> None:
    notice = from_text(f"{TITLE}: Retraction\n\n{CITED}\n\nThe samples were mixed up.")
    assert (notice.state, notice.article.title, notice.article.doi) == ("retraction", TITLE, "10.5555/fz.1")


def test_the_doi_below_a_reference_of_several_lines_is_that_of_the_reference() -> None:
    text = (
        "Retraction: Newts of the northern ponds\n\nPublished 4 May 2024\nhttps://doi.org/10.5555/pond.n1\n\n"
        "The editors have retracted this article [1] at the request of its authors.\n\nReferences\n"
        "1. Marsh A, Fenn B, Reed C, Moor D. Newts of the northern ponds. Journal of the Ponds\n"
        "and lakes. 2019;3(1):1-9.\n"
        "https://doi.org/10.5555/pond.1\n"
        "2. Fenn B, Moor D. Toads. Journal of Pools. 2015;7:10-19. doi:10.5555/pool.2\n"
    )
    found = from_text(text)
    assert (found.article.doi, found.doi) == ("10.5555/pond.1", "10.5555/pond.n1")
