"""On a page of an issue with several items, the notice is the item about the retraction."""

import pytest

from watermark.notice import from_text
from watermark.notice.model import State

CORRECTION = (
    'Correction for "Frogs of the forest," by A. Reed, which appeared in Ponds (2016) 3:8-13 (10.5555/frog.1).\n\n'
    "The author notes that Fig. 3 appeared incorrectly.\n\nwww.ponds.example/doi/10.5555/frog.c1\n\n"
)
RETRACTION = (
    'Retraction for "Newts of the northern ponds," by B. Marsh, published in Ponds (2015) 2:1 (10.5555/newt.1).\n\n'
    "The author wishes to note that the samples were mixed up. He retracts the paper.\n\n"
)
OBITUARY = (
    "Obituary\n\nProfessor Ada Fenn, who founded this journal, has died. Her last paper "
    "(https://doi.org/10.5555/fenn.1) was on toads.\n\n"
)
FOOT = "E7002 | PONDS | July 26, 2016 | vol. 3 | no. 30\n"


@pytest.mark.parametrize(
    "page",
    [
        f"Corrections\n\n{CORRECTION}{RETRACTION}{FOOT}",
        f"Corrections\n\n{RETRACTION}{CORRECTION}{FOOT}",
        f"Ponds\n\n{OBITUARY}{RETRACTION}",
        f"Ponds\n\n{RETRACTION}{OBITUARY}{CORRECTION}",
    ],
)
def test_the_retraction_among_other_items_is_the_notice_and_their_dois_are_none_of_its(page: str) -> None:
    notice = from_text(page)
    assert (notice.state, notice.article.doi, notice.doi) == (State.RETRACTION, "10.5555/newt.1", "")
    assert notice.article.title == "Newts of the northern ponds"
    assert {mention.doi for mention in notice.dois} == {"10.5555/newt.1"}
    assert "Fenn" not in " ".join(notice.statement)


def test_the_foot_of_the_page_stays_with_an_item_above_others() -> None:
    assert FOOT.strip() in from_text(f"Corrections\n\n{RETRACTION}{CORRECTION}{FOOT}").statement


def test_an_item_below_the_volume_and_pages_of_its_article_is_apart_from_one_without_a_label() -> None:
    page = (
        "ADDITIONS AND CORRECTIONS\n\nVOLUME 286 (2011) PAGES 20144-20153\nDOI 10.5555/frog.1\n\nFrogs of the forest.\n"
        "A. Reed\n\nThe units in Table 2 should read nM. This does not alter the interpretation.\n\n"
        "VOLUME 286 (2011) PAGES 9912-9924\nDOI 10.5555/newt.1\n\n"
        "WITHDRAWAL: Newts of the northern ponds.\nB. Marsh\n\nThis article has been withdrawn by the authors.\n"
    )
    notice = from_text(page)
    assert notice.state is State.WITHDRAWAL
    assert {mention.doi for mention in notice.dois} == {"10.5555/newt.1"}


def test_a_section_above_the_notice_and_a_correction_among_its_references_are_no_other_items() -> None:
    bare = "Retraction: Newts of the northern ponds\n\nThe editors retract this article (10.5555/newt.1).\n\n"
    listed = "References\n\n1. Correction: Newts of the northern ponds. Ponds 2016;3:1. doi:10.5555/newt.c1\n"
    for text in (f"Erratum\n\n{RETRACTION}", f"Retraction\n\n{bare}{listed}"):
        notice = from_text(text)
        assert (notice.state, notice.article.doi) == (State.RETRACTION, "10.5555/newt.1")


def test_a_page_without_a_retraction_is_read_as_before() -> None:
    assert from_text(CORRECTION).state is State.CORRECTION
