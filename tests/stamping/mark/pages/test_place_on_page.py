"""The mark is upright and inside the visible page, whatever the page's geometry is."""

import itertools
import math

import numpy as np
import pytest

from tests.helpers.build import build
from tests.stamping.mark.pages.copies import changed, copy_of, opened, seen, text_of
from watermark.stamping.mark import Edge, LinePosition, MarkStyle

BLANK = {"content": b" "}
UPRIGHT = MarkStyle(angle_degrees_ccw=0, position="top")


def _page(turn: int, left: float, bottom: float, unit: float | None, *, crop: bool) -> bytes:
    """A page that is displayed 300 points wide and 400 high, however it is made."""
    width, height = (400, 300) if turn % 180 else (300, 400)
    scale = unit or 1
    box = (left, bottom, left + width / scale, bottom + height / scale)
    around = (box[0] - 70, box[1] - 30, box[2] + 20, box[3] + 90)
    return build(
        media_box=around if crop else box, crop_box=box if crop else None, rotate=turn, user_unit=unit, **BLANK
    )


@pytest.mark.parametrize("stroke", [False, True])
@pytest.mark.parametrize(
    ("turn", "crop", "corner", "unit"),
    list(itertools.product([0, 90, 180, 270], [False, True], [(0, 0), (-250, 1000)], [None, 2.0])),
)
def test_every_geometry_shows_the_mark_as_a_plain_page_does(
    turn: int, *, crop: bool, corner: tuple[float, float], unit: float | None, stroke: bool
) -> None:
    plain = copy_of(build(media_box=(0, 0, 300, 400), **BLANK), style=UPRIGHT, outline_only=stroke)
    made = copy_of(_page(turn, *corner, unit, crop=crop), style=UPRIGHT, outline_only=stroke)
    expected, found = seen(plain, scale=2), seen(made, scale=2 * (unit or 1))  # PDFium counts in units
    assert found.shape == expected.shape
    assert (np.abs(found - expected).max(axis=2) > 100).mean() < 0.002
    assert (expected.min(axis=2) < 240).mean() > 0.01
    assert "Retracted 2024-05-01" in text_of(made)


def test_nothing_beside_the_mark_and_the_line_changes() -> None:
    words = "\n".join("The quick brown fox jumps over the lazy dog." for _ in range(40))
    original = build(text=words)
    blank = build(**BLANK)
    allowed = changed(blank, copy_of(blank))
    grown = allowed.copy()
    for rows, columns in itertools.product((-1, 0, 1), repeat=2):
        grown |= np.roll(allowed, (rows, columns), (0, 1))
    assert not (changed(original, copy_of(original)) & ~grown).any()


def test_the_words_under_the_mark_show_through() -> None:
    original = build(content=b"0 0 0 rg 0 0 612 792 re f")
    before, after = seen(original), seen(copy_of(original))
    under = changed(original, copy_of(original))
    assert under.any()
    assert (after[under] < 60).all(axis=1).mean() > 0.9
    assert (before == 0).all()


@pytest.mark.parametrize("ground", [b"1 1 1 rg", b"0 0 0 rg", b"0.5 0.5 0.5 rg"])
@pytest.mark.parametrize("stroke", [False, True])
def test_the_mark_is_seen_over_a_rectangle_that_fills_the_page(ground: bytes, *, stroke: bool) -> None:
    original = build(content=ground + b" 0 0 612 792 re f")
    assert changed(original, copy_of(original, outline_only=stroke)).mean() > 0.005


@pytest.mark.parametrize("side", [3, 14400])
def test_the_smallest_and_the_largest_page_are_marked(side: float) -> None:
    original = build(media_box=(0, 0, side, side), **BLANK)
    scale = 300 / side
    assert changed(original, copy_of(original), scale=scale).mean() > 0.01


@pytest.mark.parametrize("edge", list(Edge))
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_line_is_at_its_edge_as_displayed(edge: Edge, turn: int) -> None:
    original = build(media_box=(0, 0, 500, 500), rotate=turn, **BLANK)
    copy = copy_of(original, line={"positions": (LinePosition(edge),)}, style=MarkStyle(length_of_diagonal=0.3))
    mask = changed(original, copy)
    band = {
        Edge.TOP: mask[5:20],
        Edge.BOTTOM: mask[-20:-5],
        Edge.LEFT: mask[:, 5:20],
        Edge.RIGHT: mask[:, -20:-5],
    }[edge]
    assert band.mean() > 0.03
    others = mask.copy()
    others[100:400, 100:400] = False
    assert others.sum() == pytest.approx(band.sum(), abs=3)


@pytest.mark.parametrize(("side", "unit"), [(300, None), (800, None), (400, 2.0)])
def test_the_stroke_is_as_wide_as_asked_on_every_page(side: float, unit: float | None) -> None:
    original = build(media_box=(0, 0, side, side), user_unit=unit, **BLANK)
    with opened(copy_of(original, outline_only=True)) as after:
        page = after.pages[0].obj
        painted = page.Contents[-1].read_bytes().split()
        place = painted.index(b"cm")
        scale = math.hypot(*(float(number) for number in painted[place - 6 : place - 4]))
        width = float(painted[painted.index(b"w") - 1])
        assert width * scale * (unit or 1) == pytest.approx(1.1, rel=0.01)
        assert b"w" not in page.Resources.XObject.RetractionMark.read_bytes().split()
