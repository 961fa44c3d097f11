# ruff: noqa: RUF001 - punctuation of other scripts is meant
"""Each DOI in a notice has the role that the words around it give it, and no role where they give none."""

import pytest

from tests.notice.published.roles import SENTENCES, with_another_doi
from watermark.notice import DoiRole, Notice, from_text

TITLE = "Newts of the northern hills"
HEAD = f"Retraction: {TITLE}\n\nThe editors retract this article (https://doi.org/10.5555/newt.1).\n"
LINK = "https://doi.org/10.5555/newt.1"
CITED = "Reed C. Toads. J Pools. 2015;7:10-19. https://doi.org/10.5555/other.1"
CERTAIN = {
    "a source": DoiRole.SOURCE,
    "a source, announced": DoiRole.SOURCE,
    "an overlap": DoiRole.SOURCE,
    "a repeated article": DoiRole.SOURCE,
    "an earlier article": DoiRole.SOURCE,
    "a replacement": DoiRole.REPLACEMENT,
    "a replacement, named": DoiRole.REPLACEMENT,
    "the rules": DoiRole.REFERENCE,
    "a comment": DoiRole.REFERENCE,
    "an earlier concern": DoiRole.REFERENCE,
    "a preprint": DoiRole.REFERENCE,
    "the data": DoiRole.REFERENCE,
    "a figure": DoiRole.SOURCE,
    "a twin, announced": DoiRole.SOURCE,
    "an editorial": DoiRole.REFERENCE,
}


def role_of(notice: Notice, doi: str) -> DoiRole | None:
    return next((mention.role for mention in notice.doi_roles if mention.doi == doi), None)


@pytest.mark.parametrize("role", [role for role, _ in SENTENCES])
def test_the_words_around_a_doi_give_its_role_and_the_article_keeps_its_own(role: str) -> None:
    notice = from_text(dict(with_another_doi(HEAD, "10.5555/other.1"))[role])
    assert notice.article.doi == "10.5555/newt.1"
    assert role_of(notice, "10.5555/newt.1") is DoiRole.ARTICLE
    assert role_of(notice, "10.5555/other.1") is CERTAIN.get(role, DoiRole.UNKNOWN)
    assert notice.doi == ""


@pytest.mark.parametrize(
    "text",
    [
        f"Retraction: {TITLE}\n\nThe article has been retracted. It was taken from the following article:\n\n{CITED}\n",
        f"Retraction: {TITLE}\n\nhttps://doi.org/10.5555/other.1\n\nIt is withdrawn.\n",
        f"Retraktion: {TITLE}\n\nDOI: 10.5555/other.1\n",
        f"Retraction: {TITLE}\n\nThis article is not retracted because of https://doi.org/10.5555/other.1 alone.\n",
        "Retraction to: https://doi.org/10.5555/other.1\n\nRetraction to: https://doi.org/10.5555/other.2\n",
    ],
)
def test_a_doi_without_a_certain_role_belongs_to_nothing(text: str) -> None:
    notice = from_text(text)
    assert (notice.article.doi, notice.doi) == ("", "")
    assert role_of(notice, "10.5555/other.1") in {DoiRole.UNKNOWN, DoiRole.SOURCE}


@pytest.mark.parametrize(
    "sentence",
    [
        "An Expression of Concern about this article was published on 4 December 2020 (https://doi.org/10.5555/other.1).",
        "The journal published an editorial Expression of Concern for this paper (https://doi.org/10.5555/other.1).",
        "This article was the subject of an Expression of Concern (https://doi.org/10.5555/other.1).",
        "The Notice of Concern on this article (https://doi.org/10.5555/other.1) is superseded.",
    ],
)
def test_an_earlier_expression_of_concern_is_not_the_retracted_article(sentence: str) -> None:
    notice = from_text(f"Retraction: {TITLE}\n\n{sentence} The editors retract the article.\n")
    assert notice.article.doi == ""
    assert role_of(notice, "10.5555/other.1") is not DoiRole.ARTICLE


def test_the_article_is_found_in_its_own_notice_of_concern_and_behind_the_mention_of_one() -> None:
    concern = f"Expression of Concern: {TITLE}\n\nWe issue this Expression of Concern about the article {LINK}.\n"
    both = f"Retraction: {TITLE}\n\nAfter an Expression of Concern, the editors retract this article ({LINK}).\n"
    assert {from_text(text).article.doi for text in (concern, both)} == {"10.5555/newt.1"}


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("10.5555/s11000-\n020-0042-7", "10.5555/s11000-020-0042-7"),
        ("10.5555/\ns11000-020-0042-7", "10.5555/s11000-020-0042-7"),
        ("10.5555/j.newt.\n2020.0042", "10.5555/j.newt.2020.0042"),
        ("10.5555/newt_\n42", "10.5555/newt_42"),
        ("10.5555/s11000\n0-20-0042-7", ""),
        ("10.5555/s11000-\nThe editors", ""),
        ("10.5555/newt.1\nThe editors", "10.5555/newt.1"),
        ("10.5555/newt.1.\n2024 was a dry year", "10.5555/newt.1"),
        ("10.5555/pond-\nlife.2019.044", ""),
        ("10.5555/pondlife.20\n19.044", ""),
        ("10.5555/ponds.\n1444", "10.5555/ponds.1444"),
        ("10.5555/pondlife.\n\n2019044", ""),
    ],
)
def test_a_doi_that_a_line_divides_is_whole_or_nothing(broken: str, whole: str) -> None:
    text = (
        f"Retraction Note to: {TITLE}\n\nRetraction to: J Newts (2020) 9:11 https://doi.org/{broken}\n\nIt is over.\n"
    )
    assert from_text(text).article.doi == whole


@pytest.mark.parametrize(
    ("broken", "other", "whole"),
    [
        ("10.5555/pond-\nlife.2019.044", "10.5555/pondlife.2024.r03", "10.5555/pondlife.2019.044"),
        ("10.5555/pond-\nlife.2019.044", "10.5555/pond-life.2024.r03", "10.5555/pond-life.2019.044"),
        ("10.5555/pondlife.20\n19.044", "10.5555/pondlife.2024.003", "10.5555/pondlife.2019.044"),
        ("10.5555/pond-\nlife.2019.044", "10.5555/pondlife.2019.044", "10.5555/pondlife.2019.044"),
    ],
)
def test_another_doi_that_is_built_alike_completes_one_that_a_line_divides(broken: str, other: str, whole: str) -> None:
    cited = f"Retraction to: J Newts (2020) 9:11 https://doi.org/{broken}"
    text = f"Retraction Note to: {TITLE}\n\n{cited}\n\nCite this notice: {other} (2024)\n\nIt is over.\n"
    assert whole in {mention.doi for mention in from_text(text).dois}
    assert not {mention.doi for mention in from_text(text).dois} - {whole, other}


def test_a_number_that_an_archive_prints_twice_in_a_doi_is_printed_once() -> None:
    cited = f"1. Marsh A. {TITLE}. J Newts. 2020;2020:11. doi: 10.5555/2020/661208.661208 [CrossRef]"
    text = (
        f"Retracted: {TITLE}\n\nThe journal has retracted the article titled “{TITLE}” [1].\n\nReferences\n\n{cited}\n"
    )
    assert from_text(text).article.doi == "10.5555/2020/661208"


def test_the_replacement_has_its_own_field_only_where_the_state_says_so() -> None:
    text = "The article (https://doi.org/10.5555/a.1) has been replaced by https://doi.org/10.5555/b.1.\n"
    replaced = from_text(f"Notice of Retraction and Replacement: {TITLE}\n\nWe retract the article. {text}")
    assert (replaced.state.value, replaced.replacement_doi) == ("retracted_and_replaced", "10.5555/b.1")
    assert from_text(f"Retraction: {TITLE}\n\n{text}").replacement_doi == ""


OTHER = "https://doi.org/10.5555/other.1"
VOLUME = "J. Pond Cells (2012) 125, 1204-1215 (doi:10.5555/newt.1)"


@pytest.mark.parametrize(
    "sentence",
    [
        f"Its figures were found to also be found in a work ({OTHER}).",
        f"A retraction notice for this article appeared in May ({OTHER}). It is now corrected.",
        f"Its authors had published a correction to this article ({OTHER}).",
        f"In May we retracted this article (see notice {OTHER}). It was an error.",
        f"In May the journal published a retraction notice about this article ({OTHER}).",
        f"In our notice of 4 May 2021 ({OTHER}) we retracted this article.",
        f"The editors retract this article. Future references should be to the second edition, {OTHER}.",
        f"The editors were alerted to duplication in Moss 2017 ({OTHER}). They have retracted this article.",
        f"The editors were alerted to image re-use in another article ({OTHER}). They have retracted this one.",
        f"We retract this paper; the trial in {OTHER} was first published by Reed.",
        f"There is an expression of concern for another paper ({OTHER}). The editors retract this one.",
        f"Die Redaktion zieht diesen Artikel zurück. Der Text war bereits 2015 veröffentlicht ({OTHER}).",
        f"La rédaction retire cet article, publié précédemment dans Étangs ({OTHER}).",
        f"编辑部决定撤销本文。该文此前已在他刊发表（{OTHER}）。",
        f"本論文を撤回します。本論文は既に他誌に発表されたものです（{OTHER}）。",
        f"이 논문을 철회합니다. 이 논문은 이미 다른 학술지에 게재되었습니다 ({OTHER}).",
        f"The editors retract this article. Another is {OTHER}.",
        f"We retract this article. Both of us regret {OTHER}.",
        f"The editors retract this article. Later work is {OTHER}.",
        f"The article is retracted. The DOI of the earlier notice of concern is {OTHER}.",
    ],
)
def test_a_source_an_earlier_notice_and_what_readers_are_sent_to_is_not_the_article(sentence: str) -> None:
    notice = from_text(f"Retraction: {TITLE}\n\n{sentence}\n")
    assert (notice.article.doi, notice.doi) == ("", "")


@pytest.mark.parametrize(
    "sentence",
    [
        f"The authors retract the letter published in Ponds ({LINK}).",
        f"Because of unsuitable citations, this article ({LINK}) has been retracted.",
        f"The editors are retracting Moss et al. (2019) {LINK}.",
        f"Pond Cells was alerted to image re-use in {VOLUME}. The editors have retracted it.",
        f"There is an Expression of Concern for {VOLUME}.",
        f"The editors retract the article that can be found at {LINK}.",
        f"The work {LINK} by A. Marsh and B. Reed has been retracted.",
        f"{LINK} has been removed.",
        f"{LINK} has been reinstated.",
        f"The retraction follows this expression of concern of the article {LINK}.",
        f"Die Redaktion zieht den Artikel ({LINK}) zurück, der 2015 erschienen ist.",
    ],
)
def test_what_the_deed_is_done_to_is_the_article(sentence: str) -> None:
    notice = from_text(f"Retraction: {TITLE}\n\n{sentence}\n")
    assert (notice.article.doi, notice.doi) == ("10.5555/newt.1", "")


OWN = f"Ponds 12, 9 (2019). https://doi.org/10.5555/newt.9\n\nRetraction: {TITLE}\n\nPublished: 5 May 2019\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "This is a retraction notice for J. Ponds (2007) 120, 144-155 (doi:10.5555/newt.1).\n\nIt was in error.",
        "This is a notice of retraction of J. Ponds (2007) 120, 144-155 (doi:10.5555/newt.1).\n\nIt was in error.",
        (
            "We retract this article [1].\n\nReferences\n\n1. Moss A, Fenn B. Ponds. J Ponds. 2007;120:144-155.\n\n"
            "Additional information\n\nThe online version of the original article can be found at 10.5555/newt.1."
        ),
        (
            "We retract this article [1].\n\nReferences\n\n1. Moss A, Fenn B. Ponds. J Ponds. 2007;120:144-155.\n\n"
            "The retracted article is available at https://doi.org/10.5555/newt.1."
        ),
        (
            f"It was brought to our attention that the article by Moss, “{TITLE},” published online in Ponds on May 27,"
            " 2017 (DOI: 10.5555/newt.1) had been published previously, with the same tables, in Lakes 2016;4:55–62."
            " The article has therefore been retracted."
        ),
        (
            f"We learned that the paper “{TITLE},” which was published in Ponds in 2017 (doi: 10.5555/newt.1), was"
            " already reported in Lakes 2016;4:55. The paper has been retracted."
        ),
    ],
)
def test_the_article_is_found_where_a_notice_points_to_it(text: str) -> None:
    notice = from_text(f"{OWN}{text}\n")
    assert (notice.article.doi, notice.doi) == ("10.5555/newt.1", "10.5555/newt.9")


def test_another_article_of_that_title_that_was_published_before_is_not_the_article() -> None:
    text = f"An identical article, “{TITLE}” (DOI: 10.5555/other.1), had been published before in Lakes. We retract it."
    assert from_text(f"{OWN}{text}\n").article.doi == ""


@pytest.mark.parametrize("label", ["WITHDRAWN", "RETRACTED"])
def test_a_doi_beside_the_day_on_which_the_article_was_out_is_the_article_s(label: str) -> None:
    page = f"{label}: {TITLE}\n\nAda Moss, Bo Fenn\n\nFirst published: %s\n\nhttps://doi.org/10.5555/newt.1\n\n"
    told = "The above article, published online on 19 November 2018 in Ponds, has been withdrawn.\n"
    assert from_text(page % "19 November 2018" + told).article.doi == "10.5555/newt.1"
    assert from_text(page % "3 May 2021" + told).article.doi == ""


def test_what_is_to_be_cited_instead_ends_where_the_record_of_the_paper_begins() -> None:
    text = (
        f"Notice of Retraction: {TITLE}\n\nAda Moss\n\n"
        "After careful review by a duly constituted expert committee, this paper has been found to be in violation of"
        " IEEE's Publication Principles. Future references should be"
        " made to the following article:\n\n“Toads” by Bo Fenn in the Proceedings of Ponds, 2009, pp. 4-9\n\n"
        "Published in: 2010 Conference on Ponds\nDate of Conference: 24-27 August 2010\nDOI: 10.5555/newt.1\n"
    )
    assert from_text(text).article.doi == "10.5555/newt.1"
    assert not from_text(
        text.replace("Published in: 2010 Conference on Ponds\nDate of Conference: 24-27 August 2010\n", "")
    ).article.doi


@pytest.mark.parametrize(
    ("year", "doi", "notice"),
    [
        ("2016", "10.5555/newt.1190-16.2016", "10.5555/newt.1190-16.2016"),
        ("2014", "10.5555/newt.1190-14.2014", ""),
        ("2016", "10.5555/newt.1190", ""),
    ],
)
def test_the_one_doi_with_the_later_year_of_the_copyright_beside_it_is_the_notice_s(
    year: str, doi: str, notice: str
) -> None:
    text = (
        f"Retraction: Moss et al., “{TITLE}”\n\nWe are retracting “{TITLE}” by Ada Moss and Bo Fenn, which appeared on"
        f" pages 9101-9112 of the June 18, 2014 issue.\n\nDOI: {doi}\nCopyright © {year} the authors\n"
    )
    assert (from_text(text).doi, from_text(text).article.doi) == (notice, "")


@pytest.mark.parametrize(
    ("words", "article"),
    [
        (
            "We were alerted to similarities between this article [doi: 10.5555/newt.1] and other papers.",
            "10.5555/newt.1",
        ),
        ("Overlap of panels within the above paper (https://doi.org/10.5555/newt.1) was found.", "10.5555/newt.1"),
        ("A correction of this article (doi:10.5555/newt.1) exchanged two panels that overlap with others.", ""),
        ("Similarities between another article [doi: 10.5555/newt.1] and ours were found.", ""),
    ],
)
def test_brackets_behind_this_article_have_its_doi_also_where_a_source_is_told_of(words: str, article: str) -> None:
    assert from_text(f"Retraction: {TITLE}\n\n{words} We retract it.\n").article.doi == article


@pytest.mark.parametrize(
    "line",
    [
        "Partial Retraction for doi:10.5555/newt.1",
        "Retraction of https://doi.org/10.5555/newt.1",
        "For the retracted article see https://doi.org/10.5555/newt.1",
        "To view the original article, please go to https://doi.org/10.5555/newt.1",
    ],
)
def test_a_label_or_a_pointer_in_front_of_a_bare_doi_names_the_article(line: str) -> None:
    own = "Roe A. Retraction for Roe. Ponds 2019;9:1. doi:10.5555/newt.n"
    text = f"Retraction: {TITLE}\n\nThe counts are wrong, and we retract it [1].\n\n{own}\n\nReferences\n\n"
    text += f"1. Roe A. {TITLE}. Ponds 2017;7:1-9.\n\n{line}\n"
    assert from_text(text).article.doi == "10.5555/newt.1"


def test_the_doi_of_an_earlier_concern_is_not_taken_for_that_of_the_retraction() -> None:
    text = (
        f"Retraction: {TITLE}\n\nhttps://doi.org/10.5555/newt.1_RET\n\nThis follows an Expression of Concern previously"
        " published by us (doi: 10.5555/newt.1_EOC).\n\nWe retract the article (doi: 10.5555/newt.1).\n"
    )
    found = from_text(text)
    assert (found.article.doi, found.doi) == ("10.5555/newt.1", "10.5555/newt.1_ret")


AUTHORS = "Author(s): Ada Moss and Bo Fenn*"


@pytest.mark.parametrize(
    ("label", "authors", "below", "told", "article"),
    [
        ("WITHDRAWN", "Ada Moss, Bo Fenn", "", "The above article", "10.5555/newt.1"),
        ("WITHDRAWN", "Ada Moss, Bo Fenn", "Published: 4 May 2021\n\n", "The above article", ""),
        ("WITHDRAWN", "Ada Moss, Bo Fenn", "", "The article cited above", ""),
        ("RETRACTED", "Ada Moss, Bo Fenn", "", "The above article", ""),
        ("Withdrawal Notice", AUTHORS, "", f"The article entitled “{TITLE}”", "10.5555/newt.1"),
        ("Withdrawal Notice", AUTHORS, "Published: 4 May 2021\n\n", f"The article entitled “{TITLE}”", ""),
        ("Withdrawal Notice", "Author(s): The Editors", "", f"The article entitled “{TITLE}”", ""),
    ],
)
def test_the_one_doi_of_a_page_in_place_of_a_withdrawn_article_is_the_article_s(
    label: str, authors: str, below: str, told: str, article: str
) -> None:
    head = f"{label}: {TITLE}\n\n{authors}\n\nDOI: 10.5555/newt.1\n\n{below}"
    found = from_text(f"{head}{told} has been withdrawn at the request of the authors.\n")
    assert (found.article.doi, found.doi if article else "") == (article, "")
