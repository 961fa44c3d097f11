"""Figures for the stand-in article: panels that look like those of a laboratory, drawn from formulas."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

Grey = NDArray[np.float64]
Panel = Callable[[Canvas, float, float, int], None]
LETTERS = "ABCDE"
BOLD, TEXT = "SourceSansPro-Bold", "SourceSansPro"
BARS = ((1.0, 0.44, 0.62), (0.32, 0.9, 0.71), (1.0, 0.58, 0.35))


def spread(count: int, seed: int) -> Grey:
    """Return `count` numbers from 0 to 1 that look thrown and are not: the same on every machine."""
    steps = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(2654435761) + np.uint64(seed * 40503)
    steps = (steps ^ (steps >> np.uint64(13))) * np.uint64(1274126177) % np.uint64(2**32)
    return (steps ^ (steps >> np.uint64(16))).astype(np.float64) / 2**32


def grain(rows: int, columns: int, seed: int) -> Grey:
    """Return the noise of a camera, from -0.5 to 0.5."""
    return spread(rows * columns, seed).reshape(rows, columns) - 0.5


def picture(canvas: Canvas, grey: Grey, box: tuple[float, float, float, float]) -> None:
    """Draw grey values (0 black, 1 white; row 0 at the top) into a box (left, bottom, width, height) of points."""
    pixels = np.rint(np.clip(grey, 0, 1) * 31) * 8  # few greys: a small file
    canvas.drawImage(ImageReader(Image.fromarray(pixels.astype(np.uint8), mode="L")), *box)


def blot(canvas: Canvas, width: float, height: float, seed: int) -> None:
    """Draw three rows of bands, each with the name of a protein on its right."""
    for row, name in enumerate(("ROCK1", "F-actin", "β-actin")):
        top = height - 10 - (row + 1) * (height - 14) / 3
        y, x = np.mgrid[0:36, 0:220]
        grey = 0.86 + 0.05 * grain(36, 220, seed + row)
        for lane, strength in enumerate(spread(4, seed + row + 7)):
            shape = ((x - 28 - 55 * lane) / 19) ** 4 + ((y - 18) / 6.5) ** 2
            grey -= (0.35 + 0.45 * (1 if row == 2 else strength)) * np.exp(-shape)
        picture(canvas, grey, (0, top, width - 34, (height - 14) / 3 - 4))
        canvas.setFont(TEXT, 7)
        canvas.drawString(width - 31, top + (height - 14) / 6 - 5, name)


def cells(canvas: Canvas, width: float, height: float, seed: int) -> None:
    """Draw two fields of bright cells on a dark ground, with a scale bar."""
    field = (width - 4) / 2
    for side in range(2):
        rows, columns = 150, round(150 * field / (height - 10))
        y, x = np.mgrid[0:rows, 0:columns]
        grey = 0.08 + 0.05 * grain(rows, columns, seed + side)
        places = spread(3 * (34 - 16 * side), seed + 3 * side).reshape(-1, 3)
        for across, down, size in places:
            radius = 5 + 7 * size
            distance = np.hypot(x - across * columns, (y - down * rows) * (0.7 + size / 2)) / radius
            grey += (0.25 + 0.5 * size) * np.exp(-(distance**4)) + 0.25 * np.exp(-((distance * 2.4) ** 2))
        picture(canvas, grey, (side * (field + 4), 0, field, height - 10))
    canvas.setStrokeGray(1)
    canvas.setLineWidth(1.5)
    canvas.line(width - 30, 6, width - 8, 6)
    canvas.setFillGray(1)
    canvas.setFont(TEXT, 6)
    canvas.drawCentredString(width - 19, 9, "50 µm")


def bars(canvas: Canvas, width: float, height: float, seed: int) -> None:
    """Draw groups of three bars with error bars, on an axis that begins at nothing."""
    floor, left, room = 16, 22, height - 30
    canvas.setLineWidth(0.6)
    canvas.lines([(left, floor, width - 2, floor), (left, floor, left, floor + room)])
    canvas.setFont(TEXT, 6)
    for tick in range(5):
        canvas.drawRightString(left - 3, floor + tick * room / 4 - 2, f"{tick / 4:.2f}")
        canvas.line(left - 2, floor + tick * room / 4, left, floor + tick * room / 4)
    step = (width - left - 8) / len(BARS)
    for group, values in enumerate(BARS):
        for bar, value in enumerate(np.roll(values, seed)):
            x, tall = left + 6 + group * step + bar * step / 4, float(value) * room * 0.86
            canvas.setFillGray((0.25, 0.55, 0.82)[bar])
            canvas.rect(x, floor, step / 4 - 1, tall, fill=1)
            middle = x + step / 8
            canvas.line(middle, floor + tall * 0.9, middle, floor + tall * 1.1)
            canvas.line(middle - 2, floor + tall * 1.1, middle + 2, floor + tall * 1.1)
        canvas.setFillGray(0)
        canvas.drawCentredString(left + 6 + (group + 0.4) * step, 7, ("Control", "Mimic", "Inhibitor")[group])


def dots(canvas: Canvas, width: float, height: float, seed: int) -> None:
    """Draw a cloud of dots in four quadrants with the share of each in its corner."""
    side, base = 14.0, 14.0
    room, tall = width - side - 2, height - base - 12
    canvas.setLineWidth(0.5)
    canvas.rect(side, base, room, tall)
    canvas.lines(
        [(side + room / 2, base, side + room / 2, base + tall), (side, base + tall / 2, side + room, base + tall / 2)]
    )
    canvas.setFillGray(0.2)
    for across, down in spread(1100, seed).reshape(-1, 2):
        canvas.rect(
            side + room * across ** (1.4 + seed % 3 * 0.4) * 0.97,
            base + tall * down**2.2 * 0.97,
            0.7,
            0.7,
            stroke=0,
            fill=1,
        )
    canvas.setFont(TEXT, 6)
    canvas.setFillGray(0)
    for corner, share in enumerate(spread(4, seed) * 25):
        x, y = side + room * (0.3 + 0.5 * (corner % 2)), base + tall * (0.42 + 0.5 * (corner // 2))
        canvas.drawString(x, y, f"{share:.1f}%")
    canvas.drawCentredString(side + room / 2, 4, "Annexin V")


def curves(canvas: Canvas, width: float, height: float, seed: int) -> None:
    """Draw three growing curves with a mark at each day."""
    side, base = 20, 16
    room, tall = width - side - 6, height - base - 14
    canvas.setLineWidth(0.6)
    canvas.lines([(side, base, side + room, base), (side, base, side, base + tall)])
    canvas.setFont(TEXT, 6)
    for line in range(3):
        canvas.setStrokeGray(0.3 * line)
        canvas.setFillGray(0.3 * line)
        days = np.arange(6)
        heights = tall * 0.92 * (1 - np.exp(-days * (0.16 + 0.12 * ((line + seed) % 3))))
        points = [
            (side + room * float(day) / 5.2, base + float(value)) for day, value in zip(days, heights, strict=True)
        ]
        canvas.lines([(*a, *b) for a, b in pairwise(points)])
        for x, y in points:
            canvas.circle(x, y, 1.4, stroke=0, fill=1)
    canvas.setFillGray(0)
    for day in range(6):
        canvas.drawCentredString(side + room * day / 5.2, 8, str(day))


def figure(canvas: Canvas, panels: tuple[Panel, ...], box: tuple[float, float, float, float], seed: int) -> None:
    """Draw up to five panels, labelled A to E, into a box (left, bottom, width, height)."""
    left, bottom, width, height = box  # two panels in a row, then the rest
    first = min(2, len(panels))
    rows = [panels[:first], panels[first:]] if len(panels) > first else [panels]
    tall = height / len(rows)
    for row, members in enumerate(rows):
        wide = width / len(members)
        for column, panel in enumerate(members):
            number = first * row + column
            canvas.saveState()
            canvas.translate(left + column * wide, bottom + height - (row + 1) * tall + 6)
            canvas.setFont(BOLD, 11)
            canvas.drawString(0, tall - 14, LETTERS[number])
            canvas.translate(12, 0)
            canvas.setFillGray(0)
            canvas.setStrokeGray(0)
            panel(canvas, wide - 24, tall - 10, seed + number)
            canvas.restoreState()
