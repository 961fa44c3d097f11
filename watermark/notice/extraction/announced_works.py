# ruff: noqa: RUF001 - quotation marks and letters of other scripts are meant
"""The work that a notice announces as its article, or cites alone: authors, title, and what it appeared in.

The parts are recognised in the order in which publishers of any country print them: people, the year for some, the
title up to a stop, a quotation mark, two slashes or `in`, and the name in front of the volume, the year or the pages.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from watermark.notice.dates import date_in_words
from watermark.notice.extraction.citation import people_of
from watermark.notice.extraction.role_cues import names_another_work
from watermark.notice.extraction.single_quotes import with_double_quotes
from watermark.notice.extraction.state_phrases import parse_state, split_title_label
from watermark.notice.extraction.statement import is_about_a_source
from watermark.notice.text_blocks import Block, letters
from watermark.runtime.expressions import expression

_CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яё]"
_AFTER_PEOPLE = expression(rf",? \(?(?:19|20)[0-9]{{2}}[a-z]?\)?[.,:]? |[.,]? (?={_CAPITAL})|: |,? (?=[„“«\"])")
_YEAR = expression(r"[.,]? ?\(?(?:19|20)[0-9]{2}[a-z]?\)?[.,:]? ")
_QUOTED = expression(r"[„“«\"](?P<title>[^„“”«»\"]{8,400})[”“»\"][.,]? ?")
_TITLE_END = expression(r"[.?!] (?=[^\W\d_a-z])| // |[,.] (?=[„“«\"])|[,.] [Ii]n:? (?=[^\W\d_a-z])|, (?=[^\W\d_a-z])")
_CONTAINER = expression(
    r"(?:[„“«\"](?P<quoted>[^„“”«»\"]{3,120})[”“»\"]"
    r"|(?:[Ii]n:? )?(?P<name>(?:[^\W\d_a-z]|[a-z]{1,2}(?=[A-Z]))(?:[^„“”«»\"()\[\]0-9;:/]|: (?=[^\W\d_a-z])){2,110}?))"
    r"[.,]? ?(?:[(\[]?(?:19|20)[0-9]{2}"
    r"|[0-9]{1,4}[A-Z]?\b ?(?:[(:,;./]|no\b|pp)|(?<!\w)(?:[Vv]ol(?:ume|\.)?|[Tt]\.|[Tt]om[eo]?"
    r"|[Bb]d\.|[Bb]and|[Jj]g\.|[Jj]ahrgang|[Rr]\.|[Nn][ruo]?\.?|№|Т\.) ?[0-9]|https?:|doi|DOI)"
)
_FIRST = expression(r",? (?:first |e-?)published\b.*$", re.IGNORECASE)
_NO_NAME = expression(
    r"(?:vol(?:ume)?|issue|pages?|no|pp|part)\b|.* (?:was|is|has|were|which|appeared)\b", re.IGNORECASE
)
_IN = expression(r"[Ii]n:? (?=[^\W\d_a-z])")
_ET_AL = expression(r",? (?:et al|u\. ?a|i in|и др|et coll)\.?,?$")
_BETWEEN_NAMES = expression(r" ?[,;·] ?(?:and |& ?)?| and | ?& ?| (?:und|et|y|e|i|и|och|en) (?=[^\W\d_a-z])")
_INITIALS = rf"(?:{_CAPITAL}\.?[ -]?){{1,4}}"
_WITH_INITIALS = expression(
    rf"(?:{_INITIALS}(?:[a-z]{{2,3}} ){{0,2}}{_CAPITAL}[\w'’-]+(?: {_CAPITAL}[\w'’-]+)?"
    rf"|(?:[a-z]{{2,3}} ){{0,2}}{_CAPITAL}[\w'’-]+(?: {_CAPITAL}[\w'’-]+)? {_INITIALS})"
)
_FULL_NAME = expression(
    rf"{_CAPITAL}[\w'’-]+(?: {_CAPITAL}\.)?(?: (?:de|van|von|der|al|bin|el|la|da|del|di|dos))*"
    rf"(?: {_CAPITAL}[\w'’-]+){{1,3}}"
)
_DEED = expression(
    r"\b(?:retract|withdr|reinstat|concern|remov|rétract|retir|ritir|ritratt|retrat|wycof|отз[ыо]в|ретра|zurück)\w*",
    re.IGNORECASE,
)
_INTRODUCTION = expression(r"(?P<lead>[^:]{4,240}): (?=[^\W\d_a-z])")
_NUMBER = expression(r"^(?:\[?[0-9]{1,2}[.)\]]{1,2}|[*•-]) ")
MAX_BLOCKS, MAX_TEXT, MAX_PARTS, MIN_TITLE, MAX_PEOPLE, MAX_NAMES = 80, 1_200, 24, 3, 400, 20


@dataclass(frozen=True, slots=True)
class Work:
    """The title of a work that is cited with its authors, and the name of what it appeared in."""

    title: str
    container: str

    def has_title(self, title: str) -> bool:
        """Tell whether a title is this work's: the same letters, whichever stops and quotes are printed."""
        return not self.title or letters(self.title) == letters(title)

    def ends(self, title: str) -> bool:
        """Tell whether a title is a line that ends with this work's, behind its announcement and its authors."""
        place = title.find(self.title) if self.title else -1
        return place > 0 and ": " in title[:place]


def announced_work(found: Sequence[Block], references: Sequence[str]) -> Work | None:
    """Return the one work that is cited behind words about its retraction, else the only one of the references."""
    works = {work.title.casefold(): work for work in _announced(found)}
    references = references or [block.words for block in found if block.number]
    is_alone = bool(references) and all(block.number < 2 for block in found)
    if not works and is_alone:
        cited = _NUMBER.sub("", references[0], count=1)
        return work_in(cited) or _untitled(cited)
    return next(iter(works.values())) if len(works) == 1 else None


def _announced(found: Sequence[Block]) -> Iterator[Work]:
    """Yield the works that follow words about a retraction, in the same block or below it."""
    lead = ""
    for block in found[:MAX_BLOCKS]:
        above, lead = lead, block.words
        words = block.words[:MAX_TEXT]
        if _announces(above) and split_title_label(words)[1] is None and (work := work_in(words)):
            yield work
            continue
        inside = _INTRODUCTION.match(words)
        if inside and _announces(f"{inside['lead']}:"):
            rest = words[inside.end() :]
            if work := work_in(rest) or (_titled(rest) if parse_state(inside["lead"]) is not None else None):
                yield work


def _announces(lead: str) -> bool:
    """Tell whether words end in front of the work that they say is retracted: with a colon, or without a stop."""
    is_open = lead.endswith((":", "：")) or not lead.endswith((".", "!", "?"))
    is_deed = _DEED.search(lead[-300:]) is not None
    return is_open and is_deed and not is_about_a_source(lead) and not names_another_work(lead)


def work_in(words: str) -> Work | None:
    """Return the work that words cite, from its authors on; None where they are no citation with authors.

    The longest list of people in front is taken, behind which a title, or a container alone, is found.
    """
    words = with_double_quotes(words)
    parts = [(part.start(), part.end()) for part in islice(_AFTER_PEOPLE.finditer(words[:MAX_PEOPLE]), MAX_PARTS)]
    for start, end in reversed(parts):
        if not _are_people(words[:start]):
            continue
        year = _YEAR.match(words, start) or _YEAR.match(words, end)
        rest = words[year.end() if year else end :]
        if work := _titled(rest):
            return work
    return None


def _untitled(words: str) -> Work | None:
    """Return the work that is cited without its title, as in Science: `A. Roe, B. Doe, Ponds 344, 221 (2014)`."""
    parts = [(part.start(), part.end()) for part in islice(_AFTER_PEOPLE.finditer(words[:MAX_PEOPLE]), MAX_PARTS)]
    last = max(((start, end) for start, end in parts if _are_people(words[:start])), default=None)
    place = _CONTAINER.match(words, last[1]) if last else None
    return _work("", place["name"] or place["quoted"]) if place else None


def _are_people(words: str) -> bool:
    """Tell whether words are a list of names and nothing else: each with initials, or each with two words or more."""
    names = [name for name in _BETWEEN_NAMES.split(_ET_AL.sub("", words).strip(" .,:")) if name]
    if not names or len(names) > MAX_NAMES:
        return False
    return all(map(_WITH_INITIALS.fullmatch, names)) or all(map(_FULL_NAME.fullmatch, names)) or bool(people_of(words))


def _titled(rest: str) -> Work | None:
    """Return the work whose title begins a text; None where no container with its numbers is behind the title."""
    if quoted := _QUOTED.match(rest):
        place = _CONTAINER.match(rest, quoted.end())
        if (place is None and not _IN.match(rest, quoted.end())) or (place and _is_no_name(place["name"] or "")):
            return None
        return _work(quoted["title"], (place["quoted"] or place["name"]) if place else "")
    for end in islice(_TITLE_END.finditer(rest), MAX_PARTS):
        title = rest[: end.start()]
        place = _CONTAINER.match(rest, end.end() if end[0][-1] != "(" else end.start())
        if (
            place
            and not _is_no_name(place["name"] or "")
            and len(title.split()) >= MIN_TITLE
            and not _are_people(title.split(", ")[0])
        ):
            return _work(title, place["quoted"] or place["name"])
    return None


def _is_no_name(words: str) -> bool:
    """Tell words that are a volume, a date or a part of a sentence."""
    return _NO_NAME.match(words) is not None or bool(words and date_in_words(f"{words.strip(' ,.')} 2000"))


def _work(title: str, container: str) -> Work:
    about, state = split_title_label(title)
    name = _FIRST.sub("", container).strip(" ,")
    return Work(title=(about if state else title).strip(" .,"), container=name if ". " in name else name.rstrip("."))
