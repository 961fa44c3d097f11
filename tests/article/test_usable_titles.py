"""No file is marked for a title that many articles have on page 1: the journal, a heading, a licence, the authors."""

import pytest

from tests.article.lines import body, page
from watermark.article import Identity, Match, match
from watermark.article.identity import identity_of
from watermark.notice import Notice, Reference, State, from_text

TITLE = "Quercetin ameliorates cadmium-induced testicular injury by modulating Nrf2 in rats"
JOURNAL = "Human & Experimental Toxicology"
AUTHORS = ("Nassar S", "Fathi D")
NAMED = "Samir Nassar, Dalia Fathi"
OF_MANY = (
    *(JOURNAL, f"The {JOURNAL}", f"{JOURNAL} 2020", f"{JOURNAL} 39(4)", f"{JOURNAL} (2020) 39, 502-513"),
    *("Annals of Pond Life 2020;39(4):502-513", "Annals of Pond Life, Volume 39, 2020", "ISSN 0960-3271 (Print)"),
    *("Annals of Pond Life ISSN: 0960-3271", "www.sagepub.com/journals", "https://doi.org/10.5555/other.one"),
    *("doi: 10.5555/other.one", "journals.example https://doi.org/10.5555/other.one", "SAGE Publications Ltd"),
    *("John Wiley & Sons Ltd", "Elsevier Science B.V.", "Oxford University Press", "Springer Science+Business Media"),
    *("Original Article", "Original Research Article", "Research Article", "RETRACTED ARTICLE", "Retraction Notice"),
    *("Open Access Review Article", "Short Communication", "Clinical Trials", "Abstract", "Abstract and Keywords"),
    *(
        "1. Introduction",
        "2 Materials and Methods",
        "Results and Discussion",
        "Acknowledgements",
        "Conflict of interest",
    ),
    *("Conflicts of Interest", "Corresponding author", "Article history", "Data availability", "Check for updates"),
    *("This is an open access article under the CC BY licence", "© 2020 The Author(s). All rights reserved."),
    *(
        "Copyright 2020 The Authors. Published by Pond Press",
        "Distributed under the Creative Commons Attribution License",
    ),
    *("Received 3 May 2020; accepted 4 June 2020", "Published online: 4 June 2020", NAMED, "Nassar S, Fathi D"),
    *("S. Nassar and D. Fathi", "The Author(s) 2020. Article reuse guidelines: www.sagepub.com/reuse"),
)
"""Lines that many articles have on page 1."""
NOTICE = f"""RETRACTION NOTICE

{JOURNAL}
The Author(s) 2023

At the request of the Journal Editor and the publisher, the following
article has been retracted:

Nassar S, Fathi D. {TITLE}. {JOURNAL}.
2020;39(4):502-513. doi: 10.1177/0960327119867755

A reader contacted the Editors about image duplication. Figure 5A of the
article is identical to Figure 2C of a paper by other authors (Khalid O,
Lotfy Y. Lead acetate and the testis: a protective role for naringin.
Toxicology. 2017;386:11-20. doi: 10.1016/j.tox.2017.04.011), in which it
shows another organ.
"""


def another_article(line: str, size: float, doi: str) -> Identity:
    """Return another article by the same authors that has `line` at the head of page 1, in that size."""
    link = (f"https://doi.org/{doi}",) if doi else ()
    lines = page((line, size), *link, ("Cold storage and the reading of dials", 16.0), (NAMED, 11.0), *body())
    return identity_of({}, {}, (lines,))


def notice(title: str, authors: tuple[str, ...] = (), journal: str = "") -> Notice:
    article = Reference(title=title, authors=authors, journal=journal, year=2020)
    return Notice(state=State.RETRACTION, article=article)


@pytest.mark.parametrize("line", OF_MANY)
def test_a_line_that_many_articles_have_identifies_none_of_them(line: str) -> None:
    for doi in ("", "10.5555/other.one"):
        for size in (10.0, 20.0):
            pdf = another_article(line, size, doi)
            for authors in ((), AUTHORS):
                result = match(pdf, notice(line, authors, JOURNAL))
                assert result.match is not Match.MATCH, (doi, size, authors, result.evidence)


@pytest.mark.parametrize(
    "line",
    [f"{JOURNAL} 2020", f"{JOURNAL}, vol. 39", f"{JOURNAL} 39 (4)", f"{JOURNAL} https://doi.org/10.5555/other.one"],
)
@pytest.mark.parametrize("size", [10.0, 12.0, 20.0])
def test_the_masthead_of_a_page_is_not_a_title_though_the_notice_names_no_journal(line: str, size: float) -> None:
    for doi in ("", "10.5555/other.one"):
        for authors in ((), AUTHORS):
            result = match(another_article(line, size, doi), notice(JOURNAL, authors))
            assert result.match is not Match.MATCH, (doi, authors, result.evidence)


def test_the_journal_in_the_metadata_of_a_file_is_not_one_of_its_titles() -> None:
    lines = page((JOURNAL, 20.0), ("Cold storage and the reading of dials", 16.0), (NAMED, 11.0), *body())
    properties = {"dc:title": JOURNAL, "prism:publicationName": JOURNAL}
    pdf = identity_of(properties, {}, (lines,))
    assert JOURNAL not in {title for title, _ in (*pdf.titles, *pdf.large_type)}
    assert match(pdf, notice(JOURNAL, AUTHORS)).match is not Match.MATCH


@pytest.mark.parametrize("behind", [": a second cohort", " Observations of another year"])
def test_beside_a_doi_of_its_own_a_file_needs_the_whole_title_of_a_notice_without_one(behind: str) -> None:
    for doi, expected in (("", Match.MATCH), ("10.5555/other.one", Match.UNKNOWN)):
        link = (f"https://doi.org/{doi}",) if doi else ()
        lines = page(*link, (f"{TITLE}{behind}", 16.0), (NAMED, 11.0), *body())
        assert match(identity_of({}, {}, (lines,)), notice(TITLE, AUTHORS)).match is expected


@pytest.mark.parametrize("title", [TITLE, f"{TITLE} {NAMED}", f"RETRACTED: {TITLE}"])
def test_beside_a_doi_of_its_own_a_file_with_the_whole_title_is_the_article(title: str) -> None:
    lines = page(f"{JOURNAL} 2020", "https://doi.org/10.5555/an.article", (title, 16.0), (NAMED, 11.0), *body())
    assert match(identity_of({}, {}, (lines,)), notice(TITLE, AUTHORS, JOURNAL)).match is Match.MATCH


def test_a_letter_without_a_title_of_its_own_is_known_by_its_authors_unless_it_has_a_doi() -> None:
    title = "Letter to the Editor"
    for doi, expected in (("", Match.MATCH), ("10.5555/other.one", Match.UNKNOWN)):
        link = (f"https://doi.org/{doi}",) if doi else ()
        lines = page(*link, (title, 16.0), (NAMED, 11.0), *body())
        assert match(identity_of({}, {}, (lines,)), notice(title, AUTHORS)).match is expected


@pytest.mark.parametrize(
    "title",
    [
        *("Copyright and open access to research in Europe", "Cancer statistics, 2020, and the burden of disease"),
        *("Articles published by women in medical journals", "The evidence of a clinical trial in the popular press"),
        *("Comment on “Waves in ponds” [J. Pond Phys. 85, 123 (1999)]", "Introduction and methods of pond ecology"),
        *("Convention 190 (2019) and violence at work in hospitals", "Ethics of editing genes in old mice"),
        *("Human rights and experimental toxicology", "Stem Cells and Bone Marrow in Old Mice"),
    ],
)
def test_a_title_with_such_words_in_it_is_still_a_title(title: str) -> None:
    lines = page((f"{JOURNAL} 2020", 9.0), (title, 16.0), (NAMED, 11.0), *body())
    assert match(identity_of({}, {}, (lines,)), notice(title, AUTHORS, JOURNAL)).match is Match.MATCH


@pytest.mark.parametrize("head", [JOURNAL, f"The {JOURNAL}", f"{JOURNAL}\n2023, Vol. 42", f"{JOURNAL}\n1-2"])
def test_the_journal_below_the_heading_of_a_notice_is_not_the_articles_title(head: str) -> None:
    article = from_text(NOTICE.replace(f"{JOURNAL}\nThe", f"{head}\nThe")).article
    assert (article.title, article.doi, article.journal) == (TITLE, "10.1177/0960327119867755", JOURNAL)


def test_the_title_of_a_notice_that_equals_the_journal_is_left_empty() -> None:
    text = f"Retraction: {JOURNAL}\n\nThe article in {JOURNAL}, vol. 39, has been retracted by the editor.\n"
    assert not from_text(text).article.title
