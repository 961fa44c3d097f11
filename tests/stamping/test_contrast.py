"""The mark and the line have enough contrast with the page, whatever its colour."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest

from tests.helpers import tampered_copies
from tests.stamping.test_pipeline import TITLE, request_for, stamped
from watermark.models import Claim, Decision, Outcome, Result
from watermark.pdf.contrast import (
    LEAST_MEDIAN,
    LEAST_NINE_OF_TEN,
    LEAST_OF_LINE,
    LEAST_OF_OUTLINES,
    Ground,
    InkArea,
    contrast,
    luminance_of,
    middle_and_tenth,
)
from watermark.pdf.rendering import RenderedDocument
from watermark.stamping.mark import MarkStyle
from watermark.stamping.mark.ink import BETWEEN, Ink, choose_ink, choose_line_colour
from watermark.stamping.mark.mark_layout import halo_width
from watermark.stamping.mark.pages import stamper
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.plan import planner
from watermark.stamping.plan.page_inks import PageInks, inks_in
from watermark.stamping.reproduction import verify_and_reproduce
from watermark.verification.verifier import verify_copy

GROUNDS = [b"%b g" % level for level in (b"0", b"0.2", b"0.47", b"0.55", b"0.8", b"1")]
GROUNDS += [b"0.75 0.1 0.1 rg", b"0 0 1 rg", b"1 1 0 rg", b"0 .6 0 rg"]


def coloured(ground: bytes, text: bytes = b"0.5 g") -> bytes:
    words = b" ".join(b"1 0 0 1 60 %d Tm (Words of the article, line after line.) Tj" % y for y in range(80, 700, 14))
    return b"%b 0 0 612 792 re f %b BT /F1 10 Tf %b ET" % (ground, text, words)


def decision(outcome: Outcome, name: str) -> list[Decision]:
    return [item for item in outcome.decisions if item.name == name]


def measured(original: Path, copy: str) -> tuple[float, float]:
    with RenderedDocument(original) as before, RenderedDocument(Path(copy)) as after:
        old, new = before.pixels(1).copy(), after.pixels(1).copy()
    changed = np.abs(old.astype(int) - new).max(axis=2) > 6
    changed[:40] = changed[-40:] = False
    return middle_and_tenth(Ground(old, InkArea.of(changed)).contrasts(new))


@pytest.mark.parametrize("ground", GROUNDS)
def test_the_mark_reaches_the_floor_on_any_flat_ground(tmp_path: Path, ground: bytes) -> None:
    asked = request_for(tmp_path, pages=1, content=coloured(ground))
    median, nine_of_ten = measured(asked.article, stamped(asked).copy)
    assert median >= LEAST_MEDIAN - 0.05
    assert nine_of_ten >= LEAST_NINE_OF_TEN - 0.05


def test_the_mark_reaches_the_floor_on_a_page_that_is_half_dark(tmp_path: Path) -> None:
    halves = b"0 g 0 0 612 400 re f BT /F1 10 Tf 60 700 Td (Words) Tj ET"
    asked = request_for(tmp_path, pages=1, content=halves)
    outcome = stamped(asked)
    assert "opacity of 30%" in decision(outcome, "ink of the mark")[0].value
    assert min(measured(asked.article, outcome.copy)) >= LEAST_NINE_OF_TEN - 0.05


def test_on_a_ground_half_light_and_half_dark_the_median_is_not_left_to_a_block_more_or_less() -> None:
    pixels = np.full((80, 160, 3), 10, np.uint8)
    pixels[:, :84] = 255, 255, 195
    ground = Ground(pixels, InkArea.of(np.ones((80, 160), np.bool_)))
    ink = choose_ink(ground, MarkStyle(), outline_only=False).ink
    other = Ground(pixels[:, 8:], InkArea.of(np.ones((80, 152), np.bool_)))
    assert middle_and_tenth(other.contrasts_under(ink.colour_rgb, ink.opacity))[0] >= LEAST_MEDIAN


def test_where_a_tenth_of_the_letters_is_over_a_picture_it_is_not_left_to_a_block_more_or_less() -> None:
    pixels = np.full((80, 160, 3), 255, np.uint8)
    pixels[:, :16] = 10
    ground = Ground(pixels, InkArea.of(np.ones((80, 160), np.bool_)))
    ink = choose_ink(ground, MarkStyle(), outline_only=False).ink
    other = Ground(pixels[:, :152], InkArea.of(np.ones((80, 152), np.bool_)))
    assert middle_and_tenth(other.contrasts_under(ink.colour_rgb, ink.opacity))[1] >= LEAST_NINE_OF_TEN


def test_a_white_page_looks_as_the_style_says(tmp_path: Path) -> None:
    outcome = stamped(request_for(tmp_path))
    assert not decision(outcome, "ink of the mark")
    assert not decision(outcome, "ink of the line")
    assert decision(outcome, "contrast")[0].value.startswith("at least 1.4")


def test_the_line_on_a_dark_page_is_light_and_is_where_the_page_is_flat(tmp_path: Path) -> None:
    head = b"BT /F1 12 Tf 30 778 Td (A running head that goes on over the whole of the page) Tj ET"
    outcome = stamped(request_for(tmp_path, pages=1, content=b"0 g 0 0 612 792 re f 1 g " + head))
    assert outcome.receipt is not None
    assert outcome.receipt.choices["edges"] == [["left", 1]]
    assert outcome.receipt.choices["contrast"]["lines"] == {"1": [1.0, 1.0, 1.0]}
    assert float(outcome.receipt.choices["contrast"]["line"]) >= LEAST_OF_LINE


def test_only_the_pages_that_need_it_have_another_ink(tmp_path: Path) -> None:
    asked = request_for(tmp_path, pages=3)
    with pikepdf.open(asked.article, allow_overwriting_input=True) as document:
        document.pages[1].contents_add(coloured(b"0 g"), prepend=True)
        document.save(asked.article)
    outcome = stamped(asked)
    assert decision(outcome, "ink of the mark")[0].value == "#ffffff with an opacity of 22% on page 2"
    with pikepdf.open(outcome.copy) as copy:
        forms = [page.obj.Resources.XObject["/RetractionMark"].objgen for page in copy.pages]
    assert forms[0] == forms[2] != forms[1]


def test_the_inks_are_recorded_and_read_back() -> None:
    inks = planner.PageInks(marks={}, lines={3: (1.0, 1.0, 1.0)}, median="1.47", nine_of_ten="1.46", line="6.22")
    assert inks_in(json.loads(json.dumps(inks.recorded()))) == inks
    assert inks_in({}) == PageInks()


@pytest.mark.parametrize("style", [MarkStyle(colour_rgb=(1.0, 0.8, 0.8)), MarkStyle(opacity=0.1)])
def test_a_style_that_is_too_faint_on_paper_is_refused_with_its_contrast(tmp_path: Path, style: MarkStyle) -> None:
    outcome = stamp_outcome(replace(request_for(tmp_path), style=style), tmp_path / "copy.pdf")
    assert outcome.result is not Result.MARKED
    assert "the chosen mark is too faint: on white paper, it has a contrast of 1." in outcome.reason


@pytest.mark.parametrize("ground", [b"0 g", b"0.75 0.1 0.1 rg", b"0.5 g"])
def test_the_verifier_names_a_mark_that_is_too_faint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ground: bytes
) -> None:
    monkeypatch.setattr(planner, "page_inks", lambda *_, **__: PageInks())
    copy = tampered_copies.stamped(tmp_path, content=coloured(ground))
    found = tampered_copies.complaints(verify_copy(copy), Claim.VISIBLE)
    assert "the mark is too faint" in found or "the mark is hidden" in found


def test_the_verifier_names_a_line_that_is_too_faint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faint = PageInks(lines={1: (0.8, 0.8, 0.8), 2: (0.8, 0.8, 0.8), 3: (0.8, 0.8, 0.8)})
    monkeypatch.setattr(planner, "page_inks", lambda *_, **__: faint)
    copy = tampered_copies.stamped(tmp_path)
    assert "the line is too faint" in tampered_copies.complaints(verify_copy(copy), Claim.VISIBLE)


def test_outlines_are_dark_on_paper_and_light_on_dark_ground() -> None:
    for level, colour in ((255, MarkStyle().colour_rgb), (60, (1.0, 1.0, 1.0))):
        page = np.full((64, 64, 3), level, np.uint8)
        choice = choose_ink(Ground(page, InkArea.of(np.ones((64, 64), np.bool_))), MarkStyle(), outline_only=True)
        assert (choice.ink.colour_rgb, choice.ink.opacity) == (colour, 1.0)
        assert choice.nine_of_ten >= 3


@pytest.mark.parametrize("level", range(0, 256, 15))
def test_a_colour_for_the_line_is_found_on_every_grey(level: int) -> None:
    assert choose_line_colour(np.full((8, 90, 3), level, np.uint8), MarkStyle())[1] >= LEAST_OF_LINE


def test_a_line_that_smooth_edges_would_make_too_faint_has_a_darker_colour() -> None:
    band = np.full((8, 90, 3), (217, 222, 242), np.uint8)
    assert choose_line_colour(band, MarkStyle()).median > 1.5 * LEAST_OF_LINE
    assert choose_line_colour(np.full_like(band, 255), MarkStyle()).colour == MarkStyle().colour_rgb


def test_a_line_over_a_band_that_is_partly_dark_can_be_read_on_either_part() -> None:
    band = np.full((16, 96, 3), 255, np.uint8)
    band[:, :40] = 0
    colour, reached, _ = choose_line_colour(band, MarkStyle())
    assert colour == BETWEEN
    assert reached >= LEAST_OF_LINE


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast(luminance_of((0, 0, 0)), luminance_of((1, 1, 1))) == pytest.approx(21)
    assert contrast(luminance_of((0.46667,) * 3), 1.0) == pytest.approx(4.48, abs=0.01)  # #777777, just too light


def test_words_under_the_ink_are_not_its_ground() -> None:
    page = np.full((32, 32, 3), 255, np.uint8)
    page[::4] = 0
    area = InkArea.of(np.ones((32, 32), np.bool_))
    assert Ground(page, area).contrasts_under((0.75, 0.1, 0.1), 0.22)[0] == pytest.approx(1.46, abs=0.02)


def test_a_title_is_read_from_a_dark_page_too(tmp_path: Path) -> None:
    assert stamped(request_for(tmp_path, pages=1, content=coloured(b"0 g"), title=TITLE)).report is not None


def test_on_a_page_of_white_and_dark_grey_the_letters_are_outlines_that_both_can_have_under_them(
    tmp_path: Path,
) -> None:
    stripes = b"0.25 g " + b"".join(b"0 %d 612 40 re " % up for up in range(0, 792, 80)) + b"f"
    outcome = stamped(request_for(tmp_path, pages=1, content=stripes, title=TITLE))
    assert outcome.receipt is not None
    assert outcome.receipt.stroke_points
    assert any("light and dark parts" in decision.reason for decision in outcome.decisions)
    assert not verify_and_reproduce(Path(outcome.copy)).failures


THREE_TONES = b"".join(
    b"%b g 0 %d 612 20 re f " % (tone, at * 20) for at, tone in enumerate((b"1", b"0", b"0.46") * 14)
)


def test_where_no_colour_is_seen_on_all_of_a_page_the_outlines_are_in_two_tones(tmp_path: Path) -> None:
    outcome = stamped(request_for(tmp_path, pages=2, content=THREE_TONES, title=TITLE))
    assert outcome.receipt is not None
    assert float(outcome.receipt.choices["contrast"]["nine_of_ten"]) >= LEAST_OF_OUTLINES
    assert outcome.receipt.choices["contrast"]["marks"]["1"] == [0.75, 0.1, 0.1, 1.0, 1.0, 1.0, 1.0]
    assert "on a wider line of #ffffff on page 1, 2" in decision(outcome, "ink of the mark")[0].value
    assert not verify_and_reproduce(Path(outcome.copy)).failures


def test_outlines_that_are_too_faint_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planner, "page_inks", lambda *_, **__: PageInks())
    copy = tampered_copies.stamped(tmp_path, pdfa="1b", content=coloured(b"0.75 0.1 0.1 rg"))
    found = tampered_copies.complaints(verify_copy(copy), Claim.VISIBLE)
    assert "the outlines of the mark are too faint: they have a contrast of 1.00:1" in found


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"halo_rgb": (0.8, 0.2, 0.2)}, "a line under them of nearly the same colour"),
        ({"halo_rgb": (1.0, 1.0, 1.0), "width": 5.0}, "a line under them that is not a little wider"),
        ({"halo_rgb": (1.0, 1.0, 1.0), "width": 0.9}, "a line under them that is not a little wider"),
    ],
)
def test_a_line_under_the_outlines_that_no_marking_paints_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], message: str
) -> None:
    ink = Ink(colour_rgb=(0.75, 0.1, 0.1), opacity=1.0, halo_rgb=change["halo_rgb"])
    monkeypatch.setattr(planner, "page_inks", lambda *_, **__: PageInks(marks={1: ink}))
    monkeypatch.setattr(stamper, "halo_width", lambda _: change.get("width", 2.4))
    copy = tampered_copies.stamped(tmp_path, pdfa="1b")
    assert message in tampered_copies.complaints(verify_copy(copy), Claim.MARKED)


def test_a_line_under_the_outlines_that_hides_the_article_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ink = Ink(colour_rgb=(0.75, 0.1, 0.1), opacity=1.0, halo_rgb=(1.0, 1.0, 1.0))
    monkeypatch.setattr(planner, "page_inks", lambda *_, **__: PageInks(marks={1: ink}))
    monkeypatch.setattr(stamper, "halo_width", lambda _: 2.4)
    monkeypatch.setattr(MarkStyle.__init__, "__kwdefaults__", {**MarkStyle.__init__.__kwdefaults__, "stroke_points": 2})
    found = tampered_copies.complaints(verify_copy(tampered_copies.stamped(tmp_path, pdfa="1b")), Claim.MARKED)
    assert "the line under the letters is 4.8 points wide, and hides what is under it" in found


@pytest.mark.parametrize(("points", "width"), [(1.1, 2.4), (2.0, 1.5)])
def test_a_line_under_the_outlines_is_at_most_three_points_wide(points: float, width: float) -> None:
    assert halo_width(MarkStyle(stroke_points=points)) == width
