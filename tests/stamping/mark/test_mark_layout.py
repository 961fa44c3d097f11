import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watermark.errors import UsageError
from watermark.pdf.geometry import PageShape, applied
from watermark.stamping.mark import Edge, LinePosition, MarkStyle, letters, place_line, place_mark

WORDS = ("Retracted", "Expression of concern", "Partially retracted", "x")
LINE = "Retracted 2024-05-01. Notice: https://doi.org/10.1234/abcdefgh"
SIDES = st.floats(3, 14400)
SHAPES = st.builds(
    lambda x, y, width, height, turn, unit: PageShape(
        visible=(x, y, x + width, y + height), rotate_degrees_cw=turn, user_unit=unit
    ),
    st.floats(-5000, 5000),
    st.floats(-5000, 5000),
    SIDES,
    SIDES,
    st.sampled_from([0, 90, 180, 270]),
    st.sampled_from([0.1, 1.0, 2.5, 75.0]),
)
A4 = PageShape(visible=(0, 0, 595, 842))


def _corners(shape: PageShape, word: str, style: MarkStyle) -> list[tuple[float, float]]:
    drawn = letters(word)
    matrix = place_mark(shape, drawn, style).matrix
    reach, rise = drawn.width / 2, drawn.height / 2
    return [applied(matrix, x, y) for x, y in itertools.product((-reach, reach), (-rise, rise))]


@given(
    SHAPES,
    st.sampled_from(WORDS),
    st.sampled_from([None, 0.0, 45.0, 90.0, -37.0, -90.0]),
    st.sampled_from(["centre", "top", "bottom"]),
)
def test_the_mark_stays_inside_every_page(shape: PageShape, word: str, angle: float | None, position: str) -> None:
    left, bottom, right, top = shape.visible
    for x, y in _corners(shape, word, MarkStyle(angle_degrees_ccw=angle, position=position)):
        assert left < x < right
        assert bottom < y < top


@given(SHAPES, st.sampled_from(list(Edge)), st.sampled_from([LINE, "W" * 150, "one " * 60]))
def test_the_line_stays_inside_every_page(shape: PageShape, edge: Edge, text: str) -> None:
    left, bottom, right, top = shape.visible
    place = place_line(shape, text, LinePosition(edge))
    x0, y0, x1, y1 = place.box
    assert left < x0 < x1 < right
    assert bottom < y0 < y1 < top
    assert " ".join(place.rows).split() == text.split()


def test_the_mark_runs_along_the_diagonal_and_is_as_long_as_asked() -> None:
    corners = _corners(A4, "Retracted", MarkStyle())
    (x0, y0), (x1, y1) = corners[0], corners[2]
    assert math.hypot(x1 - x0, y1 - y0) == pytest.approx(0.72 * math.hypot(595, 842))
    assert math.atan2(y1 - y0, x1 - x0) == pytest.approx(math.atan2(842, 595))
    assert sum(x for x, _ in corners) / 4 == pytest.approx(595 / 2)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_mark_is_upright_as_displayed(turn: int) -> None:
    shape = PageShape(visible=(10, 20, 605, 862), rotate_degrees_cw=turn)
    a, b, *_ = place_mark(shape, letters("Retracted"), MarkStyle(angle_degrees_ccw=0)).matrix
    expected = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[turn]
    assert (a / math.hypot(a, b), b / math.hypot(a, b)) == pytest.approx(expected)


@pytest.mark.parametrize("position", ["top", "bottom"])
def test_a_mark_at_the_top_or_bottom_is_there(position: str) -> None:
    _, middle = applied(
        place_mark(A4, letters("Retracted"), MarkStyle(angle_degrees_ccw=0, position=position)).matrix, 0, 0
    )
    assert (middle > 700) if position == "top" else (middle < 142)


def test_an_unknown_position_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        place_mark(A4, letters("Retracted"), MarkStyle(position="left"))


@pytest.mark.parametrize("unit", [1.0, 2.0, 0.5])
@pytest.mark.parametrize("side", [300, 800, 5000])
def test_the_stroke_is_as_wide_as_asked_whatever_the_page(unit: float, side: float) -> None:
    shape = PageShape(visible=(0, 0, side, side), user_unit=unit)
    place = place_mark(shape, letters("Retracted"), MarkStyle())
    scale = math.hypot(*place.matrix[:2])
    assert place.stroke_width * scale * unit == pytest.approx(1.1)


def test_on_a_page_of_three_units_the_stroke_leaves_the_letters_readable() -> None:
    assert place_mark(PageShape(visible=(0, 0, 3, 3)), letters("Retracted"), MarkStyle()).stroke_width <= 40


@pytest.mark.parametrize("edge", list(Edge))
def test_the_line_is_at_its_edge_as_displayed(edge: Edge) -> None:
    left, bottom, right, top = place_line(A4, LINE, LinePosition(edge)).displayed_box
    assert {Edge.TOP: 842 - top, Edge.BOTTOM: bottom, Edge.LEFT: left, Edge.RIGHT: 595 - right}[edge] == pytest.approx(
        10
    )
    middle = (left + right) / 2 if edge in {Edge.TOP, Edge.BOTTOM} else (bottom + top) / 2
    assert middle == pytest.approx(595 / 2 if edge in {Edge.TOP, Edge.BOTTOM} else 421)


@pytest.mark.parametrize(("unit", "side"), [(1.0, 595), (2.0, 300), (0.5, 1200)])
def test_the_line_is_legible_as_displayed_whatever_the_unit(unit: float, side: float) -> None:
    place = place_line(PageShape(visible=(0, 0, side, side * 1.4), user_unit=unit), LINE, LinePosition(Edge.TOP))
    assert place.matrix[0] * unit >= 7.4


def test_a_line_too_long_for_a_small_page_is_set_in_two_rows_and_never_shortened() -> None:
    place = place_line(PageShape(visible=(0, 0, 120, 200)), LINE, LinePosition(Edge.TOP))
    assert place.rows == ("Retracted 2024-05-01. Notice:", "https://doi.org/10.1234/abcdefgh")
    assert place.matrix[0] > 5


def test_a_poster_has_a_larger_line() -> None:
    place = place_line(PageShape(visible=(0, 0, 2384, 3370)), LINE, LinePosition(Edge.TOP))
    assert place.matrix[0] == pytest.approx(30, abs=0.2)
