"""Columns, proofs, letters and titles over several lines: a notice is read as its page was written."""

import pytest

from watermark.errors import NoticeError
from watermark.notice import State, from_text

TITLE = "Newts of the northern ponds and the lakes around them"
SAID = "The editors have retracted this article because its tables are wrong."


def test_columns_of_different_lengths_are_read_one_after_the_other() -> None:
    notice = from_text(
        f"Retraction: {TITLE}\n\n"
        "The editors of Ponds retract this paper (Ponds 2019;     who had counted the newts have not\n"
        "4: 1-9; doi: 10.5555/pond.1), for the people who         agreed. The paper stays online and is\n"
        "counted newts in the ponds were not those\n"
        "whom the paper names. They were asked for the notes      marked. The notes may be asked for at\n"
        "of their counts, and had none. The other people          the office.\n"
        "who had been asked for an answer                              Access this article\n"
        "wrote nothing.\n"
    )
    assert notice.article.doi == "10.5555/pond.1"
    assert "who had been asked for an answer wrote nothing." in " ".join(notice.statement)
    assert "The other people who had been asked" in " ".join(notice.statement)


def test_a_doi_that_continues_at_the_right_of_the_next_line_is_whole() -> None:
    notice = from_text(
        "Ponds 24, 1 (2021)                         https://doi.org/10.5555/ponds/\n"
        "Newt Days                                             202100\n\n"
        f"Retraction: {TITLE}\n\nThis article (https://doi.org/10.5555/pond.1) has been retracted.\n"
    )
    assert "10.5555/ponds/202100" in {mention.doi for mention in notice.dois}


PROOF = """PONDS-7.3d   07-05-24   11:42   Page 1 of 1   UNCORRECTED PROOF

Retraction notice: Newts of the northern ponds

21   The editors of Ponds retract the article “Newts of the
22   northern ponds” (doi: 10.5555/pond.1), because its
23   tables are wrong. [AQ1: Please give the
24   date.] The authors
25   agree to the retraction.

AUTHOR QUERY FORM
AQ1  Please confirm.
"""


def test_a_proof_is_read_without_the_numbers_of_its_lines_and_without_the_queries() -> None:
    notice = from_text(PROOF)
    assert notice.article.doi == "10.5555/pond.1"
    assert notice.article.title == "Newts of the northern ponds"
    assert " ".join(notice.statement) == (
        "The editors of Ponds retract the article “Newts of the northern ponds” (doi: 10.5555/pond.1), because its"
        " tables are wrong. The authors agree to the retraction."
    )


def test_the_line_of_a_typesetter_gives_no_doi() -> None:
    line = (
        "PND0010.5555/pond.n1PondsRetraction Notice\nresearch-article2020\n\nPROOF - Please return within 48 hours\n\n"
    )
    notice = from_text(f"{line}DOI: 10.5555/pond.n1\n\nRetraction: {TITLE}\n\n{SAID}\n\nAuthor queries\nAQ1: When?\n")
    assert {mention.doi for mention in notice.dois} == {"10.5555/pond.n1"}
    assert notice.statement[-1] == SAID


def test_a_list_with_numbers_is_no_proof() -> None:
    items = "1 Ada Moss\n2 Ben Reed\n3 Cal Fenn\n4 Dan Marsh\n5 Eve Brook"
    assert "1 Ada Moss" in " ".join(from_text(f"Retraction: {TITLE}\n\n{SAID}\n\n{items}\n").statement)


@pytest.mark.parametrize(
    ("lines", "cited"),
    [
        (
            "Newts of the northern ponds\nAnd the Lakes around Them",
            "Newts of the northern ponds and the lakes around them",
        ),
        ('"Newts of the northern ponds"\nPonds Quarterly', "Newts of the northern ponds"),
        ("Newts of the northern ponds\nin Ponds Quarterly", "Newts of the northern ponds"),
    ],
)
def test_a_title_line_ends_where_the_title_ends_that_is_printed_again(lines: str, cited: str) -> None:
    text = (
        f"Retraction: {lines}\nPublished 4 May 2021\n\n{SAID}\n\n"
        f"Cite this as: Moss A. Retraction: {cited}. Ponds Q 2021;4:1. doi: 10.5555/pond.n1\n"
    )
    assert from_text(text).article.title.casefold() == cited.casefold()


def test_the_authors_below_a_title_are_no_part_of_it() -> None:
    for authors in ("by Niamh O'Marsh-Reed & Joris Fenn", "Ada Marsh 1 , Ben Reed 2 , Cal Fenn 1,2"):
        assert from_text(f"Withdrawal: {TITLE}\n{authors}\n\n{SAID}\n").article.title == TITLE


def test_the_terms_of_a_licence_above_the_title_are_no_sentence_of_the_notice() -> None:
    licence = "This is an open access\narticle distributed under the terms of the Creative Commons Attribution License."
    notice = from_text(f"Open Access Retraction\nMoss et al. {licence}\n\nRetraction: {TITLE}\n\n{SAID}\n")
    assert notice.article.title == TITLE


def test_the_address_of_a_letter_is_no_title() -> None:
    letter = (
        "Ponds Press Ltd\n1 Newt Yard\n\n24 January 2022\n\nRetraction of a paper in Ponds\n\nDear Librarian,\n\n"
        f"We have decided to retract the article below.\n\nMoss Ada, Reed Ben, and Fenn Cal."
        f" “{TITLE}”. Ponds, vol. 8 (2019). DOI: 10.5555/pond.1\n"
    )
    assert from_text(letter).article.title == TITLE


def test_the_words_of_an_author_behind_the_label_of_a_subject_are_no_title() -> None:
    mail = (
        "From: Ada Moss <moss@ponds.example>\nTo: library@ponds.example\nSubject: Re: retraction - your copy\n\n"
        f"Yes, we have retracted the paper “{TITLE}” (10.5555/pond.1).\n"
    )
    notice = from_text(mail)
    assert (notice.article.title, notice.state) == (TITLE, State.RETRACTION)


def test_a_volume_and_pages_behind_a_label_are_no_title() -> None:
    notice = from_text(
        f"Retraction for Moss et al., volume 30, 2014, p. 652-664\n\nMoss A, Reed B. {TITLE}. Ponds 30: 652-664, 2014."
        f" doi:10.5555/pond.1\n\n{SAID}\n"
    )
    assert notice.article.title == TITLE


def test_a_paragraph_behind_a_label_is_no_title_and_shows_the_state() -> None:
    words = (
        "the society has received evidence that casts doubt on the papers of a meeting. As a result, it is issuing a"
        " notice of concern for the papers of that meeting, and suggests that they are not cited in any other work"
        " until its inquiry has ended and the decisions about them have been made and printed."
    )
    notice = from_text(f"{TITLE}\nPublished: 22 January 2022\n\nNOTICE OF CONCERN: After a report {words}\n")
    assert notice.state is State.EXPRESSION_OF_CONCERN
    assert "report" not in notice.article.title


def test_the_status_of_a_preprint_is_its_state() -> None:
    notice = from_text(f"Research Article\n{TITLE}\n\nStatus: WITHDRAWN\n\nThe authors lost their data.\n")
    assert notice.state is State.WITHDRAWAL
    assert notice.article.title != "Status"


def test_a_paragraph_with_the_label_of_a_correction_is_no_notice() -> None:
    words = " The table had an error. It has been set right." * 8
    with pytest.raises(NoticeError):
        from_text(f"Newts\n\nMoss A, Reed B\n\nThe ponds were full.\n\nCorrection: We are sorry.{words}\n")


def test_a_plus_within_brackets_begins_no_item() -> None:
    notice = from_text(f"Retraction: {TITLE}\n\nThe image in Figure 5F (salt\n+ water) is wrong. {SAID}\n")
    assert "(salt + water)" in notice.statement[0]
