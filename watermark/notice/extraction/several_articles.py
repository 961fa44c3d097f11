# ruff: noqa: RUF001 - quotation marks of several kinds are meant
"""Notices that retract several articles at once: which articles they name, so that the user can choose one.

A notice is about several articles where its sentences or its title say so (`the following articles have been
retracted`), or where it has several title lines with a label, each with another title and another DOI.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from watermark.notice.doi import doi_spans, dois_in, normalised_doi
from watermark.notice.extraction.behind_title import MIN_TITLE_LETTERS
from watermark.notice.extraction.citation_styles import plain_title, read_styled
from watermark.notice.extraction.doi_roles import IN_HEADING_OR_FOOT
from watermark.notice.extraction.state_phrases import is_statement, parse_state, split_title_label
from watermark.notice.extraction.zones import Zones, is_prose
from watermark.notice.model import DoiMention, DoiRole, Reference, State
from watermark.notice.precedence import ambiguous_article_error
from watermark.notice.text_blocks import Block, letters, sentences
from watermark.runtime.expressions import expression

_SEVERAL = (
    r"(?:these|both|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|multiple|[2-9]|[1-9][0-9]{1,3}"
    r"|the(?: \w+)? (?:following|above|below)(?:[- ]\w+)?|following|our)"
)
_WORKS = r"(?:articles|papers|publications|manuscripts|chapters|studies|reports)"
_PLURAL = expression(
    rf"\b(?:retract|withdr|concern|remov)\w*(?: \w+){{0,6}}? (?:{_SEVERAL}) (?:\w+ ){{0,3}}{_WORKS}\b"
    rf"|\b{_SEVERAL} (?:\w+ ){{0,3}}{_WORKS}\b(?:,? (?!not\b)[\w()-]+){{0,8}}? (?:retracted|withdrawn|removed)\b"
    rf"|\bthe (?:\w+ ){{0,2}}{_WORKS}\b[^.]{{0,300}}? (?:have(?: all| both)? been|are"
    rf"|were)(?: \w+)? (?:retracted|withdrawn)\b"
    rf"|\b{_WORKS} (?:listed|named|mentioned|cited) (?:above|below)\b.{{0,80}}\b(?:retracted|withdrawn)\b",
    re.IGNORECASE,
)
_PLURAL_TITLE = expression(
    rf"(?:notice of |statement of )?(?:retractions?|withdrawals?|expressions? of concern)\b.{{0,30}}\b{_WORKS}\b"
    r"|(?:batch|bulk|multiple) retractions?\b|retractions\b",
    re.IGNORECASE,
)
_OTHER_WORKS = expression(
    r"\b(?:other|another|previous(?:ly)?|earlier|similar|identical|overlap\w*|cop(?:y|ied)|duplicat\w+|plagiari\w+|from"
    r"|with|cit(?:ed?|ing)|by these)\b[^.]{0,60}$",
    re.IGNORECASE,
)
_QUOTED = expression(r"[“\"«‘][^“”\"«»‘]{3,600}[”\"»’]")
MAX_SENTENCES = 400
MAX_SENTENCE = 4_000
MAX_ARTICLES = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedArticle:
    """One of the articles that a notice retracts: its DOI, and its title and journal where they are printed."""

    doi: str
    reference: Reference


def several_articles(
    title: str, found: Sequence[Block], body: Sequence[Block], zones: Zones, roles: Sequence[DoiMention]
) -> tuple[NamedArticle, ...]:
    """Return the articles that a notice about several names with DOIs; none for a notice about one article."""
    left_out = {mention.doi for mention in roles if _is_another_work(mention)}
    is_declared = _is_declared(title, body, zones)
    under_labels = list(_under_labels(found))
    if len({letters(about) for about, _, _ in under_labels}) < 2:
        if not is_declared:
            return ()
        under_labels = []
    named: dict[str, NamedArticle] = {}
    for about, doi, words in (*under_labels, *(_listed(found) if is_declared else ())):
        if doi not in named and doi not in left_out and len(named) < MAX_ARTICLES:
            cited = read_styled(words)
            named[doi] = NamedArticle(doi=doi, reference=replace(cited, title=about or cited.title, doi=doi))
    return tuple(named.values()) if len(named) > 1 else ()


def _is_another_work(mention: DoiMention) -> bool:
    """Tell whether the words of a notice show that a DOI is none of its articles'; its position alone does not."""
    if mention.role is DoiRole.REFERENCE:
        return not mention.evidence.startswith("reference ")
    is_certain = mention.role in {DoiRole.NOTICE, DoiRole.SOURCE, DoiRole.REPLACEMENT}
    return is_certain and mention.evidence != IN_HEADING_OR_FOOT


def picked_article(
    several: Sequence[NamedArticle], roles: Sequence[DoiMention], article_doi: str
) -> tuple[Reference, tuple[DoiMention, ...]]:
    """Return the article of a notice about several that has a DOI, and the roles of the DOIs for that article.

    Raises AmbiguousNoticeError, which lists the articles, when none of them has it.
    """
    wanted = normalised_doi(article_doi)
    picked = next((named.reference for named in several if named.doi == wanted), None)
    dois = [named.doi for named in several]
    if picked is None:
        raise ambiguous_article_error(dois, len(dois), wanted)
    evidence = "another article that this notice retracts"
    others = (DoiMention(doi=doi, role=DoiRole.REFERENCE, evidence=evidence) for doi in dois if doi != wanted)
    own = DoiMention(doi=wanted, role=DoiRole.ARTICLE, evidence="the article that was picked")
    return picked, (own, *others, *(mention for mention in roles if mention.doi not in dois))


def _is_declared(title: str, body: Sequence[Block], zones: Zones) -> bool:
    if is_title_of_several(title):
        return True
    prose = [sentence for block in body[: zones.references] for sentence in sentences(block.words)]
    return any(
        not _OTHER_WORKS.search(sentence[max(0, found.start() - 80) : found.start()])
        and not _OTHER_WORKS.search(re.split(_WORKS, found[0])[0])
        for sentence in map(_bare, prose[:MAX_SENTENCES])
        for found in _PLURAL.finditer(sentence)
    )


def is_title_of_several(title: str) -> bool:
    """Tell whether a title announces the retraction of several articles: `Retraction of two articles`."""
    about, state = split_title_label(title)
    if _PLURAL_TITLE.match(title) is None:
        return False
    return state is None or not about or _PLURAL_TITLE.fullmatch(title.rstrip(".: ")) is not None


def state_of_several(title: str) -> State | None:
    """Return the state that a title of several articles begins with: `Retraction of two articles`."""
    words = re.match(
        r"(?:(?:batch|bulk|multiple|notice of|statement of) )?(?P<name>[a-z ]+?)s?"
        r"(?= (?:note|notice|of|to|for|in)\b|$)",
        title.lower(),
    )
    return parse_state(words["name"]) if words else None


def _bare(sentence: str) -> str:
    """Return a sentence without quoted titles, DOIs and their brackets: its words are the notice's."""
    sentence = _QUOTED.sub("", sentence[:MAX_SENTENCE])
    return re.sub(r"\(?(?:https?://(?:dx\.)?(?:doi\.org/)?|doi:? ?)*10\.[0-9]{4,9}/\S+", "", sentence)


def _under_labels(found: Sequence[Block]) -> Iterator[tuple[str, str, str]]:
    """Yield title, DOI and line of each labelled title line with a DOI in it or in one of the lines below it."""
    about = ""
    lines = 0
    for block in found:
        rest, state = split_title_label(block.words)
        is_title = state is not None and rest and len(block.words) < 600 and not is_statement(rest)
        if is_title and (named := plain_title(rest)) and len(letters(named)) >= MIN_TITLE_LETTERS:
            about, lines = named, 0
        elif is_prose(block):
            about = ""
        lines += 1
        dois = dois_in(block.words)
        if about and lines < 4 and len(dois) == 1:
            yield about, dois[0], block.words


def _listed(found: Sequence[Block]) -> Iterator[tuple[str, str, str]]:
    """Yield the DOI and the line of each citation in a notice."""
    for block in found:
        position = 0
        for start, end, doi in doi_spans(block.words):
            words = block.words[position:start]
            quoted = [found[0][1:-1].strip(" ,.") for found in _QUOTED.finditer(words)]
            yield quoted[-1] if quoted else "", doi, words
            position = end
