# ruff: noqa: RUF001 - punctuation of other scripts is meant
"""The title of the article is what other places of a notice confirm, not a menu, an address or a sentence."""

import pytest

from watermark.notice import from_text

ADDRESS = """Reed Periodicals Ltd
4 Quay Street, Marlow

3 March 2021

Retraction of an article in Annals of Reed Science

Dear Librarian,

we have decided to retract this article. The statement will be included in the next issue.

Ilse Varga and Tom Oduya. “Salt tolerance of reed beds along tidal canals”. Annals of Reed Science, vol. 12 (2018). \
DOI: 10.5555/ars.12.40

The data of two sites were wrong."""
MENU = """Home   Journals   Books
Proceedings > Night ferries and the sleep of their crews
Article
Night ferries and the sleep of their crews
Ada Moss, Tom Oduya, Ilse Varga
https://doi.org/10.5555/ferry.88

EXPRESSION OF CONCERN: The society has been told of doubts about the review of this paper. As a consequence it is \
issuing an expression of concern, and the paper should not be cited until the inquiry has been concluded."""
STATUS = """Browse   Submit

Preprint
Copper in the feathers of urban rooks
Ada Moss, Tom Oduya, Ilse Varga
https://doi.org/10.5555/rooks.v1

Status: WITHDRAWN

The authors have withdrawn this preprint because the samples were mixed up."""
CHAPTER = """Marsh University Press Online
Bridges and Ferries: Crossing the Lower Drava

Chapter 3   The Ferryman's Ledger: Tolls and Tempers, 1790–1820
DOI: 10.5555/9780000000003.003

REMOVED
This chapter has been removed by the Press (4 May 2020). The ledger was printed without its owner's consent."""
PEOPLE_BEHIND = """Retraction Statement

Kelp forests as wave breaks: A second look
by Ada Moss-Lind & Tom Oduya

The above article from the Northern Journal of Kelp, published online in Early View on 2 May 2022 \
(https://doi.org/10.5555/njk.301), has been retracted by agreement between the authors and the editors."""
JOURNAL_BEHIND = """Kelp Letters
Retraction: Kelp forests as wave breaks: A second look
in Kelp Letters
DOI: 10.5555/kl.19.7

On 8 May 2019 we received the data of the article “Kelp forests as wave breaks: A second look” by Ada Moss, \
Per Lind and Tom Oduya (2017, vol. 24, 101–113, https://doi.org/10.5555/kl.16.2). The article \
is retracted because they are wrong."""
LICENCE = """Open Access Retraction
© Copyright 2022
Moss et al. This is an open access article distributed under the terms of the Creative Commons Attribution License.

Retraction: Cold Storage of Grafts in Rural Clinics: A Survey
From Nine Valleys
Ada Moss 1 , Tom Oduya 2

This article has been retracted.

Cite this retraction as Moss A, Oduya T (May 03, 2022) Retraction: Cold Storage of Grafts in Rural Clinics: A Survey
From Nine Valleys. Graftmed 14(5): r9. doi:10.5555/graft.r9."""
PLACE = """EXPRESSION OF CONCERN

Expression of Concern for Moss et al., volume 306, 2014, p. C652–C664

Moss A, Oduya T, Varga I. Gill pumps of the river lamprey in warm water. Am J Lamprey Physiol 306: C652–C664, 2014. \
doi:10.5555/ajlp.391.

The Society is issuing this Expression of Concern about the blots in Figure 2."""

OFFICE = """Statement of the Ethics Committee

The Committee found that the surveys described in "Do Small Loans Crowd Out Gifts? Evidence from Nine Valleys" \
(QJP 27:1, 2013, https://doi.org/10.5555/qjp.27) were not made. The article is hereby retracted."""
ABOVE = """Retraction Notice

Moss E and Oduya P (2015) Charcoal evidence for burning regimes on the northern plateau. The Pond Record 25(8): \
1288-1301. DOI: 10.5555/pr.25

At the request of the editor, the above article has been retracted. A part of it was copied from an earlier one.

Oduya P and Moss E (2014) Fire history of the basin from lake charcoal. Quaternary Ponds 9: 31-52."""


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param(OFFICE, "Do Small Loans Crowd Out Gifts? Evidence from Nine Valleys", id="of an office"),
        pytest.param(
            ABOVE, "Charcoal evidence for burning regimes on the northern plateau", id="cited above the sentences"
        ),
        pytest.param(ADDRESS, "Salt tolerance of reed beds along tidal canals", id="quoted below an address"),
        pytest.param(MENU, "Night ferries and the sleep of their crews", id="printed twice"),
        pytest.param(STATUS, "Copper in the feathers of urban rooks", id="above its authors"),
        pytest.param(CHAPTER, "The Ferryman's Ledger: Tolls and Tempers, 1790–1820", id="of a chapter"),
        pytest.param(PEOPLE_BEHIND, "Kelp forests as wave breaks: A second look", id="in front of its authors"),
        pytest.param(JOURNAL_BEHIND, "Kelp forests as wave breaks: A second look", id="in front of its journal"),
        pytest.param(
            LICENCE, "Cold Storage of Grafts in Rural Clinics: A Survey From Nine Valleys", id="below a licence"
        ),
        pytest.param(PLACE, "Gill pumps of the river lamprey in warm water", id="cited below volume and pages"),
    ],
)
def test_the_title_is_what_another_place_confirms(text: str, title: str) -> None:
    assert from_text(text).article.title == title


@pytest.mark.parametrize(
    ("text", "journal"),
    [
        pytest.param(ADDRESS, "Annals of Reed Science", id="cited"),
        pytest.param(PEOPLE_BEHIND, "Northern Journal of Kelp", id="in a sentence, not the name of a section"),
        pytest.param(JOURNAL_BEHIND, "Kelp Letters", id="behind the title, not its last two authors"),
        pytest.param(LICENCE, "Graftmed", id="in the citation of the notice"),
        pytest.param(PLACE, "Am J Lamprey Physiol", id="in front of the volume"),
    ],
)
def test_the_journal_is_what_is_printed_with_a_volume_or_behind_the_title(text: str, journal: str) -> None:
    assert from_text(text).article.journal == journal


NEWTS = "Newts of the northern ponds and their winters"
CITED = f"A. Moss, B. Fenn. {NEWTS}. Ponds, 40(2), 3411-3422, 2021. https://doi.org/10.5555/p.1"
IN_YEAR = f"Moss, A. & Fenn, B. (2017). {NEWTS}. Ponds, 64 (2), 101-118. https://doi.org/10.5555/p.1"
DECLARED = "The article above has been retracted by the editors because its data were lost."


@pytest.mark.parametrize(
    "above",
    [
        f"RETRACTION NOTE\n\nTo: {NEWTS}",
        f"Expresión de preocupación\n\nSobre el artículo: {NEWTS}",
        f"NOTA O WYCOFANIU ARTYKUŁU\n\nDotyczy: {NEWTS}",
        f"Retrakcja artykułu\n\n„{NEWTS}”",
        f"RETRACTION OF: {NEWTS.upper()}\n\n{CITED}",
        f"Retraktion\n\nRetraktion von Moss & Fenn, 2017\n\n{IN_YEAR}",
        f"Retraction of: Thorvald Moss, {NEWTS}\n\n{CITED}",
        f"Retraction of\n\n“{NEWTS}” published in Ponds, 21, 4477–4495, 2017\n\nAda Moss1, Bo Fenn2, and Cy Reed3",
        f"Title: {NEWTS}\nJournal: Ponds\nRecordNature: Retraction",
        f"Retraction\n\nPonds\n\nADA MOSS AND BO FENN\n\nPONDS\n\nIn our Report “{NEWTS}” (19 Dec. 2003), we erred.",
        f"Retraction Notice\n\nCold Care\n2021, Vol. 10(1) 1\n\nMoss A, Fenn B. (2018). {NEWTS}. Cold Care, 7(4), 3–9.",
        f"Rückzug\n\nTUM | 347\n\n{NEWTS}\n\nA. Moss, B. Fenn",
        f"РЕТРАКЦИЯ СТАТЬИ\n\nУведомление об отзыве (ретракции) статьи\n\n{CITED}",
        f"Title: Retraction of Moss, Fenn, and Reed (2003).\nDate: May 2012\n\nReports the retraction of “{NEWTS}”.",
        f"Retraction\n\nRetraction of van Moss and Fenn-Lee (2009).\n\nReports the retraction of “{NEWTS}” by A. Moss.",
        f"{NEWTS} [Pond Mater. 2005, 17, 6291−6298]. [Retraction]",
        f"Retrakcja\n\no wycofaniu pracy pt. „{NEWTS}”",
        f"Ponds\nStatement of Retraction: Newts of the northern ponds and ....\n\nStatement of Retraction: {NEWTS}",
    ],
)
def test_what_stands_in_front_of_a_title_is_no_part_of_it(above: str) -> None:
    assert from_text(f"{above}\n\n{DECLARED}\n").article.title == NEWTS


@pytest.mark.parametrize(
    ("title", "again"),
    [
        (
            "MiR-47 Restrains Pond Cells by Silencing Homeobox",
            "We retract “{t},” by Luo X, Weng F (Ponds 2020;35(3):1-9).",
        ),
        (
            "Clean Hands, Generous Ponds: Washing and Giving",
            "We retract “{t},” by Luo X, Weng F (Ponds 2020;35(3):1-9).",
        ),
    ],
)
def test_a_title_that_is_printed_again_is_not_cut_at_words_like_a_name(title: str, again: str) -> None:
    notice = from_text(f"RETRACTION OF:\n{title}\n\nPublished: July 15, 2022\n\n{again.format(t=title)}\n")
    assert notice.article.title == title


@pytest.mark.parametrize("front", ["the section of the Results headed", "an earlier article in the journal"])
def test_a_section_or_a_collection_in_quotes_is_no_title(front: str) -> None:
    words = f"The authors retract Figure 6 of the above article and {front} ‘Ponds act on newts in vivo’."
    notice = from_text(f"Partial Retraction\n\n{NEWTS}\n\nAda Moss1, Bo Fenn2 and Cy Reed3\n\n{words}\n")
    assert notice.article.title == NEWTS


@pytest.mark.parametrize(
    "heading",
    [
        f"Retraction: “{NEWTS}”, Pond Science",
        f"Retraction: {NEWTS} by Ada Moss and Bo Fenn",
        f"Retraction: {NEWTS}, Pond Science\n\nMoss A, Fenn B. {NEWTS}. Ponds. 2019;3:1-9. doi:10.5555/pond.1",
        f"Retraction: {NEWTS[:27]}\n\n{NEWTS[28:]}\n\nMoss A, Fenn B. {NEWTS}. Ponds. 2019;3:1-9. doi:10.5555/pond.1",
    ],
    ids=["its journal in front", "its authors behind", "its journal behind", "its other half below"],
)
def test_a_title_has_neither_journal_nor_authors_and_is_not_cut_at_the_end_of_its_line(heading: str) -> None:
    assert from_text(f"{heading}\n\n{DECLARED}\n").article.title == NEWTS


IN_WINTER = "Newts of the northern ponds in winter"


@pytest.mark.parametrize(
    "heading",
    [
        "Retraction Notice. J Ponds 2013;57:545\n\nRetraction Notice. J Ponds [serial online] 2013;57. From: https://p.example",
        f"PONDS 107, 119901 (2015)\n\nPublisher's Note: “{IN_WINTER}” [J. Ponds 105, 192404 (2014)]",
        f"Retraction: Water Ponds 22(2), 1820–1834: {IN_WINTER}, Ada Moss, Bo Fenn and Cy Roe, https://doi.org/10.5555/p.1",
        "RETRACTED: Moss and Fenn. Newts of the northern ponds in winter. Ponds 2020, 12, 1122",
        "Nota de retractación del artículo: Newts of the northern ponds in winter",
        "RÉTRACTATION\n\na Service de limnologie, 22400 Lamballe, France\n\nNewts of the northern ponds in winter",
        "Retraction Notice: Newts of the northern ponds in winter [W3P Web Ponds. 185, 02033 (2020)]",
    ],
)  # fmt: skip
def test_a_title_is_told_from_its_place_its_authors_and_their_addresses(heading: str) -> None:
    text = (
        f"{heading}\n\nThe article “Newts of the northern ponds in winter” has been retracted by the editors,"
        " because the counts of the second winter were entered twice.\n"
    )
    assert from_text(text).article.title == "Newts of the northern ponds in winter"


def test_the_journal_at_the_top_that_a_citation_names_is_no_title() -> None:
    text = (
        "Lakes, Moors, and Ponds\nAn International Journal\n\nStatement of Retraction\n\nTo cite this article: (2022)"
        " Statement of Retraction, Lakes, Moors, and Ponds, 50:1, 209-209\n\nWe, the Editor of Lakes, Moors, and Ponds,"
        " have retracted the following article:\n\nAda Moss, Bo Fenn & Cy Roe (2019) Newts of 625 northern ponds,"
        " Lakes, Moors, and Ponds, 47:1, 2960-2967\n"
    )
    assert from_text(text).article.title == "Newts of 625 northern ponds"
