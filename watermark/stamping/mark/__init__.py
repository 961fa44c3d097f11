"""How "Retracted" looks on a page of a given shape."""

from watermark.pdf.fonts.face import is_set_letter_by_letter
from watermark.stamping.mark.edge_line_layout import LinePlace, place_line
from watermark.stamping.mark.edge_selection import choose_position
from watermark.stamping.mark.mark_layout import MarkPlace, place_mark
from watermark.stamping.mark.outlines import WordOutlines, letters
from watermark.stamping.mark.style import POSITIONS, Edge, LinePosition, MarkStyle

__all__ = [
    "POSITIONS",
    "Edge",
    "LinePlace",
    "LinePosition",
    "MarkPlace",
    "MarkStyle",
    "WordOutlines",
    "choose_position",
    "is_set_letter_by_letter",
    "letters",
    "place_line",
    "place_mark",
]
