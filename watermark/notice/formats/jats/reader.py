"""A notice as JATS XML (ANSI/NISO Z39.96, 1.0 to 1.4, Green, Blue and Pumpkin), with its namespace or without.

The notice's own record is read, and the record of a retracted article that points to its notice. What kind it is
stands in `article-type`, `related-article-type` or an `event`; all of them are open text, so each spelling counts.
The body is read by the rules for text; what the front says outright stands over it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from watermark.errors import NoticeError
from watermark.notice.extraction.state_phrases import parse_state
from watermark.notice.formats.jats.body import blocks_of
from watermark.notice.formats.jats.dates import published
from watermark.notice.formats.jats.front import (
    events_in,
    issuers_in,
    language_of,
    own_address,
    own_doi,
    own_reference,
    own_title,
)
from watermark.notice.formats.jats.related_articles import Link, links_in, spelt
from watermark.notice.formats.text import from_blocks
from watermark.notice.model import Notice, Reference, State
from watermark.notice.precedence import select_notice
from watermark.notice.text_blocks import Block, safe_excerpt
from watermark.notice.xml import Element, attribute, child, every, name_of

_ARTICLE_TYPES = re.compile(r"(?:partially-)?(?:retracted|withdrawn|removed)(?:-(?:article|paper|publication))?")


def from_jats(root: Element, *, state: State | None = None, article_doi: str = "") -> Notice:
    """Return what the JATS record says; of several, the one about `article_doi`.

    `state` is taken where the record does not say what has become of the article. Raises NoticeError when there is
    no front matter, the state cannot be told, or the record is about several articles and none is chosen.
    """
    records = [root] if name_of(root) == "article" else list(every(root, "article"))
    metas = [(record, meta) for record in records if (meta := child(record, "front", "article-meta")) is not None]
    if not metas:
        raise NoticeError(
            "the JATS has no <front> with <article-meta>",
            place=f"line {root.sourceline}",
            remedy="Give the whole record of the notice, or the notice as text.",
        )
    return select_notice([notice for record, meta in metas for notice in _notices(record, meta, state)], article_doi)


def _notices(record: Element, meta: Element, given: State | None) -> Iterator[Notice]:
    """Yield what one record says of each article that it is about."""
    kind = spelt(attribute(record, "article-type"))
    is_notice = _ARTICLE_TYPES.fullmatch(kind) is None and parse_state(kind) is not None
    links = list(links_in(meta, is_notice=is_notice))
    events = list(events_in(meta))
    back = [link for link in links if link.to_the_article]
    if not (is_notice or back) and (_ARTICLE_TYPES.fullmatch(kind) or events or any(link.state for link in links)):
        yield from _from_the_article(record, meta, kind, links, events, given)
        return
    stated = parse_state(kind) if is_notice else None
    wanted = [link for link in back if link.state is stated] or [link for link in back if link.state] or back
    named = {link.reference.doi: link for link in wanted if link.reference.doi}
    for link in named.values() or wanted[:1]:
        yield _from_the_notice(record, meta, stated or link.state or given, link.reference)
    if not wanted:
        yield _from_the_notice(record, meta, stated or given, Reference())


def _from_the_notice(record: Element, meta: Element, state: State | None, article: Reference) -> Notice:
    title = own_title(meta)
    heading = [Block(marked_up=title, words=title, is_heading=True)] if title else []
    body = list(blocks_of(record, meta))
    told = from_blocks([*heading, *body], state=state)
    is_guess = not title or told.article.title == title  # a line of the body, or a title without a label
    cited = replace(told.article, title="") if is_guess else told.article
    return replace(
        told,
        title=title,
        statement=tuple(block.words for block in body),
        article=replace(
            article,
            citation=article.citation or cited.citation,
            authors=article.authors or cited.authors,
            title=article.title or cited.title,
            journal=article.journal or cited.journal,
            year=article.year or cited.year,
            volume=article.volume or cited.volume,
            issue=article.issue or cited.issue,
            pages=article.pages or cited.pages,
            doi=article.doi or (cited.doi if cited.doi != own_doi(meta) else ""),
        ),
        doi=own_doi(meta) or told.doi,
        url=own_address(meta) or told.url,
        date=published(meta) or told.date,
        issuers=tuple(issuers_in(meta)) or told.issuers,
        language=language_of(record),
    )


def _from_the_article(  # noqa: PLR0913, PLR0917 - the facts that were found on the way
    record: Element,
    meta: Element,
    kind: str,
    links: Sequence[Link],
    events: Sequence[tuple[State, str, str]],
    given: State | None,
) -> Iterator[Notice]:
    """Yield a notice for each thing that the article's own record says has happened to it; the words stay empty."""
    article = replace(own_reference(meta), doi=own_doi(meta))
    happened = list(events)
    told = {state for state, _, _ in events}
    narrower = (
        told & {State.PARTIAL_RETRACTION, State.WITHDRAWAL, State.RETRACTED_AND_REPLACED}
        if State.RETRACTION not in told
        else set()
    )
    for link in links:
        # one link serves every retraction: the event says which kind it was
        what = narrower.copy().pop() if link.state is State.RETRACTION and len(narrower) == 1 else link.state
        of_kind = [date for state, _, date in events if state is what]
        if what and (not of_kind or link.reference.doi):
            happened.append((what, link.reference.doi, of_kind[-1] if of_kind else ""))
    named = {state for state, doi, _ in happened if doi}
    known = [item for item in happened if item[1] or item[0] not in named]
    state = given or parse_state(kind)
    for what, doi, date in known or ([(state, "", "")] if state else []):
        yield Notice(state=what, article=article, doi=doi, date=date, language=language_of(record))
    if not known and state is None:
        raise NoticeError(
            f"what has become of the article cannot be told from the article type “{safe_excerpt(kind)}”",
            remedy="Give the record of the notice, or --state.",
        )


def _state_of_kind(kind: str) -> State | None:
    return None if _ARTICLE_TYPES.fullmatch(kind) and kind.endswith("-article") else parse_state(kind)
