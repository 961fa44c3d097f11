"""Where publishers' notices name the article's DOI: behind the label, below `A Retraction of`, in the reference [1].

A DOI is the article's only where the notice says so, and only where one DOI stands there: a text cites many works.
"""

import re
from collections.abc import Iterator, Sequence

from watermark.notice.doi import dois_in
from watermark.notice.extraction.state_phrases import split_title_label
from watermark.notice.text_blocks import Block

_FIRST_BLOCKS = 4
_LABEL_WITH_LINK = re.compile(r"[A-Za-z ]{6,40} (?:to|of|for):? ", re.IGNORECASE)
_RETRACTION_OF = re.compile(r"(?:a )?retraction of the (?:[a-z]{1,30} ){1,4}article\W*", re.IGNORECASE)
_FOLLOWING = re.compile(r"\bfollowing (?:article|paper)\b[^.]{0,40}[.:]$", re.IGNORECASE)
_BY = re.compile(r"[Bb]y\s")
_CITATION = re.compile(r"[A-Z][\w'\u2019-]{1,40},? (?:[A-Z]\.?[ ,-]{0,2}){1,4}.{0,600}?\([12][0-9]{3}[a-z]?\)")
_THIS_ONE = re.compile(
    r"\b(?:this|the (?:above|published)|retract(?:s|ed|ing)? the) (?:article|paper) \[([0-9]{1,2})\]", re.IGNORECASE
)
_REFERENCES = re.compile(r"references?[.:]?", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"]([^“”\"]{3,1000}?)[,.]?[”\"]")


def article_doi_in(title: str, body: Sequence[Block]) -> str:
    """Return the DOI that the notice names as the article's; an empty string when it names none, or two."""
    found = {*_behind_a_label(title, body), *_below_an_announcement(body), *_in_the_references(body)}
    return found.pop() if len(found) == 1 else ""


def title_in(title: str) -> str:
    """Return the article's title in a title line that also cites it; an empty string when it only cites.

    Takes the line without its label. A line without a DOI is the title itself.
    """
    if not dois_in(title):
        return title
    quoted = _QUOTED.search(title)
    return quoted[1].strip() if quoted else ""


def _behind_a_label(title: str, body: Sequence[Block]) -> Iterator[str]:
    if split_title_label(title)[1] is not None:
        yield from _only(title)
    for block in body[:_FIRST_BLOCKS]:
        if _LABEL_WITH_LINK.match(block.words) and split_title_label(block.words)[1] is not None:
            yield from _only(block.words)


def _below_an_announcement(body: Sequence[Block]) -> Iterator[str]:
    """Yield the DOI of the citation directly below the words that announce it; further down stand other works."""
    for place, block in enumerate(body[: 2 * _FIRST_BLOCKS]):
        if _RETRACTION_OF.fullmatch(block.words):
            cited = (below.words for below in body[place + 1 : place + 3] if _BY.match(below.words))
        elif _FOLLOWING.search(block.words[-200:]):
            cited = (below.words for below in body[place + 1 : place + 2] if _CITATION.match(below.words))
        else:
            continue
        for words in cited:
            yield from _only(words)


def _in_the_references(body: Sequence[Block]) -> Iterator[str]:
    """Yield the DOI of the reference by whose number the notice calls the article."""
    numbers = {int(found[1]) for block in body for found in _THIS_ONE.finditer(block.words)}
    heads = [place for place, block in enumerate(body) if _REFERENCES.fullmatch(block.words)]
    if len(numbers) != 1 or not heads:
        return
    listed = [block for block in body[heads[-1] + 1 :] if block.is_item or re.match(r"\[[0-9]{1,2}\] ", block.words)]
    place = numbers.pop() - 1
    if 0 <= place < len(listed):
        yield from _only(listed[place].words)


def _only(text: str) -> tuple[str, ...]:
    found = dois_in(text)
    return found if len(found) == 1 else ()
