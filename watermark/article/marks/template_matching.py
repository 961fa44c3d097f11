"""A word that was drawn and not written, read by its shapes: laid straight, parted into letters, each one correlated.

The letters of four faces that PDFium has by itself are the templates. A shape is read as a word only when nearly every
letter of it is as near to the word's letter as to any other.
"""

import math
from collections.abc import Iterator
from functools import cache
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from watermark.pdf.pdfium.document import PdfiumDocument

Ink = NDArray[np.float64]
"""How much ink there is at each pixel, 0 to 1."""
Points = NDArray[np.float64]
"""One row for each pixel with ink: x to the right, y down."""
Mask = NDArray[np.bool_]

WORDS = (
    *("RETRACTED", "RETRACTED ARTICLE", "ARTICLE RETRACTED", "RETRACTED PAPER", "PARTIALLY RETRACTED"),
    *("WITHDRAWN", "WITHDRAWN ARTICLE", "ARTICLE WITHDRAWN", "EXPRESSION OF CONCERN"),
)
FACES = ("Helvetica-Bold", "Helvetica", "Times-Bold", "Courier-Bold")
SIDE = 16
"""Pixels of a letter's template in either direction."""
NEAR = 0.08
HITS, LIKENESS = 0.78, 0.6
FAINTEST = 0.02
MAX_SAMPLED = 4000
FEWEST_POINTS = 60
FLATTEST, TALLEST = 2.2, 20.0
"""A word is so many times longer than high."""
FULL = 0.8
LETTER_HEIGHT = 40
SMALLEST_HEIGHT = 7


class RecognisedWord(NamedTuple):
    """A word, and how alike its letters are to those of the templates, -1 to 1."""

    word: str
    score: float


def recognise_word(ink: Ink) -> RecognisedWord | None:
    """Return the words of a mark that a shape has, or None; it may stand at any angle, in a frame, in two lines."""
    reads = [read for line in _lines(ink) if (read := _read(line)) is not None]
    return max(reads, key=lambda read: read.score, default=None)


def _lines(ink: Ink) -> Iterator[Points]:
    """Yield the lines of a shape, each laid straight, both ways up."""
    highest = float(ink.max(initial=0))
    if highest <= FAINTEST:
        return
    for mask in (ink > highest / 2,):
        ys, xs = np.nonzero(mask)
        if len(xs) < FEWEST_POINTS:
            continue
        points = np.column_stack((xs - xs.mean(), ys - ys.mean())).astype(float)
        turned = points @ _turn(_direction(points[:: max(len(points) // MAX_SAMPLED, 1)]))
        for line in _parted(_unframed(turned)):
            yield line
            yield -line


def _direction(points: Points) -> float:
    """Return the angle at which a shape is the least high: along its letters."""
    _, axes = np.linalg.eigh(np.cov(points.T))
    start = math.atan2(axes[1, 1], axes[0, 1])
    tried = [start + math.radians(degrees) for degrees in np.arange(-8, 8.5, 0.5)]
    return min([*tried, 0.0, math.pi / 2], key=lambda angle: _height(points, angle))


def _height(points: Points, angle: float) -> float:
    across = points[:, 1] * math.cos(angle) - points[:, 0] * math.sin(angle)
    low, high = np.percentile(across, (1, 99))
    return float(high - low)


def _turn(angle: float) -> NDArray[np.float64]:
    return np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])


def _unframed(points: Points) -> Points:
    """Return what stands inside of a frame, or everything where there is none."""
    grid, (left, top), (width, height) = _grid(points, LETTER_HEIGHT)
    rows, columns = _inner(grid.mean(axis=1) > FULL), _inner(grid.mean(axis=0) > FULL)
    if rows is None or columns is None:  # the stems of two letters are no frame
        return points
    across, down = (points[:, 0] - left) / width, (points[:, 1] - top) / height
    return points[(down >= rows[0]) & (down <= rows[1]) & (across >= columns[0]) & (across <= columns[1])]


def _inner(full: Mask) -> tuple[int, int] | None:
    """Return where the inside begins and ends between full rows near both ends; None where there are not two."""
    near = max(len(full) // 4, 1)
    before = [place for place in range(near) if full[place]]
    behind = [place for place in range(len(full) - near, len(full)) if full[place]]
    return (before[-1] + 1, behind[0]) if before and behind else None


def _parted(points: Points) -> Iterator[Points]:
    """Yield the points of each line of letters that is at least half as high as the highest."""
    if len(points) < FEWEST_POINTS:
        return
    grid, (_, top), (_, height) = _grid(points, LETTER_HEIGHT * 2)
    runs = _runs(np.asarray(grid.any(axis=1)))
    highest = max(end - start for start, end in runs)
    for start, end in runs:
        if 2 * (end - start) >= highest:
            yield points[(points[:, 1] >= top + start * height) & (points[:, 1] <= top + end * height)]


def _grid(points: Points, rows: int) -> tuple[Mask, tuple[float, float], tuple[float, float]]:
    """Return the points as an image of at most so many rows, its upper left corner, and the size of its pixels."""
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    tall, wide = max(bottom - top, 1.0), max(right - left, 1.0)
    down = max(min(rows, int(tall * 0.9)), 1)
    across = max(min(int(down * wide / tall), 4096), 1)
    counts, _, _ = np.histogram2d(
        points[:, 1], points[:, 0], bins=(down, across), range=((top, top + tall), (left, left + wide))
    )
    return np.asarray(counts > 0), (left, top), (wide / across, tall / down)


def _runs(filled: Mask) -> list[tuple[int, int]]:
    """Return where the runs of what is filled begin and end."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], filled, [False])).astype(np.int8)))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _read(line: Points) -> RecognisedWord | None:
    """Return the words of a mark that the letters of a line are; None when they are none."""
    if len(line) < FEWEST_POINTS:
        return None
    grid, _, _ = _grid(line, LETTER_HEIGHT)
    if grid.shape[0] < SMALLEST_HEIGHT or not FLATTEST <= grid.shape[1] / grid.shape[0] <= TALLEST:
        return None
    runs = [run for run in _runs(np.asarray(grid.any(axis=0))) if grid[:, run[0] : run[1]].sum() > grid.shape[0] / 4]
    best: RecognisedWord | None = None
    for word in WORDS:
        letters = word.replace(" ", "")
        parts = _as_many(grid, runs, len(letters))
        if parts is None:
            continue
        likeness = _likenesses(np.array([_fitted(grid[:, start:end]) for start, end in parts]))
        said = likeness[np.arange(len(letters)), [ascii_uppercase.index(letter) for letter in letters]]
        hits = float((said >= likeness.max(axis=1) - NEAR).mean())
        if hits >= HITS and said.mean() >= LIKENESS and (best is None or said.mean() > best.score):
            best = RecognisedWord(word, float(said.mean()))
    return best


def _as_many(grid: Mask, runs: list[tuple[int, int]], count: int) -> list[tuple[int, int]] | None:
    """Return as many parts as a word has letters, where letters that touch are cut apart; None when it cannot be."""
    parts = list(runs)
    if not count - 3 <= len(parts) <= count:
        return None
    while len(parts) < count:
        widest = max(range(len(parts)), key=lambda place: parts[place][1] - parts[place][0])
        start, end = parts[widest]
        third = (end - start) // 3
        if third < 2:
            return None
        cut = start + third + int(np.argmin(grid[:, start + third : end - third].sum(axis=0)))
        parts[widest : widest + 1] = [(start, cut), (cut, end)]
    return parts


def _fitted(letter: Mask) -> NDArray[np.float64]:
    """Return a letter as a row of numbers with a mean of 0 and a length of 1, whatever its size."""
    rows, columns = np.flatnonzero(letter.any(axis=1)), np.flatnonzero(letter.any(axis=0))
    if not len(rows) or not len(columns):
        return np.zeros(SIDE * SIDE)
    cut = letter[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(float)
    image = _resized(_resized(cut, 0), 1)
    padded = np.pad(image, 1, mode="edge")
    soft = np.mean([padded[y : y + SIDE, x : x + SIDE] for y in range(3) for x in range(3)], axis=0)
    row = (soft - soft.mean()).ravel()
    length = float(np.linalg.norm(row))
    return row / length if length > 1e-9 else np.zeros(SIDE * SIDE)


def _resized(image: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    """Return an image with as many rows (or columns) as a template, each the mean of what it stands for."""
    size = image.shape[axis]
    sums = np.concatenate((np.zeros_like(np.take(image, [0], axis)), np.cumsum(image, axis)), axis)
    edges = np.linspace(0, size, SIDE + 1)
    whole = np.minimum(edges.astype(int), size - 1)
    shape = [-1 if place == axis else 1 for place in range(2)]
    at_edges = np.take(sums, whole, axis) + (edges - whole).reshape(shape) * np.take(image, whole, axis)
    return np.asarray(np.diff(at_edges, axis=axis) * SIDE / size)


def _likenesses(letters: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how alike each shape is to each of the 26 letters, large or small, in the face where it is the most."""
    names, templates = _templates()
    scores = letters @ templates.T
    found = np.full((len(letters), len(ascii_uppercase)), -1.0)
    for column, name in enumerate(names):
        place = ascii_uppercase.index(name.upper())
        found[:, place] = np.maximum(found[:, place], scores[:, column])
    return found


@cache
def _templates() -> tuple[str, NDArray[np.float64]]:
    """Return the letters, and the shape of each in each face as one row of numbers."""
    names, rows = "", list[NDArray[np.float64]]()
    for face in FACES:
        for alphabet in (ascii_uppercase, ascii_lowercase):
            mask = _drawn(face, alphabet)
            runs = _runs(np.asarray(mask.any(axis=0)))
            assert len(runs) == len(alphabet)  # they stand wide apart
            names += alphabet
            rows += [_fitted(mask[:, start:end]) for start, end in runs]
    return names, np.array(rows)


def _drawn(face: str, letters: str) -> Mask:
    """Return letters as PDFium draws them, wide apart."""
    with PdfiumDocument(_page(face, letters)) as document, document.page(1) as page:
        return np.asarray(page.draw(1)[..., 0] < 128)


def _page(face: str, letters: str) -> bytes:
    """Return a PDF of one page with some letters, small enough for PDFium to find its objects without a table."""
    content = b"BT /F 48 Tf 12 Tc 10 20 Td (%s) Tj ET" % letters.encode("ascii")
    font = b"<</Type/Font/Subtype/Type1/BaseFont/%s>>" % face.encode("ascii")
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d 90]/Contents 4 0 R/Resources<</Font<</F %s>>>>>>endobj\n"
        b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n"
        % (65 * len(letters), font, len(content), content)
    )
