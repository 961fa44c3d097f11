"""Which figures of the article are duplicates of which figures of other articles, each with its source."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType

from watermark.notice.doi import doi_spans, dois_in
from watermark.notice.extraction.citation import MAX_CHARACTERS, read_citation
from watermark.notice.extraction.citation_styles import read_styled
from watermark.notice.extraction.other_works import in_english, other_work, work_in_front
from watermark.notice.extraction.state_phrases import is_negated
from watermark.notice.model import FigureMatch, Reference
from watermark.runtime.expressions import expression

MAX_OWN, MAX_CITATION, MAX_BEHIND = 60, 1_000, 400
_NONE: Mapping[int, str] = MappingProxyType({})
_WORK = r"(?:article|paper|work|publication|study|report|manuscript|letter)"
_NUMBER = expression(
    r"(?:\[(?P<a>[0-9]{1,2})\]|\((?P<b>[0-9]{1,2})\)|\(?ref(?:erence|s?\.)? ?[\[(]?(?P<c>[0-9]{1,2})[\])]{0,2}"
    r"|(?P<d>[¹²³⁴⁵⁶⁷⁸⁹]))",
    re.IGNORECASE,
)
_DIGITS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")
_LABEL = r"S?[0-9]{1,2}(?:[A-Za-z]{1,2}(?![A-Za-z0-9])|\([a-zA-Z]\)|(?![A-Za-z0-9]))"
_PART = r"(?:[A-Z](?![A-Za-z])|[b-z](?![A-Za-z])|\([a-zA-Z]\))"
_JOIN = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*)"
_RANGE = rf"(?:\s?[-\u2013]\s?(?:{_LABEL}|{_PART}))?"
_PANELS = rf"{_PART}(?:\s?[-\u2013]\s?{_PART})?(?:{_JOIN}{_PART}(?:\s?[-\u2013]\s?{_PART})?){{0,12}}"
_MENTION = expression(
    rf"(?:\b[Pp]anels?\s+(?P<panels>{_PANELS})\s+(?:of|in|from)\s+)?"
    r"\b(?:[Ss]upp(?:l\.?|lement\w{2,4})\s+)?[Ff]ig(?:ure|\.|)s?\.?\s*"
    rf"(?P<labels>{_LABEL}{_RANGE}(?:{_JOIN}(?:{_LABEL}|{_PART}){_RANGE}){{0,30}})"
    rf"(?:,?\s+\(?panels?\s+(?P<behind>{_PANELS})\)?)?"
)
_ALIKE = (
    r"duplicat|identical|similar|same|overlap|re-?us|match|copied|copies|appear|resembl|repeat|recur|reproduc"
    r"|taken from|correspond|in common|indistinguishable|cop(?:y|ies) of|\bshares?\b|rep[ei]te|répète"
    r"|ripete|identi|identycz|idénti|idênti"
    r"|gleich|dupli|même|mism[oa]|stess[oa]|mesm[oa]|tożsam"
    r"|идентич|совпада|同一|相同|一致|重复|重複|동일|같"
)
_SAME = expression(_ALIKE, re.IGNORECASE)
_SAME_BETWEEN = expression(
    rf"{_ALIKE}|[=↔]|bereits als|déjà|(?:\w{{1,24}}ly|been|was|were|also"
    rf"|had) (?:published|used|shown"
    rf"|presented)|also in\b|\bcrops? of\b",
    re.IGNORECASE,
)
"""What between two figures says that they are the same."""
_TABLE = expression(r"[^\w]{0,12}(?:\([^()]{1,40}\)|(?:of|in) this \w{1,24})?\s{0,4}[|/→↔]\s{0,4}")
"""What is between the figures of two cells of a table, or of a list: `Fig. 2B (this article) / Fig. 4D`."""
_OWN = expression(
    r"[^.;:\[\]\d]{0,60}?(?:\b(?:of|in|from|within)\s{1,4})?"
    rf"\b(?:this|our(?!\s(?:own|earlier|previous|prior|other|older|former)\b)|the (?:present|retracted|above|current"
    rf"|said))\s{{1,4}}(?:\w{{1,24}}\s{{1,4}})?{_WORK}",
    re.IGNORECASE,
)
_BETWEEN = expression(
    r"(?:,[^,.;:()]{1,50},|,?\s{0,4}\((?![Rr]ef|[0-9]{1,2}\))[^()]{1,40}\)|\s{1,4}(?:[\w-]{1,24}\s{1,2})?(?:panels?"
    r"|images?"
    r"|blots?|lanes?)|\s{0,4}\|)?,?\s{0,4}"
    r"(?:(?P<preposition>of|in|from|by|as|einer?|eines|aus|d['\u2019]une?|dans|del?|en|di|do|da|em|we?|в|из)\b\s{0,4}"
    r"(?P<words>(?:[^.;:\[\]()]|(?<=\bal)\.|\((?:19|20)[0-9]{2}[a-z]?\)){0,160}?))?\s{0,4}(?=\["
    r"|\((?!(?:19|20)[0-9]{2})|\bref|[¹²³⁴⁵⁶⁷⁸⁹]|$)",
    re.IGNORECASE,
)
"""What may be between a figure and the number or the bracket that names its work."""
_CITED = expression(
    r"(?:,[^,.;:()]{1,50},|\s{0,4}\([^()]{1,40}\))?\s{0,4},?\s{0,4}(?:from|in|of|by)\s{1,4}"
    rf"(?:(?:the|an?|another)\s{{1,4}}(?:\w{{1,24}}\s{{1,4}})?{_WORK}(?:\s{{1,4}}(?:by|of))?:?\s{{1,4}})?",
)
"""What is between a figure and the citation of its work."""
_BRACKET = expression(
    r"\s*(?:\[(?P<square>[^\W\d_][^\[\]]{5,300})\]|\((?P<round>[^\W\d_](?:[^()]|\([^()]{1,40}\)){5,300})\))"
)
_AUTHOR = r"[^\W\d_a-z][\w'\u2019-]{1,40}(?: et al\.?| (?:and|&) [^\W\d_a-z][\w'\u2019-]{1,40}| and co-?workers)?"
_AUTHOR_AND_YEAR = expression(rf"(?P<people>{_AUTHOR}),? \(?(?P<year>(?:19|20)[0-9]{{2}})[a-z]?\)?")
_AUTHOR_AND_DOI = expression(
    rf"\s*(?P<people>{_AUTHOR}),?"
    r" \(?(?P<year>(?:19|20)[0-9]{2})[a-z]?\)?[,;]? ?"
    r"[\[(]?(?P<doi>(?:https?://(?:dx\.)?doi\.org/|(?:doi|DOI):? ?)?10\.[0-9]{4,9}/[^\s()]{1,200})[)\]]?"
)
_SENTENCE_END = expression(r"(?<!\bal)(?<!\b[Ff]ig)(?<!\b[Ff]igs)[.!?]\s|。")
_AND = expression(r"[\W_]*(?:(?:and|as well|as|with|in|also|images?|for|to)\b[\W_]*){0,8}")
_JOINED = expression(r"[\s,]*+(?:and|&)?[\s,]*+")
_IN_A_LIST = expression(r"[\s,;)\]]{1,6}(?:and\s)?")
_NUMBER_BEFORE = expression(
    rf"\b(?:in|of|from|by|with)\s[^.;:\[\]()]{{0,80}}(?P<number>{_NUMBER.pattern})\s?(?:,|\(|as|in)\s?$", re.IGNORECASE
)
"""A work by its number in front of its figure: `also appears in [2] as Figure 3C`."""
_PAIR = expression(
    r"[^.;]{0,60}?\s*\b(?:and|with|mit|und|avec|con|com|z)\s+(?:\w+\s+){0,4}"
    r"|[^。.;]{0,160}[\u3040-\u9fff\uac00-\ud7af][^。.;]{0,160}"
)
"""What is between two figures where words behind both say that they are the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """The figures that a place of the text names together, and the work that they are said to be of (None for none)."""

    labels: tuple[str, ...]
    start: int
    end: int
    source: Reference | None = None
    is_own: bool = False
    is_numbered: bool = False
    last: tuple[str, ...] = ()
    labels_end: int = 0


def figure_matches(blocks: Iterable[str], references: Mapping[int, str] = _NONE) -> list[tuple[FigureMatch, ...]]:
    """Return the matches that each block states, in order, one for each figure of each source.

    A match is read only where the notice names figures, says that they are the same, and names a figure of a work
    that it cites (in place, or by its number in `references`) or says to be another. A sentence with a `not`
    states no match.
    """
    found: list[tuple[FigureMatch, ...]] = []
    latest: Reference | None = None
    for block in blocks:
        found.append(tuple(_in_block(in_english(block), references, latest)))
        latest = found[-1][-1].source if found[-1] else latest
    return found


def _in_block(text: str, references: Mapping[int, str], latest: Reference | None) -> Iterator[FigureMatch]:
    """Yield the matches of a block: of each figure with a source, with the figures of the article beside it.

    `latest` is the work that was named last before, which `the same paper` means.
    """
    groups = list(_groups(text, references, latest))
    own: _Group | None = None
    is_same = is_used = False
    position = 0
    for number, group in enumerate(groups):
        between = text[position : min(group.start, position + 2000)]
        is_new = _SENTENCE_END.search(between) is not None and not _SAME.search(_SENTENCE_END.split(between)[-1])
        behind = groups[number + 1] if number + 1 < len(groups) else None
        position = group.end
        is_next_pair = bool(group.last and group.source and between.lstrip().startswith(";"))
        if own is None or (is_new and not is_same) or is_next_pair:
            own, named = _own_figures(group, behind, text)
            is_used, is_same = False, (is_next_pair and is_same) or bool(_SAME.search(between[-60:]))
            if own is None or named is None:
                continue
            between = text[group.end : own.start][:MAX_CITATION] if own is behind else " and "
        elif group.source is None or (group.source == own.source and group.is_numbered):
            is_listed = is_used and is_same and _IN_A_LIST.fullmatch(between) is not None
            own, is_used, is_same = group, False, is_listed or bool(_SAME.search(between[-60:]))
            continue
        else:
            named = group
        rest = _SENTENCE_END.split(text[group.end : min(behind.start if behind else len(text), group.end + 200)])[0]
        is_said = bool(_SAME_BETWEEN.search(between) or (not is_used and _is_said_beside(between, rest)))
        known = is_same and (not is_used or _AND.fullmatch(_without_doi(between)))
        is_same, is_used = bool((known or is_said) and not is_negated(between)), True
        if is_same:
            yield from _matches(own, named, text[named.labels_end : group.end] + rest[:60])


def _own_figures(group: _Group, behind: _Group | None, text: str) -> tuple[_Group | None, _Group | None]:
    """Return which figures are the article's where a sentence names the first ones, and those beside them.

    They are those without a source. Of two works in one sentence, the first one is the article (`Fig. 1 of [1] is
    Fig. 2 of [2]`), but not in `Fig. 4D of [3] was reused as Fig. 2B of this article`. Of two figures that are joined,
    the source is that of the last one (`Fig. 2B and Fig. 4D of [3] match`).
    """
    if group.source is None:
        return group, None
    is_pair_behind = behind is not None and behind.source is not None and not behind.last
    if is_pair_behind and behind and group.is_numbered and behind.is_numbered and behind.source != group.source:
        between = text[group.end : behind.start][:MAX_CITATION]
        if _SAME.search(between) and not _SENTENCE_END.search(between):
            return group, None
    if group.last:
        first = group.labels[: -len(group.last)]
        return replace(group, labels=first, source=None), replace(group, labels=group.last)
    if behind is None or _SENTENCE_END.search(text[group.end : behind.start][:MAX_CITATION]):
        return None, None
    if behind.source is None:
        return (behind, group) if behind.is_own else (None, None)
    return (group if group.is_numbered and behind.source != group.source else None), None


def _matches(own: _Group, other: _Group, rest: str) -> Iterator[FigureMatch]:
    """Yield the match of each figure of a source; one for each figure of the article where they are so paired."""
    is_paired = "respectively" in rest and len(own.labels) == len(other.labels) > 1
    for number, label in enumerate(other.labels):
        figures = own.labels[number : number + 1] if is_paired else own.labels
        yield FigureMatch(figures=figures, source_figure=label, source=other.source or Reference())


def _is_said_beside(between: str, rest: str) -> bool:
    """Tell whether cells of a table, or the words behind two figures, say it: `Fig. 2B and Fig. 4D of [3] match`."""
    if _TABLE.fullmatch(between):
        return True
    is_pair = _PAIR.fullmatch(between)
    return is_pair is not None and _SAME.search(rest[:120]) is not None and not is_negated(rest[:120])


def _groups(text: str, references: Mapping[int, str], latest: Reference | None) -> Iterator[_Group]:
    """Yield the figures that a text names, those that are named together as one."""
    mentions = list(_MENTION.finditer(text))
    labels: tuple[str, ...] = ()
    start = end = 0
    for number, mention in enumerate(mentions):
        if mention.start() < end:
            continue  # in the citation of a source
        is_first = not labels
        start = mention.start() if is_first else start
        last = _labels_of(mention)
        labels = (*labels, *last)[-MAX_OWN:]
        following = mentions[number + 1].start() if number + 1 < len(mentions) else len(text)
        if _JOINED.fullmatch(text[mention.end() : following]) and following < len(text):
            continue
        is_own = _OWN.match(text[mention.end() : following]) is not None
        near = text[mention.end() : min(following, mention.end() + MAX_BEHIND)]
        numbered = (
            None
            if is_own
            else _by_number(near, references)
            or _before(text[max(0, mention.start() - 160) : mention.start()], references)
        )
        found = None if is_own else numbered or _source(text, mention.end(), near) or other_work(near, latest)
        if (
            found is None
            and not is_own
            and (work := work_in_front(text[max(0, mention.start() - 240) : mention.start()], references))
        ):
            found = work, 0
        latest = found[0] if found else latest
        end = mention.end() + (found[1] if found else 0)
        yield _Group(
            labels=tuple(dict.fromkeys(labels)),
            start=start,
            end=end,
            source=found[0] if found else None,
            is_own=is_own,
            is_numbered=numbered is not None,
            last=last if len(last) < len(labels) else (),
            labels_end=mention.end(),
        )
        labels = ()


def _source(text: str, at: int, near: str) -> tuple[Reference, int] | None:
    """Return the work that the words behind a figure cite, and how many characters cite it; None where none is cited.

    `near` are the words up to the next figure: no bracket behind them is of this one.
    """
    if found := _by_bracket(near):
        return found
    cited = _CITED.match(text[at : at + MAX_BEHIND])
    if cited is None:
        return None
    behind = text[at + cited.end() : min(len(text), at + MAX_CHARACTERS)]
    behind = behind[: _next_source(behind)]
    read = (
        read_citation(behind)
        or _in_brackets(behind)
        or _by_author_and_doi(behind)
        or _up_to_doi(behind)
        or _by_author_and_bracket(behind)
    )
    return (read[0], cited.end() + read[1]) if read else None


def _by_number(near: str, references: Mapping[int, str]) -> tuple[Reference, int] | None:
    """Return the reference that the words behind a figure name by its number, and where they end."""
    between = _BETWEEN.match(near)
    found = _NUMBER.match(near, between.end()) if between else None
    if found is None:
        return None
    words = references.get(int(next(filter(None, found.groups())).translate(_DIGITS)))
    if words is None:
        return None
    read = read_citation(words)
    dois = dois_in(words)
    source = read[0] if read else replace(read_styled(words), citation=words[:MAX_CHARACTERS])
    return replace(source, doi=source.doi or (dois[0] if len(dois) == 1 else "")), found.end()


def _before(words: str, references: Mapping[int, str]) -> tuple[Reference, int] | None:
    """Return the reference whose number is named in front of a figure, with 0 characters behind the figure."""
    found = _NUMBER_BEFORE.search(_SENTENCE_END.split(words)[-1])
    named = _by_number(found["number"], references) if found else None
    return (named[0], 0) if named else None


def _by_bracket(near: str) -> tuple[Reference, int] | None:
    """Return the work that a bracket behind `in an article of others` names by its authors and year."""
    between = _BETWEEN.match(near)
    found = _BRACKET.match(near, between.end()) if between and between["preposition"] else None
    words = (found["square"] or found["round"]) if found else ""
    cited = _AUTHOR_AND_YEAR.match(words)
    if found is None or cited is None:
        read = _in_brackets(near[between.end() :]) if between and between["preposition"] else None
        return (read[0], between.end() + read[1]) if read and between else None
    dois = dois_in(words)
    doi = dois[0] if len(dois) == 1 else ""
    return Reference(citation=words, authors=(cited["people"],), year=int(cited["year"]), doi=doi), found.end()


def _by_author_and_bracket(text: str) -> tuple[Reference, int] | None:
    """Return the work of `Marsh et al. (J Ponds 12, 1180-1191; 2018)` with which a text begins, and where it ends."""
    people = re.match(rf"\s*(?P<people>{_AUTHOR})\s+(?=[(\[])", text)
    read = _in_brackets(text[people.end() :]) if people else None
    if people is None or read is None:
        return None
    return replace(read[0], authors=(people["people"],)), people.end() + read[1]


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
    start, end, doi = first
    read = read_styled(text[:end])
    words = text[:end].strip()
    year = read.year or next((int(found) for found in re.findall(r"\b(?:19|20)[0-9]{2}\b", text[:start])), None)
    is_one_sentence = _SENTENCE_END.search(re.sub(r"\b[A-Z][a-z]{0,6}\.", "", text[:start])) is None
    if year is None or not (is_one_sentence or (read.authors and read.volume)):
        return None
    return replace(read, citation=words, year=year, doi=doi), end


def _next_source(behind: str) -> int:
    """Return where the citation of a figure must have ended: at the next figure with a source."""
    following = islice(_MENTION.finditer(behind), 4)
    return next((one.start() for one in following if _CITED.match(behind[one.end() :][:MAX_BEHIND])), len(behind))


def _without_doi(text: str) -> str:
    return re.sub(r"(?<!\S)\S*10\.[0-9]{4,9}/\S+", " ", text)


def _labels_of(mention: re.Match[str]) -> tuple[str, ...]:
    """Return the labels that a place names; `panels A-C of Figure 3` is 3A-C."""
    panels = mention["panels"] or mention["behind"]
    labels = _labels(mention["labels"])
    is_number = panels and len(labels) == 1 and labels[0].lstrip("S").isdigit()
    return _labels(f"{labels[0]}{panels}") if is_number else labels


def _labels(text: str) -> tuple[str, ...]:
    """Return the labels of a list of figures; `3A, B and 5(e)` is 3A, 3B and 5E, and `3A-C` stays a range."""
    labels: list[str] = []
    text = re.sub(r"\(([A-Za-z])\)", r"\1", text)
    for part in re.split(_JOIN, re.sub(r"\s?[-\u2013]\s?", "-", text.strip())):
        number = re.match(r"S?[0-9]+(?=[A-Za-z])", labels[-1]) if labels else None
        if part[:1].isalpha() and not part[1:2].isdigit():
            if number is None:
                break
            labels.append(number[0] + part)
        elif part:
            labels.append(part)
    return tuple(dict.fromkeys(label.upper() for label in labels))
