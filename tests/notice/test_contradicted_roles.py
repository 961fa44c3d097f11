"""The DOI of the notice is never taken for that of its article, nor the other way round."""

import pytest

from watermark.notice import DoiMention, DoiRole, from_text
from watermark.notice.extraction.article_numbers import is_suffixed
from watermark.notice.extraction.contradicted_roles import checked_roles
from watermark.notice.model import ROLE_NOT_SHOWN
from watermark.notice.text_blocks import Block

OWN_CITATION_ABOVE = """Ponds 2022; 12(16):7000. doi:10.5555/pond.80

Retraction

Retraction: Newts deliver light to the weeds

Published: 2022-10-03

Luo P, Hai W. Newts deliver light to the weeds. Ponds 2017; 7(10):2600-2612. doi:10.5555/pond.20.

The photographs in Figure 6 were used twice.
"""
DATED_CITATION_BELOW = """Retraction: Newts deliver light to the weeds

January 18, 2016

https://doi.org/10.5555/pond.90

Vol. 181, No. 4, May 19, 2008. Pages 600-610. https://doi.org/10.5555/pond.8

The photographs in Figure 6 were used twice. The authors agree.
"""
ORIGINAL_LAST = """Retraction: Newts deliver light to the weeds

At the request of the authors, Ponds is retracting “Newts deliver light to the weeds” by P. Luo.

https://doi.org/10.5555/pond.90

Published March 9, 2016

Original: https://doi.org/10.5555/pond.8
"""
WITH_A_MARK_BEHIND = """Retraction of: Newts deliver light to the weeds

Ponds (2009) 20, 4000-4011. Published online 22 July 2009. DOI: 10.5555/pond.8

The authors wish to retract this article.

DOI: 10.5555/pond.8ret

August 1, 2014
"""


@pytest.mark.parametrize(
    ("text", "article", "notice"),
    [
        (OWN_CITATION_ABOVE, "10.5555/pond.20", "10.5555/pond.80"),
        (DATED_CITATION_BELOW, "10.5555/pond.8", "10.5555/pond.90"),
        (ORIGINAL_LAST, "10.5555/pond.8", "10.5555/pond.90"),
        (WITH_A_MARK_BEHIND, "10.5555/pond.8", "10.5555/pond.8ret"),
    ],
)
def test_the_two_dois_are_distinguished_by_years_labels_and_marks(text: str, article: str, notice: str) -> None:
    found = from_text(text)
    assert (found.article.doi, found.doi) == (article, notice)


OPEN = DoiRole.UNKNOWN


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        ({"10.5555/pond.8.ret": DoiRole.ARTICLE}, ("doi:10.5555/pond.8.ret",)),
        ({"10.5555/pond.8": DoiRole.ARTICLE, "10.5555/p.7": OPEN}, ("2019 doi:10.5555/pond.8", "2017 10.5555/p.7")),
        ({"10.5555/pond.9": DoiRole.NOTICE, "10.5555/p.7": OPEN}, ("2017 doi:10.5555/pond.9", "2019 10.5555/p.7")),
        ({"10.5555/pond.9": DoiRole.NOTICE}, ("Original: doi:10.5555/pond.9",)),
    ],
    ids=["the mark of a notice", "a younger article", "an older notice", "the original"],
)
def test_a_role_that_a_mark_a_year_or_a_label_contradicts_is_taken_back(
    given: dict[str, DoiRole], lines: tuple[str, ...]
) -> None:
    roles = tuple(DoiMention(doi=doi, role=role, evidence=ROLE_NOT_SHOWN) for doi, role in given.items())
    found = [Block(marked_up=line, words=line) for line in lines]
    assert {one.role for one in checked_roles(roles, found)} == {OPEN}


def test_a_younger_work_is_not_the_article_of_an_older_notice() -> None:
    text = (
        "Retraction: Newts deliver light to the weeds\n\nPonds 2017;7:26. doi:10.5555/pond.20\n\n"
        "We retract this article (Lakes 2021;3:1. doi:10.5555/lake.30).\n"
    )
    found = from_text(text)
    assert (found.article.doi, found.doi) == ("", "")


@pytest.mark.parametrize("mark", ["ret", "_RET", ".retract", "/retraction", "-retraction", "eoc"])
def test_a_doi_with_the_mark_of_a_notice_is_another_one_with_that_mark_behind_it(mark: str) -> None:
    assert is_suffixed(f"10.5555/pond.8{mark}", "10.5555/pond.8")


@pytest.mark.parametrize("other", ["10.5555/pond.80", "10.5555/pond.8.s1", "10.5555/pond.8"])
def test_a_doi_that_is_only_longer_has_no_mark(other: str) -> None:
    assert not is_suffixed(other, "10.5555/pond.8")


def test_a_doi_beside_the_date_is_not_the_notices_where_another_one_is_not_explained() -> None:
    ends = "The editors retract this article (Marsh A. Newts. Ponds 2019;3:1-9. doi:10.5555/pond.1).\n"
    head = "Retraction: Newts of the northern ponds\n\nhttps://doi.org/10.5555/pond.n1\n\nPublished 4 May 2024\n\n"
    assert from_text(head + ends).doi == "10.5555/pond.n1"
    assert not from_text(f"{head}A. Marsh\n\nhttps://doi.org/10.5555/lake.7\n\n{ends}").doi


def test_of_two_works_that_are_cited_below_a_bare_heading_none_is_the_article() -> None:
    one = "Marsh A, Reed B. Newts of the northern ponds. Ponds. 2019;3:1-9. doi:10.5555/pond.1"
    other = "Fenn C, Moor D. Toads of the southern pools. Pools. 2018;4:2-8. doi:10.5555/pool.2"
    says = "The above article has been retracted by the editors.\n"
    assert from_text(f"Retraction\n\n{one}\n\n{says}").article.doi == "10.5555/pond.1"
    assert not from_text(f"Retraction\n\n{other}\n\n{one}\n\n{says}").article.doi


def test_the_article_below_its_volume_is_not_the_doi_that_is_labelled_as_such() -> None:
    text = (
        "WITHDRAWAL\n\nVOLUME 284 (2009) PAGES 30000-30010\nDOI 10.5555/pond.w1\n\nPublished December 11, 2015\n\n"
        "This article has been withdrawn by the authors.\n"
    )
    assert not from_text(text).article.doi


def test_a_citation_below_the_title_is_not_the_article_where_the_words_name_another_one() -> None:
    text = (
        "Retraction: Newts of the northern ponds\n\nPools. 2018;4:2-8. doi:10.5555/pool.2\n\nPublished 4 May 2024\n\n"
        "The editors retract this article (Ponds 2019;3:1-9. doi:10.5555/pond.1).\n"
    )
    assert from_text(text).article.doi != "10.5555/pool.2"
