"""A page's own DOI is distinguished from the cited ones."""

from itertools import pairwise

import pytest

from tests.article.lines import body, page
from watermark.article.printed_identifiers import Printed, printed_in
from watermark.pdf.text_lines import TextLine

TITLE = "A study of something that nobody had studied"
OWN, CITED = "10.1234/own.1", "10.5678/cited.2"


def read(*pages: tuple[TextLine, ...], titles: tuple[str, ...] = ()) -> Printed:
    return printed_in(pages, titles)


def dois(found: Printed) -> tuple[set[str], set[str]]:
    return {doi for doi, _ in found.own}, {doi for doi, _ in found.others}


@pytest.mark.parametrize(
    "lines",
    [
        (f"Journal of Studies 12 (2020), 1-9. https://doi.org/{OWN}", *body(), "and no more"),
        (*body(), f"© 2020 The Authors. https://doi.org/{OWN}"),
        (*body(8), f"DOI: {OWN}", *body(30)),
        (*body(8), "DOI", OWN, *body(30)),
        (*body(8), f"{TITLE}. Journal of Studies 12, 1-9.", f"https://doi.org/{OWN}", *body(30)),
        (*body(8), "Cite this article as: Doe J. Journal of Studies 12, 1-9.", f"https://doi.org/{OWN}", *body(30)),
    ],
)
def test_a_doi_in_the_place_of_the_articles_own_is_its_own(lines: tuple[str, ...]) -> None:
    assert dois(read(page(*lines), titles=(TITLE,))) == ({OWN}, set())


SICI = "10.1002/(sici)1097-0142(19980815)83:4<734::aid-cncr16>3.0.co;2-#"


@pytest.mark.parametrize("ends", [(17,), (27,), (35,), (49,), (-1,), (18, 40), (27, 55)])
def test_a_sici_that_is_broken_at_the_end_of_a_line_is_whole(ends: tuple[int, ...]) -> None:
    *lines, last = (SICI[start:end] for start, end in pairwise((0, *ends, None)))
    printed = (*body(8), f"DOI: {lines[0]}", *lines[1:], f"{last} Received 15 August 1998", *body(30))
    assert dois(read(page(*printed))) == ({SICI}, set())


@pytest.mark.parametrize(
    "lines",
    [
        (*body(20), f"We follow Doe (2019), doi:{CITED}, in this.", *body(20)),
        (*body(8), "References", f"1. Doe J. A work. 2019;1:2-3. doi:{CITED}", f"DOI: {CITED}"),
        (f"This article corrects: https://doi.org/{CITED}", *body()),
        (f"The original article can be found at https://doi.org/{CITED}", *body()),
        (*body(), f"Notice: https://doi.org/{CITED}"),
        (*body(8), "Code and data are available in the repository.", f"DOI: {CITED}", *body(30)),
        (*body(8), "Doe J. Another matter. J Stud 12, 877-888.", f"doi:{CITED}", *body(30)),
    ],
)
def test_a_doi_of_another_work_is_not_the_articles_own(lines: tuple[str, ...]) -> None:
    assert dois(read(page(*lines), titles=(TITLE,))) == (set(), {CITED})


def test_a_doi_behind_the_name_of_the_journal_in_a_reference_is_not_the_articles_own() -> None:
    journal = "Annals of Pond and River Studies 2015"
    first = page((journal, 9.0), (TITLE, 20.0), ("Moss A, Fenn B", 11.0), *body(20))
    second = page(*body(20), "References", "[1] Moss A, Fenn B. A work on newts.", journal, f"https://doi.org/{CITED}")
    assert dois(read(first, second)) == (set(), {CITED})


def test_a_doi_of_references_that_continue_on_the_next_page_is_not_the_articles_own() -> None:
    cited = f"As before (https://doi.org/{CITED}), newts were counted."
    first = page((TITLE, 20.0), ("Moss A, Fenn B", 11.0), *body(9), cited, *body(9), "References", "Moss A. Newts.")
    assert dois(read(first, page(f"Moss A. Toads. Ann Ponds 2015. https://doi.org/{CITED}"))) == (set(), {CITED})


@pytest.mark.parametrize("names", ["A. Moss and B. Fenn, ", "Moss A, Fenn B. "])
def test_a_doi_in_a_footnote_is_not_the_articles_own(names: str) -> None:
    note = f"1 {names}Ann. Ponds 3 (2015) 1-9, https://doi.org/{CITED}"
    assert dois(read(page((TITLE, 20.0), *body(20), note))) == (set(), {CITED})


def test_a_doi_at_the_foot_of_both_pages_is_the_articles_own() -> None:
    foot = f"Doe et al., Journal of Studies, {OWN}"
    assert dois(read(page(*body(30), foot, *body(5)), page(*body(30), foot, *body(5)))) == ({OWN}, set())


def test_of_two_that_have_the_same_claim_neither_is_taken() -> None:
    assert dois(read(page(*body(8), f"DOI: {OWN}", "and", f"DOI: {CITED}", *body(30)))) == (set(), {OWN, CITED})


def test_a_figures_doi_is_not_the_articles() -> None:
    lines = (*body(8), f"DOI: {OWN}", *body(8), f"doi:{OWN}.g001", *body(22))
    assert dois(read(page(*lines)))[0] == {OWN}


def test_a_doi_that_is_broken_at_the_end_of_a_line_is_whole_again() -> None:
    lines = (*body(8), f"{TITLE}. PLoS ONE 9(10). doi:10.1371/journal.pone.", "0107412", *body(30))
    assert dois(read(page(*lines), titles=(TITLE,))) == ({"10.1371/journal.pone.0107412"}, set())


def test_the_last_page_counts_only_where_it_says_how_to_cite_the_article() -> None:
    first, second = page(*body()), page(*body())
    last = page(*body(), f"9. Doe J. 2019, 1:2-3. doi:{CITED}", f"doi:{OWN}", "Cite this article as: Doe J. 2020.")
    assert dois(read(first, second, last)) == ({OWN}, set())
    assert dois(read(first, second, page(*body(), f"doi:{OWN}"))) == (set(), set())


def test_the_title_is_what_is_set_largest_without_the_word_for_its_kind() -> None:
    found = read(page(("Research Article", 20), (TITLE[:20], 20), (TITLE[20:].strip(), 20), "Jane Doe", *body()))
    assert found.titles[0] == (f"{TITLE[:20]} {TITLE[20:].strip()}", "page 1, in its largest type")


def test_a_page_in_one_type_shows_no_title() -> None:
    assert read(page(*body())).titles == ()


def test_what_a_template_says_does_not_hide_the_articles_doi() -> None:
    lines = (f"https://doi.org/{OWN}", *body(8), "DOI: 10.1145/nnnnnnn.nnnnnnn", *body(30))
    assert dois(read(page(*lines)))[0] == {OWN}


CITATIONS = (
    f"Moss Letters (2007) 152, 765-777; doi:{OWN}; published online 18 June 2007",
    f"Moss Lett 2016; 10(2):92-98 | doi: {OWN}",
    f"J Moss Res 2019;12:e107. https://doi.org/{OWN}".replace("https", "doi: https"),
)


def set_apart(words: str) -> tuple[TextLine, ...]:
    """Return a page whose text continues to its foot, and a line of its own in the middle, with space above it."""
    lines = page((TITLE, 20.0), *body())
    free = lines[20]
    return (*lines[:20], TextLine(words, free.bottom - 4, free.bottom - 14, 10.0), *lines[23:])


@pytest.mark.parametrize("citation", CITATIONS)
def test_a_journals_citation_line_names_the_articles_own_doi(citation: str) -> None:
    assert dois(read(set_apart(citation))) == ({OWN}, set())


@pytest.mark.parametrize("citation", CITATIONS)
def test_the_last_line_of_a_footnotes_reference_is_not_a_citation_line(citation: str) -> None:
    lines = page(
        (TITLE, 20.0), *body(20), "1. A. Writer, B. Reader: On the moss of walls and what it", citation, *body(20)
    )
    assert dois(read(lines)) == (set(), {OWN})


def test_a_doi_that_is_broken_behind_its_slash_is_whole_again() -> None:
    lines = page(
        (TITLE, 20.0), *body(20), "Please cite this article as:", f"{TITLE}. Moss Lett. doi: 10.1234/", "own.1"
    )
    assert dois(read(lines)) == ({OWN}, set())
