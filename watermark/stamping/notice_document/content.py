"""From a notice to what is set: what it does not say is left out, nothing is added but labels."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from watermark.notice import FigureMatch, Notice, Reference
from watermark.stamping.notice_document import labels
from watermark.stamping.notice_document.blocks import GREY, PAGE_LINK, RED, Block, Paragraph, Run, Runs, Style, Table
from watermark.stamping.notice_document.text_cleanup import doi_link, linked, settable, web_address

HEADING = Style(size=24, leading=29, colour=RED)
TITLE = Style(size=14, leading=17.5, before=7)
AUTHORS = Style(size=10, leading=13.6, before=5)
PLACE = Style(size=9, leading=12, before=4, colour=GREY)
SECTION = Style(size=12, leading=15, colour=RED, before=13)
BODY = Style(size=10, leading=13.6, before=5)
SMALL = Style(size=9, leading=12, before=5)
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyFacts:
    """The copy that a notice is made for: digest and size in bytes of its original, and the tool that marked it.

    `rebuilt` holds when the copy carries the original inside, and does not begin with it. `figure_pages` are the pages
    of the article, from 1, on which the captions of its figures stand; `within` holds where the notice is a part of the
    copy itself, so that it can lead to them.
    """

    original_sha256: str
    original_size_bytes: int
    tool: str
    rebuilt: bool = False
    figure_pages: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    within: bool = False


def language_of(notice: Notice) -> str:
    """Return the language of the notice as a tag; English when it names none that is well formed."""
    return notice.language if LANGUAGE_TAG.match(notice.language) else labels.LANGUAGE


def notice_content(notice: Notice, facts: CopyFacts | None, marked_at: datetime) -> tuple[Block, ...]:
    """Return the blocks of the document, in reading order."""
    ours = "" if language_of(notice).partition("-")[0].lower() == labels.LANGUAGE else labels.LANGUAGE
    return (
        Paragraph(
            runs=(Run(text=labels.heading_of(notice.state), bold=True),),
            style=HEADING,
            role="H1",
            language=ours,
            leads=True,
        ),
        *_article(notice),
        *_details(notice, ours),
        *_statement(notice, ours),
        *_matches(notice.figure_matches, ours, facts),
        *(_copy(facts, marked_at, ours) if facts else ()),
    )


def _line(text: str, style: Style, *, bold: bool = False, language: str = "", leads: bool = False) -> Paragraph:
    return Paragraph(runs=(Run(text=settable(text), bold=bold),), style=style, language=language, leads=leads)


def _section(text: str, ours: str) -> Paragraph:
    return Paragraph(runs=(Run(text=text, bold=True),), style=SECTION, role="H2", language=ours, leads=True)


def _article(notice: Notice) -> tuple[Block, ...]:
    article = notice.article
    title = article.title or notice.title
    blocks = [_line(title, TITLE, bold=True)] if settable(title) else []
    if article.authors:
        blocks.append(_line(", ".join(article.authors), AUTHORS))
    place = _place_of(article)
    if not (title or article.authors or place) or (not place and article.citation):
        place = article.citation
    runs = (*linked(place), *_doi(article, place))
    if runs:
        blocks.append(Paragraph(runs=runs, style=PLACE))
    return tuple(blocks)


def _place_of(reference: Reference) -> str:
    """Return where an article was published, as `Journal. 2020;13(4):877-888.`, from what is known."""
    volume = reference.volume + (f"({reference.issue})" if reference.issue else "")
    date = str(reference.year or "")
    numbers = date + (";" if date and volume else "") + volume
    numbers += (":" if numbers else "") + reference.pages if reference.pages else ""
    return " ".join(f"{part.strip().rstrip('.')}." for part in (reference.journal, numbers) if part.strip())


def _doi(reference: Reference, before: str) -> Runs:
    if not reference.doi or reference.doi.lower() in before.lower():
        return ()
    return (Run(text=" "), doi_link(reference.doi)) if before else (doi_link(reference.doi),)


def _details(notice: Notice, ours: str) -> tuple[Block, ...]:
    own: Runs = (doi_link(notice.doi),) if notice.doi else ()
    address = web_address(notice.url)
    if not own and address:
        own = (Run(text=address, link=address),)
    rows = [
        (labels.NOTICE, own),
        (labels.DATE, linked(notice.date)),
        (labels.ISSUERS, _listed(notice.issuers)),
        (labels.REQUESTED_BY, _listed(notice.requested_by)),
        (labels.REASONS, _listed(notice.reasons)),
        (labels.POLICIES, _listed(notice.policies)),
    ]
    return _labelled(rows, ours, before=12)


def _listed(texts: Sequence[str]) -> Runs:
    """Return a list in one line, which begins with a capital."""
    line = "; ".join(texts)
    return linked(line[:1].upper() + line[1:])


def _labelled(rows: Sequence[tuple[str, Runs]], ours: str, *, before: float, cells: str = "") -> tuple[Block, ...]:
    told = tuple(((Run(text=label, bold=True),), runs) for label, runs in rows if runs)
    if not told:
        return ()
    style = Style(size=SMALL.size, leading=SMALL.leading, before=before)
    return (Table(shares=(0.25, 0.75), rows=told, style=style, heads_language=ours, cells_language=cells),)


def _statement(notice: Notice, ours: str) -> tuple[Block, ...]:
    texts = [runs for runs in map(linked, notice.statement) if runs]
    if not texts:
        return ()
    return _section(labels.STATEMENT, ours), *(Paragraph(runs=runs, style=BODY) for runs in texts)


def _matches(matches: tuple[FigureMatch, ...], ours: str, facts: CopyFacts | None) -> tuple[Block, ...]:
    if not matches:
        return ()
    rows = tuple(
        (tuple(_figures(match.figures, facts)), linked(match.source_figure), _cited(match.source)) for match in matches
    )
    style = Style(size=SMALL.size, leading=SMALL.leading, before=7)
    shares = (0.24, 0.12, 0.64) if facts and facts.figure_pages else (0.16, 0.12, 0.72)
    table = Table(shares=shares, rows=rows, style=style, header=labels.MATCH_COLUMNS, heads_language=ours)
    return _section(labels.MATCHES, ours), table


def _figures(figures: tuple[str, ...], facts: CopyFacts | None) -> Iterator[Run]:
    """Yield figures of the article, those on one page together, with the page behind them: `3A, 3E (page 4)`."""
    known: Mapping[str, tuple[int, ...]] = facts.figure_pages if facts else {}
    for place, (pages, group) in enumerate(groupby(figures, lambda figure: known.get(figure, ()))):
        yield Run(text=(", " if place else "") + settable(", ".join(group)))
        for number, page in enumerate(pages):
            yield Run(text=" (" if not number else ", ")
            text = labels.PAGE.format(page=page)
            yield Run(text=text, link=f"{PAGE_LINK}{page}" if facts and facts.within else "")
        if pages:
            yield Run(text=")")


def _cited(reference: Reference) -> Runs:
    parts = (", ".join(reference.authors), reference.title, _place_of(reference))
    composed = " ".join(f"{part.strip().rstrip('.')}." for part in parts if part.strip())
    text = composed if reference.title else reference.citation or composed
    return (*linked(text), *_doi(reference, text))


def _copy(facts: CopyFacts, marked_at: datetime, ours: str) -> tuple[Block, ...]:
    wording = labels.REBUILT_TEXT if facts.rebuilt else labels.COPY_TEXT
    text = wording.format(day=f"{marked_at:%Y-%m-%d}", tool=facts.tool, size=facts.original_size_bytes)
    rows = [
        (labels.ORIGINAL_SHA256, linked(facts.original_sha256)),
        (labels.CHECK, linked(labels.CHECK_TEXT)),
        (labels.RESTORE, linked(labels.RESTORE_TEXT)),
    ]
    return (
        _section(labels.COPY, ours),
        _line(text, SMALL, language=ours, leads=True),
        *_labelled(rows, ours, before=6, cells=ours),
    )
