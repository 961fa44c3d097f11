"""Lines with words of both directions are displayed in the order that Unicode's bidirectional algorithm gives."""

import pytest

from watermark.pdf.fonts.directions import displayed_runs, runs_from_right


def displayed(text: str, *, from_right: bool) -> str:
    """The characters from left to right."""
    runs = displayed_runs(text, from_right=from_right)
    return "".join(characters[::-1] if is_from_right else characters for characters, is_from_right in runs)


@pytest.mark.parametrize(
    ("text", "from_right", "shown"),
    [
        ("abc def", False, "abc def"),
        ("אבג דהו", True, "והד גבא"),
        ("see אבג דהו now", False, "see והד גבא now"),
        ("אבג HepG2 דהו", True, "והד HepG2 גבא"),
        ("אבג (HepG2) 2020", True, "2020 )HepG2( גבא"),  # HarfBuzz mirrors brackets that run from the right
        ("abc (אבג) def", False, "abc (גבא) def"),
        ("J (אבג 4) 5", False, "J (4 גבא) 5"),
        ("(((((", True, "((((("),
        ("אבג 10,5%", True, "10,5% גבא"),
        ("يوم 12 مايو 2024.", True, ".2024 ويام 12 موي"),
        ("doi: אבג", False, "doi: גבא"),
        ("", True, ""),
    ],
)
def test_a_line_is_displayed_from_left_to_right(text: str, *, from_right: bool, shown: str) -> None:
    assert displayed(text, from_right=from_right) == shown


@pytest.mark.parametrize(
    ("text", "expected"), [("12 אבג abc", True), ("(abc) אבג", False), ("12 ()", False), ("", False)]
)
def test_the_first_letter_decides_the_direction_of_a_paragraph(text: str, expected: bool) -> None:  # noqa: FBT001 - a case
    assert runs_from_right(text) is expected
