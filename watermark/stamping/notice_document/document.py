"""The notice as a file: PDF/A-2b and PDF/UA-1 (ISO 19005-2, ISO 14289-1), the same bytes each time."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from pikepdf import String

from watermark.notice import Notice
from watermark.notice.statement_markup import Markup
from watermark.pdf.fonts.font_stack import font_family
from watermark.pdf.fonts.settable_text import settable
from watermark.pdf.geometry import A4
from watermark.pdf.new_objects import saved
from watermark.stamping.notice_document.blocks import Letterhead, Typesetting
from watermark.stamping.notice_document.labels import labels_for
from watermark.stamping.notice_document.notice_blocks import Content, CopyFacts, language_of
from watermark.stamping.notice_document.typesetting import typeset

DATA_KEY = "/RetractionNotice"
"""The entry of the document information with the notice as data: reading the file gives the same notice.

More text than a string may have is continued in entries with a number, from 1.
"""
MAX_STRING_BYTES = 32_767
"""The longest string that PDF/A-2 allows (ISO 19005-2 6.1.13)."""


def notice_document(  # noqa: PLR0913 - each is one choice of the caller
    notice: Notice,
    *,
    facts: CopyFacts | None,
    marked_at: datetime,
    font: Path | None = None,
    language: str = "",
    markup: Sequence[Markup] = (),
    letterhead: Letterhead | None = None,
    paper: tuple[float, float] = A4,
) -> bytes:
    """Return the notice as a tagged PDF that claims PDF/A-2b and PDF/UA-1.

    `font` has the characters that Source Sans Pro lacks. The labels are in `language`, or else in the notice's own.
    `markup` has the italics and the list items of the statement. `paper` is the size of the pages in points. Raises
    UsageError if the font cannot be used, or if a character cannot be set.
    """
    fonts = font_family(font, language_of(notice))
    labels = labels_for((language, language_of(notice)), fonts.regular)
    heading, letterhead = labels.heading(notice.state), letterhead or Letterhead()
    content = Content(notice, facts, labels, letterhead.name, marked_at, markup)
    title = settable(notice.article.title or notice.title)
    setting = Typesetting(
        fonts=fonts,
        labels=labels,
        letterhead=letterhead,
        heading=heading,
        title=f"{heading}: {title}" if title else heading,
        language=language_of(notice),
        at=marked_at,
        paper=paper,
    )
    pdf = typeset(list(content.blocks()), setting)
    data = json.dumps({"notice": asdict(notice), "source": facts.source if facts else ""})
    for number, start in enumerate(range(0, len(data), MAX_STRING_BYTES)):
        pdf.docinfo[f"{DATA_KEY}{number or ''}"] = String(data[start : start + MAX_STRING_BYTES])
    return saved(pdf)
