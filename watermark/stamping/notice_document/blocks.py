"""What a document is made of: spans of text, paragraphs, tables and figures. Sizes and distances are points."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from watermark.pdf.fonts.font_stack import FontFamily
from watermark.pdf.geometry import A4
from watermark.stamping.notice_document.labels import Labels

Colour: TypeAlias = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a paragraph looks; `before` is the distance to the paragraph above it.

    `colour` is ink, grey or accent; or, for a result, good or open.
    """

    size: float
    leading: float
    before: float = 0.0
    colour: str = "ink"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Text in one style; `link` is a URL in ASCII, or a page of the article after PAGE_LINK, or empty.

    `colour` is one of those of a `Style`, or empty for that of the paragraph.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    colour: str = ""


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text. `role` is its structure type; with `leads` it stays on the page of the block after it.

    With `starts_page` it is the first on a page.
    """

    spans: Spans
    style: Style
    role: str = "P"
    language: str = ""
    leads: bool = False
    is_item: bool = False
    starts_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells, with the headings of the columns in `header`; without it the first cell of each row is a heading.

    `shares` are the widths of the columns as shares of the text width. `language` is that of the headings,
    `cell_language` that of the other cells; empty for that of the document.
    """

    shares: tuple[float, ...]
    rows: tuple[tuple[Spans, ...], ...]
    style: Style
    header: tuple[Spans, ...] = ()
    language: str = ""
    cell_language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture by the name of its resource, and what is below it. Assistive technology reads the description."""

    picture: str
    width: float
    height: float
    description: str
    caption: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """Figures side by side on one page; `style` is that of their captions."""

    figures: tuple[Figure, ...]
    style: Style


Block: TypeAlias = Paragraph | Table | FigureRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture: three bytes a pixel, in rows from the top, sRGB."""

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What shows who published the notice: name, logo, and the colour of headings (red, green and blue, 0 to 1)."""

    name: str = ""
    logo: Logo | None = None
    colour_rgb: Colour = (0.62, 0.07, 0.07)


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
