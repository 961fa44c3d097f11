"""Which figures of the article are duplicates of which figures of other articles, each with its source."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from watermark.notice.doi import doi_spans, dois_in
from watermark.notice.extraction.citation import MAX_CHARACTERS, read_citation
from watermark.notice.extraction.citation_styles import read_styled
from watermark.notice.extraction.state_phrases import is_negated
from watermark.notice.model import FigureMatch, Reference
from watermark.runtime.expressions import expression

MAX_OWN, MAX_CITATION = 60, 1_000
_NONE: Mapping[int, str] = MappingProxyType({})
_NUMBER = expression(
    r",?\s*+(?:(?:in|of|from|by)\s++)?(?:(?:the\s++)?(?:article|paper|work|publication|study)\s*+)?"
    r"(?:\[(?P<a>[0-9]{1,2})\]|\((?P<b>[0-9]{1,2})\)|(?:in|of|from)?\s*ref(?:erence|s?\.)?\s*\[?(?P<c>[0-9]{1,2})\]?)",
    re.IGNORECASE,
)
_LABEL = r"S?[0-9]{1,3}[A-Za-z]{0,2}(?![A-Za-z0-9])"
_JOIN = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*)"
_RANGE = rf"(?:\s?[-\u2013]\s?(?:{_LABEL}|[A-Z](?![A-Za-z])))?"
_MENTION = expression(
    rf"\b[Ff]ig(?:ure|\.|)s?\.?\s+(?P<labels>{_LABEL}{_RANGE}(?:{_JOIN}(?:{_LABEL}|[A-Z](?![A-Za-z])){_RANGE}){{0,30}})"
    r"(?P<source>\s+(?:from|in|of|by)\s+(?:(?:the|an?|another)\s+(?:\w+\s+)?(?:article|paper|study)(?:\s+(?:by"
    r"|of))?:?\s+)?)?",
)
_SAME = expression(
    r"duplicat|identical|similar|same|overlap|re-?use|match|copied|copies|appear|resembl|repeat|recur",
    re.IGNORECASE,
)
_BRACKET = expression(
    r"\s*(?:\[(?P<square>[^\W\d_][^\[\]]{10,300})\]|\((?P<round>[^\W\d_](?:[^()]|\([^()]{1,40}\)){10,300})\))"
)
_AUTHOR_AND_DOI = expression(
    r"\s*(?P<people>[^\W\d_a-z][\w'\u2019-]{1,40}(?: et al\.?| (?:and|&) [^\W\d_a-z][\w'\u2019-]{1,40})?),?"
    r" \(?(?P<year>(?:19|20)[0-9]{2})[a-z]?\)?[,;]? ?"
    r"[\[(]?(?P<doi>(?:https?://(?:dx\.)?doi\.org/|(?:doi|DOI):? ?)?10\.[0-9]{4,9}/[^\s()]{1,200})[)\]]?"
)
_SENTENCE_END = expression(r"[.!?]\s")
_AND = expression(r"[\W_]*(?:(?:and|as well|as|with|in|also|images?|for)\b[\W_]*){0,8}")


@dataclass(slots=True)
class _Reading:
    """The state of the reading of one block: the own figures named last, and whether they were called the same."""

    own: tuple[str, ...] = ()
    position: int = 0
    same: bool = False
    used: bool = False


def figure_matches(blocks: Iterable[str], references: Mapping[int, str] = _NONE) -> tuple[FigureMatch, ...]:
    """Return the matches that the blocks state, in order, one for each figure of each source.

    A match is read only where the notice names figures, says that they are the same, and names a figure of a work
    that it cites with year and volume, or by its number in `references`. A sentence with a `not` states no match.
    """
    return tuple(match for block in blocks for match in _in_block(block, references))


def _in_block(text: str, references: Mapping[int, str]) -> Iterator[FigureMatch]:
    mentions = list(_MENTION.finditer(text))
    reading = _Reading()
    for number, mention in enumerate(mentions):
        if mention.start() < reading.position:
            continue
        between = text[reading.position : min(mention.start(), reading.position + 2000)]
        limit = _next_source(mentions, number, len(text))
        is_new = _SENTENCE_END.search(between) and not _SAME.search(_SENTENCE_END.split(between)[-1])
        may_be_source = reading.own and not (is_new and not reading.same)
        cited = _by_number(text[mention.end("labels") :][:60], references) if may_be_source else None
        at = mention.end("labels") if cited else mention.end()
        if cited is None and mention["source"] and reading.own:
            behind = text[mention.end() : limit]
            cited = read_citation(behind) or _in_brackets(behind) or _by_author_and_doi(behind) or _up_to_doi(behind)
        if cited is None:
            joins = bool(reading.own) and not reading.used and re.fullmatch(r"[\s,]*+(?:and|&)?[\s,]*+", between)
            reading.own = (*(reading.own[-MAX_OWN:] if joins else ()), *_labels(mention["labels"]))
            reading.same, reading.used, reading.position = (
                bool(_SAME.search(between[-60:])),
                False,
                mention.end("labels"),
            )
            continue
        source, end = cited
        known = reading.same and (not reading.used or _AND.fullmatch(_without_doi(between)))
        reading.same = bool((known or _SAME.search(between)) and not is_negated(between))
        reading.used, reading.position = True, at + end
        if reading.same:
            for label in _labels(mention["labels"]):
                yield FigureMatch(figures=reading.own, source_figure=label, source=source)


def _by_number(text: str, references: Mapping[int, str]) -> tuple[Reference, int] | None:
    """Return the reference that the words behind a figure name by its number, and where they end."""
    found = _NUMBER.match(text)
    words = references.get(int(found["a"] or found["b"] or found["c"])) if found else None
    if found is None or words is None:
        return None
    read = read_citation(words)
    dois = dois_in(words)
    source = read[0] if read else replace(read_styled(words), citation=words[:MAX_CHARACTERS])
    return replace(source, doi=source.doi or (dois[0] if len(dois) == 1 else "")), found.end()


def _in_brackets(text: str) -> tuple[Reference, int] | None:
    """Return the citation in brackets with which a text begins, and where it ends: `[J Ponds 110 (2019) 213-223]`."""
    found = _BRACKET.match(text)
    words = (found["square"] or found["round"]) if found else ""
    read = read_styled(words)
    if found is None or not (read.journal and read.volume):
        return None
    dois = dois_in(words)
    return replace(read, citation=words, doi=dois[0] if len(dois) == 1 else ""), found.end()


def _by_author_and_doi(text: str) -> tuple[Reference, int] | None:
    """Return the work of `Marsh et al. 2018 (doi: 10.5555/a.1)` with which a text begins, and where it ends."""
    found = _AUTHOR_AND_DOI.match(text)
    dois = dois_in(found["doi"]) if found else ()
    if found is None or len(dois) != 1:
        return None
    authors = (found["people"],)
    return Reference(citation=found[0].strip(), authors=authors, year=int(found["year"]), doi=dois[0]), found.end()


def _up_to_doi(text: str) -> tuple[Reference, int] | None:
    """Return the work that a text cites, in any style, up to its DOI, and where that ends."""
    first = next(iter(doi_spans(text[:MAX_CITATION])), None)
    if first is None:
        return None
    _, end, doi = first
    read = read_styled(text[:end])
    if not (read.authors and read.year and read.volume):
        return None
    return replace(read, citation=text[:end].strip(), doi=doi), end


def _next_source(mentions: list[re.Match[str]], number: int, end: int) -> int:
    """Return where the citation behind a mention must have ended: at the next figure with a source, or the end."""
    limit = min(end, mentions[number].end() + MAX_CHARACTERS)
    following = (mention.start() for mention in mentions[number + 1 : number + 4] if mention["source"])
    return min(next(following, limit), limit)


def _without_doi(text: str) -> str:
    return re.sub(r"(?<!\S)\S*10\.[0-9]{4,9}/\S+", " ", text)


def _labels(text: str) -> tuple[str, ...]:
    """Return the labels of a list of figures; `3A, B and 5E` is 3A, 3B and 5E, and `3A-C` stays a range."""
    labels: list[str] = []
    for part in re.split(_JOIN, re.sub(r"\s?[-\u2013]\s?", "-", text.strip())):
        number = re.match(r"S?[0-9]+(?=[A-Za-z])", labels[-1]) if labels else None
        if part[:1].isalpha() and not part[1:2].isdigit():
            if number is None:
                break
            labels.append(number[0] + part)
        elif part:
            labels.append(part)
    return tuple(dict.fromkeys(labels))
