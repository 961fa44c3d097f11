"""Notices that are printed on the article's own page or in its record, where the one DOI may be the article's."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from watermark.notice.dates import dates_in
from watermark.notice.doi import dois_in
from watermark.notice.extraction.citation_roles import EDITORS, is_of_another_publication
from watermark.notice.extraction.doi_roles import BESIDE_A_DATE, CITATION_OF_THE_NOTICE, Passage
from watermark.notice.extraction.state_phrases import is_label_in_place, names_its_article
from watermark.notice.extraction.zones import is_prose
from watermark.notice.model import DoiRole
from watermark.notice.text_blocks import Block
from watermark.runtime.expressions import expression

_PRINCIPLES = expression(
    r"\bpublication principles\b|\bnotice of retraction: while investigating [^.]{0,60}misconduct", re.IGNORECASE
)
"""Words of a notice on the article's own page, where the DOI and the date are the article's."""
_IN_RECORD = expression(
    r"retracted from the ACM Digital Library|retract the content of this (?:paper|article)|(?:violates"
    r"|violation of) IEEE['\u2019]?s publication principles"
    r"|^notice of retraction: while investigating [^.]{0,60}misconduct",
    re.IGNORECASE,
)
MAX_RECORD = 2_000
_DOI, _WORD = expression(r"(?:https?://(?:dx\.)?doi\.org/)?10\.[0-9]{4,9}/\S+"), expression(r"[^\W\d_]{4}")
_PREPRINT = expression(
    r"(?:^|\bcite as\s?:?\s*)arxiv:\s?(?P<id>[0-9]{4}\.[0-9]{4,5}|[a-z.-]{2,20}/[0-9]{7})(?:v[0-9]{1,2})?\b",
    re.IGNORECASE,
)
_PREPRINT_WITHDRAWN = expression(
    r"(?:comments?:\s*)?(?:this|the) (?:paper|article|submission) has been withdrawn\b", re.IGNORECASE
)
_IS_SEPARATE = expression(
    r"(?P<called>\b(?:above|following|the original)(?:[- ]\w+)? (?:article|paper)\b"
    r"|\b(?:article|paper),? (?:titled|entitled)\b)"
    r"|^original (?:article|paper)\b.{0,20}:|cited above|\[1\]|\breferences?\W*$",
    re.IGNORECASE,
)
"""Words of a notice that is published separately from its article; `called` may stand on the article's page, too."""
_WITHDRAWAL_NOTICE = expression(r"withdrawal notice\s?:", re.IGNORECASE)
_AUTHORS = expression(r"author(?:s|\(s\))?\s?:", re.IGNORECASE)
"""The line of an article's record that names its authors."""
_IN_PRESS = expression(r"\barticles? in press\b|\baccepted (?:article|manuscript)\b", re.IGNORECASE)
_ARTICLE_WAS_OUT = expression(
    r"\b(?:above|this|the)(?:[- ]\w+)? (?:article|paper|chapter),? (?:(?:which )?(?:was |has been )?(?:first )?)?"
    r"(?:published|posted|available|appeared)\b[^.;]{0,60}?\bon (?P<day>[0-9A-Z][^.;()]{7,20})",
    re.IGNORECASE,
)
_VERSION = expression(r"\[version ([0-9]{1,3})\b[^\[\]]{0,60}\]\W*$", re.IGNORECASE)
_HISTORY = expression(r"\b(?:received|submitted)\b.{4,60}\b(?:reviewed|revised|accepted|published)\b", re.IGNORECASE)
REVIEW_TAKES = timedelta(days=21)
_OF_AN_ARTICLE = expression(
    r"(?:highlights|keywords?\b.{0,300}|graphical abstract"
    r"|this article has been accepted for publication and (?:has )?undergone full peer review\b.{0,800}"
    r"|volume [0-9]{1,4},? [^:;]{3,60}(?:19"
    r"|20)[0-9]{2},? pages? [0-9]{1,5}\s?[-\u2013]\s?[0-9]{1,5})",
    re.IGNORECASE,
)
"""A line that only the page of an article has, and no notice."""
_IS_A_PREPRINT = expression(r"this (?:article )?is a preprint\b(?! server)", re.IGNORECASE)
_SERVER = expression(r"(?:(?:bio|med|chem|psya|soca|eda|eartha)rxiv|research square)\.?", re.IGNORECASE)
_IN_PLACE = expression(
    r"\[?(?:(?:article|temporarily|permanently) )?(?:retracted|withdrawn|removed)"
    r"(?: article| as an? duplicate| as duplicate)?\s?[:\]]"
    r"|(?:temporary|permanent) removal\s?:",
    re.IGNORECASE,
)
_IS_REMOVED = expression(
    r"\[?(?:(?:article|temporarily|permanently) )?removed\b|(?:temporary|permanent) removal\b", re.IGNORECASE
)
_IS_GONE = expression(rf"\[?(?:article )?withdrawn\b|{_IS_REMOVED.pattern}", re.IGNORECASE)
"""The label of an article that is withdrawn before its issue, or removed: no notice is published beside it."""
_RETRACTED_IN = expression(
    r"(?:retraction|retracted|expression of concern) in(?:\s?:|$|\s(?-i:(?=[^\W\da-z])))", re.IGNORECASE
)
"""How an index points from the article to its notice; `Retraction of` points from the notice to the article."""


def of_own_record(passages: list[Passage], body: Sequence[Block]) -> list[Passage]:
    """Return the passages, with the article's role for the one DOI of a notice in the article's own record."""
    if own := _preprint_in(body):
        evidence = "the DOI of the preprint in whose record the notice is printed"
        return [
            replace(one, role=DoiRole.ARTICLE, evidence=evidence) if _names_only(one.words, own) else one
            for one in passages
        ]
    if not any(_PRINCIPLES.search(block.words) or _IN_RECORD.search(block.words) for block in body):
        return passages
    return _with_content_retracted(passages, body) or [_undated(passage) for passage in passages]


def _preprint_in(body: Sequence[Block]) -> str:
    """Return the name of the preprint in whose record a withdrawal is printed: `arxiv.2101.01234`; "" for none."""
    named = {found["id"].lower() for block in body for found in _PREPRINT.finditer(block.words[:MAX_RECORD])}
    is_withdrawn = any(_PREPRINT_WITHDRAWN.match(block.words) for block in body)
    return f"arxiv.{named.pop()}" if is_withdrawn and len(named) == 1 else ""


def _names_only(words: str, name: str) -> bool:
    dois = dois_in(words)
    return len(dois) == 1 and dois[0].partition("/")[2] == name


def _with_content_retracted(passages: list[Passage], body: Sequence[Block]) -> list[Passage]:
    """Return the passages of a notice that retracts `the content of this paper`: it is printed in the paper's record.

    Its one DOI is then the paper's. An empty list for other notices.
    """
    lines = [
        passage for passage in passages if dois_in(passage.words) and not _WORD.search(_DOI.sub("", passage.words))
    ]
    lines = [passage for passage in lines if passage.role is not DoiRole.REFERENCE]
    lines = [passage for passage in lines if passage.candidate] if len(lines) > 1 else lines
    if not is_in_record(body) or len(lines) != 1 or lines[0].role is not None or len(dois_in(lines[0].words)) != 1:
        return []
    own = replace(lines[0], role=DoiRole.ARTICLE, evidence="the one DOI of a notice in the paper's own record")
    return [own if passage is lines[0] else passage for passage in passages]


def is_in_record(body: Sequence[Block]) -> bool:
    """Tell whether a notice retracts `the content of this paper`: it is printed in the paper's own record."""
    return any(_IN_RECORD.search(block.words) or _PRINCIPLES.search(block.words) for block in body)


def _undated(passage: Passage) -> Passage:
    """Return a passage whose role came from a date beside it without that role: the date may be the article's."""
    return replace(passage, role=None, candidate=True) if passage.evidence == BESIDE_A_DATE else passage


def of_own_page(passages: list[Passage], found: Sequence[Block], body: Sequence[Block], title: str) -> list[Passage]:
    """Return the passages of an article's own page, whose title bears its state: its DOI line names the article.

    The title alone does not show it: publishers also head notices of their own so. A DOI beside a date is the article's
    in an article in press, and else it stays open whose it is.
    """
    version = _VERSION.search(title)
    is_gone = _IS_GONE.match(title) is not None or _is_record_of_withdrawal(found, title)
    is_bare = is_gone and _is_without_date(found)
    marks = (mark for block in body for mark in _IS_SEPARATE.finditer(block.words))
    is_separate = any(not (is_bare and mark["called"]) for mark in marks)
    is_separate = is_separate and not (version or _IS_REMOVED.match(title))
    is_dated_as_article = _is_dated_as_article(found)
    if (is_separate and not is_dated_as_article) or not (_IN_PLACE.match(title) or is_gone):
        return passages
    is_in_press = is_dated_as_article or is_gone
    is_in_press = is_in_press or any(_IN_PRESS.search(block.words) for block in body)
    dated = [passage for passage in passages if passage.evidence == BESIDE_A_DATE]
    others = [one for one in passages if one.role in {DoiRole.ARTICLE, DoiRole.NOTICE} and one not in dated]
    others = [one for one in others if dois_in(one.words)]
    own = {doi for one in others if one.evidence == CITATION_OF_THE_NOTICE for doi in dois_in(one.words)}
    if len(own) == 1 and all(one.evidence == CITATION_OF_THE_NOTICE for one in others):
        return _beside_its_citation(passages, dated, own)
    if others:
        return passages
    lines = [passage for passage in passages if (passage.candidate or passage in dated) and dois_in(passage.words)]
    lines = [passage for passage in lines if not is_of_another_publication(passage.words)]
    dois = {doi for line in lines for doi in dois_in(line.words)}
    if len(dois) != 1 or (version and not next(iter(dois)).endswith(f".{version[1]}")):
        return passages
    if dated and not is_in_press and not version:
        return [_undated(passage) for passage in passages]
    evidence = "below the article's title, which bears its state"
    return [
        Passage(words=one.words, role=DoiRole.ARTICLE, evidence=evidence) if one in lines else one for one in passages
    ]


def _is_record_of_withdrawal(found: Sequence[Block], title: str) -> bool:
    """Tell whether `Withdrawal Notice: …` heads the record of an article that was withdrawn before its issue.

    A line names its authors, and no line gives a day: no notice is published beside it.
    """
    is_named = any(_AUTHORS.match(block.words) and not EDITORS.search(block.words) for block in found)
    return _WITHDRAWAL_NOTICE.match(title) is not None and is_named and _is_without_date(found)


def _is_without_date(found: Sequence[Block]) -> bool:
    """Tell whether no line of a page gives a day, and one DOI is printed on it."""
    is_dated = any(dates_in(block.words) for block in found if not is_prose(block))
    return not is_dated and len({doi for block in found for doi in dois_in(block.words)}) == 1


def _is_dated_as_article(found: Sequence[Block]) -> bool:
    """Tell whether the one day that the lines of a page give is that on which a sentence says the article was out."""
    told = {
        day
        for block in found
        if is_prose(block)
        for out in _ARTICLE_WAS_OUT.finditer(block.words[:MAX_RECORD])
        for day in dates_in(out["day"])
    }
    lines = {day for block in found if not is_prose(block) for day in dates_in(block.words)}
    return len(told) == 1 and lines == told


def _beside_its_citation(passages: list[Passage], dated: Sequence[Passage], own: set[str]) -> list[Passage]:
    """Return the passages of an article's own page that also cites the notice: the other DOI is the article's."""
    lines = [one for one in dated if not set(dois_in(one.words)) & own and not is_of_another_publication(one.words)]
    if len({doi for line in lines for doi in dois_in(line.words)}) != 1:
        return passages
    evidence = "below the article's title, which bears its state"
    return [replace(one, role=DoiRole.ARTICLE, evidence=evidence) if one in lines else one for one in passages]


def is_preprint_page(found: Sequence[Block]) -> bool:
    """Tell whether a page is that of a preprint: a line says so, or its server is named alone above the sentences."""
    first = next((number for number, block in enumerate(found) if is_prose(block)), len(found))
    return any(_IS_A_PREPRINT.match(block.words) for block in found) or any(
        _SERVER.fullmatch(block.words) for block in found[:first]
    )


def is_page_of_article(found: Sequence[Block], title: str) -> bool:
    """Tell whether a page is the article's own: its title bears its state, and a line is one of an article's page.

    The page of a preprint says so, and nothing else is published on it.
    """
    if is_preprint_page(found):
        return True
    is_in_place = is_label_in_place(title)
    return is_in_place and any(
        _OF_AN_ARTICLE.fullmatch(block.words[:MAX_RECORD].strip()) or _was_reviewed(block.words) for block in found
    )


def is_record_of_article(found: Sequence[Block]) -> bool:
    """Tell whether a text is the record of the article in an index: it says in what the retraction was published."""
    return any(_RETRACTED_IN.match(block.words) for block in found) and not any(
        names_its_article(block.words) for block in found
    )


def _was_reviewed(words: str) -> bool:
    """Tell whether weeks lie between the days of submission and acceptance in a line: a notice is not reviewed."""
    days = sorted(dates_in(words)) if len(words) < MAX_RECORD and _HISTORY.search(words) else []
    return len(days) > 1 and date.fromisoformat(days[-1]) - date.fromisoformat(days[0]) > REVIEW_TAKES
