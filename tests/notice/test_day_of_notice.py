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
