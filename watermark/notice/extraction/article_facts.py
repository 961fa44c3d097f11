# ruff: noqa: RUF001 - letters and punctuation of other scripts are meant
"""Which references, DOIs and citations of a notice are those of its article."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from watermark.notice.doi import doi_spans, dois_in
from watermark.notice.extraction.article_numbers import is_place_of_notice
from watermark.notice.extraction.behind_title import QUOTED
from watermark.notice.extraction.block_roles import (
    BELOW_A_BRACKET,
    BELOW_ITS_TITLE,
    ONLY_A_DOI,
    ORIGINAL_IS_AT,
    RETRACTION_OF,
    HeadedBlocks,
)
from watermark.notice.extraction.citation_roles import (
    INTRODUCED,
    announces_article,
    is_bracketed_citation,
    is_introduced_inside,
    is_of_another_publication,
    role_by_title,
    without_introduction,
)
from watermark.notice.extraction.citation_styles import read_styled
from watermark.notice.extraction.citation_tails import SUBSERIES
from watermark.notice.extraction.cited_references import (
    QUOTE,
    SOURCE_BEFORE,
    WORK,
    article_number,
    may_be_a_duplicate,
    number_by_title,
    references_in,
)
from watermark.notice.extraction.dated_lines import COPYRIGHT_YEAR, has_day
from watermark.notice.extraction.doi_roles import OWN_CITATION, Passage, label_passage
from watermark.notice.extraction.field_groups import of_fields
from watermark.notice.extraction.fields import fields_in
from watermark.notice.extraction.own_page import is_in_record, is_record_of_article, of_own_page, of_own_record
from watermark.notice.extraction.role_cues import names_another_work
from watermark.notice.extraction.state_phrases import is_label_in_place, parse_state, split_title_label
from watermark.notice.extraction.zones import Zones, is_head_line, is_prose
from watermark.notice.model import DoiRole, State
from watermark.notice.text_blocks import Block, sentences
from watermark.runtime.expressions import expression

_QUOTED_PART = expression(QUOTE)
MIN_BEHIND = 12
"""Characters behind a title in quotes that can be a journal with its volume."""
_TITLE_HERE = "\ue000"
_BEFORE_A_CITATION = expression(
    rf"(?!{SUBSERIES})[:：]\s(?!e?[0-9])"
    r"|\b(?:(?i:published in|article in|paper in|appeared in|error in|notice retracts|the journal"
    r"|(?:data|results|images|work) in))\s"
    r"|(?<=\s)[(\[](?=[^\W\d_a-z][^()\[\]]{3})"
)
_BEHIND_A_COLON = expression(r"[:：]\s(?P<citation>[^\W\d_a-z][^:：“”\"()]{11,400} \([^\W\d_a-z][^()]{4,200})$")
_BEHIND_A_DOI = expression(
    r"[)\].,; ]{0,4}(?:(?:which |that )?(?:was |has been )?(?:published|appeared)(?: online)? in"
    r"|publicad[oa] (?:no|na|em|en)"
    r"|publiée? dans|pubblicat[oa] (?:in|su)|veröffentlicht in|erschienen in)"
    r" (?:(?-i:the journal|periódico|(?:la )?revista|(?:la )?revue) )?(?P<citation>[^()]{8,160})"
    r"|[;,.]? \((?P<bracketed>[^\W\d_][^()]{4,120}[0-9])\)",
    re.IGNORECASE,
)
_OPENING_CITATION = expression(
    r"(?P<citation>[^\W\d_a-z].{8,180}?[0-9])\. (?:This (?:article|paper)|The above(?: (?:article|paper))?|We hereby) "
    r"(?:has been |is |was |retract)"
)
_CALLED = expression(r"\b[Tt]h(?:is|e) (?:article|paper) [\[(](?P<citation>[^\[\]]{8,160})[\])] (?:was|has|is)\b")
_NAMES_ARTICLE = expression(r"(?:the )?DOI of the (?:retracted|original) (?:article|paper|chapter) is\b", re.IGNORECASE)
_FOOT = expression(r"(?:published|publish date|cite (?:this|as)|citation|to cite)\b", re.IGNORECASE)
_IS_RETRACTED = expression(r"\b(?:retract|withdr)", re.IGNORECASE)
_WAS_OUT = expression(
    r"\b(?:appeared|published|printed)\b[^.;]{0,120}?(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?![0-9])", re.IGNORECASE
)
"""The year in which the article was out, in the sentence that retracts it."""
MAX_BARE, MAX_FOOT_LINE, MAX_LINES_BESIDE, MAX_TEXT = 120, 160, 2, 2_000
LATER_VOLUME = "printed with a later volume of the journal than the article's"


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
    references = references_in(body[zones.listed :])
    context = HeadedBlocks.of(title, article_title, found, body, zones)
    called = article_number(article_title, body[: zones.references], references)
    is_replaced = split_title_label(title)[1] is State.RETRACTED_AND_REPLACED
    same_title = number_by_title(article_title, references, takes_earlier=is_replaced)
    passages = list(of_fields(found, article_title))
    citations: list[str] = []
    own, cited = _of_title(title)
    passages.extend(own)
    citations.extend(cited)
    for number in range(zones.references):
        passage = context.passage(number)
        passages.append(passage)
        citations.extend(_citations_in(passage, body[number], context.lead(number)))
    is_twin = same_title > 0 and may_be_a_duplicate(
        article_title, same_title, references[same_title], found, body[: zones.references]
    )
    passages.extend(
        _of_reference(number, words, called, same_title, is_twin=is_twin) for number, words in references.items()
    )
    citations.extend(references[number] for number in (called or same_title,) if number)
    passages.extend(_of_the_foot(context, zones, references))
    if not dois_in(title) and not references:
        passages = of_own_page(passages, found, body, title)
    passages = _of_the_same_journal(passages, context)
    if called or same_title:
        passages = _apart_from_a_reference(passages, references[called or same_title])
    passages = _in_a_later_volume(passages, context)
    return Located(tuple(of_own_record(passages, body)), tuple(citations), references)


def _of_reference(number: int, words: str, called: int, same_title: int, *, is_twin: bool) -> Passage:
    """Return the passage of a reference: the one that the notice calls its article, or that has the article's title.

    Either number is 0 where no reference is it. With `is_twin`, the one with the title may be another work.
    """
    if number == called:
        return Passage(words=words, role=DoiRole.ARTICLE, evidence=f"the notice calls reference {number} its article")
    if number == same_title and not called and not is_twin:
        return Passage(words=words, role=DoiRole.ARTICLE, evidence=f"reference {number} has the article's title")
    if number != same_title and (called or same_title):
        return Passage(words=words, role=DoiRole.REFERENCE, evidence=f"reference {number}")
    return Passage(words=_bare(words))


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


def _of_the_foot(context: HeadedBlocks, zones: Zones, references: Mapping[int, str]) -> Iterator[Passage]:
    """Yield the passages of the lines behind the references that date or cite the notice itself."""
    is_complete = all(dois_in(words) for words in references.values()) and bool(references)
    for number in range(zones.listed, len(context.body)):
        block = context.body[number]
        is_bare = ONLY_A_DOI.match(block.words) and len(block.words) < MAX_BARE
        is_line = is_bare or (len(block.words) < MAX_FOOT_LINE and not read_styled(block.words).authors)
        is_own = _FOOT.match(block.words) or (is_line and context.is_beside_publication(block))
        by_title = role_by_title(block.words, context.lead(number), context.article_title)
        is_own = is_own or (by_title is not None and by_title[0] is DoiRole.NOTICE)
        if _points_to_article(block):
            yield Passage(words=block.words, role=DoiRole.ARTICLE, evidence=INTRODUCED)
            continue
        is_last = number == len(context.body) - 1 or all(_is_labelled_foot(one) for one in context.body[number + 1 :])
        above = context.body[number - 1]
        is_separate = is_complete or (number > zones.listed + 1 and is_head_line(above) and not above.is_item)
        is_journals = references and context.is_of_the_journal(block) and not is_own
        if not block.is_item and ((is_bare and not is_own and is_last and is_separate) or is_journals):
            yield Passage(words=block.words, candidate=True)
        if not block.is_item and is_own and dois_in(block.words):
            passage = context.passage(number)
            if passage.role is DoiRole.NOTICE:
                yield passage


def _points_to_article(block: Block) -> bool:
    """Tell whether a line below the references introduces the article: `The original article can be found at …`."""
    if not dois_in(block.words) or is_introduced_inside(block.words):
        return bool(dois_in(block.words))
    is_pointer = ORIGINAL_IS_AT.match(block.words) is not None and len(dois_in(block.words)) == 1
    is_pointer = is_pointer and not is_of_another_publication(block.words)
    return is_pointer or _NAMES_ARTICLE.match(block.words) is not None


def _is_labelled_foot(block: Block) -> bool:
    return bool(fields_in(block.marked_up))


def _bare(words: str) -> str:
    """Return a reference of which only the DOIs count: its words are a title, not the notice's."""
    return " ".join(dois_in(words))


def _of_title(title: str) -> tuple[list[Passage], list[str]]:
    """Return the passage of the title line, which is the article's citation where it has a DOI, a year or quotes."""
    about, state = split_title_label(title)
    if state is None or not about:
        return [], []
    if has_day(title):
        return [Passage(words=title, role=DoiRole.NOTICE, evidence=OWN_CITATION)], []
    passage = label_passage(title)
    is_cited = re.search(r"\b(?:19|20)[0-9]{2}\b|[“\"]", about) or re.match(
        r"\W*(?:https?:|doi|10\.)", about, re.IGNORECASE
    )
    if passage is None or not (is_cited or re.match(r".{4,40}? (?:to|of|for)\b", title)):
        return [Passage(words=title[max(0, title.find(about)) :])], []
    quoted = _QUOTED_PART.search(title)
    behind = [title[quoted.start() :]] if quoted and len(title) - quoted.end() > MIN_BEHIND else []
    return [passage], [title if dois_in(title) and not dois_in(about) else about, *behind]


def _of_the_same_journal(passages: list[Passage], context: HeadedBlocks) -> list[Passage]:
    """Return the passages, with the article's role for a line of the heading that cites the notice's own journal.

    The notice's DOI must be known, and its own line must name another volume of that journal.
    """
    known = {one.role for one in passages if dois_in(one.words)}
    lines = [one for one in passages if one.candidate and dois_in(one.words) and one.role is None]
    if DoiRole.NOTICE not in known or DoiRole.ARTICLE in known or len(lines) != 1 or len(dois_in(lines[0].words)) != 1:
        return passages
    cited = read_styled(lines[0].words)
    head = [block.words for block in context.body[: context.zones.first_sentence]]
    name = cited.journal
    others = [words for words in head if name and words.startswith(name) and words != lines[0].words]
    if lines[0].words not in head or not cited.volume or cited.authors or is_of_another_publication(lines[0].words):
        return passages
    if not any(re.search(r"[0-9]", words) and not re.search(rf"\b{cited.volume}\b", words) for words in others):
        return passages
    evidence = "cited in the heading, with another volume of the notice's own journal"
    return [replace(one, role=DoiRole.ARTICLE, evidence=evidence) if one is lines[0] else one for one in passages]


def _apart_from_a_reference(passages: list[Passage], article: str) -> list[Passage]:
    """Return the passages of a notice that cites its article as a reference without a DOI.

    It is published separately from the article: the one DOI in its heading or foot is its own.
    """
    candidates = [passage for passage in passages if passage.candidate and dois_in(passage.words)]
    is_known = any(one.role in {DoiRole.ARTICLE, DoiRole.NOTICE} and dois_in(one.words) for one in passages)
    if dois_in(article) or is_known or len({doi for one in candidates for doi in dois_in(one.words)}) != 1:
        return passages
    return [
        replace(one, role=DoiRole.NOTICE, evidence="in the heading of a notice that cites its article as a reference")
        if one in candidates
        else one
        for one in passages
    ]


def _in_a_later_volume(passages: list[Passage], context: HeadedBlocks) -> list[Passage]:
    """Return the passages, with the notice's role for the one DOI of a text beside a later volume than the article's.

    It stays open on the page or in the record of the article, which cites the place of the notice.
    """
    found, title = context.found, context.title
    places = [number for number, block in enumerate(found) if dois_in(block.words)]
    lines = [one for one in passages if dois_in(one.words)]
    if len(places) != 1 or len(lines) != 1 or not lines[0].candidate or lines[0].role is not None:
        return passages
    is_notice = split_title_label(title)[1] is not None or parse_state(title) is not None
    if not is_notice or is_label_in_place(title) or is_record_of_article(found) or is_in_record(found):
        return passages
    near = found[max(0, places[0] - MAX_LINES_BESIDE) : places[0] + 1][::-1]
    beside = [block.words for block in near if not is_prose(block)]
    others = [block.words for block in context.body[: context.zones.references] if not dois_in(block.words)]
    is_later = is_place_of_notice(beside, others) or _is_beside_a_later_copyright(found, places[0])
    if len(dois_in(beside[0] if beside else "")) != 1 or not is_later:
        return passages
    return [
        replace(lines[0], role=DoiRole.NOTICE, evidence=LATER_VOLUME) if one is lines[0] else one for one in passages
    ]


def _is_beside_a_later_copyright(found: Sequence[Block], place: int) -> bool:
    """Tell whether a DOI has the year of the copyright beside it, and the article was out in earlier years.

    The sentence that retracts the article says in which year that was.
    """
    out = [
        int(told["year"])
        for block in found
        if is_prose(block)
        for words in sentences(block.words[:MAX_TEXT])
        if _IS_RETRACTED.search(words) and not names_another_work(QUOTED.sub(" ", words))
        for told in _WAS_OUT.finditer(words)
    ]
    lines = [found[number].words for number in (place - 1, place + 1) if 0 <= number < len(found)]
    signs = [sign["year"] for words in lines if (sign := COPYRIGHT_YEAR.match(words))]
    if not out or len(signs) != 1 or max(out) >= int(signs[0]):
        return False
    numbers = re.split(r"[^0-9]", dois_in(found[place].words)[0].partition("/")[2])
    return signs[0] in numbers


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
            cited = (behind["citation"] or behind["bracketed"]) if behind else ""
            titled = _BEHIND_A_COLON.search(words)
            announced = without_introduction(
                words
            )  # a title with a colon of its own: `The following paper …: Roe A. …`
            announced = announced.replace(_TITLE_HERE, title) if announced != words else ""
            titled_there = titled["citation"] if titled else ""
            return tuple(filter(None, (announced, near.replace(_TITLE_HERE, title), cited, titled_there)))
    return ()


def _announces(lead: str) -> bool:
    return bool(
        RETRACTION_OF.fullmatch(lead)
        or announces_article(lead)
        or re.search(rf"\b{WORK}[^.]{{0,80}}:$", lead[-260:], re.IGNORECASE)
    ) and not SOURCE_BEFORE.search(re.split(r"following|below", lead[-260:])[0][-60:])


def _citation_in(words: str) -> str:
    about, state = split_title_label(words)
    return about if state else words
