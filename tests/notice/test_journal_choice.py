"""All places that may name the journal decide together: what agrees counts, what stands alone and weak stays empty."""

import pytest

from watermark.notice import from_text
from watermark.notice.extraction.journal_choice import Candidate, Evidence, chosen_journal
from watermark.notice.extraction.journal_lines import is_same_journal

TITLE = "Newts of the northern ponds in winter"
PLACE = "Ponds, vol. 40, no. 2, pp. 3411-3422, 2021."


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("J Pond Chem", "Journal of Pond Chemistry", True),
        ("Rev Fr Agron", "Revue française d'agronomie et de grandes cultures", True),
        ("JPPH", "Journal of Pond Public Health", True),
        ("Proc Natl Acad Ponds", "Proceedings of the National Academy of Ponds", True),
        ("Cell", "Cell Reports", False),
        ("Pond Science", "Lake Science", False),
    ],
)
def test_a_name_and_its_abbreviation_are_one_journal(one: str, other: str, *, is_same: bool) -> None:
    assert is_same_journal(one, other) is is_same


@pytest.mark.parametrize(
    ("candidates", "journal"),
    [
        ([("Ada Moss, Bo Fenn. J Pond Chem", Evidence.CITATION), ("J Pond Chem", Evidence.PLACE)], "J Pond Chem"),
        (
            [("J Pond Chem", Evidence.CITATION), ("Journal of Pond Chemistry", Evidence.LINE)],
            "Journal of Pond Chemistry",
        ),
        ([("JOURNAL OF PONDS", Evidence.LINE), ("J. Ponds", Evidence.CITATION)], "J. Ponds"),
        ([("Journal of Lakes", Evidence.LINE)], ""),
        ([("Journal of Lakes", Evidence.PLACE), ("Journal of Ponds", Evidence.LABEL)], "Journal of Ponds"),
        ([(TITLE, Evidence.PLACE)], ""),
    ],
)
def test_names_that_agree_decide(candidates: list[tuple[str, Evidence]], journal: str) -> None:
    assert chosen_journal([Candidate(name, evidence) for name, evidence in candidates], TITLE) == journal


@pytest.mark.parametrize(
    "behind",
    [
        ", Philosophia Sacra (2022). https://doi.org/10.5555/p.1",
        " (Philosophia Sacra, vol. 28, no. 1, 2021, pp. 44-63)",
        " by Rita Ring et al., Philosophia Sacra, 2016, 52, 9001-9004",
        ", by K. Alge and L. Tang. Philosophia Sacra 2008; 100, 200-208",
        " [version 2; peer review: retracted]. Philosophia Sacra 2019, 8:466",
    ],
)
def test_the_journal_is_read_behind_the_article_s_title_in_each_style(behind: str) -> None:
    notice = from_text(f"Retraction: {TITLE}\n\nThe Editor has retracted the article “{TITLE}”{behind}.\n")
    assert notice.article.journal == "Philosophia Sacra"


@pytest.mark.parametrize(
    ("below", "title"),
    [
        (f"Free\n\nThe Press retracts “{TITLE},” by Tudor Moss, which appeared in Ponds.", TITLE),
        (f"Menu for readers\n\nWe retract the article “{TITLE}” because its data were lost.", TITLE),
        (
            f"« {TITLE} », par A. Le Moss et B. Fenn. Rev Ponds 2015 ; 40 (3) : 141-152.\n\nCet article est rétracté.",
            TITLE,
        ),
        (f"The following article has been retracted:\n\nLi Yanmei, Sun Qiao. {TITLE}. {PLACE}", TITLE),
    ],
)
def test_a_title_outweighs_a_line_of_a_menu_below_the_label(below: str, title: str) -> None:
    assert from_text(f"Retraction\n\n{below}\n").article.title == title


RETRACTED = "This article has been retracted."
IEEE = "by A. Moss, B. Fenn, and C. Reed\nin the IEEE Letters on Ponds, vol. 27, no. 3, pp. 501-511, 2019"
OTHER = "“Other lakes”\nby B. Fenn\nin IEEE Letters on Ponds, vol. 3, no. 2, pp. 8-9, 2007"
APPEARED = "The article by A. Moss, which appeared in The Pond Quarterly, 58 (2015), pp. 1-9, has been retracted."
REFERENCE = f"Reference\n1. Moss A (2012) {TITLE}. PLoS Pond 8(9): e1. doi:10.5555/p.1"


@pytest.mark.parametrize(
    ("above", "below", "journal"),
    [
        ("", f"We retract “{TITLE}”, Ponds and Lakes (Early View): https://doi.org/10.5555/p.1", "Ponds and Lakes"),
        ("", f"“{TITLE},”\n{IEEE}\n\n{RETRACTED}", "IEEE Letters on Ponds"),
        ("", f"A. Moss\n2010 Conference on Pond Nets\n\n{RETRACTED} Cite:\n\n{OTHER}", "2010 Conference on Pond Nets"),
        ("Ponds and Lakes and Mires\nVolume 88, August 2017, Pages 1-9", RETRACTED, "Ponds and Lakes and Mires"),
        ("Teichkunde und Seen\nHeft 4/2016", RETRACTED, "Teichkunde und Seen"),
        ("Acque e società, n. 168/2020, p. 183", RETRACTED, "Acque e società"),
        ("", APPEARED, "The Pond Quarterly"),
        ("Ponds of Health, 2021, 1", f"Ponds Heal 2019; doi: 10.5555/p.1\n\n{RETRACTED}", "Ponds of Health"),
        ("", f"The PLOS Ponds Editors\n\n{RETRACTED}\n\n{REFERENCE}", "PLoS Pond"),
    ],
)
def test_the_journal_is_read_where_houses_print_it(above: str, below: str, journal: str) -> None:
    assert from_text(f"{above}\n\nRetraction: {TITLE}\n\n{below}\n").article.journal == journal


@pytest.mark.parametrize(
    "name", ["Lind, which was", "Retraction of Moss and Fenn", "Moss pubblicato in Ponds", "Выпуск:"]
)
def test_words_of_a_sentence_are_no_journal(name: str) -> None:
    assert not chosen_journal([Candidate(name, Evidence.CITATION)], TITLE)
