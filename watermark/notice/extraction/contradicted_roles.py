"""Whether what is printed around two DOIs allows the roles of article and notice that they were given.

A role stays only where nothing contradicts it. The article is never younger than its notice, a DOI that is another one
with `ret` behind it is the notice's, and what is labelled as the original is not the notice.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from watermark.notice.doi import doi_spans, dois_in
from watermark.notice.extraction.article_numbers import is_marked
from watermark.notice.extraction.doi_roles import ROLES_CONTRADICT, only_doi_of
from watermark.notice.extraction.zones import is_prose
from watermark.notice.model import ROLE_NOT_SHOWN, DoiMention, DoiRole
from watermark.notice.text_blocks import Block
from watermark.runtime.expressions import expression

MAX_BESIDE, MAX_BEFORE, MAX_BEHIND = 160, 160, 60
YEAR = expression(r"(?<![0-9./:\u2013-])(?:19|20)[0-9]{2}(?![0-9/\u2013-])")
_DOIS = expression(r"10\.[0-9]{4,9}/\S+")
_ORIGINAL = expression(r"\boriginal(?:ly)?\b[^.;]{0,40}$", re.IGNORECASE)
_WORKS = (DoiRole.ARTICLE, DoiRole.NOTICE)


def checked_roles(roles: tuple[DoiMention, ...], found: Sequence[Block]) -> tuple[DoiMention, ...]:
    """Return the roles, without those of article and notice that the DOIs themselves or the years beside contradict."""
    if not any(one.role in _WORKS for one in roles):
        return roles
    article, notice = (only_doi_of(roles, role) for role in _WORKS)
    others = [one.doi for one in roles if one.role is DoiRole.UNKNOWN and one.evidence == ROLE_NOT_SHOWN]
    years = _years_beside({article, notice, *others} - {""}, found)
    is_turned = bool(article and notice) and _is_older(notice, article, years)
    wrong = {article, notice} if is_turned else set()
    if article and is_marked(article):
        wrong |= {article}
    if article and any(_is_older(other, article, years) for other in others):
        wrong |= {article}
    if notice and any(_is_older(notice, other, years) for other in others):
        wrong |= {notice}
    if notice and _is_called_original(notice, found):
        wrong |= {notice}
    return tuple(
        replace(one, role=DoiRole.UNKNOWN, evidence=ROLES_CONTRADICT)
        if one.doi in wrong and one.role in _WORKS
        else one
        for one in roles
    )


def _is_older(doi: str, other: str, years: dict[str, frozenset[int]]) -> bool:
    """Tell whether all the years beside a DOI are before all those beside another one."""
    first, second = years.get(doi), years.get(other)
    return bool(first and second) and max(first or ()) < min(second or ())


def _years_beside(dois: AbstractSet[str], found: Sequence[Block]) -> dict[str, frozenset[int]]:
    """Return the years beside all mentions of each of these DOIs: on its line, or in the sentence around it."""
    years: dict[str, frozenset[int]] = {}
    for block in found:
        for doi, words in _around(block, dois):
            years[doi] = years.get(doi, frozenset()) | {int(year) for year in YEAR.findall(_DOIS.sub(" ", words))}
    return years


def _around(block: Block, dois: AbstractSet[str]) -> Iterator[tuple[str, str]]:
    """Yield each of these DOIs that a block mentions, with the words beside it."""
    named = dois_in(block.words)
    if len(named) == 1 and not is_prose(block):
        if named[0] in dois:
            yield named[0], block.words
        return
    position = 0
    for start, end, name in doi_spans(block.words) if not dois.isdisjoint(named) else ():
        if name in dois:
            before = block.words[max(position, start - MAX_BEFORE) : start]
            yield name, re.split(r"[.;]\s(?=[A-Z])", before)[-1] if len(before) > MAX_BESIDE else before
        position = end


def _is_called_original(doi: str, found: Sequence[Block]) -> bool:
    """Tell whether a DOI is only found behind the word `original`."""
    befores = [
        block.words[max(0, start - MAX_BEHIND) : start]
        for block in found
        for start, _, name in doi_spans(block.words)
        if name == doi
    ]
    return bool(befores) and all(_ORIGINAL.search(before) for before in befores)
