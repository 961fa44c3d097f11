from collections.abc import Sequence

import numpy as np
import pytest

from watermark.pdf.geometry import PageShape
from watermark.stamping.mark import Edge, LinePosition, MarkStyle, choose_position, place_line
from watermark.stamping.mark.edge_selection import SAFE_EDGES, SIDEWAYS_EDGES, band_of, ink

A4 = PageShape(visible=(0, 0, 595, 842))
LINE = "Retracted 2024-05-01. Notice: https://doi.org/10.1234/abcdefgh"


def page(shade: int = 255) -> np.ndarray:
    return np.full((421, 298, 3), shade, np.uint8)


def choose(pixels: np.ndarray, edges: Sequence[Edge] = SAFE_EDGES, shape: PageShape = A4) -> LinePosition | None:
    return choose_position(pixels, shape, LINE, MarkStyle(), edges)


def with_ink(*edges: Edge) -> np.ndarray:
    pixels = page()
    for edge in edges:
        strip = {
            Edge.TOP: np.s_[6:8, 130:160],
            Edge.BOTTOM: np.s_[-8:-6, 130:160],
            Edge.LEFT: np.s_[200:230, 6:8],
            Edge.RIGHT: np.s_[200:230, -8:-6],
        }[edge]
        pixels[strip] = 0
    return pixels


@pytest.mark.parametrize(
    ("taken", "chosen"),
    [
        ((), Edge.TOP),
        ((Edge.LEFT, Edge.BOTTOM), Edge.TOP),
        ((Edge.TOP,), Edge.LEFT),
        ((Edge.TOP, Edge.LEFT), Edge.BOTTOM),
    ],
)
def test_the_line_goes_to_an_empty_edge_the_top_first(taken: tuple[Edge, ...], chosen: Edge) -> None:
    assert choose(with_ink(*taken)) == LinePosition(chosen)


def test_the_right_edge_is_never_chosen_because_it_tears_the_order_of_words() -> None:
    assert choose(with_ink(Edge.TOP, Edge.LEFT, Edge.BOTTOM)) not in {LinePosition(Edge.RIGHT), None}


def test_where_the_middle_of_every_edge_is_taken_the_line_moves_along_one() -> None:
    pixels = with_ink(Edge.LEFT, Edge.BOTTOM, Edge.TOP)
    assert choose(pixels) == LinePosition(Edge.TOP, along=67)
    pixels[5:9] = 0
    pixels[:, 5:9] = 0
    assert choose(pixels) == LinePosition(Edge.BOTTOM, along=67)


def test_on_a_page_with_a_frame_the_line_is_inside_the_frame() -> None:
    pixels = page()
    pixels[[8, -8]] = 0
    pixels[:, [8, -8]] = 0
    position = choose(pixels)
    assert position is not None
    assert position.inward
    assert not ink(band_of(pixels, A4, place_line(A4, LINE, position).displayed_box))


def test_where_nothing_is_empty_there_is_no_line() -> None:
    pixels = page()
    pixels[::6] = 0
    pixels[:, ::6] = 0
    assert choose(pixels) is None


def test_the_line_is_not_put_on_a_pale_bar_with_white_words() -> None:
    pixels = page()
    pixels[8:18, 60:240] = 211
    pixels[11:15, 120:180:2] = 240
    assert choose(pixels) == LinePosition(Edge.LEFT)
    pixels[:18] = 211
    pixels[6:12, 120:180:2] = 240
    assert choose(pixels) == LinePosition(Edge.LEFT)


def test_the_line_is_not_put_on_stripes_of_equal_lightness_and_different_colours() -> None:
    pixels = page()
    pixels[:16, :] = 25, 230, 127
    pixels[10:16, :] = 150, 40, 192
    assert choose(pixels) == LinePosition(Edge.LEFT)


def test_a_page_that_is_read_sideways_has_the_line_at_a_side() -> None:
    assert choose(page(), SIDEWAYS_EDGES) == LinePosition(Edge.LEFT)
    pixels = page()
    pixels[:, :60] = np.arange(60)[:, None] % 2 * 200
    assert choose(pixels, SIDEWAYS_EDGES) == LinePosition(Edge.RIGHT)


def test_the_line_is_not_put_on_a_dark_bar_though_it_is_even() -> None:
    pixels = page()
    pixels[:20] = (0, 130, 110)
    assert choose(pixels) == LinePosition(Edge.LEFT)


def test_a_dark_page_has_the_line_at_the_top_all_the_same() -> None:
    assert choose(page(20)) == LinePosition(Edge.TOP)


def test_the_noise_of_a_scan_does_not_count_as_ink() -> None:
    noise = np.random.default_rng(1).integers(215, 255, (421, 298, 1)).astype(np.uint8)
    pixels = np.repeat(noise, 3, axis=2)
    pixels[200:230, 6:8] = 0
    assert choose(pixels) == LinePosition(Edge.TOP)


def test_the_bands_follow_the_page_as_displayed() -> None:
    turned = PageShape(visible=(0, 0, 842, 595), rotate_degrees_cw=90)
    assert choose(with_ink(Edge.TOP), shape=turned) == LinePosition(Edge.LEFT)


def test_a_page_of_three_units_does_no_harm() -> None:
    pixels, shape = np.full((64, 64, 3), 255, np.uint8), PageShape(visible=(0, 0, 3, 3))
    assert choose(pixels, shape=shape) == LinePosition(Edge.TOP)
