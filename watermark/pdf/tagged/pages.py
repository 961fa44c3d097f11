"""Flowables set on pages of one size, with a footer that knows how many pages there are."""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
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
from watermark.pdf.tagged.structure_tree import COLOUR_SPACE, FONT, StructureTree

_NUMBERS = count()
MAX_LOGO_BYTES = 600 * 160 * 3
"""Larger pictures are pages, which are packed more quickly."""


@contextmanager
def known_fonts(stacks: Iterable[FontStack]) -> Iterator[dict[FontStack, str]]:
    """Let reportlab know font stacks meanwhile, by names that no other document has: it knows fonts process-wide."""
    names = {stack: f"Stack{next(_NUMBERS)}" for stack in stacks}
    _fonts.update({name: LayoutFont(name, stack) for stack, name in names.items()})
    try:
        yield names
    finally:
        for name in names.values():
            del _fonts[name]


def set_pages(
    flowables: Iterable[Flowable],
    tree: StructureTree,
    frame: Frame,
    first: Callable[[TaggedCanvas], None],
    footer: Callable[[TaggedCanvas, int, int], None],
) -> TaggedCanvas:
    """Return the canvas with the pages of the flowables; the fonts of their text are known.

    `first` draws on the first page before anything else, `footer` on each page, by its number and their count.
    """
    canvases: list[TaggedCanvas] = []

    def begin(drawn: TaggedCanvas, _: object) -> None:
        canvases.append(drawn)
        tree.add_page()
        if drawn.getPageNumber() == 1:
            first(drawn)

    pages = [PageTemplate(frames=[frame], onPage=begin)]
    template = BaseDocTemplate(io.BytesIO(), pagesize=tree.paper, pageTemplates=pages)
    template.build(list(flowables), canvasmaker=partial(TaggedCanvas, tree=tree, footer=footer))
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
