"""Breaking runs into lines (ISO 32000-2 does not say how; Unicode Standard Annex 14 does, simplified)."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from watermark.stamping.notice_document.blocks import Runs
from watermark.stamping.notice_document.fonts import Faces

_EMERGENCY = "/.-_=&?,;"
_MAY_BREAK = re.compile(r" |[^\x00-\x7f]|[\x00-\x7f](?=[^\x00-\x7f])")
"""What may end a line at all: nothing else that is ASCII and stands before ASCII does."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one run on one line; `run` counts from 0 in the paragraph, `width` is in points."""

    run: int
    text: str
    width: float


@lru_cache(maxsize=1024)
def lines_of(runs: Runs, faces: Faces, size: float, measure: float) -> tuple[tuple[Piece, ...], ...]:
    """Return the lines of a paragraph, none wider than `measure` points. A space that ends a line stays on it.

    They are remembered: a paragraph is broken to see where it fits, and again to be set.
    """
    text = "".join(run.text for run in runs)
    owner = [number for number, run in enumerate(runs) for _ in run.text]
    widths = [width[c] * size for run in runs for width in [faces.of(bold=run.bold).widths] for c in run.text]
    inside_link = [bool(runs[o].link) for o in owner]
    breaks = frozenset(
        found.start() for found in _MAY_BREAK.finditer(text) if _may_break_after(text, found.start(), inside_link)
    )
    lines: list[tuple[Piece, ...]] = []
    start = 0
    while start < len(text):
        end = _end_of_line(text, widths, breaks, start, measure)
        lines.append(
            tuple(
                Piece(run, "".join(text[i] for i in places), sum(widths[i] for i in places))
                for run, group in groupby(range(start, end), owner.__getitem__)
                for places in [list(group)]
            )
        )
        start = end
    return tuple(lines)


def _end_of_line(text: str, widths: list[float], breaks: frozenset[int], start: int, measure: float) -> int:
    reach, good, poor = 0.0, start, start
    for place in range(start, len(text)):
        reach += widths[place]
        if text[place] != " " and reach > measure + 0.01:
            return good if good > start else poor if poor > start else max(place, start + 1)
        if place in breaks:
            good = place + 1
        elif text[place] in _EMERGENCY:
            poor = place + 1
    return len(text)


def _may_break_after(text: str, place: int, inside_link: list[bool]) -> bool:
    character, following = text[place], text[place + 1 : place + 2]
    if not following or following == " ":
        return False
    if character == " ":
        return True
    if inside_link[place] or unicodedata.category(following) in {"Po", "Pe", "Pf"}:
        return False
    return (character in "\u2013\u2014" and following.isalnum()) or _is_wide(character) or _is_wide(following)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F"} and unicodedata.category(character)[0] == "L"
