"""The mark is seen on every page, nothing else has changed there, and nothing of the article is hidden under it.

A translucent fill makes every channel an affine image of what was there: after = (1 - opacity) x before + constant. So
"nothing is hidden" is a fit: where the letters cover a pixel wholly, the remainder is the same all over the mark.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from watermark.models import Status
from watermark.pdf.contrast import Ground, InkArea, middle_and_tenth
from watermark.pdf.page_drawing import PixelBox
from watermark.pdf.pixels import lightness, median
from watermark.verification.mark_forms import Mark
from watermark.verification.page_view import CheckResults, PageView
from watermark.verification.receipt_wording import overstated

Mask = NDArray[np.bool_]

CHANGED = 6
"""A channel that differs by more levels of 255 has changed."""
STRAY_PIXELS = 2
MARK_MISSING = "visible.mark-missing"
MARK_HIDDEN = "visible.mark-hidden"
MARK_FAINT = "visible.mark-faint"
LINE_HIDDEN = "visible.line-hidden"
LINE_FAINT = "visible.line-faint"
CONTENT_HIDDEN = "visible.content-hidden"
PAGE_CHANGED = "visible.page-changed"
PAGE_SIZE = "visible.page-size"
WHOLLY = 250
PARTLY = 96
LEAST_SHOWN = 0.5
"""Of the pixels of the letters, the share that has to be seen; the rest may lie under annotations or on like colour."""
LEAST_CONTRAST, LEAST_CONTRAST_OF_NINE = 1.43, 1.18
"""Of the mark with its background, in half of the blocks of a page and in nine of ten; white paper has 1.47.

The writer chooses inks that reach 1.45 and 1.2: pictures round each channel to 1 of 255, on dark paper a part of that.
"""
LEAST_OUTLINE_CONTRAST = 2.9
"""Of opaque outlines, in nine of ten blocks; the writer's is 3 (WCAG 2.2, 1.4.11)."""
LEAST_SHOWN_WITH_HALO = 0.25
"""Of outlines with a halo, which may have the colour of the page."""
LEAST_LINE_CONTRAST = 4.4
"""Least contrast of the line's colour with its background, in half of the blocks; the writer's is 4.5 (WCAG)."""
FIT = 18
"""How far, in levels of 255, a pixel under the mark may be from the fit."""
HIDDEN_SHARE = 0.004
FEW_PIXELS = 4
MAX_STROKED_SHARE = 0.45
INK = 64
"""A pixel that differs from the ground around it by more levels is drawing."""
LINE_PADDING = 3
MAX_LINE_SHARE = 0.7
LEAST_LINE_PIXELS = 3
LEAST_LINE_SHOWN = 0.01
"""Of the pixels around the line, the share that has to change; letters change about a tenth."""


def on_page(view: PageView) -> CheckResults:
    """Yield what a reader would object to on a page. Raises FailedError when PDFium cannot draw it in the copy."""
    before, after = view.before, view.after
    if before.shape != after.shape:
        yield Status.FAILED, "the page has another size than in the original", PAGE_SIZE
        return
    by = np.maximum(before, after) - np.minimum(before, after)
    changed: Mask = np.maximum(np.maximum(by[..., 0], by[..., 1]), by[..., 2]) > CHANGED
    boxes = [_inside(box, changed.shape) for box in view.line_boxes]
    for message, code in (
        *_mark(view, changed, boxes),
        *_elsewhere(view, changed, boxes),
        *_unseen(view, changed, boxes),
        *_faint_line(view, changed, boxes),
        *(found for box in boxes for found in _line(before[box], after[box], changed[box])),
    ):
        yield Status.FAILED, message, code


def _mark(view: PageView, changed: Mask, boxes: list[tuple[slice, slice]]) -> Iterator[tuple[str, str]]:
    cover, mark = view.cover, view.mark
    if mark is None or cover.shape != changed.shape:
        yield "no mark is visible", MARK_MISSING
        return
    core: Mask = cover >= WHOLLY
    if mark.letters.stroked or np.count_nonzero(core) < FEW_PIXELS:
        core = cover >= min(PARTLY, int(cover.max()))
    if not cover.any():
        yield "the letters of the mark cover nothing of the page", MARK_MISSING
        return
    shown = np.count_nonzero(changed & core) / np.count_nonzero(core)
    if shown < (LEAST_SHOWN_WITH_HALO if mark.halo else LEAST_SHOWN):
        yield f"the mark is hidden: only {shown:.0%} of its letters is visible", MARK_HIDDEN
    for box in boxes:
        core[box] = False  # what is under the line is judged on its own
    for field in view.field_boxes:
        core[_inside(field, core.shape)] = False  # the mark cannot hide what is drawn over it
    if mark.letters.stroked:
        yield from _outlines(view, mark, core)
    elif core.any():
        yield from _hidden(view, core, changed)
        yield from _faint(view, core & changed)


def _faint(view: PageView, seen: Mask) -> Iterator[tuple[str, str]]:
    """Yield when the letters, where they can be seen, hardly differ from their background (WCAG's contrast)."""
    contrasts = Ground(view.before, InkArea.of(seen)).contrasts(view.after)
    median, nine_of_ten = middle_and_tenth(contrasts)
    if len(contrasts) and (median < LEAST_CONTRAST or nine_of_ten < LEAST_CONTRAST_OF_NINE):
        ratios = f"{median:.2f}:1, and of {nine_of_ten:.2f}:1 in its faintest tenth"
        yield f"the mark is too faint: it has a contrast of {ratios}", MARK_FAINT
    if len(contrasts):
        yield from overstated(view.receipt, median=median, nine_of_ten=nine_of_ten)


def _outlines(view: PageView, mark: Mark, core: Mask) -> Iterator[tuple[str, str]]:
    """Yield when opaque outlines are too wide, or hardly differ from their background in the colours they have."""
    rows, columns = np.nonzero(view.cover)
    if view.cover.sum() / 255 / max(np.ptp(rows) * np.ptp(columns), 1) > MAX_STROKED_SHARE:
        yield "the letters of the mark are stroked so wide that they hide what is under them", CONTENT_HIDDEN
    colour, halo = mark.letters.colour_rgb, mark.halo.colour_rgb if mark.halo else None
    if colour is None:
        yield "the outlines of the mark have a colour that is not known", MARK_FAINT
        return
    contrasts = Ground(view.before, InkArea.of(core)).contrasts_under(colour, 1.0, halo)
    median, nine_of_ten = middle_and_tenth(contrasts)
    if len(contrasts):
        yield from overstated(view.receipt, median=median, nine_of_ten=nine_of_ten)
    if len(contrasts) and nine_of_ten < LEAST_OUTLINE_CONTRAST:
        message = f"the outlines of the mark are too faint: they have a contrast of {nine_of_ten:.2f}:1 in nine tenths"
        yield message, MARK_FAINT


def _hidden(view: PageView, core: Mask, changed: Mask) -> Iterator[tuple[str, str]]:
    """Yield when pixels under a translucent mark do not show what was there before."""
    assert view.mark is not None  # only a page with a mark comes here
    places = np.flatnonzero(core)
    before, after = (pixels.reshape(-1, 3).take(places, axis=0) for pixels in (view.before, view.after))
    shining: NDArray[np.float32] = np.arange(256, dtype=np.float32) * np.float32(1 - view.mark.letters.opacity)
    # where an annotation or a field covers the mark, the pixel is what it was: nothing is hidden there
    seen = changed.reshape(-1).take(places)
    sample = np.flatnonzero(seen)[::7]  # one pixel in seven tells the constant as well as all
    if not len(sample):
        return
    off = np.zeros(len(before), np.bool_)
    for channel in range(3):
        remainder = after[:, channel] - shining.take(before[:, channel])
        off |= np.abs(remainder - median(remainder[sample])) > FIT
    lost = np.count_nonzero(off & seen)
    if lost > max(FEW_PIXELS, HIDDEN_SHARE * len(places)):
        yield f"the mark hides what is under it ({lost} of {len(places)} pixels do not show through)", CONTENT_HIDDEN


def _elsewhere(view: PageView, changed: Mask, boxes: list[tuple[slice, slice]]) -> Iterator[tuple[str, str]]:
    elsewhere = changed.copy()
    if view.cover.shape == changed.shape:
        elsewhere &= ~_grown(view.cover > 0)
    for box in boxes:
        elsewhere[box] = False
    count = int(np.count_nonzero(elsewhere))
    if count > STRAY_PIXELS:
        row, column = (int(axis[0]) for axis in np.nonzero(elsewhere))
        position = f"{column / changed.shape[1]:.0%} from the left, {row / changed.shape[0]:.0%} from the top"
        yield f"the page has changed beside the mark and the line ({count} pixels, the first {position})", PAGE_CHANGED


def _unseen(view: PageView, changed: Mask, boxes: list[tuple[slice, slice]]) -> Iterator[tuple[str, str]]:
    """Yield when next to nothing is seen of the line, on a page that is large enough to show it."""
    large = any(bottom - top >= LEAST_LINE_PIXELS for _, top, _, bottom in view.line_boxes)
    seen, pixels = (sum(int(count(changed[box])) for box in boxes) for count in (np.count_nonzero, np.size))
    if large and seen <= LEAST_LINE_SHOWN * pixels:
        yield "the line is not to be seen on the page", LINE_HIDDEN


def _faint_line(view: PageView, changed: Mask, boxes: list[tuple[slice, slice]]) -> Iterator[tuple[str, str]]:
    """Yield when the words of the line hardly differ from their background, in a colour that is known."""
    colours = {line.form.colour_rgb for line in view.mark.lines} if view.mark is not None else set()
    inside = np.zeros_like(changed)
    for box in boxes:
        inside[box] = True  # of the changed pixels alone, a frame that the line crosses would be the ground
    for colour in colours:
        if colour is None:
            yield "the line has a colour that is not known", LINE_FAINT
            continue
        contrasts = Ground(view.before, InkArea.of(inside)).contrasts_under(colour, 1.0)
        median, _ = middle_and_tenth(contrasts)
        if len(contrasts) and median < LEAST_LINE_CONTRAST:
            yield f"the line is too faint: it has a contrast of {median:.2f}:1", LINE_FAINT
        if len(contrasts):
            yield from overstated(view.receipt, line=median)


def _line(before: NDArray[np.uint8], after: NDArray[np.uint8], changed: Mask) -> Iterator[tuple[str, str]]:
    """Yield when the line hides drawing: what was drawn there now has the colour of the ground."""
    if not changed.size:
        return
    if changed.mean() > MAX_LINE_SHARE:
        yield "the line covers what is under it", CONTENT_HIDDEN
    old, new = lightness(before), lightness(after)
    ground = median(old)
    was_ink = np.abs(old - ground) > INK
    lost = was_ink & (np.abs(new - ground) < np.abs(old - ground) - INK)
    if int(lost.sum()) > max(FEW_PIXELS, 0.1 * int(was_ink.sum())):
        yield f"the line hides drawing under it ({int(lost.sum())} pixels)", CONTENT_HIDDEN


def _grown(mask: Mask) -> Mask:
    """Return a mask with one pixel more around it: curves are drawn slightly differently at another position."""
    grown = mask.copy()
    grown[1:] |= mask[:-1]
    grown[:-1] |= mask[1:]
    grown[:, 1:] |= grown[:, :-1].copy()
    grown[:, :-1] |= grown[:, 1:].copy()
    return grown


def _inside(box: PixelBox, shape: tuple[int, ...]) -> tuple[slice, slice]:
    left, top, right, bottom = box
    rows = slice(max(int(top) - LINE_PADDING, 0), min(int(bottom) + LINE_PADDING + 1, shape[0]))
    return rows, slice(max(int(left) - LINE_PADDING, 0), min(int(right) + LINE_PADDING + 1, shape[1]))
