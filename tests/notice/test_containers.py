"""A notice tells in what its article appeared: a book, proceedings, a preprint server, or the journal on its page."""

import pytest

from watermark.notice import from_text

TITLE = "Newts of the northern ponds in winter"
DEED = "The editors have retracted this chapter because it overlaps with an earlier report."


@pytest.mark.parametrize(
    "place",
    [
        "in: A. Vogel and B. Moss (Eds.): Pond Computing, LNPC 12, https://doi.org/10.5555/978-3-0_4",
        "in A. Vogel (ed.), Pond Computing (Reed Press, 2012), pp. 5-9. https://doi.org/10.5555/978-3-0_4",
        "in Pond Computing, ed. A. Vogel and B. Moss (Reed Press, 2012), pp. 5-9. https://doi.org/10.5555/978-3-0_4",
        "in Pond Computing, edited by A. Vogel (Reed Press, 2012), pp. 5-9. https://doi.org/10.5555/978-3-0_4",
    ],
)
def test_the_book_of_a_chapter_is_read(place: str) -> None:
    notice = from_text(f"Retraction Note to: {TITLE}\n\nRetraction Note to: Chapter “{TITLE}” {place}\n\n{DEED}\n")
    assert notice.article.journal == "Pond Computing"


@pytest.mark.parametrize(
    ("line", "journal"),
    [
        (
            "PONDS '19: Proceedings of the 8th Conference on Ponds • May 2019 • Pages 12-21",
            "PONDS '19: Proceedings of the 8th Conference on Ponds",
        ),
        ("Published in: Proceedings of the Workshop on Ponds 2020", "Proceedings of the Workshop on Ponds 2020"),
        ("pondRxiv 2020.11.02.365551; doi: https://doi.org/10.5555/2020.11.02.365551", "pondRxiv"),
        ("Journal of Northern Ponds, In Press, Corrected Proof", "Journal of Northern Ponds"),
    ],
)
def test_a_line_below_the_title_names_proceedings_a_server_or_an_article_in_press(line: str, journal: str) -> None:
    notice = from_text(f"RETRACTED: {TITLE}\n\nAda Moss, Bo Fenn\n\n{line}\n\nThe authors retract this article.\n")
    assert notice.article.journal == journal


def test_the_first_line_of_a_page_of_preprints_is_its_server() -> None:
    text = f"Pond Square\n\nWITHDRAWN: {TITLE}\n\nThis is a preprint.\n\nThe authors have withdrawn this preprint.\n"
    assert from_text(text).article.journal == "Pond Square"


def test_a_letterhead_that_a_sentence_repeats_is_the_journal() -> None:
    deed = "The article “{}” in Pacific Pond Notes has been retracted."
    text = f"PACIFIC POND NOTES\n\nPond Society\n\nRetraction: {TITLE}\n\n{deed.format(TITLE)}\n"
    assert from_text(text).article.journal == "Pacific Pond Notes"


def test_a_journal_is_read_beside_its_readers_and_a_society_is_none() -> None:
    deed = "The authors retract this article. We apologize to the readers of the {}, and regret it."
    assert from_text(f"Retraction: {TITLE}\n\n{deed.format('Annals of Ponds')}\n").article.journal == "Annals of Ponds"
    assert not from_text(f"Retraction: {TITLE}\n\n{deed.format('Northern Pond Society')}\n").article.journal


def test_the_first_line_of_a_page_is_its_journal_also_in_another_case_of_the_language() -> None:
    deed = "Die Herausgeber des Archivs für nördliche Teiche ziehen den Aufsatz „Die Molche im Winter“ zurück."
    text = f"Archiv für nördliche Teiche\n\nMitteilung der Herausgeber\n\n{deed}\n"
    assert from_text(text).article.journal == "Archiv für nördliche Teiche"


def test_a_name_of_two_words_in_the_first_line_is_a_journal_where_a_word_in_front_of_it_tells_so() -> None:
    deed = "The authors retract the article in {}Pond Relations, as the counts were wrong."
    text = f"Pond Relations\n\nRetraction: {TITLE}\n\n{{}}\n"
    assert from_text(text.format(deed.format(""))).article.journal == "Pond Relations"
    assert not from_text(text.format("Pond Relations, the author, retracts the article.")).article.journal


@pytest.mark.parametrize(
    ("words", "journal"),
    [
        ("We retract our paper [J. Pond Phys. 11, 044101 (2015)] as the counts were wrong.", "J. Pond Phys."),
        ("The authors retract this article.\n\nThe Editors, Annals of Ponds", "Annals of Ponds"),
        ("The Council retracts the paper from the Baltic Journal of Ponds (vol. 8, 2010).", "Baltic Journal of Ponds"),
        (
            "The paper appeared in Proceedings of the 3rd Workshop on Ponds, pages 41-49, 2021, and is retracted.",
            "Proceedings of the 3rd Workshop on Ponds",
        ),
        (
            "Retraction Note to: Chapter 7 in: A. Vogel, B. Moss (eds.), Pond Computing, Lecture Notes 5",
            "Pond Computing",
        ),
        ("The authors retract it.\n\nA. Moss, « Avis », Études de mares [En ligne], 61 | 2019.", "Études de mares"),
    ],
)
def test_a_journal_is_read_beside_the_words_that_tell_it_in_a_sentence_or_a_line(words: str, journal: str) -> None:
    assert from_text(f"Retraction: {TITLE}\n\n{words}\n").article.journal == journal


def test_the_year_of_a_conference_is_part_of_its_name() -> None:
    text = f"Retraction: {TITLE}\n\nVenue: Conference on Ponds 2020, pages 5-9\n\nThe authors retract this paper.\n"
    assert from_text(text).article.journal == "Conference on Ponds 2020"


def test_short_lines_above_long_paragraphs_are_lines_of_their_own() -> None:
    deed = "The editors retract the article in Pond Notes of the North, as its counts were made in one winter, not two"
    text = f"Pond Notes of the North\nOn our own account\n\nRetraction: {TITLE}\n\n{deed}, as it said.\n"
    assert from_text(text).article.journal == "Pond Notes of the North"


def test_a_language_is_no_journal_and_the_note_of_the_editors_is_no_title() -> None:
    deed = f"La rédaction rétracte l'article « {TITLE} », as essays that were published in Hungarian are its source."
    article = from_text(f"Note de la rédaction\n\n{deed}\n").article
    assert (article.title, article.journal) == (TITLE, "")
