# ruff: noqa: RUF001 - letters of other scripts are meant
"""Which figures of the article are duplicates of which figures of other articles, each with its source."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from string import ascii_uppercase
from types import MappingProxyType

from watermark.notice.extraction.figure_labels import MENTION, begins_a_pair, labels_of
from watermark.notice.extraction.other_works import MAX_CITATION, SENTENCE_END, Works, in_english
from watermark.notice.extraction.state_phrases import is_negated
from watermark.notice.model import FigureMatch, Reference
from watermark.runtime.expressions import expression

MAX_OWN, MAX_ADDED = 60, 3
_RESPECTIVELY = ("respectiv", "rispettiv", "jeweils", "odpowiednio", "соответственно", "分别", "それぞれ")
_NONE: Mapping[int, str] = MappingProxyType({})
_NO_METHOD = r"(?!\s(?:methods?|protocols?|techniques?|approach|procedures?|antibod|results?|conclusions?)\b)"
_ALIKE = (
    rf"dupli|identi|similar{_NO_METHOD}|same{_NO_METHOD}|overlap|re-?us|match|copied|copies|appear|resembl|repeat|recur|reproduc"
    r"|correspond|in common|indistinguishable|cop(?:y|ies) of|\bshares?\b|look(?:s|ed)? (?:\w+ ){0,3}(?:a?like|close)"
    r"|(?:tak(?:en|es)|com(?:posed|es?|ing)|came|derived?|cropped|assembled|originat\w{1,4}|lifted|stem\w{0,5}|borrowed"
    r"|cut|extracted|made|prepared|adapted) (?:\w+ )?from"
    r"|replica|recycl|reprinted|übernommen|entnommen|wiederverwend|stamm(?:t|en) aus|tirée? d|tomad[ao]s? de"
    r"|rep[ei]te|répète|ripete|identycz|idénti|idênti|coincid"
    r"|gleich|même|mism[oa]|stess[oa]|mesm[oa]|tożsam"
    r"|идентич|совпада|同一|相同|一致|重复|重複|동일|같"
)
_SAME = expression(_ALIKE, re.IGNORECASE)
_SAME_BETWEEN = expression(
    rf"{_ALIKE}|[=↔]|bereits als|déjà|(?:\w{{1,24}}ly|been|be|was|were|also|had|first|already) (?:(?:first|already) )?"
    r"(?:published|used|shown|presented|printed|displayed|featured|reported|found in)|also in\b"
    r"|\b(?:is|are|was|were) (?:\w+ )?(?:found|seen|present) as\b"
    r"|\b(?:is|are|was|were|be) (?:\w+ ){0,3}(?:crops?|part|mirror image|source|enlargement"
    r"|(?:rotated|cropped|flipped|mirrored|inverted|enlarged|edited|altered) \w+) (?:of|for)\b"
    r"|\b(?:is|are|was|were) (?:the|those|that)\b[^.;]{0,60} (?:shown|printed|published|used|presented|displayed)"
    r"|\belsewhere\b|\A\W{0,3}(?:(?:both|all|each|is|are|was|were) )?from\b",
    re.IGNORECASE,
)
"""What between two figures says that they are the same."""
_DENIED = expression(
    r"\bno (?:\w+ ){0,3}?(?:evidence|overlaps?|similarit\w+|duplicat\w+|indication|signs?|proof|identity)\b"
    r"|\b(?:not|cannot|unable to) (?:\w+ ){0,2}?(?:confirm|find|establish|show|prove|substantiate|agree|believe|think)"
    r"\w* (?:that|any|an?|overlap|simil|dupl)|\b(?:deny|denie[sd]|disputed?s?|refuted?s?)\b|differ(?:s|ent)? from"
    r"|(?P<afterwards>\b(?:this|these|that|which|it|concerns?|claims?|allegations?|suspicions?|overlaps?"
    r"|similarit(?:y|ies)|duplications?) (?:\w+ ){0,3}?(?:(?:not|never)(?: been| be)? (?:confirmed|substantiated|upheld"
    r"|so|the case|supported|proven|identical|the same)|unfounded|unsubstantiated|ruled out|refuted|dismissed"
    r"|disproved|(?<!not )resolved)\b)",
    re.IGNORECASE,
)
"""What in front of two figures, or behind them, says that they are not the same."""
_TABLE = expression(
    r"[^\w]{0,12}(?:\([^()]{1,40}\)|(?:of|in) this \w{1,24})?\s{0,4}[|/→↔]\s{0,4}(?:[^|.;]{0,90}\|\s{0,4})?"
)
"""What is between the figures of two cells of a table, or of a list: `Fig. 2B (this article) / Fig. 4D`."""
_AND = expression(
    r"[\W_]*(?:(?:and|as well|as|with|in|also|images?|for|to)\b[\W_]*){0,8}"
    r"|[\s,)\]]{0,4}(?:(?:and|or|as well as)\s)?(?:also\s)?(?:to|with|in|as|from)\s[^.;:]{0,90}"
)
"""What is between two sources of the same figure: ` and to the blots in `."""
_TO = expression(
    r"[\s,)\]]{0,4}(?:(?:in|of|within) the same \w{1,24}\s)?(?:(?:and|or|as well as)\s)?(?:also\s)?(?:to|with|as)\s",
    re.IGNORECASE,
)
_JOINED = expression(
    r"[\s,]*+(?:and|&|as\s+well\s+as)?[\s,]*+"
    r"|(?:,[^,.;:()]{1,50},?|,)?\s?(?:and|&|as\s+well\s+as)\s(?!that\b)(?:(?:the|an?)\s)?(?:[^.;:()\[\],]{1,60}\s)?"
    r"(?:in|of|for|from)\s|,[^,.;:()]{1,50},\s?(?:and|&)\s"
)
"""What is between figures that are named together: ` and the podocin panel in `."""
_CLAUSE = expression(
    r"\s?(?:[a-z-]{1,24}\s){0,3}?(?:to|with|is|are|was|were|appears?|seems?|looks?|\w{3,12}s\s(?:with|to))\s"
)
"""How a figure begins a new clause, and is not named together with the one before."""
_IN_A_LIST = expression(r"[\s,;)\]]{1,6}(?:and\s)?(?:(?:the|that|those)\s[^.;:]{1,60}(?:in|of)\s)?")
_PAIR = expression(
    r"[^.;]{0,60}?\s*\b(?:and|with|vs\.?|versus|aus|mit|und|avec|con|com|z)\s+(?:\w+\s+){0,4}"
    r"|[^。.;]{0,160}[\u3040-\u9fff\uac00-\ud7af][^。.;]{0,160}"
)
"""What is between two figures where words behind both say that they are the same."""
_IN_BRACKETS = expression(r"[(（](?:[^()（）]|[(（][^()（）]{0,40}[)）]){0,300}[)）]")
_OPEN = expression(
    r"(?:\b(?:figs?|figures?|of|in|from|to|with|by|as|the|an?|and|that|which|is|are|was|were|identical|same|panels?"
    r"|supporting|supplementary)|,)$",
    re.IGNORECASE,
)
"""How a line ends whose sentence continues in the next one."""
_REWORDED = expression(
    r"\s?\((?:far|top|bottom|upper|lower|left|right|middle|cent(?:er|re)|rotated|flipped)\b[^()]{0,40}\)"
    r"|\s(?:in|of|from)\s(?:(?:the|its|their)\s)?(?:on-?line\s)?(?i:supp\w{4,8}|additional)\s(?i:information|materials?"
    r"|data|files?|appendix|text)(?:\s[0-9S]{1,3})?\s(?P<of>of|to|for|in|from|accompanying)(?=\s)"
)
"""A part of a figure, and the supplement of a work in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """The figures that a place of the text names together, and the work that they are said to be of (None for none).

    `last` are those of them that the last word `figure` names, where there are others.
    """

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
    texts = [in_english(block) for block in blocks]
    if not any(map(MENTION.search, texts)):
        return [()] * len(texts)
    works = Works(references=references, texts=texts)
    found: list[tuple[FigureMatch, ...]] = []
    is_told = False
    for text in _whole(texts):
        found.append(tuple(_in_block(text, works, is_told=is_told)))
        is_told = _tells_of_a_list(text) if text.endswith(":") else is_told and bool(MENTION.search(text[:120]))
    return found


def each_once(matches: Iterable[Iterable[FigureMatch]]) -> tuple[FigureMatch, ...]:
    """Return the matches of all blocks, each once: a notice in two languages tells them in both.

    What is only a number, `[2]`, is another work than `[3]`; two descriptions without a DOI may be of one work.
    """
    told: dict[tuple[tuple[str, ...], str, str], FigureMatch] = {}
    for match in (match for in_block in matches for match in in_block):
        cited = match.source.citation if match.source.citation.startswith("[") else ""
        told.setdefault((match.figures, match.source_figure, match.source.doi or cited), match)
    return tuple(told.values())


def _whole(texts: Sequence[str]) -> Iterator[str]:
    """Yield each block, with the next ones where a line break parts its sentence or a work is cited below.

    The blocks that were added to one are then empty.
    """
    added = 0
    for number, text in enumerate(texts):
        if added:
            added -= 1
            yield ""
            continue
        whole = text
        while added < MAX_ADDED and number + added + 1 < len(texts) and MENTION.search(f"{whole} 1"):
            behind = texts[number + added + 1]
            if not (_is_open(whole) or (whole.endswith(":") and not MENTION.search(behind))):
                break
            whole, added = f"{whole} {behind}", added + 1
        yield _reworded(whole)


def _is_open(text: str) -> bool:
    """Tell whether the sentence at the end of a line continues in the next one."""
    return text.endswith(("Fig.", "Figs.")) or (not text.endswith((".", ":", ">")) and _OPEN.search(text) is not None)


def _reworded(text: str) -> str:
    """Return a text without the parts of figures, and with a work where it names its supplement."""
    if not any(word in text for word in (" (", "uppl", "upporting", "dditional")):
        return text
    return _REWORDED.sub(lambda found: " of" if found["of"] else "", text)


def _tells_of_a_list(text: str) -> bool:
    """Tell whether the last sentence says that the figures which are listed below it are the same as others."""
    last = SENTENCE_END.split(text)[-1]
    return bool(_SAME_BETWEEN.search(last)) and not is_negated(last) and not _DENIED.search(last)


def _in_block(text: str, works: Works, *, is_told: bool) -> Iterator[FigureMatch]:
    """Yield the matches of a block: of each figure with a source, with the figures of the article beside it.

    `is_told` says that a sentence before the list tells that its figures are the same.
    """
    groups = _with_shared_sources(_joined(list(_groups(text, works)), text), text)
    own: _Group | None = None
    subject: _Group | None = None
    is_same = is_used = False
    position = 0
    for number, group in enumerate(groups):
        between = text[position : min(group.start, position + 2000)]
        behind = groups[number + 1] if number + 1 < len(groups) else None
        position = group.end
        is_next_pair = bool(group.last and group.source and begins_a_pair(between, text[group.end :]))
        if own is None or is_next_pair or (_is_new(between) and (not is_same or _begins(group, behind, text))):
            own, named = _own_figures(group, behind, text, works)
            is_used, is_same = False, is_told or (is_next_pair and is_same) or bool(_SAME.search(_in_front(between)))
            subject = None
            if own is None or named is None:
                continue
            between = text[group.end : own.start][:MAX_CITATION] if own is behind else " and "
        elif group.source is None or (group.source == own.source and group.is_numbered):
            is_listed = is_used and is_same and _IN_A_LIST.fullmatch(_without_brackets(between)) is not None
            is_object = not is_used and _SAME.search(between) and not _is_new(between) and not {":", ";"} & set(between)
            subject = own if is_object else None
            own, is_used, is_same = group, False, is_told or is_listed or bool(_SAME.search(_in_front(between)))
            continue
        else:
            named = group
        if subject and (_TO.match(between) or (own.is_own and between.strip(" ,") == "and")):
            own = subject
        until = behind.start if behind and behind is not own else len(text)
        last = max(group.end, own.end)
        rest = text[last : min(max(until, last), last + 200)]
        beside = SENTENCE_END.split(rest)[0]
        is_said = bool(_SAME_BETWEEN.search(between) or (not is_used and _is_said_beside(between, beside)))
        known = is_same and (not is_used or _AND.fullmatch(re.sub(r"(?<!\S)\S*10\.[0-9]{4,9}/\S+", " ", between)))
        is_same, is_used = bool((known or is_said) and not _is_denied(text[: own.start], between, rest)), True
        if is_same:
            yield from _matches(own, named, between[-60:] + text[named.labels_end : named.end] + beside[:60])


def _is_new(between: str) -> bool:
    """Tell whether a figure is in another sentence than the one before, and not said there to be the same."""
    between = _without_brackets(between)
    return SENTENCE_END.search(between) is not None and not _SAME.search(SENTENCE_END.split(between)[-1])


def _in_front(between: str) -> str:
    """Return the words in front of a figure that may tell what it is: of its own sentence."""
    return SENTENCE_END.split(between)[-1][-120:]


def _begins(group: _Group, behind: _Group | None, text: str) -> bool:
    """Tell whether a sentence begins with figures of a source, and names those of the article behind them."""
    if group.source is None or group.last or behind is None:
        return bool(group.last)
    return behind.source is None and not SENTENCE_END.search(text[group.end : behind.start])


def _is_denied(front: str, between: str, rest: str) -> bool:
    """Tell whether the words around two figures say that they are not the same."""
    head = SENTENCE_END.split(front[-160:].replace(";", ".").replace(":", "."))[-1]
    is_refuted = any(found["afterwards"] for found in _DENIED.finditer(rest))
    return is_negated(between) or is_refuted or any(map(_DENIED.search, (between, head)))


def _own_figures(group: _Group, behind: _Group | None, text: str, works: Works) -> tuple[_Group | None, _Group | None]:
    """Return which figures are the article's where a sentence names the first ones, and those beside them.

    They are those without a source. Of two works in one sentence, the first one is the article (`Fig. 1 of [1] is
    Fig. 2 of [2]`) unless the notice gives its number, but not in `Fig. 4D of [3] was reused as Fig. 2B of this
    article`.
    """
    if group.source is None:
        return group, None
    between = text[group.end : behind.start][:MAX_CITATION] if behind else ""
    may_be_own = group.is_numbered and works.own == 0 and behind and behind.source not in {None, group.source}
    is_pair = may_be_own and behind and behind.is_numbered and not behind.last and _SAME.search(between)
    if is_pair and not SENTENCE_END.search(between):
        return group, None
    if group.last:
        return _of_joined(group, behind, between)
    if behind is None or behind.source is not None or SENTENCE_END.search(between):
        return None, None
    is_sure = behind.is_own or ((not group.is_numbered or works.own) and _SAME_BETWEEN.search(between))
    return (behind, group) if is_sure else (None, None)


def _of_joined(group: _Group, behind: _Group | None, between: str) -> tuple[_Group | None, _Group]:
    """Return which of the figures that are joined are the article's, and which are of the work behind the last one.

    Only the last one is of it (`Fig. 2B and Fig. 4D of [3] match`), but all are where the article's is named behind
    them: `Figs. 2F and Fig. 2G of [3] overlap with Fig. 5D of this article`.
    """
    said = _SAME_BETWEEN.search(between) if behind and behind.is_own else None
    if said and not SENTENCE_END.search(between) and not re.search(r";|\band\b", between[said.end() :]):
        return behind, group
    first = group.labels[: -len(group.last)]
    return replace(group, labels=first, source=None), replace(group, labels=group.last)


def _matches(own: _Group, other: _Group, rest: str) -> Iterator[FigureMatch]:
    """Yield the match of each figure of a source; one for each figure of the article where they are so paired.

    `2A, 2B and 4C` and `1A and 3D` are paired by the numbers of the figures.
    """
    pairs = [(own.labels, other.labels)]
    if any(word in rest for word in _RESPECTIVELY):
        ones, others = (_by_number(labels) for labels in (own.labels, other.labels))
        if len(own.labels) == len(other.labels):
            pairs = [((one,), (label,)) for one, label in zip(own.labels, other.labels, strict=True)]
        elif len(ones) == len(others):
            pairs = list(zip(ones, others, strict=True))
    for figures, labels in pairs:
        for label in labels:
            yield FigureMatch(figures=figures, source_figure=label, source=other.source or Reference())


def _by_number(labels: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the labels, the panels of one figure together."""
    return [tuple(panels) for _, panels in groupby(labels, lambda label: label.rstrip(f"{ascii_uppercase}-"))]


def _is_said_beside(between: str, rest: str) -> bool:
    """Tell whether cells of a table, or the words behind two figures, say it: `Fig. 2B and Fig. 4D of [3] match`."""
    if _TABLE.fullmatch(between):
        return True
    is_pair = _PAIR.fullmatch(_without_brackets(between))
    return is_pair is not None and _SAME.search(rest[:120]) is not None and not is_negated(rest[:120])


def _groups(text: str, works: Works) -> Iterator[_Group]:
    """Yield the figures that a text names, those that are named together as one."""
    mentions = list(MENTION.finditer(text))
    labels: tuple[str, ...] = ()
    start = end = 0
    is_object = False
    for number, mention in enumerate(mentions):
        if mention.start() < end:
            continue  # in the citation of a source
        if not labels:
            start = mention.start()
            front = text[end:start]
            is_object = end > 0 and _SAME.search(SENTENCE_END.split(front)[-1]) is not None
        last = labels_of(mention)
        labels = (*labels, *last)[-MAX_OWN:]
        following = mentions[number + 1 :]
        if following and _is_joined(text, mention, following[0], is_object=is_object):
            continue
        named = works.beside(text, end, mention, following)
        end = named.end if named else mention.end()
        yield _Group(
            labels=tuple(dict.fromkeys(labels)),
            start=start,
            end=end,
            source=named.reference if named else None,
            is_own=named is not None and named.reference is None,
            is_numbered=named is not None and named.number > 0,
            last=last if len(last) < len(labels) else (),
            labels_end=mention.end(),
        )
        labels = ()


def _is_joined(text: str, mention: re.Match[str], following: re.Match[str], *, is_object: bool) -> bool:
    """Tell whether the next figure is named together with one: not where a clause of its own begins with it."""
    between = text[mention.end() : following.start()]
    if not _JOINED.fullmatch(between) or (_SAME.search(between) and between.strip(" ,")):
        return False
    return not (is_object and _CLAUSE.match(text, following.end()))


def _joined(groups: list[_Group], text: str) -> list[_Group]:
    """Return the figures, those of the article as one that are named one by one: `to Fig. 3C and to Fig. 3D of [1]`."""
    for number in range(len(groups) - 1, 0, -1):
        first, second = groups[number - 1 : number + 1]
        between = text[first.end : second.start]
        if first.source or second.source or first.is_own or SENTENCE_END.search(between):
            continue
        other = groups[number - 2] if number > 1 else None
        is_object = other and other.source and second.is_own and not SENTENCE_END.search(text[other.end : first.start])
        if (is_object and _AND.fullmatch(between)) or between.lstrip(" ,").startswith("and the same "):
            labels = tuple(dict.fromkeys(first.labels + second.labels))
            groups[number - 1 : number + 1] = [replace(second, labels=labels, start=first.start)]
    return groups


def _with_shared_sources(groups: list[_Group], text: str) -> list[_Group]:
    """Return the figures, each with the source that it shares: `1A is identical to 2B, and 4C to 5D, of …`."""
    for number in range(len(groups) - 1, 1, -1):
        subject, other, last = groups[number - 2 : number + 1]
        first, then = text[subject.end : other.start], text[other.end : last.start]
        is_shared = last.source and text[last.labels_end : last.labels_end + 1] == ","
        is_listed = is_shared and not (subject.source or other.source or other.is_own)
        if is_listed and _SAME.search(first) and _SAME.search(then) and not SENTENCE_END.search(first + then):
            groups[number - 1] = replace(other, source=last.source)
    for number in range(len(groups) - 1, 2, -1):
        subject, other, own, last = groups[number - 3 : number + 1]
        if last.source is None or subject.source or other.source or other.is_own or own.source:
            continue
        first, middle, to = (
            text[one.end : next_.start] for one, next_ in ((subject, other), (other, own), (own, last))
        )
        is_gapped = _TO.match(to) is not None and not _SAME.search(to)
        is_shared = is_gapped or text[last.labels_end : last.labels_end + 1] == ","
        if is_shared and _SAME.search(first) and not SENTENCE_END.search(first + middle + to):
            groups[number - 2] = replace(other, source=last.source)
    return groups


def _without_brackets(text: str) -> str:
    return _IN_BRACKETS.sub("", text) if "(" in text or "（" in text else text
