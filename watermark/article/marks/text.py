"""Marks among the text of a page: words as large as no running text, across the page, or alone at its edge.

The letters of a mark follow each other in the order of drawing, even where text extraction tears them apart, so
they are looked for in that order. Their positions then show how large they are, which way they run, and what else is on
their line.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from watermark.article.marks.model import MarkMedium, PageMark
from watermark.article.marks.pdfium_page import PdfiumPage, Point
from watermark.article.marks.phrases import (
    HEADINGS,
    NOUN_LETTERS,
    is_heading_of_a_notice,
    is_line_of_a_mark,
    is_sentence_of_a_mark,
    letters_of,
    may_be_marked,
    names_the_notice,
    places_in,
    stands_alone,
)

MAX_PLACES = 300
WIDTH_OF_A_LETTER = 0.62
"""Of an average letter, as a share of the font size."""
SLANTED_DEGREES = 12.0
SLANTED_LENGTH, SLANTED_POINTS = 0.12, 16.0
"""A slanted word is a mark from this share of the page's diagonal and this font size on: labels of axes are smaller."""
LARGE_POINTS = 28.0
TILES = 3
"""A small slanted word is a mark from this number on a page on."""
EDGE = 0.12
SMALLEST_POINTS = 5.0
FARTHEST = 160
"""So many characters before and behind the words are looked at for the rest of the line."""
STEP = 0.02
ADDED_CHARACTERS, FEWEST_CHARACTERS = 400, 800
"""Words are added to a page when they are among its last characters, and it has many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMark:
    """Words on a page that may be a mark. `points` is the font size; the place is that of the first letter.

    `place` is in shares of the page's width and height. `is_mark` says that nothing else need be asked,
    and `is_added` that the words are drawn after the text of the page.
    """

    page_number: int
    words: str
    line: str
    points: float
    is_mark: bool
    is_slanted: bool
    at_edge: bool
    is_added: bool
    position: tuple[float, float]
    first: int
    last: int
    is_overwritten: bool

    @property
    def is_alone(self) -> bool:
        """Whether the line holds nothing else."""
        return stands_alone(self.line)


def find_text_marks(page: PdfiumPage) -> list[TextMark]:
    """Return what may be a mark among the text of a page; nothing, and at little cost, for most pages."""
    if not may_be_marked(page.text):
        return []
    characters = page.characters()
    plain = {character: letters_of(character) for character in set(characters) if character.isalpha()}
    letters, places = list[str](), list[int]()
    for place, character in enumerate(characters):
        for letter in plain.get(character, ""):
            letters.append(letter)
            places.append(place)
    text = "".join(letters)
    found = [(places[start], places[end - 1], text[start:end]) for start, end in places_in(text)[:MAX_PLACES]]
    return [one for first, last, words in found if (one := _lettering(page, characters, first, last, words))]


def marks_among(found: Iterable[TextMark], page_count: int) -> dict[int, tuple[PageMark, TextMark]]:
    """Return the marks by page number, each with its letters.

    A mark is what is one by itself, and a small line that is at the same position of several pages. A line on the
    first page alone is a mark when it is at the edge with nothing beside it.
    """
    marks: dict[int, tuple[PageMark, TextMark]] = {}
    lines: dict[str, list[TextMark]] = defaultdict(list)
    for one in found:
        if one.is_mark:
            mark = PageMark(page_number=one.page_number, means=MarkMedium.TEXT, words=one.line.strip())
            marks[one.page_number] = mark, one
        elif _may_be_a_line(one):
            lines[letters_of(one.line)].append(one)
    for alike in lines.values():
        for one in _repeated(alike, page_count):
            mark = PageMark(
                page_number=one.page_number,
                means=MarkMedium.LINE,
                words=one.line.strip(),
                is_overwritten=one.is_overwritten,
            )
            marks.setdefault(one.page_number, (mark, one))
    return marks


def _may_be_a_line(one: TextMark) -> bool:
    if one.is_alone or is_line_of_a_mark(one.line) or is_sentence_of_a_mark(one.line):
        return True
    return one.page_number == 1 and one.at_edge and one.is_added and is_heading_of_a_notice(one.line)


def _repeated(alike: list[TextMark], page_count: int) -> Iterator[TextMark]:
    """Yield those of equal lines that are marks.

    They are where another page has it, too, or several times aslant on their page, or at the edge of the first page.
    """
    tiles = Counter(one.page_number for one in alike if one.is_slanted and one.is_alone)
    by_place: dict[tuple[int, int], set[int]] = defaultdict(set)
    for one in alike:
        for near in _near(one):
            by_place[near].add(one.page_number)
    for one in alike:
        others = by_place[_near(one)[0]] - {one.page_number}
        if others or tiles[one.page_number] >= TILES or (one.page_number == 1 and _is_first(one, page_count)):
            yield one


def _is_first(one: TextMark, page_count: int) -> bool:
    """Whether a line that no other page has is a mark: the start of a reference, or a heading, is none."""
    if one.is_slanted or not one.at_edge:
        return False
    if one.words in HEADINGS:
        return one.is_added and one.is_alone
    if one.is_alone:
        return one.line.isupper() or page_count == 1 or (one.is_added and one.position[1] < EDGE)
    return names_the_notice(one.line) or (one.is_added and is_sentence_of_a_mark(one.line))


def _near(one: TextMark) -> list[tuple[int, int]]:
    """Return the cell that a position is in, and the cells around it."""
    across, down = (int(share / STEP) for share in one.position)
    return [
        (across + x, down + y)
        for x, y in ((0, 0), (-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, 1), (-1, 1), (1, -1))
    ]


def _lettering(page: PdfiumPage, characters: list[str], first: int, last: int, words: str) -> TextMark | None:
    """Return the words as the page has them; None where they are too small, or part of a longer word."""
    start, end = page.origin(first), page.origin(last)
    across, down = end.x - start.x, end.y - start.y
    count = sum(character.isalpha() for character in characters[first : last + 1])
    length = math.hypot(across, down) * count / max(count - 1, 1)
    points = length / count / WIDTH_OF_A_LETTER
    if points < SMALLEST_POINTS or not _is_whole(page, characters, first, last, points):
        return None
    direction = math.degrees(math.atan2(down, across))
    slant = abs((direction + 45) % 90 - 45)
    place = start.x / max(page.width, 1), start.y / max(page.height, 1)
    at_edge = _is_at_edge(page, start, end)
    is_slanted = slant > SLANTED_DEGREES
    is_across = is_slanted and length >= SLANTED_LENGTH * page.diagonal and points >= SLANTED_POINTS
    line, end_of_line = _line(page, characters, (first, last), 0.4 * points)
    is_across = is_across and (words not in NOUN_LETTERS or letters_of(line) == words)
    is_large = points >= LARGE_POINTS and stands_alone(line) and words not in HEADINGS
    return TextMark(
        page_number=page.number,
        words=words,
        line=line,
        points=points,
        is_mark=is_across or is_large,
        is_slanted=is_slanted,
        at_edge=at_edge,
        is_added=first >= max(len(characters) - ADDED_CHARACTERS, FEWEST_CHARACTERS),
        position=place,
        first=first,
        last=last,
        is_overwritten=any(not character.isspace() for character in characters[end_of_line + 1 :]),
    )


def _is_at_edge(page: PdfiumPage, start: Point, end: Point) -> bool:
    """Whether words run along an edge of the page and near it: upright ones at the top or the bottom, others beside."""
    is_upright = abs(end.x - start.x) >= abs(end.y - start.y)
    places = [point.y / max(page.height, 1) if is_upright else point.x / max(page.width, 1) for point in (start, end)]
    return max(places) < EDGE or min(places) > 1 - EDGE


def _is_whole(page: PdfiumPage, characters: list[str], first: int, last: int, points: float) -> bool:
    """Whether no letter is directly before or behind the words, as in a longer word."""
    for inner, outer in ((first, first - 1), (last, last + 1)):
        if 0 <= outer < len(characters) and characters[outer].isalpha() and characters[inner].isascii():
            here, there = page.origin(inner), page.origin(outer)
            if math.dist(here, there) < points:
                return False
    return True


def _line(page: PdfiumPage, characters: list[str], words: tuple[int, int], tolerance: float) -> tuple[str, int]:
    """Return what is on one line with the words, as far as it was drawn next to them; `tolerance` is in points."""
    first, last = words
    start, end = page.origin(first), page.origin(last)
    length = math.dist(start, end) or 1.0
    along = (end.x - start.x) / length, (end.y - start.y) / length

    def is_on_it(index: int) -> bool:
        if not 0 <= index < len(characters) or characters[index] in "\r\n":
            return False
        here = page.origin(index)
        off = (here.x - start.x) * along[1] - (here.y - start.y) * along[0]
        return characters[index].isspace() or abs(off) < tolerance

    for _ in range(FARTHEST):
        if not is_on_it(first - 1):
            break
        first -= 1
    for _ in range(FARTHEST):
        if not is_on_it(last + 1):
            break
        last += 1
    return " ".join("".join(characters[first : last + 1]).split()), last
