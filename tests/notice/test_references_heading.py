"""Where the references of a notice begin, what they are of, and what is printed above or below them."""

import pytest

from watermark.notice import from_text

TITLE = "Newts of the northern ponds"
DEED = "The article has been retracted, because its authors lost the counts."
ARTICLE, OTHER = "https://doi.org/10.5555/pond.1", "https://doi.org/10.5555/other.1"
LISTED = f"1. Marsh A. Newts of ponds. Ponds. 2019;3:1. {ARTICLE}\n2. Reed B. Toads. Ponds. 2009;3:1. {OTHER}\n"
TOADS = f"1. Reed B. Toads. Ponds. 2009;3:1. {OTHER}\n"


def article_of(text: str) -> str:
    """Return the DOI of the article that a notice with this body is about."""
    return from_text(f"Retraction: {TITLE}\n\n{text}").article.doi


@pytest.mark.parametrize(("number", "article"), [(1, "10.5555/pond.1"), (3, "")])
def test_a_raised_number_behind_the_sentence_that_retracts_is_that_of_the_article(number: int, article: str) -> None:
    told = f"We retract the article.{number} Its tables resemble those of another work.2"
    assert article_of(f"{told}\n\nReferences\n\n{LISTED}") == article


@pytest.mark.parametrize(
    ("line", "article"),
    [(f"The DOI of the retracted article is {ARTICLE}", "10.5555/pond.1"), (f"Its DOI is like {ARTICLE}", "")],
)
def test_a_line_below_the_references_may_name_the_article(line: str, article: str) -> None:
    assert article_of(f"{DEED}\n\nReferences\n\n{TOADS}\n{line}\n") == article


@pytest.mark.parametrize(
    ("text", "article"),
    [
        (f"{DEED}\n\nArticle: {ARTICLE}\n", "10.5555/pond.1"),
        (f"{DEED}\n\nArticle: Reed B. Toads. {OTHER}\n", ""),
        (f"{DEED}\n\nOriginal version: {ARTICLE}\n", "10.5555/pond.1"),
        (f"Retracts doi: 10.5555/pond.1\n\n{DEED}\n", "10.5555/pond.1"),
        (f"Original article: Data of pond newts. Ponds. 2019;3:1. {ARTICLE}\n\n{DEED}\n", "10.5555/pond.1"),
        (f"Data file: Ponds. 2019;3:1. {OTHER}\n\n{DEED}\n", ""),
        (f"{DEED} References should be to the following article:\n\nReed B. Toads. Ponds. 2020;3:1. {OTHER}\n", ""),
        (f"{DEED}\n\n[1] Reed B. Toads of pools. Ponds 2009, {OTHER}\n", ""),
        (f"{DEED}\n\nRetraction Note to: {TITLE}, Vol. 17, 2016\n{ARTICLE}\n", "10.5555/pond.1"),
        (f"Ponds 105, 1224 (2014). {ARTICLE}\n\nThe above article has been retracted.\n", "10.5555/pond.1"),
        (f"Ponds 105, 1224 (2014). {OTHER}\n\nThe article has been retracted.\n", ""),
    ],
)
def test_a_line_that_introduces_the_article_or_is_above_its_retraction_gives_its_doi(text: str, article: str) -> None:
    assert article_of(text) == article


@pytest.mark.parametrize(
    ("lead", "behind", "article"),
    [
        ("La rédaction a rétracté le texte suivant :", "", "10.5555/pond.1"),
        ("La rédaction retire ce texte, copié de celui-ci :", "", ""),
        ("Der Beitrag", "wird von der Redaktion zurückgezogen.", "10.5555/pond.1"),
        ("Der Beitrag", "ist ein Buch.", ""),
    ],
)
def test_a_sentence_of_another_language_around_a_citation_says_whose_it_is(
    lead: str, behind: str, article: str
) -> None:
    cited = f"Marsh A. {TITLE}. Ponds. 2019;3:1. {ARTICLE}"
    assert from_text(f"Retraction\n\n{lead}\n\n{cited}\n\n{behind}\n").article.doi == article
