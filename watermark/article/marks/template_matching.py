"""A word that was drawn and not written, read by its shapes: laid straight, parted into letters, each one correlated.

The letters of four faces that PDFium has by itself are the templates. A shape is read as a word only when nearly every
letter of it is as near to the word's letter as to any other.
"""

from functools import cache, lru_cache
from itertools import pairwise
from string import ascii_uppercase
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from watermark.article.marks.shape_lines import Ink, Mask, filled, lines_in, runs_in
from watermark.pdf.pdfium.document import PdfiumDocument

WORDS = (
    *("RETRACTED", "RETRACTED ARTICLE", "ARTICLE RETRACTED", "RETRACTED PAPER", "PARTIALLY RETRACTED"),
    *("WITHDRAWN", "WITHDRAWN ARTICLE", "ARTICLE WITHDRAWN", "EXPRESSION OF CONCERN", "TEMPORARILY REMOVED"),
    *("ARTICLE REMOVED", "NOTICE OF VIOLATION", "RETRATADO", "ARTIGO RETRATADO", "RETRACTADO", "ARTÍCULO RETRACTADO"),
    *("RETIRADO", "ARTÍCULO RETIRADO", "RÉTRACTÉ", "ARTICLE RÉTRACTÉ", "ZURÜCKGEZOGEN", "RITIRATO", "RITRATTATO"),
    *("ARTICOLO RITIRATO", "WYCOFANY", "WYCOFANO", "INGETROKKEN", "TERUGGETROKKEN", "GERI ÇEKILDI"),
)
LETTERS = ascii_uppercase + "ÇÉÍÜ"
FACES = ("Helvetica-Bold", "Helvetica", "Times-Bold", "Courier-Bold")
SIDE = 16
"""Pixels of a letter's template in either direction."""
NEAR = 0.08
HITS, LIKENESS = 0.78, 0.6
FLATTEST, TALLEST = 2.2, 20.0
"""A word is so many times longer than high."""
SMALLEST_HEIGHT = 7
FEWEST_COLUMNS = 6
NARROWEST, WIDEST = 0.3, 1.4
"""A letter is so many times as wide as it is high."""
WIDTHS = {"I": 0.45, "Í": 0.45, "M": 1.2, "W": 1.35, "O": 1.1, "G": 1.1, "C": 1.05, "Ç": 1.05, "E": 0.9, "L": 0.85}
"""How wide letters are, in widths of the others."""


class RecognisedWord(NamedTuple):
    """A word, and how alike its letters are to those of the templates, -1 to 1."""

    word: str
    score: float


def recognise_word(ink: Ink) -> RecognisedWord | None:
    """Return the words of a mark that a shape has, or None; it may be at any angle, in a frame, in two lines."""
    reads = [read for line in lines_in(ink) if (read := _read(line) or _read(filled(line))) is not None]
    return max(reads, key=lambda read: read.score, default=None)


def _read(grid: Mask) -> RecognisedWord | None:
    """Return the words of a mark that the letters of a line are; None when they are none."""
    if grid.shape[0] < SMALLEST_HEIGHT or not FLATTEST <= grid.shape[1] / grid.shape[0] <= TALLEST:
        return None
    runs = [run for run in runs_in(np.asarray(grid.any(axis=0))) if grid[:, run[0] : run[1]].sum() > grid.shape[0] / 4]
    columns = np.flatnonzero(grid.any(axis=0))
    inked = grid.sum(axis=0)[columns]
    wide = len(columns) / grid.shape[0]
    tried = list[tuple[str, list[tuple[int, int]]]]()
    for word in WORDS:
        letters = word.replace(" ", "")
        if NARROWEST * len(letters) <= wide <= WIDEST * len(letters):
            ways = (_as_many(grid, runs, len(letters)), _in_proportion(columns, inked, letters))
            tried += [(word, parts) for parts in ways if parts is not None]
    if not tried:
        return None
    places = {part: place for place, part in enumerate(dict.fromkeys(part for _, parts in tried for part in parts))}
    likeness = _likenesses(np.array([_fitted(grid[:, start:end]) for start, end in places]))
    reads = (_compared(word, likeness[[places[part] for part in parts]]) for word, parts in tried)
    return max((read for read in reads if read is not None), key=lambda read: read.score, default=None)


def _compared(word: str, likeness: NDArray[np.float64]) -> RecognisedWord | None:
    """Return the word if nearly every part is as like its letter as any other, given how like each is to each."""
    letters = [LETTERS.index(letter) for letter in word.replace(" ", "")]
    own = likeness[np.arange(len(letters)), letters]
    hits, score = float((own >= likeness.max(axis=1) - NEAR).mean()), float(own.mean())
    return RecognisedWord(word, score) if hits >= HITS and score >= LIKENESS else None


def _in_proportion(columns: NDArray[np.intp], inked: NDArray[np.intp], letters: str) -> list[tuple[int, int]] | None:
    """Return a part for each letter, as wide as letters are as a rule, each cut where there is the least ink nearby.

    `columns` are those with ink, and `inked` is how much ink there is in each of them.
    """
    if len(columns) < FEWEST_COLUMNS * len(letters):
        return None
    widths = np.array([WIDTHS.get(letter, 1.0) for letter in letters])
    ends = np.cumsum(widths) / widths.sum() * len(columns)
    reach = max(int(len(columns) / len(letters) / 4), 1)
    cuts = [0]
    for end in ends[:-1].astype(int):
        near = range(max(end - reach, cuts[-1] + 2), min(end + reach + 1, len(columns) - 1))
        if not near:
            return None
        cuts.append(min(near, key=lambda place: (int(inked[place]), abs(place - end))))
    cuts.append(len(columns) - 1)
    return [(int(columns[start]), int(columns[end])) for start, end in pairwise(cuts)]


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
    row = (_sampling(cut.shape[0]) @ cut @ _sampling(cut.shape[1]).T).ravel()
    row -= row.mean()
    length = float(np.linalg.norm(row))
    return row / length if length > 1e-9 else np.zeros(SIDE * SIDE)


@lru_cache(maxsize=512)
def _sampling(size: int) -> NDArray[np.float64]:
    """Return what turns so many pixels into those of a template: each a slightly blurred mean of pixels."""
    edges = np.linspace(0, size, SIDE + 1)
    pixels = np.arange(size)
    share = np.minimum(edges[1:, None], pixels + 1) - np.maximum(edges[:-1, None], pixels)
    sampled = np.pad(np.maximum(share, 0) * SIDE / size, ((1, 1), (0, 0)), mode="edge")
    return np.asarray((sampled[:-2] + sampled[1:-1] + sampled[2:]) / 3)


def _likenesses(letters: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how alike each shape is to each letter, large or small, in the face where it is the most."""
    numbers, templates = _templates()
    scores = letters @ templates.T
    found = np.full((len(letters), len(LETTERS)), -1.0)
    np.maximum.at(found.T, numbers, scores.T)
    return found


@cache
def _templates() -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return the numbers of letters, and the shape of each in each face as one row of numbers."""
    numbers, rows = list[int](), list[NDArray[np.float64]]()
    for face in FACES:
        for alphabet in (LETTERS, LETTERS.lower()):
            mask = _drawn(face, alphabet)
            runs = runs_in(np.asarray(mask.any(axis=0)))
            assert len(runs) == len(alphabet)  # they are far from each other
            numbers += range(len(LETTERS))
            rows += [_fitted(mask[:, start:end]) for start, end in runs]
    return np.array(numbers), np.array(rows)


def _drawn(face: str, letters: str) -> Mask:
    """Return letters as PDFium draws them, wide apart."""
    with PdfiumDocument(_page(face, letters)) as document, document.page(1) as page:
        return np.asarray(page.draw(1)[..., 0] < 128)


def _page(face: str, letters: str) -> bytes:
    """Return a PDF of one page with some letters, small enough for PDFium to find its objects without a table."""
    content = b"BT /F 48 Tf 12 Tc 10 20 Td (%s) Tj ET" % letters.encode("cp1252")
    font = b"<</Type/Font/Subtype/Type1/Encoding/WinAnsiEncoding/BaseFont/%s>>" % face.encode("ascii")
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d 90]/Contents 4 0 R/Resources<</Font<</F %s>>>>>>endobj\n"
        b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n"
        % (65 * len(letters), font, len(content), content)
    )
