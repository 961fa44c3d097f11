"""The notice as a file: PDF/A-2b and PDF/UA-1 (ISO 19005-2, ISO 14289-1), the same bytes each time."""

import json
import pkgutil
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, Stream, String

from watermark.notice import Notice
from watermark.notice.statement_markup import Markup
from watermark.pdf.fonts import face as own
from watermark.pdf.fonts.face import face_at, own_face
from watermark.pdf.fonts.font_stack import FontFamily, FontStack
from watermark.pdf.fonts.settable_text import settable
from watermark.pdf.new_objects import NewObjects, packed_stream, saved
from watermark.pdf.paper import A4
from watermark.pdf.tagged.structure_tree import StructureTree
from watermark.stamping.notice_document.blocks import Letterhead
from watermark.stamping.notice_document.content import Content, CopyFacts, language_of
from watermark.stamping.notice_document.labels import labels_for

WEIGHTS = (own.TEXT, own.LETTERS, own.ITALIC, own.BOLD_ITALIC)
DATA_KEY = "/RetractionNotice"
"""The entry of the document information with the notice as data: reading the file gives the same notice."""


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
    from watermark.pdf.tagged.pages import resources  # noqa: PLC0415 - reportlab takes 0.1 s to load
    from watermark.stamping.notice_document.layout import Layout  # noqa: PLC0415 - see above

    given = (face_at(str(font), language_of(notice)),) if font else ()
    fonts = FontFamily(tuple(FontStack((*given, own_face(name))) for name in WEIGHTS))
    labels = labels_for((language, language_of(notice)), fonts.regular)
    heading, letterhead = labels.heading(notice.state), letterhead or Letterhead()
    content = Content(notice, facts, labels, letterhead.name, marked_at, markup)
    pdf = pikepdf.new()
    tree = StructureTree(pdf, paper)
    canvas = Layout(fonts, labels, letterhead, tree, paper).set_pages(list(content.blocks()), heading)
    logo = letterhead.logo
    shared = resources(NewObjects(pdf), canvas, (logo.width, logo.height, logo.pixels) if logo else None)
    for page, drawn in zip(pdf.pages, canvas.contents(), strict=True):
        page.obj.Resources = shared
        page.obj.Contents = packed_stream(pdf, drawn)
    title = settable(notice.article.title or notice.title)
    pdf.Root.Lang = String(language_of(notice))
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.StructTreeRoot = tree.finished()
    packet = _xmp(f"{heading}: {title}" if title else heading, language_of(notice), marked_at)
    pdf.Root.Metadata = Stream(pdf, packet, Type=Name.Metadata, Subtype=Name.XML)
    pdf.docinfo[DATA_KEY] = String(json.dumps({"notice": asdict(notice), "source": facts.source if facts else ""}))
    return saved(pdf)


def _xmp(title: str, language: str, at: datetime) -> bytes:
    """Return the XMP packet in UTF-8 (ISO 16684-1). It is never compressed: some validators refuse that."""
    template = pkgutil.get_data("watermark.stamping.notice_document", "xmp_packet.txt")
    assert template is not None  # it is installed with the tool
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    values = {"title": escape(title, quote=False), "language": escape(language, quote=False), "at": moment}
    return template.decode("utf-8").format(**values).encode("utf-8")
