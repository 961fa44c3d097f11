"""The blocks of a certificate: on the first page the retraction, on the second how the copy was checked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from watermark.article.matching import CERTIFICATE_HEADING
from watermark.models import Claim, Status, plain
from watermark.notice import Notice
from watermark.notice.reference_text import published_in
from watermark.notice.state_sentences import happened_to
from watermark.pdf.fonts.font_stack import FontFamily
from watermark.pdf.fonts.settable_text import settable
from watermark.runtime.text_safety import escaped, one_line
from watermark.stamping.certificate.claims import NONE, NOT_CHECKED, PASSED, Row, is_of_own_key, rows_of, seal_rows
from watermark.stamping.certificate.facts import CertificateFacts
from watermark.stamping.certificate.instructions import instructions
from watermark.stamping.certificate.overrides import overrides_in
from watermark.stamping.notice_document.blocks import (
    Block,
    Figure,
    FigureRow,
    Paragraph,
    Span,
    Spans,
    Style,
    Table,
)
from watermark.stamping.notice_document.labels import ENGLISH
from watermark.stamping.notice_document.notice_blocks import language_of
from watermark.stamping.notice_document.text_cleanup import capital, known_rows, linked, web_address, with_doi

H1 = Style(size=24, leading=29, colour="accent")
LEAD = Style(size=11, leading=15, before=6)
TITLE = Style(size=14, leading=17.5, before=14)
BODY = Style(size=9.5, leading=13, before=5)
GREY = Style(size=9, leading=12, before=4, colour="grey")
SECTION = Style(size=12, leading=15, before=15, colour="accent")
SMALL = Style(size=8.8, leading=11.6, before=5)
BEFORE, AFTER = "/Before", "/After"
NOT_MADE_AGAIN = (
    "Not checked: whether the marking, made again from the original and the notice, gives the same file. Verifying the "
    "copy again checks that, too."
)
COLOURS = {PASSED: "good", NONE: "grey"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much of each text is shown, in characters, and the largest width and height of a picture in points.

    If `is_parted`, the checks begin on the second page.
    """

    title: int
    names: int
    text: int
    statement: int
    picture: tuple[float, float]
    is_parted: bool = True


ROOMS = (
    Room(title=320, names=620, text=400, statement=420, picture=(212.0, 276.0)),
    Room(title=320, names=620, text=400, statement=420, picture=(212.0, 200.0)),
    Room(title=240, names=320, text=220, statement=260, picture=(190.0, 200.0)),
    Room(title=240, names=320, text=220, statement=260, picture=(150.0, 170.0), is_parted=False),
    Room(title=160, names=160, text=120, statement=140, picture=(110.0, 120.0), is_parted=False),
    Room(title=90, names=90, text=50, statement=80, picture=(110.0, 90.0), is_parted=False),
)
"""From the usual one to the smallest: a certificate has two pages at most."""


def listed(names: Sequence[str], most: int) -> str:
    """Return names with commas, as many as have room, and how many more there are."""
    shown: list[str] = []
    for name in names:
        if shown and len(", ".join([*shown, name])) > most:
            break
        shown.append(plain(settable(name), most))
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


@dataclass(frozen=True, slots=True)
class CertificateContent:
    """The content of one certificate, with as much of each text as there is room for.

    A character of the article or the notice that no font has is an error; elsewhere, as in the name of a file, it is
    shown by its number.
    """

    facts: CertificateFacts
    room: Room
    fonts: FontFamily

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks in reading order."""
        yield from self._head()
        yield from self._article()
        yield from self._details()
        yield from self._pictures()
        for part in (self._checks, self._decisions, self._digests, self._seal, self._instructions):
            yield from map(self._settable, part())

    def _settable(self, block: Block) -> Block:
        """Return a block in which the fonts have each character."""
        if isinstance(block, Paragraph):
            return replace(block, spans=self._escaped(block.spans))
        if isinstance(block, Table):
            return replace(block, rows=tuple(tuple(map(self._escaped, row)) for row in block.rows))
        return block

    def _escaped(self, spans: Spans) -> Spans:
        return tuple(
            replace(span, text="".join(escaped(c) if self.fonts.regular.lacks(c) else c for c in span.text))
            if self.fonts.regular.lacks(span.text)
            else span
            for span in spans
        )

    @property
    def _notice(self) -> Notice | None:
        return self.facts.notice.notice if self.facts.notice else None

    @property
    def _language(self) -> str:
        """The language of the article's and the notice's own words, if it is not English."""
        language = language_of(self._notice) if self._notice else ENGLISH
        return "" if language.partition("-")[0].lower() == ENGLISH else language

    def _head(self) -> Iterator[Block]:
        if publisher := settable(self.facts.letterhead.name):
            yield Paragraph(spans=(Span(text=publisher, bold=True),), style=GREY)
        yield Paragraph(spans=(Span(text=CERTIFICATE_HEADING, bold=True),), style=H1, role="H1", leads=True)
        receipt = self.facts.receipt
        made = f"{receipt.marked_at:%Y-%m-%d} with {plain(receipt.tool, 60)}"
        where = receipt.pages.in_words if receipt.pages else "every page"
        text = f"The article below {happened_to(receipt.state)}. A copy of it was marked on {where} on {made}. "
        yield Paragraph(spans=(Span(text=text), *self._verdict()), style=LEAD)

    def _verdict(self) -> Spans:
        """Return the result in one sentence: it says that all was checked only if it was."""
        report, at = self.facts.report, f"{self.facts.at:%Y-%m-%d %H:%M} UTC"
        if report.passed and all(judge.status is Status.OK for judge in self.facts.judges):
            is_decided = self.facts.receipt.match != "match"
            more = ", but a person decided that it is the right article: see below" if is_decided else ""
            if any(map(is_of_own_key, report.findings)):
                more += "; whose seal it has was not checked"
            text = f"The copy was verified on {at}, and every check passed{more}."
            return (Span(text=text, bold=True, colour="open" if is_decided else "good"),)
        text = f"The check of {at} found no problem, but not everything could be checked: see below."
        return (Span(text=text, bold=True, colour="open"),)

    def _article(self) -> Iterator[Block]:
        notice, doi = self._notice, self.facts.receipt.article_doi
        article = notice.article if notice else None
        language = self._language
        if title := settable(article.title or (notice.title if notice else "")) if article else "":
            shown = Span(text=plain(title, self.room.title), bold=True)
            yield Paragraph(spans=(shown,), style=TITLE, language=language)
        if article and article.authors:
            names = listed(article.authors, self.room.names)
            yield Paragraph(spans=(Span(text=names),), style=BODY, language=language)
        published = plain(settable(published_in(article) or article.citation), self.room.text) if article else ""
        if spans := with_doi(published, doi):
            yield Paragraph(spans=spans, style=GREY if title else TITLE, language=language)

    def _details(self) -> Iterator[Block]:
        notice, receipt, room = self._notice, self.facts.receipt, self.room
        state = {"State": linked(receipt.state.value.replace("_", " ").capitalize())}
        rows: dict[str, Spans] = {}
        if notice:
            rows["Issued by"] = linked(listed(notice.issuers, room.text))
            rows["At the request of"] = linked(capital(listed(notice.requested_by, room.text)))
            rows["Reasons"] = linked(capital(listed(notice.reasons, room.text)))
            rows["Words of the notice"] = self._quotation(notice)
            rows["Date"] = linked(notice.date)
        address = web_address(receipt.notice_link)
        rows["Notice"] = (Span(text=plain(address, room.text), link=address),) if address else ()
        if self.facts.notice and self.facts.notice.source:
            rows["Source"] = linked(plain(self.facts.notice.description, room.text))
        marks = [f"{one.marked_at:%Y-%m-%d} as {one.state.value.replace('_', ' ')}" for one in self.facts.earlier]
        rows["Marked earlier"] = linked(listed(marks, room.text))
        if not notice:
            rows["Note"] = linked("The notice was not at hand when this certificate was made.")
        if not self._language:
            yield self._table({**state, **rows}, before=12)
            return
        yield self._table(state, before=12)
        if any(rows.values()):
            yield replace(self._table(rows, before=0), cell_language=self._language)

    def _quotation(self, notice: Notice) -> Spans:
        """Return the beginning of the statement where the notice gives no reasons as such."""
        text = settable(" ".join(notice.statement))
        return linked(f"“{plain(text, self.room.statement)}”") if text and not notice.reasons else ()

    def _table(self, rows: Mapping[str, Spans], *, before: float) -> Table:
        return Table(shares=(0.22, 0.78), rows=known_rows(rows), style=replace(SMALL, before=before))

    def _heading(self, text: str, *, new_page: bool = False) -> Paragraph:
        spans = (Span(text=text, bold=True),)
        return Paragraph(spans=spans, style=SECTION, role="H2", leads=True, starts_page=new_page)

    def _pictures(self) -> Iterator[Block]:
        pages = self.facts.receipt.pages
        yield self._heading(f"Page {pages.first}, before and after" if pages else "The first page, before and after")
        figures = []
        pictures = {"before it was marked": (BEFORE, self.facts.before), "with the mark": (AFTER, self.facts.after)}
        for what, (name, pixels) in pictures.items():
            if pixels is not None:
                height, width = pixels.shape[:2]
                scale = min(self.room.picture[0] / width, self.room.picture[1] / height)
                caption = "Before" if name == BEFORE else "After"
                page = f"page {pages.first}, the first page" if pages else "the first page"
                description = f"Picture of {page} of the article {what}"
                figures.append(
                    Figure(
                        picture=name,
                        width=width * scale,
                        height=height * scale,
                        description=description,
                        caption=(Span(text=caption),),
                    )
                )
        if figures:
            yield FigureRow(figures=tuple(figures), style=replace(GREY, before=8))
        if len(figures) < len(pictures):
            missing = "The page could not be drawn." if not figures else "The other picture could not be drawn."
            yield Paragraph(spans=(Span(text=missing),), style=BODY)

    def _checks(self) -> Iterator[Block]:
        facts = self.facts
        rows = list(rows_of(facts.report, facts.receipt, was_marked=bool(facts.earlier)))
        for judge in facts.judges:
            result = PASSED if judge.status is Status.OK else NOT_CHECKED
            meaning = f"Asked about the original and the copy: {plain(judge.message, self.room.text)}"
            rows.append(
                Row(title=plain(judge.name, 16), result=result, meaning=meaning, judges=(plain(judge.name, 16),))
            )
        yield self._heading("What was checked", new_page=self.room.is_parted)
        header = tuple((Span(text=text, bold=True),) for text in ("Check", "Result", "What that means", "Checked with"))
        yield Table(
            shares=(0.18, 0.14, 0.5, 0.18),
            header=header,
            rows=tuple(self._checked(row) for row in rows),
            style=replace(SMALL, before=5),
        )
        if Claim.REPRODUCED not in facts.report.claims:
            yield Paragraph(spans=(Span(text=NOT_MADE_AGAIN),), style=replace(SMALL, colour="grey"))

    def _checked(self, row: Row) -> tuple[Spans, ...]:
        result = Span(text=row.result, bold=True, colour=COLOURS.get(row.result, "open"))
        meaning = Span(text=plain(settable(row.meaning), self.room.text))
        return (Span(text=row.title, bold=True),), (result,), (meaning,), (Span(text=", ".join(row.judges) or "-"),)

    def _decisions(self) -> Iterator[Block]:
        yield self._heading("Decided by a person")
        sentences = list(overrides_in(self.facts.receipt)) or ["Nothing: no safeguard of the tool was overridden."]
        for text in sentences:
            yield Paragraph(spans=linked(plain(text, self.room.text)), style=SMALL, is_item=len(sentences) > 1)

    def _digests(self) -> Iterator[Block]:
        facts, receipt, published = self.facts, self.facts.receipt, self.facts.published
        yield self._heading("Digests (SHA-256)")
        rows = {
            "Original": linked(f"{published.original_sha256}, {published.original_size_bytes:,} bytes"),
            "Before this mark": linked(f"{receipt.original_sha256}, {receipt.original_size_bytes:,} bytes"),
            "Marked copy": linked(f"{facts.copy_sha256}, {facts.copy_size_bytes:,} bytes"),
            "Name of the copy": linked(plain(one_line(facts.copy_name), self.room.text)),
            "What the notice says": linked(receipt.notice_digest),
        }
        if not facts.earlier:
            del rows["Before this mark"]
        yield self._table(rows, before=5)

    def _seal(self) -> Iterator[Block]:
        yield self._heading("Seal")
        rows = list(seal_rows(self.facts.report))
        for row in rows:
            spans = (Span(text=f"{row.result}: ", bold=True, colour=COLOURS.get(row.result, "open")),)
            yield Paragraph(spans=(*spans, *linked(plain(row.meaning, self.room.text))), style=SMALL)
        if not rows:
            text = "The copy is not sealed: it has no digital signature that shows who marked it."
            yield Paragraph(spans=(Span(text=text),), style=SMALL)
        text = "This certificate is not signed. It is a description: what counts is the copy, which anybody can verify."
        yield Paragraph(spans=(Span(text=text),), style=SMALL)

    def _instructions(self) -> Iterator[Block]:
        yield self._heading("How anybody can verify the copy and get the original back")
        for text in instructions(self.facts):
            yield Paragraph(spans=_with_commands(text), style=SMALL, is_item=True)


def _with_commands(text: str) -> Spans:
    """Return a sentence with what is between backticks in bold."""
    return tuple(Span(text=part, bold=bool(number % 2)) for number, part in enumerate(text.split("`")) if part)
