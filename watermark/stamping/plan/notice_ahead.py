"""The notice document, typeset by a helper or a second thread while the pages of the article are drawn and read."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from watermark.article import Article
from watermark.article.marks.detector import AlsoRead
from watermark.notice import Notice
from watermark.notice.statement_markup import Markup, statement_markup
from watermark.pdf.geometry import A4, PageShape, paper_like
from watermark.pdf.page_range import PageRange
from watermark.pdf.parallel_pages import KEPT_PAGES
from watermark.pdf.rendering import RenderedDocument
from watermark.runtime.second_thread import SecondThread
from watermark.stamping.notice_document import CopyFacts, notice_document
from watermark.stamping.notice_document.blocks import Letterhead
from watermark.stamping.plan.figure_pages import (
    Captions,
    figure_pages,
    figures_of,
)
from watermark.stamping.plan.model import TOOL, StampRequest
from watermark.stamping.plan.page_measures import captions_on
from watermark.stamping.plan.wording import ENGLISH


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeInputs:
    """All that the notice document depends on."""

    notice: Notice
    facts: CopyFacts
    marked_at: datetime
    language: str
    markup: tuple[Markup, ...]
    letterhead: Letterhead | None
    paper: tuple[float, float]
    font: Path | None

    @classmethod
    def of(
        cls, request: StampRequest, facts: CopyFacts, markup: tuple[Markup, ...], shapes: Sequence[PageShape]
    ) -> "NoticeInputs":
        """Return the inputs for a request; `shapes` are those of the pages of the article."""
        notice, language = request.notice.notice, request.wording.language
        return cls(
            notice=notice,
            facts=facts,
            marked_at=request.marked_at,
            language=language if language != ENGLISH else notice.language,
            markup=markup,
            letterhead=request.letterhead,
            paper=paper_like(*shapes[0].displayed_size) if shapes else A4,
            font=request.font,
        )

    def document(self) -> bytes:
        """Return the document. Raises UsageError as `notice_document` does."""
        return notice_document(
            self.notice,
            facts=self.facts,
            marked_at=self.marked_at,
            font=self.font,
            language=self.language,
            markup=self.markup,
            letterhead=self.letterhead,
            paper=self.paper,
        )


class NoticeAhead:
    """A notice document that may be in the making, with inputs that were foreseen.

    `captions` are those of all pages, where they were read before the document was begun.
    """

    def __init__(
        self,
        inputs: NoticeInputs | None = None,
        ask: "Callable[[NoticeInputs], Future[bytes]] | None" = None,
        *,
        is_elsewhere: bool = False,
        rendered: RenderedDocument | None = None,
    ) -> None:
        """Have `ask` begin with the document for these inputs, in another process or not.

        With `rendered`, it is begun when the pages have been read, with those of the figures that it names.
        """
        self._inputs, self._ask, self._is_elsewhere, self._rendered = inputs, ask, is_elsewhere, rendered
        self._future = ask(inputs) if inputs and ask and rendered is None else None
        self.captions: Captions | None = None

    @property
    def also_read(self) -> AlsoRead | None:
        """What is to be read on the pages for the document, before it is begun."""
        return None if self._rendered is None else AlsoRead(captions_on, self._begin)

    def _begin(self, captions: Captions) -> None:
        assert self._inputs is not None
        assert self._ask is not None
        self.captions = captions
        pages = PageRange(1, len(self._rendered or ()))
        figures = figure_pages(self._inputs.notice, pages, self._rendered, captions)
        self._inputs = replace(self._inputs, facts=replace(self._inputs.facts, figure_pages=figures))
        self._future = self._ask(self._inputs)

    def wait(self) -> None:
        """Wait until the document is typeset: fonts are not read by two threads at a time."""
        if self._future and not self._is_elsewhere:
            self._future.exception()

    def document(self, inputs: NoticeInputs) -> bytes:
        """Return the document for the inputs as they are now known. Raises UsageError as `notice_document` does."""
        is_foreseen = self._future is not None and inputs == self._inputs
        if not is_foreseen or self._future is None or self._future.cancel():
            return inputs.document()
        return self._future.result()


def also_read_for(request: StampRequest) -> "Callable[[RenderedDocument, int], Any] | None":
    """Return what the document needs to be read on each page: the captions, if the notice names figures."""
    return captions_on if figures_of(request.notice.notice) else None


def notice_ahead(
    thread: SecondThread | None, request: StampRequest, article: Article, rendered: RenderedDocument
) -> NoticeAhead:
    """Have the document typeset that most copies of the article will have, unless too little is foreseen.

    Where the notice names figures, it is made when the pages have been read: an article that it is about has them. Of a
    long article, or without a helper, it is made without their pages, and is set again where some are found.
    """
    is_foreseen = not (request.rebuild or request.pages)
    is_embedded = request.notice_page in {"auto", "none"} and request.notice.media_type != "application/pdf"
    if thread is None or not is_foreseen or not is_embedded:
        return NoticeAhead()
    facts = CopyFacts(
        original_sha256=article.sha256,
        original_size_bytes=article.size_bytes,
        tool=TOOL,
        source=request.notice.dated_source,
    )
    inputs = NoticeInputs.of(request, facts, statement_markup(request.notice), article.shapes)
    if not rendered.team:
        return NoticeAhead(inputs, lambda inputs: thread.soon(inputs.document))
    team = rendered.team
    waits = len(rendered) <= KEPT_PAGES and also_read_for(request) is not None
    return NoticeAhead(
        inputs,
        lambda inputs: team.ask(NoticeInputs.document, inputs),
        is_elsewhere=True,
        rendered=rendered if waits else None,
    )
