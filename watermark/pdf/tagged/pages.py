"""Flowables set on pages of one size, with a footer that knows how many pages there are."""

import io
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import Any

from reportlab.pdfbase.pdfmetrics import _fonts
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from watermark.pdf.colour_spaces import SRGB
from watermark.pdf.fonts.embedding import embed_glyphs
from watermark.pdf.fonts.font_stack import FontStack
from watermark.pdf.new_objects import NewObjects
from watermark.pdf.serialization import Name, Value
from watermark.pdf.tagged.canvas import LayoutFont, TaggedCanvas
from watermark.pdf.tagged.sheet import Sheet
from watermark.pdf.tagged.structure_tree import COLOUR_SPACE, FONT, StructureTree

_NUMBERS = count()
MAX_LOGO_BYTES = 600 * 160 * 3
"""Larger pictures are pages, which are packed more quickly."""


def font_names(stacks: Iterable[FontStack]) -> dict[FontStack, str]:
    """Return a name for each font stack that no other document has: reportlab knows fonts by name, process-wide."""
    return {stack: f"Stack{next(_NUMBERS)}" for stack in stacks}


def set_pages(  # noqa: PLR0913 - the parts of one document
    flowables: Callable[[], Iterable[Flowable]],
    names: Mapping[FontStack, str],
    tree: StructureTree,
    sheet: Sheet,
    *,
    first: Callable[[TaggedCanvas], None],
    footer: Callable[[TaggedCanvas, int, int], None],
) -> TaggedCanvas:
    """Return the canvas with the pages of the flowables, which are made while reportlab knows the fonts.

    `first` draws on the first page before anything else, `footer` on each page, by its number and their count.
    """
    canvases: list[TaggedCanvas] = []

    def canvas(*args: object, **options: object) -> TaggedCanvas:
        canvases.append(TaggedCanvas(*args, tree=tree, footer=footer, **options))
        return canvases[0]

    def begin(drawn: TaggedCanvas, _: object) -> None:
        tree.add_page()
        if drawn.getPageNumber() == 1:
            first(drawn)

    frame = Frame(sheet.side, sheet.bottom, sheet.width, sheet.height, *[0] * 4)
    template = BaseDocTemplate(
        io.BytesIO(), pagesize=sheet.size, pageTemplates=[PageTemplate(frames=[frame], onPage=begin)]
    )
    for stack, name in names.items():
        _fonts[name] = LayoutFont(name, stack)
    try:
        template.build(list(flowables()), canvasmaker=canvas)
    finally:
        for name in names.values():
            del _fonts[name]
    return canvases[0]


def resources(objects: NewObjects, canvas: TaggedCanvas, pictures: Mapping[str, tuple[int, int, bytes]]) -> Any:  # noqa: ANN401 - a dictionary
    """Return the fonts, the colour space and the pictures of all pages.

    Each picture, by the name of its resource, is a width, a height and RGB pixels.
    """
    space = objects.add(SRGB)
    fonts = {f"{FONT}{index}": embed_glyphs(objects, *used).ref for index, used in enumerate(canvas.glyphs.items())}
    entries: dict[str, Value] = {"/ColorSpace": {COLOUR_SPACE: space}, "/Font": fonts}
    images: dict[str, Value] = {}
    for name, (width, height, pixels) in pictures.items():
        image: dict[str, Value] = {"/Type": Name("/XObject"), "/Subtype": Name("/Image"), "/ColorSpace": space}
        image |= {"/Width": width, "/Height": height, "/BitsPerComponent": 8}
        images[name] = objects.add_stream(image, pixels, quickly=len(pixels) > MAX_LOGO_BYTES)
    if images:
        entries["/XObject"] = images
    return objects.entered(objects.add(entries))
