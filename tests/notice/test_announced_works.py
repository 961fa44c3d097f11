# ruff: noqa: RUF001 - letters of other scripts are meant
"""The article is read from the citation that a notice announces, in the styles of houses in many countries."""

import pytest

from watermark.notice import from_text
from watermark.notice.extraction.announced_works import work_in


@pytest.mark.parametrize(
    ("cited", "title", "container"),
    [
        ("Moss K. & Fenn E. 2012. The newts (Acari: Nida) of ponds. Annals of Ponds 21 (1): 33-52.", "", ""),
        ("A. Moss & B. Fenn. 2010. The newts (Acari: Nida) of ponds. Annals of Ponds 37(1): 9-18.", "", ""),
        ("Moss, A. (2018). The newts (Acari: Nida) of ponds. Annals of Ponds, 39, 288-310.", "", ""),
        ("Ada Moss, „Traszki stawów”, Przegląd Wodny 2018, t. 66, s. 77-98", "Traszki stawów", "Przegląd Wodny"),
        ("Ada Moss, Traszki naszych stawów, „Rocznik Wodny” 12 (2015)", "Traszki naszych stawów", "Rocznik Wodny"),
        (
            "Лосев П.А., Зимина К.Р. Тритоны наших озёр // Вестник озёр. 2016. Т. 9.",
            "Тритоны наших озёр",
            "Вестник озёр",
        ),
        ("A. Moss, 'The newts of ponds', in Pond Lives, ed. B. Fenn (Reed, 2017), pp. 1-9", "The newts of ponds", ""),
    ],
)
def test_title_and_container_are_read_behind_the_authors(cited: str, title: str, container: str) -> None:
    work = work_in(cited)
    assert work is not None
    assert work.title == (title or "The newts (Acari: Nida) of ponds")
    assert work.container == (container or ("" if title else "Annals of Ponds"))


def test_the_work_below_its_announcement_is_the_article() -> None:
    work = "A. Moss & B. Fenn. 2010. Newts of the ponds. Pond Notes 37(1): 9-18."
    article = from_text(f"Retraction\n\nThe Council retracts a paper in its notes:\n\n{work}\n").article
    assert (article.title, article.journal) == ("Newts of the ponds", "Pond Notes")


def test_the_only_reference_names_the_journal_of_a_report_that_is_cited_without_its_title() -> None:
    deed = "In the Report “Newts in driven ponds” (1), we presented counts. We retract the Report."
    assert from_text(
        f"RETRACTION\n\n{deed}\n\n1. A. Moss, B. Fenn, Pond Letters 344, 221 (2014).\n"
    ).article.journal == ("Pond Letters")


def test_a_work_from_which_an_article_was_copied_is_not_the_article() -> None:
    work = "A. Moss & B. Fenn. 2010. Newts of the ponds. Pond Notes 37(1): 9-18."
    article = from_text(f"Retraction\n\nWe retract an article that was copied from another one:\n\n{work}\n").article
    assert not article.title


def test_a_title_line_with_announcement_and_authors_is_the_title_alone() -> None:
    line = "Si comunica la ritrattazione dell'articolo: Moss A. I tritoni degli stagni. Note di Stagno 2014; 9: 8."
    article = from_text(f"RITRATTAZIONE\n\n{line}\n\nI dati sono risultati inventati.\n").article
    assert (article.title, article.journal) == ("I tritoni degli stagni", "Note di Stagno")
