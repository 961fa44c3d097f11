# ruff: noqa: RUF001 - letters of other scripts are meant
"""A citation as medical journals print it: `Authors. Title. *Journal.* year;volume(issue):pages. DOI`."""

import re
from itertools import islice

from watermark.notice.doi import dois_in
from watermark.notice.model import Reference
from watermark.notice.remembered import remembered
from watermark.notice.text_blocks import plain
from watermark.runtime.expressions import expression

MAX_CHARACTERS = 10_000
_PAGE = r"[A-Za-z]{0,6}[0-9]\w{0,20}(?:\.\w{1,20}){0,3}"
_TAIL = expression(
    r"(?<![0-9])(?P<year>1[6-9][0-9]{2}|20[0-9]{2})(?: [A-Z][a-z]{2,8}\.?(?: [0-9]{1,2})?)?"
    r"\s?;\s?(?P<volume>(?=[\w-]*[0-9]|[IVXLCivxlc]{1,8}\b)\w[\w-]{0,19})(?:\s?\((?P<issue>[^()]{1,40})\))?"
    rf"(?:\s?:\s?(?P<pages>{_PAGE}(?:\s?[-\u2013—\u2011]\s?{_PAGE})?))?",
)
_MARKED_JOURNAL = expression(r"(?:^|(?<=\s))(?:\*{1,3}|_{1,3})(?=[^\s*_])([^*_]{1,300})[*_]{1,3}[\s.,]*$")
_SEGMENT_END = expression(r"(?<=[.?!])\s+")
_ABBREVIATION = expression(r"[A-ZА-Я][A-Za-zа-я]{0,7}\.")
_INVERTED = expression(
    r"(?<![^\W\d_])([^\W\d_][\w'\u2019-]{1,100}(?: [^\W\d_][\w'\u2019-]{1,100}){0,2}), "
    r"((?:[A-Z]\.?[ -]?){1,5})(?=[,;.\s]|$)"
)
_DEGREES = frozenset({"MD", "PhD", "MSc", "BSc", "MS", "MPH", "MBBS", "DDS", "DVM", "RN", "PharmD", "FRCP", "FACS"})
_AUTHOR_BREAK = expression(r" ?[,;] ?(?:and |& ?)?| and | ?& ?")
_GENERATIONS = frozenset({"Jr", "Sr", "II", "III", "IV", "2nd", "3rd"})
_PARTICLES = frozenset(
    {"de", "del", "der", "den", "di", "da", "dos", "la", "le", "van", "von", "el", "al", "bin", "ter"}
)
_PEOPLE_AND_YEAR = expression(
    r", (?:[A-Z]\.[ -]?){1,3}[^\W\d_a-z][\w'\u2019-]+(?:,| and| &)[^“”\"]{0,200}\b(?:19|20)[0-9]{2}\b"
)
MIN_TITLE, MIN_WORD, MAX_COMMAS = 12, 4, 30
PROSE_START = expression(
    r"(?:This|These|It|Its|Most|Parts?|Much|Some|Several|Many|We|Our|Large|Substantial|Significant|Sections?"
    r"|Figures?|Text)"
    r" [a-z0-9]|The (?:articles?|papers?|authors?|editors?|publisher|text|data|figures?|images?|results|content)\b"
)
"""How a paragraph of the notice begins: it may end in a citation, but is none."""


@remembered
def read_citation(text: str) -> tuple[Reference, int] | None:
    """Return what the first citation in `text` says, and the position behind its pages; None without a year.

    The year and volume are what a citation is known by. The emphasis of a journal's name tells it from the title;
    without it, the last sentence before the year is the journal. Pages get a plain hyphen; `citation` is as printed.
    A DOI is taken only when it is the one DOI that follows directly.
    """
    tail = _TAIL.search(text)
    if tail is None:
        return None
    authors, title, journal = _named(text[: tail.start()])
    citation = plain(text[: tail.end()]) + ("." if text[tail.end() : tail.end() + 1] == "." else "")
    return (
        Reference(
            citation=citation,
            authors=authors,
            title=title,
            journal=journal,
            year=int(tail["year"]),
            volume=tail["volume"],
            issue=(tail["issue"] or "").strip(),
            pages=re.sub(r"\s?[-\u2013—\u2011]\s?", "-", tail["pages"] or ""),
            doi=_doi_behind(text[tail.end() : tail.end() + 1200]),
        ),
        tail.end(),
    )


def is_only_a_citation(marked_up: str) -> bool:
    """Return whether a block is one citation, with its DOI or without, and nothing else."""
    if len(marked_up) > MAX_CHARACTERS or (tail := _TAIL.search(marked_up)) is None or tail.start() < 3:
        return False
    rest = plain(marked_up[tail.end() :])
    without_links = re.sub(r"(?<!\S)\S*10\.[0-9]{4,9}/\S+", "", rest)
    is_sentence = re.search(r"\b(?:is|are|has|have|was|were)\b", without_links) is not None
    return not is_sentence and len(without_links.strip(" .,;:()[]<>")) <= len("Available from DOI")


def ends_with_a_citation(line: str) -> bool:
    """Return whether a line ends where a citation ends: behind the pages, or behind the DOI that follows them."""
    return len(line) <= MAX_CHARACTERS and line[:1].isalnum() and is_only_a_citation(line)


def _doi_behind(text: str) -> str:
    names = dois_in(text)
    begins = text.find("10.")
    return names[0] if len(names) == 1 and 0 <= begins <= 60 else ""


def _named(head: str) -> tuple[tuple[str, ...], str, str]:
    """Return authors, title and journal from the text before the year."""
    head = _with_close_initials(head)
    if marked := _MARKED_JOURNAL.search(head):
        segments = _SEGMENT_END.split(plain(head[: marked.start()]))
        journal = plain(marked[1])
    else:
        segments = _SEGMENT_END.split(plain(head))
        journal = segments.pop()
        while segments and _ABBREVIATION.fullmatch(segments[-1]):
            journal = f"{segments.pop()} {journal}"
    authors = people_in(segments[0]) if segments else ()
    title = " ".join(segments[1:] if authors else segments)
    return authors, title.removesuffix("."), journal.rstrip(" .,")


def _with_close_initials(head: str) -> str:
    """Return a citation without the spaces between the initials of its authors: `Moss A. B., Fenn C. D. A title`.

    One author alone tells nothing: in `Ode A. J. Ponds.` the journal begins with a letter.
    """
    words = head.split(" ")
    end = next((n for n, word in enumerate(words) if word[:1].islower() and word not in _PARTICLES), len(words))
    pairs = [n for n in range(end - 1, 1, -1) if _is_initial(words[n].rstrip(",;")) and _is_initial(words[n - 1])]
    if any(words[n].endswith((",", ";")) for n in pairs):
        for n in pairs:
            words[n - 1 : n + 1] = [words[n - 1] + words[n]]
    return " ".join(words)


def _is_initial(word: str) -> bool:
    return word[1:] == "." and word[0].isupper()


def people_in(segment: str) -> tuple[str, ...]:
    """Return the names in an author list, or nothing when the words are not only names."""
    names = [name for name in _AUTHOR_BREAK.split(" ".join(segment.split()).removesuffix(".")) if name]
    people = tuple(name for name in (re.sub(r"(?<!\s)\s*+\bet al$", "", name) for name in names) if name)
    if people and all(map(_has_initials, people)):
        return people
    return people if len(people) > 1 and all(map(_is_full_name, people)) else ()


def _has_initials(name: str) -> bool:
    words = [word for word in name.split() if word not in _GENERATIONS]
    initials = words[-1].replace("-", "").replace(".", "") if words else ""
    return 2 <= len(words) <= 6 and initials.isalpha() and initials.isupper() and len(initials) <= 4


def _is_full_name(name: str) -> bool:
    words = [word for word in name.split() if word not in _PARTICLES]
    return 2 <= len(words) <= 5 and all(word[0].isupper() and not any(map(str.isdigit, word)) for word in words)


def people_of(text: str) -> tuple[str, ...]:
    """Return the names of a list of authors, in any style; nothing where the words are not only names."""
    text = _names(_in_order(text))
    inverted = [" ".join(filter(None, found.groups())) for found in _INVERTED.finditer(text)]
    if inverted and not re.search(r"[^\W\d_]{3}", re.sub(r"\bet al\b", "", _INVERTED.sub("", text))):
        return tuple(re.sub(r"(?<![.\s])[.\s]+$", "", re.sub(r"\.(?: |-)?", "", name)) for name in inverted)
    return people_in(text)


def before_people(title: str) -> str:
    """Return the title in front of its authors, who end it or have a year behind them; "" where none are told from it.

    Two full names may be the end of a title that has capitals as names have: `Pond Science, Carp Ecology and Fish Law`.
    """
    if (found := _PEOPLE_AND_YEAR.search(title)) and found.start() > MIN_TITLE:
        return title[: found.start()].strip(" ,")
    title = title.strip(" ,.;")
    for comma in islice(re.finditer(", (?:by )?", title), MAX_COMMAS):
        about, people = title[: comma.start()], people_of(title[comma.end() :])
        is_cased = not any(word.islower() and len(word) > MIN_WORD for word in about.split())
        if len(about) > MIN_TITLE and len(people) > 1 + is_cased:
            return about
    return ""


def _names(text: str) -> str:
    return re.sub(r"(?:^|,) ?(?:and|&) ", ", ", text.strip(' ,.:;“"')).strip(" ,")


def _in_order(text: str) -> str:
    """Return a list of authors without degrees, and with the given names in front: `Moss, Ada; Fenn, Bert`."""
    parts = [part.split(", ") for part in text.strip(" .").split("; ")]
    if len(parts) > 1 and all(len(part) == 2 and _is_given(part[1]) for part in parts):
        return ", ".join(f"{given} {surname}" for surname, given in parts)
    parts = [[one for one in part if one.replace(".", "").strip() not in _DEGREES] for part in parts]
    names = [name for part in parts for name in part]
    return ", ".join(names) if ", " in text and all(" " in name.strip() for name in names) else text


def _is_given(name: str) -> bool:
    """Tell a given name, alone or with initials behind it: `Steven L.`."""
    first, *others = name.split() or [""]
    return len(first) > 2 and first.istitle() and "." not in first and all(len(one.rstrip(".")) == 1 for one in others)
