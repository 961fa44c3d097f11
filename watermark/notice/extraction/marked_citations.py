# ruff: noqa: RUF001 - letters of other scripts are meant
"""The article's citation where quotes or brackets are around the journal, or slashes in front of it."""

import re
from dataclasses import replace

from watermark.notice.extraction.citation import people_of
from watermark.notice.extraction.citation_tails import YEAR, tail_of
from watermark.notice.model import Reference
from watermark.runtime.expressions import expression

_QUOTED_JOURNAL = expression(
    r"(?:.{0,200}:\s)?(?P<people>(?:(?:(?:[^\W\d_a-z]\. ?){1,3}|[^\W\d_a-z][\w-]{2,20} )[^\W\d_][\w'\u2019-]{1,40}"
    r"(?:, | i | и )){1,12})"
    r"(?P<title>[^\W\d_a-z][^„“”\"«»]{8,400}?)[,.] [„“\"«](?P<journal>[^„“”\"«»]{3,100})[”“\"»],? "
    rf"(?:(?:(?:t\.|T\.|vol\.|R\.) ?)?(?P<volume>[0-9]{{1,4}}),? )?\(?{YEAR}\)?"
    r"(?:,? (?:nr|№|z\.) ?(?P<issue>[\w/-]{1,12}))?(?:,? [sсС]\. ?(?P<pages>[0-9]{1,6}(?:[-\u2013][0-9]{1,6})?))?"
)
_SLASHES = expression(
    r"(?:[^\W\d_]{4,12}: )?(?P<people>(?:[^\W\d_a-zа-я][\w-]{1,40} (?:[^\W\d_a-zа-я]\. ?){1,3},? ?){1,12})"
    r"(?P<title>[^/]{8,400}?) // (?P<journal>[^\W\d_][^/0-9]{2,120}?)[.,] "
    rf"{YEAR}\.(?: (?:Т|T|Vol)\. ?(?P<volume>[0-9]{{1,4}})[.,]?)?"
    r"(?: (?:№|No\.?|Вып\.) ?(?P<issue>[\w/-]{1,12})[.,]?)?"
    r"(?: (?:С|C|P|pp?)\. ?(?P<pages>[0-9]{1,6}(?:[-\u2013][0-9]{1,6})?))?"
)
_EAST_ASIAN = expression(
    r"(?P<people>[^\s：:．。「」『』0-9][^：:．。「」『』0-9]{1,160})(?:[：:．。]|\.)\s?(?P<title>[^．。]{4,300}?)(?:\[J\])?(?:[．。]|\.)\s?"
    r"(?P<journal>[^\s0-9．。，,.：:A-Za-z]{2,40})[\s,，.．]{0,3}"
    rf"(?:{YEAR}[,，\s]{{1,2}})?(?P<volume>[0-9]{{1,4}})\s?(?:[（(](?P<issue>[0-9-]{{1,8}})[)）])?\s?[:：,，]\s?"
    r"(?P<pages>[0-9]{1,6}(?:\s?[-\u2013~]\s?[0-9]{1,6})?)(?:[,，]\s?\(?(?P<end>(?:19|20)[0-9]{2}))?"
)
_BRACKETED_JOURNAL = expression(
    r"(?P<title>[^\W\d_a-z][^()\[\]“”\"«»„]{11,400})"
    r" \((?P<tail>[^\W\d_a-z][^()]{4,160}(?:\([^()]{1,12}\)[^()]{0,60})?)\)?"
)
_NOT_A_TITLE = expression(
    r"(?:The|This|An?|Our|In|It|We)\b.{0,80}\b(?:article|paper|study|report|by|published)\b|Retract|Withdr"
)


def with_quoted_journal(text: str) -> Reference | None:
    """Return a citation whose quotes are around the journal: `J. Roe, A title, „Przegląd” 2016, nr 1, s. 33-50`."""
    found = _QUOTED_JOURNAL.match(text)
    if found is None:
        return None
    return Reference(
        authors=tuple(filter(None, (name.strip(" ,") for name in re.split(r", | i | и ", found["people"])))),
        title=found["title"].strip(" ."),
        journal=found["journal"],
        year=int(found["year"]),
        volume=found["volume"] or "",
        issue=found["issue"] or "",
        pages=found["pages"] or "",
    )


def with_slashes(text: str) -> Reference | None:
    """Return a Russian citation: authors, title, two slashes, journal, year, volume and pages."""
    found = _SLASHES.match(text)
    if found is None:
        return None
    people = tuple(
        name.strip(" ,") for name in re.findall(r"[^\W\d_][\w-]{1,40} (?:[^\W\d_]\. ?){1,3}", found["people"])
    )
    return Reference(
        authors=people,
        title=found["title"].strip(" ."),
        journal=found["journal"].strip(" ."),
        year=int(found["year"]),
        volume=found["volume"] or "",
        issue=found["issue"] or "",
        pages=found["pages"] or "",
    )


def in_east_asian_form(text: str) -> Reference | None:
    """Return a citation as in China and Japan: `韩雪. 题名[J]. 刊名, 2018, 35(3): 1-9`."""
    found = _EAST_ASIAN.match(text)
    if found is None:
        return None
    year = found["year"] or found["end"]
    return Reference(
        authors=tuple(filter(None, (name.strip() for name in re.split(r"[,，、;；]", found["people"])))),
        title=found["title"].strip(),
        journal=found["journal"],
        year=int(year) if year else None,
        volume=found["volume"],
        issue=found["issue"] or "",
        pages=found["pages"],
    )


def in_front_of_brackets(text: str) -> Reference | None:
    """Return a citation with the journal in brackets: `Roe A, Doe B: The title (J Ponds 2014;19:100-108)`."""
    found = _BRACKETED_JOURNAL.match(text)
    if found is None or _NOT_A_TITLE.match(found["title"]):
        return None
    tail = tail_of(found["tail"])
    if tail is None or not tail.volume:
        return None
    names, colon, title = found["title"].partition(": ")
    people = people_of(names) if colon else ()
    return replace(tail, authors=people, title=(title if people else found["title"]).strip(" ."))
