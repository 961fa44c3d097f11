"""An article whose own DOI the notice names in another role is refused, whatever its title says."""

from dataclasses import replace

import pytest

from watermark.article import Identity, Match, match
from watermark.article.doi_links import AT_THE_EDGE
from watermark.article.identifiers import SourcedValue
from watermark.notice import ROLE_NOT_SHOWN, DoiMention, DoiRole, Notice, Reference, State

TITLE = "Newts of the northern hills and of the southern ponds"
OWN = "10.5555/own.1"


def identity(doi: str = OWN, place: str = "XMP prism:doi", title: str = TITLE, printed: str = "") -> Identity:
    text = "\n".join((title, "A. Marsh", *("Running text of the article." for _ in range(20))))
    return Identity(
        dois=(SourcedValue(doi, place),) if doi else (),
        printed_dois=(SourcedValue(printed, "page 1"),) if printed else (),
        titles=(SourcedValue(title, "XMP dc:title"),),
        first_page_text=text,
    )


def notice(
    role: DoiRole | None,
    *,
    article: str = "",
    evidence: str = "as it says",
    state: State = State.RETRACTION,
    text: str = "",
) -> Notice:
    dois = (DoiMention(doi=OWN, role=role, evidence=evidence),) if role else ()
    reference = Reference(title=TITLE, doi=article, authors=("Marsh A",), year=2020)
    return Notice(state=state, article=reference, dois=dois, statement=(text,) if text else ())


@pytest.mark.parametrize("role", [DoiRole.NOTICE, DoiRole.REPLACEMENT, DoiRole.SOURCE, DoiRole.REFERENCE])
@pytest.mark.parametrize("article", ["", OWN, "10.5555/another.1"])
def test_a_certain_role_is_a_refusal_even_where_the_user_names_that_doi(role: DoiRole, article: str) -> None:
    result = match(identity(), notice(role, article=article))
    assert result.match is (Match.IS_THE_NOTICE if role is DoiRole.NOTICE else Match.MISMATCH)
    assert role.value in result.evidence[0]


def test_without_a_role_title_and_authors_carry_the_match() -> None:
    assert match(identity(), notice(None)).match is Match.MATCH
    assert match(identity(), notice(DoiRole.ARTICLE, article=OWN)).match is Match.MATCH


def test_a_doi_whose_role_is_unknown_leaves_open_whether_it_is_the_article() -> None:
    assert match(identity(), notice(DoiRole.UNKNOWN)).match is Match.UNKNOWN
    assert match(identity(), notice(DoiRole.UNKNOWN, evidence=ROLE_NOT_SHOWN)).match is Match.MATCH
    assert match(identity(doi="", printed=OWN), notice(DoiRole.UNKNOWN)).match is Match.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "It is an accidental duplication of an article that has already been published.",
        "The article was published twice.",
        "It has been republished in another issue.",
    ],
)
def test_where_another_article_has_the_same_content_the_title_is_not_enough(text: str) -> None:
    assert match(identity(), notice(None, text=text)).match is Match.UNKNOWN
    assert match(identity(), notice(None, article=OWN, text=text)).match is Match.MATCH


def test_a_printed_doi_in_another_role_leaves_open_whether_it_is_the_article() -> None:
    assert match(identity(doi="", printed=OWN), notice(DoiRole.SOURCE)).match is Match.UNKNOWN
    assert match(identity(doi="", printed=OWN), notice(None, article="10.5555/another.1")).match is Match.UNKNOWN
    assert match(identity(doi="", printed=OWN), notice(None, article=OWN)).match is Match.MATCH


def test_a_link_at_the_edge_may_be_a_mark_s_own() -> None:
    marked = Identity(
        dois=(SourcedValue("10.5555/article.1", "XMP prism:doi"), SourcedValue(OWN, AT_THE_EDGE)),
        titles=(SourcedValue(TITLE, "XMP dc:title"),),
    )
    for role in (DoiRole.NOTICE, DoiRole.REPLACEMENT):
        assert match(marked, notice(role, article="10.5555/article.1")).match is Match.MATCH


def test_a_retracted_article_that_shares_its_doi_with_its_replacement_is_known_by_its_title() -> None:
    shared = Notice(state=State.RETRACTED_AND_REPLACED, article=Reference(title=TITLE, doi=OWN), replacement_doi=OWN)
    assert match(identity(), shared).match is Match.UNKNOWN
    assert match(identity(title=f"RETRACTED: {TITLE}"), shared).match is Match.MATCH


@pytest.mark.parametrize(
    ("created", "date", "found"),
    [
        ("2021-02-03", "2024-05-04", Match.MATCH),
        ("2024-04-20", "2024-05-04", Match.UNKNOWN),
        ("2024-05-06", "2024-05-04", Match.UNKNOWN),
        ("2021-02-03", "2024-05", Match.UNKNOWN),
        ("2021-02-03", "", Match.UNKNOWN),
        ("", "2024-05-04", Match.UNKNOWN),
    ],
)
def test_a_retracted_article_that_shares_its_doi_is_known_by_a_date_long_before_the_notice(
    created: str, date: str, found: Match
) -> None:
    article = Reference(title=TITLE, doi=OWN)
    shared = Notice(state=State.RETRACTED_AND_REPLACED, article=article, replacement_doi=OWN, date=date)
    assert match(replace(identity(), created=created), shared).match is found


def test_a_page_that_is_headed_and_worded_as_a_notice_is_the_notice() -> None:
    words = ("Expression of Concern: " + TITLE, "The editors issue this expression of concern about the article.")
    page = Identity(titles=(SourcedValue(words[0], "page 1"),), first_page_text="\n".join(words))
    assert match(page, notice(None)).match is Match.IS_THE_NOTICE


@pytest.mark.parametrize(
    "doi",
    [
        "10.1101/2020.05.21.20109871",
        "10.1101/123456v2",
        "10.48550/arxiv.2001.00001",
        "10.21203/rs.3.rs-12345/v1",
        "10.20944/preprints202001.0001.v1",
        "10.2139/ssrn.1234567",
    ],
)
def test_a_preprint_is_not_marked_for_a_notice_that_gives_no_doi_of_its_article(doi: str) -> None:
    assert match(identity(doi), notice(None)).match is Match.UNKNOWN
    assert match(identity(doi), notice(None, text="The authors have withdrawn this preprint.")).match is Match.MATCH
    assert match(identity("10.1101/gr.123456.119"), notice(None)).match is Match.MATCH
