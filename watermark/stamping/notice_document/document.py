"""The typeset notice as a file: PDF/A-2b and PDF/UA-1 (ISO 19005-2, ISO 14289-1), the same bytes each time."""

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from watermark.notice import Notice
from watermark.stamping.notice_document import labels
from watermark.stamping.notice_document.blocks import Block, runs_of
from watermark.stamping.notice_document.content import CopyFacts, language_of, notice_content
from watermark.stamping.notice_document.embedding import deflated, embedded
from watermark.stamping.notice_document.fonts import Faces, faces_for
from watermark.stamping.notice_document.layout import set_story
from watermark.stamping.notice_document.pages import BOLD, COLOUR_SPACE, HEIGHT, REGULAR, WIDTH, Page
from watermark.stamping.notice_document.structure_tree import Element, write_structure
from watermark.stamping.notice_document.text_cleanup import settable
from watermark.stamping.notice_document.xmp import packet

PDF_VERSION = "1.7"
_CR_AT_END = b"\r\nendstream"  # some readers take such a CR for a part of the line end


def notice_document(notice: Notice, *, facts: CopyFacts | None, marked_at: datetime, font: Path | None = None) -> bytes:
    """Return the notice as a PDF that claims PDF/A-2b and PDF/UA-1, tagged, in colours that need no profile.

    `facts` adds how the copy is proved and restored. Without `font` it is set in Source Sans Pro. Raises UsageError
    when the font cannot be used or a character cannot be set in it.
    """
    story, heading = notice_content(notice, facts, marked_at), labels.heading_of(notice.state)
    faces = _faces(story, heading, font)
    pages, structure = set_story(story, faces, heading)
    pdf = pikepdf.new()
    resources = _resources(pdf, faces)
    entries = [_page(pdf, page, resources) for page in pages]
    title = settable(notice.article.title or notice.title)
    _complete(pdf, structure, entries, language_of(notice))
    pdf.Root.Metadata = Stream(
        pdf,
        packet(f"{heading}: {title}" if title else heading, language_of(notice), marked_at),
        Type=Name.Metadata,
        Subtype=Name.XML,
    )
    data = _saved(pdf, packed=True)
    return data if _CR_AT_END not in data else _saved(pdf, packed=False)


def _saved(pdf: pikepdf.Pdf, *, packed: bool) -> bytes:
    """Return the bytes of the PDF; packed, its objects are in streams, which halves the structure."""
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    out = io.BytesIO()
    pdf.save(out, force_version=PDF_VERSION, object_stream_mode=mode, compress_streams=packed, deterministic_id=True)
    return out.getvalue()


def _faces(story: Sequence[Block], heading: str, font: Path | None) -> Faces:
    runs = [run for block in story for run in runs_of(block)]
    regular = "".join(run.text for run in runs if not run.bold)
    bold = "".join(run.text for run in runs if run.bold)
    return faces_for(regular + labels.FOOTER + heading + "0123456789", bold, font)


def _resources(pdf: pikepdf.Pdf, faces: Faces) -> Dictionary:
    fonts = Dictionary({REGULAR: embedded(pdf, faces.regular)})
    fonts[BOLD] = fonts[REGULAR] if faces.bold is faces.regular else embedded(pdf, faces.bold)
    calibrated = Dictionary(
        WhitePoint=[0.9505, 1, 1.089],
        Gamma=[2.2, 2.2, 2.2],
        Matrix=[0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505],
    )
    colours = Dictionary({COLOUR_SPACE: pdf.make_indirect(Array([Name.CalRGB, calibrated]))})
    return pdf.make_indirect(Dictionary(Font=fonts, ColorSpace=colours))


def _page(pdf: pikepdf.Pdf, page: Page, resources: Dictionary) -> Dictionary:
    box = Array([0, 0, WIDTH, HEIGHT])
    entry = Dictionary(
        Type=Name.Page,
        MediaBox=box,
        CropBox=box,
        Rotate=0,
        Resources=resources,
        Contents=deflated(pdf, page.content()),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(entry)))
    return pdf.pages[-1].obj


def _complete(pdf: pikepdf.Pdf, structure: Element, entries: list[Dictionary], language: str) -> None:
    pdf.Root.Lang = String(language)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.StructTreeRoot = write_structure(pdf, structure, entries)
