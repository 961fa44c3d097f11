# ruff: noqa: RUF001 - letters and punctuation of other scripts are meant
"""What a copied page or a PDF prints around a notice: menus, buttons, trails of pages, page numbers, other columns.

It is taken away before any rule reads the text. What is not certain to be such furniture stays.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from watermark.notice.dates import dates_in
from watermark.notice.doi import dois_in
from watermark.notice.extraction.columns import GAP, columns_below
from watermark.notice.extraction.fields import is_labelled
from watermark.notice.extraction.menu_words import BUTTONS, LISTS, MENU
from watermark.notice.extraction.proof_marks import without_proof_marks
from watermark.notice.extraction.state_phrases import parse_state, split_title_label
from watermark.notice.extraction.zones import REFERENCES
from watermark.runtime.expressions import expression

_COUNT = expression(r"\s?\([0-9,.]{1,9}\)$|\s[0-9,.]{1,9}$|^[0-9,.]{1,9}\s")
_PARTS = expression(r"\s{2,}|\t|\s?[|｜•·›»]\s?|\s[/–—]\s")
_TRAIL = expression(r"\s(?:[>›»/→])\s|[>›»](?=\S)|\s/\s")
_PAGE = expression(
    r"[-\u2013—\s]{0,4}(?:page|p\.|seite|s\.|página|стр\.)? ?[0-9]{1,4}(?: ?(?:of|/|von|de|di|из) ?[0-9]{1,4})?"
    r"[-\u2013—\s]{0,4}|[0-9] [0-9]",
    re.IGNORECASE,
)
_LOWER_HALF = expression(r"(?!https?:|doi|www)[a-zß-öø-ÿа-яё][\w'\u2019-]*(?:[\s,.;)]|$)")
_UNFINISHED = expression(r"[\w,-]")
MAX_PART, MAX_MENU, MIN_MENU, MAX_WORDS = 40, 400, 3, 6
MIN_TRAIL = 2
MAX_BREAK, MAX_HEAD_LINE, MIN_HALF = 8, 100, 25
"""Lines between the halves of a sentence at the end of a page, their letters, and those of the upper half."""
MAX_TITLE, MAX_LIST = 200, 60
"""Letters that the title of another article may have, and lines that a list of them may have."""


def without_furniture(text: str) -> str:
    """Return a text without menus, buttons, page numbers and lists of other articles; columns are below each other."""
    below = columns_below(without_proof_marks(text).split("\n"))
    lines = _without_lists(_without_page_breaks([part for line in below for part in _columns(line)]))
    kept: list[str] = []
    for number, line in enumerate(lines):
        kept.extend(_kept(line.strip(), lines, number) if line.strip() else [line])
    return "\n".join(kept)


def _kept(line: str, lines: Sequence[str], number: int) -> Iterator[str]:
    """Yield what stays of a line: the line as it was, the parts of a trail that name something, or an empty line."""
    is_known_button = is_button(line) and _bare(line) not in LISTS
    if is_known_button or _is_menu(line) or _is_page_number(line, lines, number) or _is_cut_off(line, lines):
        yield ""
    elif len(line) <= MAX_MENU and (trail := _trail(line)):
        yield from (other for part in trail for other in (part, ""))
    else:
        yield lines[number]


def _is_cut_off(line: str, lines: Sequence[str]) -> bool:
    """Tell a line of a trail of pages that another one prints whole: `Retraction: The ponds of th ....`."""
    start = line.rstrip(" .…")
    is_cut = len(start) >= MIN_HALF and line.endswith(("...", "…"))
    return is_cut and any(other.strip().startswith(start) and other.strip() != line for other in lines)


def is_button(line: str) -> bool:
    """Tell a line that is nothing but a button, whatever it counts: `Cited by (0)`."""
    is_counted = line.endswith(")") and _COUNT.search(line) is not None
    return len(line) <= MAX_PART + 10 and _bare(line) in (MENU if is_counted else BUTTONS)


def _bare(words: str) -> str:
    words = " ".join(words.replace("\u2019", "'").split()).strip(" .:：").casefold()
    return words if words in MENU else _COUNT.sub("", words).strip(" .:：")


def _is_menu(line: str) -> bool:
    """Tell a line of short parts of which each, or more than half of three and more, is a word of menus."""
    if len(line) > MAX_MENU:
        return False
    parts = [part for part in _PARTS.split(line) if part and part.strip()]
    if len(parts) <= line.count(" / ") + 1:
        parts = _phrases(line) or parts
    if len(parts) < 2 or dois_in(line) or dates_in(line) or any(parse_state(part) is not None for part in parts):
        return False
    known = sum(_bare(part) in MENU for part in parts)
    if known == len(parts):
        return True
    return len(parts) >= MIN_MENU and 2 * known > len(parts) and all(len(part) <= MAX_PART for part in parts)


def _phrases(line: str) -> list[str]:
    """Return the words of menus of which a line is made, with single spaces between them; none for other lines."""
    words = line.split() if line.count(" ") >= MIN_MENU else []
    phrases: list[str] = []
    start = 0
    while start < len(words):
        ends = range(min(len(words), start + MAX_WORDS), start, -1)
        end = next((end for end in ends if _bare(" ".join(words[start:end])) in MENU), start)
        if end == start and words[start] != "/":
            return []
        phrases.extend([" ".join(words[start:end])] if end > start else [])
        start = max(end, start + 1)
    return phrases if len(phrases) > MIN_MENU else []


def _trail(line: str) -> list[str]:
    """Return the parts of a trail of pages that name something: `Home > Archives > Lakes`; none for other lines.

    A trail begins with a word of menus; a part that is cut off says nothing.
    """
    parts = [part.strip() for part in _TRAIL.split(line) if part.strip()]
    if len(parts) < MIN_TRAIL or dois_in(line):
        return []
    first = re.sub(r"^(?:当前位置|您的位置|you are here)\s?[:：]\s?", "", parts[0], flags=re.IGNORECASE)
    kind, colon, named_first = first.partition(": ")
    if colon and ">" in line and kind.casefold() in {"conference", "journal", "proceedings", "magazine"}:
        return [named_first, *parts[1:]]
    if _bare(first) not in MENU and _bare(first).removeprefix("back to ") not in MENU:
        return []
    if any(_bare(part) == "books" for part in parts):
        return [""]  # the title of a book, not of a journal
    named = [part for part in parts[1:] if _bare(part) not in MENU and not part.endswith(("...", "…"))]
    return [part for part in named if not re.fullmatch(r"[0-9]{1,4}", part)] or [""]


def _is_page_number(line: str, lines: Sequence[str], number: int) -> bool:
    """Tell a line that is a page's number; below a DOI it may be the rest of it."""
    if _PAGE.fullmatch(line) is None:
        return False
    above = lines[number - 1].strip() if number else ""
    return not (above and re.search(r"10\.[0-9]{4,9}\S*$|[-/]$|\bdoi:?$", above[-200:], re.IGNORECASE))


def _columns(line: str) -> Sequence[str]:
    """Return the parts of a printed line between which a wide gap is left: they are beside each other on the page.

    A label and its value stay together, and so does a menu.
    """
    words = line.strip()
    if len(words) > MAX_MENU or not GAP.search(words) or _is_menu(words):
        return (line,)
    parts = GAP.split(words)
    if len(parts) > 3 or parts[0].endswith((":", "：")) or is_labelled(words):
        return (line,)
    return [other for part in parts for other in (part, "")][:-1]


def _without_page_breaks(lines: Sequence[str]) -> list[str]:
    """Return lines without the foot and the head of pages between the halves of a sentence.

    The upper half has no end, the lower one begins in lower case, and each line between them is a number or repeated.
    """
    repeated = Counter(_without_numbers(line) for line in lines if 0 < len(line.strip()) <= MAX_HEAD_LINE)
    kept: list[str] = []
    number = 0
    while number < len(lines):
        kept.append(lines[number])
        number += 1
        if len(kept[-1].strip()) < MIN_HALF or not _UNFINISHED.match(kept[-1].rstrip()[-1:]):
            continue
        end = number
        while end < min(len(lines), number + MAX_BREAK) and _is_of_page(lines[end].strip(), repeated):
            end += 1
        is_below = end < len(lines) and _LOWER_HALF.match(lines[end].strip()) is not None
        is_separate = any(not line.strip() for line in lines[number:end])
        if is_below and is_separate and any(line.strip() for line in lines[number:end]):
            number = end
    return kept


def _is_of_page(line: str, repeated: Mapping[str, int]) -> bool:
    """Tell whether a line may be printed between two pages: it is empty, a number, or printed more than once."""
    words = _without_numbers(line)
    is_repeated = bool(words) and repeated.get(words, 0) > 1 and not dois_in(line) and not split_title_label(line)[1]
    return not line or _PAGE.fullmatch(line) is not None or (len(line) <= MAX_HEAD_LINE and is_repeated)


def _without_numbers(line: str) -> str:
    return re.sub(r"[0-9\W]+", " ", line).strip().casefold()


def _without_lists(lines: Sequence[str]) -> list[str]:
    """Return lines without the lists of other articles; a list ends at an empty line, and where a notice speaks.

    A line that is too long for a title, a label and the heading of the references are the notice's.
    Where an empty line is below the heading of a list, it is not known where the list ends: the heading stays.
    """
    kept: list[str] = []
    left = 0
    for line, following in pairwise((*lines, "")):
        words = line.strip()
        if following.strip() and _bare(words) in LISTS:
            left = MAX_LIST
            kept.append("")
            continue
        if left and (not words or _ends_list(words)):
            left = 0
        if left:
            left -= 1
            continue
        kept.append(line)
    return kept


def _ends_list(words: str) -> bool:
    return (
        words.startswith(("©", "Copyright"))
        or len(words) > MAX_TITLE
        or REFERENCES.fullmatch(words) is not None
        or split_title_label(words)[1] is not None
        or is_labelled(words)
    )
