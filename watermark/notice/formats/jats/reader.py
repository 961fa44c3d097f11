"""A notice as JATS XML (ANSI/NISO Z39.96, 1.0 to 1.4, Green, Blue and Pumpkin) or BITS, in a namespace or in none.

The notice's own record is read, and the record of a retracted article that links to its notice. Its kind is given by
`article-type`, `related-article-type` or an `event`; all of them are open text, so each spelling counts. The body is
read by the rules for text; the front matter takes precedence over it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from watermark.errors import NoticeError
from watermark.notice.doi import normalised_doi
from watermark.notice.extraction.citation_styles import plain_title
from watermark.notice.extraction.citation_tails import journal_name
from watermark.notice.extraction.state_phrases import parse_state, split_title_label
from watermark.notice.formats.index_record import is_past_label, label_state
from watermark.notice.formats.jats.body import blocks_of
from watermark.notice.formats.jats.dates import published
from watermark.notice.formats.jats.front import (
    events_in,
    issuers_in,
    kind_of,
    language_of,
    own_address,
    own_doi,
    own_reference,
    own_title,
)
from watermark.notice.formats.jats.related_articles import Link, links_in
from watermark.notice.formats.text import from_blocks
from watermark.notice.model import Notice, Reference, State
from watermark.notice.precedence import select_notice
from watermark.notice.text_blocks import Block, safe_excerpt
from watermark.notice.xml import Element, child, every, name_of
from watermark.runtime.expressions import expression

_ARTICLE_TYPES = expression(r"(?:partially-)?(?:retracted|withdrawn|removed)(?:-(?:article|paper|publication))?")
_RESEARCH_TYPES = expression(
    r"(?:research|review|systematic-review|meta-analysis|case-report|brief-report|rapid-communication|clinical-trial|data)"
    r"(?:-(?:article|paper))?|original-(?:article|paper|research)|article-commentary|book-review|dissertation|protocol"
)
_RECORDS = (("article", "front", "article-meta"), ("book-part", "book-part-meta"), ("book", "book-meta"))


def from_jats(root: Element, *, state: State | None = None, article_doi: str = "") -> Notice:
    """Return what the JATS or BITS record says; of several, the one about `article_doi`.

    `state` is used where the record does not give the state of the article. Raises NoticeError when there is no front
    matter, when the state is unknown, when the record is that of a research article, and when it is about several
    articles and none is chosen.
    """
    metas = list(_records_in(root))
    if not metas:
        raise NoticeError(
            "the JATS has no <front> with <article-meta>",
            place=f"line {root.sourceline}",
            remedy="Give the whole record of the notice, or the notice as text.",
        )
    wanted = normalised_doi(article_doi)
    if wanted and len(metas) > 1:
        # a file may have the records of hundreds of notices: the words of those about other articles are not read
        about, _ = _read([(record, meta) for record, meta in metas if not _cites_others(record, meta, wanted)], state)
        if any(notice.article.doi == wanted for notice in about):
            return select_notice(about, article_doi)
    notices, errors = _read(metas, state)
    if errors and (not notices or len(metas) == 1):
        raise errors[0]
    return select_notice(notices, article_doi)


def _read(
    metas: Sequence[tuple[Element, Element]], state: State | None
) -> tuple[Sequence[Notice], Sequence[NoticeError]]:
    """Return what the records say, and why others of them cannot be read."""
    notices: list[Notice] = []
    errors: list[NoticeError] = []
    for record, meta in metas:
        try:
            notices.extend(_notices(record, meta, state))
        except NoticeError as error:
            errors.append(error)
    return notices, errors


def _cites_others(record: Element, meta: Element, wanted: str) -> bool:
    """Tell whether the links of a notice's record name its articles by their DOIs, and none of these is `wanted`."""
    dois = {link.reference.doi for link in links_in(meta, is_notice=_is_notice(record)) if link.to_the_article}
    return bool(dois) and dois.isdisjoint({"", wanted})


def _is_notice(record: Element) -> bool:
    kind = kind_of(record)
    return _ARTICLE_TYPES.fullmatch(kind) is None and parse_state(kind) is not None


def _records_in(root: Element) -> Iterator[tuple[Element, Element]]:
    """Yield each article, chapter and book with its metadata, in the order of the file."""
    for name, *path in _RECORDS:
        records = [root] if name_of(root) == name else every(root, name)
        yield from ((record, meta) for record in records if (meta := child(record, *path)) is not None)


def _notices(record: Element, meta: Element, given: State | None) -> Iterator[Notice]:
    """Yield what one record says of each article that it is about."""
    kind = kind_of(record)
    is_notice = _is_notice(record)
    links = list(links_in(meta, is_notice=is_notice))
    events = list(events_in(meta))
    back = [link for link in links if link.to_the_article]
    if not (is_notice or back) and (_ARTICLE_TYPES.fullmatch(kind) or events or any(link.state for link in links)):
        yield from _from_the_article(record, meta, kind, links, events, given)
        return
    if not (is_notice or back) and _RESEARCH_TYPES.fullmatch(kind):
        yield from _from_a_research_article(record, meta, kind, given)
        return
    stated = parse_state(kind) if is_notice else None
    wanted = [link for link in back if link.state is stated] or [link for link in back if link.state] or back
    named = {link.reference.doi: link for link in wanted if link.reference.doi}
    chosen = list(named.values()) or wanted[:1]
    own = _own_record(record, meta, stated or next((link.state for link in chosen if link.state), None) or given)
    for link in chosen:
        yield _about(own, stated or link.state or given, link.reference)
    if not wanted:
        yield _about(own, stated or given, Reference())


@dataclass(frozen=True, slots=True, kw_only=True)
class _OwnRecord:
    """What a notice's record says whichever article it is about; read once, as one notice may retract hundreds."""

    notice: Notice
    cited: Reference


def _own_record(record: Element, meta: Element, state: State | None) -> _OwnRecord:
    title = own_title(meta)
    heading = [Block(marked_up=title, words=title, is_heading=True)] if title else []
    body = list(blocks_of(record, meta))
    found = from_blocks([*heading, *body], state=state)
    # a line of the body, or a title without a label, of which the reading takes the full stop and a footnote's sign
    is_from_body = found.title != title and parse_state(title) is None and split_title_label(title)[1] is None
    is_guess = not title or is_from_body or found.article.title.strip(" .") == plain_title(title).strip(" .")
    cited = replace(found.article, title="") if is_guess else found.article
    if any(cited.journal == journal_name(block.words.strip(" ,|")) for block in body):
        cited = replace(cited, journal="")  # a line that is repeated heads the pages of a PDF, but not a record
    doi = own_doi(meta)
    return _OwnRecord(
        notice=replace(
            found,
            title=title,
            statement=tuple(block.words for block in body),
            doi=doi or found.doi,
            url=own_address(meta) or found.url,
            date=published(meta) or found.date,
            issuers=tuple(issuers_in(meta)) or found.issuers,
            language=language_of(record),
        ),
        cited=replace(cited, doi=cited.doi if cited.doi != doi else ""),
    )


def _about(own: _OwnRecord, state: State | None, article: Reference) -> Notice:
    """Return the notice about one of its articles, which the link cites, or else the text."""
    cited = own.cited
    return replace(
        own.notice,
        state=state or own.notice.state,
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
            doi=article.doi or cited.doi,
        ),
    )


def _from_a_research_article(record: Element, meta: Element, kind: str, given: State | None) -> Iterator[Notice]:
    """Yield the state in the label of a research article's title (`RETRACTED: …`); any other is no notice."""
    title = own_title(meta)
    state = label_state(title) if is_past_label(title) else None
    if state is None:
        raise NoticeError(
            f"this is not a retraction notice but an article of the type “{safe_excerpt(kind)}”, and it links to none",
            place=f"line {record.sourceline}",
            remedy="Give the record of the notice, or the notice as text.",
        )
    article = replace(own_reference(meta), doi=own_doi(meta))
    yield Notice(state=given or state, article=article, language=language_of(record))


def _from_the_article(  # noqa: PLR0913, PLR0917 - the facts that were found on the way
    record: Element,
    meta: Element,
    kind: str,
    links: Sequence[Link],
    events: Sequence[tuple[State, str, str]],
    given: State | None,
) -> Iterator[Notice]:
    """Yield a notice for each event in the article's own record; a notice's words are not in it and stay empty."""
    article = replace(own_reference(meta), doi=own_doi(meta))
    happened = list(events)
    recorded = {state for state, _, _ in events}
    narrower = (
        recorded & {State.PARTIAL_RETRACTION, State.WITHDRAWAL, State.RETRACTED_AND_REPLACED}
        if State.RETRACTION not in recorded
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
            f"the article type “{safe_excerpt(kind)}” does not say what happened to the article",
            remedy="Use the record of the notice, or say what kind of notice it is.",
            code="kind-of-notice",
            argument="state",
        )
