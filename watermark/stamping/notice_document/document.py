"""The notice as a file: PDF/A-2b and PDF/UA-1 (ISO 19005-2, ISO 14289-1), the same bytes each time."""

import io
import pkgutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Stream, String

from watermark.notice import Notice
from watermark.pdf.fonts import face as own
from watermark.pdf.fonts.embedding import embed_glyphs
from watermark.pdf.fonts.face import FontFace, face_at, own_face
from watermark.pdf.fonts.font_stack import FontStack
from watermark.pdf.new_objects import NewObjects
from watermark.pdf.object_draft import deflated
from watermark.pdf.serialization import Name as DraftName
from watermark.pdf.serialization import Value
from watermark.stamping.notice_document.blocks import Letterhead, Span, Spans, spans_of
from watermark.stamping.notice_document.content import Content, CopyFacts, language_of
from watermark.stamping.notice_document.labels import labels_for
from watermark.stamping.notice_document.structure_tree import StructureTree
from watermark.stamping.notice_document.text_cleanup import settable

PDF_VERSION = "1.7"
WEIGHTS = (own.TEXT, own.LETTERS, own.ITALIC, own.BOLD_ITALIC)
A4, LETTER = (595.28, 841.89), (612.0, 792.0)
CALIBRATED: list[Value] = [
    DraftName("/CalRGB"),
    {
        "/WhitePoint": [0.9505, 1, 1.089],
        "/Gamma": [2.2, 2.2, 2.2],
        "/Matrix": [0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505],
    },
]
"""sRGB, near enough, as a colour space of its own: no output intent is needed."""
_CR_AT_END = b"\r\nendstream"  # some readers take such a CR for a part of the line end


def notice_document(  # noqa: PLR0913 - each is one choice of the caller
    notice: Notice,
    *,
    facts: CopyFacts | None,
    marked_at: datetime,
    font: Path | None = None,
    language: str = "",
    statement: Sequence[tuple[Spans, bool]] = (),
    letterhead: Letterhead | None = None,
    paper: tuple[float, float] = A4,
) -> bytes:
    """Return the notice as a tagged PDF that claims PDF/A-2b and PDF/UA-1.

    `font` has the characters that Source Sans Pro lacks. The labels are in `language`, or else in the notice's own.
    `statement` are its paragraphs with bold and italics, and whether each is an item of a list; without it they are
    plain. Raises UsageError if the font cannot be used, or if a character cannot be set.
    """
    from watermark.stamping.notice_document.layout import Fonts, Layout  # noqa: PLC0415 - reportlab takes 0.1 s to load

    given = (face_at(str(font), language_of(notice)),) if font else ()
    fonts = Fonts(*(FontStack((*given, own_face(name))) for name in WEIGHTS))
    labels = labels_for((language, language_of(notice)), fonts.regular)
    heading, letterhead = labels.heading(notice.state), letterhead or Letterhead()
    content = Content(
        notice=notice,
        facts=facts,
        labels=labels,
        publisher=letterhead.name,
        marked_at=marked_at,
        statement=statement or [((Span(text=text),), False) for text in notice.statement],
    )
    story = list(content.blocks())
    for block in story:
        for span in spans_of(block):
            fonts.of(span).require(span.text)
    pdf = pikepdf.new()
    tree = StructureTree(pdf, paper)
    canvas = Layout(fonts, labels, letterhead, tree, paper).set_pages(story, heading)
    resources = _resources(NewObjects(pdf), canvas.glyphs, letterhead)
    for page, drawn in zip(pdf.pages, canvas.contents(), strict=True):
        page.obj.Resources = resources
        page.obj.Contents = Stream(pdf, deflated(drawn), Filter=Name.FlateDecode)
    title = settable(notice.article.title or notice.title)
    pdf.Root.Lang = String(language_of(notice))
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.StructTreeRoot = tree.finished()
    packet = _xmp(f"{heading}: {title}" if title else heading, language_of(notice), marked_at)
    pdf.Root.Metadata = Stream(pdf, packet, Type=Name.Metadata, Subtype=Name.XML)
    data = _saved(pdf, packed=True)
    return data if _CR_AT_END not in data else _saved(pdf, packed=False)


def _saved(pdf: pikepdf.Pdf, *, packed: bool) -> bytes:
    """Return the bytes of the PDF; packed, its objects are in streams, which halves the structure."""
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    out = io.BytesIO()
    pdf.save(out, force_version=PDF_VERSION, object_stream_mode=mode, compress_streams=packed, deterministic_id=True)
    return out.getvalue()


def _resources(objects: NewObjects, glyphs: Mapping[FontFace, Mapping[str, str]], letterhead: Letterhead) -> Any:  # noqa: ANN401 - a dictionary
    """Return the fonts, the colour space and the logo of all pages."""
    space = objects.add(CALIBRATED)
    fonts = {f"/Notice{index}": embed_glyphs(objects, *used).ref for index, used in enumerate(glyphs.items())}
    resources: dict[str, Value] = {"/ColorSpace": {"/NoticeRGB": space}, "/Font": fonts}
    if logo := letterhead.logo:
        picture: dict[str, Value] = {"/Type": DraftName("/XObject"), "/Subtype": DraftName("/Image")}
        picture |= {"/Width": logo.width, "/Height": logo.height, "/BitsPerComponent": 8, "/ColorSpace": space}
        resources["/XObject"] = {"/NoticeLogo": objects.add_stream(picture, logo.pixels)}
    return objects.entered(objects.add(resources))


def _xmp(title: str, language: str, at: datetime) -> bytes:
    """Return the XMP packet in UTF-8 (ISO 16684-1). It is never compressed: some validators refuse that."""
    template = pkgutil.get_data("watermark.stamping.notice_document", "xmp_packet.txt")
    assert template is not None  # it is installed with the tool
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    values = {"title": escape(title, quote=False), "language": escape(language, quote=False), "at": moment}
    return template.decode("utf-8").format(**values).encode("utf-8")
