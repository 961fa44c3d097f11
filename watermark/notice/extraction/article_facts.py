# ruff: noqa: RUF001 - letters and punctuation of other scripts are meant
"""Which references, DOIs and citations of a notice are those of its article."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from watermark.notice.doi import doi_spans, dois_in
from watermark.notice.extraction import fields as field_kinds
from watermark.notice.extraction.block_roles import (
    BELOW_A_BRACKET,
    BELOW_ITS_TITLE,
    BESIDE_A_DATE,
    OWN_CITATION,
    RETRACTION_OF,
    HeadedBlocks,
)
from watermark.notice.extraction.citation_roles import (
    is_bracketed_citation,
    is_called_original,
    is_of_another_publication,
    tells_of_a_duplicate,
    without_introduction,
)
from watermark.notice.extraction.doi_roles import Passage, label_passage, numbered_references
from watermark.notice.extraction.fields import Field, fields_in, is_other_field
from watermark.notice.extraction.layout import Zones
from watermark.notice.extraction.state_phrases import split_title_label
from watermark.notice.model import DoiMention, DoiRole
from watermark.notice.text_blocks import Block

_WORK = r"(?:article|paper|manuscript|chapter|publication|study|report|letter|review|work)"
_QUOTE = r"[“\"«„][^“”\"«»„]{3,600}?[”\"»“]"
_NUMBERED = re.compile(
    rf"\b(?:this|the|our|above|published|following|retract(?:s|ed|ing)? the) (?:\w+ ){{0,4}}?{_WORK}(?: (?:titled"
    rf"|entitled|called))?,?"
    rf"(?: {_QUOTE},?)?(?: by [^.\[\]()]{{3,80}}?)? ?[\[(](?P<number>[0-9]{{1,2}})[\])]",
    re.IGNORECASE,
)
_QUOTED_NUMBER = re.compile(
    rf"(?P<title>{_QUOTE}),? ?(?:[\[(](?P<number>[0-9]{{1,2}})[\])]|(?P<raised>[0-9]{{1,2}}|[¹²³⁴⁵⁶⁷⁸⁹])(?![\w.]))"
)
_SOURCE_BEFORE = re.compile(
    r"\b(?:copied|taken|plagiari|overlap|similar|identical|duplicat|same|another|other|previous|reuse|re-use|match"
    r"|cited)\w*[^.]{0,60}$",
    re.IGNORECASE,
)
_RETRACTED_NUMBER = re.compile(r"\b(?:retract|withdr|concern)[^.]{0,200}\[([0-9]{1,2})\]\.?", re.IGNORECASE)
_ITEM = re.compile(
    r"(?:\[(?P<a>[0-9]{1,3})\]\.?|\(?(?P<b>[0-9]{1,3})[.)])\s+(?=\S)"
    r"|(?P<c>[0-9]{1,3})\s+(?=[^\W\d_a-z][\w'\u2019-]+ [A-Z]{1,3}\b)"
)
_TITLE_HERE = "\ue000"
_BEFORE_A_CITATION = re.compile(
    r"[:：]\s(?![0-9])|\b(?:(?i:published in|article in|paper in|appeared in|the journal))\s"
    r"|(?<=\s)[(\[](?=[^\W\d_a-z][^()\[\]]{3})"
)
_BEHIND_A_DOI = re.compile(
    r"[)\].,; ]{0,4}(?:(?:which |that )?(?:was |has been )?(?:published|appeared)(?: online)? in"
    r"|publicad[oa] (?:no|na|em|en)"
    r"|publiée? dans|pubblicat[oa] (?:in|su)|veröffentlicht in|erschienen in)"
    r" (?:the journal |periódico |revista |la revista |la revue )?(?P<citation>[^()]{8,160})",
    re.IGNORECASE,
)
_OPENING_CITATION = re.compile(
    r"(?P<citation>[^\W\d_a-z].{8,180}?[0-9])\. (?:This (?:article|paper)|The above(?: (?:article|paper))?|We hereby) "
    r"(?:has been |is |was |retract)"
)
_CALLED = re.compile(r"\b[Tt]h(?:is|e) (?:article|paper) [\[(](?P<citation>[^\[\]]{8,160})[\])] (?:was|has|is)\b")
_FOOT = re.compile(r"(?:published|publish date|cite (?:this|as)|citation|to cite)\b", re.IGNORECASE)
_PRINCIPLES = re.compile(r"\bpublication principles\b", re.IGNORECASE)
"""Words of a notice that stands on the article's own page, where the DOI and the date are the article's."""
_IS_APART = re.compile(
    r"\b(?:above|following|original)(?:[- ]\w+)? (?:article|paper)|\b(?:article|paper),? (?:titled|entitled)"
    r"|cited above"
    r"|\[1\]|\breferences?\W*$",
    re.IGNORECASE,
)
"""Words of a notice that is published separately from its article."""
_IN_PRESS = re.compile(r"\barticles? in press\b|\baccepted (?:article|manuscript)\b", re.IGNORECASE)
_IN_PLACE = re.compile(r"\[?(?:retracted|withdrawn)(?: article)?\s?[:\]]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Located:
    """The passages in which DOIs are looked for, and the blocks that cite the article itself."""

    passages: tuple[Passage, ...]
    citations: tuple[str, ...]
    references: Mapping[int, str]


def located(title: str, article_title: str, found: Sequence[Block], body: Sequence[Block], zones: Zones) -> Located:
    """Return the passages of a notice, each with the role that its position decides, and the article's citations.

    `found` are all blocks, with the labelled lines; `body` those without title and labelled lines.
    """
    references = _references(body[zones.listed :])
    context = HeadedBlocks.of(title, article_title, found, body, zones)
    article_number = _article_number(article_title, body[: zones.references], references)
    passages = list(_of_fields(found))
    citations: list[str] = []
    own, cited = _of_title(title)
    passages.extend(own)
    citations.extend(cited)
    for number in range(zones.references):
        passage = context.passage(number)
        passages.append(passage)
        citations.extend(_citations_in(passage, body[number], context.lead(number)))
    same_title = _of_the_same_title(article_title, references)
    for number, words in references.items():
        if number == same_title and not article_number:
            passages.append(Passage(words=_bare(words)))
            citations.append(words)
        elif number == article_number:
            passages.append(
                Passage(words=words, role=DoiRole.ARTICLE, evidence=f"the notice calls reference {number} its article")
            )
            citations.append(words)
        else:
            role = DoiRole.REFERENCE if article_number or same_title else None
            passages.append(
                Passage(words=words, role=role, evidence=f"reference {number}") if role else Passage(words=_bare(words))
            )
    passages.extend(_of_the_foot(context, zones))
    if not dois_in(title) and _IN_PLACE.match(title) and not references:
        passages = _in_place(passages, body)
    if any(_PRINCIPLES.search(block.words) for block in body):
        passages = _with_content_retracted(passages, body) or [_undated(passage) for passage in passages]
    return Located(tuple(passages), tuple(citations), references)


def _with_content_retracted(passages: list[Passage], body: Sequence[Block]) -> list[Passage]:
    """Return the passages of a notice that retracts `the content of this paper`: it is printed in the paper's record.

    Its one DOI is then the paper's. An empty list for other notices.
    """
    is_in_record = any(re.search(r"retract the content of this (?:paper|article)", block.words) for block in body)
    lines = [passage for passage in passages if dois_in(passage.words)]
    if not is_in_record or len(lines) != 1 or lines[0].role is not None or len(dois_in(lines[0].words)) != 1:
        return []
    own = replace(lines[0], role=DoiRole.ARTICLE, evidence="the one DOI of a notice in the paper's own record")
    return [own if passage is lines[0] else passage for passage in passages]


def _citations_in(passage: Passage, block: Block, lead: str) -> Iterator[str]:
    """Yield what a block, or the line above it, cites the article with."""
    if called := _CALLED.search(block.words[:1000]):
        yield called["citation"]
    if opening := _OPENING_CITATION.match(block.words):
        yield opening["citation"]
    if is_bracketed_citation(block.words):
        yield block.words.strip("()[]. ")
    if passage.role is DoiRole.ARTICLE or _announces(lead):
        yield _citation_in(without_introduction(block.words))
        if passage.evidence == BELOW_A_BRACKET:
            yield lead.strip("()[]. ")
        elif passage.evidence == BELOW_ITS_TITLE:
            yield lead


def _of_the_foot(context: HeadedBlocks, zones: Zones) -> Iterator[Passage]:
    """Yield the passages of the lines behind the references that date or cite the notice itself."""
    for number in range(zones.listed, len(context.body)):
        block = context.body[number]
        if not block.is_item and _FOOT.match(block.words) and dois_in(block.words):
            passage = context.passage(number)
            if passage.role is DoiRole.NOTICE:
                yield passage


def _undated(passage: Passage) -> Passage:
    """Return a passage whose role came from a date beside it without that role: the date may be the article's."""
    return replace(passage, role=None, candidate=True) if passage.evidence == BESIDE_A_DATE else passage


def _bare(words: str) -> str:
    """Return a reference of which only the DOIs count: its words are a title, not the notice's."""
    return " ".join(dois_in(words))


def _of_title(title: str) -> tuple[list[Passage], list[str]]:
    """Return the passage of the title line, which is the article's citation where it has a DOI, a year or quotes."""
    about, state = split_title_label(title)
    if state is None or not about:
        return [], []
    if OWN_CITATION.search(title):
        return [Passage(words=title, role=DoiRole.NOTICE, evidence="the notice's own citation")], []
    passage = label_passage(title)
    is_cited = re.search(r"\b(?:19|20)[0-9]{2}\b|[“\"]", about) or re.match(
        r"\W*(?:https?:|doi|10\.)", about, re.IGNORECASE
    )
    if passage is None or not (is_cited or re.match(r".{4,40}? (?:to|of|for)\b", title)):
        return [Passage(words=title)], []
    return [passage], [title if dois_in(title) and not dois_in(about) else about]


def _in_place(passages: list[Passage], body: Sequence[Block]) -> list[Passage]:
    """Return the passages of an article's own page, whose title bears its state: its DOI line names the article.

    The title alone does not show it: publishers also head notices of their own so. A DOI beside a date is the article's
    in an article in press, and else it stays open whose it is.
    """
    if any(_IS_APART.search(block.words) for block in body):
        return passages
    is_in_press = any(_IN_PRESS.search(block.words) for block in body)
    dated = [passage for passage in passages if passage.evidence == BESIDE_A_DATE]
    others = [one for one in passages if one.role in {DoiRole.ARTICLE, DoiRole.NOTICE} and one not in dated]
    if any(dois_in(passage.words) for passage in others):
        return passages
    lines = [passage for passage in passages if (passage.candidate or passage in dated) and dois_in(passage.words)]
    lines = [passage for passage in lines if not is_of_another_publication(passage.words)]
    if len({doi for line in lines for doi in dois_in(line.words)}) != 1:
        return passages
    if dated and not is_in_press:
        return [_undated(passage) for passage in passages]
    evidence = "below the article's title, which bears its state"
    return [
        Passage(words=one.words, role=DoiRole.ARTICLE, evidence=evidence) if one in lines else one for one in passages
    ]


def _of_fields(found: Sequence[Block]) -> Iterator[Passage]:
    """Yield a passage for each DOI of a labelled line; a bare `DOI:` belongs to what its neighbours speak of."""
    for group in _groups(found):
        kinds = {field.kind for field in group}
        titles = [field.value for field in group if field.kind == field_kinds.TITLE]
        is_notices = any(split_title_label(title)[1] is not None for title in titles)
        is_articles = not is_notices and bool(kinds & {field_kinds.TITLE, field_kinds.AUTHORS})
        for field in group:
            if field.kind not in {
                field_kinds.DOI,
                field_kinds.ARTICLE_DOI,
                field_kinds.NOTICE_DOI,
                field_kinds.REPLACEMENT,
            }:
                continue
            role = {
                field_kinds.ARTICLE_DOI: DoiRole.ARTICLE,
                field_kinds.NOTICE_DOI: DoiRole.NOTICE,
                field_kinds.REPLACEMENT: DoiRole.REPLACEMENT,
            }.get(field.kind)
            evidence = field.line[:120]
            if field.kind == field_kinds.DOI and is_articles:
                role = DoiRole.ARTICLE
            elif field.kind == field_kinds.DOI and (is_notices or kinds & {field_kinds.PUBLISHED, field_kinds.DATE}):
                role, evidence = DoiRole.NOTICE, BESIDE_A_DATE
            yield Passage(words=field.value, role=role, evidence=evidence, candidate=role is None)


def _groups(found: Sequence[Block]) -> Iterator[list[Field]]:
    """Yield the labelled facts that stand on neighbouring lines."""
    group: list[Field] = []
    for block in found:
        if fields := fields_in(block.marked_up):
            group.extend(fields)
        elif group and is_other_field(block.words):
            continue
        elif group:
            yield group
            group = []
    if group:
        yield group


def cited_beside(doi: str, title: str, body: Sequence[Block]) -> tuple[str, ...]:
    """Return the words in front of and behind the article's DOI that may be its citation; none where it is nowhere."""
    for block in body:
        for start, end, found in doi_spans(block.words):
            if found != doi:
                continue
            words = block.words[max(0, start - 600) : start]
            if len(title) > 11:
                words = re.sub(re.escape(title), f"“{_TITLE_HERE}”", words, count=1, flags=re.IGNORECASE)
            words = words.replace("““", "“").replace("””", "”").replace("\u2018“", "“").replace("”\u2019", "”")
            words = words.replace("«“", "“").replace("”»", "”").replace("« “", "“").replace("” »", "”")
            parts = [part for part in _BEFORE_A_CITATION.split(words) if len(part.strip()) > 8]
            near = re.sub(r"\W*(?:doi\W*|https?\W*)?$", "", parts[-1], flags=re.IGNORECASE) if parts else ""
            behind = _BEHIND_A_DOI.match(block.words[end : end + 300])
            return tuple(filter(None, (near.replace(_TITLE_HERE, title), behind["citation"] if behind else "")))
    return ()


def without_originals(roles: tuple[DoiMention, ...], found: Sequence[Block]) -> tuple[DoiMention, ...]:
    """Return the roles without that of an article that is only called the original, where it was published twice.

    A notice of a duplicate says so of the good article.
    """
    article = next((mention.doi for mention in roles if mention.role is DoiRole.ARTICLE), "")
    lines = [block.words for block in found if article and article in dois_in(block.words)]
    if not lines or not all(map(is_called_original, lines)) or not tells_of_a_duplicate(b.words for b in found):
        return roles
    return tuple(
        replace(one, role=DoiRole.UNKNOWN, evidence="called the original in a notice of a duplicate")
        if one.doi == article
        else one
        for one in roles
    )


def published_beside_the_article(found: Sequence[Block]) -> frozenset[str]:
    """Return the dates of publication that are printed among the labelled facts of the article.

    A date behind the DOI of the notice is the notice's.
    """
    dates: set[str] = set()
    for group in _groups(found):
        is_articles = bool({field.kind for field in group} & {field_kinds.TITLE, field_kinds.AUTHORS}) and not any(
            split_title_label(field.value)[1] for field in group if field.kind == field_kinds.TITLE
        )
        for field in group:
            if field.kind == field_kinds.NOTICE_DOI:
                is_articles = False
            elif field.kind == field_kinds.PUBLISHED and is_articles:
                dates.add(field.value)
    return frozenset(dates)


def _references(blocks: Sequence[Block]) -> dict[int, str]:
    listed: list[tuple[int, str]] = []
    for block in blocks:
        found = _ITEM.match(block.words)
        if not (block.is_item or found):
            continue
        number = int(found["a"] or found["b"] or found["c"]) if found else 0
        listed.append((number, block.words[found.end() :] if found else block.words))
    return numbered_references(listed)


def _article_number(title: str, body: Sequence[Block], references: Mapping[int, str]) -> int:
    """Return the number of the reference that is the article: by how the notice calls it, else by its title; or 0."""
    numbers: set[int] = set()
    for block in body:
        for pattern in (_NUMBERED, _QUOTED_NUMBER):
            for found in pattern.finditer(block.words):
                is_other = _SOURCE_BEFORE.search(block.words[max(0, found.start() - 90) : found.start()])
                is_title = pattern is _NUMBERED or (title and _letters(title) in _letters(found["title"]))
                if is_title and not is_other:
                    numbers.add(_number(found))
    if numbers:
        number = numbers.pop()
        return number if not numbers and number in references else 0
    same = _of_the_same_title(title, references)
    cited = {int(found[1]) for block in body for found in _RETRACTED_NUMBER.finditer(block.words)}
    return same if same in cited or len(references) == 1 else 0


def _number(found: re.Match[str]) -> int:
    groups = found.groupdict()
    return int(
        unicodedata.digit(groups["raised"])
        if (groups.get("raised") or "0") in "¹²³⁴⁵⁶⁷⁸⁹"
        else groups["number"] or groups["raised"]
    )


def _of_the_same_title(title: str, references: Mapping[int, str]) -> int:
    """Return the number of the one reference that has the article's title; 0 for none, and for two."""
    wanted = _letters(title)
    same = [number for number, words in references.items() if len(wanted) >= 15 and wanted in _letters(words)]
    return same[0] if len(same) == 1 else 0


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _announces(lead: str) -> bool:
    return bool(
        RETRACTION_OF.fullmatch(lead)
        or re.search(
            rf"\b(?:following|below)(?: \w+){{0,2}} {_WORK}\b[^.]{{0,60}}[.:]$"
            rf"|\b{_WORK}[^.]{{0,80}}:$",
            lead[-260:],
            re.IGNORECASE,
        )
    ) and not _SOURCE_BEFORE.search(re.split(r"following|below", lead[-260:])[0][-60:])


def _citation_in(words: str) -> str:
    about, state = split_title_label(words)
    return about if state else words
