# ruff: noqa: RUF001 - punctuation of another script is meant
"""A title of several printed lines is read whole, and ends where another line begins."""

import textwrap

import pytest

from watermark.notice import from_text

DEED = (
    "The authors have retracted this article. The counts of the second winter were entered twice, and the difference"
    " between the ponds that was reported is no longer seen when each count is used once, as it should have been.\n"
)


@pytest.mark.parametrize(
    "below",
    [
        "Ada Moss, Bo Fenn",
        "by Ada Moss",
        "Pond Research 12, 3–9",
        "https://doi.org/10.5555/p.1",
        "Published 5 May 2020",
    ],
)
def test_a_title_continues_in_the_next_line_up_to_a_line_of_another_role(below: str) -> None:
    title = "Retraction: Newts of the Northern Ponds and Their\nWinter Quarters: A Survey of Nine Lakes"
    notice = from_text(f"{title}\n{below}\n\n{DEED}")
    assert notice.article.title == "Newts of the Northern Ponds and Their Winter Quarters: A Survey of Nine Lakes"


def test_two_words_above_the_authors_are_the_end_of_the_title() -> None:
    text = f"Retraction: The Counting of Newts in the Ponds of\nNorthern Moors\n\nAda Moss and Bo Fenn\n\n{DEED}"
    assert from_text(text).article.title == "The Counting of Newts in the Ponds of Northern Moors"


def test_a_name_that_is_printed_again_is_no_part_of_the_title_above_it() -> None:
    text = (
        "Retraction: Newts of the Northern Ponds in Hard Winters\nLake Matters\n\nIt was in Lake Matters, vol. 3.\n\n"
    )
    assert from_text(text + DEED).article.title == "Newts of the Northern Ponds in Hard Winters"


def test_lines_without_spaces_between_words_are_joined_without_a_space() -> None:
    title = "論文題名：北の池における冬のイモリの分布と\n水温との関連"
    assert (
        from_text(f"論文撤回のお知らせ\n\n{title}\n著者：森 葵\n\n本論文を撤回いたします。\n").article.title
        == "北の池における冬のイモリの分布と水温との関連"
    )


def test_a_label_that_a_wide_space_parts_from_the_title_is_read() -> None:
    text = (
        "論文の取消しについて\n\n本論文を撤回いたします。\n\n論　題\u3000北の池における冬のイモリ\n著　者\u3000森 葵\n"
    )
    assert from_text(text).article.title == "北の池における冬のイモリ"


CENTRED = f"""                               RETRACTION

     Activation of Newts by Membranes of the Northern Heron
                      HopQ in Human Ponds

          Ada Moss, Bo Fenn, Cy Reed, and Dee Lake

{textwrap.fill(DEED, 76)}
"""
IN_ISSUE = f"""Retraction

Retraction for “Newts of the northern ponds and of the lakes in
winter,” by Ada Moss and Bo Fenn, which appeared in issue
31, August 5, 2008, of Proc Pond Acad Sci (105:10877–10882;
first published July 29, 2008; 10.5555/pnas.0712).

{textwrap.fill(DEED, 64)}
"""


def test_two_lines_in_the_middle_of_the_page_are_one_title() -> None:
    title = "Activation of Newts by Membranes of the Northern Heron HopQ in Human Ponds"
    assert from_text(CENTRED).article.title == title


def test_a_sentence_goes_on_in_a_line_that_begins_with_a_number() -> None:
    assert from_text(IN_ISSUE).article.journal == "Proc Pond Acad Sci"


def test_the_office_below_a_title_is_no_part_of_it() -> None:
    title = "Newts of the Northern Ponds After the Winter by Way of miR-4532"
    notice = from_text(f"Retraction: {title}\nFrontiers Editorial Office*\nFrontiers Media SA, Lausanne\n\n{DEED}")
    assert notice.article.title == title


@pytest.mark.parametrize(
    "heading",
    [
        "RETRACTION NOTICE\n\nNewts of the Northern Ponds and Their\nWinter Quarters in Frost\n[Ponds 28 (2020) 20]",
        "Retraction Note to: Newts of the Northern Ponds and Their\nWinter Quarters in Frost\n\nAda Moss, Bo Fenn",
    ],
)
def test_a_title_below_a_label_continues_and_ends_above_its_place(heading: str) -> None:
    text = f"Pond Science, Vol. 29, No. 2 (2021) 2196001\n\n{heading}\n\n{DEED}"
    assert from_text(text).article.title == "Newts of the Northern Ponds and Their Winter Quarters in Frost"


@pytest.mark.parametrize("label", ["Retraction Note to: ", "Retraction of the article:\n"])
def test_a_title_that_ends_with_a_colon_has_its_subtitle_in_the_next_line(label: str) -> None:
    text = f"{label}Newts of the Northern Ponds and Moors:\nWinter Quarters in Frost\n\nAda Moss,* Bo Fenn\n\n{DEED}"
    assert from_text(text).article.title == "Newts of the Northern Ponds and Moors: Winter Quarters in Frost"


def test_authors_with_marks_are_no_part_of_the_title_above_them() -> None:
    text = f"Retraction\n\nNewts Require the Northern Ponds\nAda Moss,* Bo Fenn, and Cy Roe\n\n{DEED}"
    assert from_text(text).article.title == "Newts Require the Northern Ponds"


@pytest.mark.parametrize("below", ["Volume and pages: 14: 33", "Autorin: Nora Moor"])
def test_a_labelled_title_of_two_lines_ends_above_a_line_with_another_label(below: str) -> None:
    title = "Title: Newts of the northern ponds in hard\nwinters of the moors"
    text = f"RETRACTION\n\n{title}\n{below}\n\n{DEED}"
    assert from_text(text).article.title == "Newts of the northern ponds in hard winters of the moors"
