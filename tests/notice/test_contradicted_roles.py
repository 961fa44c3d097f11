"""The DOI of the notice is never taken for that of its article, nor the other way round."""

import pytest

from watermark.notice import from_text
from watermark.notice.extraction.contradicted_roles import is_suffixed

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
