"""The numbers of a citation, and those in two DOIs of one journal, tell the article's DOI, and no other work's."""

import pytest

from watermark.notice import from_text

TITLE = "Newts of the northern ponds"
DEED = "This article has been retracted, because its authors lost the counts."
NOTICE, ARTICLE = "10.5555/pond.n1", "10.5555/pond.1"
LATER, EARLIER = "10.5555/pond.2021.44", "10.5555/pond.2019.87"
CITED = f"Retraction: “{TITLE}” [Ponds 105, %s (2014)]\n\nA. Marsh\n\n%s https://doi.org/%s\n\n{DEED}\n"
ABOVE = (
    f"Retraction: {TITLE}\n\nPonds 105, %s https://doi.org/{ARTICLE}\n\n"
    "The above article, in Ponds, volume 105, pp. 1224-1230, has been retracted.\n"
)
HEADING = f"Retraction: {TITLE}\n\nA. Marsh\n\nhttps://doi.org/{LATER}\n\n"


def dois(text: str) -> tuple[str, str]:
    """Return the DOIs of the article and of the notice as they are read."""
    found = from_text(text)
    return found.article.doi, found.doi


@pytest.mark.parametrize(
    ("text", "article"),
    [
        pytest.param(CITED % (1224, "Ponds 105, 1224 (2014)", ARTICLE), ARTICLE, id="volume and page"),
        pytest.param(CITED % (1224, "Ponds 105, 9903 (2014)", ARTICLE), "", id="the volume alone"),
        pytest.param(CITED % (122403, "", "10.5555/1.122403"), "10.5555/1.122403", id="the number in the DOI"),
        pytest.param(CITED % (122403, "", "10.5555/1.122404"), "", id="another number in the DOI"),
        pytest.param(CITED % (403, "", "10.5555/pond.403"), "", id="a number of three digits in the DOI"),
        pytest.param(ABOVE % 1224, ARTICLE, id="volume and page in a sentence"),
        pytest.param(ABOVE % 1225, "", id="another page in a sentence"),
    ],
)
def test_a_doi_with_all_numbers_of_the_article_s_citation_is_the_article_s(text: str, article: str) -> None:
    assert dois(text) == (article, "")


@pytest.mark.parametrize(
    ("place", "notice"),
    [
        (f"Ponds 105 (2014) 129901 doi:{NOTICE}", NOTICE),
        ("Ponds (2014) 129901 doi:10.5555/1.129901", "10.5555/1.129901"),
        ("Ponds (2014) 129901 doi:10.5555/1.129902", ""),
    ],
)
def test_the_doi_in_the_heading_with_the_numbers_of_another_page_is_the_notice_s(place: str, notice: str) -> None:
    title = f"Retraction: “{TITLE}” [Ponds 105, 122403 (2014)]"
    text = f"{title}\n\n{place}\n\nPublished 2 May 2016\n\n{DEED}\n\nIt is kept online, doi:10.5555/1.122403.\n"
    assert dois(text) == ("10.5555/1.122403", notice)


def test_the_numbers_in_the_note_of_a_publisher_are_those_of_its_article() -> None:
    title = f"Publisher's Note: “{TITLE}” [Ponds 105, 122403 (2014)]"
    listed = f"1. A. Marsh, Ponds 105, 122403 (2014), doi:{ARTICLE}\n2. A. Marsh, Lakes 3, 104 (2013), doi:10.5555/b"
    assert dois(f"{title}\n\nThis article is being retracted, as its counts are wrong.1\n\n{listed}\n") == (ARTICLE, "")


def test_the_numbers_of_a_title_with_one_number_alone_tell_nothing() -> None:
    text = (
        f"Retraction: “{TITLE}” [Ponds, No. 105 (2014)]\n\nA. Marsh\n\nPonds 105 https://doi.org/{ARTICLE}\n\n{DEED}\n"
    )
    assert dois(text) == ("", "")


def test_the_older_doi_of_the_journal_in_a_line_of_the_heading_is_the_article_s() -> None:
    assert dois(f"{HEADING}Ponds 83, 104, https://doi.org/{EARLIER}\n\n{DEED}\n") == (EARLIER, LATER)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{HEADING}{DEED}\n\nToads of the southern pools\n\nhttps://doi.org/{EARLIER}\n", id="a title"),
        pytest.param(
            f"{HEADING}{DEED}\n\nRead next\n\nToads of pools\n\nB. Reed\n\nhttps://doi.org/{EARLIER}\n", id="a list"
        ),
        pytest.param(
            f"{HEADING}{DEED}\n\nB. Reed, Toads of pools, Ponds 3, 12, https://doi.org/{EARLIER}\n", id="a line"
        ),
        pytest.param(f"{HEADING}{DEED}\n\nExpression of concern\n\nhttps://doi.org/{EARLIER}\n", id="a concern"),
        pytest.param(
            f"Ponds\n\nToads of the southern pools\n\nhttps://doi.org/{EARLIER}\n\n{HEADING}{DEED}\n", id="above"
        ),
        pytest.param(f"{HEADING}Ponds 83, 104, https://doi.org/10.5555/pool.2019.87\n\n{DEED}\n", id="another journal"),
    ],
)
def test_the_older_doi_of_another_article_of_the_journal_is_not_the_article_s(text: str) -> None:
    assert dois(text)[0] == ""
