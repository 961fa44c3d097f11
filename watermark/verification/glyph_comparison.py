"""The letters of the mark are the word that the receipt names, and the line shows the text that it is extracted as.

Both are compared as ink: what PDFium draws of the copy with what FreeType draws from the font (`freetype_text`).
"""

import hashlib
import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
from pypdf.generic import DictionaryObject

from watermark.models import Status, plain
from watermark.pdf.page_alone import FIRST_OBJECT, page_alone
from watermark.pdf.rendering import RenderedDocument
from watermark.receipt import Receipt
from watermark.verification.freetype_text import (
    BOLD,
    REGULAR,
    UNITS_PER_EM,
    Cell,
    Ink,
    Lettering,
    Row,
    UnknownFontError,
    differences,
    drawn,
    em_pixels,
    extent,
    lettering,
    needs_other_font,
)
from watermark.verification.mark_forms import Box, LineForm, MarkForm
from watermark.verification.mark_parser import PATH_OPERATORS
from watermark.verification.objects_alone import written_alone
from watermark.verification.outline_comparison import outlines_differ
from watermark.verification.receipt_wording import ENGLISH, recorded_language

Answers: TypeAlias = Iterator[tuple[Status, str]]

MAX_HEIGHT_UNITS = 4000.0
"""In thousandths of the font size: no letter reaches so far up and down."""
OF_OUTLINES, OF_TEXT = 0.12, 0.3
"""Of the ink of a letter, the share that may differ: edges are smoothed otherwise, and PDFium hints text."""
HINTED_EM = 40
"""Pixels to the font size: in smaller text, hints move more of the ink."""
POINTS_A_PIXEL = 2
"""`RenderedDocument` draws 36 dots an inch."""
MARGIN_PIXELS = 40
"""More than half of `SHORTEST_SIDE_PIXELS`: below that a page is drawn larger."""
ASCENT, DESCENT, BOX_MARGIN = 0.74, 0.22, 1.0
"""Of the box of the line: its height in sizes of its letters, and its margin in units of the form."""
ROUNDED = 0.08
"""Sides of boxes are written with one decimal, and widths are rounded before."""
LEAST_CONTRAST = 0.3
BLACK = b"0 g\n"


def mark_differs(letters: MarkForm, receipt: Receipt, font: Path | None = None) -> Answers:
    """Yield what is wrong with the shape of the letters, or that it is not known."""
    text, font = receipt.mark_text.strip(), _recorded(font, receipt)
    unknown = _unknown_font(receipt, text, BOLD, font) if text else ""
    if not text:
        yield Status.FAILED, "the receipt names no word for the mark"
    elif unknown:
        yield Status.NOT_CHECKED, unknown
    else:
        path = [b" ".join([*step.operands, step.operator]) for step in letters.steps if step.operator in PATH_OPERATORS]
        messages = _word_differences(b"\n".join(path), letters.ink, text, font)
        outlines = tuple(step for step in letters.steps if step.operator in PATH_OPERATORS)
        if not messages and outlines_differ(outlines, text, BOLD, font):
            messages = ("its outlines are not those of the font",)
        for message in messages:
            yield Status.FAILED, f"the mark is not “{plain(text, 60)}”: {message}"


def line_differs(line: LineForm, receipt: Receipt, font: Path | None = None) -> Answers:
    """Yield what is wrong with the glyphs of the line, or that it is not known."""
    text, font = receipt.line_text, _recorded(font, receipt)
    if line.language and line.language not in {recorded_language(receipt), ENGLISH}:
        yield Status.FAILED, f"the line has the language “{line.language}”, which the receipt does not record"
    unknown = _unknown_font(receipt, text, REGULAR, font)
    if unknown:
        yield Status.NOT_CHECKED, unknown
        return
    rows = _rows(line, text)
    if not rows:
        yield Status.FAILED, f"the line is not set as “{plain(text, 60)}”"
        return
    for message in _line_differences(line, rows, font):
        yield Status.FAILED, f"the line is not “{plain(text, 60)}”: {message}"


def _recorded(font: Path | None, receipt: Receipt) -> Path | None:
    """Return the font if it is the one that the receipt names by its digest, else None."""
    return font if font is not None and receipt.choices.get("font_sha256", "") == _digest_of(font) else None


def _unknown_font(receipt: Receipt, text: str, name: str, font: Path | None) -> str:
    """Return why the shape of a text cannot be compared, or "" where it can."""
    what = f"“{plain(text, 40)}”"
    if font is None and (receipt.choices.get("font_sha256") or needs_other_font(text, name)):
        return f"{what} is in a font that is not at hand: whether its letters are right is not known"
    try:
        lettering(text, name, font)
    except UnknownFontError as error:
        return f"whether the letters of {what} are right is not known: {error}"
    return ""


@lru_cache(maxsize=4)
def _digest_of(font: Path) -> str:
    try:
        return hashlib.sha256(font.read_bytes()).hexdigest()
    except OSError:
        return ""


@lru_cache(maxsize=32)
def _word_differences(path: bytes, ink: Box, text: str, font: Path | None) -> tuple[str, ...]:
    """Return how the ink of a path differs from a word: asked once for one copy after the other."""
    placed = lettering(text, BOLD, font)
    first, last, lowest = extent(text, BOLD, font)
    unit_of_font = (ink[2] - ink[0]) / max(last - first, 1.0)  # in units of the form
    if unit_of_font <= 0 or ink[3] - ink[1] > MAX_HEIGHT_UNITS * unit_of_font:
        return ("it has another shape",)
    em = em_pixels(placed.starts[-1] + placed.widths[-1])
    unit = UNITS_PER_EM * unit_of_font / em
    area = _with_margin(ink, unit)
    found = _picture(BLACK + path + b"\nf", area, 1 / unit, None)
    x, y = (ink[0] - area[0]) / unit - first * em / UNITS_PER_EM, (area[3] - ink[1]) / unit + lowest * em / UNITS_PER_EM
    height, width = found.shape
    expected = drawn(((text, x, y),), BOLD, em, (height, width), font)
    starts = [x + start * em / UNITS_PER_EM for start in placed.starts]
    return tuple(differences(expected, found, _cells(placed.text, starts, placed.widths, em), em, OF_OUTLINES))


def _cells(text: str, starts: Sequence[float], widths: Sequence[float], em: int) -> list[Cell]:
    return [
        (letter, max(math.floor(start) - 1, 0), math.ceil(start + width * em / UNITS_PER_EM) + 1)
        for letter, start, width in zip(text, starts, widths, strict=True)
    ]


def _rows(line: LineForm, text: str) -> list[Row]:
    """Return each row of the line as the receipt has it, with where it begins; none where the lengths do not fit.

    A space may come before the line, so that no reader joins it to a word that ends in a hyphen.
    """
    codes = sum(count for count, _, _ in line.rows)
    broken = len(line.rows) - 1  # where the line is broken, there was a space
    whole = f" {text}" if codes + broken == len(text) + 1 else text
    found: list[Row] = []
    at = 0
    for count, x, y in line.rows:
        at += bool(found) and whole[at : at + 1] == " "
        found.append((whole[at : at + count], x, y))
        at += count
    return found if at == len(whole) else []


def _line_differences(line: LineForm, rows: Sequence[Row], font: Path | None) -> Iterator[str]:
    """Yield how the ink of each row of the line differs from its text."""
    placed = [lettering(text, REGULAR, font) for text, _, _ in rows]
    box_width = (line.box[2] - line.box[0]) * UNITS_PER_EM / line.size
    em = em_pixels(max(box_width, *(row.starts[-1] + row.widths[-1] for row in placed if row.text)))
    unit = line.size / em
    area = _with_margin(line.box, unit)
    found = _picture(b"/F Do", area, 1 / unit, line.form)
    height, width = found.shape
    at = tuple((text, (x - area[0]) / unit, (area[3] - y) / unit) for text, x, y in rows)
    expected = drawn(at, REGULAR, em, (height, width), font)
    if _box_differs(line, rows, placed):
        yield "its box is not around its words"
    cells: list[Cell] = []
    for row, (_, x, _) in zip(placed, at, strict=True):
        cells += _cells(row.text, [x + start * em / UNITS_PER_EM for start in row.starts], row.widths, em)
    yield from differences(expected, found, cells, em, OF_TEXT * max(1.0, HINTED_EM / em))


def _box_differs(line: LineForm, rows: Sequence[Row], placed: Sequence[Lettering]) -> bool:
    """Return whether the box of the line is anything but the space that its rows take, with a margin around them."""
    unit = line.size / UNITS_PER_EM
    lefts, rights = list[float](), list[float]()
    for row, (text, x, _) in zip(placed, rows, strict=True):
        lefts.append(x + (row.starts[1] * unit if text.startswith(" ") and len(row.starts) > 1 else 0))
        rights.append(x + (row.starts[-1] + row.widths[-1]) * unit if row.text else x)
    heights = [y for _, _, y in rows]
    expected = (
        min(lefts) - BOX_MARGIN,
        min(heights) - DESCENT * line.size - BOX_MARGIN,
        max(rights) + BOX_MARGIN,
        max(heights) + ASCENT * line.size + BOX_MARGIN,
    )
    is_written_so = all(round(side, 1) == side for side in line.box)
    return not is_written_so or any(abs(one - other) > ROUNDED for one, other in zip(expected, line.box, strict=True))


def _with_margin(box: Box, unit: float) -> Box:
    """Return a box with a margin around it; `unit` is how much of its space a pixel is."""
    left, bottom, right, top = box
    margin = MARGIN_PIXELS * unit
    columns, rows = math.ceil((right - left) / unit), math.ceil((top - bottom) / unit)  # whole pixels
    return left - margin, bottom - margin, left + columns * unit + margin, bottom + rows * unit + margin


def _picture(content: bytes, area: Box, scale: float, form: DictionaryObject | None) -> Ink:
    """Return the ink of content in an area of its space, 0 to 1, at `scale` pixels to a unit; `form` is its /F."""
    left, bottom, right, top = area
    points = scale * POINTS_A_PIXEL
    box = b"/MediaBox[0 0 %.8f %.8f]" % ((right - left) * points, (top - bottom) * points)
    placed = b"%.6f 0 0 %.6f %.6f %.6f cm\n%b" % (points, points, -left * points, -bottom * points, content)
    objects = [] if form is None else written_alone(form, FIRST_OBJECT)
    resources = b"<</XObject<</F %d 0 R>>>>" % FIRST_OBJECT if objects else b"<<>>"
    ink = _ink(page_alone(box, placed, resources, objects), is_light=False)
    if float(ink.max(initial=0)) < LEAST_CONTRAST:  # the letters are as light as paper: draw them on black
        on_black = b"0 g -9999 -9999 99999 99999 re f 0 G\n%b" % placed
        ink = _ink(page_alone(box, on_black, resources, objects), is_light=True)
    peak = float(ink.max(initial=0))
    return np.minimum(ink / peak, 1) if peak > 0 else ink  # the line has a colour, and black has more ink


@lru_cache(maxsize=16)
def _ink(document: bytes, *, is_light: bool) -> Ink:
    """Return how much the one page of a PDF is drawn on, 0 to 1: asked once for one copy after the other."""
    with RenderedDocument.of_bytes(document, "the letters of the mark") as rendered:
        pixels = rendered.pixels(1)
    red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    light = np.maximum(np.maximum(red, green), blue) if is_light else 255 - np.minimum(np.minimum(red, green), blue)
    ink: Ink = light.astype(np.float32) / np.float32(255)
    ink.setflags(write=False)
    return ink
