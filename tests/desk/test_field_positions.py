"""Each field of a notice is shown with the words of the text that it was read from."""

import pytest

from watermark.desk.work.field_positions import places_in
from watermark.notice import Notice, Reference, State, from_text

TEXT = """# Effects of *Rain* on Small Towns [Retraction]

Doe J, Roe R. Journal of Weather. 2020;13:877-888. https://doi.org/10.1000/ABC123

Published: 5 May 2024

We, the Editor and Publisher, hereby retract the article named above.
"""


def words(text: str, notice: Notice, field: str) -> list[str]:
    return [text[place.start : place.end] for place in places_in(text, notice)[field]]


def test_the_fields_of_a_text_are_found_in_it() -> None:
    notice = from_text(TEXT)
    assert words(TEXT, notice, "article.title") == ["Effects of *Rain* on Small Towns"]
    assert words(TEXT, notice, "article.doi") == ["10.1000/ABC123"]
    assert words(TEXT, notice, "article.year") == ["2020"]
    assert words(TEXT, notice, "article.pages") == ["877-888"]
    assert words(TEXT, notice, "date") == ["5 May 2024"]
    assert words(TEXT, notice, "state") == ["[Retraction]"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The “quoted” title", 'The "quoted" title'),
        ("The title\n  on two lines", "The title on two lines"),
        ("A range of 1\u20132 towns", "A range of 1-2 towns"),
        ("STRASSE in der Stadt", "Straße in der Stadt"),
        ("Soft\u00adhyphen\u00adated title", "Softhyphenated title"),
    ],
)
def test_white_space_case_and_forms_of_signs_do_not_matter(text: str, title: str) -> None:
    notice = Notice(state=State.RETRACTION, article=Reference(title=title))
    assert words(f"before {text} after", notice, "article.title") == [text]


@pytest.mark.parametrize(
    "text",
    ["<year>2024</year> <month>05</month><day>04</day>", "[[2024, 5, 4]]", "<day>4</day><month>5</month><year>2024"],
)
def test_a_date_in_fields_of_a_record_is_found(text: str) -> None:
    notice = Notice(state=State.RETRACTION, article=Reference(), date="2024-05-04")
    (found,) = words(f"2024 12 {text} 2019", notice, "date")
    assert found in text
    assert "2024" in found


def test_a_short_value_is_a_whole_word_where_there_is_one() -> None:
    notice = Notice(state=State.RETRACTION, article=Reference(volume="13", issue="1"))
    assert words("2013;13(1):131", notice, "article.volume") == ["13"]
    assert places_in("2013;13(1):131", notice)["article.volume"][0].start == 5
    assert words("2013;13(1):131", notice, "article.issue") == ["1"]


def test_what_is_not_in_the_text_has_no_place() -> None:
    notice = Notice(state=State.REMOVAL, article=Reference(title="Something else"), date="2024-01-01")
    assert places_in("nothing of it", notice) == {"date": [], "article.title": [], "state": []}


def test_a_state_without_its_name_is_found_by_the_sentence_that_says_what_was_done() -> None:
    text = "The article has been retracted at the request of the authors."
    assert words(text, Notice(state=State.RETRACTION, article=Reference()), "state") == ["retracted"]


@pytest.mark.parametrize("text", ["", "(" * 50_000, "[" * 20_000 + "a" * 20_000, "1 " * 10_000, "İ" * 10_000])
def test_any_text_is_searched_in_bounded_time(text: str) -> None:
    notice = Notice(state=State.RETRACTION, article=Reference(title="A title", year=2020), date="2024-05-05")
    assert places_in(text, notice)["article.title"] == []
