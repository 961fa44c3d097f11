"""The pixels and the words of one page, judged from arrays and strings that say what a viewer would."""

from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import NDArray

from watermark.models import Status
from watermark.verification import rendering_diff, text_extraction

Pixels = NDArray[np.uint8]

COLOUR = np.array([191, 25, 25])
HEIGHT, WIDTH = 120, 80
MARK = (slice(40, 80), slice(10, 70))
LINE = (20.0, 4.0, 60.0, 8.0)


def page(ground: int = 255, ink: int = 0) -> Pixels:
    """A page of stripes: a row of ink, three rows of ground."""
    drawn = np.full((HEIGHT, WIDTH, 3), ground, np.uint8)
    drawn[20::4] = ink
    return drawn


def marked(before: Pixels, opacity: float = 0.22) -> Pixels:
    after = before.astype(float)
    after[MARK] = (1 - opacity) * after[MARK] + opacity * COLOUR
    return after.round().astype(np.uint8)


def messages_of(before: Pixels, after: Pixels, **view: object) -> str:
    """Return the failures of a page, except that its mark is too faint: marks here are as faint as possible."""
    return " | ".join(message for message in complaints(before, after, **view) if "too faint" not in message)


def complaints(
    before: Pixels,
    after: Pixels,
    *,
    opacity: float = 0.22,
    stroked: bool = False,
    line_colour: tuple[float, ...] | None = (0.75, 0.1, 0.1),
    **other: object,
) -> list[str]:
    cover = np.zeros((HEIGHT, WIDTH), np.uint8)
    cover[MARK] = 255
    line = SimpleNamespace(form=SimpleNamespace(colour_rgb=line_colour))
    letters = SimpleNamespace(opacity=opacity, stroked=stroked, colour_rgb=(0.75, 0.1, 0.1))
    mark = SimpleNamespace(letters=letters, lines=[line], halo=None)
    view = {
        "mark": mark,
        "receipt": SimpleNamespace(choices={}),
        "cover": cover,
        "before": before,
        "after": after,
        "line_boxes": [],
        "field_boxes": [],
        **other,
    }
    found = list(rendering_diff.on_page(SimpleNamespace(**view)))  # type: ignore[arg-type]
    assert all(status is Status.FAILED for status, *_ in found)
    return [message for _, message, *_ in found]


@pytest.mark.parametrize(("ground", "ink"), [(255, 0), (0, 255), (200, 90), (30, 30), (255, 255)])
@pytest.mark.parametrize("opacity", [0.1, 0.22, 0.4])
def test_a_translucent_mark_on_any_ground_is_seen_and_hides_nothing(ground: int, ink: int, opacity: float) -> None:
    before = page(ground, ink)
    assert messages_of(before, marked(before, opacity), opacity=opacity) == ""


@pytest.mark.parametrize(
    ("ground", "opacity", "faint"),
    [(255, 0.1, True), (255, 0.22, False), (200, 0.22, True), (0, 0.22, True), (0, 0.4, True), (255, 0.4, False)],
)
def test_a_mark_that_hardly_differs_from_its_ground_is_too_faint(ground: int, opacity: float, faint: bool) -> None:  # noqa: FBT001 - a column
    before = page(ground, ground)
    found = complaints(before, marked(before, opacity), opacity=opacity)
    assert any("the mark is too faint" in message for message in found) == faint


def test_an_opaque_mark_hides_what_is_under_it() -> None:
    assert "hides what is under it" in messages_of(page(), marked(page(), 1.0))


def test_a_single_word_that_is_lost_is_noticed() -> None:
    after = marked(page())
    after[44, 20:40] = after[45, 20:40]
    assert "20 of 2400 pixels do not show through" in messages_of(page(), after)


def test_a_mark_that_was_not_drawn_is_noticed() -> None:
    assert "the mark is hidden: only 0% of its letters is visible" in messages_of(page(), page())


def test_half_a_mark_is_not_enough() -> None:
    after = marked(page())
    after[:, :45] = page()[:, :45]
    assert "the mark is hidden" in messages_of(page(), after)


def test_annotations_over_the_mark_are_no_loss() -> None:
    after = marked(page())
    after[44:50, 20:40] = page()[44:50, 20:40]
    assert messages_of(page(), after) == ""


def test_a_page_of_another_size_is_not_compared() -> None:
    assert "another size" in messages_of(page(), marked(page())[:-1])


def test_a_change_beside_the_mark_is_placed() -> None:
    after = marked(page())
    after[100:104, 60:64] = 90
    assert "16 pixels, the first 75% from the left, 83% from the top" in messages_of(page(), after)


def test_a_page_without_a_mark_is_not_passed_over() -> None:
    assert "no mark is visible" in messages_of(page(), page(), mark=None, cover=np.zeros((HEIGHT, WIDTH), np.uint8))


def test_wide_strokes_are_noticed() -> None:
    assert "stroked so wide" in messages_of(page(), marked(page(), 1.0), stroked=True)


def test_narrow_strokes_may_be_opaque() -> None:
    cover = np.zeros((HEIGHT, WIDTH), np.uint8)
    cover[40:80:8, 10:70] = 255
    after = page()
    after[cover > 0] = COLOUR
    assert messages_of(page(), after, stroked=True, cover=cover) == ""


@pytest.mark.parametrize(("ground", "ink"), [(255, 0), (0, 255)])
def test_a_line_over_drawing_must_not_hide_it(ground: int, ink: int) -> None:
    before = page(ground, ground)
    before[5, 25:55] = ink
    seen, hidden = marked(before), marked(before)
    seen[6, 25:55:2] = 120
    hidden[2:10, 20:60] = ground
    assert messages_of(before, seen, line_boxes=[LINE]) == ""
    assert "hides drawing under it (30 pixels)" in messages_of(before, hidden, line_boxes=[LINE])


@pytest.mark.parametrize(
    ("ground", "colour", "faint"),
    [
        (255, (0.75, 0.1, 0.1), False),
        (120, (0.75, 0.1, 0.1), True),
        (0, (0.75, 0.1, 0.1), True),
        (0, (1.0, 1.0, 1.0), False),
        (255, (0.6, 0.6, 0.6), True),
        (255, None, True),
    ],
)
def test_a_line_that_hardly_differs_from_its_ground_is_too_faint(
    ground: int, colour: tuple[float, ...] | None, *, faint: bool
) -> None:
    before = page(ground, ground)
    after = marked(before)
    after[5:7, 25:55:2] = 128 if ground != 128 else 0
    found = complaints(before, after, line_boxes=[LINE], line_colour=colour)
    assert any("the line" in message and ("faint" in message or "known" in message) for message in found) == faint


def test_a_black_box_is_not_a_line() -> None:
    after = marked(page(255, 255))
    after[1:12, 17:64] = 0
    assert "the line covers what is under it" in messages_of(page(255, 255), after, line_boxes=[LINE])


# ------------------------------------------------------------------------------------------------ words

WORDS = "One page of words\nand an-\nother line"


def read(after: str, line: str = "Retracted. Notice: x", before: str = WORDS) -> str:
    view = SimpleNamespace(
        texts=(before, after), receipt=SimpleNamespace(line_text=line), line_text=line, annotated=False
    )
    return " | ".join(message for _, message in text_extraction.on_page(view))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "after",
    [
        f"Retracted. Notice: x\n{WORDS}",
        f"{WORDS} Retracted.\nNotice: x",
        "One page of words\nRetracted. Notice: x and an-\nother line",
    ],
)
def test_the_line_may_be_between_any_two_words(after: str) -> None:
    assert read(after) == ""


@pytest.mark.parametrize(
    ("after", "message"),
    [
        (WORDS, "does not have the line"),
        ("One page Retracted. of words and an- Notice: x other line", "does not have the line"),
        ("One pa Retracted. Notice: x ge of words and an- other line", "splits a word"),
        (f"Retracted. Notice: x {WORDS} more", "the text has changed"),
        (f"Retracted. Notice: x {WORDS[4:]}", "the text has changed"),
        (f"Retracted. Notice: x {WORDS} Retracted. Notice: x", "the text has changed"),
        ("Retracted. Notice: x", "“Onepageofwordsandan-othe” has become “nothing more”"),
    ],
)
def test_any_other_difference_in_the_words_is_named(after: str, message: str) -> None:
    assert message in read(after)


def test_a_page_that_had_the_line_already_gains_one_more() -> None:
    line = "Retracted. Notice: x"
    assert read(f"{line} {line} {WORDS}", before=f"{line} {WORDS}") == ""
    assert read(f"{line} {WORDS}", before=f"{line} {WORDS}") != ""


@pytest.mark.parametrize("hyphen", ["\x02", "\ufffe", "\xad", "-"])
def test_a_hyphen_that_a_line_now_follows_is_the_same_hyphen(hyphen: str) -> None:
    line = "Retracted. Notice: x"
    assert read(f"{WORDS} end{hyphen}\n{line}", before=f"{WORDS} end-") == ""
    assert read(f"{WORDS} end\n{line}", before=f"{WORDS} end-") != ""


def test_without_a_line_no_word_may_change() -> None:
    assert read(WORDS, line="") == ""
    assert "the text has changed" in read(WORDS + "s", line="")
