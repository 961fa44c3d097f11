# ruff: noqa: RUF001 - dashes of ranges are meant
"""The DOIs of the article and of the notice are decided together, and what does not tell them apart decides nothing."""

from pathlib import Path

import pytest

from tests.notice.published.unseen.measure import Unseen, unseen
from watermark.notice import DoiRole, from_text
from watermark.notice.extraction.doi_decision import Circumstances, decided
from watermark.notice.extraction.doi_roles import Claims

HOUSE_STYLES = Path(__file__).with_name("house_styles.txt")
"""Heads and feet of notices as publishers lay them out, in the form of the sets of unseen notices."""
TITLE = "Newts of the northern ponds"
DEED = "This article has been retracted at the request of the editors, because the counts cannot be repeated."
NOTICE, ARTICLE = "10.5555/pond.n1", "10.5555/pond.1"
LATER_TITLE = (
    f"Retraction notice to “{TITLE}” [Ponds 83 (2019) 104]\n\nShow more\n\nShare\n\nhttps://doi.org/{NOTICE}\n\n"
    f"Refers to\n\nRETRACTED: {TITLE}\n\nPonds, Volume 83, 1 December 2019, 104\n\nhttps://doi.org/{ARTICLE}\n\n{DEED}\n"
)
LINKED = (
    f"Retraction notice to: {TITLE}\n\nPublished: December 02, 2022 • https://doi.org/{NOTICE}\n\n{DEED}\n\n"
    f"Linked Article\n\n{TITLE}\n\nMarsh et al.\n\nPonds, April 02, 2019\n\nhttps://doi.org/{ARTICLE}\n"
)
TWO_YEARS = (
    f"PubMed\n\nPonds. 2021 Aug 30;15(8):903. doi: {NOTICE}.\n\nRetraction: {TITLE}\n\nRetraction of\n\n{TITLE}.\n"
    f"Marsh A. Ponds. 2019 Feb 28;13(2):455-468. doi: {ARTICLE}.\n"
)
PAGES = f"{TITLE} – RETRACTION\n\nA. Marsh\n\nPonds (2011), 41, 501–509. doi:{ARTICLE}\n\n{DEED}\n\ndoi:{NOTICE}\n"
KEYS = f"Retraction: {TITLE}\n\ndoi_self: {NOTICE}\n\nrel_doi: {ARTICLE}\n\n{DEED}\n"


@pytest.mark.parametrize("text", [LATER_TITLE, LINKED, TWO_YEARS, PAGES, KEYS])
def test_title_year_pages_and_introduction_tell_two_dois_apart(text: str) -> None:
    found = from_text(text)
    assert (found.article.doi, found.doi) == (ARTICLE, NOTICE)


def test_each_role_has_the_evidence_that_decided_it() -> None:
    evidence = {mention.role: mention.evidence for mention in from_text(LATER_TITLE).dois}
    assert "introduced as the article" in evidence[DoiRole.ARTICLE]
    assert evidence[DoiRole.NOTICE].startswith("in the heading or foot of the notice")


@pytest.mark.parametrize(
    "text",
    [
        f"Retraction: {TITLE}\n\nPonds 2021;5:7. https://doi.org/10.5555/pond.x\n\n{DEED}\n",
        f"Retraction: {TITLE}\n\nhttps://doi.org/10.5555/pond.x\n\nhttps://doi.org/10.5555/pond.y\n\n{DEED}\n",
        f"Retraction: {TITLE}\n\nhttps://doi.org/10.5555/pond.x\n© 2021 The Pond Press\n\n{DEED}\n",
    ],
)
def test_a_place_alone_does_not_tell_whose_a_doi_is(text: str) -> None:
    found = from_text(text)
    assert (found.article.doi, found.doi) == ("", "")


@pytest.mark.parametrize("heading", ["Recommended articles", "Similar articles", "Cited by (3)", "People also read"])
def test_a_doi_in_a_list_of_other_articles_is_neither(heading: str) -> None:
    text = f"{LATER_TITLE}\n{heading}\n\nThe ponds of the south\n\nPonds, 2012, pp. 12-25\n\nhttps://doi.org/10.5555/pond.2\n"
    assert (from_text(text).article.doi, from_text(text).doi) == (ARTICLE, NOTICE)
    alone = f"Retraction: {TITLE}\n\n{DEED}\n\n{heading}\n\n{TITLE}\n\nhttps://doi.org/10.5555/pond.2\n"
    assert (from_text(alone).article.doi, from_text(alone).doi) == ("", "")


@pytest.mark.parametrize(
    ("line", "article"),
    [
        ("Submitted: 14 February 2019 Reviewed: 20 May 2019 Published: 3 July 2019", ARTICLE),
        ("Received: 3 July 2019 Accepted: 3 July 2019 Published: 4 July 2019", ""),
        ("Volume 561, June 2018, Pages 404-419", ARTICLE),
    ],
)
def test_an_article_s_own_page_is_known_by_what_no_notice_has(line: str, article: str) -> None:
    text = f"RETRACTED: {TITLE}\n\nA. Marsh\n\n{line}\n\nhttps://doi.org/{ARTICLE}\n\n{DEED}\n"
    assert from_text(text).article.doi == article
    assert from_text(text).doi != ARTICLE or not article


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("(doi: 10.5555/15701611206662203\n15112233), has been", "10.5555/1570161120666220315112233"),
        ("(https://doi.org/10.5555/jkgd.20\n16.27.4.233) has been", "10.5555/jkgd.2016.27.4.233"),
        ("doi: 10.5555/15701611206662203\n15112233 has been", ""),
    ],
)
def test_a_long_number_or_a_bracket_completes_a_doi_that_a_line_divides(broken: str, whole: str) -> None:
    cited = f"The article “{TITLE}” by A. Marsh, which was published\nin Ponds 2019, {broken} retracted.\n"
    text = f"Retraction: {TITLE}\n\n{cited}"
    assert from_text(text).article.doi == whole


def test_a_citation_of_a_work_that_nothing_connects_with_the_article_is_not_what_is_left_for_it() -> None:
    foreign = "Roe A, Doe B. The long history of sand in deserts. J Sand. 2015;7:10-19. doi:10.9999/foreign.7"
    told = f"In our paper, we reported newts (http://dx.doi.org/{ARTICLE}). We therefore retract the paper.\n"
    text = f"Ponds\n\nRetraction\n\n{foreign}\n\nhttps://doi.org/{NOTICE}\n\nPublished: 21 January 2016\n\n{told}"
    assert from_text(text).article.doi != "10.9999/foreign.7"


def test_a_figure_of_the_article_is_not_one_of_a_copied_work() -> None:
    cited = f"“{TITLE}” (Ponds 2014, 2: 12-25, doi:{ARTICLE})"
    asked = f"Expression of Concern: {TITLE}\n\nThe editors alert readers to concerns about Figure 4 of {cited}.\n"
    assert from_text(asked).article.doi == ARTICLE
    assert not from_text(f"Retraction: {TITLE}\n\nFigure 2 was copied from Figure 4 of {cited}. {DEED}\n").article.doi


RECORD = f"Ponds. 2017 Mar 3;12(4):455-468. doi: {ARTICLE}.\n\nRETRACTED: {TITLE}\n\nMarsh A.\n\n"


@pytest.mark.parametrize(
    "link", ["Retraction in\n    Ponds. 2020 Aug 30;15(8):903.", "Retraction in: Ponds 2020;15:903"]
)
def test_the_own_doi_of_a_record_that_says_where_the_retraction_is_is_the_article_s(link: str) -> None:
    found = from_text(f"{RECORD}{link}\n\n{DEED}\n\nDOI: {ARTICLE}\n")
    assert (found.article.doi, found.doi) == (ARTICLE, "")


def test_a_doi_behind_the_pages_of_an_article_is_not_the_notice_s_for_a_date_beside_it() -> None:
    page = f"{TITLE}\nPonds • September 2021 • Pages 266–272 • https://doi.org/{ARTICLE}\nPublished: 22 January 2022\n"
    assert from_text(f"{page}\nNotice of concern: We issue an expression of concern about this article.\n").doi == ""


@pytest.mark.parametrize(
    "cite", ["Cite this retraction as Marsh A (March 8, 2023)", "How to cite this notice: Marsh A."]
)
def test_what_a_notice_tells_to_cite_it_as_is_its_own_doi(cite: str) -> None:
    foot = f"2023 Marsh et al. Ponds 15(1): e33817. DOI {ARTICLE}"
    found = from_text(
        f"Retraction: {TITLE}\n\n{cite}\nRetraction: {TITLE}. Ponds 15(11). doi:{NOTICE}\n\n{DEED}\n\n{foot}\n"
    )
    assert found.doi == NOTICE
    assert found.article.doi != NOTICE


def test_how_to_cite_a_page_does_not_tell_whose_its_doi_is() -> None:
    cite = f"Citing this review   Marsh A. WITHDRAWN: {TITLE}. Ponds 2019, Issue 5. DOI: {NOTICE}."
    text = (
        f"WITHDRAWN: {TITLE}\n\nVersion published: 29 May 2019\n\nThe authors have withdrawn this review.\n\n{cite}\n"
    )
    assert from_text(text).article.doi == ""


@pytest.mark.parametrize("work", ["The article retracted is available at", "The retracted paper can be found at"])
def test_the_line_that_tells_where_the_retracted_article_is_gives_its_doi_also_below_a_date(work: str) -> None:
    heading = f"Retraction: {TITLE}\n\nPublished 23 February 2022\nDOI {NOTICE}\n\n{DEED}\n\n"
    found = from_text(f"{heading}Retraction published: 23 February 2022\n{work} https://doi.org/{ARTICLE}\n")
    assert (found.article.doi, found.doi) == (ARTICLE, NOTICE)


OWN_PAGE = (
    f"WITHDRAWN: {TITLE}\n\nA. Marsh\n\nPonds, cwaa044, https://doi.org/{ARTICLE}\nPublished: 30 September 2020\n\n"
    f"{DEED}\n"
)
CITED_IN_TITLE = (
    f"Open Access Retraction\n\nRETRACTED: Marsh et al. {TITLE}. Ponds 2019, 83, 104\n\nby A. Marsh\n\n"
    f"Ponds 2023, 87(4), 5; https://doi.org/{NOTICE}\n\nPublished: 11 February 2023\n\n"
    f"The journal retracts the article “{TITLE}” [1], cited above.\n"
)
REPORT = f"Retraction\n\nIn the Report “{TITLE}” (1), we gave counts. We therefore retract the Report.\n\nReferences\n"


@pytest.mark.parametrize(("text", "own"), [(OWN_PAGE, ""), (CITED_IN_TITLE, NOTICE)])
def test_the_doi_beside_the_day_of_an_article_that_bears_its_state_is_not_the_notice_s(text: str, own: str) -> None:
    assert from_text(text).doi == own


@pytest.mark.parametrize(("line", "article"), [(f"doi: {ARTICLE}", ARTICLE), (ARTICLE, "")])
def test_a_bare_doi_below_a_reference_that_ends_with_its_year_is_not_the_article_s(line: str, article: str) -> None:
    assert from_text(f"{REPORT}1. A. Marsh et al., Ponds 83, 104 (2019).\n{line}\n").article.doi == article


PREPRINT = f"{TITLE}\n\nA. Marsh\n\n%s\n\nhttps://doi.org/{ARTICLE}\n\nThe authors have withdrawn this manuscript.\n"


@pytest.mark.parametrize("line", ["This article is a preprint and has not been peer reviewed.", "bioRxiv", "SocArXiv"])
def test_the_one_doi_on_the_page_of_a_preprint_is_the_article_s(line: str) -> None:
    found = from_text(PREPRINT % line)
    assert (found.article.doi, found.doi) == (ARTICLE, "")


def test_a_notice_below_which_a_server_or_its_rules_are_named_is_no_preprint() -> None:
    for line in ("bioRxiv", "This is a preprint server policy."):
        found = from_text(f"Retraction: {TITLE}\n\nPonds\n\nhttps://doi.org/{NOTICE}\n\n{DEED}\n\n{line}\n")
        assert found.article.doi == ""


@pytest.mark.parametrize("one", list(unseen(HOUSE_STYLES)), ids=lambda one: one.name)
def test_what_publishers_print_beside_a_doi_tells_whose_it_is(one: Unseen) -> None:
    found = from_text(one.text)
    assert (found.article.doi, found.doi) == (one.expected["article"].lower(), one.expected["notice"].lower())


def test_a_number_and_the_stop_of_its_sentence_end_a_doi_that_ends_with_a_hyphen() -> None:
    text = (
        f"Retraction for Marsh et al., {TITLE}\n\n"
        "Volume 81, no. 5, p. 1611–1623, 2013, https://doi.org/10.5555/IAI.01132-\n"
        "12. Readers have told us of problems with several figures of this article. The\n"
        "journal retracts the article.\n"
    )
    assert {mention.doi for mention in from_text(text).dois} == {"10.5555/iai.01132-12"}


IN_PRESS = "This article has been accepted for publication and undergone full peer review but has not been copyedited."
REMOVED = f"%s: {TITLE}\n\nA. Marsh\n\nFirst published: 18 March 2018\nhttps://doi.org/{ARTICLE}\n\n"
OF_CONCERN = f"Expression of Concern: {TITLE}\n\nPond Biol (2021) 34, jn9. doi:{NOTICE}\n\n%s\n\nWe watch the matter.\n"
ASKED = (
    f"The editors were asked about the paper by Marsh and Roe (Marsh A. {TITLE}. Ponds. 2011;12:4-9. doi: {ARTICLE})."
)
REPORTED = f'Reports the retraction of "{TITLE}" by A. Marsh (Ponds, 2008[Jun], Vol 4[6], 12-37; doi:{ARTICLE}).'


@pytest.mark.parametrize(
    "told",
    [
        f"There were concerns with Pond Biol (2008) 21, 2613-2624 (doi:{ARTICLE}).",
        f"Readers raised concerns about Pond Biol (2008) 21, 2613-2624 (doi:{ARTICLE}).",
        f"{ASKED} The counts of the two ponds are unusually similar.",
        f"The original article was published as DOI: {ARTICLE}.\n\n2469-9950/2021/34(7)/079901(1)",
        f"The original article can be found at https://doi.org/{ARTICLE}.\n\n1 Institute of Ponds, Lakeside",
    ],
)
def test_a_sentence_names_the_article_by_its_place_in_the_journal(told: str) -> None:
    found = from_text(OF_CONCERN % told)
    assert (found.article.doi, found.doi) == (ARTICLE, NOTICE)


def test_a_record_reports_the_retraction_below_the_name_of_a_part_of_the_page() -> None:
    head = f"Title: Retraction of Marsh, Roe, and Doe (2008).\nPublication Date: Dec 2012\nDOI: {NOTICE}\n\nAbstract:\n"
    record = f"{head}{REPORTED} This retraction follows an inquiry of the university. The data were fabricated.\n"
    assert (from_text(record).article.doi, from_text(record).doi) == (ARTICLE, NOTICE)


@pytest.mark.parametrize(
    "told",
    [
        f"There were concerns with an editorial on Lakes (2008) 21, 2613-2624 (doi:{ARTICLE}).",
        f"An editorial reports the retraction of other works by A. Marsh (doi: {ARTICLE}).",
    ],
)
def test_a_sentence_about_another_work_does_not_name_the_article(told: str) -> None:
    assert from_text(OF_CONCERN % told).article.doi == ""


@pytest.mark.parametrize(
    "text",
    [
        REMOVED % "WITHDRAWN" + f"{IN_PRESS}\n\nThe above article has been withdrawn by agreement with the authors.\n",
        REMOVED % "TEMPORARY REMOVAL" + "The publisher regrets that this article has been temporarily removed.\n",
    ],
)
def test_the_page_of_an_article_in_press_or_one_that_is_removed_for_a_time_has_its_doi_and_its_day(text: str) -> None:
    found = from_text(text)
    assert (found.article.doi, found.doi, found.date) == (ARTICLE, "", "")


LATER = f"Ponds 2009; 34(17): 887\nDOI: {NOTICE}\n\nRetraction of the article “{TITLE}”\n\n%s\n"


@pytest.mark.parametrize(
    ("told", "own"),
    [
        ("The editors retract the article by A. Marsh (Ponds 2007; 32: 1511-1516).", NOTICE),
        ("Volume 32, no. 9, p. 101-110, 2004. Figures of this article are wrong. We retract the article.", NOTICE),
        ("Vol. 32, No. 7, July 10, 2006. Pages 1641-1652.\n\nWe retract the above paper.", NOTICE),
        ("The editors retract the article by A. Marsh (Ponds 2011; 36: 1511-1516).", ""),
        ("The editors retract the article by A. Marsh (Lakes 2007; 32: 1511-1516).", ""),
        ("The article is a copy of one that was published before in Ponds 2007; 32: 1511-1516.", ""),
    ],
)
def test_the_one_doi_beside_a_later_volume_than_the_article_s_is_the_notice_s(told: str, own: str) -> None:
    assert (from_text(LATER % told).article.doi, from_text(LATER % told).doi) == ("", own)


def test_the_doi_beside_the_later_volume_of_an_article_is_not_the_notice_s() -> None:
    paged = (LATER % "We retract it (Ponds 2007; 32: 1511-1516).").replace("34(17): 887", "34(17): 887-899")
    assert from_text(paged).doi == ""


@pytest.mark.parametrize(
    "kind", ["Article type Retraction", "Type: Retraction Note", "Document Type: Erratum/Retraction"]
)
def test_the_type_that_a_page_gives_tells_whose_the_doi_beside_it_is(kind: str) -> None:
    cited = f"Retraction of “{TITLE}” by A. Marsh, Ponds, 2017, 7, 33-39, DOI: {ARTICLE}."
    references = "References\n1 A. Marsh, Lakes, 2016, 27, 8340. doi: 10.9999/l.1\n2 B. Roe, Lakes, 2015, 2, 14."
    text = (
        f"Retraction: {TITLE}\n\n{cited}\n\n{DEED}\n\n{references}\n\nAbout\n\nDOI https://doi.org/{NOTICE}\n{kind}\n"
    )
    assert (from_text(text).article.doi, from_text(text).doi) == (ARTICLE, NOTICE)


@pytest.mark.parametrize("listed", ["", "Ponds and their frogs, A. Roe"])
def test_a_list_of_related_articles_ends_where_the_references_begin(listed: str) -> None:
    head = f"Notice of Retraction. Marsh et al. {TITLE}. Ponds. 2017;74:18-24\n\nPonds. 2019;76:71. doi:{NOTICE}"
    references = (
        f"References\n1. Marsh A. {TITLE}. Ponds. 2017;74:18-24. doi:{ARTICLE}\n2. Roe B. Errors. Ponds. 2019;7:6."
    )
    text = f"{head}\n\nRelated Articles\n\n{listed}\n\nPublished Online: May 1, 2019.\n\n{DEED}1\n\n{references}\n"
    assert from_text(text).article.doi == ARTICLE


def test_the_line_in_which_a_page_mentions_its_article_does_not_give_the_pages_of_the_notice() -> None:
    text = (
        f"[Retracted] {TITLE}\n\nAuthors: A. Marsh\nThis article is mentioned in: Ponds 33: 2903-2910\n\n"
        f"Published online on: March 28, 2023\nhttps://doi.org/{NOTICE}\n\n"
        f"Ponds 33: [Related article:] 2903-2910, 2015; DOI: {ARTICLE}\n\nFollowing the publication of the above "
        "article, a reader drew attention to its counts, and the Editor has decided to retract it.\n"
    )
    assert (from_text(text).article.doi, from_text(text).doi) == (ARTICLE, NOTICE)


def test_a_doi_that_is_called_the_article_and_a_copied_source_has_no_role() -> None:
    claims = {ARTICLE: Claims(roles={DoiRole.ARTICLE: "this article", DoiRole.SOURCE: "copied from"})}
    assert [one.role for one in decided(claims, (), Circumstances())] == [DoiRole.UNKNOWN]


def test_a_title_line_that_cites_a_notice_with_its_day_has_the_doi_of_the_notice() -> None:
    found = from_text(f"Retraction: Ponds 2024 May 4;3(2):1. doi:{NOTICE}\n\nThe figures were used twice.\n")
    assert (found.article.doi, found.doi) == ("", NOTICE)
