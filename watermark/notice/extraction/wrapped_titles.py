"""Whether the title of a notice continues in the line below it: that line begins nothing else.

A title of two printed lines is kept as two lines in a text whose paragraphs are one line each, and in a column.
"""

import re
from collections.abc import Sequence
from unicodedata import east_asian_width

from watermark.notice.dates import dates_in
from watermark.notice.doi import dois_in
from watermark.notice.extraction.citation import people_of
from watermark.notice.extraction.field_names import TITLE
from watermark.notice.extraction.fields import fields_in, is_other_field
from watermark.notice.extraction.state_phrases import is_statement, parse_state, split_title_label
from watermark.notice.extraction.zones import is_head_line, is_one_person, is_people, is_prose
from watermark.notice.text_blocks import Block
from watermark.runtime.expressions import expression

_COMPLETE = expression(r"[.!?:;\]”\"»』」》]$|\b(?:19|20)[0-9]{2}\)?$")
"""The end of a title, or of the citation that takes its place."""
_ANOTHER_ROLE = expression(
    r"https?:|www\.|\S+@|[-*•]\s|(?:in|by|from|volume|vol\.|pages?|received|accepted|published)\s|.*:$"
    r"|(?:th(?:is|e) (?:article|notice|authors?)|view|see|show|read|download|authors?|article|full|open|free|cite|share"
    r"|get|citation|abstract|about|add|save)\b|[A-Za-z0-9]{1,3}$"
    r"|.*\b(?:19|20)[0-9]{2}\b|.*\b[0-9]{1,4}\s?[:(,;]\s?[0-9]|.*(?:[|©•·*†‡§]|\bet al\b|\s{3}|[a-z][0-9]\b)",
    re.IGNORECASE,
)
"""A line of its own below a title: an address, a label, the journal with its numbers, the authors with their marks."""
_LABELLED = expression(r"[^\W\d_a-z][^\s:]{1,20}(?: [^\s:]{1,20})?\s?[:] ?\S")
"""Any label: the line below a title with a label begins with one, too."""
_OFFICIAL = expression(r"(?:to|for|of|the editors?|dear|by|from)\b", re.IGNORECASE)
MAX_LINES, MAX_LENGTH, MIN_TITLE, MAX_TEXT, MIN_WORDS = 5, 160, 20, 400, 3


def title_continues(lines: Sequence[str], first: int, last: int) -> bool:
    """Tell whether the paragraph of the lines from `first` to `last` is a title that the next line continues."""
    line, following = lines[last].strip(), lines[last + 1].strip()
    if last - first >= MAX_LINES or len(line) > MAX_LENGTH or len(following) > MAX_LENGTH or width_of(line) < MIN_TITLE:
        return False
    if _LABELLED.match(following) and fields_in(lines[first].strip()):
        return False
    above = next(filter(None, map(str.strip, lines[max(0, first - 2) : first][::-1])), "")
    is_title = _is_title(lines[first].strip()) or _is_below_label(above, lines[first].strip())
    return (
        is_title
        and not (_COMPLETE.search(line) and not _is_before_subtitle(line))
        and _had_no_room(lines, first, last)
        and not _is_separate(following, next(filter(None, map(str.strip, lines[last + 2 : last + 4])), ""))
        and not _is_printed_again(following, lines, last + 1)
    )


def _is_title(line: str) -> bool:
    """Tell a line with the label of a title, or of a notice and the title behind it."""
    if any(field.kind == TITLE for field in fields_in(line)):
        return True
    about, state = split_title_label(line)
    return state is not None and bool(about) and parse_state(line) is None and not is_statement(about)


def _is_below_label(above: str, line: str) -> bool:
    """Tell a line below a bare label that begins nothing but a title: it has several words, and is no one's name."""
    is_label = parse_state(above) is not None
    return (
        is_label
        and len(line.split()) >= MIN_WORDS
        and not _is_separate(line.rstrip(":"), "")
        and not _OFFICIAL.match(line)
    )


def _is_before_subtitle(line: str) -> bool:
    """Tell a title whose first line ends with the colon in front of its subtitle."""
    about, state = split_title_label(line)
    return line.endswith(":") and (state is None or len(about.split()) >= MIN_WORDS) and not dates_in(line)


def _had_no_room(lines: Sequence[str], first: int, last: int) -> bool:
    """Tell whether the first word of the next line would have made its line the widest of the title."""
    line, following = lines[last].strip(), lines[last + 1].strip()
    widest = max(width_of(one.strip()) for one in lines[first : last + 2])
    return width_of(line) + 1 + width_of(following.split(maxsplit=1)[0]) > widest


def _is_separate(following: str, below: str) -> bool:
    """Tell a line that begins something else than the rest of a title.

    Two words may be the name of a person; the line is not one's where the authors are in the line `below`.
    """
    block = Block(marked_up=following, words=following)
    is_name = is_byline(following) and not (is_one_person(following) and is_people(below))
    return is_name or bool(
        _ANOTHER_ROLE.match(following)
        or parse_state(following) is not None
        or split_title_label(following)[1] is not None
        or fields_in(following)
        or is_other_field(following)
        or dois_in(following)
        or dates_in(following)
        or len(people_of(following)) > 1
        or is_head_line(block)
        or is_prose(block)
    )


def width_of(line: str) -> int:
    """Return the printed width of a line: a Chinese, Japanese or Korean letter is as wide as two others."""
    return len(line) if line.isascii() else sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)


def is_byline(line: str) -> bool:
    """Tell a line that names one or several people, with `by` in front of them or without it."""
    people = line.removeprefix("by ")
    return is_people(people) or is_one_person(people)


def _is_printed_again(following: str, lines: Sequence[str], number: int) -> bool:
    """Tell whether other lines print the words of a line without the title in front of them: they name the journal."""
    words = following.casefold().rstrip(" .")
    return any(words in line.casefold() for place, line in enumerate(lines[:MAX_TEXT]) if place != number)
