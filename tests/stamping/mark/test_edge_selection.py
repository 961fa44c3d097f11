import numpy as np
import pytest

from watermark.pdf.geometry import PageShape
from watermark.stamping.mark import Edge, choose_edge

A4 = PageShape(visible=(0, 0, 595, 842))
LINE = "Retracted 2024-05-01. Notice: https://doi.org/10.1234/abcdefgh"


def page(shade: int = 255) -> np.ndarray:
    return np.full((421, 298, 3), shade, np.uint8)


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
def test_the_line_goes_where_nothing_stands_the_top_first(taken: tuple[Edge, ...], chosen: Edge) -> None:
    assert choose_edge(with_ink(*taken), A4, LINE) is chosen


def test_the_right_edge_is_never_chosen_because_it_tears_the_order_of_words() -> None:
    assert choose_edge(with_ink(Edge.TOP, Edge.LEFT, Edge.BOTTOM), A4, LINE) is not Edge.RIGHT


def test_of_three_taken_edges_the_emptiest_is_chosen() -> None:
    pixels = with_ink(Edge.LEFT, Edge.BOTTOM, Edge.TOP)
    pixels[5:9] = 0
    pixels[:, 5:9] = 0
    assert choose_edge(pixels, A4, LINE) is Edge.BOTTOM


def test_a_dark_bar_is_no_place_for_the_line_though_it_is_even() -> None:
    pixels = page()
    pixels[:20] = (0, 130, 110)
    assert choose_edge(pixels, A4, LINE) is Edge.LEFT


def test_a_dark_page_has_the_line_at_the_top_all_the_same() -> None:
    assert choose_edge(page(20), A4, LINE) is Edge.TOP


def test_the_noise_of_a_scan_is_no_ink() -> None:
    noise = np.random.default_rng(1).integers(215, 255, (421, 298, 1)).astype(np.uint8)
    pixels = np.repeat(noise, 3, axis=2)
    pixels[200:230, 6:8] = 0
    assert choose_edge(pixels, A4, LINE) is Edge.TOP


def test_the_bands_follow_the_page_as_displayed() -> None:
    turned = PageShape(visible=(0, 0, 842, 595), rotate_degrees_cw=90)
    assert choose_edge(with_ink(Edge.TOP), turned, LINE) is Edge.LEFT


def test_a_page_of_three_units_is_no_trouble() -> None:
    assert choose_edge(np.full((64, 64, 3), 255, np.uint8), PageShape(visible=(0, 0, 3, 3)), LINE) is Edge.TOP
