"""The right article: DOI against DOI first, then title against title, and nothing marked by accident."""

import pytest

from watermark.article import Match, match
from watermark.article.identity import Found, Identity, identity_of
from watermark.notice import Notice, Reference, State

TITLE = "miR-31 Modulates Liver Cancer HepG2 Cell Apoptosis and Invasion via ROCK1/F-Actin Pathways"
FILLER = " The text goes on with words that belong to the body of the article." * 8


def notice(doi: str = "", title: str = TITLE, own: str = "") -> Notice:
    return Notice(state=State.RETRACTION, doi=own, article=Reference(title=title, doi=doi))


def identity(doi: str = "", title: str = "", opening: str = "") -> Identity:
    return identity_of({"prism:doi": doi, "dc:title": title}, {}, opening)


@pytest.mark.parametrize(
    ("pdf", "says", "expected"),
    [
        (identity(doi="10.1/a"), notice(doi="10.1/a"), Match.MATCH),
        (identity(doi="10.1/A"), notice(doi="10.1/a"), Match.MATCH),
        (identity(doi="10.1/b", title=TITLE), notice(doi="10.1/a"), Match.MISMATCH),
        (identity(doi="10.1/n"), notice(doi="10.1/a", own="10.1/n"), Match.IS_THE_NOTICE),
        (identity(title=TITLE + " [Retraction]"), notice(), Match.IS_THE_NOTICE),
        (identity(title="Retraction: " + TITLE), notice(), Match.IS_THE_NOTICE),
        (identity(title=TITLE), notice(), Match.MATCH),
        (identity(title="RETRACTED: " + TITLE), notice(), Match.MATCH),
        (identity(title="Another Title Altogether"), notice(), Match.MISMATCH),
        (identity(title="Microsoft Word - final2.doc", opening=TITLE + FILLER), notice(), Match.MATCH),
        (identity(opening=TITLE.replace("Apoptosis", "Apop-\ntosis") + FILLER), notice(), Match.MATCH),
        (identity(opening=FILLER), notice(), Match.MISMATCH),
        (identity(opening=FILLER + " doi:10.1/a"), notice(doi="10.1/a"), Match.MISMATCH),
        (identity(opening=FILLER + " doi:10.1/a"), notice(doi="10.1/a", title=""), Match.MATCH),
        (identity(), notice(), Match.UNKNOWN),
        (identity(), notice(doi="10.1/a"), Match.UNKNOWN),
    ],
)
def test_the_notice_is_held_against_what_the_pdf_says(pdf: Identity, says: Notice, expected: Match) -> None:
    result = match(pdf, says)
    assert result.match is expected, result.evidence
    assert result.evidence


def test_the_strongest_source_stands_first_and_each_doi_once() -> None:
    found = identity_of({"prism:doi": "10.1/x", "dc:identifier": "doi:10.1/X"}, {"/Subject": "J. 2020 doi:10.1/y"}, "")
    assert found.dois == (Found("10.1/x", "XMP prism:doi"), Found("10.1/y", "Info /Subject"))


def test_a_title_about_retraction_is_not_a_notice() -> None:
    pdf = identity(title="Retracted Articles and the Web: A Study", opening="")
    assert match(pdf, notice(title="Retracted Articles and the Web: A Study")).match is Match.MATCH


def test_a_title_that_begins_with_the_word_retraction_is_not_a_notice() -> None:
    title = "Retraction of the soft palate in sleep: a cohort study"
    assert match(identity(title=title), notice(title=title)).match is Match.MATCH
