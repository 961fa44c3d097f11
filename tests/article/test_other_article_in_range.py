"""The beginning of another article is known by its title and DOI, never by a heading, figure or running head."""

import pytest

from watermark.article.identity import identity_of
from watermark.article.other_article_in_range import Beginning, beginning_on, of_other_articles
from watermark.notice import Notice, Reference, State
from watermark.pdf.text_lines import TextLine

TITLE, OTHER = "Margins of Error in Coastal Surveys", "Lead Isotopes in Roman Water Pipes"
DOI = "10.5555/vol.1"


def page(*lines: tuple[str, float]) -> tuple[TextLine, ...]:
    """Return the lines of a page with their sizes, and a paragraph below them."""
    text = [(f"Words of the article that are line number {number} of a paragraph.", 10.0) for number in range(20)]
    return tuple(
        TextLine(words, top=760.0 - 24 * index + size, bottom=760.0 - 24 * index, size=size)
        for index, (words, size) in enumerate((*lines, *text))
    )


FIRST = page((TITLE, 20.0), (f"https://doi.org/{DOI}", 10.0))


def others_on(lines: tuple[TextLine, ...], doi: str = DOI, first: tuple[TextLine, ...] = FIRST) -> list[Beginning]:
    notice = Notice(state=State.RETRACTION, title="Retraction", article=Reference(title=TITLE, doi=doi))
    found = beginning_on(2, lines, first)
    return list(of_other_articles([found] if found else [], identity_of({}, {}, [first]), notice))


@pytest.mark.parametrize("doi", [DOI, ""])
def test_a_title_with_a_doi_of_its_own_begins_another_article(doi: str) -> None:
    assert others_on(page((OTHER, 20.0), ("https://doi.org/10.5555/vol.2", 10.0)), doi) == [
        Beginning(2, OTHER, "10.5555/vol.2")
    ]


def test_a_title_as_large_as_that_of_the_article_may_begin_another_one() -> None:
    assert others_on(page((OTHER, 20.0))) == [Beginning(2, OTHER, "")]
    assert not others_on(page((OTHER, 16.0)))


@pytest.mark.parametrize(
    "lines",
    [
        ((TITLE, 20.0), (f"https://doi.org/{DOI}", 10.0)),
        ((TITLE, 20.0), ("https://doi.org/10.5555/preprint.1", 10.0)),
        ((f"DOI: {DOI}", 8.0), ("The second part of the results", 14.0)),
        (("The second part of the results", 14.0), ("DOI: 10.5555/VOL.1.g001", 8.0)),
        (("The second part of the results", 12.0), ("DOI: 10.5555/data.7", 8.0)),
        (("Acknowledgements", 20.0), ("DOI: 10.5555/cited.7", 8.0)),
        (("References", 20.0), ("Alpha, A. Lead isotopes in pipes. 2001.", 10.0), ("doi:10.5555/cited.7", 10.0)),
    ],
    ids=["the title again", "another version", "a running head", "a figure", "a heading", "thanks", "references"],
)
def test_pages_of_the_article_itself_begin_no_other(lines: tuple[tuple[str, float], ...]) -> None:
    assert not others_on(page(*lines))
