"""Paragraphs of a text whose lines are not parted by empty lines, as text that is copied from a web page."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, takewhile

from watermark.notice.dates import date_in_words
from watermark.notice.doi import dois_in
from watermark.notice.extraction.broken_dois import JOINED
from watermark.notice.extraction.citation_styles import read_styled
from watermark.notice.extraction.fields import is_labelled, is_other_field
from watermark.notice.extraction.state_phrases import parse_state, split_title_label
from watermark.notice.extraction.wrapped_titles import is_byline, title_continues, width_of
from watermark.notice.extraction.zones import is_office, is_one_person, is_people
from watermark.runtime.expressions import expression

LONG_LINE = 160
MAX_PARTED, MAX_PARTS = 240, 5
_BAR = expression(r"\||\s[•·]\s")
_BEGINS = expression(
    r"(?:The|This|We|Following|In|At|After|Since|It|Published|Available|Received|DOI|doi|Abstract|References?"
    r"|Citation|Copyright|ABSTRACT|REFERENCES?)(?!\w)|https?:|©|[-*•]|\[[0-9]"
)
_STARTS_BLOCK = expression(
    r"(?:https?://(?:dx\.)?doi\.org/\S+|doi:? ?\S*10\.[0-9]{4,9}/\S+|10\.[0-9]{4,9}/\S+)$"
    r"|(?:©|Copyright\b|Author links\b|Received:?\s|Accepted:?\s|Published(?: online)?:|ISSN\b)",
    re.IGNORECASE,
)
"""A line that is a DOI alone, or one of the lines that publishers print beside it."""
_ITEM = expression(r"\[?[0-9]{1,3}[\].)]{1,2}\s+[^\W\d_a-z]")
_ENDS_FIELD = expression(r"[)\]!?]$|(?<!\b[A-Za-z])(?<!\b[A-Za-z]{2})(?<!\b[A-Za-z]{3})\.$")
"""The end of a labelled line; behind an abbreviation (`pp.`) it may go on."""
_HALF_A_DATE = expression(r"\b(?:published|accepted|received|revised|online|on)\b\W{1,3}[0-9]{1,2}$", re.IGNORECASE)
_ENDS_ITEM = expression(r"(?:[.)\]]|10\.[0-9]{4,9}/\S+)$")
_UNFINISHED = expression(
    r"(?:\b(?:at|in|under|via|is|as|see|doi|the|of|and|to|by|for|from|with|an?|on)|[-\u2010\u2013,;:(/“\"«„])$",
    re.IGNORECASE,
)
"""The end of a line after which its sentence continues."""
_ONLY_A_DOI = expression(r"(?:https?://(?:dx\.)?doi\.org/|doi:? ?(?:https?://(?:dx\.)?doi\.org/)?)?10\.[0-9]{4,9}/\S+")
_ENDS_WITH_YEAR = expression(r"\((?:19|20)[0-9]{2}\)\.\s{0,2}$")
"""The end of a reference in the style of Science, below which the notice's own DOI is printed without any label."""
_DIVIDED_DOI = expression(r"10\.[0-9]{4,9}(?:/\S*)?[-/_.\u2010\u2011]$")
_CITES = expression(
    r"(?:this (?:article|notice) )?(?:retracts|retraction (?:of|to)|original (?:article|citation)"
    r"|vol(?:ume|\.)? ?[0-9]).*\b(?:19|20)[0-9]{2}\b",
    re.IGNORECASE,
)
"""A line that introduces the citation of the article."""
_TO_CITE = expression(r"(?:how to |to )?cite (?:this|as)\b|citation\s?:", re.IGNORECASE)
_OWN_LINE = expression(
    r"[^\W\d_a-z][^.;:0-9]{2,60}[ ,](?:\(?(?:19|20)[0-9]{2}\)?[ ,;:]{1,2}[0-9]|[Vv]ol(?:ume|\.) ?[0-9])"
)
"""The line of a journal, with its year and volume."""
_DATED_JOURNAL = expression(
    r"[^\W\d_a-z][^;:0-9]{2,60}[ ,](?:\(?(?:19|20)[0-9]{2}\)?[ ,;:]{1,2}[0-9]|[Vv]ol(?:ume|\.) ?[0-9])"
)
_END_OF_CITATION = expression(
    r"(?:[^\W\d_a-z][\w.]{0,20} ){0,2}(?:19|20)[0-9]{2} ?; ?[0-9]{1,4}(?:\([0-9]{1,4}\))?: ?[0-9]"
)
_ENDS_WITH_DOI = expression(r"10\.[0-9]{4,9}/\S{1,80}[0-9A-Za-z]\.?$")
_ENDS_SENTENCE = expression(r"[.,;]$")
_DIVIDED = expression(r"(?:^|[\s(“„\"«'\u2019-])([^\W\d_]{2,30})[-\u2010]$")
_IN_COMPOUND = frozenset(("of", "to", "by", "in", "on", "up", "at", "the", "and", "or", "for", "off", "out", "as", "a"))
"""Words in the middle of a compound (`case-by-case`), whose hyphen stays at the end of a line."""
_COMPOUND = expression(r"(?:^|\s)[^\s/]*[^\W_][-\u2010]$")
_REST_OF_WORD = expression(r"(?P<word>[^\W\d_]{2,30})(?=[\s.,;:)\]”\"»\u2019'/\u2013-]|$)[.,;:)\]”\"»]*")
_PREFIXES = frozenset(
    (
        *("non", "co", "pre", "post", "re", "self", "long", "short", "high", "low", "well", "multi", "single"),
        *("double", "two", "one", "cross", "peer", "anti", "inter", "intra", "semi", "meta", "sub", "half", "open"),
        *("follow", "first", "second", "third", "wide", "large", "small", "full", "cost", "time", "case", "data"),
    )
)
_JOINED_PREFIXES = frozenset(("re", "pre", "inter", "intra", "sub"))
"""Prefixes that are written without a hyphen before a consonant."""
_LOWER_NAME = expression(r"npj [A-Z]|[a-z]{1,2}[A-Z][a-z]+")
_WIDE = expression(r"[\u3040-\u30ff\u3400-\u9fff]")
"""A letter of the scripts that are written without spaces."""
_CLOSED_UP = expression(rf"{JOINED}{JOINED}\n\s*")
_TAKEN = "\0"
MAX_ITEM, MAX_BRACKETS = 8, 3
MIN_DIVIDED = 2
MIN_INDENT, MAX_APART = 3, 6
"""Spaces in front of a line that is set in the middle, and by how much those of two such lines may differ (doubled)."""
MIN_WIDTH = 50
"""The least width in characters of a text in which labelled lines are wrapped."""
MAX_COLUMN, MIN_WRAPS, MOST = 120, 3, 0.8
SLACK = 0.88
"""A line is not wrapped where the next word would have fitted into this part of the widest line beside it."""


def with_paragraphs(text: str, *, is_rejoined: bool = False) -> str:
    """Return a text with an empty line between its paragraphs; `is_rejoined` tells that `without_wraps` made its lines.

    Where a line is longer than any printed one, each line is a paragraph. Elsewhere a line continues in the next one
    where the next word had no more room, and a title line and labelled lines are parted from the others.
    """
    divided = [part for line in text.split("\n") for part in _parts(line)]
    whole = _without_hyphens(divided)
    lines = _with_closed_brackets(whole)
    is_unwrapped = is_rejoined or (_is_unwrapped(lines) and not _has_divided_words(divided))
    widest = 0 if is_unwrapped else max(len(line.strip()) for line in lines)
    widths = [] if is_unwrapped else list(_widths(lines))
    parted: list[str] = []
    begins = 0  # where the paragraph of the line begins
    for number, line in enumerate(lines):
        begins = begins if parted and parted[-1].strip() else number
        parted.append(line)
        following = lines[number + 1].strip() if number + 1 < len(lines) else ""
        if not line.strip() or not following or line.endswith(JOINED):
            continue
        if _is_in_brackets(lines, number):
            continue
        is_complete = following.startswith("10.") and _ENDS_WITH_YEAR.search(line[-12:]) is not None
        if not is_complete and _ONLY_A_DOI.fullmatch(following) and _is_without_doi(lines[begins : number + 1]):
            lines[number + 1] = f"{parted.pop().rstrip()} {following}"
            continue
        if (widest and _is_cut_off(line.strip(), following, widest)) or _is_cited_in(line.strip(), following):
            lines[number + 1] = f"{parted.pop().rstrip()} {following}"
            continue
        if is_unwrapped:
            is_end = len(line) > LONG_LINE or not _continues(line.strip(), following)
        else:
            is_end = _ends_here(line.strip(), following, number) or _is_short(line.strip(), following, widths[number])
        if (is_end or is_labelled(line)) and title_continues(lines, begins, number):
            is_end, parted[-1] = False, f"{line.rstrip()}{JOINED}"
        if not is_end and _WIDE.match(line.strip()[-1]) and _WIDE.match(following):
            parted[-1] = f"{line.rstrip()}{JOINED * 2}"  # no space is printed between these letters
        below = lines[number + 2].strip() if number + 2 < len(lines) else ""
        if is_end or _is_above_author(line.strip(), following, below):
            parted.append("")
    return _CLOSED_UP.sub("", "\n".join(parted)).replace(f"{JOINED}\n", " ")


def _has_divided_words(lines: Sequence[str]) -> bool:
    """Tell whether hyphens divide several words at the ends of lines, as only a program that wraps lines does."""
    pairs = ((line.rstrip()[-40:], following.lstrip()) for line, following in pairwise(lines) if len(line) <= LONG_LINE)
    found = (
        1
        for line, following in pairs
        if _DIVIDED.search(line) and (rest := _REST_OF_WORD.match(following)) and rest["word"].islower()
    )
    return sum(islice(found, MIN_DIVIDED)) == MIN_DIVIDED and all(len(line) <= LONG_LINE for line in lines)


def _column_of(lines: Sequence[str]) -> int:
    """Return the column at which a program wrapped all lines of a text; 0 where the lines do not prove it.

    Each line that continues in lower case then ends where the next word had no more room.
    """
    # a line with a gap in it is set by hand: a running head with its page number
    column = max((len(line.rstrip()) for line in lines if " " in line.strip() and "   " not in line.strip()), default=0)
    if not MIN_WIDTH <= column <= MAX_COLUMN:
        return 0
    pairs = [
        (line.rstrip(), following.split(maxsplit=1)[0])
        for line, following in pairwise(lines)
        if line.strip()
        and following.strip()
        and _is_in_lower_case(following.strip())
        and len(line) > column / 2
        and not line.rstrip().endswith(("-", "\u2010"))
    ]
    long_lines = sum(len(line.rstrip()) > column * MOST for line in lines)
    is_proved = (
        bool(pairs)
        and len(pairs) + long_lines >= MIN_WRAPS
        and all(len(line) + 1 + len(word) > column for line, word in pairs)
    )
    return column if is_proved else 0


def without_wraps(text: str) -> tuple[str, bool]:
    """Return a text with the lines that it had before a program wrapped them at a column, and whether one did."""
    lines = text.split("\n")
    column = _column_of(lines)
    return ("\n".join(_rejoined(_without_hyphens(lines), column)), True) if column else (text, False)


def _rejoined(lines: Sequence[str], column: int) -> Iterator[str]:
    whole, last = lines[0].strip(), lines[0].rstrip()
    for line in lines[1:]:
        words = line.strip()
        is_full = bool(last and words) and len(last) + 1 + len(words.split(maxsplit=1)[0]) > column
        is_number = words[:1].isdigit() and last[-1:].islower() and not _ITEM.match(words)
        is_full = is_full or (is_number and len(last) > column * MOST) or _is_centred_below(last, line.rstrip())
        if last.endswith(JOINED) or (is_full and not _begins_a_line(whole, last, words, column)):
            whole = f"{whole.removesuffix(JOINED)} {words}"
        else:
            yield whole
            whole = words
        last = line.rstrip()
    yield whole


def _is_centred_below(above: str, line: str) -> bool:
    """Tell whether a line and the longer one above it are set in the middle of the page, as a title of two lines is."""
    indents = [len(one) - len(one.lstrip()) for one in (above, line)]
    middles = [indent + len(one) for indent, one in zip(indents, (above, line), strict=True)]
    is_title = MIN_INDENT <= indents[0] < indents[1] and len(above.strip()) >= MIN_WIDTH
    return is_title and abs(middles[0] - middles[1]) <= MAX_APART


def _begins_a_line(whole: str, last: str, words: str, column: int) -> bool:
    """Tell whether words begin a line of their own below a line that is full, and do not continue it."""
    if _DIVIDED_DOI.search(last):
        return True  # its halves are joined elsewhere
    if (_UNFINISHED.search(last) and not last.endswith(":")) or (_TO_CITE.match(whole) and not dois_in(whole)):
        return False
    is_name = parse_state(whole) is not None or (parse_state(words) is not None and not _is_in_lower_case(words))
    is_named = words[0].isupper() and split_title_label(words)[1] is not None
    is_list = (is_people(words) or is_office(words)) and not _ENDS_SENTENCE.search(last)
    is_item = _ITEM.match(words) is not None and _ENDS_ITEM.search(last) is not None
    is_doi = _STARTS_BLOCK.match(words) is not None
    is_of_head = len(whole) <= column and (is_doi or bool(dois_in(last))) and not _cites(whole, last)
    is_of_head = is_of_head or (_OWN_LINE.match(words) is not None and split_title_label(whole)[1] is not None)
    return is_name or is_named or is_list or is_item or is_of_head or (is_labelled(words) and not is_doi)


def _cites(whole: str, last: str) -> bool:
    """Tell whether a line, of which the last part is given, is a citation whose DOI may follow."""
    return last.endswith(":") or _CITES.match(whole) is not None or _is_without_doi([whole])


def _is_without_doi(lines: Sequence[str]) -> bool:
    """Tell whether lines are a reference, or a citation with authors, without a DOI: the next line's is its own."""
    if len(lines) > MAX_ITEM or any(dois_in(line) for line in lines):
        return False
    if _ITEM.match(lines[0].strip()):
        return True
    cited = read_styled(" ".join(map(str.strip, lines)))
    return bool(cited.authors and cited.year and cited.journal)


def _is_cut_off(line: str, following: str, width: int) -> bool:
    """Tell whether a labelled line, or a date, continues in the next one, whose first word had no more room."""
    word = following.split(maxsplit=1)[0]
    is_full = width >= MIN_WIDTH and len(line) + 1 + len(word) > width
    is_open = _UNFINISHED.search(line) is not None or _is_in_lower_case(following)
    is_open = is_open and len(line) > width / 2 and not line.endswith((":", ";"))
    if (
        not (is_full or is_open)
        or is_labelled(following)
        or is_other_field(following)
        or _STARTS_BLOCK.match(following)
    ):
        return False
    return _HALF_A_DATE.search(line) is not None or (is_labelled(line) and not _ENDS_FIELD.search(line[-6:]))


def _is_cited_in(line: str, following: str) -> bool:
    """Tell whether the next line ends a line's citation: `… back pain. J Ponds Med`, `Soc 2016; 66: 1041-4`."""
    return ". " in line and line[-1:].isalpha() and _END_OF_CITATION.match(following) is not None


def _is_above_author(line: str, following: str, below: str) -> bool:
    """Tell whether a title line with its label ends above the name of its one author, who has a DOI below."""
    is_author = _STARTS_BLOCK.match(below) is not None and is_one_person(following)
    return is_author and split_title_label(line)[1] is not None and not _UNFINISHED.search(line)


def _parts(line: str) -> Sequence[str]:
    """Return the parts of a line of short ones between bars, each a paragraph, where one is the name of a state.

    Other lines come back whole: `Retraction | 5 May 2024` has two parts.
    """
    parts = [part.strip() for part in _BAR.split(line)] if len(line) < MAX_PARTED else []
    if 1 < len(parts) <= MAX_PARTS and all(parts) and any(parse_state(part) is not None for part in parts):
        return [other for part in parts for other in (part, "")][:-1]
    return (line,)


def _is_unwrapped(lines: Sequence[str]) -> bool:
    """Tell whether each line of a text is a paragraph: none of its longest lines continues in another one."""
    if any(len(line) > LONG_LINE for line in lines):
        return True
    beside = ((line, following) for line, following in pairwise(lines) if line.strip() and following.strip())
    longest = max((max(width_of(line), width_of(following)) for line, following in beside), default=0)
    widest = max(map(width_of, lines), default=0)
    if widest > MAX_COLUMN and longest < widest / 2:
        return True  # short lines at the top of a text whose paragraphs are one line each
    return not any(
        following.strip() and width_of(line.rstrip()) >= longest * SLACK and not is_labelled(following.strip())
        for line, following in pairwise(lines)
    )


def _without_hyphens(lines: Sequence[str]) -> list[str]:
    """Return lines without words that a hyphen at the end of a line divides: the word begins the next line."""
    whole = list(lines)
    for number in range(len(whole) - 1):
        line, following = whole[number].rstrip(), whole[number + 1].lstrip()
        divided, rest = _DIVIDED.search(line[-40:]), _REST_OF_WORD.match(following)
        rest = rest if rest and rest["word"].islower() else None
        is_compound = following[:1].isupper() and _COMPOUND.search(line[-60:]) and " " in line.strip()
        if (divided and rest) or is_compound:
            # the hyphen of `long-term` and `re-use` stays, those of `evi-dence` and `pre-pared` go
            first = divided[1].lower() if divided else ""
            is_prefix = first in _PREFIXES and not (rest and first in _JOINED_PREFIXES and rest[0][0] not in "aeiou")
            start = len(line) - len(first) - 1
            is_prefix = is_prefix or is_compound or (first in _IN_COMPOUND and line[start - 1 : start] == "-")
            while start and not line[start - 1].isspace():
                start -= 1  # a quotation mark or a bracket in front of the word
            word = line[start:] if is_prefix else line[start:-1]
            above = line[:start].rstrip()
            whole[number], whole[number + 1] = f"{above}{JOINED}" if above else _TAKEN, word + following
    return [line for line in whole if line != _TAKEN]


def _with_closed_brackets(lines: Sequence[str]) -> list[str]:
    """Return lines of which none ends inside square brackets, or quotes of a title, that the next one closes."""
    whole: list[str] = []
    for line in lines:
        above = whole[-1] if whole else ""
        if len(above) < LONG_LINE and _is_closed(above, line, "[", "]"):
            whole[-1] = f"{above.rstrip()} {line.lstrip()}"
            continue
        if len(above) < LONG_LINE and any(_is_closed(above, line, *marks) for marks in ("“”", "«»", "„”")):
            whole[-1] = f"{above.removesuffix(JOINED)}{JOINED}"
        whole.append(line)
    return whole


def _is_closed(above: str, line: str, opening: str, closing: str) -> bool:
    """Tell whether a line closes what the one above it leaves open."""
    is_open = above.rfind(opening) > above.rfind(closing)
    return is_open and 0 <= line.find(closing) < (line.find(opening) if opening in line else len(line))


def _is_in_brackets(lines: Sequence[str], number: int) -> bool:
    """Tell whether a round bracket is open at the end of a line, and is closed a few lines below it."""
    above = takewhile(str.strip, reversed(lines[max(0, number + 1 - MAX_BRACKETS) : number + 1]))
    opened = next((line for line in above if "(" in line or ")" in line), "")
    if opened.rfind("(") <= opened.rfind(")"):
        return False
    below = takewhile(str.strip, lines[number + 1 : number + 1 + MAX_BRACKETS])
    closed = next((line for line in below if "(" in line or ")" in line), "")
    return 0 <= closed.find(")") < (closed.find("(") if "(" in closed else len(closed))


def _widths(lines: Sequence[str]) -> Iterator[int]:
    """Yield for each line the width of the widest one that no empty line parts from it.

    A line to which the start of a divided word or DOI was joined is wider than it was printed, and does not count.
    """
    group: list[int] = []
    is_joined = False
    for line in (*lines, ""):
        if line.strip():
            group.append(0 if is_joined else width_of(line.strip()))
        else:
            yield from [max(group, default=0)] * len(group)
            group = []
            yield 0
        is_joined = line.endswith(JOINED)


def _ends_here(line: str, following: str, number: int) -> bool:
    is_named = any(parse_state(part) is not None and not part[0].islower() for part in (line, following))
    is_field = is_labelled(following) or is_other_field(following) or is_named
    if is_field or ((is_people(following) or is_office(following)) and not _UNFINISHED.search(line)):
        return True
    if following[0].isupper() and split_title_label(following)[1] is not None and not _UNFINISHED.search(line):
        return True
    if _ONLY_A_DOI.fullmatch(line) or date_in_words(following) or (_ITEM.match(following) and _ENDS_ITEM.search(line)):
        return True
    if _STARTS_BLOCK.match(following) and not _UNFINISHED.search(line):
        return True
    if _ENDS_WITH_DOI.search(line[-100:]) and _DATED_JOURNAL.match(following):
        return True  # the notice's own line below the citation of the article
    is_label = number < 12 and split_title_label(line)[1] is not None
    return (
        is_label
        and not line.endswith("]")
        and len(line) < LONG_LINE
        and bool(_BEGINS.match(following))
        and not line.endswith(",")
    )


def _is_in_lower_case(following: str) -> bool:
    """Tell whether a line begins in lower case, and not with the name of a journal: `eLife`, `npj Vaccines`."""
    return following[0].islower() and _LOWER_NAME.match(following) is None


def _continues(line: str, following: str) -> bool:
    """Tell whether the sentence of a line continues in the next one, in a text whose lines are paragraphs."""
    if _UNFINISHED.search(line) and not line.endswith((":", ";")) and not is_labelled(following):
        return True
    is_open = not line.endswith((".", ":")) and not _ONLY_A_DOI.match(following) and not is_byline(following)
    return is_open and _is_in_lower_case(following)


def _is_short(line: str, following: str, width: int) -> bool:
    """Tell whether a line ends where its writer ended it: the next word would have fitted behind it."""
    if _is_in_lower_case(following) or _UNFINISHED.search(line):
        return False
    word = following.split(maxsplit=1)[0]
    return width_of(line) + 1 + width_of(word) < width * SLACK and not dois_in(word)
