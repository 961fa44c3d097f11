"""The blocks of the document, from what a notice says: nothing is added but labels."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby, pairwise

from watermark.notice import FigureMatch, Notice
from watermark.notice.reference_text import cited, published_in
from watermark.notice.statement_markup import Markup
from watermark.pdf.fonts.settable_text import settable
from watermark.pdf.tagged.structure_tree import PAGE_LINK
from watermark.stamping.notice_document.blocks import (
    Block,
    Paragraph,
    Span,
    Spans,
    Style,
    Table,
)
from watermark.stamping.notice_document.labels import ENGLISH, Labels
from watermark.stamping.notice_document.text_cleanup import (
    capital,
    doi_link,
    emphasised,
    known_rows,
    linked,
    web_address,
    with_doi,
)

HEADING = Style(size=24, leading=29, colour="accent")
TITLE = Style(size=14, leading=17.5, before=7)
BODY = Style(size=10, leading=13.6, before=5)
CITATION = Style(size=9, leading=12, before=4, colour="grey")
SECTION = Style(size=12, leading=15, before=13, colour="accent")
SMALL = Style(size=9, leading=12, before=5)
LISTS = ("issuers", "requested_by", "reasons", "policies")
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyFacts:
    """The copy that a notice is made for: digest and size in bytes of its original, and the tool that marked it.

    `rebuilt` is true if the original is attached to the copy and is not its first part. `figure_pages` are the pages
    of the article, from 1, with the captions of its figures; `within` is true if the notice becomes pages of the copy,
    so that it can link to them. `source` names the index that the notice is a record of, with its day, and is empty for
    the publisher's own notice.
    """

    original_sha256: str
    original_size_bytes: int
    tool: str
    rebuilt: bool = False
    figure_pages: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    within: bool = False
    source: str = ""


def language_of(notice: Notice) -> str:
    """Return the language tag of the notice, or English if it has no well-formed one."""
    return notice.language if LANGUAGE_TAG.match(notice.language) else ENGLISH


@dataclass(frozen=True, slots=True)
class Content:
    """The content of one document; `markup` has the italics and list items of the statement."""

    notice: Notice
    facts: CopyFacts | None
    labels: Labels
    publisher: str
    marked_at: datetime
    markup: Sequence[Markup]

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks in reading order."""
        if settable(self.publisher):
            yield Paragraph(spans=(Span(text=settable(self.publisher), bold=True),), style=CITATION)
        yield self._label(self.labels.heading(self.notice.state), HEADING, "H1")
        yield from self._article()
        yield from self._details()
        yield from self._statement()
        yield from self._matches()
        yield from self._copy()

    @property
    def _language(self) -> str:
        """The language of the labels, if it is not that of the notice."""
        own = language_of(self.notice).partition("-")[0].lower()
        return "" if own == self.labels.language else self.labels.language

    def _label(self, text: str, style: Style = SECTION, role: str = "H2") -> Paragraph:
        spans = (Span(text=text, bold=role != "P"),)
        return Paragraph(spans=spans, style=style, role=role, language=self._language, leads=True)

    def _article(self) -> Iterator[Block]:
        article = self.notice.article
        title = settable(article.title or self.notice.title)
        published = published_in(article)
        if article.citation and not published and not (title and article.authors):
            published = article.citation
        for text, style in ((title, TITLE), (settable(", ".join(article.authors)), BODY)):
            if text:
                yield Paragraph(spans=(Span(text=text, bold=style is TITLE),), style=style)
        if spans := with_doi(published, article.doi):
            yield Paragraph(spans=spans, style=CITATION)

    def _details(self) -> Iterator[Block]:
        notice = self.notice
        own: Spans = (doi_link(notice.doi),) if notice.doi else ()
        if not own and (address := web_address(notice.url)):
            own = (Span(text=address, link=address),)
        source = self.facts.source if self.facts else ""
        lists = {key: linked(capital("; ".join(getattr(notice, key)))) for key in LISTS}
        found = linked(self.labels["source_text"].format(source=source) if source else "")
        yield from self._labelled({"source": found, "notice": own, "date": linked(notice.date), **lists}, before=12)

    def _labelled(self, rows: Mapping[str, Spans], *, before: float) -> Iterator[Block]:
        """Yield a table of what is known, by the key of its label."""
        if known := known_rows({self.labels[key]: spans for key, spans in rows.items()}):
            style = replace(SMALL, before=before)
            yield Table(shares=(0.25, 0.75), rows=known, style=style, language=self._language)

    def _statement(self) -> Iterator[Block]:
        markup: dict[int, list[Markup]] = {}
        for part in self.markup:
            markup.setdefault(part.paragraph, []).append(part)
        paragraphs = [
            Paragraph(spans=spans, style=BODY, is_item=any(part.kind == "item" for part in parts))
            for index, text in enumerate(self.notice.statement)
            for parts in [markup.get(index, [])]
            if (spans := emphasised(_spans(text, parts)))
        ]
        if paragraphs:
            yield self._label(self.labels["statement"])
            yield from paragraphs

    def _matches(self) -> Iterator[Block]:
        if not (matches := self.notice.figure_matches):
            return
        yield self._label(self.labels["matches"])
        yield Table(
            shares=(0.24, 0.16, 0.6) if self.facts and self.facts.figure_pages else (0.22, 0.16, 0.62),
            rows=tuple(map(self._match, matches)),
            style=replace(SMALL, before=7),
            header=tuple((Span(text=text, bold=True),) for text in self.labels.words["match_columns"]),
            language=self._language,
        )

    def _match(self, match: FigureMatch) -> tuple[Spans, ...]:
        source = match.source
        return tuple(self._figures(match)), linked(match.source_figure), with_doi(cited(source), source.doi)

    def _figures(self, match: FigureMatch) -> Iterator[Span]:
        """Yield figures of the article, those on one page together, with the page after them: `3A, 3E (page 4)`."""
        known: Mapping[str, tuple[int, ...]] = self.facts.figure_pages if self.facts else {}
        for position, (pages, group) in enumerate(groupby(match.figures, lambda figure: known.get(figure, ()))):
            yield Span(text=(", " if position else "") + settable(", ".join(group)))
            for number, page in enumerate(pages):
                yield Span(text=", " if number else " (")
                link = f"{PAGE_LINK}{page}" if self.facts and self.facts.within else ""
                yield Span(text=self.labels["page"].format(page=page), link=link)
            if pages:
                yield Span(text=")")

    def _copy(self) -> Iterator[Block]:
        labels = self.labels
        if not (facts := self.facts):
            return
        wording = labels["rebuilt_text"] if facts.rebuilt else labels["copy_text"]
        size = f"{facts.original_size_bytes:,}".replace(",", labels["thousands"])
        text = wording.format(day=f"{self.marked_at:%Y-%m-%d}", tool=facts.tool, size=size)
        yield self._label(labels["copy"])
        yield self._label(settable(text), SMALL, "P")
        yield from self._labelled({"original_sha256": linked(facts.original_sha256)}, before=6)


def _spans(text: str, parts: Sequence[Markup]) -> Spans:
    """Return a paragraph as spans, parted where its markup begins and ends."""
    ends = sorted({0, len(text), *(end for part in parts for end in (part.start, part.end) if 0 <= end <= len(text))})
    return tuple(
        Span(text=text[start:end], bold="bold" in kinds, italic="italic" in kinds)
        for start, end in pairwise(ends)
        for kinds in [{part.kind for part in parts if part.start <= start and end <= part.end}]
    )
