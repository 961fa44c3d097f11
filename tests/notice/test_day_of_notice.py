"""The day of a notice is told from those of its article, of its receipt, and of the letter that announces it."""

import pytest

from watermark.notice import from_text

HEAD = "Retraction: Newts of the northern ponds\n\nThe Editor has retracted this article (doi: 10.5555/p.1).\n\n"
OWN_PAGE = (
    "RETRACTED: Newts of the northern ponds\n\nhttps://doi.org/10.5555/p.1\n\n%s\n\nThis article has been retracted."
)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Reçu le 11 mars 2019 ; publié en ligne le 2 avril 2019", "2019-04-02"),
        ("Zaakceptowano: 14.09.2020      Opublikowano: 30.09.2020", "2020-09-30"),
        ("Опубликована: 28.06.2021", "2021-06-28"),
        ("公開日: 2021/08/20    受付日: -    受理日: -", "2021-08-20"),
        ("Publicado em 06/Set/2018", "2018-09-06"),
        ("Publicado en abril de 2019", "2019-04"),
        ("Published in May 2019", "2019-05"),
        ("Published, Papers in Press: April 12, 2019", "2019-04-12"),
        ("Published, JBC Papers in Press, April 12, 2019", "2019-04-12"),
        ("Published in final form 12 April 2019", "2019-04-12"),
        ("Prepublished online April 12, 2019", "2019-04-12"),
        ("Online erschienen: 12. April 2019", "2019-04-12"),
        ("Received 11 January 2019; accepted 12 January 2019; online 19 January 2019", "2019-01-19"),
        ("The Journal of Ponds, May 18, 2016 • 36(20):5709 • 5709", "2016-05-18"),
        ("Publicação nesta coleção 17 Ago 2020", "2020-08-17"),
        ("Rev. Lagos vol.48 no.3 Lago Alto mar. 2020", ""),
        ("Publié en avril 2019.", "2019-04"),
        ("www.ponds.example    PONDS    VOL 302    3 OCTOBER 2003    49", "2003-10-03"),
        ("Received July 16, 2021; Epub September 15, 2021; Published September 30, 2021", "2021-09-30"),
    ],
)
def test_the_day_of_publication_is_read_among_others_in_each_language(line: str, day: str) -> None:
    assert from_text(f"{HEAD}{line}\n").date == day


@pytest.mark.parametrize("line", ["Available online 6 August 2021", "Published: July 3, 2019", "Posted June 30, 2020"])
def test_on_the_page_of_the_article_its_own_day_is_not_the_notice_s(line: str) -> None:
    assert from_text(OWN_PAGE % line).date == ""


def test_on_the_page_of_the_article_a_day_that_is_called_the_retraction_s_is_read() -> None:
    assert from_text(OWN_PAGE % "Published: July 3, 2019\n\nRetraction notice (21 June 2022)").date == "2022-06-21"


def test_a_letter_about_a_notice_that_will_appear_gives_no_day() -> None:
    letter = "14 October 2022\n\nDear Dr. Moss,\n\nRetraction of your article\n\nYour article is a copy. %s"
    assert from_text(letter % "A notice to this effect will appear in our next number.").date == ""


def test_the_date_of_an_e_mail_is_that_of_the_notice_unless_the_notice_is_still_to_appear() -> None:
    mail = "From: office@ponds.example\nDate: Thu, 3 Mar 2022\nSubject: Retraction: Newts of the northern ponds\n\n%s"
    assert from_text(mail % "The editors have retracted this article.").date == "2022-03-03"
    assert from_text(mail % "We retract this article. The notice will be published in the next issue.").date == ""


def test_the_record_of_a_paper_in_violation_gives_no_day() -> None:
    record = (
        "Notice of Violation of Publication Principles: Newts of the northern ponds\n\nThe paper is hereby retracted."
    )
    assert from_text(f"{record}\n\nDate of Publication: 15 September 2009").date == ""


RECORD = """1. Pond Biochem. 2018 Jul 1;204:88-97. doi: 10.5555/pb.18.31. Epub 2018 Apr 19.

RETRACTED: Newts of the northern ponds.

Moss A(1), Oduya T(2).

Retraction in
    Pond Biochem. 2022 Feb 15;291:120290.

This article has been retracted at the request of the editor."""
SIGNED = """Retraction: Newts of the northern ponds
DOI: 10.5555/p.9

The Editor hereby retracts the article (10.5555/p.1).

Signed: Ada Moss, Editor
Date: 13th January 2021

Received 13th January 2021
First published on 20th January 2021"""
FOOT = """Retraction

Newts of the Northern Ponds

Ada Moss and Tom Oduya
(Newtone 78, 1090-1103; June 19, 2013)

We retract our paper, as one animal was entered twice.

Newtone 84, 660, November 5, 2014 ©2014 Pond Press Inc."""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param(RECORD, "2022-02-15", id="the record of a paper cites the notice"),
        pytest.param(SIGNED, "2021-01-20", id="published after it was signed"),
        pytest.param(FOOT, "2014-11-05", id="in the line of the journal with the copyright behind it"),
        pytest.param(
            f"{HEAD}Submitted 15.04.21; accepted 16.04.21; published 30.04.21.", "2021-04-30", id="a short year"
        ),
    ],
)
def test_the_day_of_the_notice_itself_is_read(text: str, day: str) -> None:
    assert from_text(text).date == day


def test_the_day_in_the_sentence_of_the_removal_is_read_on_the_page_of_the_work() -> None:
    page = "REMOVED: Newts of the northern ponds\n\nhttps://doi.org/10.5555/p.1\n\n%s"
    deed = "This chapter has been removed by the Press for legal reasons (2 September 2021)."
    assert from_text(page % deed).date == "2021-09-02"


@pytest.mark.parametrize(
    "line",
    ["Retirado el 2 septiembre 2021", "AVVISO DI RITRATTAZIONE (2 settembre 2021). Il saggio è stato ritrattato."],
)
def test_on_the_page_of_the_article_the_day_of_the_deed_is_read_in_other_languages(line: str) -> None:
    assert from_text(OWN_PAGE % line).date == "2021-09-02"


def test_the_day_of_the_article_behind_retraction_notice_to_is_not_the_notice_s() -> None:
    line = (
        "Retraction Notice to Web of Ponds 245, 02003 (2021), https://doi.org/10.5555/p.1, published on 24 March 2021."
    )
    assert from_text(f"Retraction: Newts of the northern ponds\n\n{line}\n\nIt is retracted.").date == ""


def test_a_day_before_the_year_of_the_authors_copyright_is_not_the_notice_s() -> None:
    lines = "© The Author(s), 2023\n\nPond Press, 26 March 2019"
    assert from_text(f"{HEAD}{lines}").date == ""


def test_a_letter_about_a_notice_that_has_not_been_published_gives_no_day() -> None:
    letter = "24 January 2022\n\nRetraction of an article\n\nDear Librarian,\n\nWe retract the article below. %s"
    assert (
        from_text(letter % "The notice will be included in the next issue; it has not been published yet.").date == ""
    )


@pytest.mark.parametrize("work", ["This article", "The article “Newts of the northern ponds”"])
def test_on_the_page_of_the_article_the_day_on_which_someone_retracted_it_is_read(work: str) -> None:
    page = OWN_PAGE.replace(
        "This article has been retracted.", f"{work} has been retracted by the Press on June 3, 2022."
    )
    assert from_text(page % "Published: July 3, 2019").date == "2022-06-03"


def test_the_day_on_which_a_letter_says_that_the_notice_was_published_is_the_notice_s() -> None:
    told = "please note that the following retraction notice was published on 11 October 2024.\n\n"
    letter = (
        f"From: The Ponds\nDate: Mon, 14 Oct 2024 09:31:07 +0200\nSubject: Retraction\n\nDear colleagues,\n\n%s{HEAD}"
    )
    assert [from_text(letter % words).date for words in (told, "")] == ["2024-10-11", "2024-10-14"]


def test_the_month_in_the_record_of_a_notice_that_is_called_after_its_article_is_the_notice_s() -> None:
    record = (
        "Retraction of Moss and Fenn (2011).\n\nThe article by Moss and Fenn is being retracted, as data are wrong.\n\n"
        "Title: %s of Moss and Fenn (2011).\nPublication Date: Jun 2012\nAuthor: No authorship indicated\n"
    )
    assert [from_text(record % work).date for work in ("Retraction", "Findings")] == ["2012-06", ""]


def test_a_day_below_the_label_of_the_notice_is_not_that_of_the_article_whose_facts_are_below_it() -> None:
    text = (
        "%s: Newts of the northern ponds\nPublished online: 06 Apr 2023\n\nArticle title: Newts of the northern ponds\n"
        "Authors: Moss, A. and Fenn, B.\nJournal: Ponds\nDOI: https://doi.org/10.5555/p.1\n\nWe retract the article.\n"
    )
    assert from_text(text % "Statement of Retraction").date == "2023-04-06"
    assert from_text(text % "RETRACTED ARTICLE").date == ""


def test_a_day_in_front_of_the_sentence_of_the_deed_is_read_on_the_page_of_the_article() -> None:
    page = OWN_PAGE.replace("This article has been retracted.", "%s: The article has been retracted by its authors.")
    assert from_text(page % ("Published: July 3, 2019", "30 November 2021")).date == "2021-11-30"
