"""Blocks as a PDF that claims PDF/A-2 and PDF/UA-1 (ISO 19005-2, ISO 14289-1), the same bytes each time."""

import pkgutil
from collections.abc import Sequence
from datetime import UTC
from html import escape

import pikepdf
from pikepdf import Dictionary, Name, Stream, String

from watermark.pdf.new_objects import NewObjects, packed_stream
from watermark.pdf.tagged.structure_tree import PICTURE, StructureTree
from watermark.runtime.expressions import compiled_when_used
from watermark.stamping.notice_document.blocks import Block, Typesetting

LONG_EXPRESSIONS = ("reportlab.platypus.paragraph", "reportlab.lib.textsplit", "reportlab.lib.rl_safe_eval")
"""Modules that compile expressions when they are loaded, for 30 ms; no document here needs them."""


def typeset(story: Sequence[Block], setting: Typesetting) -> pikepdf.Pdf:
    """Return the document, which is not saved yet. Raises UsageError if a character cannot be set."""
    with compiled_when_used(*LONG_EXPRESSIONS):
        from watermark.pdf.tagged.canvas import resources  # noqa: PLC0415 - reportlab takes 0.05 s to load
        from watermark.stamping.notice_document.page_layout import Layout  # noqa: PLC0415 - see above

    pdf = pikepdf.new()
    tree = StructureTree(pdf, setting.paper)
    canvas = Layout(setting, tree).set_pages(story)
    pictures = ({PICTURE: setting.letterhead.logo} if setting.letterhead.logo else {}) | dict(setting.pictures)
    images = {name: (one.width, one.height, one.pixels) for name, one in pictures.items()}
    shared = resources(NewObjects(pdf), canvas, images)
    for page, drawn in zip(pdf.pages, canvas.contents, strict=True):
        page.obj.Resources = shared
        page.obj.Contents = packed_stream(pdf, "\n".join(drawn).encode("ascii"))
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
    return template.decode("utf-8").removesuffix("\n").format(**values).encode("utf-8")
