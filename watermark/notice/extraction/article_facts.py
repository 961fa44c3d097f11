# ruff: noqa: RUF001 - letters and punctuation of other scripts are meant
"""Which references, DOIs and citations of a notice are those of its article."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from watermark.notice.dates import dates_in
from watermark.notice.doi import doi_spans, dois_in
from watermark.notice.extraction import fields as field_kinds
from watermark.notice.extraction.citation import PROSE_START
from watermark.notice.extraction.citation_styles import read_styled
from watermark.notice.extraction.doi_roles import Passage, label_passage, numbered_references
from watermark.notice.extraction.fields import Field, fields_in, is_other_field
from watermark.notice.extraction.layout import Zones, is_head_line, is_prose
from watermark.notice.extraction.state_phrases import split_title_label
from watermark.notice.model import DoiRole
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
_ITEM = re.compile(r"(?:\[(?P<a>[0-9]{1,3})\]|\(?(?P<b>[0-9]{1,3})[.)])\s+(?=\S)")
_RETRACTION_OF = re.compile(
    r"(?:an? )?(?:retraction|expression of concern) (?:of|on|about|for) the (?:[a-z]{1,30}"
    r" ){1,4}article\W*",
    re.IGNORECASE,
)
_OWN_CITATION = re.compile(
    r"\b(?:19|20)[0-9]{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
    r" [0-9]{1,2};"
)
_QUOTED_LABEL = re.compile(r"[^“\"]{5,50}[“\"].{3,600}[”\"]\.?$")
_LABEL_INSIDE = re.compile(
    r"(?<!^)\b(?:retraction|expression of concern|withdrawal|removal)(?: (?:note|notice|statement))?(?: (?:to|of"
    r"|for|on))?:",
    re.IGNORECASE,
)
_TITLE_HERE = "\ue000"
_BEFORE_A_CITATION = re.compile(r"[:：]\s(?![0-9])|\b(?:published in|article in|paper in|appeared in)\s", re.IGNORECASE)
BESIDE_A_DATE = "beside the date of the notice"
_PRINCIPLES = re.compile(r"\bpublication principles\b", re.IGNORECASE)
"""Words of a notice that stands on the article's own page, where the DOI and the date are the article's."""
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
    references = _references(body[zones.references + 1 :])
    article_number = _article_number(article_title, body[: zones.references], references)
    passages = list(_of_fields(found))
    citations: list[str] = []
    own, cited = _of_title(title)
    passages.extend(own)
    citations.extend(cited)
    for number, block in enumerate(body[: zones.references]):
        lead = body[number - 1].words if number else ""
        passage = _of_block(number, title, body, zones, found)
        passages.append(passage)
        if passage.role is DoiRole.ARTICLE or _announces(lead):
            citations.append(_citation_in(block.words))
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
    if not dois_in(title) and _IN_PLACE.match(title) and not references:
        passages = _in_place(passages)
    if any(_PRINCIPLES.search(block.words) for block in body):
        passages = [_undated(passage) for passage in passages]
    return Located(tuple(passages), tuple(citations), references)


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
    if _OWN_CITATION.search(title):
        return [Passage(words=title, role=DoiRole.NOTICE, evidence="the notice's own citation")], []
    passage = label_passage(title)
    is_cited = re.search(r"\b(?:19|20)[0-9]{2}\b|[“\"]", about) or re.match(
        r"\W*(?:https?:|doi|10\.)", about, re.IGNORECASE
    )
    if passage is None or not (is_cited or re.match(r".{4,40}? (?:to|of|for)\b", title)):
        return [Passage(words=title)], []
    return [passage], [title if dois_in(title) and not dois_in(about) else about]


def _of_block(  # noqa: C901, PLR0911 - one return for each form of a block, in the order in which they count
    number: int, title: str, body: Sequence[Block], zones: Zones, found: Sequence[Block]
) -> Passage:
    """Return the passage of one block of the body, with the role that its form and its neighbours decide."""
    block = body[number]
    lead = body[number - 1].words if number else ""
    above = body[number - 2].words if number > 1 else ""
    is_heading = number < zones.first_sentence
    words = block.words
    if not dois_in(words) and "10." not in words:
        about, state = split_title_label(words)
        role = DoiRole.ARTICLE if state and about and not is_prose(block) and len(words) < 600 else None
        return Passage(words=words, role=role)
    if _RETRACTION_OF.fullmatch(lead) or (_RETRACTION_OF.fullmatch(above) and re.match(r"by\s", words, re.IGNORECASE)):
        return Passage(words=words, role=DoiRole.ARTICLE, evidence="below the announcement of the retracted article")
    if is_prose(block):
        return Passage(words=words, lead=lead)
    if _OWN_CITATION.search(words) and split_title_label(words)[1] is None:
        return Passage(words=words, role=DoiRole.NOTICE, evidence="the notice's own citation")
    if _LABEL_INSIDE.search(words[:1200]) and split_title_label(words)[1] is None:
        return Passage(words=words, role=DoiRole.NOTICE, evidence="the citation of the notice")
    labelled = label_passage(words, lead)
    if labelled is not None:
        return labelled
    if re.match(r"\W*(?:https?:|doi\b|10\.)", words, re.IGNORECASE) and len(words) < 120:
        return _of_bare_doi(words, lead, found, block)
    if number == 0 and re.match(r"by\s", words) and _QUOTED_LABEL.match(title):
        return Passage(words=words, role=DoiRole.ARTICLE, evidence="the authors and the citation below the title")
    opens_prose = PROSE_START.match(words)
    if number == 0 and not opens_prose and not dates_in(words) and (cited := read_styled(words)).authors and cited.year:
        return Passage(words=words, role=DoiRole.ARTICLE, evidence="the article's citation below the title")
    if is_head_line(block) and len(words) < 240 and _is_beside_a_date(found, block):
        return Passage(words=words, role=DoiRole.NOTICE, evidence=BESIDE_A_DATE)
    is_dated = bool(dates_in(words)) and is_head_line(block) and len(words) < 240
    if is_dated and not lead.rstrip().endswith((":", "：")):
        return Passage(words=words, role=DoiRole.NOTICE, evidence=BESIDE_A_DATE)
    is_line = is_heading or (is_head_line(block) and len(words) < 240 and not lead.rstrip().endswith((":", "：")))
    return Passage(words=words, lead=lead, candidate=is_line and _says_no_more(words))


def _says_no_more(words: str) -> bool:
    """Tell whether a line has nothing but a DOI, a journal, a volume and a date: it is no sentence about the DOI."""
    rest = re.sub(r"https?://\S+|\b(?:doi|DOI|www)\b|10\.[0-9]{4,9}/\S+", " ", words).strip(" .,;:|()[]•·")
    return (
        not rest or bool(dates_in(rest)) or bool(re.search(r"[0-9]", rest) and not re.search(r"\b[a-z]{2,}ed\b", rest))
    )


def _of_bare_doi(words: str, lead: str, found: Sequence[Block], block: Block) -> Passage:
    """Return the passage of a line that is a DOI alone: behind a label, beside a date, or a candidate."""
    if (
        split_title_label(lead)[1] is not None
        and re.search(
            r"\([12][0-9]{3}\)|\b(?:19"
            r"|20)[0-9]{2}\b",
            lead,
        )
        and not _OWN_CITATION.search(lead)
    ):
        return Passage(words=words, role=DoiRole.ARTICLE, evidence=lead[:80])
    if lead.rstrip().endswith((":", "：")):
        return Passage(words=words, lead=lead)
    if _is_beside_a_date(found, block):
        return Passage(words=words, role=DoiRole.NOTICE, evidence=BESIDE_A_DATE)
    return Passage(words=words, lead=lead, candidate=True)


def _is_beside_a_date(found: Sequence[Block], block: Block) -> bool:
    """Tell whether the line above or below gives the notice's date, and no line there describes the article."""
    place = next((n for n, one in enumerate(found) if one is block), -1)
    beside = [found[n] for n in (place - 1, place + 1) if place >= 0 and 0 <= n < len(found)]
    kinds = {field.kind for one in beside for field in fields_in(one.marked_up)}
    if kinds & {field_kinds.PUBLISHED, field_kinds.DATE}:
        return True
    is_dated = any(
        dates_in(one.words) and len(one.words) < 160 and not is_prose(one) and not dois_in(one.words) for one in beside
    )
    return is_dated and not kinds & {field_kinds.TITLE, field_kinds.AUTHORS}


def _in_place(passages: list[Passage]) -> list[Passage]:
    """Return the passages of an article's own page, whose title bears its state: its DOI line names the article."""
    if any(passage.role in {DoiRole.ARTICLE, DoiRole.NOTICE} and dois_in(passage.words) for passage in passages):
        return passages
    lines = [passage for passage in passages if passage.candidate and dois_in(passage.words)]
    if len(lines) != 1:
        return passages
    only = Passage(
        words=lines[0].words, role=DoiRole.ARTICLE, evidence="below the article's title, which bears its state"
    )
    return [only if passage is lines[0] else passage for passage in passages]


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


def cited_before(doi: str, title: str, body: Sequence[Block]) -> str:
    """Return the words in front of the article's DOI that may be its citation; an empty string where there are none."""
    for block in body:
        for start, _, found in doi_spans(block.words):
            if found == doi:
                words = block.words[max(0, start - 600) : start]
                if len(title) > 11:
                    words = re.sub(re.escape(title), f"“{_TITLE_HERE}”", words, count=1, flags=re.IGNORECASE)
                parts = [
                    part
                    for part in _BEFORE_A_CITATION.split(words.replace("““", "“").replace("””", "”"))
                    if len(part.strip()) > 8
                ]
                near = re.sub(r"\W*(?:doi\W*|https?\W*)?$", "", parts[-1], flags=re.IGNORECASE) if parts else ""
                return near.replace(_TITLE_HERE, title)
    return ""


def published_beside_the_article(found: Sequence[Block]) -> frozenset[str]:
    """Return the dates of publication that stand among the labelled facts of the article."""
    return frozenset(
        field.value
        for group in _groups(found)
        if {field.kind for field in group} & {field_kinds.TITLE, field_kinds.AUTHORS}
        and not any(split_title_label(field.value)[1] for field in group if field.kind == field_kinds.TITLE)
        for field in group
        if field.kind == field_kinds.PUBLISHED
    )


def _references(blocks: Sequence[Block]) -> dict[int, str]:
    listed: list[tuple[int, str]] = []
    for block in blocks:
        found = _ITEM.match(block.words)
        if not (block.is_item or found):
            continue
        number = int(found["a"] or found["b"]) if found else 0
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
        _RETRACTION_OF.fullmatch(lead)
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
