"""Blocks as a PDF that claims PDF/A-2 and PDF/UA-1 (ISO 19005-2, ISO 14289-1), the same bytes each time."""

import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, Stream, String

from watermark.pdf.fonts import face as own
from watermark.pdf.fonts.face import face_at, own_face
from watermark.pdf.fonts.font_stack import FontFamily, FontStack
from watermark.pdf.new_objects import NewObjects, packed_stream
from watermark.pdf.paper import A4
from watermark.pdf.tagged.structure_tree import PICTURE, StructureTree
from watermark.runtime.expressions import compiled_when_used
from watermark.stamping.notice_document.blocks import Block, Letterhead, Logo
from watermark.stamping.notice_document.labels import Labels

WEIGHTS = (own.TEXT, own.LETTERS, own.ITALIC, own.BOLD_ITALIC)
LONG_EXPRESSIONS = "reportlab.platypus.paragraph"
"""Compiles an expression for addresses when it is loaded, which takes 25 ms; no document here needs it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typesetting:
    """How a document is set: the heading is in the footer, too. `pictures` are by the names of their resources.

    `conformance` is the level of PDF/A-2 that it claims: "B" or "U".
    """

    fonts: FontFamily
    labels: Labels
    letterhead: Letterhead
    heading: str
    title: str
    language: str
    at: datetime
    paper: tuple[float, float] = A4
    conformance: str = "B"
    pictures: Mapping[str, Logo] = field(default_factory=dict)


def font_family(font: Path | None, language: str) -> FontFamily:
    """Return the fonts of a document: the font in a file if one is given, and Source Sans Pro for what it lacks.

    A font file has one weight, so nothing that it draws is bold or italic. Raises UsageError if the font cannot be
    used.
    """
    given = (face_at(str(font), language),) if font else ()
    return FontFamily(tuple(FontStack((*given, own_face(name))) for name in WEIGHTS))


def typeset(story: Sequence[Block], setting: Typesetting) -> pikepdf.Pdf:
    """Return the document, which is not saved yet. Raises UsageError if a character cannot be set."""
    with compiled_when_used(LONG_EXPRESSIONS):
        from watermark.pdf.tagged.pages import resources  # noqa: PLC0415 - reportlab takes 0.05 s to load
        from watermark.stamping.notice_document.page_layout import Layout  # noqa: PLC0415 - see above

    pdf = pikepdf.new()
    tree = StructureTree(pdf, setting.paper)
    layout = Layout(setting.fonts, setting.labels, setting.letterhead, tree, setting.paper)
    canvas = layout.set_pages(story, setting.heading)
    logo = setting.letterhead.logo
    pictures = ({PICTURE: logo} if logo else {}) | dict(setting.pictures)
    images = {name: (one.width, one.height, one.pixels) for name, one in pictures.items()}
    shared = resources(NewObjects(pdf), canvas, images)
    for page, drawn in zip(pdf.pages, canvas.contents(), strict=True):
        page.obj.Resources = shared
        page.obj.Contents = packed_stream(pdf, drawn)
    pdf.Root.Lang = String(setting.language)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.StructTreeRoot = tree.finished()
    pdf.Root.Metadata = Stream(pdf, _xmp(setting), Type=Name.Metadata, Subtype=Name.XML)
    return pdf


def _xmp(setting: Typesetting) -> bytes:
    """Return the XMP packet in UTF-8 (ISO 16684-1). It is never compressed: some validators refuse that."""
    template = pkgutil.get_data("watermark.stamping.notice_document", "xmp_packet.txt")
    assert template is not None  # it is installed with the tool
    moment = setting.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    title, language = (escape(text, quote=False) for text in (setting.title, setting.language))
    values = {"title": title, "language": language, "at": moment, "conformance": setting.conformance}
    return template.decode("utf-8").format(**values).encode("utf-8")
