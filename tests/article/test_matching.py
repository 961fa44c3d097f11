"""The right article: identifier against identifier first, then title against title, and nothing marked by accident."""

import dataclasses
import random
import time

import pytest

from tests.article.lines import body, page
from watermark.article import Identity, Match, match
from watermark.article.doi_links import AT_THE_EDGE
from watermark.article.identifiers import SourcedValue
from watermark.article.identity import identity_of
from watermark.notice import Notice, Reference, State

TITLE = "miR-31 Modulates Liver Cancer HepG2 Cell Apoptosis and Invasion via ROCK1/F-Actin Pathways"
PEOPLE = ("Zhang X", "Xu L", "Tao Yang")
NAMED = "Xin Zhang, Lei Xu, Tao Yang"


def notice(doi: str = "", title: str = TITLE, own: str = "", authors: tuple[str, ...] = ()) -> Notice:
    return Notice(state=State.RETRACTION, doi=own, article=Reference(title=title, doi=doi, authors=authors, year=2020))


def identity(
    doi: str = "", title: str = "", first: str = "", *lines: str, links: tuple[SourcedValue, ...] = ()
) -> Identity:
    """An article whose page 1 has `first` in large type; no page at all when nothing is given for it."""
    opening = page((first, 20.0), *lines, *body()) if first or lines else ()
    return identity_of({"prism:doi": doi, "dc:title": title}, {}, (opening,), links)


@pytest.mark.parametrize(
    ("pdf", "says", "expected"),
    [
        (identity(doi="10.1/a"), notice(doi="10.1/a"), Match.MATCH),
        (identity(doi="10.1/A"), notice(doi="10.1/a"), Match.MATCH),
        (identity(doi="10.1/b", title=TITLE), notice(doi="10.1/a"), Match.MISMATCH),
        (identity(doi="10.1/n"), notice(doi="10.1/a", own="10.1/n"), Match.IS_THE_NOTICE),
        (identity(title=TITLE + " [Retraction]"), notice(), Match.IS_THE_NOTICE),
        (identity(title="Retraction: " + TITLE), notice(), Match.IS_THE_NOTICE),
        (identity("", "", "Retraction notice to: " + TITLE), notice(), Match.IS_THE_NOTICE),
        (identity("", "", "Correction: " + TITLE), notice(), Match.IS_THE_NOTICE),
        (identity(title=TITLE), notice(), Match.MATCH),
        (identity(title="RETRACTED: " + TITLE), notice(), Match.MATCH),
        (identity(title="RETRACTED ARTICLE: " + TITLE), notice(), Match.MATCH),
        (identity(title="Another Title Altogether"), notice(), Match.MISMATCH),
        (identity("", "Microsoft Word - final2.doc", TITLE), notice(), Match.MATCH),
        (identity("", "", TITLE.replace("Apoptosis", "Apop- tosis")), notice(), Match.MATCH),
        (identity("", "", "Something else altogether, in large type"), notice(), Match.MISMATCH),
        (identity(), notice(), Match.UNKNOWN),
        (identity(), notice(doi="10.1/a"), Match.UNKNOWN),
        (identity(title="untitled"), notice(doi="10.1/a"), Match.UNKNOWN),
    ],
)
def test_the_notice_is_compared_with_what_the_pdf_says(pdf: Identity, says: Notice, expected: Match) -> None:
    result = match(pdf, says)
    assert result.match is expected, result.evidence
    assert result.evidence


def test_a_doi_that_is_only_cited_is_never_enough() -> None:
    pdf = identity("", "", "Another work altogether", *body(9), "We go on from Zhang (2020), 13:877-888. doi:10.1234/a")
    assert pdf.printed_dois == (("10.1234/a", "page 1"),)
    assert match(pdf, notice(doi="10.1234/a")).match is Match.MISMATCH
    assert match(pdf, notice(doi="10.1234/a", title="")).match is Match.UNKNOWN


@pytest.mark.parametrize(("place", "expected"), [("page 1", Match.MATCH), ("page 2", Match.MISMATCH)])
def test_authors_do_not_make_a_doi_of_a_later_page_the_files_own_against_its_title(place: str, expected: Match) -> None:
    pdf = identity("", "", "Another work of the same people altogether", NAMED)
    pdf = dataclasses.replace(pdf, dois=(SourcedValue("10.1234/a", f"{place}, as its own"),))
    assert match(pdf, notice(doi="10.1234/a", authors=PEOPLE)).match is expected


@pytest.mark.parametrize(
    ("first_page", "place", "expected"),
    [
        *((2, "page 2", Match.MATCH), (21, "page 21", Match.MATCH), (2, "page 3", Match.MISMATCH)),
        *((113, "page 114", Match.MISMATCH), (9, "page 10", Match.MISMATCH), (113, "last page", Match.MISMATCH)),
    ],
)
def test_the_first_page_of_an_article_in_a_volume_is_no_later_page(
    first_page: int, place: str, expected: Match
) -> None:
    pdf = identity("", "", "Another work of the same people altogether", NAMED)
    dois = (SourcedValue("10.1234/a", f"{place}, as its own"),)
    pdf = dataclasses.replace(pdf, dois=dois, first_page=first_page)
    assert match(pdf, notice(doi="10.1234/a", authors=PEOPLE)).match is expected


@pytest.mark.parametrize(
    "behind",
    [
        *(": a reanalysis", " (corrected and republished)", ": authors' reply", ". Part II", " II", ": study protocol"),
        *(
            ": Supplementary material",
            ": a replication",
            ": ten-year follow-up",
            " - Discussion",
            " (preprint)",
            " in Wales",
        ),
    ],
)
def test_a_title_that_continues_as_that_of_another_work_is_not_the_articles(behind: str) -> None:
    pdf = identity("", "", TITLE + behind, NAMED)
    assert match(pdf, notice(doi="10.1234/a", authors=PEOPLE)).match is not Match.MATCH


@pytest.mark.parametrize(
    "title",
    [
        *("Comment on “{}”", "Letter to the editor regarding {}", "Editorial: what to make of “{}”", "Re: {}"),
        *("Reply to the comment on “{}”", "{}: study protocol", "{}. II. Further observations", "{}: a reanalysis"),
    ],
)
@pytest.mark.parametrize("place", ["page 2, in its references", "page 1"])
def test_a_work_about_the_article_is_not_the_article_though_it_prints_its_doi(title: str, place: str) -> None:
    pdf = identity("", "", title.format(TITLE), NAMED)
    pdf = dataclasses.replace(pdf, printed_dois=(SourcedValue("10.1234/a", place),))
    assert match(pdf, notice(doi="10.1234/a")).match is not Match.MATCH
    assert match(pdf, notice(doi="10.1234/a", authors=PEOPLE)).match is not Match.MATCH


def test_a_doi_among_the_references_does_not_support_a_title_that_agrees_in_part() -> None:
    pdf = identity("", "", f"{TITLE}: a cohort of mice")
    for place, expected in (("page 1", Match.MATCH), ("page 2, in its references", Match.UNKNOWN)):
        printed = dataclasses.replace(pdf, printed_dois=(SourcedValue("10.1234/a", place),))
        assert match(printed, notice(doi="10.1234/a")).match is expected


def test_a_title_with_a_subtitle_is_the_articles_unless_the_notice_names_a_replacement() -> None:
    pdf = identity("", "", TITLE + ": a cohort study", NAMED)
    says = notice(doi="10.1234/a", authors=PEOPLE)
    replaced = dataclasses.replace(says, state=State.RETRACTED_AND_REPLACED, replacement_doi="10.1234/b")
    assert match(pdf, says).match is Match.MATCH
    assert match(pdf, replaced).match is Match.UNKNOWN


def test_an_expression_of_concern_with_the_title_is_not_the_article() -> None:
    pdf = identity("", "", f"Expression of concern: {TITLE}", NAMED)
    assert match(pdf, notice(doi="10.1234/a", authors=PEOPLE)).match is Match.UNKNOWN


def test_two_titles_that_differ_in_one_word_are_two_articles() -> None:
    rats, mice = (f"Effects of a low dose of melatonin on the sleep of ageing {kind}" for kind in ("rats", "mice"))
    assert match(identity(title=rats), notice(title=mice)).match is Match.MISMATCH
    assert match(identity(title=rats), notice(title=rats)).match is Match.MATCH


def test_a_comment_that_quotes_the_title_is_not_the_article() -> None:
    pdf = identity("", "", "Comment on “" + TITLE + "”", NAMED)
    assert match(pdf, notice(authors=PEOPLE)).match is not Match.MATCH
    quoting = identity("", "", "What we learned about liver cells", f"Their study, “{TITLE}”, was read widely.", NAMED)
    assert match(quoting, notice(authors=PEOPLE)).match is Match.UNKNOWN


def test_a_title_in_a_scan_of_one_type_counts_where_the_authors_are_below_it() -> None:
    scan = identity_of({}, {}, (page(TITLE, NAMED, *body()),))
    assert match(scan, notice(authors=PEOPLE)).match is Match.MATCH
    assert match(scan, notice(authors=("Meier A", "Schmidt B"))).match is Match.UNKNOWN


def test_a_title_below_the_larger_name_of_the_journal_counts() -> None:
    opening = page(("The Journal of Very Large Letterheads", 30.0), (TITLE, 20.0), NAMED, *body())
    pdf = identity_of({}, {}, (opening,))
    assert [title for title, _ in pdf.titles] == ["The Journal of Very Large Letterheads"]
    assert match(pdf, notice()).match is Match.MATCH


def test_a_title_that_many_articles_have_needs_the_authors() -> None:
    pdf = identity("", "", "Letter to the Editor", NAMED)
    assert match(pdf, notice(title="Letter to the Editor")).match is Match.UNKNOWN
    assert match(pdf, notice(title="Letter to the Editor", authors=PEOPLE)).match is Match.MATCH
    assert match(pdf, notice(title="Letter to the Editor", authors=("Meier A",))).match is Match.UNKNOWN


def test_a_title_without_its_subtitle_needs_the_authors() -> None:
    whole = "Liver cancer cells under stress: a systematic review of reviews"
    pdf = identity("", "", whole, NAMED)
    part = notice(title="Liver cancer cells under stress", authors=PEOPLE)
    assert match(pdf, part).match is Match.MATCH
    assert match(pdf, notice(title="Liver cancer cells under stress")).match is Match.UNKNOWN


def test_the_same_title_by_other_people_is_not_known_to_be_the_article() -> None:
    result = match(identity("", "", TITLE, "Anna Meier, Bernd Schmidt"), notice(authors=PEOPLE))
    assert result.match is Match.UNKNOWN
    assert "none of the authors" in " ".join(result.evidence)


def test_a_doi_that_agrees_does_not_outweigh_another_title_by_other_people() -> None:
    pdf = identity("10.1/a", "", "Quite another study of quite another matter", "Anna Meier, Bernd Schmidt")
    assert match(pdf, notice(doi="10.1/a", authors=PEOPLE)).match is Match.MISMATCH
    translated = identity("10.1/a", "", "miR-31 moduliert die Apoptose von Leberkrebszellen", NAMED)
    assert match(translated, notice(doi="10.1/a", authors=PEOPLE)).match is Match.MATCH


def test_a_title_in_translation_neither_contradicts_nor_matches() -> None:
    chinese = ("微小核糖核酸调节肝癌细胞凋亡与侵袭的研究" * 3,) * 12
    pdf = identity_of({"prism:doi": "10.1/a"}, {}, (page((chinese[0], 20.0), *chinese),))
    assert match(pdf, notice(doi="10.1/a", authors=PEOPLE)).match is Match.MATCH
    assert match(pdf, notice(doi="10.1/b", authors=PEOPLE)).match is Match.MISMATCH
    assert match(pdf, notice()).match is Match.UNKNOWN


def test_a_file_that_names_two_dois_is_taken_by_the_stronger_or_with_its_title() -> None:
    two = identity_of({"prism:doi": "10.1234/b"}, {"/doi": "10.1234/a"})
    assert match(two, notice(doi="10.1234/a")).match is Match.MISMATCH
    assert match(two, notice(doi="10.1234/b")).match is Match.MATCH
    titled = identity_of({"prism:doi": "10.1234/b", "dc:title": TITLE}, {"/doi": "10.1234/a"})
    assert match(titled, notice(doi="10.1234/a")).match is Match.MATCH


def test_a_mark_that_links_to_the_notice_does_not_make_the_article_the_notice() -> None:
    links = (SourcedValue("10.1/n", AT_THE_EDGE),)
    assert match(identity("", TITLE, links=links), notice(doi="10.1/a", own="10.1/n")).match is Match.MATCH


@pytest.mark.parametrize(
    ("stamp", "doi", "expected"),
    [
        ("arXiv:1706.03762v5 [cs.CL] 6 Dec 2017", "10.48550/arxiv.1706.03762", Match.MATCH),
        ("arXiv:hep-th/9901001v2 [hep-th] 1 Jan 1999", "10.48550/arxiv.hep-th/9901001", Match.MATCH),
        ("arXiv:1706.03762v5 [cs.CL] 6 Dec 2017", "10.48550/arxiv.1706.03763", Match.MISMATCH),
        ("arXiv:1706.03762v5 [cs.CL] 6 Dec 2017", "10.5555/3295222", Match.MISMATCH),
        ("The code is arXiv:1706.03762, as cited.", "10.48550/arxiv.1706.03762", Match.UNKNOWN),
    ],
)
def test_what_arxiv_stamps_on_the_margin_is_the_doi_that_it_registers(stamp: str, doi: str, expected: Match) -> None:
    pdf = identity_of({}, {}, (page(stamp, *body()),))
    assert match(pdf, notice(doi=doi, title="")).match is expected


def test_a_preprint_is_not_the_article_that_a_journal_retracts() -> None:
    pdf = identity_of({"prism:doi": "10.1/a"}, {}, (page("arXiv:1706.03762v5 [cs.CL] 6 Dec 2017", *body()),))
    result = match(pdf, notice(doi="10.1/a", title=""))
    assert result.match is Match.MISMATCH
    assert "preprint" in result.evidence[0]


@pytest.mark.parametrize(
    ("own", "doi", "expected"),
    [
        ("10.48550/arXiv.1706.03762v5", "10.48550/arxiv.1706.03762", Match.MATCH),
        ("arXiv:1706.03762v5", "10.48550/arxiv.1706.03762v1", Match.MATCH),
        ("10.1101/2020.01.30.927871v2", "10.1101/2020.01.30.927871", Match.MATCH),
        ("10.12688/f1000research.7678.1", "10.12688/f1000research.7678.2", Match.MISMATCH),
    ],
)
def test_the_version_of_a_preprint_is_the_same_work(own: str, doi: str, expected: Match) -> None:
    assert match(identity_of({"dc:identifier": own}, {}), notice(doi=doi, title="")).match is expected


@pytest.mark.parametrize(
    ("title", "doi", "expected"),
    [
        ("PII: S0140-6736(20)31180-6", "10.1016/s0140-6736(20)31180-6", Match.MATCH),
        ("PII: S0140-6736(20)31180-6", "10.1016/s0140-6736(20)31181-8", Match.MISMATCH),
        ("PII: S0140-6736(20)31180-6", "10.1016/j.lancet.2020.05.001", Match.UNKNOWN),
    ],
)
def test_a_publisher_item_identifier_is_the_doi_that_was_made_of_it(title: str, doi: str, expected: Match) -> None:
    pdf = identity_of({}, {"/Title": title})
    assert match(pdf, notice(doi=doi, title="")).match is expected


def test_the_strongest_source_is_first_and_each_doi_once() -> None:
    found = identity_of({"prism:doi": "10.1/x", "dc:identifier": "doi:10.1/X"}, {"/Subject": "J. 2020 doi:10.1/y"})
    assert found.dois == (
        SourcedValue("10.1/x", "XMP prism:doi"),
        SourcedValue("10.1/y", "document information, Subject"),
    )


def test_what_a_template_has_in_place_of_a_doi_is_not_a_doi() -> None:
    pdf = identity_of({"prism:doi": "10.1145/nnnnnnn.nnnnnnn"}, {}, (page("https://doi.org/10.1145/1122445.1122456"),))
    assert pdf.dois == ()


def test_a_title_about_retraction_is_not_a_notice() -> None:
    pdf = identity(title="Retracted Articles and the Web: A Study")
    assert match(pdf, notice(title="Retracted Articles and the Web: A Study")).match is Match.MATCH


def test_a_title_that_begins_with_the_word_retraction_is_not_a_notice() -> None:
    for title in (
        "Retraction of the soft palate in sleep: a cohort study",
        "Retraction: a concept analysis of a surgical term",
    ):
        assert match(identity(title=title), notice(title=title)).match is Match.MATCH


def test_support_is_in_the_evidence() -> None:
    pdf = identity("10.1/a", "", TITLE, NAMED, "Published 3 May 2020")
    evidence = match(pdf, notice(doi="10.1/a", authors=PEOPLE)).evidence
    assert "3 of 3 authors in the notice appear on page 1" in evidence
    assert "the publication year appears on page 1" in evidence


def scrambled() -> str:
    """Letters in no order, which is what comparing takes longest for."""
    return "".join(random.Random(1).choices("abcdefghij", k=20_000))  # noqa: S311 - no secret


@pytest.mark.parametrize(
    "unit",
    ["1", "a", "1 ", "a-1 ", "10.1234/a ", "doi:10.1234/a\n", "Retraction: ", "(2020) ", "10.1234/a.\n1", scrambled()],
    ids=lambda unit: unit[:10],
)
def test_hostile_words_are_compared_in_bounded_time(unit: str) -> None:
    long = unit * (20_000 // len(unit))
    start = time.process_time()
    pages = (page(*long.split("\n")[:400], *body()), page(long[::-1]), page(long))
    pdf = identity_of({"prism:doi": long, "dc:title": long}, {"/Title": long + "x", "/Subject": long}, pages)
    match(pdf, notice(doi="10.1234/a", title=long[::-1], authors=(long,) * 10))
    assert time.process_time() - start < 3


STALE = "Decay of imaginary ferns in a cellar and the hopes of their keepers"
PRINTED = "Growth of imaginary moss under lamp light in winter"


def stale(*, doi: str = "") -> Identity:
    """Return what a file says whose metadata are another article's, as a template leaves them."""
    lines = page((PRINTED, 20.0), "A. Mossman, B. Fernwood", *body())
    return identity_of({"prism:doi": doi, "dc:title": STALE}, {}, (lines,))


def test_a_title_in_the_document_information_does_not_outweigh_what_page_1_prints_large() -> None:
    lines = page((PRINTED, 20.0), "A. Mossman, B. Fernwood", *body())
    found = identity_of({}, {"/Title": STALE}, (lines,))
    assert match(found, about(STALE)).match is Match.MISMATCH
    assert match(found, about(PRINTED, authors=("Mossman, A.", "Fernwood, B."))).match is Match.MATCH


def test_the_day_on_which_a_file_was_made_is_read_from_either_metadata() -> None:
    assert identity_of({}, {"/CreationDate": "D:20210203040506+01'00'"}).created == "2021-02-03"
    assert (
        identity_of({"xmp:CreateDate": "2022-01-02T03:04:05Z"}, {"/CreationDate": "D:20210203"}).created == "2022-01-02"
    )
    assert identity_of({}, {"/CreationDate": "D:20219903"}).created == ""


def about(title: str, *, doi: str = "", authors: tuple[str, ...] = ()) -> Notice:
    return Notice(state=State.RETRACTION, article=Reference(title=title, doi=doi, authors=authors))


@pytest.mark.parametrize("doi", ["", "10.5555/fern.1"])
def test_what_page_1_prints_large_outweighs_the_title_in_the_metadata(doi: str) -> None:
    assert match(stale(doi=doi), about(STALE, doi=doi)).match is Match.MISMATCH


def test_the_printed_title_of_a_file_with_stale_metadata_is_its_own() -> None:
    found = match(stale(), about(PRINTED, authors=("Mossman, A.", "Fernwood, B.")))
    assert found.match is Match.MATCH


def test_metadata_with_the_authors_on_page_1_are_enough_where_the_title_is_a_picture() -> None:
    found = match(stale(), about(STALE, authors=("Mossman, A.", "Fernwood, B.")))
    assert found.match is Match.MATCH


@pytest.mark.parametrize("heading", ["Retraction", "RETRACTION NOTICE", "Expression of Concern", "Withdrawal"])
def test_a_page_with_the_heading_of_a_notice_is_the_notice(heading: str) -> None:
    words = f"The paper titled “{PRINTED}” [1] has been retracted, as it was printed twice."
    lines = page((heading, 18.0), (f"Retracted: {PRINTED}", 16.0), words, *body(5))
    assert match(identity_of({}, {}, (lines,)), about(PRINTED)).match is Match.IS_THE_NOTICE


@pytest.mark.parametrize(
    "heading", ["RETRACTED", "RETRACTED ARTICLE", "[Withdrawn]", "Open access", "Retraction of muscles"]
)
def test_a_marked_article_is_not_the_notice(heading: str) -> None:
    lines = page(
        (heading, 12.0), (PRINTED, 20.0), "A. Mossman, B. Fernwood", "This article has been retracted.", *body()
    )
    assert match(identity_of({}, {}, (lines,)), about(PRINTED)).match is Match.MATCH


def test_an_article_about_withdrawal_is_not_a_notice() -> None:
    lines = page((PRINTED, 20.0), "A. Mossman", "Withdrawal", "Patients had symptoms of withdrawal.", *body())
    assert match(identity_of({}, {}, (lines,)), about(PRINTED)).match is Match.MATCH
