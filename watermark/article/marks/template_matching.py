"""A word that was drawn and not written, read by its shapes: straightened, divided into letters, each one correlated.

A shape is read as a word only when nearly every letter of it is as near to the word's letter as to any other. Words of
scripts whose letters join, or are thousands, are compared as a whole.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watermark.article.marks.letter_shapes import (
    SIDE,
    Alphabet,
    WholeWord,
    alphabets,
    cut,
    fitted,
    numbers_of,
    spellings,
    whole_words,
)
from watermark.article.marks.shape_lines import Ink, Mask, filled, lines_in, runs_in

NEAR = 0.08
HITS, LIKENESS = 0.77, 0.6
SQUARE_LIKENESS, WHOLE_LIKENESS = 0.55, 0.66
"""How like each character is to its own where they are squares, and how like the whole word is."""
SQUARE_AT_AN_END, WORD_AT_AN_END, MOST_SQUARES = 0.65, 0.75, 12
"""The same for a word at the end of a line, which has at most this number of squares."""
NARROWEST_SQUARE, WIDEST_SQUARE = 0.7, 1.7
JOINED_LIKENESS, NOISY_LIKENESS = 0.74, 0.8
"""The same for letters that join, and for a whole word among specks: there is less in it that can differ."""
JOINED_WIDTHS = (1.2, 9.0)
FLATTEST, TALLEST = 1.5, 20.0
"""The least and the largest length of a word, as multiples of its height."""
SHORTEST_LATIN = 2.2
SMALLEST_HEIGHT = 7
SPECKS = 0.25
"""Rows at the edge of a line are specks when they have less than this share of the ink of the fullest row."""
FEWEST_LEGIBLE, MOST_LEGIBLE, LEGIBLE = 4, 40, 0.8
"""How many letters a line has that can be read, and how like one of the alphabet they are in the middle."""
CERTAIN = 0.8
"""A line that is as like the words as this is not read in other ways as well."""
HOLLOW = 1.1
"""Letters are hollow when they have this many times more ink once they are filled."""
FEWEST_COLUMNS = 6
NARROWEST, WIDEST = 0.3, 1.4
"""The least and the largest width of a letter, as multiples of its height."""
WIDTHS = {"I": 0.45, "Í": 0.45, "M": 1.2, "W": 1.35, "O": 1.1, "G": 1.1, "C": 1.05, "Ç": 1.05, "E": 0.9, "L": 0.85}
"""How wide letters are, in widths of the others."""


Part: TypeAlias = tuple[int, int]
Parts: TypeAlias = list[Part]
"""Where the parts of a line begin and end, in columns."""


class RecognisedWord(NamedTuple):
    """A word, and how alike its letters are to those of the templates, -1 to 1."""

    word: str
    score: float


def recognise_word(ink: Ink, *, is_noisy: bool = False) -> RecognisedWord | None:
    """Return the words of a mark that a shape has, or None; it may be at any angle, in a frame, in two lines.

    `is_noisy` says that there may be specks around the words.
    """
    best: RecognisedWord | None = None
    for line in lines_in(ink):
        read = _read(line) or _read_hollow(line)
        if read is None and is_noisy:
            read = _read(_without_specks(line))
        if read is not None and is_noisy and not read.word[0].isupper() and read.score < NOISY_LIKENESS:
            read = None  # scripts without capitals are compared as whole words
        if read is not None and (best is None or read.score > best.score):
            best = read
        if best is not None and best.score >= CERTAIN:
            break
    return best


def is_legible(ink: Ink) -> bool:
    """Return whether a shape is letters that can be read, whatever they say: most are very like one of the alphabet."""
    return any(_has_letters(line) or _has_letters(filled(line)) for line in lines_in(ink) if _has_shape_of_a_word(line))


def _has_letters(line: Mask) -> bool:
    runs = runs_in(np.asarray(line.any(axis=0)))
    if not FEWEST_LEGIBLE <= len(runs) <= MOST_LEGIBLE:
        return False
    shapes = np.array([fitted(line[:, start:end]) for start, end in runs])
    best = np.max([alphabet.likenesses(shapes).max(axis=1) for alphabet in alphabets()], axis=0)
    return float(np.median(best)) >= LEGIBLE


def _without_specks(line: Mask) -> Mask:
    """Return the rows of a line that have nearly as much ink as the others, and the columns."""
    rows = line.sum(axis=1)
    kept = np.flatnonzero(rows >= SPECKS * rows.max(initial=0))
    if not len(kept):
        return line
    inner = line[kept[0] : kept[-1] + 1]
    columns = np.flatnonzero(inner.sum(axis=0) >= inner.shape[0] * SPECKS)
    return inner[:, columns[0] : columns[-1] + 1] if len(columns) else inner


def _read_hollow(line: Mask) -> RecognisedWord | None:
    """Return the words that a line has when its hollow letters are filled; None where no letters are hollow."""
    if not _has_shape_of_a_word(line):
        return None
    solid = filled(line)
    return _read(solid) if solid.sum() > HOLLOW * line.sum() else None


def _has_shape_of_a_word(grid: Mask) -> bool:
    return bool(grid.shape[0] >= SMALLEST_HEIGHT and FLATTEST <= grid.shape[1] / grid.shape[0] <= TALLEST)


def _read(grid: Mask) -> RecognisedWord | None:
    """Return the words of a mark that the letters of a line are; None when they are none."""
    if not _has_shape_of_a_word(grid):
        return None
    line = _Line.of(grid)
    reads = [_read_in(alphabet, line) for alphabet in alphabets()] + [_read_whole(grid)]
    return max((read for read in reads if read is not None), key=lambda read: read.score, default=None)


class _Spelling(NamedTuple):
    """A word in the letters of an alphabet, by their numbers.

    The parts that are compared with the letters are as wide as `widths` says, or are those that the ink has if None.
    """

    word: str
    letters: NDArray[np.intp]
    widths: tuple[float, ...] | None

    @property
    def most_misses(self) -> int:
        """How many of its letters may be less alike than others."""
        return _most_misses(len(self.letters))


class _Line(NamedTuple):
    """A line of letters with what is the same for each alphabet, and what has been found of its parts."""

    grid: Mask
    runs: Parts
    columns: NDArray[np.intp]
    inked: list[int]
    by_count: dict[int, Parts | None]
    by_widths: dict[tuple[tuple[float, ...], int], Parts | None]
    shapes: dict[Part, NDArray[np.float64]]

    @classmethod
    def of(cls, grid: Mask) -> "_Line":
        """Return a line of which no part has been looked at. Columns are those with ink, and `inked` how much."""
        sums = grid.sum(axis=0)
        found = runs_in(sums > 0)
        runs = [(start, end) for start, end in found if sums[start:end].sum() > grid.shape[0] / 4]
        columns = np.flatnonzero(sums)
        return cls(grid, runs, columns, sums[columns].tolist(), {}, {}, {})

    def shape(self, part: Part) -> NDArray[np.float64]:
        """Return a part in the size of a template."""
        if part not in self.shapes:
            self.shapes[part] = fitted(self.grid[:, part[0] : part[1]])
        return self.shapes[part]

    def parts(self, one: _Spelling, first: int) -> Parts | None:
        """Return the parts for the first letters of a word; None where the line cannot be parted so."""
        count = len(one.letters)
        if one.widths is None:
            if count not in self.by_count:
                self.by_count[count] = _as_many(self.grid, self.runs, count)
            found = self.by_count[count]
            return found and found[:first]
        key = one.widths, min(first, count)
        if key not in self.by_widths:
            self.by_widths[key] = _in_proportion(self.columns, self.inked, *key)
        return self.by_widths[key]


def _read_in(alphabet: Alphabet, line: _Line) -> RecognisedWord | None:
    wide = len(line.columns) / line.grid.shape[0]
    if wide < SHORTEST_LATIN:
        return None
    tried = [
        _Spelling(word, numbers_of(letters, alphabet.letters), widths)
        for word in alphabet.words
        for letters in spellings(word, alphabet.letters)
        if NARROWEST * len(letters) <= wide <= WIDEST * len(letters)
        for widths in (None, _widths_of(letters))
    ]
    likely = list(_beginning_alike(alphabet, line, tried))
    likenesses = _likenesses(alphabet, line, (part for _, parts in likely for part in parts))
    reads = (_compared(one.word, one.letters, np.array([likenesses[part] for part in parts])) for one, parts in likely)
    return max((read for read in reads if read is not None), key=lambda read: read.score, default=None)


def _beginning_alike(alphabet: Alphabet, line: _Line, tried: Iterable[_Spelling]) -> Iterator[tuple[_Spelling, Parts]]:
    """Yield the words that their first letters do not rule out, as they do most, each with the parts of all letters."""
    asked = [(one, parts) for one in tried if (parts := line.parts(one, one.most_misses + 2)) is not None]
    likenesses = _likenesses(alphabet, line, (part for _, parts in asked for part in parts))
    near = {part: likeness >= likeness.max() - NEAR for part, likeness in likenesses.items()}
    for one, first in asked:
        misses = sum(not near[part][letter] for part, letter in zip(first, one.letters, strict=False))
        if misses <= one.most_misses and (parts := line.parts(one, len(one.letters))) is not None:
            yield one, parts


def _likenesses(alphabet: Alphabet, line: _Line, parts: Iterable[Part]) -> dict[Part, NDArray[np.float64]]:
    """Return how alike each part is to each letter."""
    found = list(dict.fromkeys(parts))
    if not found:
        return {}
    return dict(zip(found, alphabet.likenesses(np.array([line.shape(part) for part in found])), strict=True))


@cache
def _widths_of(letters: str) -> tuple[float, ...]:
    """Return how wide each letter is, in widths of the usual ones."""
    return tuple(WIDTHS.get(letter, 1.0) for letter in letters)


@cache
def _most_misses(count: int) -> int:
    """Return how many letters of so many may be less alike than others."""
    return max(misses for misses in range(count + 1) if (count - misses) / count >= HITS)


def _compared(word: str, letters: NDArray[np.intp], likeness: NDArray[np.float64]) -> RecognisedWord | None:
    """Return the word if nearly every part is as like its letter as any other, given how like each is to each."""
    own = likeness[np.arange(len(letters)), letters]
    hits, score = float((own >= likeness.max(axis=1) - NEAR).mean()), float(own.mean())
    return RecognisedWord(word, score) if hits >= HITS and score >= LIKENESS else None


def _read_whole(grid: Mask) -> RecognisedWord | None:
    """Return the word whose shape as a whole a line has: each character must be like its own, or all that join."""
    wide = grid.shape[1] / grid.shape[0]
    pictures, ends = dict[int, NDArray[np.float64]](), dict[int, tuple[NDArray[np.float64], ...]]()
    best: RecognisedWord | None = None
    for one in whole_words():
        count = one.columns / SIDE
        if not one.is_joined and wide > WIDEST_SQUARE * count and (found := _at_an_end(one, grid, ends)):
            best = found if best is None or found.score > best.score else best
        low, high = JOINED_WIDTHS if one.is_joined else (NARROWEST_SQUARE * count, WIDEST_SQUARE * count)
        if not low <= wide <= high:
            continue
        if one.columns not in pictures:
            pictures[one.columns] = cut(grid, one.columns)
        likeness = one.likenesses(pictures[one.columns])
        means = np.where(likeness.min(axis=1) >= SQUARE_LIKENESS, likeness.mean(axis=1), -1.0)
        score = float(means.max())
        if score >= (JOINED_LIKENESS if one.is_joined else WHOLE_LIKENESS) and (best is None or score > best.score):
            best = RecognisedWord(one.word, score)
    return best


def _at_an_end(one: WholeWord, grid: Mask, ends: dict[int, tuple[NDArray[np.float64], ...]]) -> RecognisedWord | None:
    """Return the word if the last or the first squares of a longer line are it: a sentence says what was retracted.

    `ends` are the pictures of both ends by the number of squares, which other words have as well.
    """
    count, squares = one.columns // SIDE, round(grid.shape[1] / grid.shape[0])
    if count < 2 or squares > MOST_SQUARES:
        return None
    if count not in ends:
        width = round(grid.shape[1] * count / squares)
        ends[count] = cut(grid[:, -width:], one.columns), cut(grid[:, :width], one.columns)
    faces = np.concatenate([one.likenesses(end) for end in ends[count]])
    score = float(faces[faces.min(axis=1) >= SQUARE_AT_AN_END].mean(axis=1).max(initial=-1.0))
    return RecognisedWord(one.word, score) if score >= WORD_AT_AN_END else None


def _in_proportion(
    columns: NDArray[np.intp], inked: list[int], relative_widths: tuple[float, ...], first: int
) -> Parts | None:
    """Return a part for each letter, as wide as it is as a rule, each cut where there is the least ink nearby.

    `columns` are those with ink, and `inked` is how much ink there is in each of them. Only the first parts are cut.
    """
    count = len(relative_widths)
    if len(columns) < FEWEST_COLUMNS * count:
        return None
    reach = max(int(len(columns) / count / 4), 1)
    cuts = [0]
    for share in _ends(relative_widths)[: min(first, count - 1)]:
        end = int(share * len(columns))
        low, high = max(end - reach, cuts[-1] + 2), min(end + reach + 1, len(columns) - 1)
        if low >= high:
            return None
        near = inked[low:high]
        least = min(near)
        places = [place for place, ink in enumerate(near, low) if ink == least]
        cuts.append(min(places, key=lambda place: abs(place - end)))
    if first >= count:
        cuts.append(len(columns) - 1)
    return [(int(columns[start]), int(columns[end])) for start, end in pairwise(cuts)]


@cache
def _ends(relative_widths: tuple[float, ...]) -> list[float]:
    """Return where letters of these widths end, as shares of the whole width."""
    widths = np.array(relative_widths)
    ends: list[float] = (np.cumsum(widths) / widths.sum()).tolist()
    return ends


def _as_many(grid: Mask, runs: Parts, count: int) -> Parts | None:
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
        middle = start + third + int(np.argmin(grid[:, start + third : end - third].sum(axis=0)))
        parts[widest : widest + 1] = [(start, middle), (middle, end)]
    return parts
