"""The measure of how well mark and line are seen names what is below the floor, and nothing else."""

from pathlib import Path

import numpy as np
import pytest

from tests.corpus.contrasts import PageContrast, contrast_in


def drawn(ground: int, colour: int) -> tuple[float, float]:
    """Return the contrast of a bar of one grey on another, with lines of text under it."""
    before = np.full((48, 96, 3), ground, np.uint8)
    before[::12] = 128
    after, ink = before.copy(), np.full((48, 96, 3), 255, np.uint8)
    after[8:40, 8:88] = colour
    ink[8:40, 8:88] = 0
    return contrast_in(before, after, ink)


@pytest.mark.parametrize(("ground", "colour", "ratio"), [(255, 0, 21.0), (255, 212, 1.48), (0, 60, 1.90)])
def test_the_contrast_is_that_of_the_ink_and_of_what_is_most_often_under_it(
    ground: int, colour: int, ratio: float
) -> None:
    assert drawn(ground, colour) == (pytest.approx(ratio, abs=0.01), pytest.approx(ratio, abs=0.01))


def test_ink_in_two_tones_counts_by_the_one_that_is_seen_better() -> None:
    before = np.zeros((16, 16, 3), np.uint8)
    before[:] = 0, 0, 255
    after = before.copy()
    after[:8], after[8:] = 255, 60
    assert min(contrast_in(before, np.tile(after[4:12], (2, 1, 1)), np.zeros_like(before))) > 7


@pytest.mark.parametrize(
    ("median", "nine_of_ten", "line", "outlined", "fault"),
    [
        (1.46, 1.25, 4.6, False, ""),
        (1.46, 1.25, 0.0, False, ""),
        (1.30, 1.25, 4.6, False, "the mark has 1.30:1, 1.25:1 in nine of ten blocks"),
        (1.46, 1.10, 4.6, False, "the mark has 1.46:1, 1.10:1 in nine of ten blocks"),
        (4.0, 2.5, 4.6, True, "the mark has 4.00:1, 2.50:1 in nine of ten blocks"),
        (1.46, 1.25, 4.0, False, "the line has 4.00:1"),
    ],
)
def test_a_page_below_the_floor_is_named_with_its_ratio(
    *,
    median: float,
    nine_of_ten: float,
    line: float,
    outlined: bool,
    fault: str,
) -> None:
    page = PageContrast(
        renderer="poppler",
        file=Path("a.pdf"),
        page_number=1,
        median=median,
        nine_of_ten=nine_of_ten,
        line=line,
        is_outlined=outlined,
    )
    assert page.fault == fault
