"""Lines: none too wide, no word lost, links whole where they can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watermark.stamping.notice_document.blocks import Run
from watermark.stamping.notice_document.fonts import Faces, faces_for
from watermark.stamping.notice_document.line_breaking import lines_of
from watermark.stamping.notice_document.text_cleanup import linked, settable

ALPHABET = "abc DEF.-/\u2013,;:(5)"
FACES: Faces = faces_for(ALPHABET + "https", ALPHABET, None)
SIZE = 10.0


@given(st.lists(st.tuples(st.text(ALPHABET, min_size=1), st.booleans()), max_size=6), st.floats(12, 300))
def test_no_line_is_wider_than_the_measure_and_nothing_is_lost(parts: list[tuple[str, bool]], measure: float) -> None:
    runs = tuple(Run(text=text, bold=bold) for text, bold in parts)
    lines = lines_of(runs, FACES, SIZE, measure)
    assert "".join(piece.text for line in lines for piece in line) == "".join(run.text for run in runs)
    for line in lines:
        words = "".join(piece.text for piece in line)
        blanks = (len(words) - len(words.rstrip(" "))) * FACES.regular.width(" ") * SIZE
        assert sum(piece.width for piece in line) - blanks <= measure + 0.02


def test_a_link_that_fits_on_a_line_is_not_broken() -> None:
    url = "https://abc/5\u20135-abcabcabcabc"
    measure = FACES.regular.width(url) * SIZE + 5
    lines = lines_of((Run(text="abc 5\u20135 "), Run(text=url, link=url)), FACES, SIZE, measure)
    assert ["".join(piece.text for piece in line) for line in lines] == ["abc 5\u20135 ", url]


def test_a_word_that_fits_on_no_line_is_broken_after_a_slash() -> None:
    measure = FACES.regular.width("aaaaaa") * SIZE
    lines = lines_of((Run(text="aaaa/bbbb"),), FACES, SIZE, measure)
    assert [line[0].text for line in lines] == ["aaaa/", "bbbb"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("a\u00a0b\t\n c", "a b c"),
        ("ﬁnd 𝛼 µ", "find α μ"),  # noqa: RUF001 - letters that look alike are meant
        ("e\u0301", "é"),
        ("x\u200b\u00ad\u202ey", "xy"),
        ("10²", "10²"),
        ("a\u2011b", "a-b"),
    ],
)
def test_text_is_set_as_it_reads(given: str, shown: str) -> None:
    assert settable(given) == shown


@pytest.mark.parametrize(
    ("given", "link"),
    [
        ("see <https://example.org/a>.", "https://example.org/a"),
        ("see https://example.org/a_(b).", "https://example.org/a_(b)"),
        ("(https://example.org/a)", "https://example.org/a"),
        ("HTTPS://EXAMPLE.ORG/ä", "HTTPS://EXAMPLE.ORG/%C3%A4"),
    ],
)
def test_an_address_in_running_text_is_a_link_without_the_stops_after_it(given: str, link: str) -> None:
    assert [run.link for run in linked(given) if run.link] == [link]
