"""reportlab's canvas and text object with tags, the fonts of this tool and a colour space of its own.

It sets flowables on pages of one size, with a footer that knows how many pages there are.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from itertools import count
from typing import Any, Self

from reportlab.lib.colors import Color, toColor
from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase.pdfmetrics import _fonts, getFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from watermark.pdf.colour_spaces import SRGB
from watermark.pdf.fonts.embedding import embed_glyphs
from watermark.pdf.fonts.face import FontFace
from watermark.pdf.fonts.font_stack import FontStack, widths_of
from watermark.pdf.new_objects import NewObjects
from watermark.pdf.serialization import Name, Value
from watermark.pdf.tagged.structure_tree import COLOUR_SPACE, FONT, StructureTree

_NUMBERS = count()
MAX_LOGO_BYTES = 600 * 160 * 3
"""Larger pictures are pages, which are packed more quickly."""


class LayoutFont:
    """A font stack as reportlab asks for it; ascent and descent are thousandths of the font size."""

    _multiByte = _dynamicFont = 1  # noqa: N815 - reportlab's names: a character is not one byte

    def __init__(self, name: str, stack: FontStack) -> None:
        self.fontName, self.stack, first = name, stack, stack.faces[0]
        self._widths = widths_of(stack)
        self.ascent, self.descent = first.ascent * first.per_unit, first.descent * first.per_unit

    def stringWidth(self, text: str, size: float, encoding: str = "") -> float:  # noqa: ARG002, N802 - reportlab's
        """Return the width of `text` in points."""
        return self._widths[text] * size / 1000


class Ink(Color):  # type: ignore[misc] # reportlab's types are not read
    """A colour that names the structure element of the text in it; without one the text is an artifact."""

    __hash__ = object.__hash__

    def __init__(self, rgb: Sequence[float], owner: Any = None, find: Callable[[], Any] | None = None) -> None:  # noqa: ANN401 - an element
        super().__init__(*rgb)
        self._owner, self._find = owner, find

    def __eq__(self, other: object) -> bool:
        return self is other

    @property
    def owner(self) -> Any:  # noqa: ANN401 - an element
        """The element, which may be new: that of a link is added when its first words are drawn."""
        if self._owner is None and self._find is not None:
            self._owner = self._find()
        return self._owner


class LinkTo(str):
    """What reportlab takes for the address of a link, with what the link is about."""

    __slots__ = ("address", "description", "ink")
    ink: Ink
    address: str
    description: str

    def __new__(cls, ink: Ink, address: str, description: str) -> Self:
        """Return a link of words in `ink`; assistive technology reads the description."""
        link = super().__new__(cls, "link")
        link.ink, link.address, link.description = ink, address, description
        return link


@lru_cache(maxsize=64)
def _parts_of(rgb: tuple[float, ...]) -> str:
    """Return a colour as it is written: a document has a few, and sets each of them often."""
    return str(fp_str(rgb))


class _Calibrated:
    """Writes colours in the colour space of the document, where reportlab writes device colours."""

    _code: list[str]

    def setFillColor(self, colour: Any, alpha: Any = None) -> None:  # noqa: ANN401, ARG002, N802 - reportlab's
        self._code.append(f"{COLOUR_SPACE} cs {_parts_of(toColor(colour).rgb())} sc")

    def setStrokeColor(self, colour: Any, alpha: Any = None) -> None:  # noqa: ANN401, ARG002, N802 - reportlab's
        self._code.append(f"{COLOUR_SPACE} CS {_parts_of(toColor(colour).rgb())} SC")


class _TaggedText(_Calibrated, PDFTextObject):  # type: ignore[misc] # see above
    """A text object whose text is marked content of the element that the colour names."""

    _owner: Any = None
    _is_open = False
    _font_shown: tuple[str, float] | None = None

    def setFillColor(self, colour: Any, alpha: Any = None) -> None:  # noqa: ANN401, N802 - reportlab's name
        super().setFillColor(colour, alpha)
        owner = colour.owner if isinstance(colour, Ink) and not self._canvas.is_repeated else None
        if owner is not self._owner:
            self._close()
        self._owner = owner

    def getCode(self) -> str:  # noqa: N802 - reportlab's name
        self._close()
        return str(super().getCode())

    def _close(self) -> None:
        if self._is_open:
            self._code.append("EMC")
        self._is_open = False

    def _formatText(self, text: str) -> str:  # noqa: N802 - reportlab's name
        if not text:
            return ""
        code = [] if self._is_open else [self._canvas.tree.mark(self._owner)]
        self._is_open = True
        runs = getFont(self._fontname).stack.runs(text, from_right=self._canvas.from_right)
        is_shaped = any(run.is_shaped for run in runs)
        if is_shaped:
            code.append(f"/Span <</ActualText <feff{text.encode('utf-16-be').hex()}>>> BDC")
        for run in runs:
            font = (self._canvas.font_name(run.face), self._fontsize)
            if font != self._font_shown:
                code.append(f"{font[0]} {font[1]:g} Tf")
            self._font_shown = font
            code.append(run.shown(self._canvas.codes(run), self._fontsize))
        return " ".join([*code, "EMC"] if is_shaped else code)


class TaggedCanvas(_Calibrated, Canvas):  # type: ignore[misc] # see above
    """Keeps the content of each page instead of writing a file; `glyphs` has the text of each glyph, for each font."""

    def __init__(
        self, *args: object, tree: StructureTree, footer: Callable[[Any, int, int], None], **options: object
    ) -> None:
        super().__init__(*args, **options)
        self.tree, self._footer = tree, footer
        self.contents: list[list[str]] = []
        self._numbers: dict[FontFace, dict[str, str]] = {}
        self.glyphs: dict[FontFace, dict[str, str]] = {}
        self.is_repeated = self.from_right = False

    @contextmanager
    def marked(self, owner: Any = None, box: tuple[float, ...] = ()) -> Iterator[None]:  # noqa: ANN401 - an element
        """Mark what is drawn inside as content of an element, or as an artifact.

        The box of a figure (left, bottom, right, top) is in the units of the moment.
        """
        if box:
            self.tree.place(owner, self._absRect(box, relative=1))
        self._code.append(self.tree.mark(owner))
        yield
        self._code.append("EMC")

    def font_name(self, face: FontFace) -> str:
        """Return the resource name of a font."""
        self.glyphs.setdefault(face, {})
        return f"{FONT}{list(self.glyphs).index(face)}"

    def codes(self, run: Any) -> list[str]:  # noqa: ANN401 - a GlyphRun
        """Return the codes of the glyphs of a run: they count from 1, in the order of first use."""
        known, numbers = self.glyphs[run.face], self._numbers.setdefault(run.face, {})
        for glyph in run.glyphs:
            if not known.get(glyph.name):  # it is new, or has no text yet
                known[glyph.name] = glyph.text
                numbers.setdefault(glyph.name, f"{len(known):04x}")
        return [numbers[glyph.name] for glyph in run.glyphs]

    def beginText(self, x: float = 0, y: float = 0, direction: Any = None) -> _TaggedText:  # noqa: ANN401, D102, N802 - reportlab's
        return _TaggedText(self, x, y, direction=direction)

    def linkURL(self, url: LinkTo, rect: tuple[float, ...], **_: object) -> None:  # noqa: D102, N802 - reportlab's
        self.tree.link(url.ink.owner, self._absRect(rect, relative=1), url.address, url.description)

    def showPage(self) -> None:  # noqa: D102, N802 - reportlab's
        self.contents.append(self._code)
        self._startPage()

    def save(self) -> None:
        """Add the footer of each page."""
        for number, code in enumerate(self.contents, 1):
            self._code = code
            self._footer(self, number, len(self.contents))


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
