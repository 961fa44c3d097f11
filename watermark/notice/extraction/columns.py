"""Two columns that are printed beside each other: the left one is read before the right one.

A gap at the same place in each line shows them; a column may be shorter than the other one.
"""

from collections.abc import Iterator, Sequence

from watermark.runtime.expressions import expression

_BESIDE = expression(r"(?<=\S) {2,}(?=\S)")
GAP = expression(r"(?<=\S)[ \t]{4,}(?=\S)")
_ENDS_IN_DOI = expression(r"10\.[0-9]{4,9}/(?:\S{0,80}[-/._])?$")
_REST_OF_DOI = expression(r"(?=\S{0,80}[0-9])[\w./()-]{2,80}$")
MIN_COLUMN, MAX_COLUMN, MIN_HALF = 4, 400, 25
"""Lines that prove two columns, lines in which a gap is looked for, and letters of the left column's lines."""
MAX_PLACES = 12


def columns_below(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines, those of a left column before those of the right one where two are printed beside each other."""
    lines = _with_whole_dois(lines)
    number = 0
    while number < len(lines):
        end = number
        while end < len(lines) and lines[end].strip() and end - number < MAX_COLUMN:
            end += 1
        group = lines[number:end]
        place = _gutter(group) if len(group) >= MIN_COLUMN else 0
        if place:
            yield from (line[:place].rstrip() for line in group)
            yield ""
            yield from (line[place:].rstrip() for line in group)
        else:
            yield from group or [lines[number]]
        number = max(end, number + 1)


def _gutter(lines: Sequence[str]) -> int:
    """Return where the right column of lines begins, with a gap in front of it in each line; 0 for one column."""
    places = sorted({found.end() for line in lines[:MAX_PLACES] for found in _BESIDE.finditer(line[:MAX_COLUMN])})
    return next((place for place in places[:MAX_PLACES] if place > MIN_HALF and _parts(lines, place)), 0)


def _parts(lines: Sequence[str], place: int) -> bool:
    """Tell whether no line is printed across a place, and enough lines have words on both sides of it."""
    if any(line[place - 2 : place].strip() for line in lines):
        return False
    both = [line for line in lines if line[place : place + 1].strip() and len(line[:place].strip()) >= MIN_HALF]
    return len(both) >= MIN_COLUMN


def _with_whole_dois(lines: Sequence[str]) -> list[str]:
    """Return lines of which a DOI at the right is whole that went on at the right of the next line."""
    whole = list(lines)
    for number in range(len(whole) - 1):
        line, following = whole[number].rstrip(), whole[number + 1].rstrip()
        gap = GAP.search(following[:MAX_COLUMN])
        is_beside = gap is not None and GAP.search(line[:MAX_COLUMN]) is not None
        if is_beside and gap and _ENDS_IN_DOI.search(line[-120:]) and _REST_OF_DOI.match(following, gap.end()):
            whole[number], whole[number + 1] = line + following[gap.end() :], following[: gap.start()]
    return whole
